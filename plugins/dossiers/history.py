"""How the totals went: one line an hour, one file a month, added to and never rewritten.

<DOSSIER_STATE_PATH>/history/2019-09.jsonl
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from plugins.portal.dossiers import HISTORY, Count, DossierStatistics, StatisticsModel
from plugins.portal.files import append_line
from plugins.portal.values import VIETNAM

_DAY = len('{"as_of":"2019-09-24')
"""How much of a line says its day in Vietnam."""
_HOUR = len('{"as_of":"2019-09-24T10')


class HistoryPoint(StatisticsModel):
    """The totals at one moment; parts that the backend does not give are None."""

    as_of: AwareDatetime
    first_day: date
    """The first day of the period that is counted; a new year begins at nothing."""
    received: Count
    resolved: Count
    early: Count | None = None
    on_time: Count | None = None
    overdue: Count | None = None
    pending: Count | None = None


def history_point(statistics: DossierStatistics) -> HistoryPoint:
    """What the history keeps of statistics."""
    total = statistics.total
    return HistoryPoint(
        as_of=statistics.as_of.astimezone(VIETNAM),
        first_day=statistics.first_day,
        received=total.received.total,
        resolved=total.resolved.total,
        early=total.resolved.early,
        on_time=total.resolved.on_time,
        overdue=total.resolved.overdue,
        pending=total.pending.total if total.pending else None,
    )


def remember(state: Path, statistics: DossierStatistics) -> None:
    """Add a line, unless there is one of that hour; for whoever holds the lock of the state."""
    point = history_point(statistics)
    line = point.model_dump_json(exclude_none=True).encode()
    path = state / HISTORY / f"{point.as_of:%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not any(known[:_HOUR] == line[:_HOUR] and known.endswith(b"}") for known in _lines(path)):
        append_line(path, line)


def trend(state: Path) -> tuple[HistoryPoint, ...]:
    """Every point of the history, oldest first; lines that cannot be read are left out."""
    return _in_order(_lines(path) for path in _files(state))


def daily_trend(state: Path) -> tuple[HistoryPoint, ...]:
    """The last point of each day in Vietnam, oldest first."""
    return _in_order(_last_of_days(_lines(path)) for path in _files(state))


def _files(state: Path) -> list[Path]:
    return sorted((state / HISTORY).glob("*.jsonl"))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines() if path.is_file() else []


def _last_of_days(lines: list[bytes]) -> Iterator[bytes]:
    """Looked for from the end, so that of a year's 8,760 lines 365 are parsed."""
    day = b""
    for line in reversed(lines):
        if line[:_DAY] != day and _point(line):
            day = line[:_DAY]
            yield line


def _in_order(files: Iterable[Iterable[bytes]]) -> tuple[HistoryPoint, ...]:
    points = {point.as_of: point for lines in files for line in lines if (point := _point(line))}
    return tuple(points[moment] for moment in sorted(points))


def _point(line: bytes) -> HistoryPoint | None:
    try:
        return HistoryPoint.model_validate_json(line)
    except ValidationError:
        return None  # cut short by a kill
