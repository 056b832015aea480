"""What the tables say happened, read as events by day: received, resolved, become overdue.

Rows that cannot be (an unknown channel, no code, a year beyond all sense) are left out; a result before the
beginning has not come, and a day to be done by before the beginning is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, and_, case, false, func, literal, or_, select
from sqlalchemy.exc import SQLAlchemyError

from plugins.gateway.log import server_log
from plugins.gateway.tables import DOSSIERS, SQLITE, Unavailable

Numbers = NDArray[np.integer[Any]]
CHANNELS = ("online", "in_person", "post")
EARLY, ON_TIME, OVERDUE = range(3)
FIRST_MOMENT = datetime(2000, 1, 1)
MAX_WORKING_DAYS = 520
"""Two years: what took longer counts as that, which no median shows unless half of all did."""
BLOCK = 10_000
"""Rows read at a time: other threads answer in between."""
NEVER = np.iinfo(np.int32).max
"""The day of what has not happened."""
_EPOCH = date(1970, 1, 1).toordinal()
LOG = server_log(__name__)


@dataclass(frozen=True)
class Window:
    """Events from one moment, a midnight, up to before another; as the tables have them."""

    start: datetime
    end: datetime

    @property
    def days(self) -> tuple[int, int]:
        """Its first day and its last."""
        return day_number(self.start.date()), day_number((self.end - timedelta.resolution).date())


@dataclass(frozen=True)
class Names:
    """The agencies, or the fields, as positions in order of their keys."""

    keys: tuple[str, ...]
    names: tuple[str, ...]

    def positions(self) -> dict[str, int]:
        return {key: position for position, key in enumerate(self.keys)}

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


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def read_events(engine: Engine, window: Window, known: Happened | None = None) -> Happened:
    """What happened in a window. Agencies and fields keep the positions that they have in what is `known`.

    Raises `Unavailable`.
    """
    try:
        with engine.connect() as connection:
            if connection.dialect.name == SQLITE:
                connection.exec_driver_sql("BEGIN")  # all statements see the same moment
            return _Reading(connection, window, known).happened()
    except (SQLAlchemyError, ValueError) as error:
        raise Unavailable("the dossiers cannot be read") from error


class _Reading:
    """One transaction."""

    def __init__(self, connection: Connection, window: Window, known: Happened | None) -> None:
        self._connection = connection
        self._window = window
        self._chosen = _chosen(window) if known else _until(window)
        self._agencies, self._fields = self._names(known)
        if known is None:
            self._tell_of_left_out()

    def happened(self) -> Happened:
        received, due, resolved, agency, field, channel = self._columns()
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
            return Events(*(column[order] for column in (day, kind, agency, field, channel))), order

        resolved_events, dossiers = events(resolved, outcome)
        return Happened(
            window=self._window,
            agencies=self._agencies,
            fields=self._fields,
            received=events(received, channel)[0],
            resolved=resolved_events,
            working_days=_working_days(received[dossiers], resolved_events.day),
            become_overdue=events(late, np.zeros_like(late))[0],
        )

    def _columns(self) -> list[Numbers]:
        """Of each dossier the days on which it was received, was due and was resolved, agency, field, channel."""
        table, end = DOSSIERS.c, self._window.end
        statement = select(
            _day(table.received_at),
            _day(table.due_at),
            _day(case((table.resolved_at < end, table.resolved_at))),
            func.coalesce(table.agency, ""),
            func.coalesce(table.field, ""),
            table.channel,
        ).where(self._chosen)
        agencies, fields = self._agencies.positions(), self._fields.positions()
        channels = {channel: position for position, channel in enumerate(CHANNELS)}
        result = self._connection.execution_options(yield_per=BLOCK).execute(statement)
        blocks = [
            [
                *map(_days, (received, due, resolved)),
                *(_positions(*pair) for pair in ((agency, agencies), (field, fields), (channel, channels))),
            ]
            for received, due, resolved, agency, field, channel in (
                zip(*rows, strict=True) for rows in result.partitions()
            )
        ]
        if not blocks:
            return [np.zeros(0, np.int32) for _ in range(6)]
        return [np.concatenate(columns) for columns in zip(*blocks, strict=True)]

    def _names(self, known: Happened | None) -> tuple[Names, Names]:
        """Of agencies and fields; those that are known first, with their newest names."""
        table = DOSSIERS.c
        agency, field = func.coalesce(table.agency, ""), func.coalesce(table.field, "")
        statement = (
            select(agency, func.max(table.agency_name), field, func.max(table.field_name))
            .where(self._chosen)
            .group_by(agency, field)
            .order_by(agency, field)
        )
        agencies, fields = (_named(names) for names in ((known.agencies, known.fields) if known else (None, None)))
        for agency_key, agency_name, field_key, field_name in self._connection.execute(statement):
            agencies[agency_key] = agency_name or agencies.get(agency_key, "")
            fields[field_key] = field_name or fields.get(field_key, "")
        return Names(tuple(agencies), tuple(agencies.values())), Names(tuple(fields), tuple(fields.values()))

    def _tell_of_left_out(self) -> None:
        doubtful = func.coalesce(_believable(), false()).is_(false())
        number = self._connection.execute(select(func.count()).select_from(DOSSIERS).where(doubtful)).scalar_one()
        if number:
            LOG.warning("%d dossiers are left out: no code, an unknown channel or a year before 2000", number)


def _named(names: Names | None) -> dict[str, str]:
    return dict(zip(names.keys, names.names, strict=True)) if names else {}


def _until(window: Window) -> ColumnElement[bool]:
    """All that were received before the end."""
    return and_(_believable(), _received() < window.end)


def _chosen(window: Window) -> ColumnElement[bool]:
    """Those of which something happened in the window; each way to find them is a range of an index."""
    table = DOSSIERS.c
    due_then = window.start - timedelta(days=1), datetime.combine(window.end.date(), time())
    return and_(
        _until(window),
        or_(
            and_(table.received_at >= window.start, table.received_at < window.end),
            and_(table.resolved_at >= window.start, table.resolved_at < window.end),
            and_(table.due_at >= due_then[0], table.due_at < due_then[1]),
        ),
    )


def _believable() -> ColumnElement[bool]:
    table = DOSSIERS.c
    return and_(_received() >= FIRST_MOMENT, table.channel.in_(CHANNELS), table.code.is_not(None))


def _received() -> ColumnElement[Any]:
    """Not the bare column: an index on it would be taken, where others choose fewer rows."""
    return func.coalesce(DOSSIERS.c.received_at, literal(FIRST_MOMENT - timedelta(days=1), DOSSIERS.c.received_at.type))


def _day(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """Text in SQLite, a date in PostgreSQL."""
    return func.date(moment)


def _days(column: Sequence[Any]) -> Numbers:
    days = np.array(column, "datetime64[D]")
    return np.where(np.isnat(days), NEVER, days.astype(np.int64)).astype(np.int32)


def _positions(column: Sequence[str], positions: dict[str, int]) -> Numbers:
    return np.fromiter(map(positions.__getitem__, column), np.int32, len(column))


def _working_days(received: Numbers, resolved: Numbers) -> Numbers:
    """From one day to another, Saturdays and Sundays left out."""
    days = np.busday_count(received.astype("datetime64[D]"), resolved.astype("datetime64[D]"))
    return np.minimum(days, MAX_WORKING_DAYS).astype(np.int32)
