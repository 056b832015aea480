"""Moments as they stand in databases: what is read, what is a fault and of which kind, and that no zone shifts one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.gateway.moments import Fault, form_of, read_moment, read_moments, second_of

MORNING = datetime(2019, 9, 24, 8, 12)
MOMENTS = st.datetimes(datetime(2000, 1, 1, 18), datetime(2199, 12, 31, 6)).map(
    lambda moment: moment.replace(microsecond=0)
)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
JUNK = (
    "2026-02-30", "2019-13-01 08:00:00", "2019-09-24 24:00:00", "2019-09-24 08:60:00", "infinity", "-infinity",
    "10000-01-01 00:00:00", "4713-01-01 00:00:00 BC", "9999-12-31", "1900-01-01", "0000-00-00 00:00:00", "", " ", "NaT",
    "now", "today", "NULL", "24/09/2019 08:12", "24-09-2019", "09/24/2019", "20190924", "20190924081200", "1569283920",
    "2019-09-24 08:12:00 Asia/Ho_Chi_Minh", "2019-09-24 08:12:00+25:00", "2019-9-24 8:12:00", "２０１９-09-24 08:12:00",
    "2019-09-24 08:12:00\n", "2019-09-24 08:12:00\x00", "Nguyễn Văn A", "Tue Sep 24 2019",
)  # fmt: skip
VALUES = st.none() | st.sampled_from(JUNK) | st.text(max_size=30) | st.integers() | st.floats() | st.binary(max_size=25)


@pytest.mark.parametrize(
    "written",
    [
        "2019-09-24 08:12:00", "2019-09-24T08:12:00", "2019-09-24 08:12", "2019-09-24 08:12:00.999999",
        " 2019-09-24 08:12:00 ", "2019-09-24 08:12:00+07:00", "2019-09-24 08:12:00+07", "2019-09-24T08:12:00+0700",
        "2019-09-24T01:12:00Z", "2019-09-23 20:12:00.123-05:00", "2019-09-24 06:57:00 +05:45",
    ],
)  # fmt: skip
def test_moment_is_of_vietnams_clock_whatever_zone_it_is_written_with(written: str) -> None:
    assert read_moment(written) == (MORNING, Fault.NONE)
    assert read_moments([written])[0].tolist() == [second_of(MORNING)]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (None, Fault.MISSING),
        ("2026-02-30", Fault.DAY), ("2019-09-24 24:00:00", Fault.DAY), ("2019-09-24 08:12:00+25:00", Fault.DAY),
        ("infinity", Fault.RANGE), ("-infinity", Fault.RANGE), ("10000-01-01 00:00:00", Fault.RANGE),
        ("4713-01-01 00:00:00 BC", Fault.RANGE), ("9999-12-31", Fault.RANGE), ("0000-00-00", Fault.RANGE),
        ("1999-12-31 23:59:59", Fault.RANGE), ("2000-01-01 06:59:59+14:00", Fault.RANGE),
        ("", Fault.FORM), ("24/09/2019 08:12", Fault.FORM), (1569283920, Fault.FORM), (1.5, Fault.FORM),
        (b"2019", Fault.FORM),
        ("now", Fault.FORM), ("20190924", Fault.FORM), ("２０１９-09-24", Fault.FORM),
    ],
)  # fmt: skip
def test_what_is_no_moment_has_a_fault_of_its_kind(written: object, fault: Fault) -> None:
    assert read_moment(written) == (None, fault)


@given(
    st.lists(
        VALUES | MOMENTS.map(str) | st.tuples(MOMENTS, ZONES).map(lambda pair: str(pair[0].replace(tzinfo=pair[1])))
    )
)
@example(list(JUNK))
@example(["2019-09-24 08:12:00"] * 3)
@example(["2019-09-24", "2019-09-24 08:12", None])
def test_columns_are_read_as_their_values_are(column: list[object]) -> None:
    seconds, faults = read_moments(column)

    one_by_one = [read_moment(value) for value in column]
    assert [Fault(fault) for fault in faults.tolist()] == [fault for _, fault in one_by_one]
    assert [second for second, fault in zip(seconds.tolist(), faults.tolist(), strict=True) if not fault] == [
        second_of(moment) for moment, _ in one_by_one if moment is not None
    ]


@given(MOMENTS, ZONES, st.sampled_from(["", ".5", ".123456"]), st.sampled_from([" ", "T"]))
def test_zone_is_converted_and_never_dropped(local: datetime, zone: timezone, fraction: str, gap: str) -> None:
    there = local.replace(tzinfo=timezone(timedelta(hours=7))).astimezone(zone)
    written = f"{there:%Y-%m-%d}{gap}{there:%H:%M:%S}{fraction}{there:%z}"

    assert read_moment(written) == (local, Fault.NONE)


@given(VALUES)
def test_form_shows_how_a_value_is_written_and_nothing_that_it_says(value: object) -> None:
    form = form_of(value)

    known = {"infinity", "BC", "AM", "PM", "SA", "CH", "T", "Z", "a", "bytes", ""}
    words = {
        word for word in "".join(sign if sign.isalpha() else " " for sign in form).split(" ") if set(word) != {"a"}
    }
    assert words <= known
    assert not any(sign.isdigit() for sign in form)
    assert len(form) <= 40


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("24/09/2019 08:12", "##/##/#### ##:##"),
        (1569283920, "##########"),
        ("Nguyễn SANG", "aaaaaa aaaa"),
        ("2019-09-24T08:12:00Z", "####-##-##T##:##:##Z"),
        ("-infinity", "-infinity"),
        ("24/09/2019 08:12 SA", "##/##/#### ##:## SA"),
        ("0T;", "#aa"),
        ("1Z\u0301 BC;", "#aa aaa"),
        (b"\xff", "(bytes)"),
    ],
)
def test_form_of_common_values(value: object, form: str) -> None:
    assert form_of(value) == form


def test_form_of_a_year_that_cannot_be_shows_the_year() -> None:
    assert form_of("9999-12-31 00:00:00", Fault.RANGE) == "9999-##-## ##:##:##"
