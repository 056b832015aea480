"""The engine's fingerprint as it was last taken, for as long as nothing that it was taken of can have changed.

    build/engine.json

Following the imports of all modules and asking for the versions of all libraries takes longer than everything else that
a build does which has nothing to do. Like git's index, this looks at sizes, times and inodes of each file that was read
and of each folder in which another module could appear. Of the folders from which Python imports, where an installation
shows, it looks at the names: the portal itself may be shown in one of them, and be exchanged there each time.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.builder.engine import PACKAGE, Engine
from plugins.portal.files import CLOCK_RESOLUTION, replace_text

State = tuple[int, int, int, int]
"""Of a file or folder: its size, when it was modified and when changed (nanoseconds since 1970), and its inode."""
Names = tuple[str, ...]
"""What lies in a folder, sorted; installed libraries have their versions in their names."""


class _Memory(BaseModel):
    """A fingerprint and what it was taken of."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    asked: str
    """For which plugins, and with which Python."""
    began: int
    """Nanoseconds since 1970 when it was taken."""
    states: dict[str, State | None]
    """By path; None of what was not there."""
    imported_from: dict[str, Names]
    """By folder from which Python imports; nothing of what is none."""
    fingerprint: str

    def still_holds(self, asked: str) -> bool:
        if self.asked != asked:
            return False
        # What had just been changed may have been changed again within the same tick.
        settled = self.began - CLOCK_RESOLUTION
        return all(names == _names(folder) for folder, names in self.imported_from.items()) and all(
            state == _state(path) and (state is None or max(state[1:3]) < settled)
            for path, state in self.states.items()
        )


@cache
def engine_fingerprint(site_plugins: tuple[str, ...], memory: Path | None = None) -> str:
    """Taken once in a process: what runs is what was there when it started. `memory` is a file for the next ones."""
    return remembered_fingerprint(site_plugins, memory) if memory else Engine.under(site_plugins).fingerprint()


def remembered_fingerprint(site_plugins: Sequence[str], file: Path, package: Path = PACKAGE) -> str:
    """That of `Engine.under`, taken anew where anything is not as `file` says. Raises `OSError` if that cannot be
    written."""
    asked = json.dumps([platform.python_version(), sys.path, str(package), *site_plugins])
    memory = _read(file)
    if memory is not None and memory.still_holds(asked):
        return memory.fingerprint
    began = time.time_ns()
    engine = Engine.under(site_plugins, package)
    states = {path: _state(path) for path in sorted(_looked_at(engine))}
    imported_from = {folder: _names(folder) for folder in sys.path}
    memory = _Memory(
        asked=asked, began=began, states=states, imported_from=imported_from, fingerprint=engine.fingerprint()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_text(file, memory.model_dump_json())
    return memory.fingerprint


def _read(file: Path) -> _Memory | None:
    """None where there is none, or none that can be relied upon."""
    try:
        return _Memory.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _state(path: str) -> State | None:
    try:
        status = os.stat(path)  # noqa: PTH116  # for hundreds of files before each build
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _names(folder: str) -> Names:
    """Nothing where there is no such folder, or it is an archive."""
    try:
        return tuple(sorted(os.listdir(folder or ".")))  # noqa: PTH208  # "" is the working directory
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _looked_at(engine: Engine) -> Iterator[str]:
    yield from (path for path in sys.path if not Path(path).is_dir())  # archives, and what may appear
    packages = set()
    for inside, path in engine.files.items():
        yield str(path)
        above = len(Path(inside).parts) - 1
        if above:
            packages.add(path.parents[above - 1])
        else:
            yield str(path.parent)
    for package in packages:
        for folder, below, _ in os.walk(package):
            below[:] = [name for name in below if name != "__pycache__"]
            yield folder
