"""What the demonstration portal holds, and that what it counts is there."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml
from lxml.html import HtmlElement

from plugins.portal import addresses
from tests.demo.built import CONTENT, PERMALINK, DemoPortal, is_moved, listed, province_record, refreshes, words
from tests.provinces import ROOT

AGENCIES = 52
PROCEDURES = 79
ARTICLES = 232
PROVINCE = CONTENT / "province/province.yaml"
COUNTED = re.compile(r"\((\d+)\)")


def section(page: HtmlElement, heading: str) -> HtmlElement:
    """The section under the heading of this id."""
    [found] = page.xpath("//section[@aria-labelledby=$heading]", heading=heading)
    return found


def counted(page: HtmlElement, heading: str) -> dict[str, int]:
    """How many procedures a list of the catalogue says there are, by the address that it links."""
    found = {}
    for row in section(page, heading).xpath(".//li"):
        [link] = row.xpath("./a/@href")
        match = COUNTED.search(words(row.xpath("./*[@class='count']")[0]))
        assert match, f"no count beside {link}"
        found[str(link)] = int(match[1])
    return found


def rows(portal: DemoPortal, link: str) -> list[str]:
    """Where the procedures of a list lead, on all pages of the list."""
    found: list[str] = []
    while link:
        target = portal.inside("", link)
        assert target is not None, link
        page = portal.pages[target[0]]
        found += page.xpath("//main//li[@class='row']/a/@href")
        link = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    return found


def test_demo_content_builds_without_any_problem(portal: DemoPortal) -> None:
    problems = [problem.render() for problem in portal.report.problems]

    assert not problems, listed(problems)


def test_every_site_is_built(portal: DemoPortal) -> None:
    others = [f"{site.slug}: {site.outcome}" for site in portal.report.sites if site.outcome != "built"]

    assert not others, listed(others)


def test_there_are_52_agencies_and_the_directory_leads_to_each(portal: DemoPortal) -> None:
    cards = portal.pages[addresses.AGENCIES].xpath("//main//a/@href")
    wanted = {addresses.site_home(slug) for slug in portal.agencies}
    linked = [inside[0] for card in cards if (inside := portal.inside(addresses.AGENCIES, card))]

    assert len(portal.agencies) == AGENCIES
    assert wanted <= set(linked)


def test_index_has_79_procedures_each_with_a_code_of_its_own(portal: DemoPortal) -> None:
    codes = Counter(entry.code for entry in portal.catalogue)
    repeated = [code for code, times in codes.items() if times > 1]

    assert len(portal.catalogue) == PROCEDURES
    assert not repeated, listed(repeated)


def test_permalinks_are_those_of_the_index_and_no_others(portal: DemoPortal) -> None:
    permalinks = {address for address in portal.pages if PERMALINK.fullmatch(address)}
    expected = {addresses.permalink(entry.code) for entry in portal.catalogue}

    assert permalinks == expected, listed(permalinks ^ expected)


def test_permalink_leads_to_the_page_of_the_procedures_owner(portal: DemoPortal) -> None:
    wrong = []
    for entry in portal.catalogue:
        permalink = addresses.permalink(entry.code)
        page = portal.pages[permalink]
        targets = [inside[0] for link in refreshes(page) if (inside := portal.inside(permalink, link))]
        if targets != ([entry.url] if entry.agency else []):
            wrong.append(f"/{permalink} leads to {targets}, its owner has it at /{entry.url}")
        if entry.url != addresses.procedure(entry.agency, entry.code) or not portal.answers(entry.url):
            wrong.append(f"/{entry.url} is no page of {entry.agency or 'the province'}")
        elif [words(h1) for h1 in portal.pages[entry.url].xpath("//h1")] != [" ".join(entry.name.split())]:
            wrong.append(f"/{entry.url} is not headed {entry.name}")

    assert not wrong, listed(wrong)


def test_there_are_232_news_articles_as_the_readme_says(portal: DemoPortal) -> None:
    assert sum(map(len, portal.articles.values())) == ARTICLES
    assert f"{ARTICLES} news items" in (ROOT / "README.md").read_text("utf-8")


def test_every_agency_has_three_articles_or_more(portal: DemoPortal) -> None:
    few = [f"{slug}: {len(portal.articles[slug])}" for slug in portal.agencies if len(portal.articles[slug]) < 3]

    assert not few, listed(few)


@pytest.mark.parametrize("page", ["", addresses.NEWS, addresses.CONTACT, "gioi-thieu/", "co-cau-to-chuc/"])
def test_every_agency_has_the_page(portal: DemoPortal, page: str) -> None:
    without = [slug for slug in portal.agencies if f"{slug}/{page}" not in portal.pages]

    assert not without, listed(without)


@pytest.mark.parametrize("moved", [False, True], ids=["pages", "pages that moved"])
def test_notice_of_the_demonstration_stands_on_every_page(portal: DemoPortal, moved: bool) -> None:
    record = province_record()
    notices = {"vi": " ".join(record["notice"].split()), "en": " ".join(record["notice_en"].split())}
    pages = {address: page for address, page in portal.pages.items() if is_moved(page) is moved}
    without = [
        f"/{address}" for address, page in pages.items() if notices[page.get("lang")] not in words(page.find("body"))
    ]

    assert len(pages) > 20

    assert not without, listed(without)


def test_online_levels_stand_in_the_proportions_of_the_province(portal: DemoPortal) -> None:
    """1,399 : 422 : 109 of 1,930 procedures, as the province counted them in 2019."""
    assert Counter(entry.level for entry in portal.catalogue) == {2: 57, 3: 17, 4: 5}


def test_no_procedures_page_says_that_its_level_is_unknown(portal: DemoPortal) -> None:
    silent = [
        f"/{entry.url}"
        for entry in portal.catalogue
        if portal.pages[entry.url].xpath("//section[@class='summary']//*[@class='tag unknown']")
    ]

    assert not silent, listed(silent)


def test_every_procedure_has_all_that_a_citizen_asks() -> None:
    wanted = ("decision", "channels", "papers", "results", "conditions", "online_level", "postal_return")
    lacking = []
    for file in [*CONTENT.glob("*/procedures/*.yaml"), *CONTENT.glob("agencies/*/procedures/*.yaml")]:
        record = yaml.safe_load(file.read_text("utf-8"))
        lacking += [f"{file.name}: {name}" for name in wanted if name not in record]
        papers = [paper for case in record.get("papers", ()) for paper in case["papers"]]
        if not any(form.get("file") for paper in papers for form in paper.get("forms", ())):
            lacking.append(f"{file.name}: no form to download")
        if record["online_level"] >= 3 and "online" not in {channel["kind"] for channel in record["channels"]}:
            lacking.append(f"{file.name}: no way online")

    assert not lacking, listed(lacking)


def test_every_agency_and_commune_can_be_reached() -> None:
    lacking = []
    for file in CONTENT.glob("agencies/*/agency.yaml"):
        record = yaml.safe_load(file.read_text("utf-8"))
        lacking += [f"{file.parent.name}: {name}" for name in ("logo", "counters") if name not in record]
        lacking += [
            f"{file.parent.name}: {name}"
            for name in ("address", "phone", "email", "map")
            if name not in record["contact"]
        ]
        counters = [counter for commune in record.get("communes", ()) for counter in commune.get("counters", ({},))]
        lacking += [
            f"{file.parent.name}: {counter.get('name')}: {name}"
            for counter in [*record["counters"], *counters]
            for name in ("address", "phone", "hours")
            if name not in counter
        ]

    assert not lacking, listed(lacking)


def test_no_telephone_and_no_mailbox_of_the_demonstration_can_be_anybodys() -> None:
    told = "\n".join(file.read_text("utf-8") for file in [*CONTENT.glob("agencies/*/agency.yaml"), PROVINCE])
    phones = re.findall(r"\b0293[\d ]*", told)

    assert len(phones) > 180
    assert {phone[:9] for phone in phones} == {"0293 000 "}
    assert {mailbox.rpartition(".")[2] for mailbox in re.findall(r"\S+@\S+", told)} == {"example"}


@pytest.mark.parametrize("heading", ["theo-linh-vuc", "theo-co-quan"], ids=["by field", "by agency"])
@pytest.mark.parametrize("page", [addresses.PROCEDURES, addresses.SEARCH])
def test_counts_add_up_to_all_procedures(portal: DemoPortal, page: str, heading: str) -> None:
    assert sum(counted(portal.pages[page], heading).values()) == PROCEDURES


@pytest.mark.parametrize("page", [addresses.PROCEDURES, ""], ids=["catalogue", "home"])
def test_counts_by_online_level_add_up_to_all_procedures(portal: DemoPortal, page: str) -> None:
    heading = "theo-muc-do" if page else "danh-muc"
    total, *levels = [int(words(number)) for number in section(portal.pages[page], heading).xpath(".//dl//dd")]

    assert total == PROCEDURES
    assert sum(levels) == PROCEDURES


@pytest.mark.parametrize("heading", ["theo-linh-vuc", "theo-co-quan"], ids=["by field", "by agency"])
def test_counted_list_has_as_many_procedures_as_its_count(portal: DemoPortal, heading: str) -> None:
    wrong = [
        f"{link}: {total} counted, {found} listed"
        for link, total in counted(portal.pages[addresses.PROCEDURES], heading).items()
        if (found := len(rows(portal, link))) != total
    ]

    assert not wrong, listed(wrong)


def test_list_of_all_procedures_has_each_once(portal: DemoPortal) -> None:
    listed_there = Counter(
        inside[0] for link in rows(portal, "/thu-tuc/tat-ca/") if (inside := portal.inside("", link))
    )
    expected = Counter(entry.url for entry in portal.catalogue)

    assert listed_there == expected, listed((listed_there - expected) + (expected - listed_there))
