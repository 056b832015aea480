"""The front door: not too high on a phone, not too heavy, and agencies are found by a few letters of their names."""

from __future__ import annotations

from urllib.parse import urlsplit

import brotli
import pytest

from tests.demo.browsing import DESKTOP, Browser, Screen
from tests.demo.built import DemoPortal

pytestmark = pytest.mark.browser

PHONE = Screen("phone", 360, 740, mobile=True)
HIGHEST = 5_000
"""CSS pixels."""
MOST_BYTES = 60 * 1024
"""Of all that the page asks for, as web servers send it, without pictures."""
PICTURES = (".svg", ".png", ".jpg", ".webp")
PACKED = (".woff2",)
FILTER = "#loc-co-quan"
SHOWN = "#danh-sach-co-quan li:not([hidden])"


def sent(desk: DemoPortal, name: str) -> int:
    content = desk.read(name)
    return len(content) if name.endswith(PACKED) else len(brotli.compress(content))


def test_home_is_not_too_high_on_a_phone(browser: Browser) -> None:
    browser.open("", PHONE)

    assert browser.chrome.execute_script("return document.documentElement.scrollHeight") <= HIGHEST


def test_home_is_not_too_heavy(browser: Browser, desk: DemoPortal) -> None:
    browser.open("", DESKTOP)
    browser.wait(lambda: browser.shows(FILTER), "the scripts")
    asked = browser.chrome.execute_script("return performance.getEntriesByType('resource').map(({ name }) => name)")
    names = {urlsplit(address).path.lstrip("/") for address in asked}
    heavy = {name: sent(desk, name) for name in names if not name.endswith(PICTURES) and desk.answers(name)}

    assert {"theme/portal.css", "theme/fonts/be-vietnam-pro-400.woff2", "theme/groups.js"} <= heavy.keys()
    assert sum(heavy.values()) + sent(desk, "index.html") <= MOST_BYTES, heavy


def test_agencies_are_found_by_letters_without_accents(browser: Browser) -> None:
    browser.open("", DESKTOP)
    browser.wait(lambda: browser.shows(FILTER), "the box")
    every = len(browser.find_all(SHOWN))
    browser.find(FILTER).send_keys("so y")
    browser.wait(lambda: len(browser.find_all(SHOWN)) < every, "fewer agencies")

    assert [entry.text for entry in browser.find_all(SHOWN)] == ["Sở Y tế"]
    browser.find(FILTER).send_keys("xx")
    browser.wait(lambda: browser.find(f"{FILTER}-so").text, "word that there is none")
    assert browser.find_all(SHOWN) == []


@pytest.mark.parametrize("typed", ["long my", "long mi", "LONG MỸ", "my lon", "thi xa long m", "ddawng", "mỹ xx"])
def test_agencies_are_found_by_the_same_letters_as_in_search(browser: Browser, typed: str) -> None:
    browser.open("", DESKTOP)
    browser.wait(lambda: browser.shows(FILTER), "the box")
    every = len(browser.find_all(SHOWN))
    browser.find(FILTER).send_keys(typed)
    browser.wait(lambda: len(browser.find_all(SHOWN)) < every, "fewer agencies")
    named = {entry.text for entry in browser.find_all(SHOWN)}

    towns = {"UBND huyện Long Mỹ", "UBND thị xã Long Mỹ"}
    assert named == {"ddawng": set(), "mỹ xx": set(), "thi xa long m": {"UBND thị xã Long Mỹ"}}.get(typed, towns)
    assert browser.messages() == ()


def test_list_of_agencies_stays_whole_without_what_folds(browser: Browser) -> None:
    browser.command("Network.enable")
    browser.command("Network.setCacheDisabled", cacheDisabled=True)
    browser.command("Network.setBlockedURLs", urls=["*/syllables.js*"])
    try:
        browser.open("", DESKTOP)
        browser.wait(lambda: browser.shows(FILTER), "the box")
        every = len(browser.find_all(SHOWN))
        browser.find(FILTER).send_keys("so y")
        assert len(browser.find_all(SHOWN)) == every
    finally:
        browser.command("Network.setBlockedURLs", urls=[])
        browser.command("Network.setCacheDisabled", cacheDisabled=False)
    browser.find(FILTER).send_keys(" te")
    browser.wait(lambda: [entry.text for entry in browser.find_all(SHOWN)] == ["Sở Y tế"], "the agency")


def test_agencies_are_listed_without_javascript_and_the_box_is_not_offered(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open("", PHONE)

    assert browser.shows("#danh-sach-co-quan summary")
    assert not browser.shows(FILTER)


def test_links_of_the_foot_are_as_high_as_a_finger(browser: Browser) -> None:
    browser.open("", PHONE)
    links = browser.chrome.execute_script(
        "return [...document.querySelectorAll('.footer a')]"
        ".map((link) => [link.textContent, link.getBoundingClientRect().height])"
    )

    assert len(links) > 8
    assert [text for text, height in links if height < 44] == []


def test_scene_is_drawn_in_the_dark_too(browser: Browser) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.open("", DESKTOP)
        browser.wait(
            lambda: browser.chrome.execute_script("return document.querySelector('.scene').complete"), "the picture"
        )
        seen[scheme] = browser.find(".scene").screenshot_as_base64

    assert seen["light"] != seen["dark"]
