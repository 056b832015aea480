"""The releases that there are, as somebody chooses one to go back to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.releases.due import DueNote, read_due
from plugins.releases.layout import foreign_entries, releases_of
from plugins.releases.pins import Pin, read_pin
from plugins.releases.records import Release, in_order
from plugins.releases.showing import live_release


@dataclass(frozen=True)
class ListedRelease:
    """A row of the list."""

    release: Release
    changed: tuple[str, ...]
    """The sites that the release before had in another version, or not at all, and those that it had alone."""
    live: bool
    held: bool


@dataclass(frozen=True)
class ReleaseList:
    """All of them, the newest first."""

    rows: tuple[ListedRelease, ...]
    held: Pin | None
    foreign: tuple[str, ...]
    """The names of what lies among them and is none of ours."""
    due: DueNote | None = None
    """When the passing of time changes what is published next, where that is known."""


def list_releases(output: Path) -> ReleaseList:
    """The releases of what appears at `output`."""
    releases = releases_of(output)
    live, held, known = live_release(output), read_pin(releases), in_order(releases)
    rows = [
        ListedRelease(
            release=release,
            changed=release.record.changed if release.record else (),
            live=live is not None and live.name == release.name,
            held=held is not None and held.release == release.name,
        )
        for release in reversed(known)
    ]
    return ReleaseList(tuple(rows), held, tuple(foreign_entries(releases)), read_due(releases))
