"""What the tables say happened, read as events by day: received, resolved, become overdue.

Rows that cannot be counted are left out and told (`plugins.gateway.rows`). A result before the day of reception has not
come, and a day to be done by before it is none; both are told as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, Select, cast, func, or_, select, true
from sqlalchemy import Text as Words
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from plugins.gateway.columns import FAR_AHEAD, NO_MOMENT, Groups, RowReader, Rows
from plugins.gateway.failures import too_slow
from plugins.gateway.moments import DAY, Numbers, second_of
from plugins.gateway.rows import AHEAD, DOUBTED, LEFT_OUT, TWICE, UNGROUPED, Inventory
from plugins.gateway.tables import DOSSIERS, READING, SQLITE, cannot_be_decoded, holds_what_will_come, read_leniently
from plugins.gateway.views import Forms, check_views, failure_of

__all__ = ["Events", "Happened", "Names", "Numbers", "Window", "day_number", "read_events"]

EARLY, ON_TIME, OVERDUE = range(3)
FIRST_MOMENT = datetime(2000, 1, 1)
MAX_WORKING_DAYS = 520
"""Two years: what took longer counts as that, which no median shows unless half of all did."""
BLOCK = 10_000
"""Rows read at a time: other threads answer in between."""
NEVER = np.iinfo(np.int32).max
"""The day of what has not happened."""
_EPOCH = date(1970, 1, 1).toordinal()
_DUE_BEFORE, _RESOLVED_BEFORE, _RESOLVED_AHEAD, _ = DOUBTED
_NO_AGENCY, _NO_FIELD = UNGROUPED


@dataclass(frozen=True)
class Window:
    """Events from one moment, a midnight, up to before another; of Vietnam's clock, without a zone."""

    start: datetime
    end: datetime

    @property
    def days(self) -> tuple[int, int]:
        """Its first day and its last."""
        return day_number(self.start.date()), day_number((self.end - timedelta.resolution).date())


@dataclass(frozen=True)
class Names:
    """The agencies, or the fields, by their positions."""

    keys: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Events:
    """Events of one kind in order of day, a column each; days are counted from 1970."""

    day: Numbers
    kind: Numbers
    """Of what is received the channel, of what is resolved the outcome."""
    agency: Numbers
    field: Numbers
    channel: Numbers

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True)
class Happened:
    """All events of a window."""

    window: Window
    agencies: Names
    fields: Names
    received: Events
    resolved: Events
    working_days: Numbers
    """That each of the resolved took."""
    become_overdue: Events
    """Each on the day after the one that it was due on."""
    inventory: Inventory
    """The rows that were received in the window, and what is wrong with some."""
    forms: Forms
    """How the views are read."""


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def read_events(engine: Engine, window: Window, known: Happened | None = None) -> Happened:
    """What happened in a window. Agencies and fields keep the positions that they have in what is `known`.

    Where nothing is known all rows are read, also those that nobody can tell the time of. Raises `Unavailable`.
    """
    try:
        forms = known.forms if known else check_views(engine)
        with engine.connect() as connection:
            try:
                return _read(connection, window, forms, known)
            except DBAPIError as error:
                if not cannot_be_decoded(error):
                    raise
            connection.rollback()
            read_leniently(connection)
            return _read(connection, window, forms, known)
    except (SQLAlchemyError, ValueError, ArithmeticError) as error:
        raise failure_of(engine, error) from error


def _read(connection: Connection, window: Window, forms: Forms, known: Happened | None) -> Happened:
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql("BEGIN")  # all statements see the same moment
    return _Reading(connection, window, forms, known).happened()


class _Reading:
    """One transaction."""

    def __init__(self, connection: Connection, window: Window, forms: Forms, known: Happened | None) -> None:
        self._connection = connection
        self._window = window
        self._forms = forms
        self._whole = known is None
        self._end = monotonic() + READING.seconds
        self._ahead_is_fault = not holds_what_will_come(connection)
        self._chosen = true() if known is None else _chosen(window, forms, ahead=self._ahead_is_fault)
        self._agencies, self._fields = (
            Groups(names.keys, names.names) for names in _known_names(known)
        )  # fmt: skip

    def happened(self) -> Happened:
        rows, inventory = self._rows()
        self._name_groups()
        rows = _counted(rows, second_of(self._window.end))
        received, due, resolved = (_day_of(column) for column in (rows.received, rows.due, rows.resolved))
        due[due < received] = NEVER
        resolved[resolved < received] = NEVER
        outcome = np.where(due > resolved, EARLY, np.where(due < resolved, OVERDUE, ON_TIME))
        outcome[due == NEVER] = ON_TIME
        late = np.where(due == NEVER, NEVER, due + 1)
        late[resolved < late] = NEVER

        def events(day: Numbers, kind: Numbers) -> tuple[Events, Numbers]:
            """Those of the window, and which dossiers they are of."""
            first, last = self._window.days
            inside = np.flatnonzero((day >= first) & (day <= last))
            order = inside[np.argsort(day[inside], kind="stable")]
            return Events(*(column[order] for column in (day, kind, rows.agency, rows.field, rows.channel))), order

        resolved_events, dossiers = events(resolved, outcome)
        return Happened(
            window=self._window,
            agencies=Names(*self._agencies.keys_and_names),
            fields=Names(*self._fields.keys_and_names),
            received=events(received, rows.channel)[0],
            resolved=resolved_events,
            working_days=_working_days(received[dossiers], resolved_events.day),
            become_overdue=events(late, np.zeros_like(late))[0],
            inventory=inventory,
            forms=self._forms,
        )

    def _rows(self) -> tuple[Rows, Inventory]:
        table = DOSSIERS.c
        written = (table.received_at, table.due_at, table.resolved_at, table.agency, table.field, table.channel)
        has_code = func.coalesce(func.trim(cast(table.code, Words)), "") != ""
        statement: Select[Any] = select(*map(self._forms.written, written), has_code).where(self._chosen)
        midnight = self._window.end if self._whole else self._window.start
        reader = RowReader(midnight, self._agencies, self._fields)
        result = self._connection.execution_options(yield_per=BLOCK).execute(statement)
        with result:
            for rows in result.partitions():
                if monotonic() > self._end:
                    raise too_slow()
                reader.take(list(zip(*rows, strict=True)))
        taken = reader.rows()
        return taken, self._inventory(taken, reader)

    def _inventory(self, rows: Rows, reader: RowReader) -> Inventory:
        """Of a whole reading the rows that were received before its end, and those that nobody can tell; of a later one
        those since, also what lies ahead where that is a fault: that ends with now, the other at a midnight.
        """
        start, end = (second_of(moment) for moment in (self._window.start, self._window.end))
        before, ahead = (
            rows.received < end,
            rows.received > end,
        )  # what is of this very second will be counted in the next
        inside = before if self._whole else (rows.received >= start) & (before | self._ahead_is_fault)
        causes = np.bincount(rows.cause[inside], minlength=len(LEFT_OUT) + 1).tolist()
        counts = dict(zip(LEFT_OUT, causes[1:], strict=True))
        counted = inside & before & (rows.cause == 0)
        if not self._whole and self._ahead_is_fault:
            late = (rows.resolved > end) & (rows.resolved != NO_MOMENT)
            counts[AHEAD] = int((ahead & (rows.cause == 0)).sum())
            counts[_RESOLVED_AHEAD] = int((before & (rows.cause == 0) & late).sum())
        day = rows.received // DAY
        counts[_DUE_BEFORE] = int((counted & (rows.due // DAY < day)).sum())
        counts[_RESOLVED_BEFORE] = int((counted & (rows.resolved // DAY < day)).sum())
        counts[_NO_AGENCY] = int((counted & (rows.agency == self._agencies.nameless)).sum())
        counts[_NO_FIELD] = int((counted & (rows.field == self._fields.nameless)).sum())
        counts[TWICE] = self._repeated() if self._whole else 0
        return Inventory(int(inside.sum()), {cause: n for cause, n in counts.items() if n}, reader.forms)

    def _repeated(self) -> int:
        """How many rows have the code of another one before them."""
        code, number = DOSSIERS.c.code, func.count()
        repeated = select(number.label("number")).where(code.is_not(None)).group_by(code).having(number > 1).subquery()
        return int(self._connection.execute(select(func.coalesce(func.sum(repeated.c.number - 1), 0))).scalar_one())

    def _name_groups(self) -> None:
        """Give agencies and fields their newest names."""
        table = DOSSIERS.c
        agency, agency_name, field, field_name = (
            self._forms.written(column) for column in (table.agency, table.agency_name, table.field, table.field_name)
        )
        statement = (
            select(agency, func.max(agency_name), field, func.max(field_name))
            .where(self._chosen)
            .group_by(agency, field)
            .order_by(agency, field)
        )
        for agency_key, agency_written, field_key, field_written in self._connection.execute(statement):
            self._agencies.set_name(agency_key, agency_written)
            self._fields.set_name(field_key, field_written)


def _known_names(known: Happened | None) -> tuple[Names, Names]:
    return (known.agencies, known.fields) if known else (Names((), ()), Names((), ()))


def _counted(rows: Rows, end: int) -> Rows:
    """Those that are counted at a moment; what is resolved later is not yet."""
    chosen = (rows.cause == 0) & (rows.received < end)
    columns = {name: getattr(rows, name)[chosen] for name in Rows.__dataclass_fields__}
    columns["resolved"] = np.where(columns["resolved"] < end, columns["resolved"], NO_MOMENT)
    return Rows(**columns)


def _day_of(seconds: Numbers) -> Numbers:
    return np.where(seconds == NO_MOMENT, NEVER, seconds // DAY).astype(np.int32)


def _chosen(window: Window, forms: Forms, *, ahead: bool) -> ColumnElement[bool]:
    """Those of which something happened in the window, or is said to happen later where `ahead` is asked for; each way
    to find them is a range of an index.
    """
    table, first, last = DOSSIERS.c, window.start.date(), window.end.date()
    far = (window.start + FAR_AHEAD).date() if ahead else last
    return or_(
        forms.within(table.received_at, first, far),
        forms.within(table.resolved_at, first, far),
        forms.within(table.due_at, first - timedelta(days=1), last),
    )


def _working_days(received: Numbers, resolved: Numbers) -> Numbers:
    """From one day to another, Saturdays and Sundays left out."""
    days = np.busday_count(received.astype("datetime64[D]"), resolved.astype("datetime64[D]"))
    return np.minimum(days, MAX_WORKING_DAYS).astype(np.int32)
