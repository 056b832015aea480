"""The four tables or views that the gateway reads, and the way to a database that it cannot write to.

Times are Vietnam's, without a zone. There is no column for a person: what an agency does not put into these views, the
gateway cannot tell.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, DateTime, Engine, MetaData, SmallInteger, Table, Text, create_engine, make_url
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from plugins.portal.problems import PortalError, SettingsError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
STATEMENT_SECONDS = 60
"""After which PostgreSQL ends a statement: reading a million dossiers takes a few."""
CONNECT_SECONDS = 5
BUSY_SECONDS = 5.0
"""How long SQLite waits for a writer."""
CONNECTIONS = 4

Moment = DateTime().with_variant(DATETIME(truncate_microseconds=True), SQLITE)  # type: ignore[no-untyped-call]
"""Without fractions SQLite's texts compare rightly with those that have some, and with those that have none."""
METADATA = MetaData()
DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("code", Text, nullable=False),
    Column("procedure", Text),
    Column("procedure_name", Text),
    Column("agency", Text),
    Column("agency_name", Text),
    Column("field", Text),
    Column("field_name", Text),
    Column("channel", Text),
    Column("status", SmallInteger),
    Column("received_at", Moment),
    Column("due_at", Moment),
    Column("resolved_at", Moment),
)
STEPS = Table("dossier_steps", METADATA, Column("code", Text), Column("at", Moment), Column("status", SmallInteger))
NOTICES = Table("dossier_notices", METADATA, Column("code", Text), Column("at", Moment), Column("about", Text))
POST = Table(
    "dossier_post",
    METADATA,
    Column("code", Text),
    Column("service", Text),
    Column("tracking_number", Text),
    Column("direction", Text),
    Column("status", Text),
    Column("at", Moment),
)


class Unavailable(PortalError):  # noqa: N818  # what HTTP calls 503
    """The database does not answer, or has not for too long."""


def connect(url: str) -> Engine:
    """The engine of a database that is only read. Raises `SettingsError` for an address that cannot be meant.

    Whether the database answers shows at the first question.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _wrong("the address cannot be read") from error
    backend = parsed.get_backend_name()
    if backend == SQLITE:
        return _sqlite(parsed)
    if backend == POSTGRESQL:
        return _postgresql(parsed)
    raise _wrong("the gateway reads SQLite and PostgreSQL")


def _sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    if not path.is_file():
        raise SettingsError(f"GATEWAY_DATABASE_URL: there is no file {path}; name the file of the database")
    address = f"{path.resolve().as_uri()}?mode=ro"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        connection.execute("PRAGMA query_only = ON")
        return connection

    return create_engine("sqlite://", creator=opened, poolclass=QueuePool, pool_size=CONNECTIONS, max_overflow=0)


def _postgresql(url: URL) -> Engine:
    try:
        import psycopg  # noqa: F401  # only agencies with PostgreSQL have it
    except ImportError as error:
        raise _wrong("PostgreSQL needs psycopg: pip install psycopg[binary]") from error
    options = f"-c default_transaction_read_only=on -c statement_timeout={STATEMENT_SECONDS * 1000}"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": options, "application_name": "portal gateway"},
        isolation_level="REPEATABLE READ",
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _wrong(fault: str) -> SettingsError:
    """No message repeats the address: it may hold a password."""
    return SettingsError(
        f"GATEWAY_DATABASE_URL: {fault}; write sqlite:////srv/dossiers.sqlite or postgresql://user@host/database"
    )


def in_view(moment: datetime) -> datetime:
    """A moment as the tables have it."""
    return moment.replace(tzinfo=None)
