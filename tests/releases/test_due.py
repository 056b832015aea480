"""When something falls due, by what the last publish noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from plugins.portal.values import VIETNAM
from plugins.releases.display import ReleaseDisplay
from plugins.releases.due import SMALL_STEP, DueNote, is_due, note_due, nothing_due, read_due
from plugins.releases.layout import DUE, foreign_entries
from plugins.releases.listing import ReleaseList

AT = datetime(2019, 9, 24, 12, tzinfo=VIETNAM)
NEXT = AT + timedelta(hours=2)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("note", "now", "due"),
    [
        (None, AT, True),
        (DueNote(at=AT), AT + timedelta(days=9999), False),
        (DueNote(at=AT, next=NEXT), AT, False),
        (DueNote(at=AT, next=NEXT), NEXT - SECOND, False),
        (DueNote(at=AT, next=NEXT), NEXT, True),
        (DueNote(at=AT, next=NEXT), NEXT + timedelta(days=9), True),
        (DueNote(at=AT, next=NEXT), AT - SMALL_STEP, False),
        (DueNote(at=AT, next=NEXT), AT - SMALL_STEP - SECOND, True),
    ],
)
def test_something_is_due_from_its_moment_on_or_where_nobody_knows(
    note: DueNote | None, now: datetime, *, due: bool
) -> None:
    assert is_due(note, now) is due


def test_clock_that_steps_back_publishes_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    note_due(tmp_path, DueNote(at=NEXT + SECOND, next=NEXT + MINUTE), of_all=True)  # published at the moment

    ticks = [NEXT + second * SECOND for second in range(-30, 61)]  # and then the clock is set back
    assert [now for now in ticks if is_due(read_due(tmp_path), now)] == [NEXT + MINUTE]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"at":"2019-09-24T12:00:00"}', b'{"next":null}'])
def test_note_that_cannot_be_read_is_none(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / DUE).write_bytes(damage)

    assert read_due(tmp_path) is None
    note_due(tmp_path, DueNote(at=AT, next=NEXT), of_all=True)
    assert read_due(tmp_path) == DueNote(at=AT, next=NEXT)
    assert foreign_entries(tmp_path) == []


def test_publish_of_some_sites_adds_to_what_is_known_of_all(tmp_path: Path) -> None:
    note_due(tmp_path, DueNote(at=AT, next=NEXT), of_all=False)
    assert read_due(tmp_path) is None  # of the others nobody knows

    note_due(tmp_path, DueNote(at=AT, next=NEXT), of_all=True)
    for later, expected in ((NEXT + MINUTE, NEXT), (None, NEXT), (NEXT - MINUTE, NEXT - MINUTE)):
        note_due(tmp_path, DueNote(at=AT + MINUTE, next=later), of_all=False)
        assert read_due(tmp_path) == DueNote(at=AT, next=expected)


def test_next_moment_is_said_as_people_here_read_it() -> None:
    assert nothing_due(DueNote(at=AT, next=NEXT), VIETNAM).render() == "Nothing has fallen due. Next: 2019-09-24 14:00."
    assert nothing_due(DueNote(at=AT), VIETNAM).render() == "Nothing has fallen due, and nothing is known that will."


@pytest.mark.parametrize("note", [DueNote(at=AT, next=NEXT), DueNote(at=AT), None])
def test_list_of_releases_says_when_the_next_change_comes_by_itself(note: DueNote | None) -> None:
    written = StringIO()
    display = ReleaseDisplay(Console(file=written, width=200), "en", VIETNAM)
    display.listed(ReleaseList((), None, (), note))

    said = "Next change by itself: 2019-09-24 14:00:00." in written.getvalue()
    assert said is (note is not None and note.next is not None)
