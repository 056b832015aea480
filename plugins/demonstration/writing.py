"""The SQLite file: one row for each life, and the four views that the gateway reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from plugins.demonstration.calendar import CLOCK_DAY, Numbers, texts
from plugins.demonstration.offered import Offered
from plugins.demonstration.script import (
    ACCEPTED,
    DONE,
    FEE,
    NEVER,
    PROCESSING,
    REGISTERED,
    RETURNED,
    SUPPLEMENT,
    Lives,
)
from plugins.gateway.tables import MADE_UP_AHEAD
from plugins.portal.dossiers import CHANNELS

BLOCK = 20_000
"""Rows that are made at a time."""
_STEPS = (
    ("received_at", REGISTERED), ("accepted", ACCEPTED), ("processing", PROCESSING), ("supplement", SUPPLEMENT),
    ("resumed", PROCESSING), ("fee", FEE), ("resolved_at", f"CASE ending WHEN {RETURNED} THEN {DONE} ELSE ending END"),
    ("returned", RETURNED),
)  # fmt: skip
_NOTICES = (("accepted", "received"), ("supplement", "supplement"), ("fee", "fee"), ("resolved_at", "result"))
_POST = (
    ("sent", "sent", "Bưu cục đã nhận gửi"),
    ("sent", "(sent + 2 * returned) / 3", "Đang phát"),
    ("sent", "returned", "Đã phát"),
)
_TABLES = """
CREATE TABLE offered (
    id INTEGER PRIMARY KEY, procedure TEXT, procedure_name TEXT, agency TEXT, agency_name TEXT,
    field TEXT, field_name TEXT
);
CREATE TABLE lives (
    code TEXT NOT NULL, offered INTEGER NOT NULL, channel TEXT NOT NULL, ending INTEGER NOT NULL,
    received_at TEXT NOT NULL, due_at TEXT NOT NULL, resolved_at TEXT NOT NULL,
    accepted INTEGER, processing INTEGER, supplement INTEGER, resumed INTEGER, fee INTEGER, sent INTEGER,
    returned INTEGER, told INTEGER NOT NULL
);
"""
_DOSSIERS = """
CREATE VIEW dossiers AS
SELECT code, procedure, procedure_name, agency, agency_name, field, field_name, channel, ending AS status,
       received_at, due_at, resolved_at
FROM lives JOIN offered ON offered.id = lives.offered;
"""
_INDEXES = """
CREATE UNIQUE INDEX lives_code ON lives (code);
CREATE INDEX lives_received ON lives (received_at);
CREATE INDEX lives_due ON lives (due_at);
CREATE INDEX lives_resolved ON lives (resolved_at);
"""


def write_file(path: Path, lives: Lives, offered: Sequence[Offered]) -> None:
    """Write it aside and put it in place in one step."""
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # what is left behind by a failure is thrown away
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA application_id = {MADE_UP_AHEAD}")  # the coming months are in it
        connection.executescript(_TABLES + _DOSSIERS + "".join(_views()))
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO offered VALUES (?, ?, ?, ?, ?, ?, ?)", _offers(offered))
        connection.executemany(f"INSERT INTO lives VALUES ({', '.join('?' * 15)})", _rows(lives, offered))  # noqa: S608
        connection.execute("COMMIT")
        connection.executescript(_INDEXES + "ANALYZE;")
    aside.replace(path)


def _views() -> Iterator[str]:
    """What happened to dossiers, from the columns of their lives."""
    steps = (
        f"SELECT code, {_at(moment)} AS at, {status} AS status FROM lives WHERE {moment} IS NOT NULL"  # noqa: S608
        for moment, status in _STEPS
    )
    notices = (
        f"SELECT code, {_at(moment)} AS at, '{about}' AS about FROM lives WHERE told AND {moment} IS NOT NULL"  # noqa: S608
        for moment, about in _NOTICES
    )
    number = "'EH' || substr('000000000' || (rowid * 7919 % 1000000000), -9) || 'VN' AS tracking_number"
    post = (
        f"SELECT code, 'VNPost' AS service, {number}, 'out' AS direction, '{status}' AS status, {_at(moment)} AS at"  # noqa: S608
        f" FROM lives WHERE {happens} IS NOT NULL"
        for happens, moment, status in _POST
    )
    for name, selects in (("dossier_steps", steps), ("dossier_notices", notices), ("dossier_post", post)):
        yield f"CREATE VIEW {name} AS {' UNION ALL '.join(selects)};\n"


def _at(moment: str) -> str:
    return moment if moment.endswith("_at") else f"datetime({moment}, 'unixepoch')"


def _offers(offered: Sequence[Offered]) -> Iterator[tuple[Any, ...]]:
    for position, offer in enumerate(offered):
        yield (
            position, offer.procedure, offer.procedure_name, offer.agency, offer.agency_name,
            offer.field, offer.field_name,
        )  # fmt: skip


def _rows(lives: Lives, offered: Sequence[Offered]) -> Iterator[tuple[Any, ...]]:
    codes = _codes(lives, offered)
    for start in range(0, len(lives), BLOCK):
        block = slice(start, start + BLOCK)
        yield from zip(
            codes[block],
            lives.offered[block].tolist(),
            [CHANNELS[channel] for channel in lives.channel[block].tolist()],
            lives.ending[block].tolist(),
            *(texts(moments[block]) for moments in (lives.received, lives.due, lives.resolved)),
            *(
                _moments(moments[block])
                for moments in (
                    lives.accepted, lives.processing, lives.supplement, lives.resumed, lives.fee, lives.sent,
                    lives.returned,
                )
            ),
            lives.told[block].tolist(),
            strict=True,
        )  # fmt: skip


def _moments(moments: Numbers) -> list[int | None]:
    return [None if moment == NEVER else moment for moment in moments.tolist()]


def _codes(lives: Lives, offered: Sequence[Offered]) -> list[str]:
    """`000.00.14.H30-190924-0002`: numbered for each agency and day in the order of coming in."""
    prefixes, agency_of = np.unique([offer.agency_code for offer in offered], return_inverse=True)
    days = lives.received // CLOCK_DAY
    series = days * len(prefixes) + agency_of[lives.offered]
    order = np.argsort(series, kind="stable")
    _, begins, counts = np.unique(series[order], return_index=True, return_counts=True)
    number = np.empty(len(lives), np.int64)
    number[order] = np.arange(len(lives)) - np.repeat(begins, counts) + 1
    dates = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    return [
        f"{prefixes[agency]}-{day[2:4]}{day[5:7]}{day[8:]}-{serial:04d}"
        for agency, day, serial in zip(agency_of[lives.offered].tolist(), dates, number.tolist(), strict=True)
    ]
