"""What has gone live lately: for the feed, also when the releases themselves were removed."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from plugins.portal.files import read_file, replace_text
from plugins.releases.layout import HISTORY
from plugins.releases.records import Release, ReleaseModel

MOST = 50
"""So many are kept: more than a day's, of an agency every half hour."""
How = Literal["published", "taken back", "let go"]
"""A build published it; somebody went back to it; it was held back, and somebody let it go live."""


class GoneLive(ReleaseModel):
    """A release that went live."""

    release: str
    at: datetime
    how: How
    commit: str = ""
    changed: tuple[str, ...] = ()
    quarantined: tuple[str, ...] = ()


class History(ReleaseModel):
    """What has gone live, the newest first."""

    feed: str
    """What the feed is known by, for ever."""
    entries: tuple[GoneLive, ...] = ()

    def with_entry(self, entry: GoneLive) -> History:
        return self.model_copy(update={"entries": (entry, *self.entries)[:MOST]})


def read_history(releases: Path) -> History:
    """What is known; where it cannot be read, it begins anew."""
    try:
        return History.model_validate_json(read_file(releases / HISTORY))
    except (OSError, ValidationError):
        return History(feed=uuid.uuid4().urn)


def write_history(releases: Path, history: History) -> None:
    replace_text(releases / HISTORY, history.model_dump_json(indent=1) + "\n")


def gone_live(release: Release, how: How, now: datetime) -> GoneLive:
    record = release.record
    return GoneLive(
        release=release.name,
        at=now,
        how=how,
        commit=record.commit if record else "",
        changed=record.changed if record else (),
        quarantined=tuple(site.site for site in record.quarantined) if record else (),
    )
