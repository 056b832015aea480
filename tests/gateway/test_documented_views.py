"""The views of docs/gateway.md on both databases: the same answers, and no way from them to anything else."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest

from plugins.gateway.form import Question
from plugins.gateway.lookup import LookupSource
from plugins.gateway.moments import read_moment
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import connect
from tests.gateway.clock import Clock
from tests.gateway.one_stop import CODE, OTHER_CODE, SECRETS, write_one_stop, write_one_stop_to_postgresql
from tests.provinces import ROOT

YEARS = Question(date(2018, 1, 1), date(2019, 12, 31), ("total", "agency", "field", "channel", "month"))


@pytest.fixture
def reader(postgresql_url: str) -> Iterator[str]:
    """The address of a one-stop system on PostgreSQL, for the user who may read its views."""
    yield write_one_stop_to_postgresql(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA cong_du_lieu CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute("DROP ROLE cong_ho_so")


def told(url: str) -> list[str]:
    """The figures and two dossiers."""
    engine = connect(url)
    source = StatisticsSource(engine, fresh_for=5, full_read=60, stale_for=60, clock=Clock())
    source.wait()
    lookup = LookupSource(engine, Clock())
    found = [source.answer(YEARS).body.decode()]
    found += [dossier.model_dump_json() for code in (CODE, OTHER_CODE) if (dossier := lookup.dossier(code))]
    source.close()
    engine.dispose()
    return found


def test_both_databases_tell_the_same(reader: str, tmp_path: Path) -> None:
    write_one_stop(tmp_path / "motcua.sqlite")

    answers = told(reader)
    assert answers == told(f"sqlite:///{tmp_path / 'motcua.sqlite'}")
    assert len(answers) == 3
    assert '"received":{"total":6,' in answers[0]
    assert [secret for secret in SECRETS if any(secret in answer for answer in answers)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT nguoi_nop FROM public.ho_so",
        "SELECT * FROM public.tin_nhan",
        "DELETE FROM public.ho_so",
        "CREATE TABLE cong_du_lieu.x (a text)",
        "SET default_transaction_read_only = off; DELETE FROM public.ho_so",
    ],
)
def test_reader_may_read_the_views_and_nothing_else(reader: str, statement: str) -> None:
    with psycopg.connect(reader) as connection:
        assert connection.execute("SELECT count(*) FROM dossiers").fetchone() == (6,)
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
            connection.execute(statement)
        connection.rollback()


MORNING = datetime(2019, 9, 24, 8, 12)
KEPT = {
    "a far day": (("timestamp 'infinity'", None), ("timestamp '2019-09-24 08:12:00'", MORNING)),
    "text such": (("text '24/09/2019 08:12'", MORNING),),
    "seconds since": (("bigint '1569287520'", MORNING),),
}
"""What may stand in a table, by the beginning of the line that says what to do; and the moment that is meant."""


def remedies() -> list[tuple[str, str, str]]:
    """What docs/gateway.md has tables hold, and what is then written in PostgreSQL and in SQLite."""
    text = (ROOT / "docs" / "gateway.md").read_text("utf-8")
    return re.findall(r"^- (.+): PostgreSQL `([^`]+)`, SQLite `([^`]+)`;$", text, re.MULTILINE)


@pytest.mark.parametrize("kept", KEPT)
def test_documented_remedies_make_moments_of_what_is_kept_otherwise(postgresql_url: str, kept: str) -> None:
    [(_, in_postgresql, in_sqlite)] = [remedy for remedy in remedies() if remedy[0].startswith(kept)]
    assert len(remedies()) == len(KEPT)
    server, file = connect(postgresql_url), sqlite3.connect(":memory:")
    with server.connect() as connection, closing(file):
        for stored, moment in KEPT[kept]:
            selected = f"SELECT ({in_postgresql})::text FROM (SELECT {stored} AS ngay) AS t"  # noqa: S608
            [found] = connection.exec_driver_sql(selected).one()
            assert read_moment(found)[0] == moment

            plain = stored.partition(" ")[2].strip("'").replace("infinity", "9999-12-31 00:00:00")
            value = int(plain) if plain.isdigit() else plain
            [found] = file.execute(f"SELECT {in_sqlite} FROM (SELECT ? AS ngay)", [value]).fetchone()  # noqa: S608
            assert read_moment(found)[0] == moment
    server.dispose()


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("code = 'x'", "ho_so_ma"),
        ("received_at >= '2019-09-24'", "ho_so_tiep_nhan"),
        ("due_at >= '2019-09-24'", "ho_so_hen_tra"),
        ("resolved_at >= '2019-09-24'", "ho_so_ket_thuc"),
    ],
)
def test_views_are_searched_by_the_documented_indexes(
    reader: str, postgresql_url: str, condition: str, index: str
) -> None:
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("SET enable_seqscan = off")  # six rows are read faster without any index
        plan = connection.execute(f"EXPLAIN SELECT * FROM cong_du_lieu.dossiers WHERE {condition}").fetchall()  # noqa: S608
    assert index in str(plan), plan
