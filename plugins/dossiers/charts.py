"""Charts as shares of their width and height, for templates to draw as SVG: no scale, so that letters keep their size.

A chart says nothing that the table beside it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.dossiers.period import Month
from plugins.portal.dossiers import Resolved

Timeliness = Literal["early", "on_time", "overdue"]
MONTHS_SHOWN = 12
_ORDER: tuple[Timeliness, ...] = ("early", "on_time", "overdue")
_COLUMN = 0.38
"""Of a month's width: two columns and the space around them."""


@dataclass(frozen=True)
class Segment:
    """A part of a bar."""

    kind: Timeliness
    start: str
    """Percent of the bar's width, as SVG takes it: `12.34%`."""
    width: str
    share: float
    """From 0 to 1."""


@dataclass(frozen=True)
class StackedBar:
    """What was resolved early, on time and late; what the source gives no part of stays empty."""

    segments: tuple[Segment, ...]
    unsaid: float
    """The share of what was resolved that is in none of the parts."""

    @classmethod
    def of(cls, resolved: Resolved) -> StackedBar | None:
        """None where nothing was resolved, or no part of it is known."""
        parts = [(kind, count) for kind in _ORDER if (count := getattr(resolved, kind)) is not None]
        known = sum(count for _, count in parts)
        # Parts may come to more than the sum: the bar is then as long as they are.
        whole = max(known, resolved.total)
        if not whole or not parts:
            return None
        segments, start = [], 0
        for kind, count in parts:
            segments.append(Segment(kind, _percent(start / whole), _percent(count / whole), count / whole))
            start += count
        return cls(tuple(segments), (whole - known) / whole)


@dataclass(frozen=True)
class MonthCounts:
    """What came in and what was done in a month."""

    month: Month
    received: int
    resolved: int


@dataclass(frozen=True)
class Rectangle:
    """In percent of the chart."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class MonthColumns:
    """The two columns of a month."""

    month: Month
    middle: str
    """Where its name stands."""
    names_year: bool
    """Whether its year stands below: the first, and where a year begins."""
    received: Rectangle
    resolved: Rectangle


@dataclass(frozen=True)
class MonthChart:
    """Months side by side, the last at the right."""

    columns: tuple[MonthColumns, ...]
    most: MonthCounts
    """The month in which most came in."""
    least: MonthCounts
    top: int
    """The count that reaches to the top."""

    @classmethod
    def of(cls, months: Sequence[MonthCounts]) -> MonthChart | None:
        """The last twelve months; None where a trend cannot be seen yet."""
        latest = months[-MONTHS_SHOWN:]
        top = max((max(month.received, month.resolved) for month in latest), default=0)
        if len(latest) < 2 or not top:
            return None
        return cls(
            columns=tuple(_columns(position, len(latest), month, top) for position, month in enumerate(latest)),
            most=max(latest, key=lambda month: month.received),
            least=min(latest, key=lambda month: month.received),
            top=top,
        )


def _columns(position: int, months: int, month: MonthCounts, top: int) -> MonthColumns:
    middle = (position + 0.5) / months
    width = _COLUMN / months
    return MonthColumns(
        month=month.month,
        middle=_percent(middle),
        names_year=position == 0 or month.month.number == 1,
        received=_standing(middle - width, width, month.received / top),
        resolved=_standing(middle, width, month.resolved / top),
    )


def _standing(left: float, width: float, height: float) -> Rectangle:
    return Rectangle(_percent(left), _percent(1 - height), _percent(width), _percent(height))


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
