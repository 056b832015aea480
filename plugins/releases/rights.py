"""Rights: what is published is there to be read by a web server, whoever publishes and whoever the server runs as."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.releases.layout import VERSIONS
from plugins.releases.records import read_record

READABLE = 0o022
"""The umask of whoever publishes: everybody may read."""
_READ, _ENTERED = 0o444, 0o555
"""Rights of a file and of a folder that a web server needs, whoever it runs as."""


@contextmanager
def readable_by_all() -> Iterator[None]:
    """What is written is there to be read by a web server, whatever the umask of the one who writes."""
    before = os.umask(READABLE)
    try:
        yield
    finally:
        os.umask(before)


def mend_rights(release: Path) -> None:
    """Let everybody read a release that was made when only its owner was to read what is made."""
    folders = {release.parent, release, *_pages_in(release)}
    looked_at = [
        *folders,
        *(folder / "index.html" for folder in folders),
        *(entry for folder in folders for entry in folder.iterdir() if entry.is_dir()),
    ]
    if all(_is_readable(path) for path in looked_at):
        return  # what one process made has one mask: a look at the beginnings tells
    for root in folders:
        _let_read(root)
    for root in folders - {release.parent}:
        for folder, _, names in os.walk(root):
            _let_read(Path(folder))
            for name in names:
                _let_read(Path(folder, name))


def _pages_in(release: Path) -> Iterator[Path]:
    """The folders of versions that a release leads to, and those around them."""
    record = read_record(release)
    versions = release.parent / VERSIONS
    yield versions
    for name, digest in record.versions.items() if record else ():
        yield versions / name
        yield versions / name / digest


def _is_readable(path: Path) -> bool:
    wanted = _ENTERED if path.is_dir() else _READ
    return not path.exists() or path.stat().st_mode & wanted == wanted


def _let_read(path: Path) -> None:
    path.chmod(path.stat().st_mode | (_ENTERED if path.is_dir() else _READ))
