"""A refresh from its outcome: what is asked, what is kept, what is told, and the file for browsers."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plugins.dossiers.history import daily_trend, remember, trend
from plugins.dossiers.live import LiveFileError, live_bytes, write_live
from plugins.dossiers.mapping import read_mapping
from plugins.dossiers.period import Period, this_year
from plugins.dossiers.refresh import RefreshReport, refresh
from plugins.dossiers.settings import BackendSettings
from plugins.dossiers.snapshots import CLOCKS_DIFFER, SnapshotStore, StateError, last_good
from plugins.portal.values import VIETNAM
from tests.dossiers.backend import Behaviour, Document, Exchange, backend, figures, says, statistics
from tests.waiting import PATIENCE

NOON = datetime(2019, 9, 24, 12, tzinfo=VIETNAM)
MORNING = datetime(2019, 9, 24, 10, 15, tzinfo=VIETNAM)


def at(moment: datetime, **changed: int) -> Behaviour:
    """The figures of a moment."""

    def date_it(document: Document) -> None:
        document["as_of"] = moment.isoformat()

    return figures(date_it, "", **changed)


@pytest.fixture
def desk(tmp_path: Path) -> BackendSettings:
    return BackendSettings(state_path=tmp_path / "state", time_limit=2)


def refreshed(desk: BackendSettings, *behaviours: Behaviour, now: datetime = NOON) -> RefreshReport:
    """The last of as many refreshes as there are behaviours, of one backend."""
    with backend(*behaviours) as server:
        reports = [refresh(replace(desk, url=server.url), now) for _ in behaviours]
        desk.state_path.joinpath("requests").write_text("\n".join(exchange.path for exchange in server.seen))
    return reports[-1]


def test_asks_once_for_this_year_by_everything(desk: BackendSettings) -> None:
    report = refreshed(desk, at(MORNING))

    assert (desk.state_path / "requests").read_text() == (
        "/v1/statistics?from=2019-01-01&to=2019-09-24&by=total,agency,field,channel,month"
    )
    assert report.outcome == "fetched"
    assert report.snapshot == last_good(desk.state_path)
    assert report.snapshot is not None
    assert report.snapshot.fetched_at == NOON
    assert [row.key for row in report.snapshot.statistics.agencies] == ["so-y-te", "so-tu-phap"]
    assert not report.stale


@pytest.mark.parametrize(
    ("now", "period"),
    [
        (datetime(2019, 12, 31, 16, 59, tzinfo=UTC), Period(date(2019, 1, 1), date(2019, 12, 31))),
        (datetime(2019, 12, 31, 17, 0, tzinfo=UTC), Period(date(2020, 1, 1), date(2020, 1, 1))),
    ],
)
def test_year_and_day_are_vietnams(now: datetime, period: Period) -> None:
    assert this_year(now) == period


def test_without_a_backend_nothing_is_asked(desk: BackendSettings) -> None:
    report = refresh(desk, NOON)

    assert (report.outcome, report.snapshot, report.reason) == ("not_configured", None, None)
    assert not desk.state_path.exists()


def test_clock_that_is_a_little_ahead_is_believed(desk: BackendSettings) -> None:
    assert refreshed(desk, at(NOON + CLOCKS_DIFFER)).outcome == "fetched"
    assert refreshed(desk, at(NOON + CLOCKS_DIFFER + timedelta(seconds=1))).reason == "future"


def test_new_year_begins_at_nothing(desk: BackendSettings) -> None:
    with backend(at(MORNING)) as server:
        settings = replace(desk, url=server.url)
        refresh(settings, NOON)
        server.behaviours = [at(MORNING.replace(year=2020, month=1, day=2), received=12_000, resolved=9, early=1)]

        report = refresh(settings, NOON.replace(year=2020, month=1, day=2))

    assert report.outcome == "fetched"
    assert report.snapshot is not None
    assert report.snapshot.statistics.total.resolved.total == 9


def test_figures_of_another_backend_are_no_measure(desk: BackendSettings) -> None:
    refreshed(desk, at(MORNING))

    assert refreshed(desk, at(MORNING - timedelta(days=1), received=5_000, resolved=10, early=1)).outcome == "fetched"


def test_figures_read_by_another_mapping_are_no_measure(desk: BackendSettings) -> None:
    with backend(at(MORNING)) as server:
        settings = replace(desk, url=server.url)
        refresh(settings, NOON)
        server.behaviours = [at(MORNING, received=5_000, resolved=10, early=1)]
        assert refresh(settings, NOON).reason == "shrunk"

        mended = replace(settings, mapping=read_mapping({"path": "/v2/statistics"}))

        assert refresh(mended, NOON).outcome == "fetched"


EMPTY = {"received": 0, "resolved": 0, "early": 0}


@pytest.mark.parametrize(
    ("empty", "what"),
    [
        (EMPTY, "received fell from 111500 to 0"),
        ({"received": 111_500, "resolved": 0, "early": 0}, "resolved fell from 108200 to 0"),
    ],
)
def test_none_left_of_many_is_doubted_whatever_source_or_mapping_it_is_of(
    desk: BackendSettings, empty: dict[str, int], what: str
) -> None:
    refreshed(desk, at(MORNING))
    with backend(empty_at(MORNING, **empty)) as server:
        other = replace(desk, url=server.url, mapping=read_mapping({"path": "/v2/statistics"}))
        report = refresh(other, NOON)

    assert (report.outcome, report.reason) == ("kept", "emptied")
    assert report.message is not None
    assert report.message.render().startswith(what)
    assert report.snapshot is not None
    assert report.snapshot.statistics.total.received.total == 111_500


def empty_at(moment: datetime, **changed: int) -> Behaviour:
    """Figures of (almost) nothing."""

    def empty(document: Document) -> None:
        document["as_of"] = moment.isoformat()
        for rows in document["rows"].values():
            for row in rows:
                row["received"] = {"total": row["received"]["total"]}
                del row["pending"]

    return figures(empty, "", **changed)


@pytest.mark.parametrize(("day", "outcome"), [(1, "fetched"), (14, "fetched"), (20, "kept")])
def test_new_year_may_begin_at_none_and_not_go_on_so(desk: BackendSettings, day: int, outcome: str) -> None:
    refreshed(desk, at(MORNING))
    later = NOON.replace(year=2020, month=1, day=day)

    assert refreshed(desk, empty_at(later - timedelta(minutes=1), **EMPTY), now=later).outcome == outcome


def test_few_may_become_none(desk: BackendSettings) -> None:
    few = {"received": 99, "resolved": 90, "early": 80}
    refreshed(desk, empty_at(MORNING, **few))

    assert refreshed(desk, empty_at(MORNING, **EMPTY)).outcome == "fetched"


def test_figures_of_before_the_period_are_not_taken_for_those_of_it(desk: BackendSettings) -> None:
    new_year = NOON.replace(year=2020, month=1, day=1)

    assert refreshed(desk, at(new_year - timedelta(days=1)), now=new_year).outcome == "fetched"
    assert refreshed(desk, at(new_year - timedelta(days=2)), now=new_year).reason == "not_begun"


def test_entity_tag_of_yesterdays_question_is_not_used_for_todays(desk: BackendSettings) -> None:
    def answer(exchange: Exchange) -> None:
        figures(lambda document: document.update(as_of=MORNING.isoformat()), '"mot"')(exchange)

    with backend(answer) as server:
        settings = replace(desk, url=server.url)
        outcomes = [refresh(settings, NOON + timedelta(days=days)).outcome for days in (0, 0, 1)]

    assert outcomes == ["fetched", "unchanged", "fetched"]
    assert [exchange.headers["If-None-Match"] for exchange in server.seen] == [None, '"mot"', None]


def test_what_shrank_is_told_with_its_figures(desk: BackendSettings) -> None:
    report = refreshed(desk, at(MORNING), at(MORNING, resolved=100_000))

    assert report.message is not None
    assert report.message.render() == "resolved fell from 108200 to 100000 within one period"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 2}', b"\xff" * 10, b'{"snapshot": null}'])
def test_damaged_last_good_is_told_and_set_aside(desk: BackendSettings, damage: bytes) -> None:
    refreshed(desk, at(MORNING))
    (desk.state_path / "last-good.json").write_bytes(damage)
    assert last_good(desk.state_path) is None

    report = refreshed(desk, at(MORNING))

    assert report.outcome == "fetched"
    assert [notice.render() for notice in report.notices] == [
        "last-good.json was damaged and is set aside as last-good.damaged.json"
    ]
    assert (desk.state_path / "last-good.damaged.json").read_bytes() == damage
    assert last_good(desk.state_path) == report.snapshot


def test_cut_last_good_at_any_byte_is_damage_and_no_crash(desk: BackendSettings) -> None:
    refreshed(desk, at(MORNING))
    path = desk.state_path / "last-good.json"
    whole = path.read_bytes()

    for length in range(0, len(whole.rstrip()), 97):
        path.write_bytes(whole[:length])
        assert SnapshotStore(desk.state_path).read() is None


def test_state_that_cannot_be_used_is_told(desk: BackendSettings) -> None:
    desk.state_path.write_text("a file")

    with backend(at(MORNING)) as server, pytest.raises(StateError, match=r"_PATH: .*state cannot be used"):
        refresh(replace(desk, url=server.url), NOON)


def test_history_that_cannot_be_written_is_told_before_anything_is_kept(desk: BackendSettings) -> None:
    desk.state_path.mkdir()
    (desk.state_path / "history").write_text("a file")

    with backend(at(MORNING)) as server, pytest.raises(StateError, match="DOSSIER_STATE_PATH"):
        refresh(replace(desk, url=server.url), NOON)

    assert last_good(desk.state_path) is None


def test_two_refreshes_of_one_process_do_not_run_at_once(desk: BackendSettings) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slowly(exchange: object) -> None:
        asked.set()
        go_on.wait(PATIENCE)

    outcomes: list[str] = []
    with backend(slowly) as server:
        settings = replace(desk, url=server.url)
        first = threading.Thread(target=lambda: outcomes.append(refresh(settings, NOON).outcome))
        first.start()
        assert asked.wait(PATIENCE)

        assert refresh(settings, NOON).outcome == "busy"

        go_on.set()
        first.join(PATIENCE)
    assert outcomes == ["nothing"]


def test_history_has_a_line_an_hour(desk: BackendSettings) -> None:
    evening = MORNING + timedelta(hours=8)
    moments = (MORNING, MORNING, MORNING + timedelta(minutes=44), evening, evening + timedelta(seconds=1))
    refreshed(desk, *map(at, moments), now=evening)

    lines = (desk.state_path / "history" / "2019-09.jsonl").read_text().splitlines()
    assert [json.loads(line)["as_of"] for line in lines] == ["2019-09-24T10:15:00+07:00", "2019-09-24T18:15:00+07:00"]
    assert lines[0] == (
        '{"as_of":"2019-09-24T10:15:00+07:00","first_day":"2019-01-01","received":111500,"resolved":108200,'
        '"early":90000,"on_time":14560,"overdue":3640,"pending":3300}'
    )


def test_history_outlives_a_line_that_was_cut(desk: BackendSettings) -> None:
    report = refreshed(desk, at(MORNING))
    assert report.snapshot is not None
    later = report.snapshot.statistics.model_copy(update={"as_of": NOON})
    path = desk.state_path / "history" / "2019-09.jsonl"
    whole = path.read_bytes()

    for length in range(1, len(whole)):
        path.write_bytes(whole + whole[:length])
        remember(desk.state_path, later)
        assert [point.as_of for point in trend(desk.state_path)] == [MORNING, NOON]
        assert [point.as_of for point in daily_trend(desk.state_path)] == [NOON]


def test_moment_whose_line_was_cut_is_written_again(desk: BackendSettings) -> None:
    report = refreshed(desk, at(MORNING))
    assert report.snapshot is not None
    path = desk.state_path / "history" / "2019-09.jsonl"
    path.write_bytes(path.read_bytes()[:-20])

    remember(desk.state_path, report.snapshot.statistics)

    assert [point.received for point in trend(desk.state_path)] == [111_500]


def test_trend_goes_over_months_and_years(desk: BackendSettings) -> None:
    moments = [MORNING + timedelta(days=days, hours=hours) for days in (0, 20, 120) for hours in (0, 2)]
    for moment in reversed(moments):
        report = refreshed(replace(desk, state_path=desk.state_path / str(moment)), at(moment), now=moment)
        assert report.snapshot is not None
        remember(desk.state_path, report.snapshot.statistics)

    assert [point.as_of for point in trend(desk.state_path)] == moments
    files = sorted(path.name for path in (desk.state_path / "history").iterdir())
    assert files == ["2019-09.jsonl", "2019-10.jsonl", "2020-01.jsonl"]


def test_daily_trend_has_the_last_point_of_each_day(desk: BackendSettings) -> None:
    evening, next_day = MORNING + timedelta(hours=8), MORNING + timedelta(days=1)
    refreshed(desk, at(MORNING), at(evening), now=evening)
    refreshed(desk, at(next_day), now=next_day)

    assert [point.as_of for point in daily_trend(desk.state_path)] == [evening, next_day]
    assert daily_trend(desk.state_path / "nowhere") == ()


def test_live_file_has_figures_rates_and_doubts(desk: BackendSettings, tmp_path: Path) -> None:
    with backend(at(MORNING, received=111_400)) as server:
        document = statistics("2019-01-01", "2019-09-24", MORNING)
        document["rows"]["agency"][0]["received"]["total"] += 1
        server.behaviours = [says(json.dumps(document).encode())]
        report = refresh(replace(desk, url=server.url), NOON)

    path = write_live(report.snapshot, report, tmp_path)

    live = json.loads(path.read_bytes())
    rows = live.pop("rows")
    assert live == {
        "version": 1,
        "as_of": "2019-09-24T10:15:00+07:00",
        "fetched_at": "2019-09-24T12:00:00+07:00",
        "checked_at": "2019-09-24T12:00:00+07:00",
        "stale_after_hours": 24.0,
        "stale": False,
        "first_day": "2019-01-01",
        "last_day": "2019-09-24",
        "source": "Hệ thống một cửa điện tử",
    }
    assert rows["total"] == {
        "received": {"total": 111_500, "online": 30, "in_person": 110_470, "carried_over": 1_000},
        "resolved": {"total": 108_200, "early": 90_000, "on_time": 14_560, "overdue": 3_640},
        "pending": {"total": 3_300, "within": 3_293, "overdue": 7},
        "processing_days": {"median": 2.5, "p90": 9.0},
        "rates": {"on_time_of_resolved": 0.966359, "resolved_of_received": 0.970404},
        "doubts": [],
    }
    assert sorted(rows["agency"]) == ["so-tu-phap", "so-y-te"]
    assert rows["agency"]["so-y-te"]["doubts"] == [
        {"identity": "received", "stated": 5_001, "computed": 5_000},
        {"identity": "balance", "stated": 5_001, "computed": 5_000},
    ]


def test_live_file_of_a_failed_refresh_keeps_figures_and_tells_reason_and_age(
    desk: BackendSettings, tmp_path: Path
) -> None:
    with backend(at(MORNING)) as server:
        settings = replace(desk, url=server.url)
        first = refresh(settings, NOON)
        server.behaviours = [says(b"{}", 404)]
        later = NOON + timedelta(hours=24)
        failed = refresh(settings, later)

    before = json.loads(live_bytes(first.snapshot, first))
    after = json.loads(live_bytes(failed.snapshot, failed))

    assert (failed.outcome, failed.stale) == ("kept", True)
    assert {name for name in after if after[name] != before.get(name)} == {"checked_at", "stale", "reason"}
    assert (after["checked_at"], after["stale"], after["reason"]) == (later.isoformat(), True, "rejected")


def test_same_figures_give_the_same_bytes_after_a_restart(desk: BackendSettings) -> None:
    report = refreshed(desk, at(MORNING))

    assert live_bytes(last_good(desk.state_path), report) == live_bytes(report.snapshot, report)


def test_live_file_can_be_read_by_the_web_server_whatever_the_umask(desk: BackendSettings, tmp_path: Path) -> None:
    report = refresh(desk, NOON)

    path = write_live(None, report, tmp_path)

    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o644, 0o755)
    assert [entry.name for entry in path.parent.iterdir()] == ["dossiers.json"]


def test_figures_that_stand_there_outlive_a_state_that_was_lost(desk: BackendSettings, tmp_path: Path) -> None:
    known = refreshed(desk, at(MORNING))
    path = write_live(known.snapshot, known, tmp_path)
    before = path.read_bytes()

    write_live(None, refresh(replace(desk, state_path=tmp_path / "lost"), NOON), tmp_path)

    assert path.read_bytes() == before


def test_live_file_is_not_written_where_there_is_no_portal(desk: BackendSettings, tmp_path: Path) -> None:
    with pytest.raises(LiveFileError, match=r"output: there is no portal; build it first"):
        write_live(None, refresh(desk, NOON), tmp_path / "output")

    assert list(tmp_path.iterdir()) == []


def test_live_file_is_written_through_the_link_to_a_release(desk: BackendSettings, tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "release")

    write_live(None, refresh(desk, NOON), tmp_path / "output")

    assert (tmp_path / "output").is_symlink()
    assert (tmp_path / "release" / "live" / "dossiers.json").is_file()
