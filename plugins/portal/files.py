"""Writing files whole: whoever reads one sees the old or the new one, never a part.

Three strengths, for three dangers: `replace_text` where one process writes what can be made again; `replace_durably`
where several may write and a loss of power must lose nothing; `replace_in_place` in folders that others can put links
into.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".unfinished"
LONGEST_NAME = 255
"""Bytes of a file's name: no file system of ours takes more."""
CLOCK_RESOLUTION = 2_000_000_000
"""Nanoseconds in which two changes of a file may have one time: two seconds on FAT, far less elsewhere."""
FORGOTTEN_AFTER = 600
"""Seconds after which an unfinished file is no one's any more."""
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES})
"""How file systems say that they have none, that the two folders lie on two of them, or that one file has enough."""


def read_file(path: Path) -> bytes:
    """What a file holds. Raises `OSError` where it is none, as a pipe, from which one would read for ever."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(number, os.strerror(number), str(path))
    with open(handle, "rb") as stream:  # noqa: PTH123  # a descriptor, not a path
        return stream.read()


def replace_text(path: Path, content: str) -> None:
    """Write a file so that whoever reads it sees the old or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".new")
    aside.write_text(content, "utf-8")
    os.replace(aside, path)  # noqa: PTH105  # one step; Path.replace is the same


def replace_durably(path: Path, content: bytes, mode: int) -> None:
    """Put the content in the place of the file in one step, and on the disk before that.

    Each writer has an unfinished file of its own; those that a kill left behind are removed by the next one.
    """
    _forget_unfinished(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123  # a descriptor, not a path
            stream.write(content)
            stream.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def _forget_unfinished(path: Path) -> None:
    """Remove what killed writers left, and nothing that one may still be writing."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{UNFINISHED}"):
        with suppress(FileNotFoundError):  # another writer was quicker
            if time.time() - left.stat().st_mtime > FORGOTTEN_AFTER:
                left.unlink()


def replace_link(link: Path, target: str) -> None:
    """Let a link lead there, in one step. Raises `OSError` where a folder stands there."""
    if link.is_symlink() and str(link.readlink()) == target:
        return
    aside = link.with_name(f".{link.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    os.replace(aside, link)  # noqa: PTH105  # one step; Path.replace is the same


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it; where nothing is, nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk: a file's content alone may be found under no name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append_line(path: Path, line: bytes) -> None:
    """Add a line at the end; one that a kill cut short before becomes a line of its own, which readers leave out."""
    with path.open("a+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        cut = stream.read(1) not in (b"", b"\n")
        stream.write((b"\n" if cut else b"") + line + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(path.parent)


def replace_in_place(path: Path, content: bytes) -> None:
    """Put the content in the place of the file, with its rights, following no link.

    The hidden file beside it is written over if a kill left one.
    """
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
        with open(handle, "wb") as stream:  # noqa: PTH123  # a descriptor, not a path
            stream.write(content)
        if path.exists():
            unfinished.chmod(path.stat().st_mode & 0o777)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    """Let `target` be the same file as `source`, or a copy of it where there are no hard links.

    Raises `FileExistsError` where `target` is there.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if Path(target).exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(source), None, str(target)) from error
        shutil.copy2(source, target)  # with its time: web servers tell by it whether a file has changed
