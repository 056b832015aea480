"""Files as builds write them: whole or not at all, and the same file in two folders where the system can do that."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES})
"""How file systems say that they have none, that the two folders lie on two of them, or that one file has enough."""


def replace_text(path: Path, content: str) -> None:
    """Write a file so that whoever reads it sees the old or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".new")
    aside.write_text(content, "utf-8")
    os.replace(aside, path)  # noqa: PTH105  # one step; Path.replace is the same


def link_or_copy(source: Path, target: Path) -> None:
    """Let `target` be the same file as `source`, or a copy of it where there are no hard links.

    Raises `FileExistsError` where `target` is there.
    """
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(source), None, str(target)) from error
        shutil.copy2(source, target)  # with its time: web servers tell by it whether a file has changed
