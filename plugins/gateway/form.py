"""The rows of form II.06a for any period, out of a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from plugins.gateway.events import Numbers, day_number
from plugins.gateway.ledger import (
    BECOME_OVERDUE,
    EARLY_ONES,
    IN_PERSON,
    ON_TIME_ONES,
    ONLINE,
    OVERDUE_ONES,
    POST,
    Dimension,
    Ledger,
)
from plugins.portal.dossiers import CHANNELS, Grouping
from plugins.portal.values import compact_json

NAMES = {"online": "Trực tuyến", "in_person": "Trực tiếp", "post": "Bưu chính công ích", "total": "Tổng số"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked: a period, both days counted, and by what its figures are to be parted."""

    first_day: date
    last_day: date
    groupings: tuple[Grouping, ...]


def answer_body(ledger: Ledger, question: Question) -> bytes:
    """The answer as the contract has it."""
    return _body(
        ledger.as_of, question, {grouping: _rows(ledger, question, grouping) for grouping in question.groupings}
    )


def empty_body(as_of: datetime, question: Question) -> bytes:
    """The answer about a period of which nothing can be known yet: rows that are always there, of nothing."""
    always: Mapping[Grouping, Sequence[str]] = {"total": ("total",), "channel": CHANNELS}
    nothing = _Figures(*([0] for _ in fields(_Figures)))
    rows = {
        grouping: [nothing.row(0, key, NAMES[key]) for key in always.get(grouping, ())]
        for grouping in question.groupings
    }
    return _body(as_of, question, rows)


def _body(as_of: datetime, question: Question, rows: Mapping[Grouping, Sequence[Row]]) -> bytes:
    document = {
        "as_of": as_of.isoformat(timespec="seconds"),
        "from": question.first_day.isoformat(),
        "to": question.last_day.isoformat(),
        "rows": rows,
    }
    return compact_json(document).encode() + b"\n"


def _rows(ledger: Ledger, question: Question, grouping: Grouping) -> list[Row]:
    first, last = question.first_day, question.last_day
    if grouping == "month":
        today = ledger.as_of.date()
        return [
            _figures(ledger, day_number(begin), day_number(end), "total").row(0, f"{begin:%Y-%m}", f"{begin:%m/%Y}")
            for begin, end in months(first, min(last, today))
        ]
    figures = _figures(ledger, day_number(first), day_number(last), grouping)
    if grouping == "total":
        return [figures.row(0, "total", NAMES["total"])]
    if grouping == "channel":
        return [figures.row(position, key, NAMES[key]) for position, key in enumerate(CHANNELS)]
    groups = ledger.agencies if grouping == "agency" else ledger.fields
    named = sorted(zip(groups.keys, range(len(groups)), groups.names, strict=True))
    return [figures.row(position, key, name) for key, position, name in named if key and figures.any(position)]


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The months of a period, the outer ones cut by it."""
    while first <= last:
        next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(last, next_month - timedelta(days=1))
        first = next_month


@dataclass(frozen=True)
class _Figures:
    """The columns of the form for all groups of one dimension."""

    online: Sequence[int]
    in_person: Sequence[int]
    carried_over: Sequence[int]
    early: Sequence[int]
    on_time: Sequence[int]
    overdue: Sequence[int]
    pending: Sequence[int]
    pending_overdue: Sequence[int]
    median: Sequence[int]
    p90: Sequence[int]

    def any(self, group: int) -> bool:
        """Whether there is anything to say of a group."""
        return bool(self.online[group] or self.in_person[group] or self.carried_over[group])

    def row(self, group: int, key: str, name: str) -> Row:
        online, in_person, carried_over = self.online[group], self.in_person[group], self.carried_over[group]
        early, on_time, overdue = self.early[group], self.on_time[group], self.overdue[group]
        pending, late = self.pending[group], self.pending_overdue[group]
        resolved = early + on_time + overdue
        row: Row = {
            "key": key,
            "name": name,
            "received": {
                "total": online + in_person + carried_over,
                "online": online,
                "in_person": in_person,
                "carried_over": carried_over,
            },
            "resolved": {"total": resolved, "early": early, "on_time": on_time, "overdue": overdue},
            "pending": {"total": pending, "within": pending - late, "overdue": late},
        }
        if resolved:
            row["processing_days"] = {"median": self.median[group], "p90": self.p90[group]}
        return row


def _figures(ledger: Ledger, first: int, last: int, dimension: Dimension) -> _Figures:
    before, until = ledger.until(first - 1, dimension), ledger.until(last, dimension)
    within = until - before
    received, resolved = _received(within), _resolved(within)
    # A dossier that is entered late may have its result in the ledger before itself: nothing is less than none.
    pending = np.maximum(_received(until) - _resolved(until), 0)
    carried_over = resolved + pending - received
    late = np.clip(until[BECOME_OVERDUE] - until[OVERDUE_ONES], 0, pending)
    took = ledger.took(first, last, dimension)
    columns = (
        within[ONLINE],
        within[IN_PERSON] + within[POST],
        carried_over,
        within[EARLY_ONES],
        within[ON_TIME_ONES],
        within[OVERDUE_ONES],
        pending,
        late,
        _at_rank(took, 0.5),
        _at_rank(took, 0.9),
    )
    return _Figures(*(column.tolist() for column in columns))


def _received(events: Numbers) -> Numbers:
    received: Numbers = events[ONLINE] + events[IN_PERSON] + events[POST]
    return received


def _resolved(events: Numbers) -> Numbers:
    resolved: Numbers = events[EARLY_ONES] + events[ON_TIME_ONES] + events[OVERDUE_ONES]
    return resolved


def _at_rank(took: Numbers, share: float) -> Numbers:
    """The working days within which that share of each group's dossiers were done: the nearest rank."""
    running = np.cumsum(took, axis=1)
    rank = np.ceil(running[:, -1:] * share)
    ranks: Numbers = np.argmax(running >= rank, axis=1)
    return ranks
