"""The pin: after a step back what is built does not go live until somebody says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from plugins.portal.files import read_file, remove, replace_text
from plugins.portal.release_names import SHORT
from plugins.releases.layout import PIN
from plugins.releases.records import ReleaseModel


class Pin(ReleaseModel):
    """That a release is held."""

    release: str = ""
    """Its id; empty where the note of it cannot be read."""
    since: datetime | None = None

    @property
    def short(self) -> str:
        return self.release[:SHORT] or "?"


def read_pin(releases: Path) -> Pin | None:
    """The pin, where there is one. One that cannot be read holds what is live: nobody has said that it may go."""
    try:
        return Pin.model_validate_json(read_file(releases / PIN))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        return Pin()


def pin(releases: Path, release: str, now: datetime) -> Pin:
    """Hold a release."""
    held = Pin(release=release, since=now)
    replace_text(releases / PIN, held.model_dump_json() + "\n")
    return held


def unpin(releases: Path) -> None:
    remove(releases / PIN)
