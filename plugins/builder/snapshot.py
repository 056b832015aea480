"""The content as a build sees it: read once, and not looked at again while the build runs.

    build/<content>/snapshot/trees/content/province/...          what was read, file by file
    build/<content>/snapshot/trees/content/agencies/<slug>/...
    build/<content>/snapshot/trees/theme/...                     the theme, likewise
    build/<content>/snapshot/index/<name>.json                   what each file was when it was read

Editors write while a build runs. Whatever is compiled, linked and fingerprinted is therefore this copy, which nobody
edits: what was compiled is what was fingerprinted. The index is like git's: a file whose size, times and inode are
those of the last reading is not opened again.

What a pointer of `media/` stands for (`plugins/portal/pointers.py`) lies beside it in the copy, linked to what was
taken from the store, each content once:

    build/<content>/snapshot/stored/<sha256>
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from plugins.portal.digests import SIZE, Digest
from plugins.portal.files import CLOCK_RESOLUTION, link_or_copy, replace_text
from plugins.portal.media import too_large
from plugins.portal.pointers import Pointer, is_pointer, pointed_at, pointer_to, read_pointer
from plugins.portal.problems import Problem, Text, text
from plugins.portal.reading import MAX_MEDIA_BYTES, Obstacle, SourceFile, TooLargeError, read_bytes, unreadable, walk

ATTEMPTS = 3
"""How often a file is read that is written to meanwhile."""


OBSTACLES = TypeAdapter(tuple[Obstacle, ...])

Fetch = Callable[[Pointer], bytes | Text]
"""Gives what a pointer stands for, or why nobody has it."""


def fetch_nothing(pointer: Pointer) -> Text:
    """Where there is no store."""
    return text("no store is set (PORTAL_FILE_STORE)")


class _Record(NamedTuple):
    """A file as it was when it was read; times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int
    """When its name, rights or content changed: unlike `modified` nobody can set it."""
    inode: int
    fingerprint: str

    @classmethod
    def of(cls, status: os.stat_result, fingerprint: str) -> _Record:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, fingerprint)


class _Index(BaseModel):
    """What a tree was read from."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    began: int = 0
    """Nanoseconds since 1970 when the reading began."""
    files: dict[str, _Record] = {}
    stored: dict[str, tuple[str, str]] = {}
    """What pointers stand for, by file: its hash in the store, and its fingerprint."""

    def still_holds(self, file: SourceFile, status: os.stat_result) -> bool:
        """Whether the file is surely what was read."""
        record = self.files.get(file.inside)
        if record is None or record != _Record.of(status, record.fingerprint):
            return False
        # One that had just been changed when it was read may have been changed again within the same tick.
        return max(record.modified, record.changed) < self.began - CLOCK_RESOLUTION


@dataclass(frozen=True)
class Tree:
    """One folder as it was read."""

    folder: Path
    """The copy."""
    files: Mapping[str, str]
    """The fingerprint of each file's content, by its path in the folder; in order of path."""
    obstacles: tuple[Obstacle, ...] = ()
    """What could not be taken."""

    @cached_property
    def fingerprint(self) -> str:
        """Of everything in it: equal fingerprints mean equal content, and equal obstacles."""
        digest = Digest()
        for inside, fingerprint in self.files.items():
            digest.add(inside, fingerprint)
        digest.add("obstacles")
        for obstacle in self.obstacles:
            digest.add(obstacle.inside, obstacle.problem.message.render())
        return digest.hex()


class TreeReader:
    """Keeps copies of folders below a place of its own, and reads of each only what has changed since."""

    def __init__(
        self, snapshot: Path, changing: Callable[[], None] = lambda: None, fetch: Fetch = fetch_nothing
    ) -> None:
        """`changing` is called before each change of a copy; `fetch` asks the store of large files."""
        self._changing = changing
        self._trees = snapshot / "trees"
        self._indexes = snapshot / "index"
        self._stored = StoredFiles(snapshot / "stored", fetch)

    def folder(self, name: str) -> Path:
        """Where the copy of that name is."""
        return self._trees / name

    def read(
        self, source: Path, name: str, display_path: str, wanted: Callable[[str], bool] = lambda inside: True
    ) -> Tree:
        """The folder as it is now; `name` says where its copy goes, such as `content/agencies/so-y-te`.

        Only files that are `wanted` by their path are taken. What cannot be read is an obstacle; a folder that is not
        there is empty. Raises `OSError` where the copy cannot be written.
        """
        files, obstacles = walk(source, display_path)
        files = [file for file in files if wanted(file.inside)]
        copy = _Copy(self.folder(name), self._indexes / f"{name}.json", display_path, self._changing, self._stored)
        copy.bring_up_to_date(files)
        fingerprints = {inside: record.fingerprint for inside, record in copy.records.items()}
        fingerprints |= {inside: fingerprint for inside, (_, fingerprint) in copy.stored.items()}
        return Tree(copy.folder, dict(sorted(fingerprints.items())), (*obstacles, *copy.obstacles))

    def forget_unused(self) -> None:
        """Remove what was taken from the store and is in no copy that was read."""
        self._stored.forget_unused()

    def keep_only(self, parent: str, names: Iterable[str]) -> None:
        """Remove the copies below `parent` of folders that are no more."""
        kept = set(names)
        for folder in (self._indexes / parent, self._trees / parent):
            for entry in folder.iterdir() if folder.is_dir() else ():
                if entry.name.removesuffix(".json") not in kept:
                    rmtree(entry) if entry.is_dir() else entry.unlink()


@dataclass
class StoredFiles:
    """What was taken from the store, each content once, under its hash."""

    folder: Path
    fetch: Fetch
    _used: set[str] = field(default_factory=set)

    def take(self, pointer: Pointer) -> Path | Text:
        """A file with what a pointer stands for, or why there is none."""
        path = self.folder / pointer.sha256
        self._used.add(pointer.sha256)
        if not path.exists():
            content = self.fetch(pointer)
            if isinstance(content, Text):
                return content
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(".unfinished")
            aside.write_bytes(content)
            aside.replace(path)
        return path

    def forget_unused(self) -> None:
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in self._used:
                path.unlink()


@dataclass
class _Copy:
    """The copy of one folder while it is brought up to date."""

    folder: Path
    index: Path
    display_path: str
    changing: Callable[[], None]
    store: StoredFiles
    records: dict[str, _Record] = field(default_factory=dict)
    stored: dict[str, tuple[str, str]] = field(default_factory=dict)
    obstacles: list[Obstacle] = field(default_factory=list)

    def bring_up_to_date(self, files: Iterable[SourceFile]) -> None:
        before = self._read_index()
        began = time.time_ns()
        stale = []
        for file in files:
            if file.status is not None and before.still_holds(file, file.status) and self._has_copy(file):
                self.records[file.inside] = before.files[file.inside]
            else:
                stale.append(file)
        there = self.records.keys() | {file.inside for file in stale}
        pointed = {pointed_at(inside) for inside in there if is_pointer(inside)}
        gone = (before.files.keys() | (before.stored.keys() - pointed)) - there
        self._forget(gone)
        for file in stale:
            self._take(file, before.files.get(file.inside))
        for inside in sorted(pointed):
            self._take_stored(inside, before.stored.get(inside, ("", "")))
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.index.exists() or any(file.inside in self.records for file in stale):
            index = _Index(began=began, files=self.records, stored=self.stored)
            replace_text(self.index, index.model_dump_json())

    def _take_stored(self, inside: str, before: tuple[str, str]) -> None:
        """Let what a pointer stands for lie beside it; where nobody has it, that is told and keeps nothing back."""
        name = pointer_to(inside)
        if name not in self.records:
            return
        if inside in self.records:
            self._obstruct(name, text("the file that it stands for is there as well"), text("remove one of the two"))
            return
        pointer = read_pointer((self.folder / name).read_bytes())
        if pointer is None or is_pointer(inside):
            self._forget([name])
            message, hint = (
                text("is no pointer to a file of the store"),
                text("write it with portal documents store FILE"),
            )
            problem = Problem(path=f"{self.display_path}/{name}", message=message, hint=hint)
            # Of the file that it would stand for nothing more is told: who names it has to do nothing.
            self.obstacles += [Obstacle(inside=untaken, problem=problem) for untaken in (name, inside)]
            return
        source = self.store.take(pointer)
        if isinstance(source, Text):
            self._forget([inside] if (self.folder / inside).is_file() else [])
            problem = Problem(
                path=f"{self.display_path}/{name}",
                message=text("the file is missing: {reason}", reason=source),
                hint=text("put it into the store: portal documents store FILE; until then pages do without it"),
            )
            self.obstacles.append(Obstacle(inside=inside, problem=problem, stops=False))
            return
        path = self.folder / inside
        if before[0] == pointer.sha256 and path.is_file() and path.stat().st_size == pointer.size:
            self.stored[inside] = before
            return
        self._changing()
        try:
            path.unlink(missing_ok=True)
            link_or_copy(source, path)
        except OSError as error:
            self._obstruct(name, *unreadable(error))
            return
        with source.open("rb") as stream:
            fingerprint = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=SIZE)).hexdigest()
        self.stored[inside] = (pointer.sha256, fingerprint)

    def _read_index(self) -> _Index:
        """What is known of the copy; a copy of which nothing is known is no copy."""
        try:
            return _Index.model_validate_json(self.index.read_bytes())
        except (FileNotFoundError, ValidationError):
            if self.folder.exists():
                rmtree(self.folder)
            return _Index()

    def _has_copy(self, file: SourceFile) -> bool:
        try:
            return os.stat(f"{self.folder}/{file.inside}").st_size == file.size  # noqa: PTH116  # for each file
        except (FileNotFoundError, NotADirectoryError):
            return False

    def _forget(self, gone: Iterable[str]) -> None:
        for inside in gone:
            self._changing()
            path = self.folder / inside
            path.unlink(missing_ok=True)
            with suppress(OSError):  # a folder that holds something else stays
                for parent in path.relative_to(self.folder).parents:
                    (self.folder / parent).rmdir()

    def _changing(self) -> None:
        """A copy that is being changed has no index: whoever is killed now leaves one that is read anew."""
        self.changing()
        self.index.unlink(missing_ok=True)

    def _take(self, file: SourceFile, before: _Record | None) -> None:
        try:
            content, status = read_bytes(file.path, MAX_MEDIA_BYTES, attempts=ATTEMPTS)
        except FileNotFoundError:
            self._forget([file.inside])
            return  # it has vanished since the folder was listed
        except TooLargeError:
            self._obstruct(file.inside, *too_large(file.inside))
            return
        except OSError as error:
            self._obstruct(file.inside, *unreadable(error))
            return
        fingerprint = hashlib.blake2b(content, digest_size=SIZE).hexdigest()
        if (before is None or before.fingerprint != fingerprint or not self._has_copy(file)) and not self._write(
            file, content
        ):
            return
        self.records[file.inside] = _Record.of(status, fingerprint)

    def _write(self, file: SourceFile, content: bytes) -> bool:
        self._changing()
        path = self.folder / file.inside
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = self.folder.with_name(f"{self.folder.name}.unfinished")
            aside.write_bytes(content)
            aside.replace(path)
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            self._obstruct(file.inside, *unreadable(error))
            return False
        return True

    def _obstruct(self, inside: str, message: Text, hint: Text) -> None:
        self._forget([inside])
        problem = Problem(path=f"{self.display_path}/{inside}", message=message, hint=hint)
        self.obstacles.append(Obstacle(inside=inside, problem=problem))
