"""What pages look like, kept small, and how far a page may differ from it.

A snapshot has a cell for each 16 by 16 CSS pixels, with the average colour of the 24 by 24 about its middle. Letters
that are drawn a little otherwise, as by another version of the browser, come to next to nothing in it; what has moved,
is missing or has another colour does not.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from selenium import webdriver

from tests.demo.browsing import Browser, Screen
from tests.demo.page_kinds import KINDS

KEPT = Path(__file__).parent / "pictures"
SCREENS = (
    Screen("360", 360, 800, mobile=True),
    Screen("768", 768, 1024, mobile=True),
    Screen("1280", 1280, 900, mobile=False),
)
SQUARE = 8
"""CSS pixels; cells are two wide, and show what is three wide."""
STEP = 4
"""Levels of 256 that a snapshot tells apart: its file is half as large with a quarter of them."""
HIGHEST = 4000
"""CSS pixels from the top of a page; what is below repeats what is above."""
NOTICED = 16
"""Levels by which a cell differs in its red, green or blue. Letters at other parts of a pixel make 11 at most."""
TOLERATED = 12
"""Cells that may differ, wherever they are: a large page may not change by more than a small one."""
LEAST = 2
"""Cells from which on `make snapshots` takes a page anew."""
MOMENT = "2019-09-25T10:00:00+07:00"
"""When it is for pages: a Wednesday morning, the day after the figures of the made-up province."""
_FULLEST = {
    "news": "so-y-te/tin-tuc/",
    "procedure": "so-y-te/thu-tuc/1.000901/",
    "search": "tim-kiem/?q=khai+sinh",
}
LEADING_ON = "moved"
"""The kind that nobody sees, for it leads to another page at once."""
PAGES = {kind: _FULLEST.get(kind, addresses[0]) for kind, addresses in KINDS.items() if kind != LEADING_ON}
"""One of each kind: the first, or the one that has most to show."""

_FROZEN = f"""
const moment = Date.parse('{MOMENT}');
const Clock = Date;
window.Date = class extends Clock {{
  constructor(...given) {{ super(...(given.length ? given : [moment])); }}
  static now() {{ return moment; }}
}};
// Figures are as old as the server's clock says.
const read = Headers.prototype.get;
Headers.prototype.get = function (name) {{ return name.toLowerCase() === 'date' ? null : read.call(this, name); }};
"""
_STILL = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('* { animation: none !important; transition: none !important; caret-color: transparent !important }');
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
for (const picture of document.images) picture.loading = 'eager';
// Problems name files as they lie in a folder that has another name each time.
for (const { firstChild } of document.querySelectorAll('.problems code')) {
  firstChild.data = firstChild.data.replace(/^\\/.*?\\/content\\//, 'content/');
}
"""
_SETTLED = """
const done = arguments[0];
const asked = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd);
const quiet = document.readyState === 'complete' && asked.every(Boolean)
  && performance.now() - Math.max(0, ...asked) > 250 && [...document.images].every(({ complete }) => complete);
document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(quiet))));
"""
_HEIGHT = "return document.documentElement.scrollHeight"


@dataclass(frozen=True)
class Difference:
    """Where two snapshots differ so that it is noticed."""

    differing: NDArray[np.bool_]
    """By row and column of their cells; of those that either has where one is longer."""

    @property
    def cells(self) -> int:
        return int(self.differing.sum())

    @property
    def share(self) -> float:
        """Of the cells, from 0 to 1."""
        return float(self.differing.mean())

    @property
    def picture(self) -> Image.Image:
        """Black where they are the same, white where they are not."""
        return Image.fromarray(self.differing.astype(np.uint8) * 255)


@contextmanager
def opened_for_pictures(chrome: webdriver.Chrome, url: str, address: str, screen: Screen) -> Iterator[Browser]:
    """A page, loaded in full, on which nothing moves and it is always the same moment."""
    browser = Browser(chrome, url)
    browser.prefer("light")
    script = chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _FROZEN})
    try:
        browser.open(address, screen)
        chrome.execute_script(_STILL)
        wait_for_all(browser)
        yield browser
    finally:
        browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
        browser.reset()


def wait_for_all(browser: Browser) -> None:
    """Wait until nothing is loaded any more."""
    browser.wait(lambda: browser.chrome.execute_async_script(_SETTLED), "an end of loading")


def taken(chrome: webdriver.Chrome, url: str, address: str) -> Iterator[tuple[Screen, Image.Image]]:
    """What a page looks like on each screen, in its full size; loaded once for each kind of device."""
    for _, screens in groupby(SCREENS, key=lambda screen: screen.mobile):
        first, *others = screens
        with opened_for_pictures(chrome, url, address, first) as browser:
            yield first, captured(browser, first)
            for screen in others:
                browser.resize(screen)
                wait_for_all(browser)
                yield screen, captured(browser, screen)


def captured(browser: Browser, screen: Screen) -> Image.Image:
    """The page that is open, from its top."""
    height = min(HIGHEST, browser.chrome.execute_script(_HEIGHT))
    clip = {"x": 0, "y": 0, "width": screen.width, "height": height, "scale": 1}
    options = {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True}
    answer = browser.chrome.execute_cdp_cmd("Page.captureScreenshot", options)
    return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")


def reduced(picture: Image.Image) -> Image.Image:
    """The snapshot of a picture in its full size."""
    squares = np.asarray(picture.reduce(SQUARE).filter(ImageFilter.BoxBlur(1)))
    return Image.fromarray(squares[::2, ::2] // STEP * STEP)


def path_of(kind: str, screen: Screen) -> Path:
    """Where the snapshot of a kind of page is kept."""
    return KEPT / f"{kind}-{screen.name}.png"


def kept(path: Path) -> Image.Image:
    """A snapshot from its file."""
    with Image.open(path) as picture:
        return picture.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Where two snapshots differ; what one lacks at its end is white."""
    size = max(one.width, other.width), max(one.height, other.height)
    return Difference(np.abs(_levels(one, size) - _levels(other, size)).max(axis=2) >= NOTICED)


def _levels(snapshot: Image.Image, size: tuple[int, int]) -> NDArray[np.int16]:
    whole = Image.new("RGB", size, "white")
    whole.paste(snapshot)
    return np.asarray(whole, np.int16)
