"""Whether the four views are as docs/gateway.md has them, and how moments in them are compared and read as text.

SQLite says of a view nothing but the names of its columns. PostgreSQL says their types as well, and a moment is
compared as what it is, so that an index helps; what is read is always text, for a driver gives up at the first day that
Python has not, and with it at all rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Table,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy import Text as Words
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NULLTYPE

from plugins.gateway.failures import database_failure, together
from plugins.gateway.tables import DOSSIERS, NOTICES, POST, SQLITE, STEPS, Moment, Unavailable
from plugins.portal.problems import Text, text
from plugins.portal.values import ZONE_NAME

VIEWS: tuple[Table, ...] = (DOSSIERS, STEPS, NOTICES, POST)
Kind = Literal["text", "timestamp", "timestamptz", "date", "other"]
MOMENT_KINDS: frozenset[Kind] = frozenset({"text", "timestamp", "timestamptz", "date"})
_OIDS: Mapping[int, Kind] = {
    25: "text", 1043: "text", 1042: "text", 19: "text", 705: "text",
    1114: "timestamp", 1184: "timestamptz", 1082: "date",
}  # fmt: skip
"""PostgreSQL's numbers of types (pg_type.oid), which never change."""
_REMEDY_OF_TYPE: Mapping[str, Text] = {
    "moment": text("write it so that it is a timestamp"),
    "code": text("write ::text behind it"),
}


@dataclass(frozen=True)
class Forms:
    """How the columns of the views are compared and read."""

    dialect: str
    kinds: Mapping[tuple[str, str], Kind]
    """By view and column; "text" of everything in SQLite."""

    def written(self, column: Column[Any]) -> ColumnElement[Any]:
        """What stands in a column: text, or None; in SQLite whatever it is."""
        if self.dialect == SQLITE:
            return type_coerce(column, NULLTYPE)
        kind = self._kind(column)
        if not isinstance(column.type, type(Moment)) or kind not in ("timestamp", "timestamptz"):
            return cast(column, Words)
        local = func.timezone(ZONE_NAME, column) if kind == "timestamptz" else column
        return cast(func.date_trunc("second", local), Words)

    def within(self, column: Column[Any], first: date, last: date) -> ColumnElement[bool]:
        """Whether a moment may be of one of these days, both counted; a range of an index.

        Text is compared as it is written, by a clock that may be another one: of it the days around are taken as well.
        """
        if self._kind(column) == "text":
            compared, day = type_coerce(column, Words), timedelta(days=1)
            return (compared >= literal(str(first - day), Words)) & (compared < literal(str(last + 2 * day), Words))
        end = datetime.combine(last + timedelta(days=1), time())
        return (column >= datetime.combine(first, time())) & (column < end)

    def _kind(self, column: Column[Any]) -> Kind:
        return self.kinds[column.table.name, column.name]


def read_forms(connection: Connection) -> Forms:
    """How the views of this database are read. Raises `SQLAlchemyError` where one of them lacks something."""
    kinds = {
        (view.name, column.name): kind
        for view in VIEWS
        for column, kind in zip(view.c, _kinds(connection, view), strict=True)
    }
    return Forms(connection.dialect.name, kinds)


def check_views(engine: Engine) -> Forms:
    """The forms of the views, each column tried. Raises `Unavailable` with all that is missing."""
    try:
        with engine.connect() as connection:
            forms = read_forms(connection)
    except (SQLAlchemyError, ValueError) as error:
        failure = database_failure(error, engine.url)
        if failure.reason != "views":
            raise failure from error
        raise _all_missing(engine, failure) from error
    problems = list(_wrong_types(forms))
    if problems:
        raise Unavailable(together(problems), "views", lasting=True)
    return forms


def failure_of(engine: Engine, error: Exception) -> Unavailable:
    """What is wrong with the database, with the names of what is missing where a view is wrong."""
    failure = error if isinstance(error, Unavailable) else database_failure(error, engine.url)
    if failure.reason == "views" and failure is not error:
        try:
            check_views(engine)
        except Unavailable as named:
            return named
    return failure


def _kinds(connection: Connection, view: Table) -> list[Kind]:
    result = connection.execute(_nothing_of(view, view.c))
    described = result.cursor.description if result.cursor else None
    if connection.dialect.name == SQLITE or described is None:
        return ["text" for _ in view.c]
    return [_OIDS.get(int(str(column[1])), "other") for column in described]


def _nothing_of(view: Table, columns: Iterable[Column[Any]]) -> Executable:
    """No row of some columns: it fails where one is not there, or may not be read."""
    return select(*(type_coerce(column, NULLTYPE) for column in columns)).select_from(view).limit(0)


def _wrong_types(forms: Forms) -> Iterator[Text]:
    for view in VIEWS:
        for column in view.c:
            kind = forms.kinds[view.name, column.name]
            moment = isinstance(column.type, type(Moment))
            if moment and kind not in MOMENT_KINDS:
                yield text(
                    "the column {column} of the view {view} is neither a timestamp nor a date nor text; {remedy}",
                    column=column.name, view=view.name, remedy=_REMEDY_OF_TYPE["moment"],
                )  # fmt: skip
            elif column.name == "code" and kind != "text":
                yield text(
                    "the column {column} of the view {view} is no text; {remedy}",
                    column=column.name, view=view.name, remedy=_REMEDY_OF_TYPE["code"],
                )  # fmt: skip


def _all_missing(engine: Engine, failure: Unavailable) -> Unavailable:
    """Every view and column that is not there or may not be read; what was found first where none is found again."""
    problems = [problem for view in VIEWS for problem in _missing(engine, view)]
    return Unavailable(together(problems), "views", lasting=True) if problems else failure


def _missing(engine: Engine, view: Table) -> list[Text]:
    fault = _fault(engine, _nothing_of(view, view.c))
    if fault is None:
        return []
    of_view = _fault(engine, select(literal(1)).select_from(view).limit(0))
    if of_view is not None:
        return [_of_view(engine, view, of_view)]
    columns = [(column, _fault(engine, _nothing_of(view, [column]))) for column in view.c]
    there = ", ".join(_columns_there(engine, view))
    missing = [_of_column(column, error, there, engine) for column, error in columns if error is not None]
    return missing or [_of_view_otherwise(engine, view, fault)]


def _of_view(engine: Engine, view: Table, error: Exception) -> Text:
    code, message = getattr(getattr(error, "orig", None), "sqlstate", None), str(getattr(error, "orig", error))
    if code == "42P01" or message == f"no such table: {view.name}":
        return text(
            "the database has no view {view}; make it as docs/gateway.md shows (in PostgreSQL in a schema that the"
            " user may use and that stands in its search_path)",
            view=view.name,
        )
    if code == "42501":
        return text(
            "the user {user} may not read the view {view}; its owner writes GRANT SELECT ON {view} TO {user}",
            user=engine.url.username or "?", view=view.name,
        )  # fmt: skip
    if engine.dialect.name == SQLITE:
        return text("the view {view} names a table or a column that is not there; make it anew", view=view.name)
    return _of_view_otherwise(engine, view, error)


def _of_view_otherwise(engine: Engine, view: Table, error: Exception) -> Text:
    return text(
        "the view {view} cannot be read: {why}", view=view.name, why=database_failure(error, engine.url).message
    )


def _of_column(column: Column[Any], error: Exception, there: str, engine: Engine) -> Text:
    view = column.table.name
    if getattr(getattr(error, "orig", None), "sqlstate", None) == "42501":
        return text(
            "the user {user} may not read the column {column} of the view {view}; its owner writes GRANT SELECT",
            user=engine.url.username or "?", column=column.name, view=view,
        )  # fmt: skip
    return text(
        "the view {view} has no column {column}; it has {columns}",
        view=view, column=column.name, columns=there or text("none that can be read"),
    )  # fmt: skip


def _columns_there(engine: Engine, view: Table) -> list[str]:
    try:
        with engine.connect() as connection:
            return list(connection.exec_driver_sql(f"SELECT * FROM {view.name} LIMIT 0").keys())  # noqa: S608  # ours
    except SQLAlchemyError:
        return []


def _fault(engine: Engine, statement: Executable) -> Exception | None:
    """What fails, in a transaction of its own: PostgreSQL ends one at its first error."""
    try:
        with engine.connect() as connection:
            connection.execute(statement)
    except (SQLAlchemyError, ValueError) as error:
        return error
    return None
