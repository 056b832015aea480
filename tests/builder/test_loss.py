"""The guard against losing much at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder.loss import check_pages, check_sites
from plugins.portal.problems import LossError
from tests.provinces import SmallProvince


def refused(check: Callable[..., None], *arguments: object) -> str:
    """Why it is; empty where it is not."""
    try:
        check(*arguments)
    except LossError as error:
        return str(error)
    return ""


NAMES = [f"so-{letter}" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    ("shown", "present"),
    [
        (NAMES, NAMES),
        (NAMES, NAMES[2:]),
        (NAMES, [*NAMES[1:], "so-moi"]),
        (NAMES[:2], NAMES[:1]),
        ([], []),
        ([], NAMES),
        ([], NAMES[5:]),
    ],
)
def test_little_may_go_without_a_question(shown: list[str], present: list[str]) -> None:
    assert refused(check_sites, shown, present, NAMES if shown == [] and present else []) == ""


@pytest.mark.parametrize(
    ("shown", "present", "protocol", "told"),
    [
        (NAMES, NAMES[3:], [], "3 of 10 agencies are missing (so-a, so-b, so-c)"),
        (NAMES, [], [], "10 of 10 agencies are missing (so-a, so-b, so-c, so-d, so-e, …)"),
        (NAMES[:1], [], [], "1 of 1 agencies are missing (so-a)"),
        ([], NAMES[:4], NAMES, "6 of 10 agencies are missing (so-e, so-f, so-g, so-h, so-i, …)"),
        ([], [], NAMES, "10 of 10 agencies are missing"),
    ],
)
def test_much_may_not(shown: list[str], present: list[str], protocol: list[str], told: str) -> None:
    why = refused(check_sites, shown, present, protocol)
    assert told in why
    assert "--allow-loss" in why


def test_many_pages_may_not_disappear_at_once() -> None:
    assert [refused(check_pages, *pages) for pages in [(1_000, 800), (100, 0), (0, 0)]] == ["", "", ""]
    assert "300 of 1000 pages would disappear" in refused(check_pages, 1_000, 700)


def test_content_without_its_agencies_changes_nothing_until_it_is_said_to_be_meant(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    shutil.rmtree(province.content / "agencies")

    with pytest.raises(LossError, match="2 of 2 agencies are missing"):
        province.build()
    assert province.files() == before

    province.build(PORTAL_ALLOW_LOSS=True)
    assert not province.shows("so-y-te")
    province.build()


def test_content_without_most_of_its_pages_changes_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for number in range(150):
        province.write(f"agencies/so-y-te/pages/trang-{number}.md", f"---\ntitle: Trang {number}\n---\nX\n")
    province.build()
    before = province.files()
    for number in range(140):
        province.delete(f"agencies/so-y-te/pages/trang-{number}.md")

    with pytest.raises(LossError, match=r"^nothing is changed, for 140 of \d+ pages would disappear"):
        province.build()

    assert province.files() == before


def test_first_build_of_half_a_checkout_is_refused(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    named = "".join(f"- so-{letter}\n" for letter in "abcdefgh")
    province.edit("province/province.yaml", "most_used", f"agency_order:\n{named}most_used")

    with pytest.raises(LossError, match="8 of 8 agencies are missing"):
        province.build()

    assert not province.output.exists()
