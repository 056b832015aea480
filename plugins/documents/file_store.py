"""The store of large files: a folder, or whatever fsspec reaches, in which content lies under its hash.

What comes out of it is taken only if it is what the pointer says, byte for byte: a store can be wrong, and is never
believed. Keys of a storage are read from the environment by fsspec, as for `portal sync`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from plugins.deadline import Deadline, within
from plugins.portal.pointers import MOST_BYTES, Pointer
from plugins.portal.problems import PortalError, Text, shortened, text
from plugins.portal.reading import TooLargeError, read_bytes
from plugins.portal.system_errors import reason
from plugins.storages import storage_at

PATIENCE = 120.0
"""Seconds that a storage may take for one file."""
_SETTING = "PORTAL_FILE_STORE"

Result = TypeVar("Result")


class NotStoredError(Exception):
    """Content that a store does not give or take; says why."""

    def __init__(self, message: Text, *, is_away: bool = False) -> None:
        """`is_away` says that the store itself could not be asked."""
        super().__init__(message.render())
        self.message = message
        self.is_away = is_away


class FileStore(Protocol):
    """Where content lies under its hash."""

    @property
    def name(self) -> str:
        """As people write it."""

    def read(self, pointer: Pointer) -> bytes:
        """The content that is meant. Raises `NotStoredError`."""

    def write(self, content: bytes) -> Pointer:
        """Let content be there, whole or not at all; what is there already stays. Raises `NotStoredError`."""


def file_store(written: str, root: Path) -> FileStore | None:
    """The store that `PORTAL_FILE_STORE` names; None where it names none. `root` is where relative paths begin.

    Raises `PortalError` where it cannot be meant, or a library for it is missing.
    """
    if not written:
        return None
    if written.startswith("file:///"):
        return FolderStore(written, Path(unquote(urlsplit(written).path)))
    return StorageStore.of(written) if "://" in written else FolderStore(written, root / written)


def pointer_of(content: bytes) -> Pointer:
    """What stands for content. Raises `NotStoredError` where there is none, or more than a store takes."""
    if not content:
        raise NotStoredError(text("it is empty"))
    if len(content) > MOST_BYTES:
        raise NotStoredError(text("larger than {limit} bytes", limit=MOST_BYTES))
    return Pointer(hashlib.sha256(content).hexdigest(), len(content))


def _checked(content: bytes, pointer: Pointer, name: str) -> bytes:
    if len(content) != pointer.size or hashlib.sha256(content).hexdigest() != pointer.sha256:
        raise NotStoredError(text("what the store {name} has under its hash is something else", name=name))
    return content


def _is_not_there(name: str) -> NotStoredError:
    return NotStoredError(text("the store {name} does not have it", name=name))


@dataclass(frozen=True)
class FolderStore:
    """A folder of this machine, or of a network drive."""

    name: str
    folder: Path

    def read(self, pointer: Pointer) -> bytes:
        try:
            content, _ = read_bytes(self.folder / pointer.key, pointer.size)
        except (FileNotFoundError, NotADirectoryError) as error:
            if not self.folder.is_dir():
                raise NotStoredError(text("the store {name} is not there", name=self.name), is_away=True) from error
            raise _is_not_there(self.name) from error
        except TooLargeError:
            content = b""
        except OSError as error:
            raise NotStoredError(
                text("the store {name} cannot be read: {reason}", name=self.name, reason=reason(error))
            ) from error
        return _checked(content, pointer, self.name)

    def write(self, content: bytes) -> Pointer:
        pointer = pointer_of(content)
        with suppress(NotStoredError):
            self.read(pointer)
            return pointer
        target = self.folder / pointer.key
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(prefix=".", dir=target.parent)
            try:
                with open(handle, "wb") as stream:  # noqa: PTH123  # a descriptor, not a path
                    stream.write(content)
                    stream.flush()
                    os.fchmod(handle, 0o644)
                    os.fsync(handle)
                Path(unfinished).replace(target)
            finally:
                Path(unfinished).unlink(missing_ok=True)
        except OSError as error:
            raise _not_written(self.name, reason(error)) from error
        return pointer


@dataclass(frozen=True)
class StorageStore:
    """What lies below an address of a storage. Each object appears whole there."""

    name: str
    file_system: Any
    """Of fsspec."""
    root: str
    """As the file system has it."""

    @classmethod
    def of(cls, written: str) -> StorageStore:
        """Read an address with a scheme that fsspec knows; raises `PortalError`."""
        try:
            return cls(*storage_at(written))
        except ValueError as error:
            raise PortalError(
                text("{setting} names no store: {path}; write a folder or an address such as s3://bucket/files",
                     setting=_SETTING, path=written)
            ) from error  # fmt: skip

    def read(self, pointer: Pointer) -> bytes:
        try:
            content = self._within(lambda: self._content(pointer))
        except FileNotFoundError as error:
            raise _is_not_there(self.name) from error
        except Exception as error:  # the edge: each library has exceptions of its own
            raise NotStoredError(
                text("the store {name} cannot be read: {reason}", name=self.name, reason=_words(error)), is_away=True
            ) from error
        return _checked(content, pointer, self.name)

    def _content(self, pointer: Pointer) -> bytes:
        with self.file_system.open(f"{self.root}/{pointer.key}", "rb") as stream:
            content: bytes = stream.read(pointer.size + 1)
        return content

    def write(self, content: bytes) -> Pointer:
        pointer = pointer_of(content)
        with suppress(NotStoredError):
            self.read(pointer)
            return pointer
        key = f"{self.root}/{pointer.key}"

        def put() -> None:
            with suppress(NotImplementedError):  # most storages have no folders
                self.file_system.makedirs(key.rpartition("/")[0], exist_ok=True)
            self.file_system.pipe_file(key, content)

        try:
            self._within(put)
        except Exception as error:  # the edge, as above
            raise _not_written(self.name, _words(error)) from error
        return pointer

    def _within(self, work: Callable[[], Result]) -> Result:
        return within(Deadline(PATIENCE), work)


def _not_written(name: str, why: Text | str) -> NotStoredError:
    return NotStoredError(text("the store {name} cannot be written: {reason}", name=name, reason=why), is_away=True)


def _words(error: Exception) -> Text | str:
    if isinstance(error, TimeoutError):
        return text("it does not answer within {seconds} seconds", seconds=int(PATIENCE))
    if isinstance(error, OSError) and error.errno not in (None, errno.EIO):
        return reason(error)
    return shortened(" ".join(str(error).split())) or type(error).__name__
