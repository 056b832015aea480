"""What a person sees of the portal: on a phone and on a desk, by keyboard, without JavaScript, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from plugins.serving import PortalServer
from tests.demo.browsing import DESKTOP, LOWEST_TARGET, PHONE, SMALLEST_TEXT, Browser, Screen, Sight
from tests.demo.built import DemoPortal, listed

pytestmark = pytest.mark.browser

SEARCH = "tim-kiem/"
QUERY = "dang ky khai sinh"
FOUND = "Đăng ký khai sinh"
MISSING = "khong-co-trang-nay/"
FIXED = (
    "",
    "so-y-te/",
    "so-y-te/tin-tuc/",
    "so-y-te/gioi-thieu/",
    "thu-tuc/",
    "thu-tuc/tat-ca/",
    "don-vi/",
    "ubnd-huyen-vi-thuy/lien-he/",
    MISSING,
    "so-do-cong/",
)
RESULTS = "#search-results > li"
VIOLATION = "Content Security Policy"
OWN_404 = re.compile(rf"SEVERE: \S*/{MISSING} - Failed to load resource: .* 404 ")


def best(pages: dict[str, HtmlElement], score: Callable[[str, HtmlElement], int]) -> str:
    """The address of the page with the highest score; among equals the first."""
    return max(sorted(pages), key=lambda address: score(address, pages[address]))


def many(count: str) -> Callable[[HtmlElement], int]:
    """How many of these a page has."""
    return lambda page: int(page.xpath(f"count({count})"))


def papers_where(kept: Callable[[str], bool]) -> Callable[[str, HtmlElement], int]:
    papers = many("//section[@aria-labelledby='giay-to']//li")
    return lambda address, page: papers(page) if kept(address) else 0


def table_and_picture(_: str, page: HtmlElement) -> int:
    cells = many("//div[@class='prose']//table//th")
    return cells(page) if page.xpath("//figure//img") else 0


@pytest.fixture(scope="module")
def pages(desk: DemoPortal) -> dict[str, str]:
    """The pages that are looked at, each with what shows that it is complete."""
    hardest = (
        best(desk.pages, table_and_picture),
        best(desk.pages, papers_where(lambda address: address.startswith("thu-tuc/"))),
        best(desk.pages, papers_where(lambda address: not address.startswith("thu-tuc/"))),
    )
    return dict.fromkeys((*FIXED, *hardest), "h1") | {f"{SEARCH}?q={QUERY.replace(' ', '+')}": RESULTS}


@pytest.fixture(scope="module")
def sights(chromium: webdriver.Chrome, desk_url: str, pages: dict[str, str]) -> list[Sight]:
    """Every page on every screen, looked at once."""
    browser = Browser(chromium, desk_url)
    seen = [browser.look(page, screen, awaited) for screen in (PHONE, DESKTOP) for page, awaited in pages.items()]
    browser.reset()
    return seen


def test_pages_that_are_looked_at_are_what_they_are_for(desk: DemoPortal, pages: dict[str, str]) -> None:
    article, of_province, of_agency = [page for page in pages if page not in FIXED and SEARCH not in page]

    assert desk.pages[article].xpath("//article//figure//img")
    assert desk.pages[article].xpath("//article//table")
    for procedure in (of_province, of_agency):
        assert len(desk.pages[procedure].xpath("//section[@aria-labelledby='giay-to']//li")) > 4, procedure
    assert [page for page in FIXED if page != MISSING and not desk.answers(page)] == []


def test_no_page_has_anything_to_say_in_the_console(sights: list[Sight]) -> None:
    found = [f"{sight.name}: {said}" for sight in sights for said in sight.messages if not OWN_404.match(said)]

    assert not found, listed(found)


def test_no_page_violates_the_content_security_policy(sights: list[Sight]) -> None:
    found = [f"{sight.name}: {said}" for sight in sights for said in sight.messages if VIOLATION in said]

    assert not found, listed(found)


def test_violation_of_the_content_security_policy_would_be_seen(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    page = "<!doctype html><title>X</title><script>document.title = 'Y'</script><p style='color: red'>Z</p>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with PortalServer(tmp_path, port=0).running() as address:
        browser = Browser(chromium, address)
        browser.open("")
        refused = [said for said in browser.messages() if VIOLATION in said]
        title = chromium.title
        browser.reset()

    assert title == "X"
    assert len(refused) == 2, refused


def test_no_page_must_be_scrolled_sideways(sights: list[Sight]) -> None:
    found = [f"{sight.name}: {sight.width} px wide" for sight in sights if sight.width > sight.screen.width]

    assert not found, listed(found)


def test_every_page_shows_its_h1(sights: list[Sight]) -> None:
    found = [sight.name for sight in sights if not sight.shows_h1]

    assert not found, listed(found)


def test_no_text_is_too_small_to_read(sights: list[Sight]) -> None:
    found = [f"{sight.name}: {text}" for sight in sights for text in sight.small_text]

    assert not found, f"smaller than {SMALLEST_TEXT} px: {listed(found)}"


def test_no_link_or_button_is_too_low_to_touch(sights: list[Sight]) -> None:
    found = [f"{sight.name}: {target}" for sight in sights for target in sight.low_targets]

    assert not found, f"lower than {LOWEST_TARGET} px: {listed(found)}"


@pytest.mark.parametrize("page", ["", "so-y-te/", SEARCH])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
def test_first_tab_reaches_the_link_that_skips_to_the_content(browser: Browser, screen: Screen, page: str) -> None:
    browser.open(page, screen)
    browser.press(Keys.TAB)
    skip = browser.focused

    assert skip.get_attribute("class") == "skip"
    assert skip.rect["x"] >= 0
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.focused.tag_name == "main", "focus on main")


def test_tab_after_the_skip_link_goes_on_inside_main(browser: Browser) -> None:
    browser.open("")
    browser.press(Keys.TAB, Keys.ENTER)
    browser.wait(lambda: browser.focused.tag_name == "main", "focus on main")
    browser.press(Keys.TAB)

    assert browser.focused.get_attribute("name") == "q"


def test_menu_opens_and_closes_by_keyboard_on_a_phone(browser: Browser) -> None:
    browser.open("so-y-te/", PHONE)
    browser.wait(lambda: browser.shows(".menu summary"), "the menu's button")
    assert not browser.shows(".menu a")

    for _ in range(10):
        browser.press(Keys.TAB)
        if browser.focused == browser.find(".menu summary"):
            break
    assert browser.focused == browser.find(".menu summary")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.shows(".menu a"), "the open menu")
    browser.press(Keys.TAB)
    assert browser.focused == browser.find(".menu a")

    browser.find(".menu summary").send_keys(Keys.ENTER)
    browser.wait(lambda: not browser.shows(".menu a"), "the closed menu")


def test_menu_lies_open_on_a_desktop(browser: Browser) -> None:
    browser.open("so-y-te/", DESKTOP)

    entries = ".menu li:not(.only-narrow) a"  # other languages stand in the header there
    assert browser.shown(entries) == len(browser.find_all(entries)) > 0
    assert not browser.shows(".menu summary")


def test_menu_that_lies_open_is_reached_by_keyboard(browser: Browser) -> None:
    browser.open("so-y-te/", DESKTOP)
    links = browser.find_all(".menu a")
    for _ in range(12):
        browser.press(Keys.TAB)
        if browser.focused == links[0]:
            break
    assert browser.focused == links[0]
    browser.press(Keys.TAB)
    assert browser.focused == links[1]


def test_focus_can_be_seen_on_everything_that_tab_reaches(browser: Browser) -> None:
    browser.open("")
    unseen = []
    for _ in range(15):
        browser.press(Keys.TAB)
        outline = browser.focused.value_of_css_property("outline-style")
        if outline == "none" or browser.focused.value_of_css_property("outline-width") == "0px":
            unseen.append(f"{browser.focused.tag_name} {browser.focused.text}")

    assert not unseen, listed(unseen)


@pytest.mark.parametrize(
    ("page", "content"),
    [
        ("", ("h1", "#thuong-dung", ".rows a", "#cac-co-quan", ".figures")),
        ("thu-tuc/1.001193/", ("h1", "#tom-tat", "#giay-to", ".papers li", "#cac-buoc", ".ways dd", "#can-cu")),
        (SEARCH, ("h1", "noscript p", "#theo-linh-vuc", "#theo-co-quan", "main .links a")),
    ],
    ids=["home", "procedure", "search"],
)
def test_page_shows_its_content_without_javascript(browser: Browser, page: str, content: tuple[str, ...]) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page, PHONE)
    missing = [selector for selector in content if not browser.shows(selector)]

    assert not missing, listed(missing)
    assert not browser.shows(RESULTS)


def test_search_on_the_home_page_leads_to_the_catalogue_without_javascript(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open("")
    browser.find("main input[name=q]").send_keys(QUERY, Keys.ENTER)
    browser.wait(lambda: SEARCH in browser.chrome.current_url, "the search page")

    assert browser.shows("noscript p")
    assert browser.shows("#theo-linh-vuc")


def test_paper_shows_the_text_and_no_menu(browser: Browser, pages: dict[str, str]) -> None:
    browser.command("Emulation.setEmulatedMedia", media="print")
    wrong = []
    for page in pages:
        browser.open(page)
        left_out = (".menu", ".tools", ".skip", ".share")
        wrong += [f"/{page}: {part} is printed" for part in left_out if browser.shows(part)]
        wrong += [f"/{page}: {part} is not printed" for part in ("main", "h1", ".notice") if not browser.shows(part)]

    assert not wrong, listed(wrong)
