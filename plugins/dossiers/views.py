"""Statistics as their pages see them: every figure written out, every doubt beside its figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Literal

from plugins.dossiers.charts import MonthChart, MonthCounts, StackedBar
from plugins.dossiers.figures import COLUMNS, IDENTITIES, Column, count_text, days_text, percent_text
from plugins.dossiers.history import HistoryPoint
from plugins.dossiers.period import Month
from plugins.dossiers.sources import source_name
from plugins.portal import addresses
from plugins.portal.dossier_figures import PublishedPeriod
from plugins.portal.dossiers import DossierCounts, DossierStatistics, Received, Resolved, Snapshot, StatisticsRow
from plugins.portal.manifest import AgencyCard
from plugins.portal.values import VIETNAM

TableKind = Literal["agency", "field", "channel", "month"]
TOTAL = "total"


@dataclass(frozen=True)
class Cell:
    """A count of the form, with the doubts about it."""

    column: Column
    text: str
    notes: tuple[int, ...] = ()
    """Numbers of footnotes."""


@dataclass(frozen=True)
class Note:
    """A footnote: what the source states, and what the parts come to."""

    number: int
    key: str
    name: str
    column: int
    parts: str
    """Such as `8 + 9 + 10`."""
    stated: str
    computed: str
    month: Month | None = None
    """Where it is about a month."""


@dataclass(frozen=True)
class Row:
    """One line of the form with the rates that are computed of it."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    on_time_of_resolved: str
    resolved_of_received: str
    median: str
    p90: str
    has_days: bool
    bar: StackedBar | None
    url: str | None = None
    """Of the agency's own statistics."""
    month: Month | None = None
    """Where the line is a month's."""

    def __getitem__(self, path: str) -> str:
        """The count of a column as it is written: `row['received.total']`."""
        return next(cell.text for cell in self.cells if cell.column.path == path)


@dataclass(frozen=True)
class Table:
    """Lines of one kind with their footnotes."""

    kind: TableKind
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    total: Row | None = None
    """What the source says of all."""
    added: tuple[Cell, ...] = ()
    """What the rows come to, where that is not what the source says."""

    @property
    def has_days(self) -> bool:
        return any(row.has_days for row in self.rows)


@dataclass(frozen=True)
class StatisticsView:
    """The last good figures."""

    as_of: datetime
    """In Vietnam, as all moments here."""
    fetched_at: datetime
    source: str
    """What the source is called."""
    first_day: date
    last_day: date
    total: Row
    agencies: Table
    fields: Table
    channels: Table
    months: Table
    months_derived: bool
    """Whether the months are differences of what was fetched, for want of the backend's own."""
    trend: MonthChart | None
    silent: tuple[AgencyCard, ...]
    """Agencies of which the source says nothing."""


@dataclass(frozen=True)
class PeriodView:
    """An earlier period as it was published, with our own rates beside it."""

    period: PublishedPeriod
    received: str
    resolved: str
    early: str
    on_time: str
    before_deadline: str
    parted: bool
    """Whether early and on time are known each by itself."""
    on_time_of_resolved: str
    formula: str
    """Of the rate in figures: `(45.249 + 11.391) / 60.903`; empty where there is none."""
    resolved_of_received: str
    quoted_rate: str | None
    bar: StackedBar | None


@dataclass(frozen=True)
class Names:
    """What our own records call those that a backend has figures of."""

    agencies: tuple[AgencyCard, ...]
    """In the order of protocol."""
    fields: Mapping[str, str]


def statistics_view(
    snapshot: Snapshot, history: Sequence[HistoryPoint], names: Names, language: str = "vi"
) -> StatisticsView:
    """The view of a snapshot; `history` serves where the backend gives no months."""
    statistics = snapshot.statistics
    derived = () if statistics.months else tuple(months_of_history(history))
    months = sorted(statistics.months or derived, key=lambda row: row.key)
    told = {row.key for row in statistics.agencies}
    return StatisticsView(
        as_of=statistics.as_of.astimezone(VIETNAM),
        fetched_at=snapshot.fetched_at.astimezone(VIETNAM),
        source=source_name(snapshot, language),
        first_day=statistics.first_day,
        last_day=statistics.last_day,
        total=_row(TOTAL, "", statistics.total, (), language),
        agencies=_agency_table(statistics.agencies, statistics.total, names.agencies, language),
        fields=_table("field", statistics.fields, names.fields, language),
        channels=_table("channel", statistics.channels, {}, language),
        months=_table("month", months, {}, language),
        months_derived=bool(derived),
        trend=MonthChart.of([_month_counts(row) for row in months]),
        silent=tuple(card for card in names.agencies if card.slug not in told),
    )


def agency_table(statistics: DossierStatistics, card: AgencyCard, language: str = "vi") -> Table | None:
    """One agency's line with its own footnotes; None where the source says nothing of it."""
    rows = [row for row in statistics.agencies if row.key == card.slug]
    return _table("agency", rows, {card.slug: card.name}, language) if rows else None


def period_views(periods: Iterable[PublishedPeriod], language: str = "vi") -> tuple[PeriodView, ...]:
    """The newest first; of one day, in the order in which they are written."""
    newest_first = sorted(periods, key=lambda period: period.last_day, reverse=True)
    return tuple(_period(period, language) for period in newest_first)


def months_of_history(points: Sequence[HistoryPoint]) -> Iterable[StatisticsRow]:
    """What came in and was done in each month: the difference of the last points of two months in a row.

    The first month of a history is left out, for it may have begun in the middle, and so is one in which the source
    took figures back.
    """
    last = {(point.first_day, f"{point.as_of.astimezone(VIETNAM):%Y-%m}"): point for point in points}
    for (before_key, before), (key, point) in pairwise(sorted(last.items())):
        received, resolved = point.received - before.received, point.resolved - before.resolved
        follows = Month.of(before_key[1]).next.key == key[1]
        if before_key[0] == key[0] and follows and received >= 0 and resolved >= 0:
            counts = DossierCounts(received=Received(total=received), resolved=_resolved_between(before, point))
            yield StatisticsRow(key=key[1], counts=counts)


def _resolved_between(before: HistoryPoint, after: HistoryPoint) -> Resolved:
    def grown(part: Literal["early", "on_time", "overdue"]) -> int | None:
        first, last = getattr(before, part), getattr(after, part)
        return None if first is None or last is None or last < first else last - first

    return Resolved(
        total=after.resolved - before.resolved,
        early=grown("early"),
        on_time=grown("on_time"),
        overdue=grown("overdue"),
    )


def _agency_table(
    rows: Sequence[StatisticsRow], total: DossierCounts, agencies: Sequence[AgencyCard], language: str
) -> Table:
    order = {card.slug: position for position, card in enumerate(agencies)}
    inside = sorted(rows, key=lambda row: (order.get(row.key, len(order)), row.key))
    of_all = [StatisticsRow(key=TOTAL, counts=total)] if rows else []
    names = {card.slug: card.name for card in agencies}
    table = _table("agency", [*inside, *of_all], names, language)
    if not rows:
        return table
    added = _added([row.counts for row in rows], total, language)
    return Table("agency", table.rows[:-1], table.notes, table.rows[-1], added)


def _table(kind: TableKind, rows: Iterable[StatisticsRow], names: Mapping[str, str], language: str) -> Table:
    made: list[Row] = []
    notes: list[Note] = []
    for row in rows:
        name = names.get(row.key) or row.name
        month = Month.of(row.key) if kind == "month" else None
        own = tuple(_notes(row, name, month, len(notes), language))
        url = addresses.statistics_of(row.key) if kind == "agency" and row.key in names else None
        made.append(replace(_row(row.key, name, row.counts, own, language), url=url, month=month))
        notes += own
    return Table(kind, tuple(made), tuple(notes))


def _notes(row: StatisticsRow, name: str, month: Month | None, before: int, language: str) -> Iterable[Note]:
    for number, doubt in enumerate(row.counts.doubts(), before + 1):
        identity = IDENTITIES[doubt.identity]
        yield Note(
            number=number,
            key=row.key,
            name=name,
            column=identity.column,
            parts=identity.parts_text,
            stated=count_text(doubt.stated, language),
            computed=count_text(doubt.computed, language),
            month=month,
        )


def _row(key: str, name: str, counts: DossierCounts, notes: Sequence[Note], language: str) -> Row:
    days = counts.processing_days
    return Row(
        key=key,
        name=name,
        cells=tuple(
            Cell(
                column,
                count_text(column.count(counts), language),
                tuple(note.number for note in notes if note.column == column.number),
            )
            for column in COLUMNS
        ),
        on_time_of_resolved=percent_text(counts.on_time_of_resolved, language),
        resolved_of_received=percent_text(counts.resolved_of_received, language),
        median=days_text(days.median if days else None, language),
        p90=days_text(days.p90 if days else None, language),
        has_days=days is not None,
        bar=StackedBar.of(counts.resolved),
    )


def _added(rows: Sequence[DossierCounts], total: DossierCounts, language: str) -> tuple[Cell, ...]:
    """The sums of the rows, where one of them is not what the source states of all; a part unknown makes none."""
    sums = {column: _sum([column.count(counts) for counts in rows]) for column in COLUMNS}
    stated = {column: column.count(total) for column in COLUMNS}
    known = [column for column in COLUMNS if sums[column] is not None and stated[column] is not None]
    if all(sums[column] == stated[column] for column in known):
        return ()
    return tuple(Cell(column, count_text(sums[column], language)) for column in COLUMNS)


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _month_counts(row: StatisticsRow) -> MonthCounts:
    received = row.counts.received
    new = _sum([received.online, received.in_person])
    return MonthCounts(Month.of(row.key), received.total if new is None else new, row.counts.resolved.total)


def _period(period: PublishedPeriod, language: str) -> PeriodView:
    resolved = Resolved(total=period.resolved, early=period.early, on_time=period.on_time)
    return PeriodView(
        period=period,
        received=count_text(period.received, language),
        resolved=count_text(period.resolved, language),
        early=count_text(period.early, language),
        on_time=count_text(period.on_time, language),
        before_deadline=count_text(period.resolved_before_deadline, language),
        parted=_parted(period),
        on_time_of_resolved=percent_text(period.on_time_of_resolved, language),
        formula=_formula(period, language),
        resolved_of_received=percent_text(period.resolved_of_received, language),
        quoted_rate=None if period.quoted_rate is None else percent_text(period.quoted_rate / 100, language),
        bar=StackedBar.of(resolved),
    )


def _formula(period: PublishedPeriod, language: str) -> str:
    if period.on_time_of_resolved is None:
        return ""
    count = partial(count_text, language=language)
    if _parted(period):
        return f"({count(period.early)} + {count(period.on_time)}) / {count(period.resolved)}"
    return f"{count(period.before_deadline)} / {count(period.resolved)}"


def _parted(period: PublishedPeriod) -> bool:
    return period.before_deadline is None
