"""The contract holds: its own examples keep to it, the gateway keeps to it, and our pull client takes what it gives."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from pydantic import SecretStr
from schemathesis import Case, HookContext
from schemathesis.config import SchemathesisConfig

from plugins.dossiers.answers import parse_answer
from plugins.dossiers.mapping import CONTRACT
from plugins.dossiers.period import Period
from plugins.dossiers.refresh import refresh
from plugins.dossiers.settings import BackendSettings
from plugins.gateway.questions import GROUPINGS, MAX_DAYS
from plugins.gateway.serving import GatewayServer
from plugins.portal.dossiers import DossierStatistics, Doubt
from plugins.portal.values import VIETNAM
from tests.gateway.one_stop import (
    BEARER,
    CODE,
    OTHER_CODE,
    PORTAL,
    TOKEN,
    gateway_over,
    receive,
    settings_for,
    until,
    write_one_stop,
)
from tests.provinces import ROOT

OPENAPI = ROOT / "plugins" / "dossiers" / "contract" / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))
OPERATIONS: dict[str, dict[str, Any]] = {path: operations["get"] for path, operations in DOCUMENT["paths"].items()}
ANSWERS = {path: get["responses"]["200"]["content"]["application/json"] for path, get in OPERATIONS.items()}
STATISTICS = {name: example["value"] for name, example in ANSWERS["/v1/statistics"]["examples"].items()}

schemathesis.openapi.format("date", st.dates(date(2000, 1, 1), date(2199, 12, 31)).map(str))
CALLS = schemathesis.openapi.from_path(OPENAPI, config=SchemathesisConfig())


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """The part, or what it refers to in the document."""
    found: Any = DOCUMENT if "$ref" in part else part
    for step in part.get("$ref", "#").split("/")[1:]:
        found = found[step]
    return dict(found)


def examples(part: dict[str, Any]) -> list[Any]:
    return [part["example"]] if "example" in part else [one["value"] for one in part.get("examples", {}).values()]


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]}, validate_formats=True)


def doubts(statistics: DossierStatistics) -> list[Doubt]:
    """The sums of the form that do not hold, in whichever row."""
    rows = [*statistics.agencies, *statistics.fields, *statistics.channels, *statistics.months]
    return [doubt for counts in (statistics.total, *(row.counts for row in rows)) for doubt in counts.doubts()]


@pytest.fixture
def system(tmp_path: Path) -> Path:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    return path


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("gateway") / "motcua.sqlite"
    write_one_stop(path)
    with gateway_over(path, lookups_per_minute=1_000) as address:
        yield address


@CALLS.hook
def map_case(context: HookContext, case: Case[Any]) -> Case[Any]:
    """A schema cannot say that `to` is not before `from`, nor ten years after it: meant cases are made so."""
    if case.meta and case.meta.generation.mode.is_positive and {"from", "to"} <= case.query.keys():
        first, last = sorted(date.fromisoformat(case.query[name]) for name in ("from", "to"))
        case.query |= {"from": str(first), "to": str(min(last, first + timedelta(days=MAX_DAYS - 1)))}
    return case


@CALLS.parametrize()
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_gateway_keeps_to_its_contract(case: Case[Any], gateway: str) -> None:
    case.call_and_validate(base_url=gateway, headers=BEARER)


@pytest.mark.parametrize("code", [CODE, OTHER_CODE])
def test_known_dossiers_keep_to_the_contract(gateway: str, code: str) -> None:
    case = CALLS["/v1/dossiers/{code}"]["GET"].Case(path_parameters={"code": code}, headers={"Origin": PORTAL})

    assert case.call_and_validate(base_url=gateway).status_code == 200


def test_all_groups_keep_to_the_contract(gateway: str) -> None:
    query = {"from": "2018-01-01", "to": "2019-12-31", "by": ",".join(GROUPINGS)}
    case = CALLS["/v1/statistics"]["GET"].Case(query=query)

    answered = case.call_and_validate(base_url=gateway, headers=BEARER)

    assert answered.status_code == 200
    assert list(answered.json()["rows"]) == list(GROUPINGS)


@pytest.mark.parametrize(
    ("path", "status"), [(path, status) for path, get in OPERATIONS.items() for status in get["responses"]]
)
def test_documented_examples_keep_to_their_schemas(path: str, status: str) -> None:
    response = resolved(OPERATIONS[path]["responses"][status])
    contents = response.get("content", {})
    media_type = {"200": ["application/json"], "304": []}.get(status, ["application/problem+json"])

    assert list(contents) == media_type
    assert all(examples(content) for content in contents.values())
    for part in (*contents.values(), *map(resolved, response.get("headers", {}).values())):
        for example in examples(part):
            validator(part["schema"]).validate(example)


def test_examples_of_parameters_and_schemas_keep_to_them() -> None:
    parameters = [parameter for get in OPERATIONS.values() for parameter in get.get("parameters", ())]
    schemas: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
    found = [(parameter["schema"], parameter["example"]) for parameter in parameters]
    found += [(schema, example) for schema in schemas.values() for example in schema.get("examples", ())]

    assert len(found) > len(parameters) > 0
    for schema, example in found:
        validator(schema).validate(example)


def test_contract_refuses_wrong_figures_and_whatever_else_is_said_of_a_dossier() -> None:
    statistics, dossier = STATISTICS["total"], ANSWERS["/v1/dossiers/{code}"]["examples"]["processing"]["value"]
    (row,) = statistics["rows"]["total"]
    wrong_statistics = [
        {**statistics, "rows": {"total": []}},
        {**statistics, "as_of": "2019-09-24T10:15:00"},
        {**statistics, "rows": {"total": [{**row, "resolved": {"total": "108.200"}}]}},
        {**statistics, "rows": {"total": [{**row, "resolved": {"total": -1}}]}},
        {**statistics, "rows": {"total": [row], "channel": [{**row, "key": "fax"}]}},
        {**statistics, "rows": {"total": [row], "month": [{**row, "key": "2019-13"}]}},
    ]
    notice = dossier["notices"][0]
    wrong_dossiers = [
        {**dossier, "applicant": "x"},
        {**dossier, "status": 11},
        {**dossier, "notices": [{**notice, "to": "0905"}]},
        {**dossier, "code": "000.00.14.H30-190229-0002"},
    ]

    for name, wrong in (("Statistics", wrong_statistics), ("Dossier", wrong_dossiers)):
        schema = validator(DOCUMENT["components"]["schemas"][name])
        assert [one for one in wrong if schema.is_valid(one)] == []


@pytest.mark.parametrize("name", STATISTICS)
def test_pull_client_takes_the_documented_answers_without_a_doubt(name: str) -> None:
    example = STATISTICS[name]
    period = Period(date.fromisoformat(example["from"]), date.fromisoformat(example["to"]))

    statistics = parse_answer(json.dumps(example).encode(), CONTRACT, period, datetime(2019, 9, 24, 12, tzinfo=VIETNAM))

    assert doubts(statistics) == []


def test_portal_keeps_its_figures_where_the_days_of_a_gateway_are_of_another_form(system: Path, tmp_path: Path) -> None:
    today = datetime.now(VIETNAM)
    receive(system, "000.00.14.H30-260101-0001", f"{today:%Y-%m-%d} 00:00:00")
    state = tmp_path / "state"
    with gateway_over(system) as address:
        first = refresh(BackendSettings(url=address, token=SecretStr(TOKEN), state_path=state))
    with closing(sqlite3.connect(system)) as connection, connection:
        connection.execute("UPDATE ho_so SET ngay_tiep_nhan = strftime('%d/%m/%Y %H:%M', ngay_tiep_nhan)")
    with GatewayServer(settings_for(system)).running() as address:
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).json().get("reason") == "rows")
        after = refresh(BackendSettings(url=address, token=SecretStr(TOKEN), state_path=state))

    assert (first.outcome, after.outcome, after.reason) == ("fetched", "kept", "unreliable")
    assert after.snapshot == first.snapshot
    assert after.message is not None
    assert "(column received_at)" in after.message.render()


def test_pull_client_gets_figures_and_then_only_what_is_new(system: Path, tmp_path: Path) -> None:
    this_year = datetime.now(VIETNAM).year
    receive(system, "000.00.14.H30-260101-0001", f"{this_year}-01-01 00:00:00")
    with gateway_over(system) as address:
        backend = BackendSettings(url=address, token=SecretStr(TOKEN), state_path=tmp_path / "state")
        first, second = refresh(backend), refresh(backend)
        stranger = refresh(BackendSettings(url=address, token=SecretStr("x" * 20), state_path=tmp_path / "other"))

    assert (first.outcome, second.outcome) == ("fetched", "unchanged")
    assert (stranger.outcome, stranger.reason) == ("nothing", "unauthorised")
    assert first.snapshot == second.snapshot
    assert first.snapshot is not None
    figures = first.snapshot.statistics
    assert doubts(figures) == []
    assert figures.total.received.carried_over == 2  # open since 2019
    assert figures.total.received.online == 1
    assert {row.key for row in figures.agencies} == {"so-y-te", "so-tu-phap"}
    assert [row.name for row in figures.fields] == ["Dược", "Hộ tịch"]
