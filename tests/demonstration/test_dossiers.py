"""The made-up table: exactly the figures that were published, and a year in which something happens."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from plugins.demonstration import Offered, example, examples, write_demonstration
from plugins.demonstration.calendar import day_of
from plugins.demonstration.script import lives
from plugins.gateway.form import Question
from plugins.gateway.lookup import LookupSource
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import METADATA, Unavailable, connect
from plugins.portal.dossiers import DossierCounts, Grouping
from plugins.portal.values import VIETNAM
from tests.gateway.clock import Clock

pytestmark = pytest.mark.heavy

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=VIETNAM)
ALL: tuple[Grouping, ...] = ("total", "agency", "field", "channel", "month")


def offer(number: int, agency: str, days: int | None) -> Offered:
    return Offered(
        procedure=f"1.{number:06d}",
        procedure_name=f"Thủ tục {number}",
        agency=agency,
        agency_name=f"Tên {agency}",
        field=f"linh-vuc-{number % 3}",
        field_name=f"Lĩnh vực {number % 3}",
        working_days=days,
        agency_code=f"000.00.{10 + len(agency)}.H30",
    )


AGENCIES = (
    *("so-y-te", "so-tu-phap", "ubnd-huyen-long-my", "truong-cao-dang"),
    *("so-xay-dung", "van-phong-dang-ky-dat-dai", "cong-an-tinh"),
)
OFFERED = [
    offer(number, agency, days) for number, days in enumerate((None, 1, 3, 10, 25, 400), 1) for agency in AGENCIES
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration") / "dossiers.sqlite"
    write_demonstration(path, OFFERED, TODAY)
    return path


@pytest.fixture(scope="module")
def source(file: Path) -> Iterator[StatisticsSource]:
    source = read_at_noon(file)
    yield source
    source.close()


def read_at_noon(file: Path) -> StatisticsSource:
    engine = connect(f"sqlite:///{file}")
    source = StatisticsSource(engine, fresh_for=5, full_read=3600, stale_for=300, clock=Clock(NOON))
    source.wait()
    return source


def figures(source: StatisticsSource, first: date, last: date) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(source.answer(Question(first, last, ALL)).body)["rows"]
    return found


def sums(row: dict[str, Any]) -> dict[str, int]:
    """The sum and the outcomes of a row."""
    return {
        "received": row["received"]["total"],
        **{name: row["resolved"][name] for name in ("early", "on_time", "overdue")},
        "pending": row["pending"]["total"],
    }


def test_years_that_were_published_come_out_exactly(source: StatisticsSource) -> None:
    [in_2018] = figures(source, date(2018, 1, 1), date(2018, 12, 31))["total"]
    [in_2019] = figures(source, date(2019, 1, 1), date(2019, 9, 24))["total"]

    assert sums(in_2018) == {"received": 64_786, "early": 45_249, "on_time": 11_391, "overdue": 4_263, "pending": 3_883}
    assert in_2018["resolved"]["total"] == 60_903
    assert in_2018["received"]["carried_over"] == 0
    assert (in_2019["received"]["total"], in_2019["resolved"]["total"]) == (111_500, 108_200)
    assert in_2019["resolved"]["early"] + in_2019["resolved"]["on_time"] == 105_600
    assert in_2019["received"]["carried_over"] == 3_883


def test_nothing_is_left_over_when_2019_ends(source: StatisticsSource) -> None:
    [row] = figures(source, date(2019, 9, 25), date(2025, 11, 30))["total"]
    assert row["received"] == {"total": 3_300, "online": 0, "in_person": 0, "carried_over": 3_300}
    assert (row["resolved"]["total"], row["pending"]["total"]) == (3_300, 0)


def test_year_to_watch_goes_at_the_pace_of_2019(source: StatisticsSource) -> None:
    found = figures(source, date(2026, 1, 1), date(2026, 12, 31))

    [row] = found["total"]
    assert row["received"]["total"] - row["received"]["carried_over"] == pytest.approx(403 * 327, rel=0.05)
    assert len(found["month"]) == 11
    assert [group["key"] for group in found["agency"]] == sorted({offered.agency for offered in OFFERED})
    assert all(group["resolved"]["overdue"] for group in found["agency"])
    assert all(group["received"]["total"] for group in found["channel"])
    for group in (group for rows in found.values() for group in rows):
        counts = {name: value for name, value in group.items() if name not in ("key", "name")}
        assert list(DossierCounts.model_validate(counts).doubts()) == []


def test_agencies_differ_in_how_punctual_they_are(source: StatisticsSource) -> None:
    rows = figures(source, date(2026, 1, 1), TODAY)["agency"]

    rates = [1 - row["resolved"]["overdue"] / row["resolved"]["total"] for row in rows]
    assert len({round(rate, 2) for rate in rates}) >= 4
    assert min(rates) < 0.9 < 0.95 < max(rates)


def test_what_is_to_come_is_no_fault_of_a_table_that_says_it_is_made_up_and_one_of_any_other(
    file: Path, source: StatisticsSource, tmp_path: Path
) -> None:
    _, inventory = source.state()
    assert inventory.document() == {}
    assert inventory.rows == sums(figures(source, date(2018, 1, 1), TODAY)["total"][0])["received"]

    real = tmp_path / "real.sqlite"
    real.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(real, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id = 0")  # what every file has of which nobody says anything
    other = read_at_noon(real)
    with pytest.raises(Unavailable, match="received_at: it lies ahead of now"):
        other.state()
    other.close()


def test_figures_move_while_nobody_writes(file: Path) -> None:
    clock = Clock(datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM))
    source = StatisticsSource(connect(f"sqlite:///{file}"), fresh_for=5, full_read=10**6, stale_for=10**6, clock=clock)
    source.wait()
    received = []
    for _ in range(13):
        received.append(figures(source, TODAY, TODAY)["total"][0]["received"]["total"])
        clock.forward(minutes=5)
    source.close()

    assert received == sorted(received)
    assert len(set(received)) > 10


@pytest.mark.parametrize("offered", [OFFERED[:1], [offer(1, "so-y-te", 1)], [offer(1, "so-y-te", 60)]])
@pytest.mark.parametrize("seed", [1, 2])
def test_any_content_and_any_seed_give_lives_in_order(offered: list[Offered], seed: int) -> None:
    made = lives(offered, TODAY, seed)

    happens = [made.received, made.accepted, made.processing, made.supplement, made.resumed, made.fee, made.resolved]
    last = np.full(len(made), -1)
    for moments in (*happens, made.sent, made.returned):
        there = moments >= 0
        assert (moments[there] >= last[there]).all()
        last = np.where(there, moments, last)
    assert (made.due > made.received).all()
    years = Counter(day_of(int(moment)).year for moment in made.received)
    assert (years[2018], years[2019], sum(years.values())) == (64_786, 107_617, 64_786 + 107_617 + 403 * 486)
    assert sorted(years) == [2018, 2019, 2025, 2026, 2027]


def test_same_arguments_give_the_same_dossiers(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite"
    path.write_bytes(b"an older file")
    write_demonstration(path, OFFERED, date(2026, 1, 1))

    assert [entry.name for entry in tmp_path.iterdir()] == ["again.sqlite"]
    for name in METADATA.tables:
        first, again = (_rows(one, name) for one in (file, path))
        assert first == again


def _rows(path: Path, view: str) -> list[Any]:
    """A hundredth of a view."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {view} LIMIT 20000").fetchall()  # noqa: S608


def test_every_view_has_the_columns_that_are_read_and_codes_are_whole(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for name, table in METADATA.tables.items():
            found = [column for column, *_ in connection.execute(f"SELECT * FROM {name} LIMIT 1").description]  # noqa: S608
            assert sorted(found) == sorted(table.columns.keys())
        codes = [code for (code,) in connection.execute("SELECT code FROM dossiers")]

    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"\d{3}\.\d{2}\.\d{2}\.H30-\d{6}-\d{4}", code) for code in codes)


def test_examples_are_of_many_kinds_and_can_be_looked_up(file: Path) -> None:
    codes = examples(file, NOON.replace(tzinfo=None))
    source = LookupSource(connect(f"sqlite:///{file}"), Clock(NOON))
    found = [dossier for code in codes if (dossier := source.dossier(code))]

    assert len(found) == len(codes) >= 5
    assert {dossier.status for dossier in found} >= {3, 4, 5, 9}
    assert any(dossier.post for dossier in found)
    assert any(dossier.due_at and dossier.due_at < NOON and not dossier.resolved_at for dossier in found)
    for dossier in found:
        moments = [step.at for step in dossier.timeline]
        assert moments == sorted(moments)
        assert moments[-1] <= NOON
        assert dossier.timeline[0].at == dossier.received_at
        assert dossier.status == dossier.timeline[-1].status


def test_example_of_the_look_up_is_there_at_any_moment_and_stays_as_it_is(file: Path) -> None:
    code = example(file)
    told = []
    for year in (2019, 2026):
        source = LookupSource(connect(f"sqlite:///{file}"), Clock(NOON.replace(year=year)))
        found = source.dossier(code)
        assert found is not None
        told.append((found.status, found.model_dump_json()))

    assert told[0] == told[1]
    assert told[0][0] == 10


def test_demonstration_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="none is offered"):
        write_demonstration(tmp_path / "a.sqlite", [], TODAY)
    assert list(tmp_path.iterdir()) == []
