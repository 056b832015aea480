"""Every kind of page in a browser: nothing moves while it loads, large text and narrow screens need no scrolling
sideways, and nothing keeps anybody out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from plugins.serving import PortalServer
from tests.demo.browsing import DESKTOP, PHONE, Browser, Screen
from tests.demo.built import listed
from tests.demo.page_kinds import KINDS, PARTS, PAST
from tests.dossiers.made_up import publish, row, statistics
from tests.provinces import ROOT, SmallProvince
from tests.waiting import some_moment

T = TypeVar("T")
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]  # the first test that looks at pages loads all of them

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
FILLED_BY_SCRIPTS = (
    "tim-kiem/", "tim-kiem/?q=khai+sinh", "tim-kiem/?q=xyzw", "so-y-te/tim-kiem/?q=khai+sinh",
    "thu-tuc/linh-vuc/ho-tich/", "thu-tuc/tat-ca/?linh-vuc=ho-tich", "so-lieu/", "so-lieu/so-y-te/",
)  # fmt: skip
BESIDES = (
    "", "so-y-te/", "huyen-thu/", "so-cu/", "so-y-te/tim-kiem/?q=the", "thu-tuc/tat-ca/",
    "thu-tuc/tat-ca/?linh-vuc=ho-tich&doi-tuong=can-bo", "so-lieu/so-het/", "so-y-te/thu-tuc/1.000901/",
    "so-y-te/tin-tuc/2019/moi-thu/", "tra-cuu-ho-so/",
)  # fmt: skip
NARROWEST = Screen("narrowest phone", 320, 640, mobile=True)
"""WCAG 1.4.10: what 1280 pixels at 400 % come to."""
SMALL_PHONE = Screen("small phone", 360, 740, mobile=True)
SMALL_DESKTOP = Screen("small desktop", 960, 700, mobile=False)
ON_PHONES = {PHONE.name, NARROWEST.name, SMALL_PHONE.name}
HIGHEST_BAR = 64
"""CSS pixels, from the top of the emblem's line to its end."""
HIGHEST_NOTICE = 36
MOST_SHIFT = 0.01
"""Of the cumulative layout shift; 0.1 is what the web calls good."""
SLOW = {"latency": 200, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""Milliseconds and bytes a second: a phone with little reception."""
FAST = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Of what axe looks at, all that differs from one scheme of colours to the other."""
RESULT = "#search-results > li"

_WATCH = """
window.shifts = [];
const called = (node) => {
  const element = node?.nodeType === 3 ? node.parentElement : node;
  return [element?.localName, ...(element?.classList ?? [])].join('.') + (element?.id ? `#${element.id}` : '');
};
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (!hadRecentInput) window.shifts.push({ value, moved: sources.map(({ node }) => called(node)) });
  }
}).observe({ type: 'layout-shift', buffered: true });
"""
_WIDE = """
const [size] = arguments;
document.documentElement.style.fontSize = size;
for (const part of document.querySelectorAll('details')) part.open = true;
const width = document.documentElement.clientWidth;
const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
const inside = (element) => element && (scrolls(element) || inside(element.parentElement));
const called = (element) => element.localName + [...element.classList].map((c) => `.${c}`).join('');
const beyond = [...document.querySelectorAll('body *')].filter((element) => {
  const { width: own, right } = element.getBoundingClientRect();
  return own && right > width + 1 && !inside(element.parentElement) && !scrolls(element);
});
const named = (element) => element.ariaLabel || element.getAttribute('aria-labelledby') || element.localName === 'pre';
const closed = [...document.querySelectorAll('body *')].filter((element) => scrolls(element)
  && element.scrollWidth > element.clientWidth + 1 && !(element.tabIndex === 0 && named(element)));
return {
  wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > width
    ? beyond.slice(0, 5).map((element) => `${called(element)} "${element.textContent.trim().slice(0, 40)}"`) : [],
  width: document.documentElement.scrollWidth,
  closed: closed.map(called),
};
"""
_BAR = """
const boxes = ['.brand', '.tools', '.menu summary'].map((part) => document.querySelector(part).getBoundingClientRect());
const top = document.querySelector('.masthead').getBoundingClientRect().top;
return {
  height: Math.max(...boxes.map(({ bottom }) => bottom)) - top,
  notices: document.querySelector('.notices')?.getBoundingClientRect().height ?? 0,
};
"""
_MENU = """
const done = arguments[arguments.length - 1];
const entries = () => [...document.querySelectorAll('.masthead .menu li:not(.only-narrow) a')];
document.fonts.ready.then(() => done(entries().map((link) => {
  const { x, y, width } = link.getBoundingClientRect();
  return { site: document.documentElement.lang + link.getAttribute('href'), x, y, width };
})));
"""
_IS_DARK = "return matchMedia('(prefers-color-scheme: dark)').matches && !document.getAnimations().length;"
_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] }).then(({ violations }) =>
  done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3)}`)),
  (error) => done([String(error)]));
"""


@pytest.fixture(scope="module")
def addresses(filled: SmallProvince) -> list[str]:
    """The pages of all kinds."""
    past = sorted(path.parent.name for path in (filled.output / PAST).glob("*/index.html"))
    return [
        address
        for pages in KINDS.values()
        for page in pages
        for address in ([f"{PAST}{name}/" for name in past] if page == PAST else [page])
    ]


def one_of_each_kind(addresses: list[str]) -> set[str]:
    """The first page of each kind: all are looked at on a phone, and these on a desktop, too."""
    firsts = [page for page, *_ in KINDS.values()]
    return {
        next(known for known in addresses if known == first or (first == PAST and known.startswith(first)))
        for first in firsts
    }


@pytest.fixture
def page(chromium: webdriver.Chrome, filled_url: str) -> Iterator[Browser]:
    """The browser at the province with everything filled in."""
    opened = Browser(chromium, filled_url)
    yield opened
    opened.reset()


@pytest.fixture
def still(chromium: webdriver.Chrome, filled_url: str) -> Iterator[Browser]:
    """The same, telling what moves on a page, with a network that can be slow and an empty cache."""
    opened = Browser(chromium, filled_url)
    opened.command("Network.enable")
    opened.command("Network.setCacheDisabled", cacheDisabled=True)
    added = chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    yield opened
    opened.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
    network(opened, slow=False)
    opened.command("Network.setBlockedURLs", urls=[])
    opened.command("Network.setCacheDisabled", cacheDisabled=False)
    opened.reset()


def network(browser: Browser, *, slow: bool) -> None:
    browser.command("Network.emulateNetworkConditions", offline=False, **(SLOW if slow else FAST))


def shifts(browser: Browser) -> list[dict[str, Any]]:
    """What has moved by itself so far, after two more frames."""
    frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(window.shifts)));"
    found: list[dict[str, Any]] = browser.chrome.execute_async_script(frames)
    return found


def assert_still(browser: Browser) -> None:
    moved = shifts(browser)
    total = sum(shift["value"] for shift in moved)

    assert total <= MOST_SHIFT, f"{total:.3f}: {moved}"


def settled(browser: Browser) -> bool:
    """Whether the scripts of the page have asked for all that they want."""
    return bool(
        browser.chrome.execute_script(
            """
            const asked = performance.getEntriesByType('resource');
            return document.readyState === 'complete' && asked.every(({ responseEnd }) => responseEnd)
              && performance.now() - Math.max(0, ...asked.map(({ responseEnd }) => responseEnd)) > 400;
            """
        )
    )


def load(
    browser: Browser, address: str, screen: Screen, *, slow: bool, until: Callable[[], bool] = lambda: True
) -> None:
    network(browser, slow=slow)
    browser.open(address, screen)
    browser.wait(until, "the page")
    browser.wait(lambda: settled(browser), "an end of loading")


def test_every_template_is_looked_at() -> None:
    templates = {path.stem for path in (ROOT / "theme/templates").glob("*.html")}

    assert templates == KINDS.keys() | PARTS


def test_page_that_moves_would_be_seen(still: Browser) -> None:
    load(still, "so-do-cong/", DESKTOP, slow=False)
    assert_still(still)
    some_moment(0.6)  # what follows an input within half a second counts as its doing
    still.chrome.execute_script(
        "const pushing = document.createElement('pre'); pushing.textContent = 'x\\n'.repeat(20);"
        "document.querySelector('h1').before(pushing)"
    )

    assert sum(shift["value"] for shift in shifts(still)) > MOST_SHIFT


@pytest.mark.parametrize("address", [*FILLED_BY_SCRIPTS, *BESIDES])
def test_nothing_moves_while_a_page_loads_slowly_on_a_phone(still: Browser, address: str) -> None:
    load(still, address, PHONE, slow=True)

    assert_still(still)


@SCREENS
@pytest.mark.parametrize("address", FILLED_BY_SCRIPTS)
def test_nothing_moves_while_a_page_loads_at_once(still: Browser, address: str, screen: Screen) -> None:
    load(still, address, screen, slow=False)

    assert_still(still)


@SCREENS
def test_results_and_what_is_below_them_come_together(still: Browser, screen: Screen) -> None:
    load(still, "tim-kiem/?q=khai+sinh", screen, slow=True, until=lambda: still.shows(RESULT))

    assert still.shows("#khong-tim-thay")
    assert still.shows("#theo-linh-vuc")
    assert_still(still)


@SCREENS
def test_nothing_moves_by_itself_while_somebody_types_on_a_slow_network(still: Browser, screen: Screen) -> None:
    load(still, "tim-kiem/?q=khai+sinh", screen, slow=True, until=lambda: still.shows(RESULT))
    box = still.find("main input[name=q]")
    box.clear()
    box.send_keys("the thu nghiem")
    still.wait(lambda: f"q={quote('the thu nghiem').replace('%20', '+')}" in still.chrome.current_url, "the query")
    still.wait(lambda: settled(still) and still.shows(RESULT), "results")
    assert_still(still)


@SCREENS
def test_nothing_moves_by_itself_when_a_list_is_filtered_on_a_slow_network(still: Browser, screen: Screen) -> None:
    load(still, "thu-tuc/tat-ca/", screen, slow=True)
    select = still.find("#loc-cap-thuc-hien")
    still.chrome.execute_script("arguments[0].focus()", select)
    still.wait(lambda: len(still.find_all("#loc-cap-thuc-hien option")) > 1, "the values")
    select.send_keys(Keys.ARROW_DOWN)
    still.wait(lambda: still.shows("#ket-qua-loc li"), "what fits")
    still.wait(lambda: settled(still), "an end of loading")

    assert_still(still)


@pytest.fixture(scope="module")
def with_later_figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal that was built before its figures came."""
    province = SmallProvince.of(tmp_path_factory.mktemp("later-figures"))
    province.build()
    publish(province.output, statistics(row("so-y-te")))
    with PortalServer(province.output, port=0).running() as url:
        yield url


@SCREENS
@pytest.mark.parametrize("address", ["so-lieu/", "so-lieu/so-y-te/", "so-y-te/"])
def test_nothing_moves_when_figures_come_that_the_build_did_not_know(
    still: Browser, with_later_figures: str, screen: Screen, address: str
) -> None:
    still.url = with_later_figures
    load(still, address, screen, slow=True, until=lambda: still.shows("dl.figures"))

    assert still.shows("[data-stale]")
    assert_still(still)


@pytest.mark.parametrize(
    ("address", "script", "shown"),
    [
        ("tim-kiem/?q=khai+sinh", "*search/page.js*", "#khong-tim-thay"),
        ("thu-tuc/linh-vuc/ho-tich/", "*facets.js*", ".chosen"),
        ("so-lieu/so-het/", "*live.js*", "#tiep-theo"),
    ],
)
def test_what_waits_for_a_script_comes_without_it(still: Browser, address: str, script: str, shown: str) -> None:
    still.command("Network.setBlockedURLs", urls=[script])
    still.open(address, PHONE)

    still.wait(lambda: still.shows(shown), shown)


@dataclass(frozen=True)
class Looks:
    """What was measured of one page, loaded once and looked at on several screens; by the name of the screen."""

    axe: Mapping[str, list[str]]
    """What keeps somebody out: by the name of the screen or the scheme of colours."""
    sideways: Mapping[str, dict[str, Any]]
    """What `_WIDE` tells, with large text."""
    title: Mapping[str, float]
    """Where the title begins, in CSS pixels."""
    bar: Mapping[str, dict[str, float]]
    menu: Mapping[str, list[dict[str, Any]]]


def looked_at_on_phones(page: Browser, address: str) -> Looks:
    page.go_on_to(address, PHONE)
    page.wait(lambda: page.shows("h1"), f"/{address}")
    violations = page.chrome.execute_async_script(_AXE, LEVELS)
    page.resize(SMALL_PHONE)
    title, bar = page.find("h1").rect["y"], page.chrome.execute_script(_BAR)
    page.resize(NARROWEST)
    narrowest = page.chrome.execute_script(_WIDE, "100%")
    page.resize(PHONE)
    return Looks(
        axe={"phone": violations},
        sideways={NARROWEST.name: narrowest, PHONE.name: page.chrome.execute_script(_WIDE, "200%")},
        title={SMALL_PHONE.name: title},
        bar={SMALL_PHONE.name: bar},
        menu={},
    )


def looked_at_on_desktops(page: Browser, address: str) -> Looks:
    page.prefer("light")
    page.go_on_to(address, DESKTOP)
    page.wait(lambda: page.shows("h1"), f"/{address}")
    menu = {DESKTOP.name: page.chrome.execute_async_script(_MENU)}
    violations = {"desktop": page.chrome.execute_async_script(_AXE, LEVELS)}
    page.prefer("dark")
    page.wait(lambda: page.chrome.execute_script(_IS_DARK), "the dark")
    violations["desktop in the dark"] = page.chrome.execute_async_script(_AXE, COLOURS)
    page.resize(SMALL_DESKTOP)
    menu[SMALL_DESKTOP.name] = page.chrome.execute_async_script(_MENU)
    page.resize(DESKTOP)
    return Looks(
        axe=violations,
        sideways={DESKTOP.name: page.chrome.execute_script(_WIDE, "200%")},
        title={},
        bar={},
        menu=menu,
    )


@pytest.fixture(scope="module")
def looks(
    chromium: webdriver.Chrome, filled_url: str, addresses: list[str], page_tools: Path
) -> Mapping[str, tuple[Looks, ...]]:
    """Of each page what phones show, and of one of each kind what desktops do."""
    page = Browser(chromium, filled_url)
    axe = (page_tools / "axe-core/axe.min.js").read_text("utf-8")
    # Sent once for all pages: it is half a million letters.
    added = chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": axe})
    of_each_kind = one_of_each_kind(addresses)
    seen = {
        address: (
            looked_at_on_phones(page, address),
            *((looked_at_on_desktops(page, address),) if address in of_each_kind else ()),
        )
        for address in addresses
    }
    page.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
    page.reset()
    return seen


def of_pages(
    looks: Mapping[str, tuple[Looks, ...]], aspect: Callable[[Looks], Mapping[str, T]], screen: str
) -> dict[str, T]:
    """One aspect of every page that is looked at on a screen."""
    measured = {
        address: aspect(several)[screen]
        for address, each in looks.items()
        for several in each
        if screen in aspect(several)
    }
    on_desktops = {address for address, each in looks.items() if len(each) > 1}
    assert measured.keys() == (looks.keys() if screen in ON_PHONES else on_desktops)
    return measured


@pytest.mark.parametrize("screen", [PHONE, DESKTOP, NARROWEST], ids=lambda screen: screen.name)
def test_no_page_must_be_scrolled_sideways_for_large_text(
    looks: Mapping[str, tuple[Looks, ...]], screen: Screen
) -> None:
    wide = []
    for address, measured in of_pages(looks, lambda of_one: of_one.sideways, screen.name).items():
        if measured["width"] > screen.width:
            wide.append(f"/{address}: {measured['width']} px: {measured['wide']}")
        wide += [f"/{address}: {part} scrolls, but not by keyboard" for part in measured["closed"]]

    assert not wide, listed(wide)


def test_title_begins_in_the_first_half_of_a_phones_screen(looks: Mapping[str, tuple[Looks, ...]]) -> None:
    tops = of_pages(looks, lambda of_one: of_one.title, SMALL_PHONE.name)
    late = [f"/{address}: {top:.0f} px" for address, top in tops.items() if top > SMALL_PHONE.height / 2]

    assert not late, listed(late)


def test_header_is_one_bar_on_a_phone(looks: Mapping[str, tuple[Looks, ...]]) -> None:
    bars = of_pages(looks, lambda of_one: of_one.bar, SMALL_PHONE.name)
    high = [
        f"/{address}: {bar}"
        for address, bar in bars.items()
        if bar["height"] > HIGHEST_BAR or bar["notices"] > HIGHEST_NOTICE
    ]

    assert not high, listed(high)


@pytest.mark.parametrize("screen", [DESKTOP, SMALL_DESKTOP], ids=lambda screen: screen.name)
def test_menu_keeps_to_one_line_and_to_its_place(looks: Mapping[str, tuple[Looks, ...]], screen: Screen) -> None:
    """Of each site in each language: what is current neither moves nor widens what stands beside it."""
    positions: dict[str, set[str]] = {}
    wrapped = []
    for address, entries in of_pages(looks, lambda of_one: of_one.menu, screen.name).items():
        positions.setdefault(entries[0]["site"], set()).add(str([(entry["x"], entry["width"]) for entry in entries]))
        if len({entry["y"] for entry in entries}) > 1:
            wrapped.append(f"/{address}: {entries}")

    assert not wrapped, listed(wrapped)
    assert {site: several for site, several in positions.items() if len(several) > 1} == {}


@pytest.mark.parametrize("screen", ["phone", "desktop", "desktop in the dark"])
def test_axe_finds_nothing(looks: Mapping[str, tuple[Looks, ...]], screen: str) -> None:
    violations = [
        f"/{address}: {violation}"
        for address, several in of_pages(looks, lambda of_one: of_one.axe, screen).items()
        for violation in several
    ]

    assert not violations, listed(violations)


def test_wide_tables_are_reached_by_keyboard_and_have_names(page: Browser) -> None:
    page.open("so-y-te/tin-tuc/2019/moi-thu/", PHONE)
    [region] = page.find_all(".prose .wide")
    page.chrome.execute_script("arguments[0].focus()", region)
    region.send_keys(Keys.ARROW_RIGHT)

    assert region.accessible_name == "Bảng 1"
    page.wait(lambda: page.chrome.execute_script("return arguments[0].scrollLeft", region) > 0, "the other columns")
