"""Days and moments as people and content systems write them, in Asia/Ho_Chi_Minh.

Taken is what can mean one day only: the year first (`2019-09-24 08:30`, ISO 8601 with seconds and a zone), a month by
its English name (RFC 2822 and others), or a day that is no month (`24/9/2019`). `5/6/2019` is left to its author.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from plugins.portal.unseen import plain_hyphens, without_marks
from plugins.portal.values import VIETNAM

EARLIEST, LATEST = 1900, 2100
"""Years that a date of the content may lie in."""

DateFault = Literal["form", "ambiguous", "two_digits", "no_such_day", "no_such_month", "no_such_time", "year"]
"""Why something is no date."""

_CLOCK = r"(?P<hour>\d{1,2})(?:[:hHg]|\s*giờ\s*)(?P<minute>\d{2})?(?:\s*phút)?(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    rf"(?:(?:[Tt]|,? ){_CLOCK}(?: ?(?P<zone>[Zz]|UTC|GMT|[+-]\d{{2}}(?::?\d{{2}})?))?)?"
)
_DAY_FIRST = re.compile(
    rf"(?:{_CLOCK},? )?(?:[Nn]gày )?(?P<day>\d{{1,2}}) ?(?P<sign>[-/.]) ?(?P<month>\d{{1,2}}) ?(?P=sign) ?"
    r"(?P<year>\d{4}|\d{2})(?:,? (?P<later>\d{1,2}[:hHg](?:\d{2}(?::\d{2})?)?))?"
)
_IN_WORDS = re.compile(
    rf"(?:{_CLOCK},? )?(?:ngày )?(?P<day>\d{{1,2}}) tháng (?P<month>\d{{1,2}}),?(?: năm)? (?P<year>\d{{4}})",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NAMED_MONTH = re.compile(
    rf"(?:[a-z]{{3,9}},? )?"
    rf"(?:(?P<month_first>{_MONTH})\.? (?P<day>\d{{1,2}})|(?P<day_first>\d{{1,2}}) (?P<month>{_MONTH})\.?)"
    rf",? (?P<year>\d{{4}})(?:,? (?:at )?{_CLOCK}(?: (?P<zone>(?:GMT)?[+-]\d{{4}}|GMT|UTC|Z)(?: \(.*\))?)?)?",
    re.IGNORECASE,
)
"""RFC 2822, what JavaScript prints, and `September 24, 2019`."""
_HALF_DAY = re.compile(r"(?P<hour>\d{1,2})(?P<rest>:\d{2}(?::\d{2})?) ?(?P<half>[AP]\.?M\.?|SA|CH)\b\.?", re.IGNORECASE)
"""Of clocks with twelve hours; SA and CH are sáng and chiều."""
_WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "2": 0, "3": 1, "4": 2, "5": 3,
    "6": 4, "7": 5, "nhật": 6,
}  # fmt: skip
_WEEKDAY = re.compile(
    rf"\(?(?<!\w)(?:thứ ({'|'.join(name for name in _WEEKDAYS if name != 'nhật')})|chủ (nhật))(?!\w)\)?,?(?: - )? ?",
    re.IGNORECASE,
)
_HERE = re.compile(r",? ?\(?(?:GMT|UTC) ?\+ ?0?7(?::?00)?\)?$", re.IGNORECASE)
"""The zone of Vietnam, at the end."""
_BETWEEN = re.compile(r" ?\| ?|(?<=\d{4}) - (?=\d{1,2}[:hHg])|(?<=[:hHg]\d{2}) - (?=\d)|(?:^|,? )[Ll]úc (?=\d)")
"""What portals put between a day and a time."""
_ZONE_NAME = re.compile(r"\[[\w/+-]+\]$")


class NotADateError(ValueError):
    """What was written is no date that can be taken."""

    def __init__(self, fault: DateFault, *meant: date, **about: int) -> None:
        super().__init__(fault)
        self.fault: DateFault = fault
        self.meant = meant
        """What may have been meant, likeliest first."""
        self.about = about
        """Numbers to say it with."""


@dataclass(frozen=True)
class WrittenMoment:
    """What was written: a day, or a moment without its zone."""

    meant: date
    """A `datetime` where a time was written."""
    day_first: bool = False
    """Written as `24/09/2019`: it could be taken, and is better written with the year first."""
    other_weekday: str = ""
    """The day of the week that was written with it, where it is another's: `Thứ hai, 24/09/2019`."""

    @property
    def day(self) -> date:
        return self.meant.date() if isinstance(self.meant, datetime) else self.meant

    @property
    def moment(self) -> datetime:
        """Midnight where no time was written."""
        return self.meant if isinstance(self.meant, datetime) else datetime(*self.meant.timetuple()[:3])


def written_out(value: date) -> str:
    """`2019-09-24`, or with the minute `2019-09-24 08:30`: as the documentation asks for it."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def read_moment(written: str) -> WrittenMoment:
    """The day or moment that is meant; raises `NotADateError`."""
    plain = _ZONE_NAME.sub("", plain_hyphens(without_marks(written)))
    weekday = _WEEKDAY.search(plain)
    if weekday is None:
        return _read(plain)
    number = _WEEKDAYS[(weekday[1] or weekday[2]).lower()]
    try:
        read = _read((plain[: weekday.start()] + plain[weekday.end() :]).strip(" ,"))
    except NotADateError as error:
        fitting = [meant for meant in error.meant if meant.weekday() == number]
        if error.fault != "ambiguous" or len(fitting) != 1:
            raise
        return WrittenMoment(fitting[0], day_first=True)
    name = weekday.group().strip(" ,-()")
    return read if read.day.weekday() == number else replace(read, other_weekday=name)


def has_weekday(written: str) -> bool:
    """Whether a day of the week is written somewhere in a text."""
    return _WEEKDAY.search(written) is not None


def _read(written: str) -> WrittenMoment:
    plain = _HALF_DAY.sub(_whole_day, _BETWEEN.sub(" ", _HERE.sub("", written)).strip())
    if match := _YEAR_FIRST.fullmatch(plain):
        return _of_numbers(match)
    if match := _NAMED_MONTH.fullmatch(plain):
        return _of_named_month(match)
    if match := _DAY_FIRST.fullmatch(plain):
        return _of_day_first(match)
    if match := _IN_WORDS.fullmatch(plain):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        return WrittenMoment(_timed(day, match["hour"], match["minute"]), day_first=True)
    raise NotADateError("form")


def _of_numbers(match: re.Match[str]) -> WrittenMoment:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if month > 12 >= day > 0 and _exists(year, day, month):
        raise NotADateError("no_such_month", date(year, day, month), month=month)
    meant = _timed(_day(year, month, day), match["hour"], match["minute"], match["second"])
    return WrittenMoment(_here(meant, match["zone"]))


def _whole_day(match: re.Match[str]) -> str:
    """`2:30 PM` as `14:30`."""
    hour, later = int(match["hour"]), match["half"][0].upper() in "PC"
    if not 1 <= hour <= 12:
        return f"{hour}{match['rest']}"
    return f"{hour % 12 + 12 * later:02d}{match['rest']}"


def _of_named_month(match: re.Match[str]) -> WrittenMoment:
    month = _MONTHS.index((match["month"] or match["month_first"])[:3].lower()) + 1
    day = _day(int(match["year"]), month, int(match["day"] or match["day_first"]))
    return WrittenMoment(_here(_timed(day, match["hour"], match["minute"], match["second"]), match["zone"]))


def _here(meant: date, zone: str | None) -> date:
    """A moment of another zone in that of Vietnam."""
    if not isinstance(meant, datetime) or not zone:
        return meant
    local = meant.replace(tzinfo=_zone(zone)).astimezone(VIETNAM).replace(tzinfo=None)
    _in_range(local.year)
    return local


def _of_day_first(match: re.Match[str]) -> WrittenMoment:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    hour, minute = match["hour"], match["minute"]
    if match["later"]:
        hour, minute = re.split("[:hHg]", match["later"])[:2]
    if len(match["year"]) == 2:
        likely = [date(2000 + year, month, day)] if _exists(2000 + year, month, day) else []
        raise NotADateError("two_digits", *likely)
    if _exists(year, day, month) and day != month:
        other = _timed(date(year, day, month), hour, minute)
        if month > 12:
            raise NotADateError("no_such_month", other, month=month)
        raise NotADateError("ambiguous", _timed(date(year, month, day), hour, minute), other)
    return WrittenMoment(_timed(_day(year, month, day), hour, minute), day_first=True)


def _exists(year: int, month: int, day: int) -> bool:
    return EARLIEST <= year <= LATEST and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _in_range(year: int) -> None:
    if not EARLIEST <= year <= LATEST:
        raise NotADateError("year", year=year, earliest=EARLIEST, latest=LATEST)


def _day(year: int, month: int, day: int) -> date:
    _in_range(year)
    if not 1 <= month <= 12:
        raise NotADateError("no_such_month", month=month)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise NotADateError("no_such_day", month=month, year=year, days=days)
    return date(year, month, day)


def _timed(day: date, hour: str | None, minute: str | None, second: str | None = None) -> date:
    """The day with its time, to the minute; the day itself where there is none."""
    if not hour:
        return day
    if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 60:
        raise NotADateError("no_such_time")
    return datetime(day.year, day.month, day.day, int(hour), int(minute or 0))


def _zone(written: str) -> timezone:
    if written.upper() in ("Z", "UTC", "GMT"):
        return UTC
    written = written.upper().removeprefix("GMT")
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > timedelta(hours=14) or int(digits[2:]) > 59:
        raise NotADateError("no_such_time")
    return timezone(-offset if written[0] == "-" else offset)
