"""Whether a release is what its record says: every file by size and SHA-256, every link by where it leads.

What is looked at is what a web server finds, through whatever links there are. Files below `live/` change while a
release is shown: of them the names alone are looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from plugins.portal import addresses
from plugins.portal.files import UNFINISHED
from plugins.portal.problems import PortalError, text
from plugins.releases.file_lists import Files, read_list, sha256_of
from plugins.releases.layout import UNDONE, VERSIONS, WRITTEN_LATER, composed_folder, formerly_composed_folder
from plugins.releases.records import Release, ReleaseRecord

Kind = Literal["missing", "added", "altered", "elsewhere", "unreadable", "list"]
"""Elsewhere leads a link; a list of a version's files may be missing or another than the record's."""
_LIVE = frozenset({addresses.LIVE_FIGURES, addresses.LIVE_RELEASE, addresses.LIVE_RELEASES})


@dataclass(frozen=True)
class Difference:
    """What is not as the record says."""

    kind: Kind
    path: str
    """From the release's folder on; of a list the name of its site."""


@dataclass(frozen=True)
class Verified:
    """What came of looking at a release."""

    files: int
    """How many the record names."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class _Wanted:
    """A file as the record has it."""

    size: int
    sha256: str


@dataclass
class _Tree:
    """What a release should hold, by path."""

    files: dict[str, _Wanted] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    sources: dict[str, list[str]] = field(default_factory=dict)
    """By path of a file or a folder: the folders of pages that have it."""
    written_later: set[str] = field(default_factory=set)
    """Paths of files that change without a build, of which the names alone are known."""
    unlisted: list[str] = field(default_factory=list)
    """The folders of pages of which nobody knows what should be in them."""
    faults: list[Difference] = field(default_factory=list)


def verify(release: Release) -> Verified:
    """Compare a release with its record. Raises `PortalError` where there is no record that can be read."""
    record = release.record
    if record is None or not record.manifests:
        raise PortalError(
            text("release {id} has no record that can be read, or one without lists of files", id=release.short)
        )
    tree = _expected(release.folder.parent, record)
    comparison = _Comparison(release.folder, record, tree)
    differences = [*tree.faults, *comparison.differences()]
    return Verified(len(tree.files), tuple(sorted(differences, key=lambda told: (told.path, told.kind))))


def files_of(release: Release) -> Files:
    """Size and SHA-256 of each file; those below `live/` as they are now.

    Raises `PortalError` where the record or a list of files cannot be read.
    """
    tree = _expected(release.folder.parent, release.record) if release.record is not None else _Tree()
    if tree.faults or not tree.files:
        raise PortalError(
            text("release {id} has no record that can be read, or one without lists of files", id=release.short)
        )
    files = {path: (wanted.size, wanted.sha256) for path, wanted in tree.files.items()}
    for top in WRITTEN_LATER:
        for path in (release.folder / top).rglob("*"):
            if path.is_file() and not path.name.endswith((UNFINISHED, UNDONE)):
                files[path.relative_to(release.folder).as_posix()] = (path.stat().st_size, sha256_of(path))
    return files


def _expected(releases: Path, record: ReleaseRecord) -> _Tree:
    tree = _Tree()
    lists = {name: _by_top(releases, record, name, tree) for name in record.versions}
    for name, sources in record.entries.items():
        for source in sources:
            for path, wanted in lists.get(source.split("/")[1], {}).get(name, {}).items():
                if name in WRITTEN_LATER:
                    tree.written_later.add(path)
                else:
                    tree.files[path] = wanted
                _note_folders(tree, path, source)
    return tree


def _by_top(releases: Path, record: ReleaseRecord, name: str, tree: _Tree) -> dict[str, dict[str, _Wanted]]:
    """A version's files by the name at the top that they lie below."""
    pages = releases / VERSIONS / name / record.versions[name]
    files = read_list(pages, record.manifests.get(name, ""))
    if files is None:
        tree.faults.append(Difference("list", name))
        tree.unlisted.append(f"{VERSIONS}/{name}/{record.versions[name]}")
        return {}
    tops: dict[str, dict[str, _Wanted]] = {}
    for path, (size, sha256) in files.items():
        tops.setdefault(path.partition("/")[0], {})[path] = _Wanted(size, sha256)
    return tops


def _note_folders(tree: _Tree, path: str, source: str) -> None:
    while path:
        sources = tree.sources.setdefault(path, [])
        if source in sources:
            return  # then it is noted of the folders around it as well
        sources.append(source)
        path = path.rpartition("/")[0]
        if path:
            tree.folders.add(path)


@dataclass
class _Comparison:
    """A walk through a release, beside what it should hold."""

    release: Path
    record: ReleaseRecord
    tree: _Tree
    _present: set[str] = field(default_factory=set)
    _passed_over: list[str] = field(default_factory=list)
    """Where links lead elsewhere: what is below is not looked at."""

    def differences(self) -> Iterator[Difference]:
        read: list[tuple[str, str, _Wanted]] = []
        yield from self._walk(str(self.release), "", read)
        for path, file, wanted in read:
            digest = _digest(file)
            if digest is None:
                yield Difference("unreadable", path)
            elif digest != wanted.sha256:
                yield Difference("altered", path)
        for path in (self.tree.files.keys() | self.tree.written_later) - self._present:
            if not any(path == link or path.startswith(f"{link}/") for link in self._passed_over):
                yield Difference("missing", path)

    def _walk(self, folder: str, inside: str, read: list[tuple[str, str, _Wanted]]) -> Iterator[Difference]:
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            self._passed_over.append(inside.rstrip("/"))
            yield Difference("unreadable", inside.rstrip("/") or ".")
            return
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_symlink() and self._is_unlisted(path, entry):
                continue
            if entry.is_symlink() and not self._leads_right(path, entry):
                self._passed_over.append(path)
                yield Difference("elsewhere", path)
            elif entry.is_dir():
                if path in self.tree.folders or path in WRITTEN_LATER:
                    yield from self._walk(entry.path, f"{path}/", read)
                else:
                    yield Difference("added", path)
            elif path.partition("/")[0] in WRITTEN_LATER:
                self._present.add(path)
                if not self._may_be_live(path, entry):
                    yield Difference("added", path)
            else:
                yield from self._file(path, entry, read)

    def _file(self, path: str, entry: os.DirEntry[str], read: list[tuple[str, str, _Wanted]]) -> Iterator[Difference]:
        wanted = self.tree.files.get(path)
        if wanted is None:
            if os.path.lexists(entry.path) and path not in self.tree.folders:
                yield Difference("added", path)
            return
        try:
            size = entry.stat().st_size
        except FileNotFoundError:
            return  # a link to what is not there: it is missing
        self._present.add(path)
        if not entry.is_file() or size != wanted.size:
            yield Difference("altered", path)
        else:
            read.append((path, entry.path, wanted))

    def _may_be_live(self, path: str, entry: os.DirEntry[str]) -> bool:
        known = path in _LIVE or path in self.tree.sources or path.endswith((UNFINISHED, UNDONE))
        return known and entry.is_file(follow_symlinks=False)

    def _is_unlisted(self, path: str, entry: os.DirEntry[str]) -> bool:
        releases, target = os.path.realpath(self.release.parent), os.path.realpath(entry.path)
        return any(target == f"{releases}/{source}/{path}" for source in self.tree.unlisted)

    def _leads_right(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Whether a link leads to the same path of a version that has it, or to where several were put together."""
        if path.partition("/")[0] in WRITTEN_LATER:
            return False
        releases = os.path.realpath(self.release.parent)
        allowed = {f"{releases}/{source}/{path}" for source in self.tree.sources.get(path, ())}
        if path in self.record.entries:
            sources = self.record.entries[path]
            together = (composed_folder(path, sources), formerly_composed_folder(path, sources))
            allowed |= {f"{releases}/{folder}" for folder in together} if len(sources) > 1 else set()
        return os.path.realpath(entry.path) in allowed


def _digest(path: str) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None
