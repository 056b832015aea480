"""One dossier as the public may see it, on both databases: what lies ahead has not happened."""

# ruff: noqa: S608  # the names of tables and columns are those of the tests
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from plugins.gateway.lookup import MOST_STEPS, LookupSource, NotShown, PublicDossier
from plugins.gateway.tables import Unavailable, connect
from tests.gateway.clock import Clock
from tests.gateway.strange import COLUMNS, OTHERS, good, write_rows
from tests.gateway.tables_made import MadeDossier, MadeTables
from tests.gateway.test_contract import DOCUMENT, validator
from tests.gateway.test_moments import JUNK

CODE = "000.00.14.H30-190923-0002"


@contextmanager
def looking_up(tables: MadeTables, clock: Clock | None = None) -> Iterator[LookupSource]:
    engine = connect(tables.url)
    try:
        yield LookupSource(engine, clock or Clock())
    finally:
        engine.dispose()


@pytest.fixture
def one(tables: MadeTables) -> MadeTables:
    return with_one(tables)


def with_one(tables: MadeTables) -> MadeTables:
    """A dossier that came in yesterday and ends tomorrow; it is a quarter past ten."""
    tables.add(
        [
            MadeDossier(
                datetime(2019, 9, 23, 8, 12),
                datetime(2019, 9, 27, 17),
                datetime(2019, 9, 25, 9),
                code=CODE,
                status=10,
            )
        ]
    )
    tables.add_steps(CODE, (datetime(2019, 9, 25, 9), 9), (datetime(2019, 9, 23, 9), 2), (datetime(2019, 9, 24, 10), 4))
    tables.add_notice(CODE, datetime(2019, 9, 23, 9, 1), "received")
    tables.add_notice(CODE, datetime(2019, 9, 25, 9, 1), "result")
    tables.add_post(CODE, datetime(2019, 9, 25, 10), "Bưu cục đã nhận gửi")
    tables.add_post(CODE, datetime(2019, 9, 26, 10), "Đã phát")
    return tables


def test_it_is_told_as_it_is_now(one: MadeTables) -> None:
    with looking_up(one) as source:
        found = source.dossier(CODE)

    assert found is not None
    assert json.loads(found.model_dump_json()) == {
        "code": CODE,
        "procedure": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "agency": "so-y-te",
        "agency_name": "Tên so-y-te",
        "channel": "online",
        "status": 4,
        "received_at": "2019-09-23T08:12:00+07:00",
        "due_at": "2019-09-27T17:00:00+07:00",
        "resolved_at": None,
        "timeline": [
            {"at": "2019-09-23T09:00:00+07:00", "status": 2},
            {"at": "2019-09-24T10:00:00+07:00", "status": 4},
        ],
        "notices": [{"at": "2019-09-23T09:01:00+07:00", "kind": "sms", "about": "received"}],
        "post": None,
    }


def test_what_was_ahead_happens(one: MadeTables) -> None:
    clock = Clock()
    with looking_up(one, clock) as source:
        clock.forward(days=1)
        done = source.dossier(CODE)
        clock.forward(days=1)
        sent = source.dossier(CODE)

    assert done is not None
    assert (done.status, str(done.resolved_at)) == (9, "2019-09-25 09:00:00+07:00")
    assert [notice.about for notice in done.notices] == ["received", "result"]
    assert [dossier and dossier.post and dossier.post.status for dossier in (done, sent)] == [
        "Bưu cục đã nhận gửi",
        "Đã phát",
    ]


def test_dossier_without_steps_has_the_state_that_its_row_says(tables: MadeTables) -> None:
    tables.add([MadeDossier(datetime(2019, 9, 23, 8), code=CODE, status=5)])
    with looking_up(tables) as source:
        found = source.dossier(CODE)
    assert found is not None
    assert (found.status, found.timeline) == (5, ())


@pytest.mark.parametrize("asked", ["000.00.14.H30-190923-0003", "", "' OR 1=1 --", CODE.lower(), f"{CODE} "])
def test_only_the_code_itself_finds_a_dossier(one: MadeTables, asked: str) -> None:
    with looking_up(one) as source:
        assert source.dossier(asked) is None


def test_dossier_that_will_come_in_tomorrow_is_not_there(tables: MadeTables) -> None:
    tables.add([MadeDossier(datetime(2019, 9, 25, 8), code=CODE), MadeDossier(None, code="x")])
    clock = Clock()
    with looking_up(tables, clock) as source:
        assert source.dossier(CODE) is None
        assert source.dossier("x") is None
        clock.forward(days=1)
        assert source.dossier(CODE) is not None


def test_endless_timeline_is_cut(one: MadeTables) -> None:
    one.add_steps(CODE, *((datetime(2019, 9, 24, 8, n // 60, n % 60), 4) for n in range(MOST_STEPS + 50)))
    with looking_up(one) as source:
        found = source.dossier(CODE)
    assert found is not None
    assert len(found.timeline) == MOST_STEPS


def spoil(tables: MadeTables, *statements: str) -> None:
    with tables._engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def told(tables: MadeTables, *statements: str) -> dict[str, Any]:
    """What is told of the dossier after the tables were changed."""
    spoil(tables, *statements)
    with looking_up(tables) as source:
        found = source.dossier(CODE)
    assert found is not None
    document: dict[str, Any] = json.loads(found.model_dump_json())
    return document


@pytest.mark.parametrize("statement", ["DROP TABLE dossier_post", "ALTER TABLE dossiers RENAME COLUMN channel TO kenh"])
def test_without_one_of_the_views_no_dossier_can_be_read(one: MadeTables, statement: str) -> None:
    spoil(one, statement)
    with looking_up(one) as source, pytest.raises(Unavailable, match="the dossier cannot be read"):
        source.dossier(CODE)


@pytest.mark.parametrize(
    ("spoilt", "name", "left"),
    [
        ("UPDATE dossiers SET channel = 'fax'", "channel", None),
        ("UPDATE dossiers SET channel = NULL", "channel", None),
        ("UPDATE dossier_notices SET about = 'secret'", "notices", []),
        ("UPDATE dossier_notices SET about = NULL", "notices", []),
        ("UPDATE dossier_steps SET status = 0 WHERE status = 2", "timeline", [("2019-09-24T10:00:00+07:00", 4)]),
        ("UPDATE dossier_steps SET status = NULL WHERE status = 2", "timeline", [("2019-09-24T10:00:00+07:00", 4)]),
        ("UPDATE dossiers SET due_at = '2019-08-01 08:00:00'", "due_at", None),
        ("UPDATE dossiers SET resolved_at = '1999-01-01 00:00:00'", "resolved_at", None),
        ("UPDATE dossiers SET resolved_at = '2019-09-20 00:00:00'", "resolved_at", None),
    ],
)
def test_what_cannot_be_is_left_out_and_the_rest_is_told(one: MadeTables, spoilt: str, name: str, left: object) -> None:
    whole = told(one)
    part = told(one, spoilt)

    if name == "timeline":
        part["timeline"] = [(step["at"], step["status"]) for step in part["timeline"]]
    assert part.pop(name) == left
    assert part.pop("incomplete") is True
    assert part == {key: value for key, value in whole.items() if key != name}


@pytest.mark.parametrize("column", ["agency", "agency_name", "procedure", "procedure_name", "field", "field_name"])
def test_names_may_be_missing(one: MadeTables, column: str) -> None:
    document = told(one, f"UPDATE dossiers SET {column} = NULL")

    assert document.get(column) == {"agency": None, "procedure": None, "agency_name": "", "procedure_name": ""}.get(
        column
    )
    assert "incomplete" not in document


@pytest.mark.parametrize("status", ["99", "0", "NULL", "-1"])
def test_state_that_cannot_be_is_not_told(one: MadeTables, status: str) -> None:
    document = told(one, "DELETE FROM dossier_steps", f"UPDATE dossiers SET status = {status}")

    assert (document["status"], document["timeline"], document["incomplete"]) == (None, [], True)


def test_state_is_not_that_of_an_earlier_step_where_the_last_one_cannot_be(one: MadeTables) -> None:
    statements = ("UPDATE dossiers SET status = 5", "UPDATE dossier_steps SET status = 99 WHERE status = 4")
    document = told(one, *statements)
    assert (document["status"], [step["status"] for step in document["timeline"]]) == (5, [2])

    document = told(one, "UPDATE dossiers SET status = 98")
    assert (document["status"], document["incomplete"]) == (None, True)


def test_letter_of_which_little_is_known_is_told_as_far_as_it_is(one: MadeTables) -> None:
    one.add_post(CODE, datetime(2019, 9, 24, 9), "Đang phát")
    letter = told(one, "UPDATE dossier_post SET service = NULL, tracking_number = NULL")["post"]
    assert letter == {"service": "", "tracking_number": "", "direction": "out", "status": "Đang phát"}

    for spoilt in ("SET direction = NULL", "SET direction = 'out', status = NULL"):
        document = told(one, f"UPDATE dossier_post {spoilt}")
        assert (document["post"], document["incomplete"]) == (None, True)


@pytest.mark.parametrize("day", ["infinity", "-infinity", "10000-01-01"])
@pytest.mark.parametrize("column", ["due_at", "resolved_at"])
def test_days_that_python_has_not_are_left_out(postgresql_url: str, column: str, day: str) -> None:
    tables = with_one(MadeTables(postgresql_url))
    document = told(tables, f"UPDATE dossiers SET {column} = '{day}'")
    tables.close()

    assert (document[column], document["incomplete"], document["status"]) == (None, True, 4)


@pytest.mark.parametrize("day", ["infinity", "-infinity", "10000-01-01", "1900-01-01"])
def test_dossier_that_nobody_can_place_in_time_is_not_shown(postgresql_url: str, day: str) -> None:
    tables = with_one(MadeTables(postgresql_url))
    spoil(tables, f"UPDATE dossiers SET received_at = '{day}'")
    with (
        looking_up(tables) as source,
        pytest.raises(NotShown, match=r"^The day on which this dossier was received cannot"),
    ):
        source.dossier(CODE)
    tables.close()


def test_of_two_dossiers_with_one_code_none_is_shown(one: MadeTables) -> None:
    one.add([MadeDossier(datetime(2019, 9, 20, 8), code=CODE)])
    with looking_up(one) as source:
        with pytest.raises(NotShown, match=r"^More than one dossier has this code"):
            source.dossier(CODE)
        assert source.failure(patience=10) is None  # the database is well


def test_dossier_that_a_join_gives_several_times_is_one(one: MadeTables) -> None:
    whole = told(one)
    rows = (f"INSERT INTO {view} SELECT * FROM {view}" for view in ("dossiers", "dossier_steps", "dossier_notices"))

    assert told(one, *rows) == whole


@pytest.mark.parametrize("status", [3, 7, 8])
def test_dossier_without_a_result_has_no_day_to_come_back_for_it(one: MadeTables, status: int) -> None:
    document = told(one, f"UPDATE dossier_steps SET status = {status} WHERE status = 4")

    assert (document["status"], document["due_at"]) == (status, None)
    assert "incomplete" not in document


@pytest.mark.parametrize("zone", ["+07:00", "Z", "-05:30", "+0900"])
def test_moments_with_a_zone_are_told_by_vietnams_clock(tmp_path: Path, zone: str) -> None:
    tables = with_one(MadeTables.in_file(tmp_path))
    whole = told(tables)
    hours = {"Z": -7, "-05:30": -12.5, "+0900": 2}.get(zone, 0)
    for view, columns in (("dossiers", ("received_at", "due_at", "resolved_at")), ("dossier_steps", ("at",)),
                          ("dossier_notices", ("at",)), ("dossier_post", ("at",))):  # fmt: skip
        moved = (f"{column} = datetime({column}, '{hours} hours') || '{zone}'" for column in columns)
        spoil(tables, f"UPDATE {view} SET {', '.join(moved)}")

    assert told(tables) == whole
    tables.close()


CONTRACT = validator(DOCUMENT["components"]["schemas"]["Dossier"])
STORED = (
    st.none() | st.sampled_from(JUNK) | st.text(max_size=20) | st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=9)
)


@given(st.data())
@settings(max_examples=120, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_the_views_is_told_shown_not_or_not_there(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("strange") / "a.sqlite"
    url = write_rows(path, [good(1, code=CODE)] * data.draw(st.integers(1, 2)))
    with closing(sqlite3.connect(path)) as connection, connection:
        for view, columns in OTHERS.items():
            for _ in range(data.draw(st.integers(0, 2))):
                values = [CODE, *(data.draw(STORED) for _ in columns[1:])]
                connection.execute(f"INSERT INTO {view} VALUES ({', '.join('?' * len(columns))})", shown(values))
        for column in data.draw(st.lists(st.sampled_from(COLUMNS[1:]), max_size=4)):
            connection.execute(f"UPDATE dossiers SET {column} = ? WHERE rowid = 1", shown([data.draw(STORED)]))
    engine = connect(url)
    source = LookupSource(engine, Clock())
    try:
        found = source.dossier(CODE)
        assert found is None or CONTRACT.is_valid(json.loads(found.model_dump_json()))
    except NotShown as error:
        assert str(error).endswith("shown.")  # noqa: PT017
    finally:
        engine.dispose()


def shown(values: Sequence[object]) -> list[object]:
    """As SQLite can hold them."""
    return [value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for value in values]


def test_name_in_another_encoding_is_told_as_it_can_be_read(tmp_path: Path) -> None:
    tables = with_one(MadeTables.in_file(tmp_path))
    assert told(tables, "UPDATE dossiers SET agency_name = CAST(x'53EA' AS TEXT)")["agency_name"] == "S\ufffd"
    tables.close()


def test_no_column_is_told_that_is_not_in_the_contract(one: MadeTables) -> None:
    with one._engine.begin() as connection:
        connection.execute(text("ALTER TABLE dossiers ADD COLUMN applicant text"))
        connection.execute(text("UPDATE dossiers SET applicant = 'Nguyễn Thị Mật'"))
    with looking_up(one) as source:
        found = source.dossier(CODE)
    assert found is not None
    assert "Mật" not in found.model_dump_json()
    assert set(found.model_dump()) == set(PublicDossier.model_fields)
