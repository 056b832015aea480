"""The catalogue in a browser: found, filtered, ticked, kept and printed, on a phone and by keyboard."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from plugins.portal.addresses import COMPONENTS
from plugins.serving import PortalServer
from tests.demo.browsing import DESKTOP, PHONE, Browser, Screen
from tests.demo.built import DemoPortal, listed, words
from tests.provinces import SmallProvince

pytestmark = pytest.mark.browser

PROCEDURE = "thu-tuc/1.001193/"
LIST = "thu-tuc/tat-ca/"
BOXES = ".checklist input[type=checkbox]"
FOUND = "#ket-qua-loc li > a"
COMMUNE = "#xa-cua-ban"
SMALL_PHONE = Screen("small phone", 360, 740, mobile=True)
MOST_TABS = 80
_NOTE_PRINTING = (
    "window.print = () => { window.printed = document.body.className; window.dispatchEvent(new Event('afterprint')); };"
)


@pytest.fixture
def clean(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps nothing of an earlier test; printing is noted instead of asking for a printer."""
    browser.open("404.html")
    browser.chrome.execute_script("localStorage.clear()")
    noted = browser.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _NOTE_PRINTING})
    yield browser
    browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=noted["identifier"])


def tab_to(browser: Browser, wanted: str) -> WebElement:
    """Press the tab key until the focus is on what a selector names."""
    for _ in range(MOST_TABS):
        browser.press(Keys.TAB)
        if browser.chrome.execute_script("return document.activeElement.matches(arguments[0])", wanted):
            return browser.focused
    pytest.fail(f"{MOST_TABS} presses of the tab key do not reach {wanted}")


def ticked(browser: Browser) -> list[bool]:
    return [bool(box.get_property("checked")) for box in browser.find_all(BOXES)]


def test_from_the_home_page_to_a_ticked_and_printed_checklist_by_keyboard_on_a_phone(clean: Browser) -> None:
    clean.open("", PHONE)
    tab_to(clean, "main a[href$='/thu-tuc/su-kien/sinh-con/']")
    clean.press(Keys.ENTER)
    clean.wait(lambda: "su-kien" in clean.chrome.current_url, "the life event")
    tab_to(clean, f"main a[href$='/{PROCEDURE}']")
    clean.press(Keys.ENTER)
    clean.wait(lambda: clean.chrome.current_url.endswith(PROCEDURE), "the procedure")
    tab_to(clean, BOXES)
    clean.press(Keys.SPACE)
    tab_to(clean, BOXES)
    clean.press(Keys.SPACE)
    said = clean.find(".ready").text

    assert ticked(clean) == [True, True, False, False, False]
    assert "2" in said
    assert "5" in said
    tab_to(clean, "[data-action='print-list']")
    clean.press(Keys.ENTER)
    assert clean.chrome.execute_script("return window.printed") == "list-only"
    printed = base64.b64decode(clean.chrome.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert printed.startswith(b"%PDF-")


def test_ticks_are_kept_on_the_phone_and_can_be_cleared(clean: Browser) -> None:
    clean.open(PROCEDURE, PHONE)
    clean.find_all(BOXES)[1].send_keys(Keys.SPACE)
    clean.open(PROCEDURE, PHONE)
    assert ticked(clean) == [False, True, False, False, False]

    clean.find("[data-action='clear']").send_keys(Keys.ENTER)
    clean.open(PROCEDURE, PHONE)
    assert not any(ticked(clean))


def test_papers_of_each_case_are_counted_by_themselves(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    papers = "".join(
        f"  - case: {case}\n    papers: [{{name: Đơn, originals: 1}}]\n" for case in ("Cấp mới", "Cấp lại")
    )
    record = "code: '1.000301'\nname: Cấp thẻ\nfield: ho-tich\nperformed_by: [province]\npapers:\n"
    province.write("province/procedures/1.000301.yaml", record + papers)
    province.build()
    with PortalServer(province.output, port=0).running() as address:
        browser = Browser(chromium, address)
        browser.open("thu-tuc/1.000301/", PHONE)
        before = [ready.text for ready in browser.find_all(".ready")]
        browser.find_all(BOXES)[1].send_keys(Keys.SPACE)
        after = [ready.text for ready in browser.find_all(".ready")]
        browser.reset()

    assert before[0] == before[1] == after[0] != after[1]


def test_paper_that_is_asked_for_no_more_is_told_to_who_had_ticked_it(clean: Browser) -> None:
    kept = json.dumps({"version": "00000000", "ticked": ["ffffffff"]})
    clean.chrome.execute_script("localStorage.setItem('giay-to/1.001193', arguments[0])", kept)
    clean.open(PROCEDURE, PHONE)
    section = clean.find(".checklist")

    assert section.get_attribute("data-changed")
    assert str(section.get_attribute("data-changed")) in section.text


@pytest.mark.parametrize("kept", ["{", "null", '{"ticked": 5}', '["x"]'])
def test_what_another_version_kept_harms_nothing(clean: Browser, kept: str) -> None:
    clean.chrome.execute_script("localStorage.setItem('giay-to/1.001193', arguments[0])", kept)
    clean.open(PROCEDURE, PHONE)

    assert ticked(clean) == [False] * 5
    assert clean.messages() == ()


def test_phone_that_keeps_nothing_is_told_so(clean: Browser) -> None:
    refuse = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    added = clean.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refuse})
    clean.open(PROCEDURE, PHONE)
    clean.find_all(BOXES)[0].send_keys(Keys.SPACE)
    clean.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
    section = clean.find(".checklist")

    assert ticked(clean)[0]
    assert section.get_attribute("data-not-kept")
    assert str(section.get_attribute("data-not-kept")) in section.text


def test_notice_on_paper_has_its_code_and_no_controls(clean: Browser) -> None:
    clean.open(PROCEDURE)
    clean.find_all(BOXES)[0].send_keys(Keys.SPACE)
    clean.command("Emulation.setEmulatedMedia", media="print")
    kept_off = (".checklist-tools", ".menu", ".places", ".screen")
    assert [part for part in kept_off if not clean.find_all(part)] == []
    hidden = [part for part in kept_off if clean.shows(part)]
    side = clean.find(".qr").rect["width"]

    assert hidden == []
    assert all(clean.shows(part) for part in (".qr", ".stamp p", "#tom-tat", "#cac-buoc", "#can-cu", BOXES))
    assert side >= 25 / 25.4 * 96, "a QR code of less than 25 mm is hard to scan"


def test_list_alone_is_printed_with_place_and_fee_and_without_the_rest(clean: Browser) -> None:
    clean.open(PROCEDURE)
    clean.wait(lambda: clean.find_all(f"{COMMUNE} optgroup option"), "the communes")
    clean.find_all(f"{COMMUNE} optgroup option")[0].click()
    clean.chrome.execute_script("document.body.classList.add('list-only')")
    clean.command("Emulation.setEmulatedMedia", media="print")

    rest = ("#cac-buoc", "#can-cu", "#tom-tat", ".footer")
    assert [part for part in rest if not clean.find_all(part)] == []
    assert all(clean.shows(part) for part in ("h1", "#giay-to", BOXES, ".qr", ".kept dt"))
    assert not any(clean.shows(part) for part in rest)
    said = " ".join(clean.find("main").text.split())
    assert all(answer in said for answer in ("Nơi nộp hồ sơ", "Mất bao lâu", "Tốn bao nhiêu", "Điện thoại", "Thứ Hai"))


def test_commune_is_chosen_once_for_all_procedures(clean: Browser) -> None:
    clean.open(PROCEDURE, PHONE)
    clean.wait(lambda: clean.find_all(f"{COMMUNE} optgroup option"), "the communes")
    names = [str(option.get_attribute("label")) for option in clean.find_all(f"{COMMUNE} optgroup")]
    chosen = clean.find_all(f"{COMMUNE} optgroup option")[20]
    name = str(chosen.get_attribute("textContent"))
    chosen.click()
    said = clean.find(".own-commune .card").text

    assert len(names) == len(clean.find_all(".place"))
    assert name in said
    assert clean.find_all(".own-commune .card a[href^='tel:']")
    clean.open("thu-tuc/1.000894/", PHONE)
    clean.wait(lambda: name in clean.find(".own-commune .card").text, "the same commune")
    assert clean.chrome.get_cookies() == []
    clean.find_all(f"{COMMUNE} option")[0].click()
    clean.open(PROCEDURE, PHONE)
    assert clean.find(COMMUNE).get_property("value") == ""


@pytest.mark.parametrize("kept", ["noi-nop-khong-co/Xã X", "{"])
def test_commune_that_is_no_more_is_forgotten(clean: Browser, kept: str) -> None:
    clean.chrome.execute_script("localStorage.setItem('xa-cua-ban', arguments[0])", kept)
    clean.open(PROCEDURE, PHONE)
    clean.wait(lambda: clean.find_all(f"{COMMUNE} optgroup option"), "the communes")

    assert clean.find(COMMUNE).get_property("value") == ""
    assert clean.messages() == ()


def test_communes_are_listed_without_javascript_and_nothing_is_remembered(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(PROCEDURE, PHONE)

    assert not browser.shows(COMMUNE)
    browser.find(".place summary").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.shows(".place li li a[href^='tel:']"), "the communes")


def test_every_procedure_tells_in_the_first_screen_of_a_phone_how_to_file(browser: Browser, desk: DemoPortal) -> None:
    late = []
    for entry in desk.catalogue:
        browser.open(entry.url, SMALL_PHONE)
        box = browser.find(".filing a").rect
        if box["y"] + box["height"] > SMALL_PHONE.height:
            late.append(f"/{entry.url}: {box['y']:.0f}")

    assert not late, listed(late)


def test_review_that_is_overdue_is_told(browser: Browser) -> None:
    browser.open(PROCEDURE)
    assert browser.shows(".either span")
    assert not browser.shows(".either strong")
    day = "document.querySelector('.either').dataset.reviewBy = '2020-01-31';"
    late = f"document.addEventListener('readystatechange', () => {{ {day} }}, {{ once: true }})"
    added = browser.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": late})
    browser.open(PROCEDURE)
    browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])

    assert not browser.shows(".either span")
    assert "kiểm tra lại" in browser.find(".either strong").text


def test_counter_of_the_agency_that_one_comes_from_stands_first_and_open(browser: Browser) -> None:
    browser.open("ubnd-huyen-vi-thuy/thu-tuc/", PHONE)
    browser.find(f"main a[href$='/{PROCEDURE}#noi-nop-ubnd-huyen-vi-thuy']").send_keys(Keys.ENTER)
    browser.wait(lambda: "#noi-nop" in browser.chrome.current_url, "the procedure")
    own = browser.find("#noi-nop-ubnd-huyen-vi-thuy")
    others = [place for place in browser.find_all(".place") if place != own]

    assert len(others) > 5
    assert all(own.rect["y"] < place.rect["y"] for place in others)
    assert browser.shows("#noi-nop-ubnd-huyen-vi-thuy ul li")


def choose(browser: Browser, facet: str, value: str) -> None:
    select = browser.find(f"#loc-{facet}")
    browser.chrome.execute_script("arguments[0].focus()", select)
    option = f"#loc-{facet} option[value='{value}']"
    browser.wait(lambda: browser.find_all(option), "the values")
    browser.find(option).click()


def codes(browser: Browser) -> list[str]:
    return [str(link.get_attribute("href")).rstrip("/").rsplit("/", 1)[-1] for link in browser.find_all(FOUND)]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
def test_facets_combine_at_once_and_in_the_address(browser: Browser, desk: DemoPortal, screen: object) -> None:
    wanted = [entry.code for entry in desk.catalogue if (entry.field, entry.agency) == ("ho-tich", "")]
    browser.open(LIST, PHONE if screen is PHONE else DESKTOP)
    choose(browser, "linh-vuc", "ho-tich")
    choose(browser, "co-quan", "tinh")
    browser.wait(lambda: len(codes(browser)) == len(wanted), "the procedures that fit")

    assert sorted(codes(browser)) == sorted(wanted)
    assert str(len(wanted)) in browser.find("#facets-status").text
    assert parse_qs(urlsplit(browser.chrome.current_url).query) == {"linh-vuc": ["ho-tich"], "co-quan": ["tinh"]}
    assert not browser.shows("#danh-sach")
    assert browser.messages() == ()


def test_going_back_takes_the_last_choice_back(browser: Browser) -> None:
    browser.open(LIST)
    choose(browser, "linh-vuc", "ho-tich")
    browser.wait(lambda: codes(browser), "the procedures of a field")
    browser.chrome.back()
    browser.wait(lambda: browser.shows("#danh-sach"), "the whole list")

    assert browser.find("#loc-linh-vuc").get_property("value") == ""
    assert not browser.shows(FOUND)


def test_link_to_a_choice_shows_what_fits(browser: Browser, desk: DemoPortal) -> None:
    wanted = sorted(entry.code for entry in desk.catalogue if entry.agency == "so-y-te")
    browser.open(f"{LIST}?co-quan=so-y-te")
    browser.wait(lambda: codes(browser), "the procedures of an agency")

    assert sorted(codes(browser)) == wanted
    assert browser.find("#loc-co-quan").get_property("value") == "so-y-te"


def test_choice_that_nothing_fits_says_so(browser: Browser) -> None:
    browser.open(f"{LIST}?linh-vuc=ho-tich&co-quan=so-y-te")
    said = browser.find("#facets").get_attribute("data-none")
    browser.wait(lambda: browser.find("#facets-status").text == said, "the message")

    assert codes(browser) == []


def test_list_that_cannot_be_loaded_says_so_and_leaves_the_links(chromium: webdriver.Chrome, browser: Browser) -> None:
    browser.command("Network.enable")
    browser.command("Network.setBlockedURLs", urls=["*facets.json*"])
    browser.open(f"{LIST}?linh-vuc=ho-tich", PHONE)
    form = browser.find("#facets")
    browser.wait(lambda: browser.find("#facets-status").text == form.get_attribute("data-failed"), "the message")
    browser.command("Network.setBlockedURLs", urls=[])
    browser.messages()

    assert browser.shows("#thu-hep summary")
    assert browser.shows("#danh-sach li > a")


def test_filter_is_not_there_without_javascript_and_links_narrow_the_list(browser: Browser, desk: DemoPortal) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(LIST, PHONE)
    wanted = sum(entry.field == "ho-tich" for entry in desk.catalogue)

    assert not browser.shows("#facets")
    browser.find("#thu-hep summary").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.shows("#thu-hep a[href$='/thu-tuc/linh-vuc/ho-tich/']"), "the fields")
    browser.find("#thu-hep a[href$='/thu-tuc/linh-vuc/ho-tich/']").send_keys(Keys.ENTER)
    browser.wait(lambda: "linh-vuc/ho-tich" in browser.chrome.current_url, "the field's list")
    assert len(browser.find_all("#danh-sach li > a")) == wanted


def test_boxes_can_be_ticked_without_javascript_and_nothing_is_promised(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(PROCEDURE, PHONE)
    browser.find_all(BOXES)[0].send_keys(Keys.SPACE)

    assert ticked(browser)[0]
    assert not browser.shows(".checklist-tools")
    assert not browser.shows(".ready")


def test_every_number_of_the_catalogue_agrees_with_every_other(desk: DemoPortal) -> None:
    found: dict[str, dict[int, str]] = {}
    for address, page in desk.pages.items():
        if address == COMPONENTS:  # its numbers are made up
            continue
        for element in page.xpath("//*[@data-count]"):
            number = int(words(element).replace(".", ""))
            found.setdefault(str(element.get("data-count")), {})[number] = address
    totals = {key: min(numbers) for key, numbers in found.items()}

    assert {key: numbers for key, numbers in found.items() if len(numbers) > 1} == {}
    assert totals["tong"] == len(desk.catalogue)
    for facet in ("linh-vuc", "co-quan", "muc-do", "chu-cai"):
        assert whole(totals, facet) == totals["tong"], facet
    # Nothing is counted where nothing is known.
    assert whole(totals, "hinh-thuc") in (0, totals["tong"])


def whole(totals: dict[str, int], facet: str) -> int:
    """What a facet's values come to."""
    return sum(total for key, total in totals.items() if key.startswith(f"{facet}/") and key.count("/") == 1)
