"""Who saves data is not sent what is for show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import chromium
from tests.demo.browsing import PHONE, Browser

pytestmark = pytest.mark.browser

_LOOK = """
const scene = document.querySelector('.hero img');
return {
  known: matchMedia('(prefers-reduced-data)').matches || matchMedia('(prefers-reduced-data: no-preference)').matches,
  font: getComputedStyle(document.body).fontFamily,
  scene: scene.currentSrc.includes('scene.svg'), shown: scene.checkVisibility(),
};
"""


@pytest.mark.parametrize(("choice", "shown"), [("no-preference", True), ("reduce", False)])
def test_typeface_and_picture_of_the_home_page_are_left_out(
    filled_url: str, tmp_path: Path, choice: str, shown: bool
) -> None:
    with chromium.opened(tmp_path / "profile", "--enable-blink-features=PrefersReducedData") as chrome:
        browser = Browser(chrome, filled_url)
        browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-data", "value": choice}])
        browser.open("", PHONE)
        browser.wait(lambda: browser.shows("h1"), "the home page")
        seen = chrome.execute_script(_LOOK)

    assert seen.pop("known"), "this Chromium does not know the preference"
    assert (seen["scene"], seen["shown"], "Be Vietnam Pro" in seen["font"]) == (shown, shown, shown)
