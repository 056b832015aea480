"""The JSON Schemas that editors' tools complete by."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel, Field, create_model

from plugins.portal.schemas import MODELS, described_schema, schema_texts, write_schemas
from plugins.portal.vocabulary import AgencyKind, Audience, PerformingLevel
from tests.portal.contents import KINDS
from tests.provinces import SITES

ALL = MODELS | {kind.name: kind.model for kind in KINDS}
TEXTS = schema_texts(KINDS)
CONTENT_KINDS = [name for name in ALL if name != "site"]


def schema(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(TEXTS[name])
    return read


def objects(found: Any) -> list[dict[str, Any]]:
    """Every description of named fields in a schema."""
    if isinstance(found, dict):
        inner = [each for value in found.values() for each in objects(value)]
        return [found, *inner] if isinstance(found.get("properties"), dict) and found.get("type") == "object" else inner
    return [each for value in found for each in objects(value)] if isinstance(found, list) else []


def pattern(name: str, field: str) -> re.Pattern[str]:
    properties = schema(name)["properties"][field]
    found = next(each["pattern"] for each in [properties, *properties.get("anyOf", [])] if "pattern" in each)
    return re.compile(found)


@pytest.mark.parametrize("name", ALL)
def test_schema_says_what_it_is_and_describes_the_record(name: str) -> None:
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["type"] == "object"
    assert set(found["properties"]) == set(ALL[name].model_fields)
    required = {field for field, info in ALL[name].model_fields.items() if info.is_required()}
    assert set(found.get("required", [])) == required


@pytest.mark.parametrize("name", ALL)
def test_schema_allows_no_unknown_field_at_any_depth(name: str) -> None:
    found = objects(schema(name))
    assert found
    assert [each["title"] for each in found if each.get("additionalProperties") is not False] in (
        [],
        ["Text"] if name == "site" else [],
    )


@pytest.mark.parametrize("name", ALL)
def test_schema_is_the_same_text_each_time(name: str) -> None:
    assert schema_texts(KINDS)[name].endswith("}\n")
    assert json.dumps(schema(name), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == schema_texts(KINDS)[name]


@pytest.mark.parametrize(
    ("name", "definition", "field", "choices"),
    [
        ("agency", None, "kind", get_args(AgencyKind)),
        ("procedure", None, "performed_by", get_args(PerformingLevel)),
        ("procedure", None, "audiences", get_args(Audience)),
        ("article", None, "status", ("published", "draft")),
        ("procedure", "Channel", "kind", ("in_person", "online", "post")),
    ],
)
def test_closed_lists_are_offered_for_completion(
    name: str, definition: str | None, field: str, choices: tuple[str, ...]
) -> None:
    found = schema(name)
    described = (found["$defs"][definition] if definition else found)["properties"][field]
    assert tuple(described.get("items", described)["enum"]) == choices


@pytest.mark.parametrize(
    ("name", "field", "good", "bad"),
    [
        ("procedure", "code", "1.001193", "1.0011930"),
        ("procedure", "field", "ho-tich", "Hộ tịch"),
        ("agency", "code", "000.00.14.H30", "H3000"),
        ("agency", "parent", "so-y-te", "so--y-te"),
    ],
)
def test_patterns_accept_what_the_portal_accepts(name: str, field: str, good: str, bad: str) -> None:
    """JSON Schema searches: a pattern that is not anchored at both ends would accept anything around it."""
    found = pattern(name, field)
    assert found.search(good)
    for wrong in (bad, f"x {good}", f"{good} x"):
        assert not found.search(wrong)


def test_codes_and_days_are_text_and_amounts_are_numbers() -> None:
    procedure = schema("procedure")
    assert procedure["properties"]["code"]["type"] == "string"
    assert {"type": "string", "format": "date"} in procedure["properties"]["effective_from"]["anyOf"]
    amount = procedure["$defs"]["Fee"]["properties"]["amount"]
    assert {"type": "integer", "minimum": 0} in amount["anyOf"]
    assert schema("article")["properties"]["date"]["type"] == "string"


def test_lists_are_lists() -> None:
    related = schema("procedure")["properties"]["related"]
    assert related["type"] == "array"
    assert related["items"]["type"] == "string"


def test_meaning_of_a_field_stands_in_the_schema() -> None:
    assert schema("article")["properties"]["featured"]["description"] == "true để đưa lên đầu"


@pytest.mark.parametrize("name", ["agency", "procedure"])
def test_records_of_the_small_province_hold_only_fields_of_the_schema(name: str) -> None:
    properties = schema(name)["properties"]
    files = list((SITES / "base").glob("agencies/*/agency.yaml" if name == "agency" else "**/procedures/*.yaml"))
    assert files
    for file in files:
        assert set(yaml.safe_load(file.read_text(encoding="utf-8"))) <= set(properties)


def test_schemas_are_written_under_the_names_of_their_kinds(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new" / "schemas", kinds=KINDS)
    assert [path.name for path in written] == [f"{name}.schema.json" for name in ALL]
    for name, path in zip(ALL, written, strict=True):
        assert path.read_text(encoding="utf-8") == schema_texts(KINDS)[name]


class Written(BaseModel):
    first: str
    """What stands below a field."""
    second: str = Field(alias="other")
    """By the name that files have for it."""
    third: str = ""


class Inheriting(Written):
    first: str
    third: str = ""
    """What the class says that inherits."""


@pytest.mark.parametrize(
    ("model", "described"),
    [
        (Written, {"first": "What stands below a field.", "other": "By the name that files have for it."}),
        (Inheriting, {"third": "What the class says that inherits.", "other": "By the name that files have for it."}),
        (create_model("Made", name=(str, ...)), {}),
    ],
    ids=["written", "inheriting", "made, with no source"],
)
def test_fields_are_described_by_what_stands_below_them(model: type[BaseModel], described: dict[str, str]) -> None:
    properties = described_schema(model, "en")["properties"]

    assert {name: field["description"] for name, field in properties.items() if "description" in field} == described
