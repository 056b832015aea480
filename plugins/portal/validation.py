"""From parsed YAML to typed records: every error of a file at once, with its line, its field and the remedy."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plugins.portal.identifiers import is_national_code
from plugins.portal.problems import Problem, Text, did_you_mean, text
from plugins.portal.yaml_source import Loc, YamlSource

Model = TypeVar("Model", bound=BaseModel)

MAX_SHOWN = 60

KINDS: dict[str, tuple[str, str]] = {
    "dong": ("expected a number of đồng, got {got}", "write digits only, such as 50000; write 0 if it is free"),
    "day": ("expected a day, got {got}", "write it as year-month-day, such as 2019-09-24"),
    "moment": ("expected a day or a time, got {got}", "write it as 2019-09-24 or 2019-09-24 08:30"),
    "slug": ("expected a short name for addresses, got {got}", "use a-z, 0-9 and single hyphens, such as so-y-te"),
    "procedure_code": ("expected a procedure's code, got {got}", "write it in quotes, such as '1.001193'"),
    "any_procedure_code": (
        "expected a procedure's code, got {got}",
        "write it in quotes, such as '1.001193' or '1.001193.000.00.00.H30'",
    ),
    "agency_code": ("expected an agency's code, got {got}", "such as 000.00.14.H30 or H30.14"),
    "web_address": ("expected a web address, got {got}", "begin it with https:// or http://"),
    "email": ("expected an e-mail address, got {got}", "such as lienhe@example.vn"),
    "phone": ("expected a telephone number, got {got}", "digits, spaces, dots and a leading + only; put it in quotes"),
    "colour": ("expected a colour, got {got}", "write it in quotes, such as '#0b5d3b'"),
    "colour_too_light": ("white text cannot be read on {got}", "choose a darker colour"),
    "media_path": ("expected a file of this site, got {got}", "put the file in media/ and write media/its-name"),
    "time_limit_empty": ("a time limit says nothing", "give amount and unit, or a note"),
    "time_limit_without_unit": ("a time limit has no unit", "add unit: working_day, day, hour or month"),
    "fee_empty": ("a fee says nothing", "give an amount (0 if it is free) or a note"),
    "lifecycle_without_date": ("an agency that is {state} needs the day", "add date: 2019-09-24"),
    "lifecycle_without_successor": ("an agency that is {state} needs its successors", "add successors: [slug]"),
    "field_twice": ("the field {got} is listed more than once", "keep one of them"),
    "document_twice": ("the document {got} is listed more than once", "keep one of them"),
    "life_event_twice": ("the life event {got} is listed more than once", "give one of them another slug"),
    "said_twice": ("{got} is said more than once", "keep it in one place, with all that it means"),
    "means_itself": ("{got} leads back to itself", "let what is said lead to official words only"),
    "dossiers": ("expected a number of dossiers, got {got}", "write digits only, such as 64786"),
    "percentage": ("expected a percentage from 0 to 100, got {got}", "write it with a point, such as 94.28"),
    "days_reversed": ("last_day is before first_day", "exchange them or mend one"),
    "before_deadline_twice": (
        "before_deadline stands beside early or on_time",
        "remove it: where both parts are known, their sum is computed",
    ),
    "phrase_without_letter": ("expected words, got {got}", "write letters or figures"),
    "address_without_code": (
        "expected an address with the code's place in it, got {got}",
        "write {{code}} where a procedure's code belongs",
    ),
    "address_with_path": (
        "expected the address of a host, got {got}",
        "write scheme and host only, such as https://thunghiem.example: the portal has a host of its own",
    ),
    "dates_reversed": ("effective_to is before effective_from", "exchange them or mend one"),
    "missing": ("required field is missing", "add it"),
    "string_type": ("expected text, got {got}", "put it in quotes"),
    "string_too_short": ("must not be empty", "write something or remove the field"),
    "string_too_long": ("longer than {max_length} characters", "shorten it"),
    "int_type": ("expected a whole number, got {got}", "write digits only"),
    "float_type": ("expected a number, got {got}", "write digits only"),
    "bool_type": ("expected true or false, got {got}", "write true or false without quotes"),
    "tuple_type": ("expected a list, got {got}", "write each entry on a line of its own that begins with -"),
    "model_type": ("expected named fields, got {got}", "write name: value on the lines below it"),
    "too_short": ("needs at least {min_length} entry", "add one"),
    "greater_than_equal": ("must be at least {ge}, got {got}", "mend the number"),
    "less_than_equal": ("must be at most {le}, got {got}", "mend the number"),
    "greater_than": ("must be more than {gt}, got {got}", "mend the number"),
}
"""What an error says and what to do, by pydantic's or our own kind of error."""


def validate(model: type[Model], source: YamlSource, path: str) -> tuple[Model | None, list[Problem]]:
    """The record that `source` holds, or every problem that keeps it from being one."""
    value = source.value
    if not isinstance(value, dict):
        message = (
            text("the file is empty") if value is None else text("expected named fields, got {got}", got=_show(value))
        )
        needed = ", ".join(name for name, field in model.model_fields.items() if field.is_required())
        return None, [
            Problem(path=path, line=source.first_line, message=message, hint=text("it needs: {names}", names=needed))
        ]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, [_problem(model, source, path, detail) for detail in error.errors(include_url=False)]


def _problem(model: type[BaseModel], source: YamlSource, path: str, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    message, hint = _explain(model, source, detail)
    return Problem(path=path, line=source.line_of(loc), field=field_name(loc), message=message, hint=hint)


def _explain(model: type[BaseModel], source: YamlSource, detail: ErrorDetails) -> tuple[Text, Text]:
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx") or {}
    written = source.written(loc)
    given = context.get("got", detail["input"])
    got = _show(given if written is None or given is None else written)
    if kind == "extra_forbidden":
        name = str(loc[-1])
        known = _model_at(model, loc[:-1]).model_fields
        return text('unknown field "{name}"', name=name), did_you_mean(name, known)
    if kind == "literal_error":
        choices = _choices_at(model, loc)
        message = text("expected one of {choices}, got {got}", choices=", ".join(choices), got=got)
        return message, did_you_mean(written or "", choices)
    if kind not in KINDS:
        return text("is not valid: {reason}", reason=detail["msg"]), text("see the description of this field")
    msgid, remedy = KINDS[kind]
    if kind.endswith("procedure_code") and written is not None and is_national_code(written):
        return text("a code must be text, not the number {got}", got=written), text(
            "put it in quotes: '{code}'", code=written
        )
    params = {name: value for name, value in context.items() if f"{{{name}}}" in msgid and name != "got"}
    return text(msgid, **params, **({"got": got} if "{got}" in msgid else {})), text(remedy)


def field_name(loc: Loc) -> str:
    """`("channels", 1, "fee")` as people write it: `channels[1].fee`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


def _show(value: object) -> str | Text:
    if value is None:
        return text("nothing")
    if isinstance(value, dict):
        return text("named fields")
    if isinstance(value, list | tuple):
        return text("a list")
    shown = " ".join(str(value).split())
    return f'"{shown}"' if len(shown) <= MAX_SHOWN else f'"{shown[:MAX_SHOWN]}…"'


def _types_within(annotation: Any) -> list[Any]:
    """The types that a step down from `annotation` can lead to: through Annotated, unions and sequences."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types_within(get_args(annotation)[0])
    if origin in (Union, types.UnionType, tuple, list):
        return [inner for argument in get_args(annotation) for inner in _types_within(argument)]
    return [annotation]


def _walk(model: type[BaseModel], loc: Loc, wanted: Callable[[Any], bool]) -> Any:
    found: Any = model
    for step in loc:
        if isinstance(step, str):
            field = found.model_fields.get(step)
            candidates = _types_within(field.annotation) if field is not None else []
            found = next((kind for kind in candidates if _is_model(kind) or wanted(kind)), found)
    return found


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    found: type[BaseModel] = _walk(model, loc, lambda kind: False)
    return found


def _choices_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    return get_args(_walk(model, loc, lambda kind: get_origin(kind) is Literal))
