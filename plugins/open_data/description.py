"""What there is for programs, said to people and to programs: the page's files and fields, an index, OpenAPI 3.1."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.portal import addresses
from plugins.portal.answers import ITEM, VERSION, Answer, AnswerFrame, answer_text
from plugins.portal.province import Province
from plugins.portal.vocabulary import Term

_PAGE_NUMBER = Term("Trang thứ hai trở đi của danh sách", "Pages of the list from the second on")
_THERE = Term("Có", "It is there")
_NOTHING_THERE = Term("Không có ở địa chỉ này", "There is nothing at this address")
_ABOUT = Term(
    "Dữ liệu mở của cổng: những gì các trang hiển thị, dạng tệp tĩnh. Mọi địa chỉ trong câu trả lời là địa chỉ đầy đủ; "
    "danh sách dài chia trang, đi tiếp bằng links.next; hỏi lại bằng If-None-Match.",
    "The portal's open data: what its pages show, as plain files. Addresses in answers are whole; long lists come in "
    "pages, go on by links.next; ask again with If-None-Match.",
)
ERROR_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "index": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}  # fmt: skip
"""Of an address below `/api/` at which nothing is (RFC 9457)."""


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
    anchor: str = ""
    """The place on the page of what is a data set."""


def api_files(answers: Iterable[Answer], language: str) -> tuple[ApiFile, ...]:
    """Every address of the API with its fields; of a list those of what it has."""
    return tuple(
        ApiFile(
            f"/{answer.address}",
            answer.title.say(language),
            answer.about.say(language),
            tuple(_fields(answer, language)) if answer.item is not None else (),
            answer.name if answer.is_list and not answer.parameters else "",
        )
        for answer in answers
    )


def _fields(answer: Answer, language: str) -> Iterable[ApiField]:
    schema = answer.schema(language)
    for name, part in (schema["$defs"][ITEM] if answer.is_list else schema)["properties"].items():
        yield ApiField(name, _kind(part), part.get("description", ""))


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


def index_text(answers: Iterable[Answer], frame: AnswerFrame) -> str:
    """`/api/v1/index.json`: where to begin."""
    return answer_text(
        {
            "version": VERSION,
            "licence": frame.licence,
            "description": frame.whole(addresses.API_DESCRIPTIONS[frame.language]),
            "answers": [
                {
                    "name": answer.name,
                    "title": answer.title.say(frame.language),
                    "list": answer.is_list and not answer.parameters,
                    "url": frame.whole(answer.address),
                    "media_type": answer.media_type,
                    "schema": frame.whole(answer.schema_address) if answer.schema_address else None,
                }
                for answer in answers
            ],
        }
    )


def nothing_text(frame: AnswerFrame) -> str:
    """What is answered below `/api/` where nothing is, such as behind the last page of a list."""
    title = _NOTHING_THERE.say(frame.language)
    return answer_text(
        {"type": "about:blank", "title": title, "status": 404, "index": frame.whole(addresses.API_INDEX)}
    )


def description_text(answers: Sequence[Answer], province: Province, language: str) -> str:
    """The whole API as OpenAPI 3.1."""
    schemas: dict[str, Any] = {"Problem": dict(ERROR_SCHEMA)}
    paths: dict[str, Any] = {}
    for answer in answers:
        paths[f"/{answer.address}"] = {"get": _operation(answer, _name(answer), language, schemas)}
        if answer.is_list:
            further = f"/{answer.address}".replace(".json", ".{number}.json")
            paths[further] = {"get": _further(answer, language)}
    contact = province.contact
    reached = {"name": province.responsible or province.site_name, "url": province.url.rstrip("/") + "/"}
    licence = province.data_licence
    info: dict[str, Any] = {
        "title": province.site_name,
        "version": f"{VERSION}",
        "description": _ABOUT.say(language),
        "contact": reached | ({"email": contact.email} if contact.email else {}),
    }
    if licence is not None:
        info["license"] = {"name": licence.name, "url": str(licence.url)}
    return answer_text(
        {
            "openapi": "3.1.0",
            "info": info,
            "servers": [{"url": province.url.rstrip("/")}],
            "paths": paths,
            "components": {"schemas": dict(sorted(schemas.items()))},
        }
    )


def _name(answer: Answer) -> str:
    """Of its schema and its operation; a list and its documents have two."""
    words = [word.capitalize() for word in re.split(r"[^a-z0-9]+", answer.name) if word]
    form = (
        ("OfAgencyList" if answer.parameters else "List") if answer.is_list else "Document" if answer.parameters else ""
    )
    return "".join(words) + form


def _operation(answer: Answer, name: str, language: str, schemas: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if answer.item is not None:
        schemas |= _lifted(answer.schema(language), name)
        content = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    suffix = addresses.last_part(answer.address).rpartition(".")[2]
    return {
        "operationId": f"get{name}" if answer.item is not None else f"get{name}{suffix.capitalize()}",
        "summary": answer.title.say(language),
        "description": answer.about.say(language),
        "parameters": _parameters(answer, language),
        "responses": {
            "200": {"description": _THERE.say(language), "content": {answer.media_type: content}},
            "404": _not_found(language),
        },
    }  # fmt: skip


def _parameters(answer: Answer, language: str) -> list[dict[str, Any]]:
    return [
        {"name": parameter, "in": "path", "required": True, "description": meaning.say(language),
         "schema": {"type": "string"}}
        for parameter, meaning in answer.parameters
    ]  # fmt: skip


def _further(answer: Answer, language: str) -> dict[str, Any]:
    name = _name(answer)
    number = {"type": "integer", "minimum": 2}
    return {
        "operationId": f"get{name}Page",
        "summary": f"{answer.title.say(language)} ({_PAGE_NUMBER.say(language)})",
        "parameters": [
            *_parameters(answer, language),
            {"name": "number", "in": "path", "required": True, "schema": number},
        ],
        "responses": {
            "200": {
                "description": _THERE.say(language),
                "content": {answer.media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}},
            },
            "404": _not_found(language),
        },
    }


def _not_found(language: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _NOTHING_THERE.say(language), "content": {"application/problem+json": {"schema": schema}}}


def _lifted(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema and its definitions as components, each under a name of its own."""
    own = {key: value for key, value in schema.items() if key not in ("$schema", "$id", "$defs")}
    parts = {name: own, **{f"{name}.{inner}": part for inner, part in schema.get("$defs", {}).items()}}
    written = json.dumps(parts, ensure_ascii=False).replace('"#/$defs/', f'"#/components/schemas/{name}.')
    lifted: dict[str, Any] = json.loads(written)
    return lifted
