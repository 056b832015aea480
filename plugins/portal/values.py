"""How dates, amounts and numbers are written for people in Vietnam, and values for programs and spreadsheets."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE_NAME = "Asia/Ho_Chi_Minh"
VIETNAM = ZoneInfo(ZONE_NAME)
"""The zone of all dates that have none."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_VIETNAMESE_SIGNS = str.maketrans(",.", ".,")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def compact_json(value: object, *, sort_keys: bool = False) -> str:
    """JSON on one line without blanks; with sorted keys equal values are equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))


def clipped(written: str, limit: int) -> str:
    """The text, cut with an ellipsis where it has more than `limit` characters."""
    return written if len(written) <= limit else written[: limit - 1].rstrip() + "…"


def spreadsheet_cell(value: object) -> str:
    """A value as a cell of CSV that no spreadsheet runs: an apostrophe before what could be a formula (OWASP)."""
    if isinstance(value, tuple):
        return spreadsheet_cell("; ".join(value))
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith(_FORMULA) else written


def day(value: date, language: str = "vi") -> str:
    """`2019-09-24` as `24/09/2019`, in English as `24 September 2019`: the order of digits would be open to doubt."""
    return english_day(value) if language == "en" else value.strftime("%d/%m/%Y")


def english_day(value: date) -> str:
    """`2019-09-24` as `24 September 2019`."""
    return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"


def clock(value: date, language: str = "vi") -> str:
    """The day, and the time where one is given: midnight is none."""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day(value, language)} {value:%H:%M}"
    return day(value, language)


def isodate(value: date) -> str:
    """For machines: `2019-09-24`, or with the time and Vietnam's offset."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes") + "+07:00"
    return value.isoformat()


def rfc3339(value: date) -> str:
    """For programs elsewhere: `2019-09-24`, or with the time to the second and Vietnam's offset."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="seconds") + "+07:00"
    return value.isoformat()


def number(value: float, language: str = "vi") -> str:
    """`1930` as `1.930` and `12.5` as `12,5`; in English `1,930` and `12.5`."""
    whole, _, decimals = f"{value:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    written = f"{whole}.{decimals}" if decimals else whole
    return written if language == "en" else written.translate(_VIETNAMESE_SIGNS)


def percent(share: float, language: str = "vi") -> str:
    """A share from 0 to 1 as `93,00%`, in English `93.00%`."""
    written = f"{share * 100:,.2f}%"
    return written if language == "en" else written.translate(_VIETNAMESE_SIGNS)


def dong(value: int, language: str = "vi") -> str:
    """`50000` as `50.000 đồng`, in English `50,000 VND`."""
    return f"{number(value, language)}\u00a0{'VND' if language == 'en' else 'đồng'}"


def paragraphs(value: str) -> list[str]:
    """Plain text cut at its blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", value) if part.strip()]
