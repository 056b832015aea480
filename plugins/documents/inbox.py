"""A folder in which others put files of documents: each new one is taken in once, and moved aside.

What was taken goes to `done/`, what could not be to `failed/` with a `.txt` that says why. A file is moved only after
what it does is written whole, and taking it in again changes nothing: whoever is killed between loses nothing and does
nothing twice.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plugins.documents.edxml import MOST_BYTES
from plugins.documents.file_store import NotStoredError
from plugins.documents.taking_in import Plan, TakingIn
from plugins.documents.transcripts import NotTakenError
from plugins.portal.characters import shown_name
from plugins.portal.files import replace_in_place
from plugins.portal.problems import Text, Translate, text
from plugins.portal.system_errors import reason

DONE, FAILED = "done", "failed"
SETTLED_AFTER = 10
"""Seconds without a change after which a file is whole: whoever puts it there may still be writing."""


class InboxBusyError(Exception):
    """Another process takes the folder in."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    path: Path
    taken: bool
    told: tuple[Text, ...]


@dataclass(frozen=True)
class Inbox:
    """The folder, and where its files go."""

    folder: Path
    taking_in: TakingIn
    translate: Translate

    def preview(self) -> Iterator[Outcome]:
        """What would become of each file; nothing is written."""
        for path in self._settled():
            try:
                plan = self._plan(path, _content(path))
                yield Outcome(path, taken=plan.complete, told=plan.told)
            except NotTakenError as error:
                yield Outcome(path, taken=False, told=(text("set aside: {reason}", reason=error.message),))

    def take(self) -> Iterator[Outcome]:
        """Take in what is new. Raises `InboxBusyError`, and `OSError` of the machine: the file then stays for later."""
        with self._alone():
            for path in self._settled():
                try:
                    content = _content(path)
                except OSError as error:  # it may be given the right to be read, and is nobody else's trouble
                    yield Outcome(
                        path, taken=False, told=(text("it stays where it is: {reason}", reason=reason(error)),)
                    )
                    continue
                except NotTakenError as error:
                    yield self._failed(path, text("set aside: {reason}", reason=error.message))
                    continue
                try:
                    plan = self._plan(path, content)
                except NotTakenError as error:
                    yield self._failed(path, text("set aside: {reason}", reason=error.message))
                    continue
                try:
                    self.taking_in.carry_out(plan)
                except NotStoredError as error:  # the store may take it another time
                    yield Outcome(
                        path, taken=False, told=(text("it stays where it is: {reason}", reason=error.message),)
                    )
                    continue
                if plan.complete:
                    _move(path, self.folder / DONE)
                    yield Outcome(path, taken=True, told=plan.told)
                else:
                    yield self._failed(path, *plan.told)

    def _plan(self, path: Path, content: bytes) -> Plan:
        return self.taking_in.plan(content, shown_name(path.name), self._beside)

    def _beside(self, name: str) -> bytes | None:
        """A file that a list names: here, or where it went when it was taken in by itself."""
        for folder in (self.folder, self.folder / DONE):
            if (content := content_beside(folder, name)) is not None:
                return content
        return None

    def _failed(self, path: Path, *told: Text) -> Outcome:
        """Set a file aside, the reason before the file: it never lies there without."""
        folder = self.folder / FAILED
        target = _free(folder, path.name)
        reasons = "".join(f"{line.render(self.translate)}\n" for line in told)
        replace_in_place(target.with_name(f"{target.name}.txt"), reasons.encode())
        path.rename(target)
        return Outcome(path, taken=False, told=told)

    def _settled(self) -> list[Path]:
        """Its files that nobody is writing any more, in order of their names; what is hidden is passed over."""
        latest = time.time() - SETTLED_AFTER
        paths = [path for path in sorted(self.folder.iterdir()) if not path.name.startswith(".")]
        return [path for path in paths if not path.is_dir() and path.lstat().st_mtime <= latest]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        for name in (DONE, FAILED):
            (self.folder / name).mkdir(exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise InboxBusyError from error
        finally:
            os.close(handle)


def content_beside(folder: Path, name: str) -> bytes | None:
    """The content of a file of a folder; None where there is none, or where the name leads elsewhere."""
    if name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name:
        return None
    try:
        return _content(folder / name)
    except (OSError, NotTakenError):
        return None


def content_of(path: Path) -> bytes:
    """The bytes of an ordinary file that somebody names. Raises `NotTakenError`, and `OSError`."""
    return _content(path.resolve())


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file; whoever puts a link there leads nobody elsewhere."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise NotTakenError(text("it is no ordinary file")) from error
        raise
    with open(handle, "rb") as stream:  # noqa: PTH123  # a descriptor, not a path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotTakenError(text("it is no ordinary file"))
        return stream.read(MOST_BYTES + 1)


def _free(folder: Path, name: str) -> Path:
    """Where a file may go without taking the place of another."""
    target, number = folder / name, 1
    while os.path.lexists(target):
        number += 1
        target = folder / f"{number}-{name}"
    return target


def _move(path: Path, folder: Path) -> None:
    path.rename(_free(folder, path.name))
