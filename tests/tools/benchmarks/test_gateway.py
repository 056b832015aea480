"""What measures the gateway: the dossiers it makes up, and that a wrong answer is no figure."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.gateway.form import Question
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import connect
from plugins.portal.dossiers import CHANNELS
from plugins.portal.problems import PortalError
from plugins.portal.values import VIETNAM
from tests.gateway.clock import Clock
from tests.gateway.one_stop import TOKEN, gateway_over, write_one_stop
from tests.gateway.test_statistics import rows
from tools.benchmarks.gateway import AGENCIES, FIELDS, MeasuredGateway, Times, write_table


def test_share_of_times_is_the_time_within_which_so_many_answers_came() -> None:
    times = Times([0.004, 0.001, 0.003, 0.002])
    assert [times.at(share) for share in (0, 0.5, 0.95, 1)] == [0.001, 0.003, 0.004, 0.004]


def test_table_has_as_many_dossiers_as_asked_in_every_group(tmp_path: Path) -> None:
    now = datetime(2019, 9, 24, 10, 15)
    write_table(tmp_path / "a.sqlite", 60_001, now)
    clock = Clock(now.replace(tzinfo=VIETNAM))
    source = StatisticsSource(
        connect(f"sqlite:///{tmp_path / 'a.sqlite'}"), fresh_for=5, full_read=60, stale_for=60, clock=clock
    )
    source.wait()
    found = rows(
        source.answer(Question(datetime(2016, 1, 1).date(), now.date(), ("total", "agency", "field", "channel")))
    )
    _, inventory = source.state()
    source.close()

    assert found["total"][0]["received"]["total"] == 60_001
    assert 0 < found["total"][0]["pending"]["total"] < 6_000
    assert inventory.document() == {}
    assert [len(found[name]) for name in ("agency", "field", "channel")] == [AGENCIES, FIELDS, len(CHANNELS)]


@pytest.mark.parametrize("seconds", [0, 0.1])
def test_answer_that_is_none_is_not_measured(tmp_path: Path, seconds: float) -> None:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    with gateway_over(path) as address:
        port = int(address.rpartition(":")[2])
        assert MeasuredGateway(path, port, TOKEN).new_questions(3).at(1) > 0
        stranger = MeasuredGateway(path, port, "another token")
        with pytest.raises(PortalError, match="the gateway answered 401"):
            stranger.same_question(seconds) if seconds else stranger.new_questions(1)
