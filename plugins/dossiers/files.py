"""Files that are whole at any moment, also after a kill or a power cut."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

FORGOTTEN_AFTER = 600
"""Seconds after which an unfinished file is no one's any more."""


def write_whole(path: Path, content: bytes, mode: int) -> None:
    """Put the content in the place of the file in one step, and on the disk before that."""
    _forget_unfinished(path)
    # A name of its own each time: several processes may write the same file.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".unfinished", dir=path.parent)
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


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk: a file's content alone may be found under no name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_unfinished(path: Path) -> None:
    """Remove what killed writers left, and nothing that one may still be writing."""
    for left in path.parent.glob(f".{path.name}.*.unfinished"):
        try:
            if time.time() - left.stat().st_mtime > FORGOTTEN_AFTER:
                left.unlink()
        except FileNotFoundError:
            continue  # another refresh was quicker
