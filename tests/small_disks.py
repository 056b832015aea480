"""Disks that fill: a small one of memory where the machine allows mounting, else a limit on what files may grow to."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import PATIENCE


@dataclass(frozen=True)
class SmallDisk:
    """A folder on a disk of which a test decides whether it has room."""

    folder: Path
    is_mounted: bool
    limits: tuple[int, int]

    def fill(self) -> None:
        """From here on nothing can be written."""
        if not self.is_mounted:
            resource.setrlimit(
                resource.RLIMIT_FSIZE, (1, self.limits[1])
            )  # Python ignores the signal: an error is raised
            return
        free = shutil.disk_usage(self.folder).free
        self._filler.write_bytes(bytes(free))

    def make_room(self) -> None:
        """There is room again."""
        resource.setrlimit(resource.RLIMIT_FSIZE, self.limits)
        self._filler.unlink(missing_ok=True)

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A disk of a megabyte, mounted at a folder that is made for it."""
    folder.mkdir()
    disk = SmallDisk(folder, _mounted(folder), resource.getrlimit(resource.RLIMIT_FSIZE))
    try:
        yield disk
    finally:
        disk.make_room()
        if disk.is_mounted:
            subprocess.run(["umount", "--lazy", folder], check=True, timeout=PATIENCE)


def _mounted(folder: Path) -> bool:
    if shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE).returncode == 0
