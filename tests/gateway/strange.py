"""Tables whose columns take anything, and the rows of them in order, matched without any of the gateway's code."""

# ruff: noqa: S608  # the names of tables and columns are those of the tests
from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.gateway.tables_made import MadeDossier

COLUMNS = (
    "code", "procedure", "procedure_name", "agency", "agency_name", "field", "field_name", "channel", "status",
    "received_at", "due_at", "resolved_at",
)  # fmt: skip
OTHERS = {
    "dossier_steps": ("code", "at", "status"),
    "dossier_notices": ("code", "at", "about"),
    "dossier_post": ("code", "service", "tracking_number", "direction", "status", "at"),
}
Row = dict[str, object]
GOOD: Row = {
    "code": "000.00.14.H30-190902-0001", "procedure": "1.001193", "procedure_name": "Đăng ký khai sinh",
    "agency": "so-y-te", "agency_name": "Sở Y tế", "field": "duoc", "field_name": "Dược", "channel": "online",
    "status": 4, "received_at": "2019-09-02 08:00:00", "due_at": "2019-09-09 17:00:00", "resolved_at": None,
}  # fmt: skip


def write_rows(path: Path, rows: Iterable[Row]) -> str:
    """The four tables in an SQLite file, without types; gives the address."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, columns in {"dossiers": COLUMNS, **OTHERS}.items():
            connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        add_rows(connection, rows)
    return f"sqlite:///{path}"


def add_rows(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    slots = ", ".join("?" * len(COLUMNS))
    connection.executemany(
        f"INSERT INTO dossiers VALUES ({slots})",
        [tuple(row.get(name, GOOD[name]) for name in COLUMNS) for row in rows],
    )


def good(number: int, **changed: object) -> Row:
    """A row in order with a code of its own."""
    return {**GOOD, "code": f"000.00.14.H30-190902-{number:04d}", **changed}


def in_order(rows: Sequence[Row], now: datetime) -> tuple[list[MadeDossier], int]:
    """The dossiers that can be counted, and how many rows there are of which that cannot be said.

    Of a row that is received later than `now` it cannot be said either.
    """
    made = [_dossier(row, now) for row in rows]
    left_out = [row for row, dossier in zip(rows, made, strict=True) if dossier is None or _is_ahead(dossier, now)]
    return [dossier for dossier in made if dossier is not None], len(left_out)


def _is_ahead(dossier: MadeDossier, now: datetime) -> bool:
    return dossier.received_at is not None and dossier.received_at > now


def _dossier(row: Row, now: datetime) -> MadeDossier | None:
    code, channel = row["code"], row["channel"]
    received = _moment(row["received_at"])
    due, resolved = (None if row[name] is None else _moment(row[name]) for name in ("due_at", "resolved_at"))
    unread = [name for name, read in (("due_at", due), ("resolved_at", resolved)) if row[name] is not None and not read]
    if code is None or not _shown(code) or not isinstance(channel, str) or received is None or unread:
        return None
    if channel.strip() not in ("online", "in_person", "post") or received > now + timedelta(days=731):
        return None
    if (due and due > received + timedelta(days=1825)) or (resolved and resolved > now + timedelta(days=731)):
        return None
    if due and due.date() < received.date():
        due = None
    if resolved and resolved.date() < received.date():
        resolved = None
    return MadeDossier(received, due, resolved, str(row["agency"]), str(row["field"]), channel.strip())


def _shown(code: object) -> bool:
    """As SQLite makes text of it, blanks left out; a blob ends for it at its first zero."""
    text = (
        code.partition(b"\0")[0]
        if isinstance(code, bytes)
        else str(code).partition("\0")[0].encode("utf-8", "surrogatepass")
    )
    return bool(text.strip(b" "))


def _moment(written: object) -> datetime | None:
    hour = r"(\d\d:\d\d(?::\d\d)?)(?:(?<=:\d\d:\d\d)[.,]\d{1,9})?(?: ?(Z|z|[+-]\d\d:?(?:\d\d)?))?"
    matched = isinstance(written, str) and re.fullmatch(rf" *(\d{{4}}-\d\d-\d\d)(?:[ Tt]{hour})? *", written, re.ASCII)
    if not matched or (matched[3] and matched[3].endswith(":")):
        return None
    day, hour, zone = matched[1], matched[2] or "00:00", matched[3]
    try:
        moment = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M:%S" if hour.count(":") == 2 else "%Y-%m-%d %H:%M")
    except ValueError:
        return None
    if zone and zone not in "Zz":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        hours, minutes = int(digits[:2]), int(digits[2:])
        if hours > 15 or minutes > 59:
            return None
        ahead = timedelta(hours=hours, minutes=minutes)
        moment = moment - ahead if zone[0] == "+" else moment + ahead
    try:
        local = moment.replace(tzinfo=UTC).astimezone(UTC) + timedelta(hours=7) if zone else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None
    return local.replace(tzinfo=None) if 2000 <= local.year <= 2199 else None
