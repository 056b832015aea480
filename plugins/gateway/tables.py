"""The four tables or views that the gateway reads, and the ways to a database that it cannot write to.

There is no column for a person: what an agency does not put into these views, the gateway cannot tell. What stands in
their columns is believed of no row: see `plugins.gateway.rows` and `plugins.gateway.moments`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Column, Connection, DateTime, Engine, MetaData, SmallInteger, Table, create_engine, make_url
from sqlalchemy import Text as Words
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from plugins.gateway.running import Running
from plugins.portal.problems import PortalError, SettingsError, Text
from plugins.portal.values import ZONE_NAME

SQLITE, POSTGRESQL = "sqlite", "postgresql"
CONNECT_SECONDS = 5
BUSY_SECONDS = 5.0
"""How long SQLite waits for a writer at most; half of the time that there is."""
LOOKUP_THREADS = 8
"""Dossiers that are looked up at a time."""
MADE_UP_AHEAD = 0x436175A1
"""SQLite's `application_id` of a file that was made up, and in which what lies ahead is no fault. It is in the file and
no setting, so that nobody gives it to a real table by accident."""

Moment = DateTime().with_variant(DATETIME(truncate_microseconds=True), SQLITE)  # type: ignore[no-untyped-call]
METADATA = MetaData()
DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("code", Words, nullable=False),
    Column("procedure", Words),
    Column("procedure_name", Words),
    Column("agency", Words),
    Column("agency_name", Words),
    Column("field", Words),
    Column("field_name", Words),
    Column("channel", Words),
    Column("status", SmallInteger),
    Column("received_at", Moment),
    Column("due_at", Moment),
    Column("resolved_at", Moment),
)
STEPS = Table("dossier_steps", METADATA, Column("code", Words), Column("at", Moment), Column("status", SmallInteger))
NOTICES = Table("dossier_notices", METADATA, Column("code", Words), Column("at", Moment), Column("about", Words))
POST = Table(
    "dossier_post",
    METADATA,
    Column("code", Words),
    Column("service", Words),
    Column("tracking_number", Words),
    Column("direction", Words),
    Column("status", Words),
    Column("at", Moment),
)


Reason = Literal["starting", "database", "views", "rows", "busy"]
"""Why there is no answer: nothing was read yet; the database is away; a view is not as it should be; too many rows are
left out; too many ask at once."""
RETRY_SECONDS = 2
"""After which a database that does not answer, or is being read for the first time, is worth another try."""


class Unavailable(PortalError):  # noqa: N818  # what HTTP calls 503
    """There is no answer for now."""

    def __init__(
        self,
        message: Text,
        reason: Reason = "database",
        *,
        lasting: bool = False,
        slow: bool = False,
        column: str = "",
        retry_after: int = RETRY_SECONDS,
    ) -> None:
        self.message = message
        """For people; nothing of a person, a code or a secret is in it."""
        self.reason = reason
        self.lasting = lasting
        """Waiting does not mend it: somebody has to change a setting, a right or a view."""
        self.slow = slow
        """The database was at work, and took too long."""
        self.column = column
        """Of `dossiers`, where one is at fault."""
        self.retry_after = retry_after
        """Seconds."""
        super().__init__(message.render())


@dataclass(frozen=True)
class Use:
    """What connections to PostgreSQL are for: statistics and lookups have their own, neither waits for the other."""

    connections: int
    statement_seconds: int
    """After which PostgreSQL ends a statement."""
    seconds: int
    """After which everything that belongs together ends."""


READING = Use(connections=4, statement_seconds=60, seconds=300)
"""Reading a million dossiers takes a few seconds, on a machine that has much else to do half a minute."""
LOOKING_UP = Use(connections=LOOKUP_THREADS + 1, statement_seconds=4, seconds=4)
"""A citizen does not wait longer than 10 seconds; one connection is for trying whether it would work."""


def connect(url: str, use: Use = READING, running: Running | None = None) -> Engine:
    """The engine of a database that is only read. Raises `SettingsError` for an address that cannot be meant.

    What it does can be broken off by who gives `running`. Whether the database answers shows at the first question.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _wrong("the address cannot be read") from error
    backend = parsed.get_backend_name()
    if backend == SQLITE:
        engine = _sqlite(parsed, use)
    elif backend == POSTGRESQL:
        engine = _postgresql(parsed, use)
    else:
        raise _wrong("the gateway reads SQLite and PostgreSQL")
    (running or Running()).watch(engine, use.seconds)
    return engine


def _sqlite(url: URL, use: Use) -> Engine:
    path = Path(url.database or "")
    if not path.is_file():
        raise SettingsError(f"GATEWAY_DATABASE_URL: there is no file {path}; name the file of the database")
    busy = min(BUSY_SECONDS, use.statement_seconds / 2)
    address = f"{path.resolve().as_uri()}?mode=ro"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=busy, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        return connection

    # None is kept open: where a newer copy is put in the file's place, it would go on reading the old one for ever.
    return create_engine("sqlite://", creator=opened, poolclass=NullPool)


def _postgresql(url: URL, use: Use) -> Engine:
    try:
        import psycopg  # noqa: F401  # only agencies with PostgreSQL have it
    except ImportError as error:
        raise _wrong("PostgreSQL needs psycopg: pip install psycopg[binary]") from error
    options = {
        "default_transaction_read_only": "on",
        "statement_timeout": str(use.statement_seconds * 1000),
        # Moments with a zone are read, and compared, by Vietnam's clock; days are written as ISO 8601 has them.
        "timezone": ZONE_NAME,
        "datestyle": "ISO",
    }
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
            "application_name": "portal gateway",
        },
        isolation_level="REPEATABLE READ",
        pool_size=use.connections,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def holds_what_will_come(connection: Connection) -> bool:
    """Whether the database is one that was made up with the days to come on purpose, so that its figures move."""
    if connection.dialect.name != SQLITE:
        return False
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar_one() == MADE_UP_AHEAD)


def read_leniently(connection: Connection) -> None:
    """Let SQLite give text in another encoding as it can be read: one such name must not stop the reading of all.

    Not from the beginning, for it makes every text cost twice as much.
    """
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.text_factory = lambda text: text.decode("utf-8", "replace")


def cannot_be_decoded(error: Exception) -> bool:
    """Whether that would help."""
    cause = getattr(error, "orig", error)
    return isinstance(cause, sqlite3.OperationalError) and str(cause).startswith("Could not decode to UTF-8")


def _wrong(fault: str) -> SettingsError:
    """No message repeats the address: it may hold a password."""
    return SettingsError(
        f"GATEWAY_DATABASE_URL: {fault}; write sqlite:////srv/dossiers.sqlite or postgresql://user@host/database"
    )
