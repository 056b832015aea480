"""Lists in pages, for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plugins.portal import addresses
from plugins.portal.answers import AnswerFrame, ListPage
from plugins.portal.whole_addresses import with_whole_addresses

ROOT_URL = "https://thu.example"
FRAME = AnswerFrame(ROOT_URL, None, "Tỉnh Thử", "vi")


def items(number: int) -> list[dict[str, Any]]:
    return [{"id": f"{n:04d}", "modified": f"2019-09-24T{n % 24:02d}:00+07:00"} for n in range(number)]


def pages(number: int) -> dict[str, dict[str, Any]]:
    return {address: json.loads(text) for address, text in FRAME.list_texts("tin", items(number))}


@pytest.mark.parametrize("number", [0, 1, 199, 200, 201, 400, 401])
def test_pages_of_a_list_have_every_item_once_and_lead_to_each_other(number: int) -> None:
    made = pages(number)
    walked: list[dict[str, Any]] = []
    address = "api/v1/tin.json"
    while address:
        page = ListPage.model_validate(made[address])
        assert page.links.self == f"{ROOT_URL}/{address}"
        assert page.links.first == f"{ROOT_URL}/api/v1/tin.json"
        assert (page.total, page.page_count) == (number, len(made))
        walked += page.items
        address = (page.links.next or "").removeprefix(f"{ROOT_URL}/")

    assert walked == items(number)
    assert tuple(made) == addresses.api_lists("tin", number)
    last = next(iter(made.values()))["links"]["last"]
    assert made[last.removeprefix(f"{ROOT_URL}/")]["links"]["next"] is None


def test_edit_of_an_item_changes_its_page_alone() -> None:
    before = dict(FRAME.list_texts("tin", items(401)))
    edited = items(401)
    edited[250] |= {"title": "khác"}
    after = dict(FRAME.list_texts("tin", edited))

    assert [address for address in before if before[address] != after[address]] == ["api/v1/tin.2.json"]


def test_list_says_when_its_newest_item_changed() -> None:
    [page] = pages(5).values()

    assert page["modified"] == "2019-09-24T04:00+07:00"
    assert pages(0)["api/v1/tin.json"]["modified"] is None


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/a/">x</a>', f'<a href="{ROOT_URL}/a/">x</a>'),
        ('<a class="b" href="/a/">x</a>', f'<a class="b" href="{ROOT_URL}/a/">x</a>'),
        ('<a href="//khac.example/">x</a>', '<a href="//khac.example/">x</a>'),
        ('<p>href="/a"</p>', '<p>href="/a"</p>'),
        (
            '<picture><source srcset="/a.1.webp 1w" type="image/webp"><img src="/a.png" alt=""></picture>',
            f'<img src="{ROOT_URL}/a.png" alt="">',
        ),
    ],
)
def test_addresses_in_a_text_are_whole(html: str, whole: str) -> None:
    assert with_whole_addresses(html, ROOT_URL) == whole
