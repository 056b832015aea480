"""The feed of what has gone live, as a reader reads it."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from plugins.releases.history import MOST
from plugins.releases.publication import roll_back
from tests.releases.hand_made import BROKEN, HandMade


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    portal = HandMade(tmp_path)
    portal.publish(commit="1" * 40)
    portal.publish(commit="2" * 40, quarantined=(BROKEN,), so_y_te="2")
    return portal


def feed(portal: HandMade) -> feedparser.FeedParserDict:
    parsed = feedparser.parse((portal.output / "live/releases.atom").read_bytes())
    assert not parsed.bozo
    return parsed


def test_entry_says_what_changed_and_what_is_in_quarantine(portal: HandMade) -> None:
    entry = feed(portal).entries[0]

    assert entry.title == f"{portal.live[:12]}: đã xuất bản"
    assert entry.updated == "2019-09-24T10:00:00+07:00"
    assert entry.content[0].value == (
        f"Bản ghi (commit) {'2' * 40}. Thay đổi: so-y-te. Có vấn đề nên vẫn hiển thị như trước: so-tu-phap."
    )


def test_ids_stay_and_each_time_that_something_goes_live_has_one_of_its_own(portal: HandMade) -> None:
    before = feed(portal)
    roll_back(portal.address, "", portal.now)
    after = feed(portal)

    assert [entry.title.partition(": ")[2] for entry in after.entries] == [
        "quay lại bản phát hành này", "đã xuất bản", "đã xuất bản",
    ]  # fmt: skip
    assert after.feed.id == before.feed.id
    assert [entry.id for entry in after.entries][1:] == [entry.id for entry in before.entries]
    assert len({entry.id for entry in after.entries}) == 3


def test_feed_outlives_releases_and_has_an_end(portal: HandMade) -> None:
    portal.kept = 1
    for version in range(3, MOST + 4):
        portal.publish(so_y_te=str(version))

    assert len(feed(portal).entries) == MOST


def test_publishing_the_same_again_is_nothing_new(portal: HandMade) -> None:
    portal.publish(commit="2" * 40, quarantined=(BROKEN,))

    assert len(feed(portal).entries) == 2
