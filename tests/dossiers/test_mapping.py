"""Another backend's JSON, turned into ours by DOSSIER_MAPPING."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.dossiers.answers import parse_answer
from plugins.dossiers.failures import BadAnswer
from plugins.dossiers.mapping import CONTRACT, READY, WrongValueError, read_count, read_mapping
from plugins.dossiers.period import Period
from plugins.portal.dossiers import DossierStatistics
from plugins.portal.problems import SettingsError
from plugins.portal.values import VIETNAM
from tests.provinces import ROOT

PERIOD = Period(date(2019, 1, 1), date(2019, 9, 24))
NOON = datetime(2019, 9, 24, 12, tzinfo=VIETNAM)
NATIONAL: dict[str, Any] = {"like": "national"}

SO_Y_TE = {
    "maThongKe": "H30.14",
    "tenThongKe": "Sở Y tế",
    "catalog": "so-ban-nganh",
    "tongSo": 99,
    "tongTiepNhan": "1.234",
    "tiepNhanKyTruoc": "34",
    "tiepNhanQuaMang": "1.000",
    "tiepNhanTrucTiep": "150",
    "tiepNhanBCCI": 50,
    "tongDaXuLy": "1.100",
    "daXuLyTruocHan": "1.000",
    "daXuLyDungHan": "60",
    "daXuLyQuaHan": "40",
    "tongDangXuLy": "130",
    "dangXuLyTrongHan": "120",
    "dangXuLyQuaHan": "10",
    "tongTamDungXuLy": "4",
    "tamDungXuLyTrongHan": "4",
    "tamDungXuLyQuaHan": "0",
}
NAM_DONG = SO_Y_TE | {"maThongKe": 7, "tenThongKe": "UBND huyện Nam Đông", "catalog": "quan-huyen"}


def read(document: object, mapping: object = NATIONAL) -> DossierStatistics:
    return parse_answer(json.dumps(document).encode(), read_mapping(mapping), PERIOD, NOON)


@pytest.mark.parametrize(
    "document",
    [
        {"data": [SO_Y_TE, NAM_DONG]},
        {"result": [SO_Y_TE, None, NAM_DONG]},
        {"data": {"so-ban-nganh": [SO_Y_TE], "cnvpdk": [], "quan-huyen": [NAM_DONG]}},
        {"so-ban-nganh": [SO_Y_TE], "xa-phuong": [NAM_DONG]},
        [SO_Y_TE, NAM_DONG],
    ],
)
def test_national_shape_is_read_however_it_is_wrapped(document: object) -> None:
    statistics = read(document, NATIONAL | {"keys": {"agency": {"H30.14": "so-y-te"}}})

    first, second = statistics.agencies
    assert (first.key, first.name) == ("so-y-te", "Sở Y tế")
    assert (second.key, second.name) == ("7", "UBND huyện Nam Đông")
    assert first.counts.model_dump(exclude_none=True) == {
        "received": {"total": 1_234, "online": 1_000, "in_person": 200, "carried_over": 34},
        "resolved": {"total": 1_100, "early": 1_000, "on_time": 60, "overdue": 40},
        "pending": {"total": 134, "within": 124, "overdue": 10},
    }
    assert list(first.counts.doubts()) == []
    assert statistics.total.received.total == 2_468
    assert statistics.total.pending
    assert statistics.total.pending.within == 248
    assert (statistics.as_of, statistics.first_day) == (NOON, date(2019, 1, 1))


def test_totals_of_the_wrapper_are_taken_as_they_are() -> None:
    statistics = read({"data": SO_Y_TE | {"so-ban-nganh": [NAM_DONG]}})

    assert statistics.total.received.total == 1_234
    assert [row.key for row in statistics.agencies] == ["7"]


def test_column_that_one_row_lacks_is_not_known_of_all() -> None:
    without = {name: value for name, value in NAM_DONG.items() if name != "daXuLyTruocHan"}

    statistics = read({"data": [SO_Y_TE, without]})

    assert statistics.total.resolved.early is None
    assert statistics.total.resolved.on_time == 120


def test_request_of_the_national_shape() -> None:
    assert read_mapping(NATIONAL).address(PERIOD) == "?tuNgay=01/01/2019&denNgay=24/09/2019"
    assert CONTRACT.address(PERIOD) == (
        "/v1/statistics?from=2019-01-01&to=2019-09-24&by=total,agency,field,channel,month"
    )


@pytest.mark.parametrize(
    ("place", "said", "fault"),
    [
        ("tongTiepNhan", "nhiều", r"agency\[0\].received.total: is no whole number"),
        ("tongTiepNhan", 1.234, r"agency\[0\].received.total: is no whole number"),
        ("tongTiepNhan", True, r"agency\[0\].received.total: is no whole number"),
        ("tongTiepNhan", "1.23", r"agency\[0\].received.total: is no whole number"),
        ("tongTiepNhan", "-5", r"agency\[0\].received.total: is no whole number"),
        ("tongTiepNhan", -5, r"rows.total\[0\].received.total: is negative"),
        ("tongTiepNhan", None, r"rows.total\[0\].received.total: is missing"),
        ("tiepNhanBCCI", "nhiều", r"agency\[0\].received.in_person: is no whole number"),
        ("tiepNhanBCCI", ["1"], r"agency\[0\].received.in_person: is no whole number"),
        ("maThongKe", {}, r"agency\[0\].key: is no text"),
        ("maThongKe", None, r"rows.agency\[0\].key: is empty"),
    ],
)
def test_value_that_does_not_fit_is_told_with_its_place(place: str, said: object, fault: str) -> None:
    row = {name: value for name, value in SO_Y_TE.items() if name not in ("tiepNhanKyTruoc",)} | {place: said}

    with pytest.raises(BadAnswer, match=fault):
        read({"data": [row], "tongTiepNhan": 1})


def test_rows_that_are_no_list_are_told() -> None:
    with pytest.raises(BadAnswer, match="agency: is no list of rows"):
        read({"hoSo": 7}, {"agency": "hoSo", "row": NEEDED})


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(BadAnswer, match="agency: has more than 2000 rows"):
        read([SO_Y_TE] * 2_001)


NEEDED = {"key": "ma", "received.total": "nhan", "resolved.total": "xong"}


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2019-09-24T03:15:00Z", "2019-09-24T10:15:00+07:00"),
        ("2019-09-24 10:15", "2019-09-24T10:15:00+07:00"),
        ("24/09/2019 10:15:30", "2019-09-24T10:15:30+07:00"),
        ("24/09/2019 10:15", "2019-09-24T10:15:00+07:00"),
        ("24/09/2019", "2019-09-24T00:00:00+07:00"),
        ("20190924101500", "2019-09-24T10:15:00+07:00"),
    ],
)
def test_moments_are_read_as_they_are_written_in_vietnam(said: str, moment: str) -> None:
    mapping = {"as_of": "luc", "first_day": "tu", "last_day": "den", "total": "tong", "row": NEEDED}
    document = {"luc": said, "tu": "01/01/2019", "den": "24/09/2019", "tong": {"nhan": 2, "xong": "1"}}

    statistics = read(document, mapping)

    assert statistics.as_of.isoformat() == moment
    assert (statistics.first_day, statistics.last_day) == (date(2019, 1, 1), date(2019, 9, 24))


@pytest.mark.parametrize("said", [7, "hôm qua", "24/13/2019", "9" * 50, ["2019-09-24"]])
def test_moment_that_cannot_be_read_is_told(said: object) -> None:
    mapping = {"as_of": "luc", "total": "tong", "row": NEEDED}

    with pytest.raises(BadAnswer, match="as_of: is no moment that we can read"):
        read({"luc": said, "tong": {"nhan": 2, "xong": 1}}, mapping)


def test_processing_days_may_have_a_decimal_comma() -> None:
    row = NEEDED | {"processing_days.median": "giua", "processing_days.p90": "p90"}
    document = {"tong": {"nhan": 2, "xong": 1, "giua": "2,5", "p90": 9}}

    days = read(document, {"total": "tong", "row": row}).total.processing_days

    assert days is not None
    assert (days.median, days.p90) == (2.5, 9.0)


@given(st.integers(0, 999_999_999), st.sampled_from(["", ".", ",", " ", "\u00a0"]))
def test_counts_are_read_with_any_marks_between_thousands(count: int, mark: str) -> None:
    assert read_count(f"{count:,}".replace(",", mark)) == count
    assert read_count(f" {count:,} ".replace(",", ".")) == count
    assert read_count(count) == read_count(float(count)) == count


@pytest.mark.parametrize(
    "said", ["1.2", "1.23", "12.34", "1.234,567", "1,23.4", "0x10", "١٢", "--", "1e3", "-1", True, [], {}]
)
def test_what_may_be_no_count_is_refused(said: object) -> None:
    with pytest.raises(WrongValueError):
        read_count(said)


@given(st.fixed_dictionaries({name: st.integers(0, 10**8) for name in SO_Y_TE if name.startswith(("t", "d"))}))
def test_national_figures_come_through_as_they_were(counts: dict[str, int]) -> None:
    row = SO_Y_TE | {name: f"{count:,}".replace(",", ".") for name, count in counts.items() if name != "tenThongKe"}

    (agency,) = read({"data": [row]}).agencies

    assert agency.counts.received.total == counts["tongTiepNhan"]
    assert agency.counts.received.in_person == counts["tiepNhanTrucTiep"] + counts["tiepNhanBCCI"]
    assert agency.counts.resolved.overdue == counts["daXuLyQuaHan"]
    assert agency.counts.pending
    assert agency.counts.pending.total == counts["tongDangXuLy"] + counts["tongTamDungXuLy"]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ([], None),
        ({}, None),
        ("", None),
        (7, "expected names and expressions"),
        ({1: "a"}, "expected names and expressions"),
        ({"like": "natonal"}, 'like: there is no ready mapping "natonal"; known: national'),
        ({"agencies": "x"}, 'unknown agencies; did you mean "agency"?'),
        ({"row": {"recieved.total": "x"}}, 'unknown row.recieved.total; did you mean "received.total"?'),
        ({"keys": {"agencies": {}}}, 'unknown keys.agencies; did you mean "agency"?'),
        ({"total": 7}, "total: Input should be a valid string"),
        ({"path": "v1?token=1"}, "path: String should match pattern"),
        ({"total": "a b"}, r"total: 'a b' is no JMESPath expression: Unexpected token: b"),
        ({"row": NEEDED | {"name": "ten["}}, r"row.name: 'ten\[' is no JMESPath expression"),
        ({"total": "ad(a, b)"}, r'total: there is no function ad\(\); did you mean "add"'),
        ({"total": "a"}, "row.received.total, row.resolved.total missing; say where the answer has them"),
        ({"row": NEEDED}, "total or agency missing"),
        ({"agency": "a", "row": {"received.total": "b", "resolved.total": "c"}}, "row.key missing"),
        ({"query": {"tu": "{form}"}}, "query.tu: '{form}' cannot be filled in; write {from}"),
        ({"query": {"tu": "{from.__class__}"}}, "query.tu: .* cannot be filled in"),
        ({"query": {"tu": "{from"}}, "query.tu: '{from' cannot be filled in"),
        ({"query": {"tu": "{}"}}, "query.tu: '{}' cannot be filled in"),
        ("nowhere.yaml", "nowhere.yaml cannot be read; name a YAML file"),
    ],
)
def test_mapping_is_checked_when_it_is_read(mapping: object, message: str | None) -> None:
    if message is None:
        assert read_mapping(mapping) == CONTRACT
    else:
        with pytest.raises(SettingsError, match=f"^DOSSIER_MAPPING: {message}"):
            read_mapping(mapping)


def test_mapping_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text("like: national\npath: /thong-ke\nkeys: {agency: {H30.14: so-y-te}}\n", "utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text("like: national\nlike: other\n", "utf-8")

    mapping = read_mapping(str(file))

    assert mapping.address(PERIOD).startswith("/thong-ke?tuNgay=")
    assert mapping.terms.row["received.total"] == "tongTiepNhan"
    with pytest.raises(SettingsError, match=r"broken.yaml:2: "):
        read_mapping(str(broken))


def test_mappings_that_mean_the_same_are_the_same() -> None:
    assert read_mapping({"path": "/v1/statistics"}).digest == CONTRACT.digest
    assert read_mapping(NATIONAL).digest != CONTRACT.digest


@pytest.mark.parametrize("ready", sorted(path.stem for path in READY.glob("*.yaml")))
def test_ready_mappings_can_be_used_and_are_documented(ready: str) -> None:
    assert read_mapping({"like": ready}).expressions
    assert re.search(rf'"like": "{ready}"', (ROOT / "docs" / "dossiers.md").read_text("utf-8"))
