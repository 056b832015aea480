"""Pages that lead on are one small version: the same addresses give the same one."""

from __future__ import annotations

from pathlib import Path

from plugins.portal.placeholders import LED_TO, NAME_OF_LED_TO
from plugins.releases.led_on import take_led_on

PAGE = f'<a href="/{LED_TO}">{NAME_OF_LED_TO}</a>'
LED_ON = {"so-y-te/tin-tuc/trang/2/": "so-y-te/tin-tuc/", "so-y-te/cu/": "", "tin-tuc/feed.atom": "tin-tuc/"}


def test_each_page_leads_to_its_address_and_files_have_none(tmp_path: Path) -> None:
    folder = tmp_path / "versions" / "led-on" / take_led_on(tmp_path, LED_ON, PAGE)

    assert {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")} == {
        "so-y-te/cu/index.html": '<a href="/">/</a>',
        "so-y-te/tin-tuc/trang/2/index.html": '<a href="/so-y-te/tin-tuc/">/so-y-te/tin-tuc/</a>',
    }


def test_the_same_addresses_are_the_same_version_and_other_words_another(tmp_path: Path) -> None:
    first = take_led_on(tmp_path, LED_ON, PAGE)

    assert take_led_on(tmp_path, dict(reversed(LED_ON.items())), PAGE) == first
    assert take_led_on(tmp_path, LED_ON, f"{PAGE}!") != first
    assert take_led_on(tmp_path, {"tin-tuc/feed.atom": "tin-tuc/"}, PAGE) == ""


def test_one_that_a_kill_left_unfinished_is_made_anew(tmp_path: Path) -> None:
    digest = take_led_on(tmp_path / "other", LED_ON, PAGE)
    (tmp_path / f"versions/led-on/{digest}.new/half/").mkdir(parents=True)

    assert take_led_on(tmp_path, LED_ON, PAGE) == digest
    assert not (tmp_path / f"versions/led-on/{digest}/half").exists()
