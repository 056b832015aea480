"""Statistics of the gateway: every figure is the one that counting dossiers gives, on both databases."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from plugins.gateway.events import FIRST_MOMENT
from plugins.gateway.form import Question
from plugins.gateway.statistics import Answer, StatisticsSource
from plugins.gateway.tables import Unavailable, connect
from plugins.portal.dossiers import DossierCounts, Grouping
from plugins.portal.problems import SettingsError
from plugins.portal.values import VIETNAM
from tests.gateway.clock import NOW, Clock
from tests.gateway.reference import expected_rows
from tests.gateway.tables_made import MadeDossier, MadeTables
from tests.waiting import PATIENCE

ALL: tuple[Grouping, ...] = ("total", "agency", "field", "channel", "month")
LIMITS = {"fresh_for": 5.0, "full_read": 3600.0, "stale_for": 300.0}
YEAR = Question(date(2019, 1, 1), date(2019, 12, 31), ("total",))


@contextmanager
def reading(
    tables: MadeTables, clock: Callable[[], datetime] | None = None, **limits: float
) -> Iterator[StatisticsSource]:
    """A source that has read the tables."""
    engine = connect(tables.url)
    source = StatisticsSource(engine, clock=clock or Clock(), **(LIMITS | limits))
    try:
        source.wait()
        yield source
    finally:
        source.close()
        engine.dispose()


def rows(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.body)["rows"]
    return found


def nameless(answer: Answer) -> dict[str, Any]:
    return {
        grouping: [{name: value for name, value in row.items() if name != "name"} for row in found]
        for grouping, found in rows(answer).items()
    }


def total(source: StatisticsSource, question: Question = YEAR) -> dict[str, Any]:
    [row] = rows(source.answer(question))["total"]
    found: dict[str, Any] = row
    return found


MOMENTS = st.datetimes(datetime(2018, 12, 27), datetime(2019, 3, 5, 23, 59, 59)).map(
    lambda moment: moment.replace(microsecond=0)
)
SPANS = st.one_of(st.timedeltas(timedelta(0), timedelta(days=40)), st.integers(0, 3).map(lambda n: timedelta(days=n)))


@st.composite
def lives(draw: st.DrawFn) -> MadeDossier:
    received_at = draw(MOMENTS)
    due = draw(st.none() | SPANS)
    took = draw(st.none() | SPANS)
    return MadeDossier(
        received_at=received_at,
        due_at=None if due is None else (received_at + due).replace(microsecond=0),
        resolved_at=None if took is None else (received_at + took).replace(microsecond=0),
        agency=draw(st.sampled_from(["so-y-te", "so-tu-phap", "ubnd-huyen-long-my"])),
        field=draw(st.sampled_from(["duoc", "ho-tich"])),
        channel=draw(st.sampled_from(["online", "in_person", "post"])),
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    days = sorted(draw(st.lists(MOMENTS.map(datetime.date), min_size=2, max_size=2)))
    return Question(days[0], days[1], tuple(draw(st.permutations(ALL))))


@given(st.lists(lives(), max_size=25), st.lists(questions(), min_size=1, max_size=4), MOMENTS, SPANS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_figure_is_the_one_that_counting_gives(
    tables: MadeTables, dossiers: Sequence[MadeDossier], asked: Sequence[Question], read_at: datetime, later: timedelta
) -> None:
    tables.empty()
    # So many more that what lies ahead is less than half of all, which would give no figures.
    dossiers = [*dossiers, *(MadeDossier(min(read_at, datetime(2019, 1, 2))) for _ in dossiers)]
    tables.add(dossiers)
    clock = Clock(read_at.replace(tzinfo=VIETNAM))
    with reading(tables, clock, full_read=10**7, stale_for=10**8, most_left_out=100) as source:
        for now in (clock.now, (clock.now + later).replace(microsecond=0)):
            clock.now = now
            for question in asked:
                answer = source.answer(question)
                moment = answer.as_of.replace(tzinfo=None)
                assert nameless(answer) == expected_rows(dossiers, question, moment)
        assert now - answer.as_of <= timedelta(seconds=5)


@given(st.lists(lives(), max_size=40), questions())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_identities_of_the_form_hold_and_groups_add_up(
    tmp_path_factory: pytest.TempPathFactory, dossiers: Sequence[MadeDossier], question: Question
) -> None:
    tables = MadeTables.in_file(tmp_path_factory.mktemp("identities"))
    tables.add(dossiers)
    with reading(tables) as source:
        found = nameless(source.answer(question))
    tables.close()
    for row in (row for grouped in found.values() for row in grouped):
        counts = {name: part for name, part in row.items() if name != "key"}
        assert list(DossierCounts.model_validate(counts).doubts()) == []
    [whole] = found["total"]
    for grouping in ("agency", "field", "channel"):
        for part, columns in whole.items():
            if part not in ("key", "processing_days"):
                sums = {column: sum(row[part][column] for row in found[grouping]) for column in columns}
                assert sums == columns


@pytest.fixture
def few(tables: MadeTables) -> MadeTables:
    """Three dossiers of September 2019: early, overdue and pending."""
    tables.add(
        [
            MadeDossier(datetime(2019, 9, 2, 8), datetime(2019, 9, 9, 8), datetime(2019, 9, 5, 9)),
            MadeDossier(datetime(2019, 9, 3, 8), datetime(2019, 9, 10, 8), datetime(2019, 9, 12, 9)),
            MadeDossier(datetime(2019, 9, 20, 8), datetime(2019, 9, 27, 8)),
        ]
    )
    return tables


def test_rows_have_names_and_the_moment_of_the_figures(few: MadeTables) -> None:
    with reading(few) as source:
        document = json.loads(source.answer(Question(YEAR.first_day, YEAR.last_day, ("agency", "channel"))).body)

    assert (document["as_of"], document["from"], document["to"]) == (
        "2019-09-24T10:15:00+07:00", "2019-01-01", "2019-12-31",
    )  # fmt: skip
    assert [(row["key"], row["name"]) for row in document["rows"]["agency"]] == [("so-y-te", "Tên so-y-te")]
    assert [row["name"] for row in document["rows"]["channel"]] == ["Trực tuyến", "Trực tiếp", "Bưu chính công ích"]


def test_what_happens_is_in_the_figures_once_they_are_no_longer_fresh(few: MadeTables) -> None:
    clock = Clock()
    with reading(few, clock) as source:
        before = source.answer(YEAR)
        few.add([MadeDossier(datetime(2019, 9, 24, 10, 15, 2), code="000.00.14.H30-190924-0001")])
        clock.forward(seconds=4)
        same = source.answer(YEAR)
        clock.forward(seconds=2)
        after = source.answer(YEAR)

    assert same is before
    assert rows(after)["total"][0]["received"]["total"] == rows(before)["total"][0]["received"]["total"] + 1
    assert (after.etag != before.etag, after.as_of - before.as_of) == (True, timedelta(seconds=6))


def test_figures_go_over_midnight_without_a_full_reading(few: MadeTables) -> None:
    clock = Clock(datetime(2019, 9, 24, 23, 59, 50, tzinfo=VIETNAM))
    with reading(few, clock) as source:
        few.add([MadeDossier(datetime(2019, 9, 24, 23, 59, 55), code="000.00.14.H30-190924-0001")])
        few.add([MadeDossier(datetime(2019, 9, 25, 0, 0, 5), code="000.00.14.H30-190925-0001")])
        clock.forward(seconds=20)
        months_rows = nameless(source.answer(Question(date(2019, 9, 24), date(2019, 9, 25), ("total",))))
        clock.forward(days=3)
        pending = total(source)["pending"]

    assert months_rows["total"][0]["received"]["online"] == 2
    assert pending == {"total": 3, "within": 2, "overdue": 1}  # one fell due on the 27th


def test_corrections_of_the_past_come_with_the_next_full_reading(few: MadeTables) -> None:
    clock = Clock()
    with reading(few, clock, full_read=600) as source:
        few.add([MadeDossier(datetime(2019, 1, 7, 8), code="000.00.14.H30-190107-0001")])
        clock.forward(seconds=60)
        assert total(source)["received"]["total"] == 3
        clock.forward(seconds=600)
        source.answer(YEAR)
        source.wait()
        assert total(source)["received"]["total"] == 4


def test_result_that_is_in_the_ledger_before_its_dossier_makes_nothing_negative(few: MadeTables) -> None:
    clock = Clock()
    with reading(few, clock) as source:
        entered_late = MadeDossier(
            datetime(2019, 9, 23, 8), None, datetime(2019, 9, 24, 10, 15, 1), agency="so-tu-phap", code="x"
        )
        few.add([entered_late])
        clock.forward(seconds=10)
        found = nameless(source.answer(Question(date(2019, 9, 24), date(2019, 9, 24), ("agency",))))

    late = next(row for row in found["agency"] if row["key"] == "so-tu-phap")
    assert late["received"] == {"total": 1, "online": 0, "in_person": 0, "carried_over": 1}
    assert (late["resolved"]["total"], late["pending"]["total"]) == (1, 0)


def test_rows_that_cannot_be_are_left_out_and_told(tables: MadeTables, caplog: pytest.LogCaptureFixture) -> None:
    good = MadeDossier(datetime(2019, 9, 2, 8), datetime(2019, 9, 9, 8))
    tables.add(
        [
            good,
            *[MadeDossier(datetime(2019, 9, 2, 8)) for _ in range(14)],
            MadeDossier(datetime(2019, 9, 2, 8), channel="fax"),
            MadeDossier(datetime(1999, 12, 31, 8)),
            MadeDossier(None),
            MadeDossier(datetime(2019, 9, 4, 8), resolved_at=datetime(2019, 9, 2, 8)),
            MadeDossier(datetime(2019, 9, 4, 8), due_at=datetime(2019, 9, 2, 8)),
            MadeDossier(datetime(2019, 9, 4, 8), agency=None, field=None),
        ]
    )
    with caplog.at_level(logging.WARNING), reading(tables) as source:
        found = nameless(source.answer(Question(YEAR.first_day, YEAR.last_day, ("total", "agency"))))

    [row] = found["total"]
    assert row["received"]["total"] == 18
    assert row["pending"] == {"total": 18, "within": 17, "overdue": 1}
    assert [(group["key"], group["received"]["total"]) for group in found["agency"]] == [("so-y-te", 17)]
    assert "3 dossiers are left out" in caplog.text


@pytest.mark.parametrize("fraction", ["", ".000000", ".999"])
def test_moments_of_sqlite_may_be_written_with_fractions(
    tmp_path_factory: pytest.TempPathFactory, fraction: str
) -> None:
    tables = MadeTables.in_file(tmp_path_factory.mktemp("fractions"))
    tables.add([MadeDossier(datetime(2019, 9, day)) for day in (22, 23, 24)])
    with tables._engine.begin() as connection:
        connection.execute(text(f"UPDATE dossiers SET received_at = substr(received_at, 1, 19) || '{fraction}'"))  # noqa: S608
    with reading(tables) as source:
        days = [
            total(source, Question(day, day, ("total",)))["received"]["online"]
            for day in (date(2019, 9, n) for n in (21, 22, 23, 24))
        ]
    tables.close()

    assert days == [0, 1, 1, 1]


def test_period_that_has_not_begun_carries_over_what_is_open(few: MadeTables) -> None:
    with reading(few) as source:
        found = nameless(source.answer(Question(date(2020, 1, 1), date(2020, 2, 1), ALL)))

    [row] = found["total"]
    assert row["received"] == {"total": 1, "online": 0, "in_person": 0, "carried_over": 1}
    assert (row["pending"]["total"], found["month"]) == (1, [])


def test_empty_tables_have_figures_of_nothing(tables: MadeTables) -> None:
    with reading(tables) as source:
        found = nameless(source.answer(Question(date(2019, 8, 15), date(2019, 9, 3), ALL)))

    assert [row["key"] for row in found["month"]] == ["2019-08", "2019-09"]
    assert (found["agency"], found["field"], len(found["channel"])) == ([], [], 3)
    assert found["total"][0]["pending"] == {"total": 0, "within": 0, "overdue": 0}


def test_copy_of_a_database_that_is_put_in_place_anew_is_read(tmp_path: Path) -> None:
    clock = Clock()
    old, new = MadeTables.in_file(tmp_path), MadeTables(f"sqlite:///{tmp_path / 'new'}")
    old.add([MadeDossier(datetime(2019, 9, 24, 8))])
    new.add([MadeDossier(datetime(2019, 9, 24, hour)) for hour in (8, 9, 10)])
    with reading(old, clock) as source:
        assert total(source)["received"]["total"] == 1
        (tmp_path / "new").replace(tmp_path / "dossiers.sqlite")
        clock.forward(seconds=10)
        assert total(source)["received"]["total"] == 3
    old.close()
    new.close()


def test_engine_refuses_to_write(few: MadeTables) -> None:
    engine = connect(few.url)
    for statement in ("DELETE FROM dossiers", "INSERT INTO dossier_steps (code) VALUES ('x')", "DROP TABLE dossiers"):
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
    with reading(few) as source:
        assert total(source)["received"]["total"] == 3


def test_last_ledger_answers_until_it_is_too_old(few: MadeTables, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    with reading(few, clock) as source:
        with few._engine.begin() as connection:
            connection.execute(text("ALTER TABLE dossiers RENAME TO gone"))
        clock.forward(seconds=290)
        old = source.answer(YEAR)
        clock.forward(seconds=20)
        with pytest.raises(Unavailable, match="too long"):
            source.answer(YEAR)
        assert source.as_of() is None
        with few._engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO dossiers"))
        clock.forward(seconds=10)
        again = source.answer(YEAR)

    assert (old.as_of, again.as_of) == (NOW, clock.now)
    assert "the dossiers cannot be read" in caplog.text


@pytest.mark.parametrize(
    ("full_read", "attempts"),
    [pytest.param(3600, 1, id="what has happened since"), pytest.param(30, 2, id="and everything")],
)
def test_failing_database_is_not_asked_with_every_question(
    few: MadeTables, caplog: pytest.LogCaptureFixture, full_read: float, attempts: int
) -> None:
    clock = Clock()
    with reading(few, clock, full_read=full_read) as source:
        with few._engine.begin() as connection:
            connection.execute(text("ALTER TABLE dossiers RENAME TO gone"))
        clock.forward(seconds=60)
        for _ in range(20):
            source.answer(YEAR)
            source.wait()
        with few._engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO dossiers"))

    assert caplog.text.count("the dossiers cannot be read") == attempts


def test_database_without_the_tables_is_unavailable(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty") / "a.sqlite"
    empty.touch()
    source = StatisticsSource(connect(f"sqlite:///{empty}"), fresh_for=5, full_read=60, stale_for=60)
    source.wait()

    assert source.as_of() is None
    with pytest.raises(Unavailable, match="not been read"):
        source.answer(YEAR)
    source.close()


def test_database_that_comes_later_is_read_then(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("later") / "dossiers.sqlite"
    file.touch()
    clock = Clock()
    source = StatisticsSource(connect(f"sqlite:///{file}"), fresh_for=5, full_read=60, stale_for=60, clock=clock)
    source.wait()
    tables = MadeTables.in_file(file.parent)
    tables.add([MadeDossier(datetime(2019, 9, 2, 8))])
    clock.forward(seconds=10)
    assert source.as_of() is None  # it is being read
    source.wait()

    assert total(source)["received"]["total"] == 1
    source.close()
    tables.close()


def test_many_threads_get_the_same_figures(few: MadeTables) -> None:
    clock = Clock()
    bodies: list[bytes] = []
    with reading(few, clock) as source:
        clock.forward(seconds=60)
        threads = [threading.Thread(target=lambda: bodies.append(source.answer(YEAR).body)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)

    assert (len(bodies), len(set(bodies))) == (16, 1)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/a", "the gateway reads SQLite and PostgreSQL"),
        ("no address", "the address cannot be read"),
        ("sqlite:///nowhere/dossiers.sqlite", "there is no file nowhere/dossiers.sqlite"),
        ("sqlite://", "there is no file"),
    ],
)
def test_address_that_cannot_be_meant_is_refused_with_the_remedy(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=f"GATEWAY_DATABASE_URL: {said}"):
        connect(url)


def test_years_before_2000_are_no_years_of_dossiers() -> None:
    assert datetime(2000, 1, 1) == FIRST_MOMENT
