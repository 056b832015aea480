"""The events of all dossiers in memory, summed so that a question about any period takes microseconds.

Every column of form II.06a follows from sums of events over days: what is pending at the end of a day is what had been
received less what had been resolved until then. So each part of the ledger keeps, for each agency, field and channel,
the running sums of each kind of event, day by day; and of working days the running histograms at each month's
beginning, which the events of the months that are cut complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np

from plugins.gateway.events import Events, Happened, Names, Numbers
from plugins.gateway.rows import Inventory
from plugins.portal.dossiers import CHANNELS

Dimension = Literal["total", "agency", "field", "channel"]
DIMENSIONS: tuple[Dimension, ...] = ("total", "agency", "field", "channel")
ONLINE, IN_PERSON, POST, EARLY_ONES, ON_TIME_ONES, OVERDUE_ONES, BECOME_OVERDUE = range(7)
KINDS = 7
"""Received by channel, resolved by outcome, and become overdue: what is counted of each group on each day."""


class Part:
    """The events of some days that follow each other."""

    def __init__(self, happened: Happened) -> None:
        self.happened = happened
        self._sizes: Mapping[Dimension, int] = {
            "total": 1,
            "agency": len(happened.agencies),
            "field": len(happened.fields),
            "channel": len(CHANNELS),
        }
        kinds = (happened.received, happened.resolved, happened.become_overdue)
        _, last = happened.window.days
        self._first = min((int(events.day[0]) for events in kinds if len(events)), default=last)
        self._days = last - self._first + 1
        self._sums = {dimension: self._running_sums(dimension) for dimension in DIMENSIONS}
        self._until_months = {dimension: self._running_histograms(dimension) for dimension in DIMENSIONS}

    def until(self, day: int, dimension: Dimension) -> Numbers:
        """The events of each group (columns) and kind (rows) up to the end of a day."""
        known = min(max(day - self._first + 1, 0), self._days)
        sums: Numbers = self._sums[dimension][known]
        return sums

    def took(self, first: int, last: int, dimension: Dimension) -> Numbers:
        """How many dossiers of each group (rows) that were resolved in a period took how many working days."""
        months = self._months
        begin, end = np.searchsorted(months, first), np.searchsorted(months, last + 1, side="right") - 1
        if begin >= end:
            return self._histogram(first, last + 1, dimension)
        whole = self._until_months[dimension]
        counts: Numbers = whole[end] - whole[begin]
        counts = counts + self._histogram(first, int(months[begin]), dimension)
        return counts + self._histogram(int(months[end]), last + 1, dimension)

    @cached_property
    def bins(self) -> int:
        """One more than the most working days that anything took."""
        return int(self.happened.working_days.max(initial=0)) + 1

    @cached_property
    def _months(self) -> Numbers:
        """The first days of the months in which something was resolved, and of the one after."""
        days = self.happened.resolved.day
        if not len(days):
            return np.zeros(0, np.int64)
        first, last = (np.datetime64(int(day), "D").astype("datetime64[M]") for day in (days[0], days[-1]))
        return np.arange(first, last + 2).astype("datetime64[D]").astype(np.int64)

    def _running_sums(self, dimension: Dimension) -> Numbers:
        """Before each day, and at last after all: by day, kind and group."""
        happened, size = self.happened, self._sizes[dimension]
        sums = np.zeros((self._days + 1, KINDS, size), np.int32)
        flat = sums.reshape(-1)
        for events, kind in (
            (happened.received, ONLINE),
            (happened.resolved, EARLY_ONES),
            (happened.become_overdue, BECOME_OVERDUE),
        ):
            index = ((events.day - self._first + 1) * KINDS + events.kind + kind) * size + _groups(events, dimension)
            np.add.at(flat, index, 1)
        return np.cumsum(sums, axis=0, out=sums)

    def _running_histograms(self, dimension: Dimension) -> Numbers:
        """Before each month's beginning: by month, group and working days."""
        edges = self._months.tolist()
        histograms = np.zeros((max(len(edges), 1), self._sizes[dimension], self.bins), np.int32)
        for number, (first, end) in enumerate(pairwise(edges), 1):
            histograms[number] = histograms[number - 1] + self._histogram(first, end, dimension)
        return histograms

    def _histogram(self, first: int, end: int, dimension: Dimension) -> Numbers:
        """Of what was resolved from one day up to before another: by group and working days."""
        resolved, size = self.happened.resolved, self._sizes[dimension]
        # Days of another type than the column's would have numpy copy all of it.
        chosen = slice(*np.searchsorted(resolved.day, np.array((first, end), resolved.day.dtype)).tolist())
        index = _groups(resolved, dimension, chosen) * self.bins + self.happened.working_days[chosen]
        return np.bincount(index, minlength=size * self.bins).reshape(size, self.bins)


@dataclass(frozen=True)
class Ledger:
    """Everything that happened up to a moment: the part that was read once, and what has happened since."""

    as_of: datetime
    """In Vietnam's zone."""
    past: Part
    """Up to some midnight."""
    since: Part
    """It knows every agency and field of the past, at the same position."""

    @property
    def inventory(self) -> Inventory:
        """Of all rows until then."""
        return self.past.happened.inventory + self.since.happened.inventory

    @property
    def agencies(self) -> Names:
        return self.since.happened.agencies

    @property
    def fields(self) -> Names:
        return self.since.happened.fields

    def until(self, day: int, dimension: Dimension) -> Numbers:
        """How many events of each kind (rows) and group (columns) there were up to the end of a day."""
        return _together(self.past.until(day, dimension), self.since.until(day, dimension))

    def took(self, first: int, last: int, dimension: Dimension) -> Numbers:
        """How many dossiers of each group (rows) that were resolved in a period took how many working days."""
        return _together(self.past.took(first, last, dimension), self.since.took(first, last, dimension))


def _together(first: Numbers, second: Numbers) -> Numbers:
    """The sum of two tables of which either may have the more columns or rows."""
    total = np.zeros(np.maximum(first.shape, second.shape), np.int64)
    total[: first.shape[0], : first.shape[1]] += first
    total[: second.shape[0], : second.shape[1]] += second
    return total


def _groups(events: Events, dimension: Dimension, chosen: slice = slice(None)) -> Numbers:
    if dimension == "total":
        return np.zeros_like(events.day[chosen])
    return {"agency": events.agency, "field": events.field, "channel": events.channel}[dimension][chosen]
