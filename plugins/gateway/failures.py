"""What a database says when it fails, as sentences for who runs the gateway.

Of a database's own words no more is repeated than what comes before the first quotation mark, number or colon, and
nothing of what a function of somebody's own says: they may quote a value of a row, and that may be about a person.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from plugins.gateway.tables import Reason, Unavailable
from plugins.portal.problems import Text, text

AWAY, LASTING = False, True
_SLOW = "the database took too long: a table is locked, or an index is missing"
_OF_ROW = (
    "a view ends with an error about some row ({said}): a conversion in it does not take what stands there; write it so"
    " that it gives NULL"
)

_AT_CONNECTING: tuple[tuple[str, bool, str], ...] = (
    (
        "password authentication failed",
        LASTING,
        "the password of the user {user} is not right; mend it in GATEWAY_DATABASE_URL or in the file of PGPASSFILE",
    ),
    (
        "no password supplied",
        LASTING,
        "the database wants a password of the user {user}; write it into GATEWAY_DATABASE_URL or the file of"
        " PGPASSFILE",
    ),
    ("role .* does not exist", LASTING, "the database knows no user {user}; check GATEWAY_DATABASE_URL"),
    (
        "not permitted to log ?in",
        LASTING,
        "the user {user} may not log in; the database's administrator writes ALTER ROLE {user} LOGIN",
    ),
    ("database .* does not exist", LASTING, "there is no database {database}; check GATEWAY_DATABASE_URL"),
    ("permission denied for database", LASTING, "the user {user} may not connect to the database {database}"),
    (
        "pg_hba.conf|(?:Ident|Peer|GSSAPI|LDAP|certificate) authentication failed",
        LASTING,
        "the database does not let the user {user} in from this machine; its administrator adds a line to pg_hba.conf",
    ),
    (
        "SSL|certificate|TLS",
        LASTING,
        "no encrypted connection comes about; check sslmode and the certificate in GATEWAY_DATABASE_URL",
    ),
    (
        "too many (?:clients|connections)|connection slots",
        AWAY,
        "the database has no connection free; its administrator raises max_connections or the user's CONNECTION LIMIT",
    ),
    ("starting up|shutting down|recovery", AWAY, "the database is just being started or stopped"),
    (
        "resolve host|translate host",
        AWAY,
        "the name of the database's machine is not known; check it, and this machine's DNS",
    ),
    ("refused|No such file", AWAY, "nothing answers where GATEWAY_DATABASE_URL says that the database is"),
    ("time(?:d )?out|expired|unreachable|No route", AWAY, "the database's machine does not answer"),
    ("invalid", LASTING, "GATEWAY_DATABASE_URL holds something that the database's driver does not take"),
)
"""What libpq and PostgreSQL say when nothing has come about yet, in their order; they give no code there."""
_BY_CODE: tuple[tuple[str, bool, Reason, str], ...] = (
    ("42P01", LASTING, "views", "a view that the gateway reads is not there"),
    ("42703", LASTING, "views", "a view lacks a column"),
    ("42501", LASTING, "views", "the user {user} may not read a view; its owner writes GRANT SELECT"),
    ("42", LASTING, "views", "a view is not as docs/gateway.md has it ({said})"),
    *((of_row, LASTING, "views", _OF_ROW) for of_row in ("21", "22", "2F", "38", "39", "54", "P0")),
    ("57014", AWAY, "database", _SLOW),
    ("55P03", AWAY, "database", _SLOW),
    ("57P", AWAY, "database", "the database is just being started or stopped"),
    ("40", AWAY, "database", "the database broke off in favour of changes; it is asked again"),
    ("53", AWAY, "database", "the database has no connection, memory or disk left (SQLSTATE {code})"),
)  # fmt: skip
"""SQLSTATE codes of PostgreSQL, or how they begin."""
_OF_SQLITE: tuple[tuple[str, bool, Reason, str], ...] = (
    ("SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL", AWAY, "database", "another program holds the database's file locked"),
    ("SQLITE_NOTADB", LASTING, "database", "the file is no SQLite database"),
    ("SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_READONLY", LASTING, "database", "the database's file cannot be opened; check"
     " its rights and those of its folder"),
    ("SQLITE_CORRUPT", LASTING, "database", "the database's file is damaged"),
    ("SQLITE_IOERR|SQLITE_FULL", AWAY, "database", "the disk of the database's file fails"),
    ("SQLITE_INTERRUPT", AWAY, "database", _SLOW),
    ("SQLITE_NOMEM", AWAY, "database", "the machine has no memory left for the database"),
    ("SQLITE_ERROR no such (?:table|column|view)", LASTING, "views", "a view that the gateway reads, or a column of it,"
     " is not there"),
    (
        "SQLITE_(?:SCHEMA|AUTH)|SQLITE_ERROR (?:no such|near|ambiguous|wrong number|unrecognized|incomplete|view"
        "|malformed database|SELECTs|all VALUES|expected|misuse|sub-select|table)",
        LASTING, "views", "a view is not as docs/gateway.md has it ({said})",
    ),
    ("SQLITE_(?:ERROR|TOOBIG|MISMATCH|RANGE|CONSTRAINT)| Could not decode", LASTING, "views", _OF_ROW),
)  # fmt: skip
_PLAIN = re.compile(r"[^\W\d_]+(?:[ /-][^\W\d_]+)*")
"""The words with which a database's message begins: what it quotes, numbers and what follows a colon are of a row."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
"""Names of people's choice, which may be called like anything."""
_ELSE = "the database does not answer ({kind})"


def database_failure(error: Exception, url: URL | None = None) -> Unavailable:
    """What is wrong, whether waiting mends it, and whom to ask."""
    who = {"user": (url and url.username) or "?", "database": (url and url.database) or "?"}
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(error, NoConnectionFreeError):
        return Unavailable(text("all connections to the database are in use"), "busy")
    code = getattr(cause, "sqlstate", None)
    known: Iterator[tuple[str, bool, Reason, str]]
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        known = (row for row in _OF_SQLITE if re.match(row[0], f"{name} {cause}"))
    elif not code and (isinstance(cause, UnicodeError | ArithmeticError) or isinstance(error, DataError)):
        return Unavailable(text(_OF_ROW, said=type(cause).__name__), "views", lasting=True)
    elif code:
        known = (row for row in _BY_CODE if code.startswith(row[0]))
    else:
        known = (
            (pattern, lasting, "database", message)
            for pattern, lasting, message in _AT_CONNECTING
            if isinstance(error, SQLAlchemyError) and re.search(pattern, _QUOTED.sub("", str(cause)))
        )
    for _, lasting, reason, message in known:
        told = text(message, **who, code=code or "", said=_reason(cause, code))
        return Unavailable(told, reason, lasting=lasting, slow=message == _SLOW)
    return Unavailable(text(_ELSE, kind=type(cause).__name__))


def too_slow() -> Unavailable:
    """Where the gateway itself has waited long enough."""
    return Unavailable(text(_SLOW), slow=True)


def _reason(cause: BaseException, code: str | None) -> str:
    """What the database calls the error, without anything that may be of a row."""
    begin = _PLAIN.match(str(cause))
    words = begin[0] if begin and (code is None or code.startswith(("21", "22"))) else ""
    return ", ".join(filter(None, (code and f"SQLSTATE {code}", words)))


def sentences() -> list[str]:
    """Everything that this module may say, for who translates it."""
    return [*(row[2] for row in _AT_CONNECTING), *(row[3] for row in (*_BY_CODE, *_OF_SQLITE)), _ELSE]


def together(messages: list[Text]) -> Text:
    """Several sentences as one."""
    first, *others = messages
    return text("{first}; {others}", first=first, others=together(others)) if others else first
