"""The catalogue for programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings

from plugins.portal.answers import AnswerFrame
from plugins.portal.procedure import Procedure
from plugins.procedures import api
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.structured_data import CPSV_CONTEXT
from tests.procedures.cards import card, catalogues

ROOT_URL = "https://thu.example"
FRAME = AnswerFrame(ROOT_URL, {"name": "CC BY 4.0", "url": "https://giayphep.example/"}, "Tỉnh Thử")
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

    assert document["channels"] == [
        {
            "kind": "in_person",
            "time_limits": [{"amount": 1.0, "unit": "day"}],
            "fees": [{"kind": "fee", "amount": 0}],
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

    assert (read.name, read.papers, read.agency_name) == (PROCEDURE.name, PROCEDURE.papers, "Tỉnh Thử")


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


def test_terms_are_explained_for_the_keys_of_a_document() -> None:
    terms = {"code", "name", "channels", "fees", "papers", "results", "legal_basis", "conditions", "time_limits"}

    assert terms <= CPSV_CONTEXT.keys()
    assert json.loads(api.context_text())["@context"] == CPSV_CONTEXT


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
