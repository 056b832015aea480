"""The views of docs/gateway.md on both databases: the same answers, and no way from them to anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from plugins.gateway.form import Question
from plugins.gateway.lookup import LookupSource
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import connect
from tests.gateway.clock import Clock
from tests.gateway.one_stop import CODE, OTHER_CODE, SECRETS, write_one_stop, write_one_stop_to_postgresql

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
