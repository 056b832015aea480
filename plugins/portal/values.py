"""How dates, amounts and numbers are written for people in Vietnam."""

from __future__ import annotations

import re
from datetime import date, datetime

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(value: date) -> str:
    """`2019-09-24` as `24/09/2019`."""
    return value.strftime("%d/%m/%Y")


def english_day(value: date) -> str:
    """`2019-09-24` as `24 September 2019`."""
    return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"


def clock(value: date) -> str:
    """The day, and the time where one is given: midnight is none."""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%d/%m/%Y %H:%M")
    return day(value)


def isodate(value: date) -> str:
    """For machines: `2019-09-24`, or with the time and Vietnam's offset."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes") + "+07:00"
    return value.isoformat()


def number(value: float) -> str:
    """`1930` as `1.930` and `12.5` as `12,5`."""
    whole, _, decimals = f"{value:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def dong(value: int) -> str:
    """`50000` as `50.000 đồng`."""
    return f"{number(value)}\u00a0đồng"


def paragraphs(value: str) -> list[str]:
    """Plain text cut at its blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", value) if part.strip()]
