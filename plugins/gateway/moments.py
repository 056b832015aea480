"""Moments as databases write them, read strictly: `2019-09-24 08:12:00`, with or without fractions, seconds and zone.

A moment without a zone is of Vietnam's clock, one with a zone is converted to it. Everything else is a fault of that
one value: nothing is guessed, for 03/04/2026 is a day in March to some and in April to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plugins.portal.dossiers import YEARS
from plugins.portal.values import VIETNAM

Numbers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]
VIETNAM_OFFSET = timedelta(hours=7)
"""Of all these years: there is no summer time."""
DAY = 86_400
EXAMPLE = "2019-09-24 08:12:00"
LONGEST_FORM = 40
"""Characters of a form that are shown."""

_WRITTEN = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[ Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_BEYOND = re.compile(r"-?infinity|0000-.*|[0-9]{5,}-[0-9]{2}-[0-9]{2}.*|[0-9-]{10,}.* BC", re.DOTALL)
"""PostgreSQL's days without end, its far years and those before Christ."""
_TAIL = re.compile(r"(?:[.,][0-9]{1,9})?(?: ?(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?))?")
_SIGNS = " /.:,+-"
"""What a form shows as it is: nothing that could be about a person."""
_WORDS = re.compile(rf"(?<![^{_SIGNS}])(?:-?infinity|BC|AM|PM|SA|CH)(?![^{_SIGNS}])|(?<=[0-9])[TZ](?![^0-9{_SIGNS}])")
"""And these, where neither letters nor other signs stand beside them."""
_YEAR = re.compile(r"[0-9]{4,6}(?=-[0-9]{2}-[0-9]{2})")

_LENGTH = len(EXAMPLE)
_DIGITS = np.array([index for index, sign in enumerate(EXAMPLE) if sign.isdigit()])
_DASHES, _COLONS, _GAP = (4, 7), (13, 16), 10
_COMPLETED = {10: " 00:00:00", 16: ":00"}
"""What a day, or a moment to the minute, lacks, by its length."""
_MONTHS = np.arange(f"{YEARS.start - 1}-01", f"{YEARS.stop + 1}-01", dtype="datetime64[M]")
_FIRST_DAYS = _MONTHS.astype("datetime64[D]").astype(np.int64)
_LENGTHS = np.diff(np.append(_FIRST_DAYS, (_MONTHS[-1] + 1).astype("datetime64[D]").astype(np.int64)))
_FIRST_SECOND = int(np.datetime64(f"{YEARS.start}-01-01", "s").astype(np.int64))
_END_SECOND = int(np.datetime64(f"{YEARS.stop}-01-01", "s").astype(np.int64))
_EPOCH = datetime(1970, 1, 1)


class Fault(IntEnum):
    """What is wrong with a value."""

    NONE = 0
    MISSING = 1
    FORM = 2
    """It is not written as a moment is."""
    DAY = 3
    """There is no such day or hour."""
    RANGE = 4
    """It lies beyond the years of dossiers."""


def vietnam_now() -> datetime:
    """With its zone."""
    return datetime.now(VIETNAM)


def read_moment(written: object) -> tuple[datetime | None, Fault]:
    """A moment of Vietnam's clock, without a zone and to the second; None where there is a fault."""
    if written is None:
        return None, Fault.MISSING
    if not isinstance(written, str):
        return None, Fault.FORM
    stripped = written.strip(" ")
    matched = _WRITTEN.fullmatch(stripped)
    if matched is None:
        return None, Fault.RANGE if _BEYOND.fullmatch(stripped) else Fault.FORM
    if matched[1] == "0000":
        return None, Fault.RANGE
    try:
        moment = datetime(*(int(part or 0) for part in matched.groups()[:6]))  # type: ignore[arg-type]
        local = moment + _shift(matched[7] or "")
    except ValueError:
        return None, Fault.DAY
    except OverflowError:
        return None, Fault.RANGE
    return (local, Fault.NONE) if local.year in YEARS else (None, Fault.RANGE)


def read_moments(column: Sequence[object]) -> tuple[Numbers, Numbers]:
    """Of each value the second of Vietnam's clock since 1970 (0 where there is none) and its `Fault`.

    The same as `read_moment` says of each, a hundred times as fast where values are written as usual.
    """
    seconds, faults = np.zeros(len(column), np.int64), np.full(len(column), Fault.MISSING, np.uint8)
    texts = [value if type(value) is str else "" for value in column]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    usual = np.flatnonzero((lengths >= _LENGTH) | np.isin(lengths, list(_COMPLETED)))
    read = np.zeros(len(column), np.bool_)
    if len(usual):
        seconds[usual], read[usual] = _read_usual([texts[index] for index in usual.tolist()], lengths[usual])
        faults[read] = Fault.NONE
    for index in np.flatnonzero(~read).tolist():
        if column[index] is None:
            continue
        moment, fault = read_moment(column[index])
        faults[index] = fault
        if moment is not None:
            seconds[index] = second_of(moment)
    return seconds, faults


def second_of(moment: datetime) -> int:
    """Seconds since 1970 of the clock that a moment without a zone is of."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def form_of(value: object, fault: Fault = Fault.FORM) -> str:
    """How a value is written, without what it says: `##/##/#### ##:##`. Nothing of a person is in it.

    Of a year that cannot be the year itself is shown, as `9999-##-##`: that tells what it was meant for.
    """
    if isinstance(value, bytes):
        return "(bytes)"
    written = str(value)[: LONGEST_FORM * 2]
    kept = {index for word in _WORDS.finditer(written) for index in range(*word.span())}
    if fault is Fault.RANGE and (year := _YEAR.match(written)):
        kept |= set(range(*year.span()))
    signs = (sign if index in kept else _shape(sign) for index, sign in enumerate(written))
    return "".join(signs)[:LONGEST_FORM]


def _shape(sign: str) -> str:
    if sign.isdigit():
        return "#"
    return sign if sign in _SIGNS else "a"


def _shift(zone: str) -> timedelta:
    """From a zone's clock to Vietnam's; nothing where no zone is written. Raises `ValueError`."""
    if not zone:
        return timedelta()
    if zone in "Zz":
        return VIETNAM_OFFSET
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 15 or minutes > 59:
        raise ValueError("there is no such zone")
    ahead = timedelta(hours=hours, minutes=minutes)
    return VIETNAM_OFFSET + (ahead if zone[0] == "-" else -ahead)


def _read_usual(texts: list[str], lengths: Numbers) -> tuple[Numbers, Flags]:
    """The seconds of texts that begin as `EXAMPLE` does, and which those are that were read."""
    shifts, known = _shifts(texts, lengths)
    whole = bool((lengths == _LENGTH).all())
    heads = texts if whole else [text[:_LENGTH] + _COMPLETED.get(len(text), "") for text in texts]
    signs = np.frombuffer("".join(heads).encode("ascii", "replace"), np.uint8).reshape(-1, _LENGTH)
    digits = signs[:, _DIGITS].astype(np.int32) - ord("0")
    fits = known & ((digits >= 0) & (digits <= 9)).all(axis=1)
    for columns, sign in ((_DASHES, "-"), (_COLONS, ":")):
        for column in columns:
            fits &= signs[:, column] == ord(sign)
    fits &= (signs[:, _GAP] == ord(" ")) | (signs[:, _GAP] == ord("T"))
    year = digits[:, 0] * 1000 + digits[:, 1] * 100 + digits[:, 2] * 10 + digits[:, 3]
    month, day, hour, minute, second = (digits[:, at] * 10 + digits[:, at + 1] for at in (4, 6, 8, 10, 12))
    index = (year - (YEARS.start - 1)) * 12 + month - 1
    fits &= (month >= 1) & (month <= 12) & (index >= 0) & (index < len(_FIRST_DAYS))
    index = np.where(fits, index, 0)
    fits &= (day >= 1) & (day <= _LENGTHS[index]) & (hour <= 23) & (minute <= 59) & (second <= 59)
    read = (_FIRST_DAYS[index] + day - 1) * DAY + hour * 3_600 + minute * 60 + second + shifts
    fits &= (read >= _FIRST_SECOND) & (read < _END_SECOND)
    return np.where(fits, read, 0), fits


def _shifts(texts: list[str], lengths: Numbers) -> tuple[Numbers, Flags]:
    """Seconds to Vietnam's clock of each, by what follows the seconds; and whether that can be read."""
    shifts, known = np.zeros(len(texts), np.int64), np.ones(len(texts), np.bool_)
    offsets: dict[str, int | None] = {}
    for index in np.flatnonzero(lengths > _LENGTH).tolist():
        tail = texts[index][_LENGTH:]
        if tail not in offsets:
            offsets[tail] = _tail_shift(tail)
        shift = offsets[tail]
        shifts[index], known[index] = shift or 0, shift is not None
    return shifts, known


def _tail_shift(tail: str) -> int | None:
    matched = _TAIL.fullmatch(tail)
    try:
        return int(_shift(matched[1] or "").total_seconds()) if matched else None
    except ValueError:
        return None
