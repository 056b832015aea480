"""What pages say to citizens, read on every page of the demonstration: names, labels, days, and ways that lead on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from lxml.html import HtmlElement

from plugins.portal import addresses
from tests.demo.built import CONTENT, DemoPortal, is_moved, listed, refreshes, words

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
DOUBLED = re.compile(
    r"\b(?:(?:Lệ phí|Phí|Phí, lệ phí): (?:lệ phí|phí|thuế|mức thu|mức phí|miễn|không)\b|(\w[\w ]+): \1\b)", re.I
)
LEVELS = ("cấp bộ", "cấp tỉnh", "cấp huyện", "cấp xã")


def agencies() -> Iterator[str]:
    """Names of agencies, as their records have them."""
    for record in CONTENT.glob("agencies/*/agency.yaml"):
        yield yaml.safe_load(record.read_text("utf-8"))["name"]


def texts(portal: DemoPortal) -> Iterator[tuple[str, str]]:
    """Every page's address and all its words: those that are shown, its title and what it says to machines."""
    for address, page in portal.pages.items():
        said = page.xpath("//meta/@content | //@aria-label | //@alt")
        yield address, " ".join([*map(words, page.xpath("//title | //body")), *map(str, said)])


def answers(page: HtmlElement, question: str) -> list[str]:
    """What a procedure's summary answers."""
    rows = page.xpath("//section[@class='summary']/dl/div[dt = $question]", question=question)
    return [words(answer) for row in rows for answer in row.xpath("dd")]


def test_every_time_says_when(portal: DemoPortal) -> None:
    empty = [
        f"/{address}: {dict(time.attrib)}"
        for address, page in portal.pages.items()
        for time in page.xpath("//time")
        if not words(time) or not time.get("datetime")
    ]

    assert not empty, listed(empty)


def test_names_of_agencies_keep_their_capitals(portal: DemoPortal) -> None:
    names = sorted(agencies(), key=len, reverse=True)
    # "cơ sở y tế" is any place of care, not the department.
    known = re.compile(rf"(?<!\bcơ )\b(?:{'|'.join(map(re.escape, names))})\b", re.I)
    wrong = [
        f"/{address}: {found[0]}"
        for address, said in texts(portal)
        for found in known.finditer(said)
        if found[0] not in names
    ]

    assert not wrong, listed(wrong)


def test_levels_are_written_in_one_way(portal: DemoPortal) -> None:
    wrong = [
        f"/{address}: {found}"
        for address, said in texts(portal)
        for found in re.findall(r"\b[Cc]ấp (?:Bộ|Tỉnh|Huyện|Xã)\b", said)
    ]

    assert not wrong, listed(wrong)


def test_no_label_is_said_twice_and_no_tax_is_called_a_fee(portal: DemoPortal) -> None:
    wrong = [
        f"/{address}: {words(element)}"
        for address, page in portal.pages.items()
        for element in page.xpath("//main//*[self::dd or self::p or self::li or self::ins or self::del][not(*)]")
        if DOUBLED.match(words(element))
    ]

    assert not wrong, listed(wrong)


def test_where_to_file_names_a_level_once(portal: DemoPortal) -> None:
    twice = [
        f"/{entry.url}: {level} in {said}"
        for entry in portal.catalogue
        if (said := answers(portal.pages[entry.url], "Nơi nộp hồ sơ"))
        for level in LEVELS
        if sum(level in answer.casefold() for answer in said) > 1
    ]

    assert not twice, listed(twice)


def test_whether_one_can_file_online_is_answered(portal: DemoPortal) -> None:
    wrong = [
        f"/{entry.url}: {said}"
        for entry in portal.catalogue
        if "Chưa xác định mức độ" in (said := answers(portal.pages[entry.url], "Có làm qua mạng được không"))
        or not said
    ]

    assert not wrong, listed(wrong)


@pytest.mark.parametrize(
    ("question", "link"),
    [("Mất bao lâu", "Xem thời hạn này áp dụng khi nào"), ("Tốn bao nhiêu", "Xem mức thu này áp dụng khi nào")],
)
def test_nobody_is_sent_to_read_the_same_again(portal: DemoPortal, question: str, link: str) -> None:
    repeats = re.compile(
        r"(?:Không quá|Tối đa|Trong) [\d.,]+ \w+(?: làm việc)?|(?:Theo )?(?:Nghị định|Thông tư|Luật) \S+"
    )
    sent = [
        f"/{entry.url}"
        for entry in portal.catalogue
        if link in answers(page := portal.pages[entry.url], question)
        and all(repeats.fullmatch(words(note)) for note in page.xpath("//ul[@class='ways']//dd[@class='note']"))
    ]

    assert not sent, listed(sent)


def test_nobody_is_shown_a_slug_for_a_name(portal: DemoPortal) -> None:
    slugs = {*portal.agencies, "tinh", "province"}
    wrong = [
        f"/{address}: {words(element)}"
        for address, page in portal.pages.items()
        if address != addresses.PROBLEMS
        for element in page.xpath("//body//*[not(self::script or self::code or *)]")
        if (said := words(element)) in slugs or (element.tag == "a" and SLUG.fullmatch(said) and said.count("-") > 1)
    ]

    assert not wrong, listed(wrong)


def test_what_communes_and_districts_do_is_not_said_to_be_the_provinces(portal: DemoPortal) -> None:
    page = portal.pages[addresses.PROCEDURES]
    [link] = page.xpath("//section[@aria-labelledby='theo-co-quan']//a[contains(@href, '/co-quan/tinh/')]")
    inside = portal.inside("", link.get("href"))
    assert inside is not None
    listing = portal.pages[inside[0]]

    assert words(link) == "UBND cấp huyện, UBND cấp xã"
    assert [words(h1) for h1 in listing.xpath("//h1")] == ["Thủ tục: UBND cấp huyện, UBND cấp xã"]


def test_words_for_home_lead_to_one_place_on_each_page(portal: DemoPortal) -> None:
    wrong = {}
    for address, page in portal.pages.items():
        targets = {str(link.get("href")) for link in page.xpath("//a") if words(link) == "Trang chủ"}
        if len(targets) > 1:
            wrong[address] = targets

    assert not wrong, listed(f"/{address}: {targets}" for address, targets in wrong.items())


@pytest.mark.parametrize("address", ["about-hau-giang/"])
def test_text_in_english_is_pronounced_so_and_so_are_the_portals_words_around_it(
    portal: DemoPortal, address: str
) -> None:
    page = portal.pages[address]

    assert page.get("lang") == "en"
    assert page.xpath("//meta[@property='og:locale']/@content") == ["en_US"]
    for part in ("//a[@class='skip']", "//aside", "//header", "//nav", "//footer"):
        found = page.xpath(part)
        assert found, part
        assert {str(element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")) for element in found} == {"en"}, part
    assert page.xpath("//main/ancestor-or-self::*[@lang][1]/@lang") == ["en"]
    assert not re.search(r"Cập nhật", words(page.find(".//main")))
    assert "Updated on 24 September 2019" in words(page.find(".//main"))


@pytest.mark.parametrize(
    ("folder", "target"),
    [(addresses.API_ROOT, addresses.API), *((url, addresses.PROCEDURES) for url in addresses.LIST_FOLDERS)],
)
def test_address_with_its_end_cut_off_leads_on(portal: DemoPortal, folder: str, target: str) -> None:
    page = portal.pages[folder]
    assert is_moved(page)
    [inside] = [portal.inside(folder, link) for link in refreshes(page)]

    assert inside is not None
    assert inside[0] == target
    if inside[1]:
        assert portal.pages[target].xpath("//h2[@id=$id] | //h3[@id=$id]", id=inside[1])


def test_who_answers_for_the_portal_is_not_said_to_answer_for_an_agency(portal: DemoPortal) -> None:
    wrong = [
        address
        for address, page in portal.pages.items()
        for section in page.xpath("//footer//section[@aria-labelledby='footer-site']")
        if "Chịu trách nhiệm" in words(section) and page.xpath("//div[@class='agency-name']")
    ]

    assert not wrong, listed(wrong)
