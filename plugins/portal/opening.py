"""Opening hours as a script can work with them: whether an office is open is worked out where somebody reads of it.

People write days and times in words. What is not understood as a whole is left to the words: a wrong "open" sends
somebody on a journey for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plugins.portal.identifiers import fold

_NAMES = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6, "chu nhat": 7, "cn": 7}
_DAY = r"(?:(?:thu\s*|t)?([2-7])|(?:thu\s+)?(hai|ba|tu|nam|sau|bay)|(chu nhat|cn))"
_DAYS = re.compile(rf"(?:tu\s+(?=thu|t?\d|chu))?{_DAY}(?:\s*(?:-|–|den|toi)\s*(?:het\s+)?{_DAY})?")
_EVERY_DAY = re.compile(r"(?:hang|moi) ngay|ca tuan|tat ca cac ngay(?: trong tuan)?")
_BETWEEN = re.compile(r"\s*(?:[,;]|\bva\b)\s*")
_CLOCK = r"(\d{1,2})\s*(?:[:.hg]\s*(\d{2})?|gio\s*(\d{2})?)"
_SPAN = re.compile(rf"(?:tu\s+)?{_CLOCK}\s*(?:-|–|den|toi)\s*{_CLOCK}")
_DAY_LENGTH = 24 * 60
_ENGLISH = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def opening(hours: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Days (1 is Monday) and minutes of the day, such as `12345 420-660 780-1020;6 450-660`; empty if any is unclear.

    `hours` are pairs of days and times, such as `Thứ Hai - Thứ Sáu` and `07:00-11:00`. Of a day that is named
    twice they add up, as people mean it.
    """
    try:
        read = [(_days(days), [_span(time) for time in times]) for days, times in hours]
    except _UnclearError:
        return ""
    return ";".join(
        f"{''.join(map(str, days))} {' '.join(f'{start}-{end}' for start, end in spans)}"
        for days, spans in read
        if spans
    )


def english_days(written: str) -> str | None:
    """Days as Vietnamese says them, such as `Thứ Hai - Thứ Sáu`, in English: `Monday–Friday`; None where unclear."""
    try:
        days = _days(written)
    except _UnclearError:
        return None
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = (_ENGLISH[run[0]] + (f"–{_ENGLISH[run[-1]]}" if len(run) > 1 else "") for run in runs)
    return ", ".join(named) or None


class _UnclearError(Exception):
    """Words that may mean anything."""


def _days(written: str) -> list[int]:
    text = fold(written).strip()
    if _EVERY_DAY.fullmatch(text):
        return list(range(1, 8))
    return sorted({day for part in _BETWEEN.split(text) for day in _from_to(part)})


def _from_to(part: str) -> Iterator[int]:
    match = _DAYS.fullmatch(part)
    if match is None:
        raise _UnclearError
    first, last = _number(*match.groups()[:3]), _number(*match.groups()[3:])
    if last is not None and last < (first or 0):
        raise _UnclearError
    yield from range(first or 0, (last or first or 0) + 1)


def _number(digit: str | None, name: str | None, sunday: str | None) -> int | None:
    if digit:
        return int(digit) - 1
    return _NAMES.get(name or sunday or "")


def _span(written: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(fold(written).strip())
    if match is None:
        raise _UnclearError
    hour, *minutes = match.groups()[:3]
    until, *to_minutes = match.groups()[3:]
    start, end = _minutes(hour, minutes), _minutes(until, to_minutes)
    if not start < end <= _DAY_LENGTH:
        raise _UnclearError
    return start, end


def _minutes(hour: str, minutes: Iterable[str | None]) -> int:
    past = int(next(filter(None, minutes), "0"))
    if past >= 60:
        raise _UnclearError
    return int(hour) * 60 + past
