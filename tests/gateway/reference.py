"""Form II.06a counted dossier by dossier: slow, and obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from plugins.gateway.events import MAX_WORKING_DAYS
from plugins.gateway.form import Question, months
from plugins.portal.dossiers import CHANNELS
from tests.gateway.tables_made import MadeDossier


def expected_rows(
    dossiers: Sequence[MadeDossier], question: Question, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What the gateway has to answer at a moment, names left out."""
    known = [dossier for dossier in dossiers if dossier.received_at is not None and dossier.received_at < now]
    first, last = question.first_day, question.last_day
    rows: dict[str, list[dict[str, Any]]] = {}
    for grouping in question.groupings:
        if grouping == "total":
            rows[grouping] = [_row("total", known, first, last, now)]
        elif grouping == "channel":
            rows[grouping] = [
                _row(channel, [d for d in known if d.channel == channel], first, last, now) for channel in CHANNELS
            ]
        elif grouping == "month":
            rows[grouping] = [
                _row(f"{begin:%Y-%m}", known, begin, end, now) for begin, end in months(first, min(last, now.date()))
            ]
        else:
            keys = sorted({str(getattr(dossier, grouping)) for dossier in known})
            found = [_row(key, [d for d in known if getattr(d, grouping) == key], first, last, now) for key in keys]
            rows[grouping] = [row for row in found if row["received"]["total"]]
    return rows


def _row(key: str, dossiers: Sequence[MadeDossier], first: date, last: date, now: datetime) -> dict[str, Any]:
    reckoned = min(last, now.date())
    new = [d for d in dossiers if first <= _day(d.received_at) <= last]
    carried = [d for d in dossiers if _day(d.received_at) < first and not _done_before(d, first, now)]
    done = [d for d in dossiers if (day := _done(d, now)) is not None and first <= day <= last]
    after = last + timedelta(days=1)
    open_ones = [d for d in dossiers if _day(d.received_at) <= last and not _done_before(d, after, now)]
    late = [d for d in open_ones if d.due_at is not None and d.due_at.date() < reckoned]
    early = [d for d in done if d.due_at is not None and _day(d.resolved_at) < d.due_at.date()]
    overdue = [d for d in done if d.due_at is not None and _day(d.resolved_at) > d.due_at.date()]
    online = sum(d.channel == "online" for d in new)
    row: dict[str, Any] = {
        "key": key,
        "received": {
            "total": len(new) + len(carried),
            "online": online,
            "in_person": len(new) - online,
            "carried_over": len(carried),
        },
        "resolved": {
            "total": len(done),
            "early": len(early),
            "on_time": len(done) - len(early) - len(overdue),
            "overdue": len(overdue),
        },
        "pending": {"total": len(open_ones), "within": len(open_ones) - len(late), "overdue": len(late)},
    }
    if done:
        days = sorted(_working_days(_day(d.received_at), _day(d.resolved_at)) for d in done)
        row["processing_days"] = {"median": days[ceil(len(days) / 2) - 1], "p90": days[ceil(len(days) * 0.9) - 1]}
    return row


def _day(moment: datetime | None) -> date:
    assert moment is not None
    return moment.date()


def _done(dossier: MadeDossier, now: datetime) -> date | None:
    return dossier.resolved_at.date() if dossier.resolved_at is not None and dossier.resolved_at < now else None


def _done_before(dossier: MadeDossier, day: date, now: datetime) -> bool:
    done = _done(dossier, now)
    return done is not None and done < day


def _working_days(first: date, last: date) -> int:
    days = sum((first + timedelta(days=n)).weekday() < 5 for n in range((last - first).days))
    return min(days, MAX_WORKING_DAYS)
