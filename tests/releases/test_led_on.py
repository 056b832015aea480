"""Pages that lead on are one small version: the same addresses give the same one."""

from __future__ import annotations

from pathlib import Path

from plugins.portal.placeholders import LED_TO, NAME_OF_LED_TO, WHY_WITHDRAWN, WITHDRAWN_ON
from plugins.releases.led_on import Unanswered, take_led_on

PAGE = f'<a href="/{LED_TO}">{NAME_OF_LED_TO}</a>'
WITHDRAWN = f"{WITHDRAWN_ON}: {WHY_WITHDRAWN}"
LED_ON = {"so-y-te/tin-tuc/trang/2/": "so-y-te/tin-tuc/", "so-y-te/cu/": "", "tin-tuc/feed.atom": "tin-tuc/"}


def test_each_page_leads_to_its_address_and_files_have_none(tmp_path: Path) -> None:
    folder = tmp_path / "versions" / "led-on" / take_led_on(tmp_path, Unanswered(LED_ON), PAGE, WITHDRAWN)

    assert {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")} == {
        "so-y-te/cu/index.html": '<a href="/">/</a>',
        "so-y-te/tin-tuc/trang/2/index.html": '<a href="/so-y-te/tin-tuc/">/so-y-te/tin-tuc/</a>',
    }


def test_the_same_addresses_are_the_same_version_and_other_words_another(tmp_path: Path) -> None:
    first = take_led_on(tmp_path, Unanswered(LED_ON), PAGE, WITHDRAWN)

    assert take_led_on(tmp_path, Unanswered(dict(reversed(LED_ON.items()))), PAGE, WITHDRAWN) == first
    assert take_led_on(tmp_path, Unanswered(LED_ON), f"{PAGE}!", WITHDRAWN) != first
    assert take_led_on(tmp_path, Unanswered({"tin-tuc/feed.atom": "tin-tuc/"}), PAGE, WITHDRAWN) == ""


def test_one_that_a_kill_left_unfinished_is_made_anew(tmp_path: Path) -> None:
    digest = take_led_on(tmp_path / "other", Unanswered(LED_ON), PAGE, WITHDRAWN)
    (tmp_path / f"versions/led-on/{digest}.new/half/").mkdir(parents=True)

    assert take_led_on(tmp_path, Unanswered(LED_ON), PAGE, WITHDRAWN) == digest
    assert not (tmp_path / f"versions/led-on/{digest}/half").exists()


def test_what_was_withdrawn_says_since_when_and_why_and_no_word_of_it_is_markup(tmp_path: Path) -> None:
    unanswered = Unanswered({}, {"so-y-te/cu/": ("01/07/2025", "<b>Hết & thôi"), "so-y-te/media/a.pdf": ("", "")})
    digest = take_led_on(tmp_path, unanswered, PAGE, WITHDRAWN)

    [page] = (tmp_path / "versions" / "led-on" / digest).rglob("*.*")
    assert page.read_text("utf-8") == "01/07/2025: &lt;b&gt;Hết &amp; thôi"
    assert take_led_on(tmp_path, unanswered, PAGE, f"{WITHDRAWN}!") != digest
    assert take_led_on(tmp_path, Unanswered({}, {"so-y-te/cu/": ("01/07/2025", "Hết")}), PAGE, WITHDRAWN) != digest
