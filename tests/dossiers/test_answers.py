"""Answers parsed at the edge; identities and rates of whatever figures."""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.dossiers.answers import parse_answer
from plugins.dossiers.failures import BadAnswer
from plugins.dossiers.mapping import CONTRACT, AnswerMapping, read_mapping
from plugins.dossiers.period import Period
from plugins.portal.dossiers import (
    DossierCounts,
    DossierStatistics,
    Pending,
    ProcessingTime,
    Received,
    Resolved,
    StatisticsRow,
)
from plugins.portal.values import VIETNAM
from tests.dossiers import backend

PERIOD = Period(date(2019, 1, 1), date(2019, 9, 24))
NOON = datetime(2019, 9, 24, 12, tzinfo=VIETNAM)

COUNT = st.integers(0, 1_000_000_000)
PART = st.none() | COUNT
DAYS = st.floats(0, 100_000)
COUNTS = st.builds(
    DossierCounts,
    received=st.builds(Received, total=COUNT, online=PART, in_person=PART, carried_over=PART),
    resolved=st.builds(Resolved, total=COUNT, early=PART, on_time=PART, overdue=PART),
    pending=st.none() | st.builds(Pending, total=COUNT, within=PART, overdue=PART),
    processing_days=st.none() | st.builds(ProcessingTime, median=DAYS, p90=DAYS),
)


def rows(keys: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[StatisticsRow, ...]]:
    names = st.sampled_from(["", "Sở Y tế", "Ủy ban nhân dân huyện Nam Đông"])
    row = st.builds(StatisticsRow, key=keys, name=names, counts=COUNTS)
    return st.lists(row, max_size=4, unique_by=lambda row: row.key).map(tuple)


STATISTICS = st.builds(
    DossierStatistics,
    as_of=st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(VIETNAM)),
    first_day=st.dates(),
    last_day=st.dates(),
    total=COUNTS,
    agencies=rows(st.from_regex(r"[a-z]{1,10}(-[a-z]{1,10})?", fullmatch=True)),
    fields=rows(st.sampled_from(["ho-tich", "dat-dai", "y-te"])),
    channels=rows(st.sampled_from(["online", "in_person", "post"])),
    months=rows(st.from_regex(r"20[0-9]{2}-0[1-9]", fullmatch=True)),
)


def as_contract(statistics: DossierStatistics) -> dict[str, Any]:
    """The answer that would say these figures."""

    def written(counts: DossierCounts, key: str, name: str = "") -> dict[str, Any]:
        return {"key": key, "name": name, **counts.model_dump(mode="json", exclude_none=True)}

    groups = {
        "agency": statistics.agencies,
        "field": statistics.fields,
        "channel": statistics.channels,
        "month": statistics.months,
    }
    return {
        "as_of": statistics.as_of.isoformat(),
        "from": statistics.first_day.isoformat(),
        "to": statistics.last_day.isoformat(),
        "rows": {"total": [written(statistics.total, "total")]}
        | {name: [written(row.counts, row.key, row.name) for row in group] for name, group in groups.items()},
    }


def parse(document: object) -> DossierStatistics:
    return parse_answer(json.dumps(document).encode(), CONTRACT, PERIOD, NOON)


@given(STATISTICS)
def test_figures_come_back_as_they_were_said(statistics: DossierStatistics) -> None:
    assert parse(as_contract(statistics)) == statistics


@given(STATISTICS)
def test_fields_that_we_do_not_know_are_left_out(statistics: DossierStatistics) -> None:
    document = as_contract(statistics)
    document["rows"]["total"][0]["received"]["by_fax"] = document["rows"]["ward"] = document["note"] = "mới"

    assert parse(document) == statistics


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def received(body: bytes, mapping: AnswerMapping) -> int:
    """How many dossiers an answer says were received; 0 where it is refused. It does nothing else."""
    try:
        return parse_answer(body, mapping, PERIOD, NOON).total.received.total
    except BadAnswer:
        return 0


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_answer(body, CONTRACT, PERIOD, NOON)


@given(JSON, st.sampled_from(["as_of", "from", "rows", "rows.total", "rows.agency", "rows.total.0.received", "data"]))
def test_no_json_does_more_than_be_refused(value: object, path: str) -> None:
    document: Any = backend.statistics("2019-01-01", "2019-09-24", NOON)
    place = document
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    national = {"data": [{"tongTiepNhan": 1, "tongDaXuLy": 1, "maThongKe": "1"}], "result": value} | document

    for mapping in (CONTRACT, read_mapping({"like": "national"})):
        assert received(json.dumps(national).encode(), mapping) >= 0


def test_place_and_fault_are_told() -> None:
    document = backend.statistics("2019-01-01", "2019-09-24", NOON)
    document["rows"]["agency"][1]["resolved"]["early"] = "1"

    with pytest.raises(BadAnswer) as raised:
        parse(document)

    assert str(raised.value) == "the answer is not as agreed: rows.agency[1].resolved.early: is no whole number"


def test_names_are_cleaned_of_what_nobody_sees() -> None:
    document = backend.statistics("2019-01-01", "2019-09-24", NOON)
    document["rows"]["agency"][0]["name"] = "So\u031b\u0309 Y\u200b tế\u202e"

    assert parse(document).agencies[0].name == "Sở Y tế\ufffd"


def test_moment_is_vietnams() -> None:
    document = backend.statistics("2019-01-01", "2019-09-24") | {"as_of": "2019-09-24T03:15:00Z"}

    assert parse(document).as_of.isoformat() == "2019-09-24T10:15:00+07:00"


ADDING_UP = st.builds(
    lambda online, in_person, carried, early, on_time, late: (
        Received(total=online + in_person + carried, online=online, in_person=in_person, carried_over=carried),
        Resolved(total=early + on_time + late, early=early, on_time=on_time, overdue=late),
    ),
    *[st.integers(0, 100_000_000)] * 6,
)


@given(ADDING_UP)
def test_figures_that_add_up_raise_no_doubt_and_have_exact_rates(parts: tuple[Received, Resolved]) -> None:
    received, resolved = parts
    if resolved.total > received.total:
        received = Received(total=resolved.total)
    pending = Pending(total=received.total - resolved.total)

    counts = DossierCounts(received=received, resolved=resolved, pending=pending)

    assert list(counts.doubts()) == []
    early, on_time, late = resolved.early or 0, resolved.on_time or 0, resolved.overdue or 0
    if not resolved.total:
        assert counts.on_time_of_resolved is None
    else:
        assert counts.on_time_of_resolved == float(Fraction(early + on_time, early + on_time + late))
        assert 0 <= (counts.resolved_of_received or 0) <= 1


@given(ADDING_UP, st.integers(1, 1_000), st.sampled_from(["received", "resolved"]))
def test_figures_that_do_not_add_up_are_taken_with_their_doubt(
    parts: tuple[Received, Resolved], more: int, which: str
) -> None:
    stated = {"received": parts[0].model_dump(), "resolved": parts[1].model_dump()}
    stated[which]["total"] += more
    document = backend.statistics("2019-01-01", "2019-09-24", NOON)
    document["rows"]["total"] = [{"key": "total", **stated}]

    doubts = list(parse(document).total.doubts())

    assert [(doubt.identity, doubt.stated - doubt.computed) for doubt in doubts] == [(which, more)]


def test_quoted_figures_of_2018_have_our_rate() -> None:
    """The demo's figures to 31/12/2018: 4,263 of those resolved are neither early nor on time."""
    counts = DossierCounts(
        received=Received(total=64_786), resolved=Resolved(total=60_903, early=45_249, on_time=11_391)
    )

    assert f"{counts.on_time_of_resolved:.2%} {counts.resolved_of_received:.2%}" == "93.00% 94.01%"
    assert list(counts.doubts()) == []
