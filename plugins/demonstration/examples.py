"""Dossiers worth a look: one of each kind that a citizen can meet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins.demonstration.script import REFUSED, RETURNED

_KINDS = (
    "processing < :now AND resolved_at > :text AND supplement IS NULL AND fee IS NULL AND told",
    "supplement < :now AND resumed > :now",
    "fee < :now AND resolved_at > :text AND told",
    "sent < :now AND returned > :now",
    "due_at < :text AND resolved_at > :text",
    f"ending = {REFUSED} AND resolved_at < :text",
)
"""In process, papers lack, a fee is due, the result is on its way, overdue, refused."""
_LATELY = timedelta(days=60)


def example(path: Path) -> str:
    """The code of a dossier that the file has at any moment and in whose life nothing more will happen."""
    oldest = f"SELECT code FROM lives WHERE ending = {RETURNED} ORDER BY received_at, code LIMIT 1"  # noqa: S608
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        [code] = connection.execute(oldest).fetchone()
    return str(code)


def examples(path: Path, moment: datetime) -> list[str]:
    """Codes of dossiers in the file, whatever kinds there are at a moment of Vietnam's clock, without a zone."""
    asked = {
        "now": int(moment.replace(tzinfo=UTC).timestamp()),  # the file's seconds are those of Vietnam's clock
        "text": f"{moment:%Y-%m-%d %H:%M:%S}",
        "lately": f"{moment - _LATELY:%Y-%m-%d %H:%M:%S}",
    }
    recent = "SELECT code FROM lives WHERE received_at > :lately AND received_at < :text"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = [
            connection.execute(f"{recent} AND {kind} ORDER BY received_at DESC LIMIT 1", asked).fetchone()
            for kind in _KINDS
        ]
    return list(dict.fromkeys(code for (code,) in filter(None, rows)))
