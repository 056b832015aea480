"""Putting the shown versions of all sites together.

Putting together costs what has changed, for a folder of a thousand pages is one link.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plugins.portal.files import link_or_copy, remove, replace_link
from plugins.portal.problems import PortalError, text
from plugins.portal.site_names import STORED_PROVINCE
from plugins.releases.file_lists import list_versions
from plugins.releases.layout import OF, TOGETHER, UNDONE, VERSIONS, WRITTEN_LATER, composed_folder, release_id
from plugins.releases.records import Release, ReleaseRecord, in_order, read_record, record_file, write_record


class CollisionError(PortalError):
    """Two sites have the same file; it names both."""


def take_pages(releases: Path, name: str, digest: str, www: Path) -> Path:
    """Let the pages of a version lie beside the releases, and `www` be a link to them; gives where they lie.

    They are moved; where they are those of another portal's releases already, or on another file system, copied.
    """
    pages = releases / VERSIONS / name / digest
    if not pages.is_dir():
        pages.parent.mkdir(parents=True, exist_ok=True)
        if www.is_symlink():
            _copy(www.resolve(), pages)
            return pages
        try:
            www.rename(pages)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(www, pages)
    if not www.is_symlink():
        with suppress(FileNotFoundError):
            shutil.rmtree(www)
        # From where it stands: the project's folder may be moved.
        www.symlink_to(os.path.relpath(pages.resolve(), www.parent.resolve()), target_is_directory=True)
    return pages


def discard_pages(www: Path) -> None:
    """Remove the pages of a version that no release has, from where they were taken to; `www` is the link to them."""
    remove(www.resolve())


def _copy(source: Path, target: Path) -> None:
    """All or nothing: one that a kill left unfinished is made anew."""
    aside = target.with_name(f"{target.name}.new")
    remove(aside)
    try:
        shutil.copytree(source, aside, symlinks=True, copy_function=_link)
    except _RefusedError as refused:
        raise refused.error from refused
    aside.rename(target)


class _RefusedError(Exception):
    """What the system refused while a folder was copied, which would go on and tell at its end what no number says."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


def _link(source: str, target: str) -> None:
    try:
        link_or_copy(Path(source), Path(target))
    except OSError as error:
        error.filename = error.filename or target
        raise _RefusedError(error) from error


_NO_FACTS = ReleaseRecord()


def assemble(
    releases: Path,
    versions: Mapping[str, str],
    linked: Sequence[str],
    spare: Path | None = None,
    facts: ReleaseRecord = _NO_FACTS,
) -> Path:
    """The release of these versions, whose pages were taken; made if it is not there yet, mended where it is not whole.

    The pages about all sites have the names in `linked`. The very last of them leave an agency's address alone: an
    older version of them may hold a notice there; the others may have pages in it. So does the province, of which an
    older version may have a page at what is an agency's address now. `spare` is an old release that is
    made into this one, with the folders that it alone has: what leads to the same pages in both stays as it is. `facts`
    is what else is noted beside it; its number is the next one, unless nothing of that is new and no release came after
    it.
    """
    release = releases / release_id(versions)
    known, others = read_record(release) if release.is_dir() else None, in_order(releases)
    if known is None or not _stands(release, known.entries):
        entries = _entries(releases, versions, passed_over(versions, linked))
    else:
        entries = known.entries
    record = facts.model_copy(
        update={
            "versions": dict(versions),
            "entries": entries,
            "manifests": list_versions(releases, versions, [other.record for other in others if other.record]),
            "number": 1 + max((other.record.number for other in others if other.record), default=0),
        }
    )
    if release.is_dir():
        _mend(releases, release, entries)
        if known is None or not _is_newest(others, release) or not _says_the_same(known, record):
            write_record(release, record)
        return release
    _make(releases, release, record, spare, others)
    return release


def _is_newest(others: Sequence[Release], release: Path) -> bool:
    return bool(others) and others[-1].name == release.name


def _says_the_same(known: ReleaseRecord, record: ReleaseRecord) -> bool:
    """Whether a build again found nothing else; the moment and what was changed are then those of the first."""
    later = {"number": known.number, "published": known.published, "changed": known.changed}
    return known == record.model_copy(update=later)


def _make(releases: Path, release: Path, record: ReleaseRecord, spare: Path | None, others: Sequence[Release]) -> None:
    aside = releases / f"{release.name}{UNDONE}"
    remove(aside)
    before = _reuse(spare, aside, others) if spare is not None and spare.is_dir() else _Reused()
    aside.mkdir(parents=True, exist_ok=True)
    composer = _Composer(releases, before.folders)
    for name in sorted(before.entries.keys() | record.entries.keys()):
        if before.entries.get(name) != record.entries.get(name) or name in WRITTEN_LATER:
            remove(aside / name)
    for name, sources in record.entries.items():
        if not os.path.lexists(aside / name):
            composer.enter(aside.name, name, sources)
    write_record(release, record)
    os.utime(aside)  # the age of a release is that of its last change
    aside.rename(release)


def _stands(release: Path, entries: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every name at the top leads where it should, as far as it leads."""
    return bool(entries) and all(_leads_right(release / name, name, sources) for name, sources in entries.items())


def _leads_right(path: Path, name: str, sources: tuple[str, ...]) -> bool:
    if name in WRITTEN_LATER:
        return path.exists() and not path.is_symlink()
    return path.is_symlink() and str(path.readlink()) == link_at_top(name, sources) and path.exists()


def link_at_top(name: str, sources: tuple[str, ...]) -> str:
    """Where a name at the top of a release leads, as its link says it."""
    return f"../{sources[0]}/{name}" if len(sources) == 1 else f"../{composed_folder(name, sources)}"


def _mend(releases: Path, release: Path, entries: Mapping[str, tuple[str, ...]]) -> None:
    """Let each name at the top lead where it should; readers see the old or the new one where the old one is a link."""
    composer = _Composer(releases)
    for name, sources in entries.items():
        if _leads_right(release / name, name, sources):
            continue
        remove(release / f"{name}{UNDONE}")
        composer.enter(release.name, name, sources, called=f"{name}{UNDONE}")
        if name in WRITTEN_LATER or not (release / name).is_symlink():
            remove(release / name)
        os.replace(release / f"{name}{UNDONE}", release / name)  # noqa: PTH105  # a link is replaced in one step


def passed_over(names: Collection[str], linked: Sequence[str]) -> dict[str, set[str]]:
    """By version what it has at the top that does not go into a release: the addresses of others."""
    sites = {name for name in names if name not in linked}
    return {linked[-1]: sites, STORED_PROVINCE: sites - {STORED_PROVINCE}}


def _entries(
    releases: Path, versions: Mapping[str, str], left_alone: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """By name at the top of the portal: whose pages have something there."""
    entries: dict[str, list[str]] = {}
    for name, digest in sorted(versions.items()):
        pages = f"{VERSIONS}/{name}/{digest}"
        for entry, _ in _listed(releases / pages):
            if entry not in left_alone.get(name, ()):
                entries.setdefault(entry, []).append(pages)
    return {entry: tuple(entries[entry]) for entry in sorted(entries)}


def _listed(folder: str | Path) -> list[tuple[str, bool]]:
    """What a folder of pages holds, and whether that is a folder; a link in it would lead anywhere, and nothing that we
    write is one."""
    with os.scandir(folder) as listing:
        return sorted((entry.name, entry.is_dir()) for entry in listing if not entry.is_symlink())


class _Source(NamedTuple):
    """What a version has at a path."""

    path: str
    """From the releases' folder on."""
    is_folder: bool


@dataclass(frozen=True)
class _Composer:
    """Puts what several versions hold into one folder: links, and real folders where two meet."""

    releases: Path
    spare: Mapping[str, str] = field(default_factory=dict)
    """By name at the top a folder, from the releases' folder on, that may be made into another one of that name."""

    def enter(self, release: str, name: str, sources: tuple[str, ...], called: str = "") -> None:
        """Let a release have at its top what these folders of pages have under that name; `called` is another one."""
        inside = [f"{source}/{name}" for source in sources]
        target = f"{release}/{called or name}"
        if name in WRITTEN_LATER:
            self._put(target, [_Source(path, (self.releases / path).is_dir()) for path in inside], own=True)
        elif len(sources) == 1:
            self._link(target, inside[0])
        else:
            self._link(target, self._together(name, composed_folder(name, sources), inside))

    def _together(self, name: str, composed: str, sources: Sequence[str]) -> str:
        """The folder in which these are together; the same ones are put together once for all releases."""
        whole = composed.rpartition("/")[0]
        if not (self.releases / composed).is_dir():
            aside = f"{whole}.new"
            remove(self.releases / aside)
            (self.releases / whole).parent.mkdir(parents=True, exist_ok=True)
            is_there = name in self.spare and (self.releases / self.spare[name]).is_dir()
            if is_there:
                (self.releases / self.spare[name]).rename(self.releases / aside)
            meeting = {source.split("/")[1] for source in sources}
            for link in list((self.releases / aside / OF).glob("*")):
                if link.name not in meeting:
                    remove(link)
            leading = [self._lead(f"{aside}/{OF}", source) for source in sources]
            try:
                self._put(f"{aside}/{TOGETHER}", leading, f"{aside}/", is_there=is_there)
            except _MeetingError as error:
                file, owners = error.path.replace(f"{aside}/{TOGETHER}", name, 1), ", ".join(error.owners)
                raise CollisionError(text("two sites have the file {file}: {sites}", file=file, sites=owners)) from None
            (self.releases / aside).rename(self.releases / whole)
        return composed

    def _lead(self, folder: str, source: str) -> _Source:
        """Let a link in a folder, called after the version, lead to what of it is to be put together."""
        link = self.releases / folder / source.split("/")[1]
        link.parent.mkdir(parents=True, exist_ok=True)
        replace_link(link, f"{'../' * (folder.count('/') + 1)}{source}")
        return _Source(f"{folder}/{link.name}", link.is_dir())

    def _put(
        self, target: str, sources: Sequence[_Source], root: str = "", *, own: bool = False, is_there: bool = False
    ) -> None:
        """Let a path hold what is at these; all of them begin at the releases' folder, and with `root`.

        With `own` it has the files themselves, which may be replaced without changing the version. Where something
        `is_there` already, what of it is right stays: a link costs several times what it costs to look at it.
        """
        if len(sources) == 1 and not own:
            self._link(target, sources[0].path, root, is_there=is_there)
            return
        folders = [source.path for source in sources if source.is_folder]
        if len(sources) == 1 and not folders:
            link_or_copy(self.releases / sources[0].path, self.releases / target)
        elif len(folders) < len(sources):
            raise _MeetingError(target, sorted(source.path.removeprefix(root).split("/")[1] for source in sources))
        else:
            known = self._folder(target, is_there=is_there)
            names: dict[str, list[_Source]] = {}
            for folder in folders:
                for name, is_folder in _listed(f"{self.releases}/{folder}"):
                    names.setdefault(name, []).append(_Source(f"{folder}/{name}", is_folder))
            for name in known - names.keys():
                remove(self.releases / target / name)
            for name, several in names.items():
                self._put(f"{target}/{name}", several, root, own=own, is_there=name in known)

    def _folder(self, target: str, *, is_there: bool) -> set[str]:
        """Make a real folder, unless one is there; what it holds."""
        folder = f"{self.releases}/{target}"
        if is_there and not stat.S_ISDIR(os.lstat(folder).st_mode):  # of thousands
            remove(Path(folder))
            is_there = False
        if not is_there:
            os.mkdir(folder)  # noqa: PTH102
        return set(os.listdir(folder)) if is_there else set()  # noqa: PTH208  # names are all that is needed

    def _link(self, target: str, source: str, root: str = "", *, is_there: bool = False) -> None:
        # As text, and not worked out by `relpath`: there are thousands of them.
        leads = f"{'../' * target.removeprefix(root).count('/')}{source.removeprefix(root)}"
        path = f"{self.releases}/{target}"
        if is_there:
            if os.path.islink(path) and os.readlink(path) == leads:  # noqa: PTH114, PTH115
                return
            remove(Path(path))
        os.symlink(leads, path)  # noqa: PTH211


class _MeetingError(Exception):
    """Two sites have something at one path that is no folder in both."""

    def __init__(self, path: str, owners: Sequence[str]) -> None:
        super().__init__(path, owners)
        self.path = path
        self.owners = owners


@dataclass(frozen=True)
class _Reused:
    """What was an old release."""

    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Where the names at its top lead."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """By name at the top the folder, from the releases' folder on, in which it alone had several versions together."""


def _reuse(spare: Path, aside: Path, others: Sequence[Release]) -> _Reused:
    """Make an old release the beginning of a new one; `others` are all that there are."""
    record = read_record(spare)
    remove(record_file(spare))
    spare.rename(aside)
    known = record.entries if record is not None else {}
    for entry in aside.iterdir():
        if entry.name not in known:
            remove(entry)
    staying = [other.record for other in others if other.folder != spare]
    if None in staying:  # nobody knows where that one leads
        return _Reused(known)
    shared = {composed_folder(*entry) for left in staying if left is not None for entry in left.entries.items()}
    own = {name: composed_folder(name, sources) for name, sources in known.items() if len(sources) > 1}
    return _Reused(known, {name: folder.rpartition("/")[0] for name, folder in own.items() if folder not in shared})
