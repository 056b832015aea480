"""The machine that was measured on, in words: times mean nothing without it."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """What builds have to work with."""

    processors: int
    """Those that this process may use."""
    processor: str
    memory: int
    """Bytes."""
    disk: str
    """File system, and kind of device where the system tells."""
    system: str
    python: str

    @classmethod
    def here(cls, folder: Path) -> Machine:
        """This one; `folder` is where is built."""
        return cls(
            processors=len(os.sched_getaffinity(0)),
            processor=_processor(),
            memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            disk=_disk(folder.resolve()),
            system=f"{platform.system()} {platform.release()}",
            python=platform.python_version(),
        )

    def describe(self) -> str:
        """In one line."""
        gibibytes = f"{self.memory / 2**30:.0f} GiB"
        return (
            f"{self.processors} cores ({self.processor}), {gibibytes} of memory, {self.disk}, {self.system}, "
            f"Python {self.python}"
        )


def _processor() -> str:
    match = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    return match.group(1) if match else platform.machine()


def _disk(folder: Path) -> str:
    """The file system of the mount that the folder lies on, and what the device says of itself."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    above = [(mount, kind, device) for device, mount, kind, *_ in mounts if folder.is_relative_to(mount)]
    _, kind, device = max(above, key=lambda entry: len(entry[0]), default=("", "?", ""))
    name = re.sub(r"p?\d+$", "", Path(device).name)
    if name.startswith(("vd", "xvd")):  # what it says of itself is what the host makes up
        return f"{kind} on a virtual disk"
    try:
        spinning = Path("/sys/block", name, "queue", "rotational").read_text("ascii").strip() == "1"
    except OSError:  # a device of the memory, or one that does not say
        return str(kind)
    return f"{kind} on {'a spinning disk' if spinning else 'a solid-state disk'}"
