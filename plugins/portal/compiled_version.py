"""Where the parts of a compiled version lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CompiledVersion:
    """One version of a site, or of linked pages, on the disk."""

    folder: Path

    @property
    def www(self) -> Path:
        """What it offers the portal; absent where it failed."""
        return self.folder / "www"

    @property
    def open(self) -> Path:
        """Pages with placeholders, which linking fills."""
        return self.folder / "open"

    @property
    def aside(self) -> Path:
        """What linking reads and nobody is shown."""
        return self.folder / "aside"

    @property
    def memos(self) -> Path:
        """What spares the next version work; no part of what this one says."""
        return self.folder / "memos"

    @property
    def manifest(self) -> Path:
        return self.folder / "site.json"
