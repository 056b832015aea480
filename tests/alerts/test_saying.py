"""What may be said as an emergency notice, until when, and how it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plugins.alerts.saying import AlertError, AlertStore, alert_of
from plugins.portal.alerts import FILE, Alert, UnusableAlertsError, concerning, standing_alerts
from plugins.portal.values import VIETNAM

NOW = datetime(2019, 9, 24, 8, 30, tzinfo=VIETNAM)
AGENCIES = ("so-tu-phap", "so-y-te")


def alert(text: str, agency: str = "", hours: int = 1) -> Alert:
    return Alert(agency=agency, level="danger", text=text, until=NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    "until", ["2019-09-24 18:00", "24/9/2019 18:00", "2019-09-24T18:00:00+07:00", "24/09/2019, 18h"]
)
def test_notice_is_one_line_until_a_moment_in_vietnam(until: str) -> None:
    meant = alert_of("Nước\n lên ", "danger", "so-y-te", until, AGENCIES, NOW)

    assert meant == Alert(
        agency="so-y-te", level="danger", text="Nước lên", until=datetime(2019, 9, 24, 18, tzinfo=VIETNAM)
    )


@pytest.mark.parametrize(
    ("words", "agency", "until", "expected"),
    [
        (" ", "", "2019-09-24 18:00", "the notice is empty or holds control characters"),
        ("a\x00b", "", "2019-09-24 18:00", "the notice is empty or holds control characters"),
        ("a\u202eb", "", "2019-09-24 18:00", "the notice is empty or holds control characters"),
        ("a\udcffb", "", "2019-09-24 18:00", "the notice is empty or holds control characters"),
        ("a" * 301, "", "2019-09-24 18:00", "the notice has 301 letters; write at most 300"),
        ("a", "so-yte", "2019-09-24 18:00", 'unknown agency "so-yte" (did you mean "so-y-te"?)'),
        ("a", "", "tomorrow", "--until: 'tomorrow' is no moment; write it as 2026-12-01 18:00"),
        ("a", "", "5/6/2019 18:00", "--until: '5/6/2019 18:00' is no moment"),
        ("a", "", "2019-09-24 08:30", "--until: 2019-09-24 08:30 is not within the next 30 days; now it is 2019-09-24"),
        ("a", "", "2019-09-23 18:00", "is not within the next 30 days"),
        ("a", "", "2019-10-24 08:31", "is not within the next 30 days"),
    ],
)
def test_what_cannot_be_said_is_told_with_the_remedy(words: str, agency: str, until: str, expected: str) -> None:
    with pytest.raises(AlertError) as told:
        alert_of(words, "info", agency, until, AGENCIES, NOW)

    assert expected in str(told.value)


def test_longest_text_and_farthest_end_are_taken() -> None:
    assert alert_of("ộ" * 300, "info", "", "2019-10-24 08:30", (), NOW).until == NOW + timedelta(days=30)


def test_notice_takes_the_place_of_the_one_before_for_the_same_pages(tmp_path: Path) -> None:
    store = AlertStore(tmp_path / "state")
    store.say(alert("a", hours=2), NOW)
    store.say(alert("b", "so-y-te"), NOW)

    assert store.say(alert("c"), NOW) == (alert("c"), alert("b", "so-y-te"))
    assert store.standing(NOW + timedelta(hours=1)) == ()
    assert store.end("so-tu-phap", NOW) == ((alert("c"), alert("b", "so-y-te")), False)
    assert store.end("", NOW) == ((alert("b", "so-y-te"),), True)
    assert standing_alerts(tmp_path / "state", NOW) == (alert("b", "so-y-te"),)


def test_notice_stands_on_its_pages_alone() -> None:
    alerts = (alert("a"), alert("b", "so-y-te"))

    assert concerning(alerts, "") == alerts[:1]
    assert concerning(alerts, "so-tu-phap") == alerts[:1]
    assert concerning(alerts, "so-y-te") == alerts


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 2}', b'{"alerts": [{"level": "x"}]}', b"\xff"])
def test_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(UnusableAlertsError, match="is damaged; remove it, and say the notices that stand again"):
        AlertStore(tmp_path).say(alert("a"), NOW)
    assert (tmp_path / FILE).read_bytes() == content


@pytest.mark.parametrize("lies_there", ["a folder", "a loop"])
def test_what_cannot_be_read_is_told_with_what_the_system_says(tmp_path: Path, lies_there: str) -> None:
    path = tmp_path / FILE
    path.mkdir() if lies_there == "a folder" else path.symlink_to(path)

    with pytest.raises(UnusableAlertsError, match=r"cannot be used: .+; check its rights and the disk"):
        standing_alerts(tmp_path, NOW)
