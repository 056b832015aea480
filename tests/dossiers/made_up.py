"""Made-up figures, and a state folder that keeps them as a refresh would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from plugins.dossiers.live import write_live
from plugins.dossiers.refresh import RefreshReport
from plugins.dossiers.snapshots import LastGood, SnapshotStore
from plugins.portal.dossiers import (
    DossierCounts,
    DossierStatistics,
    Pending,
    ProcessingTime,
    Received,
    Resolved,
    Snapshot,
    StatisticsRow,
)
from plugins.portal.values import VIETNAM

AS_OF = datetime(2019, 9, 24, 10, 15, tzinfo=VIETNAM)


def counts(received: int = 100, resolved: int = 80, overdue: int = 4) -> DossierCounts:
    """Figures that add up: a tenth carried over, half of the others online, three quarters of the resolved early."""
    carried, pending = received // 10, received - resolved
    online = (received - carried) // 2
    early = resolved * 3 // 4
    return DossierCounts(
        received=Received(total=received, online=online, in_person=received - carried - online, carried_over=carried),
        resolved=Resolved(total=resolved, early=early, on_time=resolved - early - overdue, overdue=overdue),
        pending=Pending(total=pending, within=pending - pending // 5, overdue=pending // 5),
        processing_days=ProcessingTime(median=2.5, p90=11),
    )


def totals_only(received: int, resolved: int) -> DossierCounts:
    """As a source that does not part its figures."""
    return DossierCounts(received=Received(total=received), resolved=Resolved(total=resolved))


def row(key: str, figures: DossierCounts | None = None, name: str = "") -> StatisticsRow:
    return StatisticsRow(key=key, name=name, counts=figures or counts())


def statistics(
    *agencies: StatisticsRow,
    total: DossierCounts | None = None,
    as_of: datetime = AS_OF,
    fields: Sequence[StatisticsRow] = (),
    channels: Sequence[StatisticsRow] = (),
    months: Sequence[StatisticsRow] = (),
) -> DossierStatistics:
    return DossierStatistics(
        as_of=as_of,
        first_day=date(as_of.year, 1, 1),
        last_day=as_of.date(),
        total=total or counts(),
        agencies=agencies,
        fields=tuple(fields),
        channels=tuple(channels),
        months=tuple(months),
    )


def snapshot(figures: DossierStatistics) -> Snapshot:
    """Fetched a minute after its moment."""
    fetched_at = figures.as_of + timedelta(minutes=1)
    return Snapshot(statistics=figures, fetched_at=fetched_at, source="https://motcua.example.vn/api")


def keep(state: Path, figures: DossierStatistics) -> Snapshot:
    """Make these the last good figures of a state folder."""
    state.mkdir(parents=True, exist_ok=True)
    kept = snapshot(figures)
    SnapshotStore(state).keep(LastGood(snapshot=kept, mapping="made up"))
    return kept


def publish(output: Path, figures: DossierStatistics, stale_after: float = 24) -> None:
    """Write the file for browsers, as a refresh two minutes after the moment of the figures."""
    known = snapshot(figures)
    now = figures.as_of + timedelta(minutes=2)
    write_live(known, RefreshReport("fetched", now, stale_after, known), output)
