"""Opening hours as people write them, for a script that says whether it is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.agency import Counter
from plugins.portal.opening import opening


def hours(days: str, *times: str) -> tuple[str, tuple[str, ...]]:
    return days, times


@pytest.mark.parametrize(
    ("days", "read"),
    [
        ("Thứ Hai - Thứ Sáu", "12345"),
        ("thứ hai đến thứ sáu", "12345"),
        ("Từ thứ Hai đến hết thứ Bảy", "123456"),
        ("Thứ 2 – thứ 6", "12345"),
        ("T2-T6", "12345"),
        ("Thứ Tư", "3"),
        ("Thứ Hai, thứ Tư và thứ Sáu", "135"),
        ("Thứ Hai - thứ Tư; Chủ nhật", "1237"),
        ("Thứ Bảy, CN", "67"),
        ("Hằng ngày", "1234567"),
    ],
)
def test_days_are_read_as_people_write_them(days: str, read: str) -> None:
    assert opening([hours(days, "07:00-11:00")]) == f"{read} 420-660"


@pytest.mark.parametrize(
    "time",
    ["07:00-11:00", "7:00 - 11:00", "7h00 - 11h00", "7h-11h", "7 giờ đến 11 giờ", "từ 7g00 đến 11g00", "7.00–11.00"],
)
def test_times_are_read_as_people_write_them(time: str) -> None:
    assert opening([hours("Thứ Hai", time)]) == "1 420-660"


def test_parts_of_a_day_and_other_days_stand_beside_each_other() -> None:
    week = [hours("Thứ Hai - Thứ Sáu", "07:00-11:00", "13:00-17:00"), hours("Thứ Bảy", "07:30-11:00")]

    assert opening(week) == "12345 420-660 780-1020;6 450-660"


@pytest.mark.parametrize(
    ("days", "time"),
    [
        ("Các ngày làm việc", "07:00-11:00"),
        ("Thứ Hai (trừ ngày lễ)", "07:00-11:00"),
        ("Thứ Sáu - thứ Hai", "07:00-11:00"),
        ("Thứ 8", "07:00-11:00"),
        ("Thứ Bảy tuần đầu của tháng", "07:00-11:00"),
        ("Thứ Hai", "buổi sáng"),
        ("Thứ Hai", "11:00-07:00"),
        ("Thứ Hai", "07:00-25:00"),
        ("Thứ Hai", "07:70-11:00"),
        ("Thứ Hai", "07:00"),
    ],
)
def test_what_is_unclear_leaves_everything_to_the_words(days: str, time: str) -> None:
    assert opening([hours("Thứ Ba", "07:00-11:00"), hours(days, time)]) == ""


def test_day_without_times_says_nothing() -> None:
    assert opening([hours("Thứ Hai", "07:00-11:00"), hours("Thứ Bảy")]) == "1 420-660"
    assert opening([]) == ""


@given(
    st.text(alphabet="thứ hai2-7,;và đến chủ nhật:hg giờ", max_size=30),
    st.text(alphabet="0123456789:-hg .", max_size=14),
)
def test_whatever_is_written_is_read_or_left(days: str, time: str) -> None:
    read = opening([hours(days, time)])

    assert all(part.split(" ")[0].isdigit() and "-" in part for part in read.split(";") if part)


def test_counter_tells_its_own() -> None:
    counter = Counter.model_validate({"name": "Một cửa", "hours": [{"days": "Thứ Hai", "times": ["07:00-11:00"]}]})

    assert counter.opening == "1 420-660"
    assert Counter(name="Một cửa").opening == ""
