"""Each kind of page looks as it did, on screens of three widths: no block has moved, no picture is missing, and no
colour is another. How far a page may differ, and why, stands in tests/demo/snapshots; `make snapshots` takes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from selenium import webdriver

from tests.demo.browsing import Browser, Screen
from tests.demo.snapshots import (
    KEPT,
    MOMENT,
    PAGES,
    SCREENS,
    TOLERATED,
    captured,
    difference,
    kept,
    opened_for_pictures,
    path_of,
    reduced,
    taken,
)

pytestmark = [
    pytest.mark.looks,
    pytest.mark.browser,
    pytest.mark.timeout(900),
]  # a minute and a half where nothing else runs

LARGEST = 600_000
"""Bytes of all that are kept."""
AGENCY = "so-y-te/"
"""A page with a logo and a picture."""
ON_SCREENS = pytest.mark.parametrize("screen", [SCREENS[0], SCREENS[-1]], ids=lambda screen: screen.name)


def told(path: Path, picture: Image.Image, folder: Path) -> str:
    """How a picture of a page differs from its snapshot, empty where it does not; then the picture lies in `folder`."""
    if not path.exists():
        return f"{path.stem}: it has no snapshot; `make snapshots` takes one"
    differing = difference(kept(path), reduced(picture))
    if differing.cells <= TOLERATED:
        return ""
    now, where = folder / f"{path.stem}.png", folder / f"{path.stem}.differs.png"
    picture.save(now)
    differing.picture.resize(picture.size, Image.Resampling.NEAREST).save(where)
    return f"{path.stem} px: {differing.share:.2%} of the page differ ({differing.cells} cells): {now}, {where}"


@pytest.mark.parametrize("kind", PAGES)
def test_page_looks_as_it_did(chromium: webdriver.Chrome, filled_url: str, tmp_path: Path, kind: str) -> None:
    pictures = taken(chromium, filled_url, PAGES[kind])
    differences = [told(path_of(kind, screen), picture, tmp_path) for screen, picture in pictures]

    assert len(differences) == len(SCREENS)
    assert not any(differences), "\n".join(["`make snapshots`, if it is meant:", *filter(None, differences)])


def test_failure_names_the_page_and_shows_what_differs(tmp_path: Path) -> None:
    path = path_of("home", SCREENS[0])
    page = Image.new("RGB", (SCREENS[0].width, 3000), "black")

    message = told(path, page, tmp_path)

    assert message.startswith("home-360 px: ")
    assert "% of the page differ" in message
    with Image.open(tmp_path / "home-360.png") as now, Image.open(tmp_path / "home-360.differs.png") as where:
        assert now.size == where.size == page.size
        assert where.getbbox() is not None
    assert "has no snapshot" in told(tmp_path / "away-360.png", page, tmp_path)


def test_snapshots_are_few_and_small() -> None:
    files = sorted(KEPT.iterdir())

    assert files == sorted(path_of(kind, screen) for kind in PAGES for screen in SCREENS)
    assert sum(path.stat().st_size for path in files) <= LARGEST


@pytest.fixture
def page(chromium: webdriver.Chrome, filled_url: str, screen: Screen) -> Iterator[Browser]:
    """A page of an agency, as it is when a picture is taken of it."""
    with opened_for_pictures(chromium, filled_url, AGENCY, screen) as browser:
        yield browser


def differing_after(page: Browser, screen: Screen, script: str, *, before: str = "") -> int:
    """The cells that differ when a script has changed the page."""
    page.chrome.execute_script(before)
    one = reduced(captured(page, screen))
    page.chrome.execute_script(script)
    return difference(one, reduced(captured(page, screen))).cells


@ON_SCREENS
def test_same_page_is_the_same(page: Browser, screen: Screen) -> None:
    assert differing_after(page, screen, "") == 0


@ON_SCREENS
def test_it_is_always_the_same_moment(page: Browser) -> None:
    clocks = "return [Date.now(), new Date().getTime(), Date.parse(arguments[0])]"

    assert len(set(page.chrome.execute_script(clocks, MOMENT))) == 1
    date = "return fetch('.').then(({ headers }) => headers.get('date'))"
    assert page.chrome.execute_script(date) is None


@ON_SCREENS
@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('h1').style.translate = '0 24px'",
        "document.querySelector('main form').style.translate = '0 24px'",
        "document.querySelector('footer').style.translate = '0 24px'",
        "document.querySelector('footer').style.translate = '24px 0'",
        "document.querySelector('h1').style.marginBottom = '24px'",
    ],
)
def test_block_that_has_moved_by_24_pixels_is_noticed(page: Browser, screen: Screen, change: str) -> None:
    assert differing_after(page, screen, change) > TOLERATED


@ON_SCREENS
def test_picture_that_is_missing_is_noticed(page: Browser, screen: Screen) -> None:
    missing = "for (const picture of document.querySelectorAll('main img')) picture.style.visibility = 'hidden'"

    assert differing_after(page, screen, missing) > TOLERATED


@ON_SCREENS
def test_colour_of_the_header_is_noticed(page: Browser, screen: Screen) -> None:
    coloured = "document.querySelector('.masthead').style.background = '#efe2c8'"

    assert differing_after(page, screen, coloured) > TOLERATED


@ON_SCREENS
def test_style_sheet_that_is_missing_is_noticed(page: Browser, screen: Screen) -> None:
    plain = "document.querySelector('link[rel=stylesheet]').remove()"

    assert differing_after(page, screen, plain) > TOLERATED


@ON_SCREENS
def test_letters_that_are_drawn_a_little_otherwise_are_not_noticed(page: Browser, screen: Screen) -> None:
    assert differing_after(page, screen, "document.body.style.webkitTextStroke = '0.1px'") <= TOLERATED


@ON_SCREENS
def test_one_letter_is_not_noticed(page: Browser, screen: Screen) -> None:
    letter = (
        "const {firstChild} = document.querySelector('main p'); firstChild.data = firstChild.data.replace(/c/, 'o')"
    )

    assert differing_after(page, screen, letter) <= TOLERATED
