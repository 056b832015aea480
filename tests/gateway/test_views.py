"""What is wrong with a database is told at the start, by the names of what is missing, never by what stands in it."""

# ruff: noqa: S608  # the names of tables and columns are those of the tests
from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
import requests
from sqlalchemy import text

from plugins.gateway.lookup import LookupSource
from plugins.gateway.tables import METADATA, Unavailable, connect
from plugins.gateway.views import check_views
from tests.gateway.one_stop import SECRETS, TOKEN, write_one_stop, write_one_stop_to_postgresql
from tests.gateway.postgresql import WITH_PASSWORD
from tests.gateway.strange import good, write_rows
from tests.gateway.tables_made import MadeTables

PORTAL_COMMAND = Path(sys.executable).parent / "portal"
COLUMNS = [(table.name, column.name) for table in METADATA.tables.values() for column in table.c]
PASSWORD = "mat-khau-rat-dai"


def problems(url: str) -> str:
    """What is told of a database; that waiting does not mend it."""
    engine = connect(url)
    try:
        with pytest.raises(Unavailable) as raised:
            check_views(engine)
    finally:
        engine.dispose()
    assert raised.value.lasting
    return str(raised.value)


def start(url: str, *options: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """The command, where it does not come to serve."""
    given = {"GATEWAY_DATABASE_URL": url, "GATEWAY_TOKEN": TOKEN, "GATEWAY_PORT": "0", "COLUMNS": "300", **changed}
    return subprocess.run(
        [PORTAL_COMMAND, "gateway", *options],
        env={name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")} | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def reader(postgresql_url: str) -> Iterator[str]:
    """The address of a one-stop system on PostgreSQL, for the user who may read its views."""
    yield write_one_stop_to_postgresql(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "DROP SCHEMA IF EXISTS cong_du_lieu CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        )
        connection.execute("DROP OWNED BY cong_ho_so; DROP ROLE cong_ho_so")


def changed(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_views_as_they_must_be_have_no_fault(tables: MadeTables) -> None:
    engine = connect(tables.url)
    assert set(check_views(engine).kinds) == set(COLUMNS)
    engine.dispose()


@pytest.mark.parametrize(("view", "column"), COLUMNS)
def test_column_that_is_missing_is_named_with_its_view(tables: MadeTables, view: str, column: str) -> None:
    with tables._engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {view} RENAME COLUMN {column} TO ten_khac"))

    told = problems(tables.url)

    assert told.startswith(f"the view {view} has no column {column}; it has ")
    assert "ten_khac" in told
    assert told.count("has no column") == 1


@pytest.mark.parametrize("view", METADATA.tables)
def test_view_that_is_missing_is_named(tables: MadeTables, view: str) -> None:
    with tables._engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {view}"))

    assert problems(tables.url).startswith(f"the database has no view {view}; make it as docs/gateway.md shows")


def test_everything_that_is_missing_is_told_at_once(tables: MadeTables) -> None:
    with tables._engine.begin() as connection:
        for statement in (
            "ALTER TABLE dossiers RENAME COLUMN due_at TO han", "ALTER TABLE dossiers RENAME COLUMN channel TO kenh",
            "DROP TABLE dossier_notices", "ALTER TABLE dossier_post RENAME COLUMN at TO luc",
        ):  # fmt: skip
            connection.execute(text(statement))

    told = problems(tables.url)
    assert re.findall(r"the (?:view|database has no view) (\w+)(?: has no column (\w+))?", told) == [
        ("dossiers", "channel"), ("dossiers", "due_at"), ("dossier_notices", ""), ("dossier_post", "at"),
    ]  # fmt: skip


def test_empty_database_has_none_of_the_views(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").touch()
    assert problems(f"sqlite:///{tmp_path / 'a.sqlite'}").count("the database has no view ") == 4


def test_view_whose_table_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write_one_stop(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE buu_gui")
    assert problems(f"sqlite:///{path}") == (
        "the view dossier_post names a table or a column that is not there; make it anew"
    )


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"SQLite, but not really\n" * 100)
    assert problems(f"sqlite:///{tmp_path / 'a.sqlite'}") == "the file is no SQLite database"


def test_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write_one_stop(path)
    engine = connect(f"sqlite:///{path}")
    path.unlink()

    with pytest.raises(Unavailable, match=r"^the database's file cannot be opened; check its rights"):
        check_views(engine)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "ALTER TABLE dossiers ALTER received_at TYPE bigint USING 0",
            "the column received_at of the view dossiers is neither a timestamp nor a date nor text; "
            "write it so that it is a timestamp",
        ),
        (
            "ALTER TABLE dossier_steps ALTER at TYPE time USING '08:00'",
            "the column at of the view dossier_steps is neither a timestamp nor a date nor text; "
            "write it so that it is a timestamp",
        ),
        (
            "ALTER TABLE dossiers ALTER code TYPE bigint USING 0",
            "the column code of the view dossiers is no text; write ::text behind it",
        ),
    ],
)
def test_column_of_postgresql_that_is_of_another_type_is_told(postgresql_url: str, statement: str, told: str) -> None:
    tables = MadeTables(postgresql_url)
    changed(postgresql_url, statement)
    assert problems(postgresql_url) == told
    tables.close()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP VIEW cong_du_lieu.dossier_post", "the database has no view dossier_post; "),
        (
            "REVOKE SELECT ON cong_du_lieu.dossiers FROM cong_ho_so",
            "the user cong_ho_so may not read the view dossiers; its owner writes GRANT SELECT ON dossiers TO cong",
        ),
        (
            "REVOKE SELECT ON cong_du_lieu.dossiers FROM cong_ho_so;"
            "GRANT SELECT (code, procedure, procedure_name, agency, agency_name, field, field_name, channel, status,"
            " received_at, resolved_at) ON cong_du_lieu.dossiers TO cong_ho_so",
            "the user cong_ho_so may not read the column due_at of the view dossiers; its owner writes GRANT SELECT",
        ),
        ("REVOKE USAGE ON SCHEMA cong_du_lieu FROM cong_ho_so", "the database has no view dossiers; "),
        ("ALTER ROLE cong_ho_so RESET search_path", "the database has no view dossiers; "),
    ],
)
def test_rights_that_are_missing_are_told(reader: str, postgresql_url: str, statement: str, told: str) -> None:
    changed(postgresql_url, statement)

    assert problems(reader).startswith(told)


@contextmanager
def user_with_password(postgresql_url: str) -> Iterator[str]:
    """The address of one who has to show a password, without it."""
    changed(postgresql_url, f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD '{PASSWORD}'")
    try:
        yield postgresql_url.replace("postgres@", f"{WITH_PASSWORD}@")
    finally:
        changed(postgresql_url, f"DROP ROLE {WITH_PASSWORD}")


def test_wrong_password_is_told_in_words(postgresql_url: str) -> None:
    with user_with_password(postgresql_url) as url:
        wrong = problems(url.replace("@", ":sai@"))
        none = problems(url)

    assert wrong == (
        f"the password of the user {WITH_PASSWORD} is not right; "
        "mend it in GATEWAY_DATABASE_URL or in the file of PGPASSFILE"
    )
    assert none.startswith(f"the database wants a password of the user {WITH_PASSWORD}; ")


@pytest.mark.parametrize(
    ("statement", "old", "new", "told"),
    [
        ("SELECT 1", "/postgres$", "/khong-co", "there is no database khong-co; check GATEWAY_DATABASE_URL"),
        ("SELECT 1", "postgres@", "ai-do@", "the database knows no user ai-do; check GATEWAY_DATABASE_URL"),
        (
            "CREATE ROLE tam",
            "postgres@",
            "tam@",
            "the user tam may not log in; the database's administrator writes ALTER",
        ),
        ("CREATE ROLE tam LOGIN", "postgres@", "tam@", "the database has no view dossiers; make it"),
        ("SELECT 1", "/postgres$", "/postgres?sslmode=require", "no encrypted connection comes about; check sslmode"),
        ("SELECT 1", "/postgres$", "/postgres?khong_co=1", "GATEWAY_DATABASE_URL holds something that the database's"),
    ],
)
def test_address_that_does_not_lead_in_is_told(
    postgresql_url: str, statement: str, old: str, new: str, told: str
) -> None:
    changed(postgresql_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", statement)
    try:
        assert problems(re.sub(old, new, postgresql_url)).startswith(told)
    finally:
        changed(postgresql_url, "DROP ROLE IF EXISTS tam")


@pytest.mark.parametrize("gone", ["port", "name"])
def test_database_that_is_away_is_no_fault_of_the_settings(gone: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    url = f"postgresql://a@127.0.0.1:{port}/b" if gone == "port" else "postgresql://a@khong-co.invalid/b"
    engine = connect(url)

    with pytest.raises(Unavailable) as raised:
        check_views(engine)

    engine.dispose()
    assert (raised.value.lasting, raised.value.reason) == (False, "database")


# The command


def test_command_names_every_fault_in_vietnamese_before_it_listens(tmp_path: Path) -> None:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP VIEW dossier_post; DROP VIEW dossier_steps;"
            "CREATE VIEW dossier_steps AS SELECT '' AS code, '' AS luc, 1 AS status"
        )
    taken = socket.create_server(("127.0.0.1", 0))  # who listened would tell of that first
    with taken:
        done = start(f"sqlite:///{path}", GATEWAY_PORT=str(taken.getsockname()[1]))
        english = start(f"sqlite:///{path}", "--lang", "en")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "portal: khung nhìn dossier_steps thiếu cột at; hiện có các cột code, luc, status; cơ sở dữ liệu không có"
        " khung nhìn dossier_post; hãy tạo như trong docs/gateway.md (với PostgreSQL: trong một schema mà người dùng"
        " được USAGE và có trong search_path của người dùng ấy)\n"
    )
    assert english.stderr.startswith("portal: the view dossier_steps has no column at; it has code, luc, status; ")


def test_command_tells_a_wrong_password_and_no_password(postgresql_url: str) -> None:
    with user_with_password(postgresql_url) as url:
        done = start(url.replace("@", ":sai-mat-khau@"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"portal: mật khẩu của người dùng {WITH_PASSWORD} không đúng; "
        "hãy sửa trong GATEWAY_DATABASE_URL hoặc tệp PGPASSFILE\n"
    )


@contextmanager
def running(url: str, **changed: str) -> Iterator[tuple[str, list[str], subprocess.Popen[str]]]:
    """The command as it serves: its address, and what it said before."""
    given = {"GATEWAY_DATABASE_URL": url, "GATEWAY_TOKEN": TOKEN, "GATEWAY_PORT": "0", "COLUMNS": "300", **changed}
    with subprocess.Popen(
        [PORTAL_COMMAND, "gateway"],
        env={name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")} | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        try:
            while not (said and (found := re.search(r"(http://\S+) \(Ctrl\+C", said[-1]))):
                line = process.stdout.readline()
                assert line, said
                said.append(line)
            yield found[1], said[:-1], process
        finally:
            process.terminate()


def health(address: str, known: Callable[[requests.Response], object]) -> requests.Response:
    """What health says, once it is known."""
    for _ in range(300):
        if known(answered := requests.get(f"{address}/v1/health", timeout=10)):
            break
        time.sleep(0.1)
    return answered


def test_command_starts_without_its_database_and_answers_once_it_is_there(reader: str, postgresql_url: str) -> None:
    changed(postgresql_url, "ALTER ROLE cong_ho_so CONNECTION LIMIT 0")
    with running(reader) as (address, said, _):
        assert said == [
            "Chưa có gì để trả lời cho đến khi có cơ sở dữ liệu: cơ sở dữ liệu hết kết nối trống; quản trị viên cần"
            " nâng max_connections hoặc CONNECTION LIMIT của người dùng.\n"
        ]
        away = health(address, lambda answered: answered.json().get("reason") != "starting")
        changed(postgresql_url, "ALTER ROLE cong_ho_so CONNECTION LIMIT 20")
        back = health(address, lambda answered: answered.ok)

    assert (away.status_code, away.json()["reason"]) == (503, "database")
    assert away.json()["detail"].startswith("The database has not been read yet: the database has no connection free")
    assert back.status_code == 200


def test_command_tells_what_is_left_out_and_health_has_it(tmp_path: Path) -> None:
    url = write_rows(tmp_path / "a.sqlite", [*(good(n) for n in range(9)), good(9, due_at="2026-02-30 08:00:00")])
    with running(url) as (address, said, process):
        known = health(address, lambda answered: answered.ok)
        assert process.stdout is not None
        while len(said) < 2:  # health knows it before the command has told it
            said.append(process.stdout.readline())

    assert said == [
        "1 trong 10 hồ sơ bị để ngoài số liệu\n",
        "due_at: không có ngày hoặc giờ ấy (đang viết theo dạng ####-##-## ##:##:##): 1 hồ sơ bị để ngoài\n",
    ]
    assert known.json()["left_out"] == [
        {"column": "due_at", "fault": "day", "dossiers": 1, "form": "####-##-## ##:##:##"}
    ]


def test_listening_beyond_this_machine_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    for bind, warned in (("0.0.0.0", True), ("127.0.0.1", False), ("::1", False), ("127.0.0.2", False)):  # noqa: S104
        with running(f"sqlite:///{path}", GATEWAY_BIND=bind) as (_, said, _process):
            assert [line.startswith(f"GATEWAY_BIND là {bind}: ") for line in said] == [True] * warned


# While it runs


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE dossier_post", "ALTER TABLE dossier_steps RENAME COLUMN status TO x", "DROP TABLE dossiers"],
)
def test_lookup_that_has_lost_a_view_says_which(tables: MadeTables, statement: str) -> None:
    engine = connect(tables.url)
    lookup = LookupSource(engine)
    assert lookup.failure(patience=10) is None
    with tables._engine.begin() as connection:
        connection.execute(text(statement))
    view = statement.split()[2]

    with pytest.raises(Unavailable, match=f"the dossier cannot be read from the database: .*{view}"):
        lookup.dossier("000.00.14.H30-190924-0002")

    failure = lookup.failure(patience=10)
    assert failure is not None
    assert view in str(failure)
    engine.dispose()


def test_error_that_quotes_a_row_is_told_without_the_row(postgresql_url: str) -> None:
    tables = MadeTables(postgresql_url)
    changed(
        postgresql_url,
        "ALTER TABLE dossiers RENAME TO goc",
        "CREATE VIEW dossiers AS SELECT code, procedure, procedure_name, agency, agency_name, field, field_name,"
        " channel, status, agency_name::timestamp AS received_at, due_at, resolved_at FROM goc",
        f"INSERT INTO goc (code, agency_name) VALUES ('x', '{SECRETS[0]}')",
    )
    engine = connect(postgresql_url)
    try:
        with pytest.raises(Unavailable) as raised:
            LookupSource(engine).dossier("x")
        assert (
            "a view ends with an error about some row (SQLSTATE 22007, invalid input syntax for type timestamp)"
            in str(raised.value)
        )
        assert SECRETS[0] not in str(raised.value)
    finally:
        engine.dispose()
        changed(postgresql_url, "DROP VIEW dossiers; DROP TABLE goc")
        tables.close()
