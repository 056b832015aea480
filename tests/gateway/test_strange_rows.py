"""Rows that cannot be: each is left out, counted and told, and no figure of the others is another one for it."""

# ruff: noqa: S608  # the names of tables and columns are those of the tests
from __future__ import annotations

import json
import logging
import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.dossiers.answers import parse_answer
from plugins.dossiers.mapping import CONTRACT
from plugins.dossiers.period import Period
from plugins.gateway.form import Question
from plugins.gateway.rows import LEAST, REFUSED_SECONDS, Inventory
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import Unavailable, connect
from plugins.portal.values import VIETNAM
from tests.gateway.clock import NOW, Clock
from tests.gateway.reference import expected_rows
from tests.gateway.strange import GOOD, Row, add_rows, good, in_order, write_rows
from tests.gateway.tables_made import MadeDossier, MadeTables
from tests.gateway.test_moments import JUNK, MOMENTS, VALUES
from tests.gateway.test_statistics import ALL, YEAR, nameless, reading

pytestmark = pytest.mark.heavy

TODAY = NOW.replace(tzinfo=None)


@contextmanager
def source_over(url: str, clock: Clock | None = None, **limits: float) -> Iterator[StatisticsSource]:
    """A source that has read the tables."""
    engine = connect(url)
    given = {"fresh_for": 5.0, "full_read": 3600.0, "stale_for": 300.0} | limits
    source = StatisticsSource(engine, clock=clock or Clock(), **given)
    try:
        source.wait()
        yield source
    finally:
        source.close()
        engine.dispose()


@contextmanager
def being_written(path: Path) -> Iterator[None]:
    """While the block runs somebody else has the database for himself: who reads it has to wait."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")


def counted(source: StatisticsSource) -> dict[str, Any]:
    [row] = nameless(source.answer(YEAR))["total"]
    found: dict[str, Any] = row
    return found


def inventory(source: StatisticsSource) -> Inventory:
    return source.state()[1]


# Anything in any column

DAYS = st.datetimes(datetime(2019, 6, 1), datetime(2019, 9, 24, 10)).map(lambda moment: moment.replace(microsecond=0))
WAYS = (
    "{:%Y-%m-%d %H:%M:%S}", "{:%Y-%m-%dT%H:%M:%S}", "{:%Y-%m-%d %H:%M:%S}.250000", "{:%Y-%m-%d %H:%M:%S}+07:00",
    "{:%Y-%m-%dT%H:%M:%S}Z", "{:%Y-%m-%d %H:%M:%S}-05:30", "{:%Y-%m-%d}", "{:%Y-%m-%d %H:%M}",
)  # fmt: skip
WRITTEN = st.tuples(DAYS, st.sampled_from(WAYS)).map(lambda pair: pair[1].format(pair[0]))
STORED = (
    (VALUES | MOMENTS.map(str))
    .filter(lambda value: not isinstance(value, int) or abs(value) < 2**63)
    .map(lambda value: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value)
    .map(lambda value: None if isinstance(value, float) and math.isnan(value) else value)
)
"""What SQLite can hold: no integer of more than 64 bits, no half of a pair of UTF-16; of NaN it makes NULL."""


@st.composite
def rows_of(draw: st.DrawFn, junk: float) -> Row:
    """A row in which each column that matters may hold anything."""
    row: Row = {
        **GOOD,
        "code": draw(st.from_regex(r"000\.00\.14\.H30-190902-[0-9]{6}", fullmatch=True)),
        "agency": draw(st.sampled_from(["so-y-te", "so-tu-phap"])),
        "channel": draw(st.sampled_from(["online", "in_person", "post"])),
        "received_at": draw(WRITTEN), "due_at": draw(st.none() | WRITTEN), "resolved_at": draw(st.none() | WRITTEN),
    }  # fmt: skip
    for name in (
        "code",
        "channel",
        "received_at",
        "due_at",
        "resolved_at",
        "procedure",
        "agency_name",
        "field_name",
        "status",
    ):
        if draw(st.floats(0, 1)) < junk:
            row[name] = draw(STORED)
    return row


@given(st.lists(rows_of(junk=0.1), max_size=30), st.tuples(DAYS, DAYS).map(sorted))
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@example(
    [good(0), good(1, received_at=None, channel=None), good(2, code=None, received_at="2019-09-24T04:00:00Z")],
    [datetime(2019, 6, 1), datetime(2019, 6, 1)],
)
@example([good(0, received_at="2000-01-01", resolved_at="2019-06-01")], [datetime(2019, 6, 1), datetime(2019, 6, 1)])
def test_figures_are_those_of_the_rows_in_order_whatever_stands_in_the_others(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], days: list[datetime]
) -> None:
    dossiers, left_out = in_order(rows, TODAY)
    question = Question(days[0].date(), days[1].date(), ALL)
    with source_over(write_rows(tmp_path_factory.mktemp("strange") / "a.sqlite", rows), most_left_out=100) as source:
        if 2 * left_out > len(rows):
            with pytest.raises(Unavailable, match="cannot be relied upon"):
                source.answer(question)
            return
        answer = source.answer(question)
        came_upon = inventory(source)

    expected = expected_rows(dossiers, question, TODAY)
    assert nameless(answer) == expected
    assert came_upon.left_out == left_out
    assert sum(1 for _ in came_upon.sentences()) >= bool(left_out)
    parse_answer(answer.body, CONTRACT, Period(question.first_day, question.last_day), NOW)


@given(st.lists(st.tuples(STORED, STORED, STORED, STORED), max_size=12))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_portal_takes_the_figures_whatever_agencies_and_fields_are_called(
    tmp_path_factory: pytest.TempPathFactory, called: list[tuple[object, object, object, object]]
) -> None:
    rows = [
        good(number, agency=agency, agency_name=agency_name, field=field, field_name=field_name)
        for number, (agency, agency_name, field, field_name) in enumerate(called)
    ]
    with source_over(write_rows(tmp_path_factory.mktemp("named") / "a.sqlite", rows)) as source:
        answer = source.answer(Question(YEAR.first_day, YEAR.last_day, ALL))

    statistics = parse_answer(answer.body, CONTRACT, Period(YEAR.first_day, YEAR.last_day), NOW)
    assert statistics.total.received.total == len(rows)
    assert sum(row.counts.received.total for row in statistics.agencies) <= len(rows)


def test_name_in_another_encoding_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write_rows(path, [good(1), good(2, agency_name="Sở Tư pháp")])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE dossiers SET agency_name = CAST(x'53' || x'EA' AS TEXT) WHERE agency_name = 'Sở Y tế'"
        )
    with source_over(f"sqlite:///{path}") as source:
        assert counted(source)["received"]["total"] == 2


# One row of many

IMPOSSIBLE = ["2026-02-30", "infinity", "-infinity", "10000-01-01 00:00:00", "4713-01-01 00:00:00 BC", "", "31/12/2026",
              1_798_675_200, 2**62, 1.5, b"2019-09-24", "9999-12-31 00:00:00", "2099-01-01 00:00:00"]  # fmt: skip


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
@pytest.mark.parametrize("column", ["received_at", "due_at", "resolved_at"])
def test_one_impossible_moment_leaves_out_its_row_and_no_other(tmp_path: Path, column: str, impossible: object) -> None:
    rows = [good(number, resolved_at="2019-09-12 08:00:00") for number in range(9)]
    with source_over(write_rows(tmp_path / "a.sqlite", [*rows, good(9, **{column: impossible})])) as source:
        assert counted(source)["received"]["total"] == 9
        assert counted(source)["resolved"] == {"total": 9, "early": 0, "on_time": 0, "overdue": 9}
        [(cause, number)] = inventory(source).counts.items()

    assert (cause.column, number) == (column, 1)


@pytest.mark.parametrize("typed", ["timestamp", "timestamptz", "date"])
@pytest.mark.parametrize("impossible", ["infinity", "-infinity", "10000-01-01", "4713-01-01 BC", "1900-01-01"])
def test_postgresql_has_days_that_python_has_not(postgresql_url: str, typed: str, impossible: str) -> None:
    tables = MadeTables(postgresql_url)
    tables.add([MadeDossier(datetime(2019, 9, 2, 8), datetime(2019, 9, 9), datetime(2019, 9, 12, 8)) for _ in range(9)])
    try:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            for column in ("received_at", "due_at", "resolved_at"):
                connection.execute(f"ALTER TABLE dossiers ALTER {column} TYPE {typed}")
                connection.execute(
                    f"INSERT INTO dossiers SELECT DISTINCT '{column}', procedure, procedure_name, agency, agency_name,"
                    " field, field_name, channel, status, received_at, due_at, resolved_at FROM dossiers"
                    " WHERE code LIKE '000%' LIMIT 1"
                )
                connection.execute(f"UPDATE dossiers SET {column} = '{impossible}' WHERE code = '{column}'")
        with reading(tables) as source:
            assert counted(source)["resolved"] == {"total": 9, "early": 0, "on_time": 0, "overdue": 9}
            causes = inventory(source).counts
        assert sorted((cause.column, number) for cause, number in causes.items()) == [
            ("due_at", 1), ("received_at", 1), ("resolved_at", 1),
        ]  # fmt: skip
    finally:
        tables.close()


def test_wrong_due_day_never_makes_a_dossier_timely(tmp_path: Path) -> None:
    late = good(0, resolved_at="2019-09-12 08:00:00")
    rows = [good(number, resolved_at="2019-09-05 08:00:00") for number in range(1, 20)]
    figures = []
    for due in ("2019-09-09", "31/12/2026", "2026-02-30", "2126-09-09", "9999-12-31", "infinity", ""):
        with source_over(write_rows(tmp_path / "a.sqlite", [{**late, "due_at": due}, *rows])) as source:
            figures.append(counted(source)["resolved"])

    assert figures[0] == {"total": 20, "early": 19, "on_time": 0, "overdue": 1}
    assert figures[1:] == [{"total": 19, "early": 19, "on_time": 0, "overdue": 0}] * 6


def test_what_is_out_of_order_is_counted_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = [
        *(good(number) for number in range(20)),
        good(20, due_at="2019-08-01"), good(21, resolved_at="1999-01-01"), good(22, resolved_at="2019-08-30 08:00:00"),
        good(1), good(23, agency=None), good(24, field="x" * 121),
    ]  # fmt: skip
    with (
        caplog.at_level(logging.WARNING),
        source_over(write_rows(tmp_path / "a.sqlite", rows), most_left_out=50) as source,
    ):
        row = counted(source)
        document = inventory(source).document()

    assert row["received"]["total"] == 25
    assert row["pending"] == {"total": 25, "within": 1, "overdue": 24}
    assert document == {
        "left_out": [{"column": "resolved_at", "fault": "range", "dossiers": 1, "form": "1999-##-##"}],
        "doubted": [
            {"column": "due_at", "fault": "before", "dossiers": 1},
            {"column": "resolved_at", "fault": "before", "dossiers": 1},
            {"column": "code", "fault": "repeated", "dossiers": 1},
        ],
        "ungrouped": [
            {"column": "agency", "fault": "missing", "dossiers": 1},
            {"column": "field", "fault": "missing", "dossiers": 1},
        ],
    }
    assert "1 dossiers are left out of 26" in caplog.text
    assert "due_at: it lies before the day of reception: 1 counted, but doubtful" in caplog.text


def test_log_tells_the_form_of_what_is_left_out_and_nothing_that_it_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [*(good(number) for number in range(9)), good(9, received_at="Nguyễn Thị Mật 079200001234")]
    with caplog.at_level(logging.DEBUG), source_over(write_rows(tmp_path / "a.sqlite", rows)) as source:
        counted(source)

    assert "received_at: it is not written as 2019-09-24 08:12:00 (written aaaaaa aaa aaa ############)" in caplog.text
    assert "Mật" not in caplog.text
    assert "0792" not in caplog.text


# While it runs


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_impossible_row_of_today_is_left_out_at_once(tmp_path: Path, impossible: object) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    with source_over(write_rows(path, [good(number) for number in range(50)]), clock) as source:
        with closing(sqlite3.connect(path)) as connection, connection:
            add_rows(connection, [good(90, received_at="2019-09-24 10:15:02", due_at=impossible)])
            add_rows(connection, [good(91, received_at="2019-09-24 10:15:02", due_at="2019-09-30 17:00:00")])
        clock.forward(seconds=10)
        row = counted(source)
        assert (row["received"]["total"], inventory(source).left_out) == (51, 1)
        assert source.state()[0] == clock.now


def test_result_of_a_row_that_has_become_impossible_does_not_count(tmp_path: Path) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    with source_over(write_rows(path, [good(number) for number in range(50)]), clock) as source:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE dossiers SET due_at = 'x', resolved_at = '2019-09-24 10:15:01' WHERE rowid = 1")
        clock.forward(seconds=10)
        assert counted(source)["resolved"]["total"] == 0
        clock.forward(hours=2)
        source.answer(YEAR)
        source.wait()
        assert (counted(source)["received"]["total"], inventory(source).left_out) == (49, 1)


def test_view_that_writes_days_otherwise_from_one_moment_on_gives_no_figures(tmp_path: Path) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    rows = [good(number, received_at="2019-09-24 08:00:00", due_at=None) for number in range(40)]
    url = write_rows(path, [good(number) for number in range(50, 90)] + rows)
    with source_over(url, clock, patience=0.1) as source:
        assert counted(source)["received"]["total"] == 80
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE dossiers SET received_at = strftime('%d/%m/%Y %H:%M', received_at)")
        clock.forward(seconds=10)
        with suppress(Unavailable):  # where it is read again before this is answered
            assert (
                counted(source)["received"]["total"] == 80
            )  # what was known before is doubted less than what came now
        source.wait()  # what is of today is read, and finds that it is gone
        source.wait()  # then all is read
        with pytest.raises(Unavailable, match="80 of 80 dossiers") as raised:
            source.answer(YEAR)
        assert (raised.value.reason, raised.value.column) == ("rows", "received_at")


def test_table_is_read_again_after_it_was_mended(tmp_path: Path) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    with source_over(write_rows(path, [good(n, received_at="24/09/2019") for n in range(9)]), clock) as source:
        with pytest.raises(Unavailable, match="cannot be relied upon"):
            source.answer(YEAR)
        write_rows(path, [good(number) for number in range(9)])
        clock.forward(seconds=REFUSED_SECONDS + 1)
        with suppress(Unavailable):  # it is being read
            source.answer(YEAR)
        source.wait()
        assert counted(source)["received"]["total"] == 9


def test_much_of_today_that_is_out_of_order_gives_no_figures(tmp_path: Path) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    with source_over(write_rows(path, [good(number) for number in range(5_000)]), clock) as source:
        with closing(sqlite3.connect(path)) as connection, connection:
            add_rows(
                connection,
                [good(n, received_at="2019-09-24 10:15:01", due_at="30/9/2019") for n in range(6_000, 6_012)],
            )
        clock.forward(seconds=10)
        with pytest.raises(Unavailable, match="12 of 5012 dossiers"):
            source.answer(YEAR)


# Too many


def as_days(form: str) -> Callable[[str], object]:
    return lambda written: datetime.fromisoformat(written).strftime(form)


@pytest.mark.parametrize("rows", [1, 3, 200])
@pytest.mark.parametrize(
    ("written", "form"),
    [
        (as_days("%d/%m/%Y %H:%M"), "##/##/#### ##:##"),
        (as_days("%m-%d-%y"), "##-##-##"),
        (as_days("%Y%m%d%H%M%S"), "##############"),
        (as_days("%s"), "##########"),
        (lambda written: int(datetime.fromisoformat(written).timestamp()), "##########"),
        (lambda written: datetime.fromisoformat(written).timestamp() * 1_000, "#############.#"),
        (lambda written: written.replace("2019", "2562"), "2562-##-## ##:##:##"),
        (lambda written: written.encode(), "(bytes)"),
        (lambda written: "", ""),
        (lambda written: None, ""),
    ],
)
def test_days_of_another_form_give_no_figures_but_the_form(
    tmp_path: Path, rows: int, written: Callable[[str], object], form: str
) -> None:
    made = [good(number, received_at=written("2019-09-02 08:00:00")) for number in range(rows)]
    with source_over(write_rows(tmp_path / "a.sqlite", made)) as source, pytest.raises(Unavailable) as raised:
        source.answer(YEAR)

    assert (raised.value.reason, raised.value.column) == ("rows", "received_at")
    assert f"{rows} of {rows} dossiers" in str(raised.value)
    assert (f"(written {form})" in str(raised.value)) == bool(form)


@pytest.mark.parametrize(
    ("rows", "wrong", "percent", "given_out"),
    [
        (200, LEAST, 1.0, True),
        (200, LEAST + 1, 1.0, False),
        (2_000, 20, 1.0, True),
        (2_000, 21, 1.0, False),
        (2_000, 100, 5.0, True),
        (2_000, 101, 5.0, False),
        (5, 2, 1.0, True),
        (5, 3, 1.0, False),
        (10, 3, 1.0, True),
        (10, 4, 1.0, False),
        (20, 5, 0.0, True),
        (20, 9, 1.0, False),
        (20, 9, 50.0, True),
    ],
)
@pytest.mark.parametrize("column", ["due_at", "channel"])
def test_share_that_may_be_left_out_is_a_setting(
    tmp_path: Path, rows: int, wrong: int, percent: float, column: str, *, given_out: bool
) -> None:
    made = [good(number, **({column: "fax"} if number < wrong else {})) for number in range(rows)]
    with source_over(write_rows(tmp_path / "a.sqlite", made), most_left_out=percent) as source:
        if given_out:
            assert counted(source)["received"]["total"] == rows - wrong
        else:
            with pytest.raises(Unavailable, match=f"most of them for {column}"):
                source.answer(YEAR)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"due_at": "2019-08-01"}, "due_at"),  # as where two columns were mixed up
        ({"resolved_at": "2019-08-01"}, "resolved_at"),
        ({"code": "000.00.14.H30-190902-0001"}, "code"),  # as where a join gives each dossier several times
    ],
)
def test_many_doubtful_rows_give_no_figures_either(tmp_path: Path, changed: Row, column: str) -> None:
    made = [good(number, **changed) for number in range(100)]
    with source_over(write_rows(tmp_path / "a.sqlite", made)) as source, pytest.raises(Unavailable) as raised:
        source.answer(YEAR)

    assert raised.value.column == column


AHEAD = ["2019-09-24 10:15:01", "2019-09-24 23:59:59", "2019-09-25", "2019-09-30 08:00:00", "2020-12-01 08:00:00",
         "2021-09-23 00:00:00", "2021-09-24 09:00:00", "2026-12-01 08:00:00"]  # fmt: skip
"""What is later than the moment of these tests: by a second, by hours, by years."""


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize("moment", AHEAD)
def test_nought_is_never_told_of_a_table_whose_rows_all_lie_ahead(tmp_path: Path, moment: str, rows: int) -> None:
    made = [good(number, received_at=moment, due_at=None) for number in range(rows)]
    with source_over(write_rows(tmp_path / "a.sqlite", made)) as source:
        with pytest.raises(Unavailable, match=f"{rows} of {rows} dossiers") as raised:
            source.answer(YEAR)
        with pytest.raises(Unavailable):
            source.state()

    assert (raised.value.reason, raised.value.column) == ("rows", "received_at")


@pytest.mark.parametrize("moment", AHEAD)
@pytest.mark.parametrize("column", ["received_at", "resolved_at"])
def test_few_rows_that_lie_ahead_are_told_and_many_give_no_figures(tmp_path: Path, column: str, moment: str) -> None:
    made = [good(number, due_at=None) for number in range(2_000)]
    changed = [good(number, due_at=None, **{column: moment}) for number in range(2_000, 2_021)]
    with source_over(write_rows(tmp_path / "a.sqlite", [*made, *changed[:20]])) as source:
        assert counted(source)["received"]["total"] >= 2_000
        assert counted(source)["resolved"]["total"] == 0
        [(cause, number)] = inventory(source).counts.items()
        assert (cause.column, number) == (column, 20)
        assert any(f"{column}: it l" in sentence.render() for sentence in inventory(source).sentences())
        form = {"form": f"{moment[:4]}-##-## ##:##:##"} if cause.what == "range" else {}
        told = {"column": column, "fault": cause.what, "dossiers": 20} | form
        assert list(inventory(source).document().values()) == [[told]]
    with (
        source_over(write_rows(tmp_path / "a.sqlite", [*made, *changed])) as source,
        pytest.raises(Unavailable, match=f"21 of 2021 dossiers .* most of them for {column}"),
    ):
        source.answer(YEAR)


def test_rows_that_lie_ahead_are_seen_while_it_runs_and_counted_when_their_moment_has_come(tmp_path: Path) -> None:
    path, clock = tmp_path / "a.sqlite", Clock()
    with source_over(write_rows(path, []), clock) as source:
        assert counted(source)["received"]["total"] == 0
        assert inventory(source).document() == {"empty": True}
        assert any("no row at all" in sentence.render() for sentence in inventory(source).sentences())
        with closing(sqlite3.connect(path)) as connection, connection:
            add_rows(connection, [good(n, received_at="2019-09-25 08:00:00", due_at=None) for n in range(12)])
        clock.forward(seconds=10)
        with pytest.raises(Unavailable, match="12 of 12 dossiers"):
            source.answer(YEAR)
        clock.forward(hours=23)
        with suppress(Unavailable):  # it is being read
            source.answer(YEAR)
        source.wait()
        assert (counted(source)["received"]["total"], inventory(source).document()) == (12, {})


def test_what_was_filed_on_a_day_off_and_counts_from_the_next_keeps_no_figures_back(tmp_path: Path) -> None:
    made = [good(number, due_at=None) for number in range(5_000)]
    monday = [good(number, received_at="2019-09-25 07:30:00", due_at=None) for number in range(5_000, 5_040)]
    with source_over(write_rows(tmp_path / "a.sqlite", [*made, *monday])) as source:
        assert counted(source)["received"]["total"] == 5_000


@pytest.mark.parametrize("typed", ["timestamp", "timestamptz", "date", "text"])
def test_postgresql_never_gives_nought_of_rows_that_lie_ahead(postgresql_url: str, typed: str) -> None:
    tables = MadeTables(postgresql_url)
    try:
        tables.add([MadeDossier(datetime(2020, 9, 2, 8)) for _ in range(9)])
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(f"ALTER TABLE dossiers ALTER received_at TYPE {typed}")
        with reading(tables) as source, pytest.raises(Unavailable, match="9 of 9 dossiers"):
            source.answer(YEAR)
    finally:
        tables.close()


# Zones


@given(
    st.lists(
        st.tuples(DAYS, st.none() | st.timedeltas(timedelta(0), timedelta(days=20)), st.booleans()),
        min_size=1,
        max_size=15,
    ),
    st.lists(st.integers(-11, 14), min_size=3, max_size=3),
)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_figures_do_not_shift_whatever_zones_moments_are_written_with(
    tmp_path_factory: pytest.TempPathFactory, lives: list[tuple[datetime, timedelta | None, bool]], hours: list[int]
) -> None:
    def written(moment: datetime | None, number: int) -> str | None:
        if moment is None:
            return None
        hour = hours[number % 3]
        return f"{moment + timedelta(hours=hour - 7):%Y-%m-%dT%H:%M:%S}{hour:+03d}:00"

    dossiers = [
        MadeDossier(
            received, received + timedelta(days=5), None if took is None else (received + took).replace(microsecond=0)
        )
        for received, took, _ in lives
    ]
    rows = [
        good(number, received_at=written(d.received_at, number), due_at=written(d.due_at, number + 1),
             resolved_at=written(d.resolved_at, number + 2))
        for number, d in enumerate(dossiers)
    ]  # fmt: skip
    question = Question(date(2019, 6, 1), date(2019, 9, 24), ("total", "month"))
    with source_over(write_rows(tmp_path_factory.mktemp("zones") / "a.sqlite", rows)) as source:
        assert nameless(source.answer(question)) == expected_rows(dossiers, question, TODAY)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def test_moments_with_a_zone_of_postgresql_are_vietnams_whatever_the_servers_zone(
    postgresql_url: str, zone: str
) -> None:
    tables = MadeTables(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        for column in ("received_at", "due_at", "resolved_at"):
            connection.execute(f"ALTER TABLE dossiers ALTER {column} TYPE timestamptz")
        connection.execute(f"ALTER DATABASE postgres SET timezone = '{zone}'")
    try:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO dossiers VALUES ('a', NULL, NULL, 'so-y-te', NULL, 'duoc', NULL, 'online', 4,"
                " '2019-08-31 17:30:00Z', '2019-09-05 16:59:00Z', '2019-09-05 17:01:00Z')"
            )
        with reading(tables) as source:
            [row] = nameless(source.answer(Question(date(2019, 9, 1), date(2019, 9, 30), ("total",))))["total"]
        assert (row["received"]["online"], row["resolved"]["overdue"]) == (1, 1)
    finally:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("ALTER DATABASE postgres RESET timezone")
        tables.close()


@pytest.mark.parametrize("zone", ["+07:00", "Z", "+09:00", "-08:00"])
def test_what_happens_today_is_seen_at_once_also_with_a_zone(tmp_path: Path, zone: str) -> None:
    hours = {"Z": 0}.get(zone) if zone == "Z" else int(zone[:3])
    path, clock = tmp_path / "a.sqlite", Clock(datetime(2019, 9, 24, 0, 5, tzinfo=VIETNAM))
    with source_over(write_rows(path, [good(1)]), clock) as source:
        moment = datetime(2019, 9, 24, 0, 5, 1) + timedelta(hours=(hours or 0) - 7)
        with closing(sqlite3.connect(path)) as connection, connection:
            add_rows(connection, [good(2, received_at=f"{moment}{zone}", due_at=None)])
        clock.forward(seconds=10)
        assert counted(source)["received"]["total"] == 2


def test_text_columns_of_postgresql_are_read_like_those_of_sqlite(postgresql_url: str) -> None:
    tables = MadeTables(postgresql_url)
    try:
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            for column in ("received_at", "due_at", "resolved_at", "status"):
                connection.execute(f"ALTER TABLE dossiers ALTER {column} TYPE text")
            connection.execute("ALTER TABLE dossiers ALTER channel TYPE char(12), ALTER agency TYPE char(20)")
        tables.add([MadeDossier(datetime(2019, 9, 2, 8)) for _ in range(9)])
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("UPDATE dossiers SET due_at = '2026-02-30' WHERE code LIKE '%0001'")
        clock = Clock()
        with reading(tables, clock) as source:
            assert counted(source)["received"]["total"] == 8
            tables.add([MadeDossier(datetime(2019, 9, 24, 10, 15, 3), code="x")])
            clock.forward(seconds=10)
            [row] = json.loads(source.answer(Question(YEAR.first_day, YEAR.last_day, ("agency",))).body)["rows"][
                "agency"
            ]
        assert (row["key"], row["received"]["total"]) == ("so-y-te", 9)
    finally:
        tables.close()


def test_every_example_of_junk_is_refused_when_it_is_everywhere(tmp_path: Path) -> None:
    for junk in JUNK:
        with (
            source_over(write_rows(tmp_path / "a.sqlite", [good(n, received_at=junk) for n in range(3)])) as source,
            pytest.raises(Unavailable, match="3 of 3 dossiers"),
        ):
            source.answer(YEAR)
