"""How dates, amounts and numbers are written for people in Vietnam."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.portal.values import clock, day, dong, isodate, number, paragraphs


@pytest.mark.parametrize(
    ("value", "written"),
    [(date(2019, 9, 24), "24/09/2019"), (datetime(2019, 1, 2, 3, 4), "02/01/2019")],
)
def test_day_is_written_with_the_day_first(value: date, written: str) -> None:
    assert day(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2019, 9, 24), "24/09/2019"),
        (datetime(2019, 9, 24), "24/09/2019"),
        (datetime(2019, 9, 24, 8, 30), "24/09/2019 08:30"),
        (datetime(2019, 9, 24, 0, 5), "24/09/2019 00:05"),
        (datetime(2019, 9, 24, 23, 0), "24/09/2019 23:00"),
    ],
)
def test_time_is_written_where_one_is_given(value: date, written: str) -> None:
    assert clock(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2019, 9, 24), "2019-09-24"),
        (datetime(2019, 9, 24), "2019-09-24T00:00+07:00"),
        (datetime(2019, 9, 24, 8, 30), "2019-09-24T08:30+07:00"),
        (datetime(2019, 9, 24, 8, 30, tzinfo=timezone(timedelta(hours=7))), "2019-09-24T08:30+07:00"),
    ],
)
def test_machines_are_given_the_offset(value: date, written: str) -> None:
    assert isodate(value) == written


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))
def test_machines_can_read_what_they_are_given(value: datetime) -> None:
    read = datetime.fromisoformat(isodate(value))
    assert read.utcoffset() == timedelta(hours=7)
    assert read.replace(tzinfo=None) == value.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (5, "5"), (999, "999"), (1930, "1.930"), (1_234_567, "1.234.567"), (-1930, "-1.930"), (12.0, "12"),
        (12.5, "12,5"), (0.25, "0,25"), (1234.5, "1.234,5"), (12.345, "12,35"), (-0.5, "-0,5"), (1000.04, "1.000,04"),
        # Nothing of the decimals is left:
        (12.004, "12"), (999.999, "1.000"), (0.001, "0"),
    ],
)  # fmt: skip
def test_number_is_written_with_dots_and_a_comma(value: float, written: str) -> None:
    assert number(value) == written


@given(st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9).filter(lambda value: abs(value) >= 0.01 or value == 0))
@example(12.004)
def test_number_can_be_read_again(value: float) -> None:
    written = number(value)
    assert re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?", written)
    assert float(written.replace(".", "").replace(",", ".")) == pytest.approx(value, abs=0.0051)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0\u00a0đồng"), (8000, "8.000\u00a0đồng"), (50_000_000, "50.000.000\u00a0đồng")]
)
def test_amount_and_its_unit_stay_on_one_line(value: int, written: str) -> None:
    assert dong(value) == written


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("", []),
        ("  \n \n", []),
        ("một", ["một"]),
        ("một\nhai", ["một\nhai"]),
        ("một\n\nhai", ["một", "hai"]),
        ("\n một \n \t\n\n hai\n", ["một", "hai"]),
    ],
)
def test_text_is_cut_at_blank_lines(value: str, parts: list[str]) -> None:
    assert paragraphs(value) == parts


@given(st.text("ab \n\t"))
def test_paragraphs_keep_every_word_in_order(value: str) -> None:
    parts = paragraphs(value)
    assert " ".join(parts).split() == value.split()
    assert all(part and part == part.strip() and "\n\n" not in part for part in parts)
