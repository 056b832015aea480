"""The figures for spreadsheets and programs: all that the page shows, with what is doubtful about it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from plugins.dossiers.figures import COLUMNS, IDENTITIES
from plugins.dossiers.sources import source_name
from plugins.portal import addresses
from plugins.portal.answers import Answer, AnswerModel
from plugins.portal.dossier_figures import PublishedPeriod
from plugins.portal.dossiers import DossierCounts, DossierStatistics, Snapshot, StatisticsRow
from plugins.portal.values import compact_json, spreadsheet_cell
from plugins.portal.vocabulary import Term

TABLE = addresses.FIGURES_TABLE
DOCUMENT = addresses.FIGURES_DOCUMENT

STATISTICS = "statistics"
"""The name of the list of the API."""

_COUNTS = tuple(column.path.replace(".", "_") for column in COLUMNS)
_NAMES = (
    "grouping", "key", "name", "first_day", "last_day", "as_of", *_COUNTS, "processing_days_median",
    "processing_days_p90", "on_time_of_resolved", "resolved_of_received", "doubts", "approximate", "quoted_rate",
    "source",
)  # fmt: skip


class StatisticsItem(AnswerModel):
    """A row of the figures; null is what nobody says."""

    id: str
    """The grouping and the key."""
    grouping: Literal["total", "agency", "field", "channel", "month", "published"]
    """By what it is counted; `published` is a period of which figures were once published."""
    key: str
    """Such as an agency's slug; empty for the total."""
    name: str | None
    first_day: str | None
    last_day: str | None
    as_of: str | None
    """The moment that the figures are of."""
    received_total: int | None
    received_online: int | None
    received_in_person: int | None
    received_carried_over: int | None
    resolved_total: int | None
    resolved_early: int | None
    resolved_on_time: int | None
    resolved_overdue: int | None
    pending_total: int | None
    pending_within: int | None
    pending_overdue: int | None
    processing_days_median: float | None
    processing_days_p90: float | None
    on_time_of_resolved: float | None
    """Resolved early or on time, of all resolved; from 0 to 1."""
    resolved_of_received: float | None
    """From 0 to 1."""
    doubts: str | None
    """Sums that do not add up: the form's columns, what was stated and what comes out."""
    approximate: bool
    """Whether the source rounds."""
    quoted_rate: float | None
    """The rate as it was published, in percent."""
    source: str | None
    modified: str | None
    """The moment or the day that the figures are of."""


ANSWERS = (
    Answer.of_list(
        STATISTICS,
        Term("Số liệu hồ sơ", "Figures of dossiers"),
        Term(
            "Tình hình giải quyết hồ sơ khi cổng được dựng, theo cơ quan, lĩnh vực, cách nộp, tháng; số mới nhất ở "
            "/live/dossiers.json.",
            "How dossiers were handled when the portal was built, by agency, field, channel and month; the newest are "
            "in /live/dossiers.json.",
        ),
        StatisticsItem,
    ),
)


def table_text(snapshot: Snapshot | None, periods: Iterable[PublishedPeriod], language: str = "vi") -> str:
    """CSV (RFC 4180) with a byte-order mark, by which spreadsheets know that it is UTF-8."""
    written = io.StringIO()
    writer = csv.DictWriter(written, _NAMES, restval="", lineterminator="\r\n")
    writer.writeheader()
    for record in (*_fetched(snapshot, language), *map(_published, periods)):
        writer.writerow({name: spreadsheet_cell(value) for name, value in record.items()})
    return "\ufeff" + written.getvalue()


def document_text(snapshot: Snapshot | None, periods: Sequence[PublishedPeriod], language: str = "vi") -> str:
    """JSON in one line with its keys sorted: the same figures, the same bytes."""
    statistics = snapshot.statistics if snapshot else None
    content = {
        "as_of": statistics.as_of.isoformat() if statistics else None,
        "fetched_at": snapshot.fetched_at.isoformat() if snapshot else None,
        "source": source_name(snapshot, language) if snapshot else None,
        "first_day": statistics.first_day.isoformat() if statistics else None,
        "last_day": statistics.last_day.isoformat() if statistics else None,
        "rows": _by_grouping(statistics) if statistics else {},
        "published_periods": [
            period.model_dump(mode="json")
            | {
                "on_time_of_resolved": period.on_time_of_resolved,
                "resolved_of_received": period.resolved_of_received,
                "quoted_rate_matches": period.quoted_rate_matches,
            }
            for period in periods
        ],
    }
    return compact_json(content, sort_keys=True) + "\n"


def statistics_items(
    snapshot: Snapshot | None, periods: Iterable[PublishedPeriod], language: str = "vi"
) -> list[dict[str, Any]]:
    """The same rows for lists of the API: counts and rates as numbers, null what is not known."""
    records = [*_fetched(snapshot, language), *map(_published, periods)]
    return [_item(record) for record in records]


def _item(record: Mapping[str, object]) -> dict[str, Any]:
    values = {name: _value(name, record.get(name)) for name in _NAMES}
    values["key"] = str(values["key"] or "")
    moment = values["as_of"] or values["last_day"]
    return {"id": "/".join(filter(None, (str(values["grouping"]), str(values["key"])))), **values, "modified": moment}


def _value(name: str, value: object) -> object:
    if name == "approximate":
        return bool(value)
    if value == "" or value is None:
        return None
    if name in _RATES:
        return float(str(value))
    return value.isoformat() if isinstance(value, date) else value


_RATES = frozenset(("on_time_of_resolved", "resolved_of_received"))


def _groupings(statistics: DossierStatistics) -> dict[str, tuple[StatisticsRow, ...]]:
    return {
        "total": (StatisticsRow(key="total", counts=statistics.total),),
        "agency": statistics.agencies,
        "field": statistics.fields,
        "channel": statistics.channels,
        "month": statistics.months,
    }


def _by_grouping(statistics: DossierStatistics) -> dict[str, list[dict[str, Any]]]:
    return {
        grouping: [
            {"key": row.key, "name": row.name}
            | row.counts.model_dump(mode="json")
            | {
                "on_time_of_resolved": row.counts.on_time_of_resolved,
                "resolved_of_received": row.counts.resolved_of_received,
                "doubts": [doubt.model_dump() for doubt in row.counts.doubts()],
            }
            for row in rows
        ]
        for grouping, rows in _groupings(statistics).items()
    }


def _fetched(snapshot: Snapshot | None, language: str) -> Iterator[dict[str, object]]:
    if snapshot is None:
        return
    statistics = snapshot.statistics
    common = {
        "first_day": statistics.first_day,
        "last_day": statistics.last_day,
        "as_of": statistics.as_of.isoformat(),
        "source": source_name(snapshot, language),
    }
    for grouping, rows in _groupings(statistics).items():
        for row in rows:
            yield common | {"grouping": grouping, "key": row.key, "name": row.name} | _counts(row.counts)


def _counts(counts: DossierCounts) -> dict[str, object]:
    days = counts.processing_days
    return dict(zip(_COUNTS, (column.count(counts) for column in COLUMNS), strict=True)) | {
        "processing_days_median": days.median if days else None,
        "processing_days_p90": days.p90 if days else None,
        "on_time_of_resolved": _rate(counts.on_time_of_resolved),
        "resolved_of_received": _rate(counts.resolved_of_received),
        "doubts": "; ".join(
            f"{IDENTITIES[doubt.identity].formula}: {doubt.stated} / {doubt.computed}" for doubt in counts.doubts()
        ),
    }


def _published(period: PublishedPeriod) -> dict[str, object]:
    return {
        "grouping": "published",
        "key": period.last_day,
        "name": period.label,
        "first_day": period.first_day,
        "last_day": period.last_day,
        "received_total": period.received,
        "resolved_total": period.resolved,
        "resolved_early": period.early,
        "resolved_on_time": period.on_time,
        "on_time_of_resolved": _rate(period.on_time_of_resolved),
        "resolved_of_received": _rate(period.resolved_of_received),
        "approximate": "1" if period.approximate else "",
        "quoted_rate": period.quoted_rate,
        "source": period.source,
    }


def _rate(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.6f}"
