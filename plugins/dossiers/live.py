"""The figures where browsers find them: `live/dossiers.json`, rewritten without a build.

Citizens' browsers ask this file, never the backend.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.dossiers.refresh import RefreshReport, is_stale
from plugins.dossiers.sources import source_name
from plugins.portal import addresses
from plugins.portal.dossiers import DossierCounts, Snapshot
from plugins.portal.files import replace_durably
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.portal.values import compact_json

ADDRESS = addresses.LIVE_FIGURES


def seconds_between(*, preview: bool) -> int:
    """How often a page that is open looks for newer figures; on a desk somebody is waiting to see them change."""
    return 5 if preview else 60


class LiveFileError(PortalError):
    """The file for browsers cannot be written."""


def write_live(snapshot: Snapshot | None, report: RefreshReport, folder: Path, language: str = "vi") -> Path:
    """Write the file below a portal's output; whoever reads it sees the old or the new one, whole.

    Where nothing is known, figures that already stand there stay: they say themselves how old they are.
    Raises `LiveFileError` where there is no such output: made here, it would be in the way of the next build.
    """
    path = folder / ADDRESS
    if not folder.is_dir():
        raise LiveFileError(
            text("{folder}: there is no portal; build it first, or name another folder with --output", folder=folder)
        )
    try:
        if snapshot is None and path.is_file():
            return path
        if not path.parent.is_dir():
            path.parent.mkdir()
            path.parent.chmod(0o755)  # the web server is another user
        replace_durably(path, live_bytes(snapshot, report, language), 0o644)
    except OSError as error:
        raise LiveFileError(
            text("{path}: cannot be written: {reason}; check its rights and the disk", path=path, reason=reason(error))
        ) from error
    return path


def built_bytes(snapshot: Snapshot | None, stale_after: float, language: str = "vi") -> bytes:
    """What a portal begins with: as if the backend had not been asked again since."""
    fetched_at = snapshot.fetched_at if snapshot else None
    return _written(live_content(snapshot, fetched_at, stale_after, language=language))


def live_bytes(snapshot: Snapshot | None, report: RefreshReport, language: str = "vi") -> bytes:
    """What a portal shows after a refresh."""
    return _written(live_content(snapshot, report.checked_at, report.stale_after, report.reason, language=language))


def _written(content: dict[str, Any]) -> bytes:
    """The same figures give the same bytes."""
    return compact_json(content, sort_keys=True).encode() + b"\n"


def live_content(
    snapshot: Snapshot | None,
    checked_at: datetime | None,
    stale_after: float,
    reason: str | None = None,
    *,
    language: str,
) -> dict[str, Any]:
    """What a page needs to renew its figures and their age; `reason` is why there are no newer ones."""
    statistics = snapshot.statistics if snapshot else None
    content: dict[str, Any] = {
        "version": 1,
        "as_of": statistics.as_of.isoformat() if statistics else None,
        "fetched_at": snapshot.fetched_at.isoformat() if snapshot else None,
        "checked_at": checked_at.isoformat() if checked_at else None,
        "stale_after_hours": stale_after,
        "stale": is_stale(snapshot, checked_at, stale_after),
        "first_day": statistics.first_day.isoformat() if statistics else None,
        "last_day": statistics.last_day.isoformat() if statistics else None,
        "source": source_name(snapshot, language) if snapshot else None,
        "rows": {},
    }
    if statistics:
        content["rows"] = {
            "total": _row(statistics.total),
            "agency": {row.key: _row(row.counts) for row in statistics.agencies},
        }
    if reason:
        content["reason"] = reason
    return content


def _row(counts: DossierCounts) -> dict[str, Any]:
    return counts.model_dump(mode="json") | {
        "rates": {
            "on_time_of_resolved": _rounded(counts.on_time_of_resolved),
            "resolved_of_received": _rounded(counts.resolved_of_received),
        },
        "doubts": [doubt.model_dump() for doubt in counts.doubts()],
    }


def _rounded(rate: float | None) -> float | None:
    """To the hundredth of a percent's hundredth: more digits are noise."""
    return None if rate is None else round(rate, 6)
