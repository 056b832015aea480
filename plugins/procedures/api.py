"""The catalogue for programs: what `/api/v1/` answers, with its schemas and its documentation.

The files are plain and hold no day of their own: the same content gives the same bytes, so that an ETag made of them
holds. A procedure's `version` changes exactly when its record does.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from plugins.portal import addresses
from plugins.portal.kinds import AnyKind
from plugins.portal.procedure import Procedure
from plugins.portal.schemas import described_schema
from plugins.portal.values import compact_json, spreadsheet_cell
from plugins.portal.vocabulary import Audience, OnlineMode, PerformingLevel, ProcedureStatus
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.permalinks import MAP
from plugins.procedures.structured_data import CPSV_CONTEXT, PUBLIC_SERVICE

INDEX = f"{addresses.API}procedures.json"
TABLE = f"{addresses.API}procedures.csv"
CONTEXT = f"{addresses.API}context.jsonld"
INDEX_SCHEMA = f"{addresses.API}schemas/procedures.schema.json"
DOCUMENT_SCHEMA = f"{addresses.API}schemas/procedure.schema.json"
DOCUMENT = f"{addresses.API}procedures/<code>.json"
ANSWERS: Mapping[str, tuple[str, str]] = {
    INDEX: (
        "All procedures",
        "Every procedure of the portal in order of code; abolished ones are marked by their status.",
    ),
    TABLE: (
        "All procedures as a table",
        "The same as CSV for spreadsheets: UTF-8 with a byte-order mark, several values joined by semicolons. Read the "
        "column of codes as text; an apostrophe stands before what a spreadsheet would take for a formula.",
    ),
    DOCUMENT: (
        "One procedure",
        "The whole record as JSON-LD with the terms of CPSV-AP; what is not known is left out. Old and local codes "
        "answer with the record that they lead to.",
    ),
    CONTEXT: ("Terms", "What the keys of a record mean in CPSV-AP and other vocabularies."),
    INDEX_SCHEMA: ("Schema of the list", "JSON Schema (draft 2020-12) of the list of procedures."),
    DOCUMENT_SCHEMA: ("Schema of a procedure", "JSON Schema (draft 2020-12) of one procedure."),
    MAP: (
        "Permanent addresses",
        "Which address leads to which: a pair a line, both from the portal's root. Old codes and pages that moved.",
    ),
}
"""Every address, what it is and how to read it."""


class ProcedureRow(BaseModel):
    """What the index says of a procedure."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    code: str
    """The national code, such as `1.001193`."""
    name: str
    level: Literal[1, 2, 3, 4] | None
    """The exact online level of TT 32/2017; null where it is not known."""
    mode: OnlineMode | None
    """The online mode of NĐ 42/2022; null where it is not known."""
    agency: str
    """The owner's slug; empty where the province owns it."""
    agency_name: str
    field: str
    """The field of administration, by its slug."""
    field_name: str
    audiences: tuple[Audience, ...]
    performed_by: tuple[PerformingLevel, ...]
    status: ProcedureStatus
    other_codes: tuple[str, ...]
    """Local and superseded codes that lead to it."""
    version: str
    """Another version, another record."""
    url: str
    """The page."""
    permalink: str
    """The page's address for ever."""
    document: str
    """The whole record as JSON."""


class ProcedureIndex(BaseModel):
    """`/api/v1/procedures.json`: every procedure of the portal, in order of code."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    procedures: tuple[ProcedureRow, ...]


class ProcedureDocument(Procedure):
    """`/api/v1/procedures/<code>.json`: one procedure, as JSON-LD with the terms of CPSV-AP."""

    context: str = Field(alias="@context")
    """Where the terms are explained."""
    type: Literal["cpsv:PublicService"] = Field(alias="@type")
    id: str = Field(alias="@id")
    """The permalink."""
    agency: str
    """The owner's slug; empty where the province owns it."""
    agency_name: str
    field_name: str
    url: str
    """The page."""
    permalink: str
    """The page's address for ever."""
    version: str
    """Another version, another record."""


@dataclass(frozen=True)
class ApiField:
    """One field of an answer, as its documentation has it."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class ApiFile:
    """One address of the API, as its documentation has it."""

    path: str
    title: str
    description: str
    fields: tuple[ApiField, ...] = ()


def document(procedure: Procedure, card: ProcedureCard, agency_name: str, root: str) -> dict[str, Any]:
    """A procedure's record as it is answered; what is not known is left out."""
    permalink = f"{root}/{addresses.permalink(card.code)}"
    values = _known(procedure.model_dump(mode="json"))
    return {
        "@context": f"{root}/{CONTEXT}",
        "@type": PUBLIC_SERVICE,
        "@id": permalink,
        **values,
        "agency": card.agency_slug,
        "agency_name": agency_name,
        "field_name": card.field_name,
        "url": f"{root}/{card.url}",
        "permalink": permalink,
        "status": procedure.status,
        "version": card.version,
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known, at any depth."""
    return {name: _inside(value) for name, value in values.items() if value is not None and value != []}


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return _known(value)
    return [_inside(entry) for entry in value] if isinstance(value, list) else value


def rows(cards: Iterable[ProcedureCard], province: str, root: str) -> list[ProcedureRow]:
    """The index in order of code, abolished procedures with it.

    `province` is the name of what is no agency's; `root` is the portal's address, without a slash at the end: lists
    are read far from it.
    """
    return [
        ProcedureRow.model_validate(
            {
                "code": card.code,
                "name": card.name,
                "level": card.online_level,
                "mode": card.online_mode,
                "agency": card.agency_slug,
                "agency_name": card.agency_name or province,
                "field": card.field,
                "field_name": card.field_name,
                "audiences": card.audiences,
                "performed_by": card.performed_by,
                "status": card.status,
                "other_codes": card.other_codes,
                "version": card.version,
                "url": f"{root}/{card.url}",
                "permalink": f"{root}/{addresses.permalink(card.code)}",
                "document": f"{root}/{addresses.procedure_document(card.code)}",
            }
        )
        for card in sorted(cards, key=lambda card: card.code)
    ]


def index_text(index: Iterable[ProcedureRow]) -> str:
    return json_text({"procedures": [row.model_dump(mode="json") for row in index]})


def table_text(index: Iterable[ProcedureRow]) -> str:
    """The index as CSV (RFC 4180) for spreadsheets: a byte-order mark, several values joined by semicolons.

    What a spreadsheet would take for a formula has an apostrophe before it: fifty agencies write these names.
    """
    names = list(ProcedureRow.model_fields)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    for row in index:
        writer.writerow(spreadsheet_cell(getattr(row, name)) for name in names)
    return "\ufeff" + written.getvalue()


def json_text(value: object) -> str:
    """JSON in one line with its keys sorted: the same content, the same bytes."""
    return compact_json(value, sort_keys=True) + "\n"


def context_text() -> str:
    return json_text({"@context": CPSV_CONTEXT})


def schemas(language: str) -> Mapping[str, str]:
    """The JSON Schemas of the answers, by address."""
    models: dict[str, type[BaseModel]] = {INDEX_SCHEMA: ProcedureIndex, DOCUMENT_SCHEMA: ProcedureDocument}
    return {address: json_text(described_schema(model, language)) for address, model in models.items()}


def documentation(language: str, translate: Callable[[str], str]) -> tuple[ApiFile, ...]:
    """Every address of the API with its fields."""
    row = described_schema(ProcedureIndex, language)["$defs"]["ProcedureRow"]
    fields = {INDEX: row, TABLE: row, DOCUMENT: described_schema(ProcedureDocument, language)}
    return tuple(
        ApiFile(f"/{path}", translate(title), translate(about), tuple(_fields(fields[path])) if path in fields else ())
        for path, (title, about) in ANSWERS.items()
    )


def documentation_of(kind: AnyKind, language: str, translate: Callable[[str], str]) -> ApiFile:
    """The answer that lists the cards of a kind of content."""
    fields = _fields(described_schema(kind.card_type, language))
    about = translate("What lists show of each; those of all sites in one order.")
    return ApiFile(f"/{kind.api_address}", kind.many.say(language), about, tuple(fields))


def _fields(schema: Mapping[str, Any]) -> Iterable[ApiField]:
    for name, property_schema in schema["properties"].items():
        yield ApiField(name, _kind(property_schema), property_schema.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    """The kind of a value in a word or two, such as `string | null`."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(option) for option in schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        items = schema.get("items") or {}
        return f"{_kind(items)}[]" if items else "array"
    if "enum" in schema:
        return " | ".join(json.dumps(choice) for choice in schema["enum"])
    return str(schema.get("type") or json.dumps(schema.get("const")))
