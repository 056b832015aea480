"""Where what is live can be sent to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from plugins.releases.file_lists import Files
from plugins.releases.records import Release


class Destination(Protocol):
    """A folder, a host, or whatever takes files by their paths.

    All raise `PortalError` where something cannot be, `OSError` where the system refuses something.
    """

    @property
    def name(self) -> str:
        """As people write it; one name for one destination."""

    @property
    def batch(self) -> int:
        """After how many files it is noted that they are there; 0 where the destination itself can tell."""

    def check(self, release: Release) -> None:
        """Raise `PortalError` where the release cannot be sent there at all."""

    def is_empty(self) -> bool:
        """Whether nothing is there yet."""

    def differing(self, release: Release, wanted: Files, known: Files) -> Mapping[str, bool]:
        """The paths at which something else is there than wanted, or nothing, and whether there is something.

        What is `known` to have been sent may be told by its size.
        """

    def put(self, release: Release, paths: Sequence[str]) -> None:
        """Let files of the release be there, each whole or not at all; in their order, or all at a time."""

    def remove(self, paths: Sequence[str], wanted: Files) -> None:
        """Remove files, as far as they are there, and folders that are empty then."""

    def finish(self) -> None:
        """Let what was sent outlive a loss of power there, and leave nothing half made."""
