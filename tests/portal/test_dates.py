"""Days and moments as people and content systems write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.dates import EARLIEST, LATEST, NotADateError, read_moment, written_out
from plugins.portal.values import VIETNAM


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019-09-24", "2019-09-24"),
        ("2019-9-4", "2019-09-04"),
        ("2019/09/24", "2019-09-24"),
        ("2019.09.24", "2019-09-24"),
        ("2019-09-24 08:30", "2019-09-24 08:30"),
        ("2019-09-24T08:30", "2019-09-24 08:30"),
        ("2019-09-24 8:30", "2019-09-24 08:30"),
        ("2019-09-24 08:30:59", "2019-09-24 08:30"),
        ("2019-09-24T01:30:00.000Z", "2019-09-24 08:30"),
        ("2019-09-24T01:30Z", "2019-09-24 08:30"),
        ("2019-09-24T08:30:00+07:00", "2019-09-24 08:30"),
        ("2019-09-24T08:30:00.123456+0700", "2019-09-24 08:30"),
        ("2019-09-23T20:30:00-05", "2019-09-24 08:30"),
        ("2019-09-24T18:30:00Z", "2019-09-25 01:30"),
        ("2019-09-24 01:30 UTC", "2019-09-24 08:30"),
        ("Tue, 24 Sep 2019 08:30:00 +0700", "2019-09-24 08:30"),
        ("24 Sep 2019 01:30:00 GMT", "2019-09-24 08:30"),
        ("\u200e2019\u201109\u201124\u00a008:30", "2019-09-24 08:30"),
        ("2019-09-24 8h30", "2019-09-24 08:30"),
        ("2019-09-24T08:30:00+07:00[Asia/Ho_Chi_Minh]", "2019-09-24 08:30"),
        ("2019-09-24 02:30 PM", "2019-09-24 14:30"),
        ("2019-09-24 12:05 a.m.", "2019-09-24 00:05"),
        ("September 24, 2019", "2019-09-24"),
        ("Sep 24, 2019, 8:30:15 AM", "2019-09-24 08:30"),
        ("Tue Sep 24 2019 08:30:00 GMT+0700 (Indochina Time)", "2019-09-24 08:30"),
    ],
)
def test_moment_of_one_meaning_is_taken_in_the_time_of_vietnam(written: str, meant: str) -> None:
    read = read_moment(written)
    assert (written_out(read.meant), read.day_first) == (meant, False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24/9/2019", "2019-09-24"),
        ("24-09-2019", "2019-09-24"),
        ("24.09.2019", "2019-09-24"),
        ("5/5/2019", "2019-05-05"),
        ("24/09/2019 08:30", "2019-09-24 08:30"),
        ("24/09/2019 08:30:15", "2019-09-24 08:30"),
        ("24/9/2019, 8h30", "2019-09-24 08:30"),
        ("24/09/2019 2:30 CH", "2019-09-24 14:30"),
        ("08:30 24/09/2019", "2019-09-24 08:30"),
        ("8h30 ngày 24/9/2019", "2019-09-24 08:30"),
        ("ngày 24 tháng 9 năm 2019", "2019-09-24"),
        ("5 tháng 6, 2019", "2019-06-05"),
        ("8 giờ 30 ngày 5 tháng 6 năm 2019", "2019-06-05 08:30"),
        ("Thứ ba, 24/09/2019 08:30", "2019-09-24 08:30"),
        ("Thứ Ba, 24/09/2019, 08:30 (GMT+7)", "2019-09-24 08:30"),
        ("thứ Ba, ngày 24/9/2019", "2019-09-24"),
        ("Thứ 3 - 24/09/2019 - 08:30 GMT+07:00", "2019-09-24 08:30"),
        ("Chủ nhật, 22/9/2019 | 8h30", "2019-09-22 08:30"),
        ("08:30 - Thứ Ba, 24/09/2019", "2019-09-24 08:30"),
        ("08:30, thứ ba ngày 24 tháng 9 năm 2019", "2019-09-24 08:30"),
        ("24/09/2019 (Thứ ba)", "2019-09-24"),
        ("24/09/2019 | 08:30", "2019-09-24 08:30"),
        ("08:30 | 24/09/2019", "2019-09-24 08:30"),
        ("24/09/2019 - 08:30", "2019-09-24 08:30"),
        ("08:30 - 24/09/2019", "2019-09-24 08:30"),
        ("lúc 08:30 ngày 24/9/2019", "2019-09-24 08:30"),
        ("24/9/2019 lúc 8h30", "2019-09-24 08:30"),
        ("Ngày 24/9/2019", "2019-09-24"),
        ("Thứ tư, 05/06/2019", "2019-06-05"),
        ("Thứ hai, 05/06/2019 08:30", "2019-05-06 08:30"),
    ],
)
def test_day_first_is_taken_where_it_can_mean_one_day_only(written: str, meant: str) -> None:
    read = read_moment(written)
    assert (written_out(read.meant), read.day_first) == (meant, True)


@pytest.mark.parametrize(
    ("written", "fault", "meant"),
    [
        ("05/06/2019", "ambiguous", ["2019-06-05", "2019-05-06"]),
        ("5-6-2019 08:30", "ambiguous", ["2019-06-05 08:30", "2019-05-06 08:30"]),
        ("24/9/19", "two_digits", ["2019-09-24"]),
        ("9/24/2019", "no_such_month", ["2019-09-24"]),
        ("2019-24-09", "no_such_month", ["2019-09-24"]),
        ("2019-13-32", "no_such_month", []),
        ("31/02/2019", "no_such_day", []),
        ("2019-02-29", "no_such_day", []),
        ("2019-09-00", "no_such_day", []),
        ("2019-09-24 24:00", "no_such_time", []),
        ("2019-09-24 08:60", "no_such_time", []),
        ("2019-09-24T08:30:00+99:99", "no_such_time", []),
        ("1899-12-31", "year", []),
        ("2101-01-01", "year", []),
        ("24/09/2109", "year", []),
        ("0001-01-01", "year", []),
        ("9999-12-31T23:59:59Z", "year", []),
        ("hôm qua", "form", []),
        ("20190924", "form", []),
        ("2019", "form", []),
        ("24/9", "form", []),
        ("", "form", []),
        ("2019-09-24 08:30 và hơn", "form", []),
    ],
)
def test_what_is_no_date_is_refused_with_the_right_reason(written: str, fault: str, meant: list[str]) -> None:
    with pytest.raises(NotADateError) as caught:
        read_moment(written)
    assert (caught.value.fault, [written_out(moment) for moment in caught.value.meant]) == (fault, meant)


_DAYS = st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31))
_MOMENTS = st.datetimes(datetime(EARLIEST, 1, 2), datetime(LATEST, 12, 30)).map(
    lambda m: m.replace(second=0, microsecond=0)
)


@given(_DAYS)
def test_day_is_read_as_it_was_written_out(day: date) -> None:
    assert read_moment(written_out(day)).meant == day


@given(_MOMENTS)
def test_moment_is_read_as_it_was_written_out(moment: datetime) -> None:
    assert read_moment(written_out(moment)).meant == moment


@given(
    st.datetimes(datetime(1980, 1, 1), datetime(LATEST, 12, 30)),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_moment_of_any_zone_is_the_same_moment_here(moment: datetime, zone: timezone) -> None:
    elsewhere = moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(zone)
    here = read_moment(elsewhere.isoformat()).moment.replace(tzinfo=VIETNAM)
    assert here == elsewhere


@given(st.text("0123456789-/.: TZ+ghngàytháng\u200b", max_size=30) | st.text(max_size=30))
def test_any_text_is_a_date_in_range_or_refused(written: str) -> None:
    try:
        meant: tuple[date, ...] = (read_moment(written).day,)
    except NotADateError as error:
        meant = error.meant
    assert all(EARLIEST <= day.year <= LATEST for day in meant)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Thứ hai, 24/09/2019", "Thứ hai"),
        ("24/09/2019 (Chủ Nhật)", "Chủ Nhật"),
        ("thứ 4 ngày 24/9/2019", "thứ 4"),
        ("Thứ hai, 2019-09-24", "Thứ hai"),
        ("Thứ ba, 24/09/2019", ""),
    ],
)
def test_weekday_of_another_day_is_known(written: str, other: str) -> None:
    read = read_moment(written)
    assert (read.other_weekday, written_out(read.day)) == (other, "2019-09-24")


def test_weekday_that_fits_neither_meaning_makes_nothing_clear() -> None:
    with pytest.raises(NotADateError) as raised:
        read_moment("Thứ sáu, 05/06/2019")
    assert raised.value.fault == "ambiguous"
