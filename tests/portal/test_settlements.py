"""What the reading of a site tells of its file of addresses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.portal.manifest import Settlement
from tests.portal.contents import AGENCY_RECORD, ARTICLE, ContentFolder, said


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def test_what_is_said_of_addresses_is_known_with_its_line(content: ContentFolder) -> None:
    content.write(
        "addresses.yaml",
        "addresses:\n- {address: /so-y-te/cu/, withdrawn: {date: 2019-09-01, reason: Cũ}}\n"
        "- address: /so-y-te/media/a.csv\n  to: /so-tu-phap/\n",
    )

    site = content.load()

    assert said(site.problems) == []
    assert list(site.settled) == ["so-y-te/cu/", "so-y-te/media/a.csv"]
    path, field = "content/agencies/so-y-te/addresses.yaml", "addresses[1].address"
    assert site.settled["so-y-te/media/a.csv"] == Settlement(
        to="so-tu-phap/", withdrawn=None, reason="", path=path, line=3, field=field
    )
    assert ("so-tu-phap/", "addresses[1].to") in {(r.target, r.field) for r in site.references}


def test_a_withdrawal_that_is_dated_ahead_is_told_until_its_day(content: ContentFolder) -> None:
    content.write(
        "addresses.yaml", "addresses:\n- {address: /so-y-te/cu/, withdrawn: {date: 2019-11-01, reason: Cũ}}\n"
    )

    site = content.load(now=datetime(2019, 10, 1))

    assert said(site.advice) == [
        "addresses.yaml:2: addresses[0].withdrawn.date: 01/11/2019 is still to come (mend the date if it is wrong)"
    ]
    assert site.scheduled == (datetime(2019, 11, 1),)


@pytest.mark.parametrize("address", ["/so-tu-phap/cu/", "/cu/", "/so-y-te-cu/a.csv"])
def test_an_agency_says_nothing_of_addresses_that_are_not_its_own(content: ContentFolder, address: str) -> None:
    content.write("addresses.yaml", f"addresses:\n- {{address: {address}, to: /so-y-te/}}\n")

    assert content.problems() == [
        f"addresses.yaml:2: addresses[0].address: {address} is no address of this site "
        "(write an address that begins with /so-y-te/; one of an agency whose place this one took, if predecessors in "
        "agency.yaml names that)"
    ]


def test_an_agency_says_what_became_of_addresses_of_those_whose_place_it_took(content: ContentFolder) -> None:
    content.write("agency.yaml", f"{AGENCY_RECORD}predecessors: [so-cu]\n")
    content.write("news/2019/a.md", ARTICLE.replace("---\n", "---\naliases: [/so-cu/tin-tuc/2019/b/]\n", 1))
    content.write("addresses.yaml", "addresses:\n- {address: /so-cu/media/a.csv, to: /so-y-te/}\n")

    site = content.load()

    assert said(site.problems) == []
    assert (list(site.settled), list(site.aliases)) == (["so-cu/media/a.csv"], ["so-cu/tin-tuc/2019/b/"])


def test_a_page_a_home_and_an_alias_go_before_what_is_said_of_their_address(content: ContentFolder) -> None:
    content.write("news/2019/a.md", ARTICLE.replace("---\n", "---\naliases: [/so-y-te/tin-tuc/2019/b/]\n", 1))
    targets = ("tin-tuc/2019/a/", "", "tin-tuc/2019/b/")
    lines = "".join(f"- {{address: /so-y-te/{below}, to: /so-y-te/c/}}\n" for below in targets)
    content.write("addresses.yaml", f"addresses:\n{lines}")

    site = content.load()

    assert (site.settled, said(site.problems)) == ({}, [])
    of_addresses = [told for told in said(site.advice) if told.startswith("addresses.yaml")]
    assert [told.partition(": addresses")[0] for told in of_addresses] == [
        "addresses.yaml:2", "addresses.yaml:3", "addresses.yaml:4"
    ]  # fmt: skip
