"""What templates may do with a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugins.portal.values import clock, day, dong, isodate, number, paragraphs

FILTERS: dict[str, Callable[[Any], Any]] = {
    "day": day,
    "clock": clock,
    "isodate": isodate,
    "number": number,
    "dong": dong,
    "paragraphs": paragraphs,
}
