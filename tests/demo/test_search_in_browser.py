"""Search in a browser: suggestions below a box, results as one types, by keyboard and on poor networks."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.demo.browsing import DESKTOP, PHONE, Browser, Screen

pytestmark = pytest.mark.browser

SEARCH = "tim-kiem/"
AGENCY = "so-y-te/"
BOX = "main input[name=q]"
OPTION = "[role=option]"
RESULT = "#search-results > li"
LINK = f"{RESULT} > a"
TAB = "#search-kinds > a"
WANTED = {
    "dang ky ket hon": "1.000894",
    "Đăng ký kết hôn": "1.000894",
    "đăng ký khai sinh": "1.001193",
    "lam giay khai sinh": "1.001193",
    "ddawng kys khai sinh": "1.001193",
    "1.001193": "1.001193",
    "001193": "1.001193",
}
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)

# A network that can be made to wait: requests are held until they are let go, the last one first.
HOLDING = """
const real = window.fetch;
window.held = [];
window.underWay = 0;
window.holds = false;
window.fetch = async (...request) => {
  window.underWay += 1;
  if (window.holds) await new Promise((go) => window.held.push(go));
  try { return await real(...request); } finally { window.underWay -= 1; }
};
window.letGo = () => { window.holds = false; for (const go of window.held.splice(0).reverse()) go(); };
"""
# A network on which the index of news never answers.
HOLDING_OTHERS = """
const real = window.fetch;
window.held = [];
window.fetch = (address, ...options) => (String(address).includes('/tim-kiem/tin')
  ? new Promise((_, fail) => window.held.push(fail)) : real(address, ...options));
"""
# A portal that was published anew after its manifest was kept: what that names is gone.
PUBLISHED_ANEW = """
const real = window.fetch;
let gone = true;
window.asked = [];
window.fetch = (address, options) => {
  window.asked.push([address, options?.cache]);
  if (options?.cache === 'reload') gone = false;
  if (gone && address.includes('/thu-tuc/')) return Promise.resolve(new Response('', { status: 404 }));
  return real(address, options);
};
"""

# A page that is open for an hour when somebody looks at it again, and a portal that was published in between.
AN_HOUR_LATER = """
const real = window.fetch;
const later = Date.now() + 3_600_000;
window.asked = [];
const headers = { date: new Date(later).toUTCString() };
window.fetch = (address, options) => {
  if (String(address).endsWith('/alert.json')) return real(address, options);
  window.asked.push(String(address).replace(/.*[/](?=[^/]*[/][^/]*$)/, ''));
  if (String(address).endsWith('/live/release.json')) {
    const receipt = { live_since: new Date(window.published).toISOString() };
    return Promise.resolve(new Response(JSON.stringify(receipt)));
  }
  if (window.lost) return Promise.reject(new TypeError('lost'));
  return real(address, options).then(({ body }) => new Response(body, { headers }));
};
window.look = () => {
  window.asked = [];
  document.dispatchEvent(new Event('visibilitychange'));
};
Date.now = () => later;
"""


@pytest.fixture
def network(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps no file, and whose network is well again afterwards."""
    browser.command("Network.enable")
    browser.command("Network.setCacheDisabled", cacheDisabled=True)
    yield browser
    browser.command("Network.setBlockedURLs", urls=[])
    offline(browser, value=False)
    browser.command("Network.setCacheDisabled", cacheDisabled=False)


def offline(browser: Browser, *, value: bool) -> None:
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.command("Network.emulateNetworkConditions", offline=value, **speed)


@pytest.fixture
def instead(browser: Browser) -> Iterator[dict[str, str]]:
    """Scripts that run before those of a page; gone afterwards."""
    added: dict[str, str] = {}
    yield added
    for identifier in added.values():
        browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=identifier)


def run_before(browser: Browser, source: str, added: dict[str, str]) -> None:
    done = browser.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    added[source] = done["identifier"]


def asked(browser: Browser) -> dict[str, str]:
    """The query and the filters in the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(browser.chrome.current_url).query).items()}


def titles(browser: Browser) -> list[str]:
    return [str(title) for title in browser.chrome.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((link) => link.textContent)", LINK
    )]  # fmt: skip


def said(browser: Browser) -> str:
    """What the status line says, without a wait."""
    return str(browser.find("#search-status").get_property("textContent"))


def saying(browser: Browser, name: str, of: str = "#search-results", **values: object) -> str:
    """A message of the page, as its template has it."""
    message = browser.find(of).get_attribute(f"data-{name}")
    assert message, name
    for place, value in values.items():
        message = message.replace(f"{{{place}}}", str(value))
    return message


def counted(browser: Browser, query: str, count: int) -> str:
    """How many results are shown, in the words of their index."""
    return saying(browser, "counted", f"{TAB}[aria-current]", query=query, count=count)


def counts(browser: Browser) -> list[int | None]:
    """The number on each tab; None where there is none yet."""
    texts = browser.chrome.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((tab) => tab.querySelector('span').textContent)", TAB
    )
    return [int(text.strip("()")) if text else None for text in texts]


def is_current(browser: Browser, tab: int) -> bool:
    """Whether it is the results of this tab that are shown."""
    return bool(
        browser.chrome.execute_script(
            "return document.querySelectorAll(arguments[0])[arguments[1]]?.ariaCurrent === 'page' "
            "&& document.querySelector(arguments[2])",
            TAB,
            tab,
            RESULT,
        )
    )


def search(browser: Browser, query: str, page: str = SEARCH, screen: Screen = DESKTOP, more: str = "") -> list[str]:
    """Open a link to a search and wait for its results."""
    browser.open(f"{page}?q={quote(query)}{more}", screen)
    browser.wait(lambda: browser.shows(RESULT), "a result")
    return titles(browser)


def options(browser: Browser) -> list[WebElement]:
    """The suggestions, once they are there."""
    browser.wait(lambda: browser.shows(OPTION), "a suggestion")
    return browser.find_all(OPTION)


def chosen(browser: Browser) -> str:
    """The id of the suggestion that the keyboard is at; empty where it is in the text."""
    of_box = str(browser.find(BOX).get_attribute("aria-activedescendant") or "")
    marked = [str(option.get_attribute("id")) for option in browser.find_all(f"{OPTION}[aria-selected=true]")]
    assert marked == ([of_box] if of_box else [])
    return of_box


# What people look for


@pytest.mark.parametrize(("query", "code"), WANTED.items())
def test_query_finds_its_procedure_on_the_search_page(browser: Browser, query: str, code: str) -> None:
    search(browser, query)
    browser.find(LINK).click()
    browser.wait(lambda: browser.chrome.current_url.endswith(f"thu-tuc/{code}/"), "the procedure")

    assert browser.messages() == ()


@pytest.mark.parametrize(
    ("query", "name", "telephone"),
    [("sở y tế", "Sở Y tế", "0293 000 1170"), ("so dien thoai cong an tinh", "Công an tỉnh", "0293 000 1430")],
)
def test_agency_is_found_with_its_telephone_and_whether_it_is_open(
    browser: Browser, query: str, name: str, telephone: str
) -> None:
    assert search(browser, query)[0] == name
    assert telephone in browser.find(RESULT).text
    browser.wait(lambda: browser.find(f"{RESULT} [data-opening]").text, "whether it is open")
    assert browser.messages() == ()


def test_where_nothing_fits_the_page_says_so_with_what_is_near(browser: Browser) -> None:
    search(browser, "mua vé máy bay")

    assert said(browser).startswith(saying(browser, "near"))


@pytest.mark.parametrize(("query", "code"), WANTED.items())
@pytest.mark.parametrize("page", ["", AGENCY])
def test_query_suggests_its_procedure_where_there_is_a_box(browser: Browser, page: str, query: str, code: str) -> None:
    browser.open(page, PHONE)
    browser.chrome.execute_script("arguments[0].scrollIntoView({ behavior: 'instant' })", browser.find(BOX))
    browser.find(BOX).send_keys(query)
    options(browser)[0].click()
    browser.wait(lambda: browser.chrome.current_url.endswith(f"thu-tuc/{code}/"), "the procedure")

    assert browser.messages() == ()


@SCREENS
def test_results_come_as_one_types_with_the_query_in_address_and_title(browser: Browser, screen: Screen) -> None:
    browser.open(SEARCH, screen)
    before = browser.chrome.execute_script("return history.length")
    browser.find(BOX).send_keys("dang ky khai sinh")
    browser.wait(lambda: titles(browser)[:1] == ["Đăng ký khai sinh"], "the procedure")
    count = counts(browser)[0]
    assert count

    assert asked(browser) == {"q": "dang ky khai sinh"}
    assert browser.chrome.execute_script("return history.length") == before
    assert browser.chrome.title.startswith("dang ky khai sinh – ")
    assert said(browser) == counted(browser, "dang ky khai sinh", count)
    assert [mark.text for mark in browser.find_all(f"{RESULT}:first-child > a mark")] == ["Đăng", "ký", "khai", "sinh"]
    assert not browser.find_all(OPTION)


@pytest.mark.parametrize("page", [SEARCH, f"{AGENCY}{SEARCH}"])
@SCREENS
def test_page_with_results_is_easy_to_use(browser: Browser, screen: Screen, page: str) -> None:
    sight = browser.look(f"{page}?q=kham+chua+benh", screen, RESULT)

    assert sight.messages == ()
    assert sight.width <= screen.width
    assert sight.small_text == ()
    assert sight.low_targets == ()


@SCREENS
def test_suggestions_fit_the_screen(browser: Browser, screen: Screen) -> None:
    browser.open("", screen)
    browser.find(BOX).send_keys("cap giay")
    heights = [option.rect["height"] for option in options(browser)]

    assert min(heights) >= 24
    assert browser.chrome.execute_script("return document.documentElement.scrollWidth") <= screen.width
    assert 2 <= len(heights) <= 7


# The box


@pytest.mark.parametrize("page", ["", "thu-tuc/", AGENCY, f"{AGENCY}thu-tuc/"])
def test_nothing_is_loaded_before_the_box_is_touched(browser: Browser, page: str) -> None:
    loaded = """return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
        .filter((path) => /tim-kiem|(shards|queries|syllables)\\.js$/.test(path))"""
    browser.open(page)
    before = browser.chrome.execute_script(loaded)
    browser.find(BOX).click()
    browser.wait(lambda: any(".json" in path for path in browser.chrome.execute_script(loaded)), "an index")

    assert before == []


def test_suggestions_are_chosen_by_keyboard(browser: Browser) -> None:
    browser.open("")
    box = browser.find(BOX)
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "false")
    browser.chrome.execute_script("arguments[0].focus()", box)
    browser.press("d", "ang ky ket hon")
    found = options(browser)
    ids = [option.get_attribute("id") for option in found]

    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == browser.find("[role=listbox]").get_attribute("id")
    assert str(len(found) - 1) in str(browser.find(".search-box [role=status]").get_property("textContent"))
    assert found[-1].text == "Xem tất cả kết quả cho “dang ky ket hon”"
    for keys, at in [
        (Keys.ARROW_DOWN, 0), (Keys.ARROW_DOWN, 1), (Keys.ARROW_UP, 0), (Keys.ARROW_UP, -1), (Keys.ARROW_DOWN, 0),
        (Keys.END, None), (Keys.ARROW_DOWN, 0), (Keys.HOME, None), (Keys.ARROW_UP, -1), (Keys.ARROW_DOWN, 0),
    ]:  # fmt: skip
        browser.press(keys)
        assert chosen(browser) == ("" if at is None else ids[at])
    assert browser.focused == box
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.chrome.current_url.endswith("thu-tuc/1.000894/"), "the procedure")


def test_escape_closes_the_suggestions_then_clears_the_box(browser: Browser) -> None:
    browser.open("")
    box = browser.find(BOX)
    box.send_keys("khai sinh")
    options(browser)
    browser.press(Keys.ESCAPE)

    assert not browser.shows(OPTION)
    assert (box.get_property("value"), box.get_attribute("aria-expanded")) == ("khai sinh", "false")
    browser.press(Keys.ARROW_DOWN)
    assert options(browser)
    browser.press(Keys.ESCAPE, Keys.ESCAPE)
    assert box.get_property("value") == ""


def test_tab_leaves_the_box_and_closes_the_suggestions(browser: Browser) -> None:
    browser.open("")
    browser.find(BOX).send_keys("khai sinh")
    options(browser)
    browser.press(Keys.TAB)

    assert browser.focused == browser.find(".search-box button")
    assert not browser.shows("[role=listbox]")


def test_one_letter_suggests_nothing(browser: Browser) -> None:
    browser.open("")
    box = browser.find(BOX)
    box.send_keys("kh")
    options(browser)
    box.send_keys(Keys.BACKSPACE)
    browser.wait(lambda: not browser.shows(OPTION), "the end of the suggestions")


@pytest.mark.parametrize("page", ["", "thu-tuc/", AGENCY, f"{AGENCY}thu-tuc/", "404.html"])
def test_last_suggestion_and_enter_lead_to_the_search_page_of_the_site(browser: Browser, page: str) -> None:
    wanted = f"{AGENCY if page.startswith(AGENCY) else ''}{SEARCH}?q=giay+phep"
    browser.open(page)
    browser.find(BOX).send_keys("giay phep")
    last = options(browser)[-1]
    browser.chrome.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", last)
    last.click()
    browser.wait(lambda: browser.chrome.current_url == browser.url + wanted, "the search page")
    browser.wait(lambda: browser.shows(RESULT), "a result")

    browser.open(page)
    browser.find(BOX).send_keys("giay phep", Keys.ENTER)
    browser.wait(lambda: browser.chrome.current_url == browser.url + wanted, "the search page")
    browser.wait(lambda: browser.shows(RESULT), "a result")


# The page


def test_link_to_a_search_shows_its_words_and_filters(browser: Browser) -> None:
    every = len(search(browser, "giay"))
    search(browser, "dang ky", more="&linh-vuc=ho-tich")
    metas = [meta.text for meta in browser.find_all(f"{RESULT} .meta")]

    assert every == 10
    assert browser.find(BOX).get_property("value") == "dang ky"
    assert browser.find("#loc-linh-vuc").get_property("value") == "ho-tich"
    assert metas
    assert all("Hộ tịch" in meta for meta in metas)
    assert browser.messages() == ()


def test_filters_count_what_they_leave_and_load_no_shard(browser: Browser) -> None:
    search(browser, "dang ky")
    browser.wait(lambda: None not in counts(browser), "a number on every tab")
    files = "return performance.getEntriesByType('resource').length"
    before = browser.chrome.execute_script(files)
    option = browser.find("#loc-linh-vuc option[value=ho-tich]")
    count = int(option.text.rpartition("(")[2].rstrip(")"))
    option.click()
    browser.wait(lambda: said(browser) == counted(browser, "dang ky", count), "fewer results")

    assert asked(browser) == {"q": "dang ky", "linh-vuc": "ho-tich"}
    assert browser.chrome.execute_script(files) - before <= 10  # the cards of the ten that are shown
    assert not [other.text for other in browser.find_all("#search-filters option") if other.text.endswith("(0)")]
    # Another query keeps the filter, and the way out of it.
    browser.find(BOX).clear()
    browser.find(BOX).send_keys("cap lai")
    browser.wait(lambda: asked(browser)["q"] == "cap lai" and "cap lai" in said(browser), "the other query")
    assert browser.find("#loc-linh-vuc").get_property("value") == "ho-tich"
    browser.find("#loc-linh-vuc option[value='']").click()
    browser.wait(lambda: asked(browser) == {"q": "cap lai"}, "no filter")


def test_going_back_takes_back_what_was_asked_last(browser: Browser) -> None:
    first = search(browser, "khai sinh")
    box = browser.find(BOX)
    box.clear()
    box.send_keys("ket hon", Keys.ENTER)
    browser.wait(lambda: titles(browser)[:1] == ["Đăng ký kết hôn"], "the other results")
    browser.find("#loc-linh-vuc option[value=ho-tich]").click()
    browser.wait(lambda: "linh-vuc" in asked(browser), "the filter")

    browser.chrome.back()
    browser.wait(lambda: asked(browser) == {"q": "ket hon"} and "ket hon" in said(browser), "no filter")
    assert browser.find("#loc-linh-vuc").get_property("value") == ""
    browser.chrome.back()
    browser.wait(lambda: titles(browser) == first, "the first results")
    assert browser.find(BOX).get_property("value") == "khai sinh"
    browser.chrome.forward()
    browser.wait(lambda: titles(browser)[:1] == ["Đăng ký kết hôn"], "the other results again")


def test_results_are_there_again_when_one_comes_back_from_a_procedure(browser: Browser) -> None:
    found = search(browser, "khai sinh")
    browser.find(LINK).click()
    browser.wait(lambda: SEARCH not in browser.chrome.current_url, "the procedure")
    browser.chrome.back()
    browser.wait(lambda: browser.shows(RESULT), "the results")

    assert titles(browser) == found


def test_more_results_are_shown_on_demand_and_the_first_of_them_has_the_focus(browser: Browser) -> None:
    first = search(browser, "dang ky")
    browser.find("#search-more").send_keys(Keys.ENTER)
    browser.wait(lambda: len(titles(browser)) > 10, "more results")

    assert len(first) == 10
    assert titles(browser)[:10] == first
    assert browser.focused == browser.find_all(LINK)[10]


def test_arrows_go_between_box_and_results_and_escape_clears(browser: Browser) -> None:
    search(browser, "khai sinh")
    box = browser.find(BOX)
    browser.chrome.execute_script("arguments[0].focus()", box)
    browser.press(Keys.ARROW_DOWN)
    assert browser.focused == browser.find_all(LINK)[0]
    browser.press(Keys.ARROW_DOWN)
    assert browser.focused == browser.find_all(LINK)[1]
    browser.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert browser.focused == box

    browser.press(Keys.ESCAPE)
    browser.wait(lambda: not browser.shows(RESULT), "the end of the results")
    assert box.get_property("value") == ""
    assert asked(browser) == {}
    assert said(browser) == saying(browser, "short")


def test_news_and_pages_are_a_kind_of_their_own(browser: Browser) -> None:
    search(browser, "kham benh")
    browser.find("#search-kinds a:last-child").click()
    browser.wait(lambda: asked(browser) == {"q": "kham benh", "loai": "tin"}, "the other kind")
    browser.wait(lambda: browser.shows("#loc-loai") and browser.shows(RESULT), "news")

    assert not browser.shows("#loc-linh-vuc")
    assert browser.find("#search-kinds a:last-child").get_attribute("aria-current") == "page"
    browser.find("#loc-loai option[value=tin-tuc]").click()
    browser.wait(lambda: asked(browser) == {"q": "kham benh", "loai": "tin-tuc"}, "news alone")
    # Asked at once: what is listed may be exchanged between two questions.
    all_news = (
        "const links = [...document.querySelectorAll(arguments[0])];"
        "return links.length > 0 && links.every(({ href }) => href.includes('/tin-tuc/'))"
    )
    browser.wait(lambda: bool(browser.chrome.execute_script(all_news, LINK)), "news")
    browser.find("#search-kinds a:first-child").click()
    browser.wait(lambda: asked(browser) == {"q": "kham benh"} and browser.shows("#loc-linh-vuc"), "procedures again")


@pytest.mark.parametrize("page", [SEARCH, f"{AGENCY}{SEARCH}"])
def test_every_tab_has_the_number_of_results_that_it_leads_to(browser: Browser, page: str) -> None:
    """The address may name any of them."""
    for number, more in enumerate(("", "&loai=tin")):
        search(browser, "kham benh", page, more=more)
        browser.wait(lambda: None not in counts(browser), "a number on every tab")
        numbers = counts(browser)
        count = numbers[1 - number]
        assert count
        assert said(browser).endswith(counted(browser, "kham benh", numbers[number] or 0))
        browser.find_all(TAB)[1 - number].click()
        browser.wait(lambda other=1 - number: is_current(browser, other), "the other tab")  # type: ignore[misc]
        assert said(browser).endswith(counted(browser, "kham benh", count))
        browser.wait(lambda numbers=numbers: counts(browser) == numbers, "the same numbers")  # type: ignore[misc]


def test_results_wait_for_no_number_and_fail_with_none(network: Browser, instead: dict[str, str]) -> None:
    """What another tab leads to is asked for when the results are there: it may take for ever, or go wrong."""
    run_before(network, HOLDING_OTHERS, instead)
    search(network, "khai sinh")
    network.wait(lambda: network.chrome.execute_script("return window.held.length"), "the question for the number")
    first, other = counts(network)
    message = said(network)

    assert first
    assert other is None
    assert message == counted(network, "khai sinh", first)
    network.chrome.execute_script("for (const fail of window.held) fail(new TypeError('lost'))")
    network.find("#loc-linh-vuc option[value=ho-tich]").click()
    network.wait(lambda: "linh-vuc" in asked(network) and said(network) != message, "fewer results")
    assert counts(network) == [first, None]
    assert not network.shows("#search-retry")
    assert network.messages() == ()


@pytest.mark.parametrize("more", ["", "&loai=tin"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_number_that_comes_later_moves_no_result(browser: Browser, width: int, more: str) -> None:
    search(browser, "kham benh", screen=Screen("any", width, 740, mobile=width < 1000), more=more)
    top = "return document.querySelector(arguments[0]).getBoundingClientRect().top + scrollY"
    before = browser.chrome.execute_script(top, RESULT)
    assert None in counts(browser)
    browser.wait(lambda: None not in counts(browser), "a number on every tab")

    assert browser.chrome.execute_script(top, RESULT) == before


def test_number_of_an_earlier_query_does_not_come_late(network: Browser, instead: dict[str, str]) -> None:
    run_before(network, HOLDING, instead)
    search(network, "khai sinh")
    network.chrome.execute_script("window.holds = true")
    network.wait(lambda: network.chrome.execute_script("return window.held.length"), "the question for the number")
    network.find(BOX).clear()
    network.find(BOX).send_keys("xxxyyy")
    network.chrome.execute_script("window.letGo()")
    network.wait(lambda: said(network) == saying(network, "nothing", query="xxxyyy"), "no results")
    network.wait(lambda: network.chrome.execute_script("return window.underWay") == 0, "the end of all requests")

    assert counts(network) == [0, 0]


def test_news_are_shown_where_no_procedure_is_found(browser: Browser) -> None:
    search(browser, "gặt lúa")

    assert said(browser).startswith(saying(browser, "instead", f"{TAB}[aria-current]"))
    assert browser.shows("#loc-loai")


def test_agency_is_searched_before_the_province(browser: Browser) -> None:
    search(browser, "cap giay phep", f"{AGENCY}{SEARCH}")
    own = [str(link.get_attribute("href")) for link in browser.find_all(LINK)]
    assert all(f"/{AGENCY}thu-tuc/" in address for address in own)
    assert saying(browser, "elsewhere") not in said(browser)

    browser.find("#loc-pham-vi option[value=tinh]").click()
    browser.wait(lambda: asked(browser).get("pham-vi") == "tinh" and len(titles(browser)) > len(own), "the province's")
    assert saying(browser, "elsewhere") not in said(browser)


def test_what_an_agency_does_not_have_is_shown_of_the_province_and_said(browser: Browser) -> None:
    search(browser, "ket hon", f"{AGENCY}{SEARCH}")

    assert titles(browser)[0] == "Đăng ký kết hôn"
    assert said(browser).startswith(saying(browser, "elsewhere"))


def test_search_without_a_result_says_so_and_shows_other_ways(browser: Browser) -> None:
    browser.open(f"{SEARCH}?q=xxxyyy", PHONE)
    browser.wait(lambda: said(browser) == saying(browser, "nothing", query="xxxyyy"), "the message")

    assert not browser.shows(RESULT)
    assert not browser.shows("#search-filters")
    assert all(
        browser.shows(way) for way in ("main a[href$='/thu-tuc/']", "#theo-linh-vuc", "main a[href$='/don-vi/']")
    )


def test_mistyped_word_offers_known_ones(browser: Browser) -> None:
    search(browser, "dang ky khia sinh")
    way = next(link for link in browser.find_all("#search-instead a") if link.text == "dang ky khai sinh")
    way.click()
    browser.wait(lambda: asked(browser) == {"q": "dang ky khai sinh"}, "the other query")
    browser.wait(lambda: titles(browser)[:1] == ["Đăng ký khai sinh"], "the procedure")

    assert not browser.shows("#search-instead")


@pytest.mark.parametrize("query", ["", "?q=", "?q=a", "?q=%20%20a%20"])
def test_short_query_gets_a_hint_and_no_results(browser: Browser, query: str) -> None:
    browser.open(f"{SEARCH}{query}")
    browser.wait(lambda: said(browser) == saying(browser, "short"), "the hint")

    assert not browser.shows(f"{RESULT}, #search-kinds, #search-filters")


# Poor networks


def test_last_query_wins_whatever_answers_first(network: Browser, instead: dict[str, str]) -> None:
    run_before(network, HOLDING, instead)
    search(network, "ho tich")
    chrome, box = network.chrome, network.find(BOX)
    chrome.execute_script("window.holds = true")
    for query in ("dat dai", "ket hon"):
        before = chrome.execute_script("return window.held.length")
        box.clear()
        box.send_keys(query)
        network.wait(
            lambda before=before: chrome.execute_script("return window.held.length") > before,  # type: ignore[misc]
            f"a request for {query}",
        )
    network.wait(lambda: said(network) == saying(network, "loading"), "the sign that it takes long")
    chrome.execute_script("window.letGo()")
    network.wait(lambda: titles(network)[:1] == ["Đăng ký kết hôn"], "the results of the last")
    network.wait(lambda: chrome.execute_script("return window.underWay") == 0, "the end of all requests")

    assert titles(network)[0] == "Đăng ký kết hôn"
    assert "ket hon" in said(network)


def test_suggestions_of_an_earlier_query_do_not_come_late(network: Browser, instead: dict[str, str]) -> None:
    run_before(network, HOLDING, instead)
    network.open("")
    chrome, box = network.chrome, network.find(BOX)
    box.send_keys("ho tich")
    options(network)
    chrome.execute_script("window.holds = true")
    box.clear()
    box.send_keys("dat dai")
    network.wait(lambda: chrome.execute_script("return window.held.length"), "a request")
    network.press(Keys.TAB)
    chrome.execute_script("window.letGo()")
    network.wait(lambda: chrome.execute_script("return window.underWay") == 0, "the end of all requests")

    assert not network.shows("[role=listbox]")


@pytest.mark.parametrize("lost", ["*/tim-kiem/thu-tuc/*", "*/tim-kiem/thu-tuc.json"])
def test_results_that_cannot_be_loaded_can_be_tried_again(network: Browser, lost: str) -> None:
    network.command("Network.setBlockedURLs", urls=[lost])
    network.open(f"{SEARCH}?q=khai+sinh", PHONE)
    network.wait(lambda: said(network) == saying(network, "failed"), "the message")
    assert not network.shows(RESULT)
    network.command("Network.setBlockedURLs", urls=[])
    network.find("#search-retry").send_keys(Keys.ENTER)
    network.wait(lambda: network.shows(RESULT), "a result")

    assert not network.shows("#search-retry")
    assert network.focused == network.find(BOX)


@pytest.mark.parametrize(("query", "card"), [("1.001193", True), ("đăng ký khai sinh", True), ("khai sinh", False)])
def test_exact_code_or_name_is_answered_by_a_card(browser: Browser, query: str, card: bool) -> None:
    browser.open(f"{SEARCH}?q={quote(query)}", PHONE)
    browser.wait(lambda: browser.shows(RESULT), "a result")

    assert titles(browser)[0] == "Đăng ký khai sinh"
    assert browser.shows(f"{RESULT}.card") is card


def test_box_without_an_index_still_leads_to_the_search_page(network: Browser) -> None:
    network.command("Network.setBlockedURLs", urls=["*.json"])
    network.open("")
    network.find(BOX).send_keys("khai sinh", Keys.ENTER)
    network.wait(lambda: network.chrome.current_url.endswith(f"{SEARCH}?q=khai+sinh"), "the search page")


def test_search_goes_on_by_itself_when_the_network_is_back(network: Browser) -> None:
    network.open(SEARCH, PHONE)
    offline(network, value=True)
    network.find(BOX).send_keys("khai sinh")
    network.wait(lambda: said(network) == saying(network, "offline"), "the message")
    offline(network, value=False)
    network.wait(lambda: titles(network)[:1] == ["Đăng ký khai sinh"], "the procedure")

    assert not network.shows("#search-retry")


def test_index_of_a_portal_published_anew_is_opened_again(network: Browser, instead: dict[str, str]) -> None:
    run_before(network, PUBLISHED_ANEW, instead)
    found = search(network, "khai sinh")
    again = network.chrome.execute_script(
        "return window.asked.filter(([, cache]) => cache === 'reload').map(([path]) => path)"
    )

    assert found[0] == "Đăng ký khai sinh"
    assert any(path.endswith("/tim-kiem/thu-tuc.json") for path in again)


def looked_at_later(network: Browser, published: str, *, lost: bool = False) -> list[str]:
    """What is asked for where a page with results is looked at an hour later; `published` says when, in JavaScript."""
    assert search(network, "khai sinh")[0] == "Đăng ký khai sinh"
    network.chrome.execute_script(AN_HOUR_LATER)
    network.chrome.execute_script(f"window.published = {published}; window.lost = arguments[0]; window.look()", lost)
    network.wait(lambda: network.chrome.execute_script("return window.asked.length"), "a look at the receipt")
    return list(network.chrome.execute_script("return window.asked"))


OLD = "#search-old"


def test_results_of_before_are_asked_for_anew_where_the_portal_was_published(network: Browser) -> None:
    looked_at_later(network, "Date.now() - 60_000")
    asked_for = "return window.asked.filter((path) => path === arguments[0]).length"
    network.wait(
        lambda: network.chrome.execute_script(asked_for, "tim-kiem/thu-tuc.json") and not network.shows(OLD),
        "results of the new index",
    )

    assert titles(network)[0] == "Đăng ký khai sinh"
    network.chrome.execute_script("window.look()")
    assert network.chrome.execute_script("return window.asked") == []


def test_results_that_cannot_be_had_anew_say_that_they_are_of_before(network: Browser) -> None:
    looked_at_later(network, "Date.now() - 60_000", lost=True)
    network.wait(lambda: network.shows(OLD), "the line above the results")
    network.find(BOX).send_keys(Keys.ENTER)
    network.wait(lambda: said(network) != saying(network, "loading"), "an answer")

    assert titles(network)[0] == "Đăng ký khai sinh"
    assert network.shows(OLD)


def test_results_of_what_is_live_ask_the_receipt_alone(network: Browser) -> None:
    assert looked_at_later(network, "0") == ["live/release.json"]
    assert not network.shows(OLD)


# Odd queries


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'`--><b>khai sinh</b>", "javascript:alert(1)",
        "khai sinh" * 1_200, "a" * 10_000, "đ" * 300, "e\u0301\u0302\u0323" * 50,
        "👶🏽 khai sinh", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "khai\x01\x1b\x7f\u202e\ufeffsinh",
        ".*(khai|[", "\\", "%", "$& $1 ${query} {count}", "__proto__", "constructor toString", "../../etc/passwd",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", [SEARCH, f"{AGENCY}{SEARCH}"])
def test_odd_query_harms_nothing_and_gets_a_sign(browser: Browser, page: str, query: str) -> None:
    browser.open(f"{page}?q={quote(query)}", PHONE)
    waiting = {"", saying(browser, "loading")}
    browser.wait(lambda: said(browser) not in waiting, "a sign")

    assert said(browser) != saying(browser, "failed")
    assert browser.chrome.execute_script("return document.documentElement.scrollWidth") <= PHONE.width
    assert (
        browser.chrome.execute_script("return document.querySelectorAll('main script, main img, main b').length") == 0
    )
    assert browser.messages() == ()


@pytest.mark.parametrize(
    "filters",
    ["linh-vuc=__proto__", "loai=__proto__", "co-quan=%3Cb%3E", "__proto__=1&loai=", "q=b&pham-vi=x", "muc-do=-1"],
)
def test_filter_that_nobody_knows_is_none(browser: Browser, filters: str) -> None:
    search(browser, "khai sinh", more=f"&{filters}")

    assert browser.messages() == ()


# Without JavaScript


@pytest.mark.parametrize("page", [SEARCH, f"{AGENCY}{SEARCH}"])
def test_page_leads_to_the_catalogue_without_javascript(browser: Browser, page: str) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page.removesuffix(SEARCH), PHONE)
    browser.find(BOX).send_keys("khai sinh", Keys.ENTER)
    browser.wait(lambda: browser.chrome.current_url == f"{browser.url}{page}?q=khai+sinh", "the search page")

    assert browser.shows("noscript p")
    assert said(browser) == ""
    assert not browser.shows("#search-filters, #search-kinds, #search-retry, #search-more, #search-instead")
    browser.find("main a[href$='/thu-tuc/']").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.chrome.current_url.endswith("thu-tuc/"), "the catalogue")
