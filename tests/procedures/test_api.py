"""The catalogue for programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from pyld import jsonld

from plugins.portal.answers import AnswerFrame
from plugins.portal.procedure import LegalBasis, Procedure, Result
from plugins.procedures import api
from plugins.procedures.cards import ProcedureCard
from tests.procedures.cards import card, catalogues
from tests.profiles import CPSV_AP, classes_of, misfits

ROOT_URL = "https://thu.example"
FRAME = AnswerFrame(ROOT_URL, {"name": "CC BY 4.0", "url": "https://giayphep.example/"}, "Tỉnh Thử", "vi")
PROCEDURE = Procedure.model_validate(
    {
        "code": "1.000001",
        "name": "Đăng ký khai sinh",
        "field": "ho-tich",
        "performed_by": ["commune"],
        "channels": [
            {"kind": "in_person", "fees": [{"kind": "fee", "amount": 0}], "time_limits": [{"amount": 1, "unit": "day"}]}
        ],
        "papers": [{"papers": [{"name": "Tờ khai", "originals": 1}]}],
        "related": ["1.000002"],
        "effective_from": "2019-09-24",
    }
)


def rows(cards: list[ProcedureCard]) -> list[api.ProcedureRow]:
    return api.rows(cards, "Tỉnh Thử", ROOT_URL)


@given(catalogues(most=20))
@settings(max_examples=30)
def test_index_has_every_procedure_in_order_of_code(cards: list[ProcedureCard]) -> None:
    read = rows(cards)

    assert [row.code for row in read] == sorted(card.code for card in cards)
    assert {row.code: (row.level, row.mode, row.status) for row in read} == {
        card.code: (card.online_level, card.online_mode, card.status) for card in cards
    }


def test_same_content_gives_the_same_bytes_in_any_order() -> None:
    cards = [card(f"1.{n:06d}") for n in range(5)]

    assert rows(cards) == rows(list(reversed(cards)))
    assert api.table_text(rows(cards)) == api.table_text(rows(list(reversed(cards))))


def test_table_is_read_back_with_codes_as_text() -> None:
    cards = [card("2.000200", audiences=("citizen", "enterprise"), title='Cấp "giấy", đổi\xa0thẻ'), card("1.000001")]
    text = api.table_text(rows(cards))
    [first, second] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))

    assert text.startswith("\ufeffcode,name,")
    assert (first["code"], second["code"]) == ("1.000001", "2.000200")
    assert (second["audiences"], second["level"]) == ("citizen; enterprise", "")
    assert second["name"] == 'Cấp "giấy", đổi\xa0thẻ'


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
def test_name_that_begins_like_a_formula_is_none_in_a_spreadsheet(name: str) -> None:
    [row] = csv.DictReader(io.StringIO(api.table_text(rows([card(title=name)])).removeprefix("\ufeff"), newline=""))

    assert row["name"] == f"'{name}"


def test_document_says_all_that_is_known_and_nothing_else() -> None:
    document = api.document(PROCEDURE, card(), "Tỉnh Thử", FRAME)

    channel = f"{ROOT_URL}/thu-tuc/1.000001/#channel-1"
    assert document["channels"] == [
        {
            "@id": channel,
            "@type": "cv:Channel",
            "identifier": "1.000001#channel-1",
            "kind": "in_person",
            "time_limits": [{"amount": 1.0, "unit": "day"}],
            "fees": [
                {
                    "@id": f"{channel}-fee-1",
                    "@type": "cv:Cost",
                    "identifier": "1.000001#channel-1-fee-1",
                    "kind": "fee",
                    "amount": 0,
                    "currency": "VND",
                }
            ],
        }
    ]
    assert document["effective_from"] == "2019-09-24"
    assert (document["@id"], document["@type"]) == (f"{ROOT_URL}/thu-tuc/1.000001/", "cpsv:PublicService")
    assert "decision" not in document
    assert "keywords" not in document
    assert None not in document.values()


def test_document_is_what_its_schema_says() -> None:
    written = api.json_text(api.document(PROCEDURE, card(), "Tỉnh Thử", FRAME))
    read = api.ProcedureDocument.model_validate_json(written)

    assert (read.name, read.agency_name) == (PROCEDURE.name, "Tỉnh Thử")
    assert [paper.name for case in read.papers for paper in case.papers] == ["Tờ khai"]


def test_list_and_document_say_the_same_of_a_procedure() -> None:
    theirs = PROCEDURE.model_copy(update={"code": "1.000002"})
    for procedure, known in ((PROCEDURE, card()), (theirs, card("1.000002", agency_slug="so-y-te"))):
        [row] = rows([known])
        listed = row.model_dump(mode="json")
        document = api.document(procedure, known, known.agency_name or "Tỉnh Thử", FRAME)
        # What a record of this test and its card are made up of differs; who, where and which does not.
        shared = {"code", "agency", "agency_name", "field_name", "url", "permalink", "status", "version"}

        assert {name: listed[name] for name in shared} == {name: document[name] for name in shared}
        assert listed["document"] == f"{ROOT_URL}/api/v1/procedures/{procedure.code}.json"


FULL = PROCEDURE.model_copy(
    update={
        "description": "Mô tả", "keywords": ("khai sanh",), "audiences": ("citizen",), "conditions": ("Có con",),
        "results": (Result(name="Giấy khai sinh", code="KQ.1"),), "competent_body": "UBND xã",
        "legal_basis": (LegalBasis(number="123/2015/NĐ-CP", title="Nghị định", issued=date(2015, 11, 15)),),
    }
)  # fmt: skip


def linked(procedure: Procedure) -> dict[str, Any]:
    """A document as a program has it that knows JSON-LD and nothing of us."""
    document = api.document(procedure, card(), "Tỉnh Thử", FRAME, datetime(2019, 9, 24, 8))
    return {**document, **json.loads(api.context_text(FRAME))}


def expanded(procedure: Procedure = FULL) -> dict[str, Any]:
    [service] = jsonld.expand(linked(procedure))
    read: dict[str, Any] = service
    return read


@pytest.mark.parametrize("procedure", [PROCEDURE, FULL])
def test_document_fits_cpsv_ap(procedure: Procedure) -> None:
    assert misfits(linked(procedure), CPSV_AP) == []


def test_each_class_of_cpsv_ap_is_tried() -> None:
    assert classes_of(linked(FULL)) == CPSV_AP.keys()


def test_what_does_not_fit_is_told() -> None:
    lacking = linked(FULL)
    del lacking["results"][0]["identifier"], lacking["authority"]["spatial"]
    lacking["channels"][0]["fees"][0]["currency"] = "USD"

    assert {line.partition(": ")[2] for line in misfits(lacking, CPSV_AP)} == {
        "cv:Output: dct:identifier has 0 values",
        "cv:Cost: cv:currency is {'@id': 'http://publications.europa.eu/resource/authority/currency/USD'}, "
        "not skos:Concept",
        "cv:PublicOrganisation: dct:spatial has 0 values",
    }


def test_document_is_a_public_service_with_what_cpsv_ap_asks_for() -> None:
    service = expanded()
    dct, cv, cpsv = "http://purl.org/dc/terms/", "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"

    assert service["@type"] == [f"{cpsv}PublicService"]
    assert service[f"{dct}identifier"] == [{"@value": "1.000001"}]
    assert service[f"{dct}title"] == [{"@value": PROCEDURE.name, "@language": "vi"}]
    assert {"@value": "Mô tả", "@language": "vi"} in service[f"{dct}description"]
    [authority] = service[f"{cv}hasCompetentAuthority"]
    assert (authority["@id"], authority["@type"]) == (f"{ROOT_URL}/", [f"{cv}PublicOrganisation"])
    assert service[f"{cv}thematicArea"] == [{"@id": f"{ROOT_URL}/thu-tuc/linh-vuc/ho-tich"}]
    [channel] = service[f"{cv}hasChannel"]
    assert channel[f"{dct}type"] == [{"@id": f"{ROOT_URL}/api/v1/terms.json#channels/in_person"}]
    [cost] = channel["@reverse"][f"{cv}ifAccessedThrough"]
    assert cost[f"{cv}hasValue"] == [{"@value": 0, "@type": "http://www.w3.org/2001/XMLSchema#double"}]
    assert service[f"{cv}hasCost"] == [{"@id": cost["@id"]}]
    [case] = service[f"{cv}holdsRequirement"]
    [paper] = case[f"{cv}hasSupportingEvidence"]
    assert paper[f"{dct}title"] == [{"@value": "Tờ khai", "@language": "vi"}]
    assert service[f"{cpsv}hasInput"] == [{"@id": paper["@id"]}]
    assert case[f"{dct}title"] == [{"@value": "Thành phần hồ sơ", "@language": "vi"}]
    assert service[f"{dct}audience"] == [{"@id": f"{ROOT_URL}/api/v1/terms.json#audiences/citizen"}]
    [result] = service[f"{cpsv}produces"]
    assert result[f"{dct}identifier"] == [{"@value": "KQ.1"}]


def test_record_without_a_description_is_described_by_field_and_level() -> None:
    [described] = expanded(PROCEDURE)["http://purl.org/dc/terms/description"]

    assert described["@value"] == "Thủ tục hành chính lĩnh vực Hộ tịch; nơi thực hiện: cấp xã."


def test_fields_count_what_is_in_force() -> None:
    cards = [card(), card("1.000002", status="abolished"), card("1.000003", field="y-te", field_name="Y tế")]
    items, documents = api.field_answers(cards, {"ho-tich": "Hộ tịch", "dat-dai": "Đất đai"}, {"y-te": "a/"}, FRAME)

    assert [(item["id"], item["name"], item["procedures"], item["url"]) for item in items] == [
        ("ho-tich", "Hộ tịch", 1, f"{ROOT_URL}/thu-tuc/"),
        ("dat-dai", "Đất đai", 0, f"{ROOT_URL}/thu-tuc/"),
        ("y-te", "Y tế", 1, f"{ROOT_URL}/a/"),
    ]
    assert [document["codes"] for document in documents] == [["1.000001"], [], ["1.000003"]]
    assert all(api.FieldDocument.model_validate(document) for document in documents)
