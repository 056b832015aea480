"""The filters that templates have."""

from __future__ import annotations

import pytest

from plugins.portal.values import clock, day, english_day, isodate, number, paragraphs
from plugins.presentation.filters import FILTERS, file_size, prose


def test_templates_know_the_values_by_their_names() -> None:
    assert {
        "day": day, "english_day": english_day, "clock": clock, "isodate": isodate, "number": number,
        "paragraphs": paragraphs, "prose": prose, "file_size": file_size,
    } == FILTERS  # fmt: skip


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 KB"), (1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (1024 * 1024, "1 MB"), (1_600_000, "1,5 MB")],
)
def test_sizes_of_files_are_told_in_kilobytes_and_megabytes(size: int, written: str) -> None:
    assert file_size(size) == written


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
