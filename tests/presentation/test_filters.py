"""The filters that templates have."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from plugins.portal.vocabulary import ONLINE_LEVELS
from plugins.presentation.filters import current, file_size, filters, prose, zalo_share


def test_templates_know_the_values_by_their_names() -> None:
    assert set(filters("vi")) == {
        "day", "clock", "isodate", "number", "paragraphs", "prose", "file_size", "say", "explain",
        "in_words", "written", "weekdays", "current", "zalo_share",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "vietnamese", "english"),
    [
        ("day", date(2019, 9, 24), "24/09/2019", "24 September 2019"),
        ("clock", datetime(2019, 9, 24, 8, 30), "24/09/2019 08:30", "24 September 2019 08:30"),
        ("clock", date(2019, 9, 24), "24/09/2019", "24 September 2019"),
        ("number", 1930, "1.930", "1,930"),
        ("number", 12.5, "12,5", "12.5"),
        ("file_size", 1_600_000, "1,5 MB", "1.5 MB"),
        ("say", ONLINE_LEVELS[4], "Mức độ 4", "Level 4"),
        ("explain", ONLINE_LEVELS[1], "Xem thông tin trên mạng", "Read about it online"),
    ],
)
def test_values_are_written_in_the_language_of_the_portal(
    name: str, value: object, vietnamese: str, english: str
) -> None:
    assert (filters("vi")[name](value), filters("en")[name](value)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 KB"), (1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (1024 * 1024, "1 MB"), (1_600_000, "1,5 MB")],
)
def test_sizes_of_files_are_told_in_kilobytes_and_megabytes(size: int, written: str) -> None:
    assert file_size(size) == written


def test_an_address_is_handed_to_zalo_as_its_own_button_does() -> None:
    address = "https://tinh.example/tin-tuc/2019/ghe-ngo/?a=1&b=2"
    link = urlsplit(zalo_share(address))

    assert (link.hostname, link.path) == ("button-share.zalo.me", "/share_external")
    assert json.loads(b64decode(parse_qs(link.query, strict_parsing=True)["d"][0])) == {"url": address}
    assert re.fullmatch(r"d=[\w%-]+", link.query)  # what base64 has besides is no part of an address


def test_tables_and_code_scroll_by_themselves_and_are_reached_by_keyboard() -> None:
    written = "<table><tr><td>1</td></tr></table><p>x</p><table class='a'><tr><td>2</td></tr></table><pre>y</pre>"

    assert prose(written) == (
        '<div class="wide" role="group" tabindex="0" aria-label="Bảng 1"><table><tr><td>1</td></tr></table></div>'
        "<p>x</p>"
        '<div class="wide" role="group" tabindex="0" aria-label="Bảng 2">'
        "<table class='a'><tr><td>2</td></tr></table></div>"
        '<pre tabindex="0">y</pre>'
    )


def test_table_of_an_english_text_is_named_in_english() -> None:
    assert 'aria-label="Table 1"' in prose("<table></table>", "en")


def test_alignment_of_cells_is_kept_without_an_obsolete_attribute() -> None:
    assert '<th class="right">Số</th><td class="center">1</td>' in prose(
        '<table><tr><th align="right">Số</th><td align="center">1</td></tr></table>'
    )


def test_words_of_the_province_are_said_in_english_or_marked() -> None:
    vietnamese, english = filters("vi")["written"], filters("en")["written"]

    assert vietnamese("Sở & Y tế", "Department") == "Sở &amp; Y tế"
    assert english("Sở & Y tế", "Health & co") == "Health &amp; co"
    assert english("Sở & Y tế") == '<span lang="vi">Sở &amp; Y tế</span>'
    assert english("07:00-11:00") == "07:00-11:00"
    assert (english(None), filters("en")["in_words"]("Sở"), filters("en")["weekdays"]("Thứ Ba")) == (
        "",
        "Sở",
        "Tuesday",
    )


@pytest.mark.parametrize(
    ("here", "state"), [("tin-tuc/", "page"), ("tin-tuc/2019/mot/", "true"), ("", ""), ("tin-tuc-khac/", "")]
)
def test_menu_says_where_a_page_stands(here: str, state: str) -> None:
    assert current("tin-tuc/", here, home_url="") == state
    assert current("", here, home_url="") == ("page" if here == "" else "")
