"""When the passing of time changes what is published next: each publish notes it, and a timer need not build to know.

The note guards and decides nothing that is shown: where it is missing or damaged, one publish more puts it right.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from plugins.portal.files import read_file, replace_text
from plugins.portal.problems import Text, text
from plugins.releases.layout import DUE
from plugins.releases.records import ReleaseModel

SMALL_STEP = timedelta(minutes=10)
"""By so much a clock may be set back without a publish: what appeared too early by as much stays."""


class DueNote(ReleaseModel):
    """What the last publish knew of the time after it."""

    at: AwareDatetime
    """The moment for which everything was decided: when the build began."""
    next: AwareDatetime | None = None
    """The first moment after it at which something appears, ends or changes; None where none is known."""


def read_due(releases: Path) -> DueNote | None:
    """The note beside these releases; None where there is none that can be read."""
    try:
        return DueNote.model_validate_json(read_file(releases / DUE))
    except (OSError, ValidationError):
        return None


def note_due(releases: Path, note: DueNote, *, of_all: bool) -> None:
    """Keep what a publish knows; one that has not renewed all sites adds to what was known, where that is known.

    Whoever calls it publishes alone.
    """
    if not of_all:
        before = read_due(releases)
        if before is None:
            return
        note = DueNote(at=before.at, next=min((m for m in (before.next, note.next) if m is not None), default=None))
    replace_text(releases / DUE, note.model_dump_json() + "\n")


def is_due(note: DueNote | None, now: datetime) -> bool:
    """Whether a publish would show something else than the last one, as far as the time is concerned.

    Also where nobody knows, and after a clock that was far ahead was set right.
    """
    if note is None or now < note.at - SMALL_STEP:
        return True
    return note.next is not None and note.next <= now


def nothing_due(note: DueNote | None, zone: tzinfo) -> Text:
    """What is told where nothing is."""
    if note is None or note.next is None:
        return text("Nothing has fallen due, and nothing is known that will.")
    return text("Nothing has fallen due. Next: {when}.", when=note.next.astimezone(zone).strftime("%Y-%m-%d %H:%M"))
