"""Views that take too long, and views that fail at some row: told as what they are, and in the time that is said."""

# ruff: noqa: S608  # the names and expressions are those of the tests
from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import psycopg
import pytest
import requests
from pydantic import SecretStr

from plugins.gateway.events import FIRST_MOMENT, Window, read_events
from plugins.gateway.lookup import LookupSource
from plugins.gateway.running import Running
from plugins.gateway.serving import GatewayServer
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import LOOKING_UP, Unavailable, Use, connect
from plugins.languages import load_catalogue
from tests.gateway.clock import NOW, Clock
from tests.gateway.one_stop import (
    BEARER,
    CODE,
    settings_for,
    until,
    write_one_stop,
    write_one_stop_to_postgresql,
)
from tests.gateway.strange import good, write_rows
from tests.gateway.tables_made import MadeDossier, MadeTables
from tests.gateway.test_statistics import YEAR, total
from tests.provinces import ROOT

pytestmark = pytest.mark.heavy

QUERY = {"from": "2019-01-01", "to": "2019-12-31"}
ENDLESS = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
"""A value that SQLite never comes to an end with."""
ANSWERED = LOOKING_UP.statement_seconds + 2
"""Seconds within which a lookup is answered whatever the view does: on a machine with other things to do."""
WINDOW = Window(FIRST_MOMENT, NOW.replace(tzinfo=None))


def script(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(statements)


def slow_steps(path: Path) -> None:
    """Lookups never end; figures are read as before."""
    script(
        path,
        f"DROP VIEW dossier_steps; CREATE VIEW dossier_steps AS SELECT '{CODE}' AS code, {ENDLESS} AS at, 4 AS status",
    )


@pytest.fixture
def system(tmp_path: Path) -> Path:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    return path


@pytest.fixture
def one_stop(postgresql_url: str) -> Iterator[str]:
    """A one-stop system on PostgreSQL: the address for the user who may read the views."""
    yield write_one_stop_to_postgresql(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA cong_du_lieu CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute("DROP ROLE cong_ho_so")


@contextmanager
def served(url: str) -> Iterator[str]:
    settings = replace(settings_for(Path("x")), database_url=SecretStr(url), fresh_for=1.0, lookups_per_minute=1_000)
    with GatewayServer(settings).running() as address:
        yield address


# Too slow


def look_up(address: str) -> tuple[int, str, float]:
    began = time.monotonic()
    answer = requests.get(f"{address}/v1/dossiers/{CODE}", timeout=60)
    return answer.status_code, answer.json().get("reason", ""), time.monotonic() - began


def assert_slow_lookups_are_told(address: str) -> None:
    until(lambda: requests.get(f"{address}/v1/statistics", params=QUERY, headers=BEARER, timeout=10).ok)
    with ThreadPoolExecutor(12) as citizens:
        answers = list(citizens.map(look_up, [address] * 12))
    health = requests.get(f"{address}/v1/health", timeout=10)
    figures = requests.get(f"{address}/v1/statistics", params=QUERY, headers=BEARER, timeout=10)

    assert {status for status, _, _ in answers} == {503}
    assert {reason for _, reason, _ in answers} <= {"database", "busy"}
    assert max(seconds for _, _, seconds in answers) < ANSWERED
    assert (health.status_code, health.json()["reason"]) == (503, "database")
    assert "took too long" in health.json()["detail"]
    assert figures.status_code == 200


def test_lookups_on_a_slow_view_of_sqlite_are_broken_off_and_health_says_so(system: Path) -> None:
    slow_steps(system)
    with served(f"sqlite:///{system}") as address:
        assert_slow_lookups_are_told(address)


def test_lookups_on_views_of_postgresql_share_their_time(one_stop: str, postgresql_url: str) -> None:
    """Each view alone is quick enough."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for view in ("dossier_steps", "dossier_notices", "dossier_post"):
            connection.execute(
                f"ALTER VIEW cong_du_lieu.{view} RENAME TO goc_{view};"
                f" CREATE VIEW cong_du_lieu.{view} AS SELECT g.* FROM cong_du_lieu.goc_{view} g"
                f" RIGHT JOIN (SELECT pg_sleep(3)) s ON true; GRANT SELECT ON cong_du_lieu.{view} TO cong_ho_so"
            )
    with served(one_stop) as address:
        assert_slow_lookups_are_told(address)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_gateway_ends_promptly_while_the_database_is_at_work(
    database: str, request: pytest.FixtureRequest, system: Path
) -> None:
    if database == "sqlite":
        slow_steps(system)
        url = f"sqlite:///{system}"
    else:
        url, there = request.getfixturevalue("one_stop"), request.getfixturevalue("postgresql_url")
        with psycopg.connect(there, autocommit=True) as connection:
            connection.execute(
                f"CREATE OR REPLACE VIEW cong_du_lieu.dossier_post AS SELECT '{CODE}'::text AS code,"
                " ''::text AS service,"
                " ''::text AS tracking_number, 'in'::text AS direction, pg_sleep(30)::text AS status,"
                " now()::timestamp AS at"
            )
    with ThreadPoolExecutor(12) as citizens:
        with served(url) as address:
            until(lambda: requests.get(f"{address}/v1/statistics", params=QUERY, headers=BEARER, timeout=10).ok)
            asked = [citizens.submit(look_up, address) for _ in range(8)]
            Event().wait(0.5)  # for the questions to reach the database: nothing tells when they have
            began = time.monotonic()
        took = time.monotonic() - began
        answers = [each.result(timeout=30) for each in asked]

    assert took < LOOKING_UP.statement_seconds - 0.5
    assert {status for status, _, _ in answers} == {503}


def test_reading_of_a_slow_view_ends_at_its_limit_and_the_last_figures_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    write_rows(path, [good(number) for number in range(20)])
    engine = connect(f"sqlite:///{path}", Use(connections=1, statement_seconds=1, seconds=1))
    source = StatisticsSource(engine, fresh_for=5, full_read=60, stale_for=300, clock=clock)
    try:
        source.wait()
        assert total(source)["received"]["total"] == 20
        script(path, f"ALTER TABLE dossiers RENAME TO x; CREATE VIEW dossiers AS SELECT * FROM x WHERE {ENDLESS} > 0")
        clock.forward(seconds=90)
        began = time.monotonic()
        assert total(source)["received"]["total"] == 20
        source.wait()
        assert time.monotonic() - began < 20
        assert total(source)["received"]["total"] == 20
        clock.forward(seconds=400)
        with pytest.raises(Unavailable, match="could not be read for too long: the database took too long"):
            source.answer(YEAR)
    finally:
        source.close()
        engine.dispose()


def test_reading_in_many_blocks_ends_at_its_limit_too(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MadeTables(postgresql_url)
    engine = connect(postgresql_url)
    try:
        made.add([MadeDossier(WINDOW.end) for _ in range(50)])
        monkeypatch.setattr("plugins.gateway.events.BLOCK", 5)
        monkeypatch.setattr("plugins.gateway.events.READING", Use(connections=1, statement_seconds=1, seconds=0))
        with pytest.raises(Unavailable, match="took too long"):
            read_events(engine, WINDOW)
    finally:
        engine.dispose()
        made.close()


def test_what_is_broken_off_does_not_begin_again(system: Path) -> None:
    slow_steps(system)
    running = Running()
    engine = connect(f"sqlite:///{system}", LOOKING_UP, running)
    threading.Timer(0.3, running.break_off).start()
    source, began = LookupSource(engine, Clock()), time.monotonic()
    for _ in range(2):
        with pytest.raises(Unavailable, match="took too long"):
            source.dossier(CODE)
    assert time.monotonic() - began < LOOKING_UP.statement_seconds - 1
    engine.dispose()


# Failing at a row

SQLITE_FAILS = {
    "json": ("json_extract(nguoi_nop, '$.ngay')", "malformed JSON"),
    "overflow": ("abs(-9223372036854775807 - 1)", "integer overflow"),
    "size": ("zeroblob(2000000000)", "string or blob too big"),
    "pattern": ("'a' LIKE replace(hex(zeroblob(60000)), '0', '%')", "LIKE or GLOB pattern too complex"),
}


@pytest.mark.parametrize("expression", SQLITE_FAILS)
def test_error_of_sqlite_at_a_row_is_told_as_that_and_the_last_figures_stay(system: Path, expression: str) -> None:
    sql, words = SQLITE_FAILS[expression]
    clock = Clock()
    engine = connect(f"sqlite:///{system}")
    source = StatisticsSource(engine, fresh_for=5, full_read=60, stale_for=300, clock=clock)
    try:
        source.wait()
        received = total(source)["received"]["total"]
        script(
            system,
            "DROP VIEW dossiers; CREATE VIEW dossiers AS SELECT ma_ho_so AS code, '' AS procedure,"
            " '' AS procedure_name, '' AS agency, '' AS agency_name, '' AS field, '' AS field_name,"
            " 'online' AS channel, trang_thai AS status,"
            f" ngay_tiep_nhan AS received_at, CASE id WHEN 3 THEN {sql} ELSE ngay_hen_tra END AS due_at,"
            " ngay_ket_thuc AS resolved_at FROM ho_so",
        )
        with pytest.raises(Unavailable) as raised:
            read_events(engine, WINDOW)
        clock.forward(seconds=90)
        source.answer(YEAR)
        source.wait()
        assert total(source)["received"]["total"] == received
        failure = source.failure()
        assert failure is not None
        assert words in str(failure)
    finally:
        source.close()
        engine.dispose()

    told = raised.value.message.render(load_catalogue(ROOT / "plugins" / "gateway", "vi").gettext)
    assert f"báo lỗi dữ liệu ở một dòng nào đó ({words})" in told
    assert "Mật" not in told


POSTGRESQL_FAILS = {
    "a day": (
        "(CASE id WHEN 3 THEN nguoi_nop ELSE '2019-09-24' END)::timestamp",
        "22007, invalid input syntax for type timestamp",
    ),
    "a number": (
        "now()::timestamp + (CASE id WHEN 3 THEN nguoi_nop ELSE '1' END)::int * interval '1 day'",
        "22P02, invalid input syntax for type integer",
    ),
    "nought": ("now()::timestamp + interval '1 day' / (id - 3)", "22012, division by zero"),
    "several": (
        "(SELECT now()::timestamp FROM generate_series(1, CASE id WHEN 3 THEN 2 ELSE 1 END))",
        "21000, more than one row returned by a subquery used as an expression",
    ),
    "a function of their own": ("pg_temp_fail(nguoi_nop)", "P0001"),
}


@pytest.mark.parametrize("expression", POSTGRESQL_FAILS)
def test_error_of_postgresql_at_a_row_is_told_as_that_and_quotes_nothing(
    one_stop: str, postgresql_url: str, expression: str
) -> None:
    sql, words = POSTGRESQL_FAILS[expression]
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION pg_temp_fail(who text) RETURNS timestamp LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% has no day', who; END $$"
        )
        connection.execute(
            "CREATE OR REPLACE VIEW cong_du_lieu.dossiers AS SELECT ma_ho_so AS code, ''::text AS procedure,"
            " ''::text AS procedure_name, ''::text AS agency, ''::text AS agency_name, ''::text AS field,"
            " ''::text AS field_name, 'online'::text AS channel, trang_thai AS status, ngay_tiep_nhan AS received_at,"
            f" {sql} AS due_at, ngay_ket_thuc AS resolved_at FROM ho_so"
        )
    engine = connect(one_stop)
    try:
        with pytest.raises(Unavailable) as raised:
            read_events(engine, WINDOW)
    finally:
        engine.dispose()

    told = raised.value.message.render(load_catalogue(ROOT / "plugins" / "gateway", "vi").gettext)
    assert f"báo lỗi dữ liệu ở một dòng nào đó (SQLSTATE {words})" in told
    for secret in ("Nguyễn", "Mật", "0792"):
        assert secret not in told


def test_health_tells_that_the_earlier_days_could_not_be_read_anew(system: Path) -> None:
    """Today's dossiers can be, and the figures go on."""
    with GatewayServer(replace(settings_for(system), full_read=1.0, fresh_for=1.0)).running() as address:
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).ok)
        assert "failing" not in requests.get(f"{address}/v1/health", timeout=10).json()
        script(
            system,
            "DROP VIEW dossiers; CREATE VIEW dossiers AS SELECT ma_ho_so AS code, '' AS procedure,"
            " '' AS procedure_name, '' AS agency, '' AS agency_name, '' AS field, '' AS field_name,"
            " 'online' AS channel, trang_thai AS status, ngay_tiep_nhan AS received_at, ngay_hen_tra AS due_at,"
            " ngay_ket_thuc AS resolved_at FROM ho_so UNION ALL SELECT '1', '', '', json('x'), '', '', '', 'online', 1,"
            " '2019-09-01', NULL, NULL",
        )
        until(lambda: "failing" in requests.get(f"{address}/v1/health", timeout=10).json())
        health = requests.get(f"{address}/v1/health", timeout=10)
        figures = requests.get(f"{address}/v1/statistics", params=QUERY, headers=BEARER, timeout=10)

    assert (health.status_code, figures.status_code) == (200, 200)
    assert health.json()["failing"]["reason"] == "views"
    assert "(malformed JSON)" in health.json()["failing"]["detail"]


def test_what_is_not_there_is_still_told_as_that(system: Path) -> None:
    script(system, "ALTER TABLE ho_so RENAME COLUMN ngay_hen_tra TO x; DROP VIEW dossiers")
    engine = connect(f"sqlite:///{system}")
    with pytest.raises(Unavailable, match="the database has no view dossiers"):
        read_events(engine, WINDOW)
    engine.dispose()
