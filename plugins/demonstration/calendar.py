"""Office hours: 7:30 to 11:30 and 13:00 to 17:00, Monday to Friday; papers are taken until 16:30.

Moments are seconds since 1970 of Vietnam's clock. *Working time* is seconds of open office since 1 January 2018, a
Monday: in it a deadline is a sum, and a day is 28,800 seconds. Public holidays are left out, as the form's working
days have none.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAY = 8 * 3600
"""A day of working time."""
TAKEN = DAY - 1800
"""Working time of a day in which papers are taken."""
CLOCK_DAY = 24 * 3600
_HOURS = (7.5 * 3600, 11.5 * 3600, 13 * 3600, 17 * 3600)
_WORKED = (0, DAY // 2, DAY // 2, DAY)
_EPOCH = date(1970, 1, 1)
_FIRST = (date(2018, 1, 1) - _EPOCH).days


def midnight(day: date) -> int:
    """The moment at which a day begins."""
    return (day - _EPOCH).days * CLOCK_DAY


def day_of(moment: int) -> date:
    """The day of a moment."""
    return _EPOCH + timedelta(days=moment // CLOCK_DAY)


def texts(moments: Numbers) -> list[str]:
    """Moments as SQLite writes them."""
    return [text.replace("T", " ") for text in np.datetime_as_string(moments.astype("datetime64[s]")).tolist()]


def weekdays(moments: Numbers) -> Numbers:
    """0 for Monday to 6 for Sunday."""
    return (moments // CLOCK_DAY - _FIRST) % 7


def working_time(moments: Numbers) -> Numbers:
    """Of a moment when the office is closed: the next opening."""
    weeks, weekday = np.divmod(moments // CLOCK_DAY - _FIRST, 7)
    worked = np.interp(moments % CLOCK_DAY, _HOURS, _WORKED).astype(np.int64)
    return (weeks * 5 + np.minimum(weekday, 5)) * DAY + np.where(weekday < 5, worked, 0)


def taken_up(moments: Numbers) -> Numbers:
    """The working time at which what comes in is taken up: at once, or in the morning after 16:30."""
    working = working_time(moments)
    return np.where(working % DAY > TAKEN, (working // DAY + 1) * DAY, working)


def clock(working: Numbers) -> Numbers:
    """The moment of a working time."""
    days, worked = np.divmod(working, DAY)
    weeks, weekday = np.divmod(days, 5)
    lunch = np.where(worked >= _WORKED[1], _HOURS[2] - _HOURS[1], 0).astype(np.int64)
    return (_FIRST + weeks * 7 + weekday) * CLOCK_DAY + int(_HOURS[0]) + worked + lunch


def last_working_day(day: date) -> int:
    """The day, or the Friday before it, as a number of working days since the first."""
    weeks, weekday = divmod((day - _EPOCH).days - _FIRST, 7)
    return weeks * 5 + min(weekday, 4)
