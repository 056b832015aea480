"""The telephone book, and whether an office is open: what somebody who wants to call sees on a phone."""

from __future__ import annotations

import re

import pytest
from selenium.webdriver.common.by import By

from tests.demo.browsing import Browser, Screen

pytestmark = pytest.mark.browser

PHONE = Screen("phone", 360, 740, mobile=True)
HIGHEST = 3_000
"""CSS pixels, with groups folded."""
FILTER = "#loc-danh-ba"
SHOWN = "#danh-ba li:not([hidden])"
OPENING = "main [data-opening]"


def test_telephone_book_is_not_too_high_on_a_phone(browser: Browser) -> None:
    browser.open("don-vi/", PHONE)
    browser.wait(lambda: browser.shows(FILTER), "the box")

    assert browser.chrome.execute_script("return document.documentElement.scrollHeight") <= HIGHEST


def test_telephone_book_on_paper_has_its_telephones(browser: Browser) -> None:
    browser.command("Emulation.setEmulatedMedia", media="print")
    browser.open("don-vi/", PHONE)

    assert browser.shown(".phone-row a[href^='tel:']") == len(browser.find_all(".phone-row a[href^='tel:']")) > 100


@pytest.mark.parametrize(("typed", "name"), [("tu phap", "Sở Tư pháp"), ("nang mau", "Thị trấn Nàng Mau")])
def test_telephone_is_found_by_letters_without_accents(browser: Browser, typed: str, name: str) -> None:
    browser.open("don-vi/", PHONE)
    browser.wait(lambda: browser.shows(FILTER), "the box")
    browser.find(FILTER).send_keys(typed)
    browser.wait(lambda: len(browser.find_all(SHOWN)) == 1, "one line")
    [line] = browser.find_all(SHOWN)
    [call] = line.find_elements(By.CSS_SELECTOR, "a[href^='tel:']")

    assert line.text.startswith(name)
    assert call.is_displayed()
    assert re.fullmatch(r"0293 000 \d{4}", call.text)


def test_telephone_book_can_be_opened_without_javascript(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open("don-vi/", PHONE)
    assert not browser.shows(FILTER)
    browser.find("#danh-ba summary").click()

    assert browser.shows("#danh-ba details[open] a[href^='tel:']")


@pytest.mark.parametrize("address", ["so-y-te/", "so-y-te/lien-he/", "lien-he/"])
def test_office_says_whether_it_is_open_and_can_be_called_in_the_first_screen(browser: Browser, address: str) -> None:
    browser.open(address, PHONE)
    browser.wait(lambda: re.match(r"Đang mở cửa|Đã đóng cửa", browser.find(OPENING).text), "the state")
    call = browser.find("main .actions a[href^='tel:']")

    assert call.rect["y"] + call.rect["height"] <= PHONE.height
    assert re.search(r"\d\d:\d\d$", browser.find(OPENING).text)


def test_hours_stand_as_hours_without_javascript(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open("so-y-te/", PHONE)

    assert browser.find(OPENING).text == "Giờ làm việc"
    assert "07:00-11:00, 13:00-17:00" in browser.find("main .hours").text
