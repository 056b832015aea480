"""One dossier as the public may see it, on both databases: what lies ahead has not happened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import text

from plugins.gateway.lookup import MOST_STEPS, LookupSource, PublicDossier
from plugins.gateway.tables import Unavailable, connect
from tests.gateway.clock import Clock
from tests.gateway.tables_made import MadeDossier, MadeTables

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


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE dossiers SET status = 11, channel = 'online'",
        "UPDATE dossiers SET channel = 'fax'",
        "UPDATE dossier_notices SET about = 'secret'",
        "UPDATE dossier_steps SET status = 0",
        "DROP TABLE dossier_post",
    ],
)
def test_rows_that_cannot_be_are_never_told(one: MadeTables, spoilt: str) -> None:
    with one._engine.begin() as connection:
        connection.execute(text("DELETE FROM dossier_steps" if "dossiers" in spoilt else "SELECT 1"))
        connection.execute(text(spoilt))
    with looking_up(one) as source, pytest.raises(Unavailable, match="the dossier cannot be read"):
        source.dossier(CODE)


def test_no_column_is_told_that_is_not_in_the_contract(one: MadeTables) -> None:
    with one._engine.begin() as connection:
        connection.execute(text("ALTER TABLE dossiers ADD COLUMN applicant text"))
        connection.execute(text("UPDATE dossiers SET applicant = 'Nguyễn Thị Mật'"))
    with looking_up(one) as source:
        found = source.dossier(CODE)
    assert found is not None
    assert "Mật" not in found.model_dump_json()
    assert set(found.model_dump()) == set(PublicDossier.model_fields)
