"""Notices that content or theme have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch


def changes(folders: list[Path], step: int = 50) -> Iterator[set[Path]]:
    """The files of each change, as they come; `step` is the milliseconds to wait for more of the same."""
    for changed in watch(*folders, step=step, raise_interrupt=True):
        yield {Path(path) for _, path in changed}
