"""From parsed YAML to typed records: every error of a file at once, with its line, its field and the remedy."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from plugins.portal.fields import CONFLICT, as_far_as_right, records_in
from plugins.portal.identifiers import fold, is_national_code
from plugins.portal.nearness import near_names
from plugins.portal.problems import Problem, Text, did_you_mean, shortened, text
from plugins.portal.remedies import remedy
from plugins.portal.schemas import meanings
from plugins.portal.vocabulary import terms_of
from plugins.portal.yaml_faults import quoted, quoted_if_needed
from plugins.portal.yaml_source import Loc, YamlSource, field_name, plain_value

__all__ = ["KINDS", "UNKNOWN_KIND", "field_name", "field_names", "right_part", "validate"]

Model = TypeVar("Model", bound=BaseModel)

MAX_SHOWN = 60

KINDS: dict[str, tuple[str, str]] = {
    "dong": ("expected a number of đồng, got {got}", "write digits only, such as 50000; write 0 if it is free"),
    "day": ("expected a day, got {got}", "write it as year-month-day, such as 2019-09-24"),
    "moment": ("expected a day or a time, got {got}", "write it as 2019-09-24 or 2019-09-24 08:30"),
    "date_ambiguous": ("the date {got} can be read in two ways", "write it as year-month-day, such as 2019-09-24"),
    "date_two_digits": ("the year of {got} has two digits", "write it as year-month-day, such as 2019-09-24"),
    "date_no_such_day": ("month {month} of {year} has {days} days only, got {got}", "mend the day"),
    "date_no_such_month": ("there is no month {month}, got {got}", "write it as year-month-day, such as 2019-09-24"),
    "date_no_such_time": ("there is no such time, got {got}", "hours go from 00 to 23, minutes from 00 to 59"),
    "date_year": ("the year {year} does not lie between {earliest} and {latest}", "mend the year"),
    "slug": ("expected a short name for addresses, got {got}", "use a-z, 0-9 and single hyphens, such as so-y-te"),
    "procedure_code": ("expected a procedure's code, got {got}", "write it in quotes, such as '1.001193'"),
    "any_procedure_code": (
        "expected a procedure's code, got {got}",
        "write it in quotes, such as '1.001193' or '1.001193.000.00.00.H30'",
    ),
    "agency_code": ("expected an agency's code, got {got}", "such as 000.00.14.H30 or H30.14"),
    "web_address": ("expected a web address, got {got}", "begin it with https:// or http://"),
    "email": ("expected an e-mail address, got {got}", "such as lienhe@example.vn"),
    "phone": (
        "expected a telephone number, got {got}",
        "such as 0293 3878 888 or (0293) 3878 888; several with ; between them",
    ),
    "colour": ("expected a colour, got {got}", "write it in quotes, such as '#0b5d3b'"),
    "colour_too_light": ("white text cannot be read on {got}", "choose a darker colour"),
    "media_path": ("expected a file of this site, got {got}", "put the file in media/ and write media/its-name"),
    "portal_address": (
        "expected the address of a page of the portal, got {got}",
        "write it as the browser shows it, without the portal's name: /so-y-te/tin-tuc/2019/ten-bai/",
    ),
    "published_address": (
        "expected the address of a page or a file of the portal, got {got}",
        "write it as the browser shows it, without the portal's name: /so-y-te/tin-tuc/2019/ten-bai/ or "
        "/so-y-te/media/mau.docx",
    ),
    "address_twice": ("the address {got} is listed more than once", "keep one of them"),
    "settled_without_end": ("nothing is said of what became of {got}", "add to or withdrawn"),
    "settled_twice": ("{got} cannot lead on and be withdrawn", "keep either to or withdrawn"),
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
    "ends_before_it_begins": ("{until} does not lie after {beginning}", "exchange them or mend one"),
    "missing": ("required field is missing", "add it"),
    "string_type": ("expected text, got {got}", "put it in quotes"),
    "empty": ("must not be empty", "write something or remove the field"),
    "empty_required": ("must not be empty", "write something: the field is needed"),
    "string_too_long": ("longer than {max_length} characters", "shorten it"),
    "int_type": ("expected a whole number, got {got}", "write digits only"),
    "float_type": ("expected a number, got {got}", "write digits only"),
    "bool_type": ("expected true or false, got {got}", "write true or false without quotes"),
    "tuple_type": ("expected a list, got {got}", "write each entry on a line of its own that begins with -"),
    "model_type": ("expected named fields, got {got}", "write its fields on the lines below it"),
    "too_short": ("needs at least {min_length} entry", "add one"),
    "greater_than_equal": ("must be at least {ge}, got {got}", "mend the number"),
    "less_than_equal": ("must be at most {le}, got {got}", "mend the number"),
    "greater_than": ("must be more than {gt}, got {got}", "mend the number"),
}
"""What an error says and what to do, by pydantic's or our own kind of error; `empty` stands for several of them."""

UNKNOWN_KIND = ("the value {got} cannot stand here", "see what docs/content.md says of this field")
"""Of a kind of error that nobody has put into words: never pydantic's own, which are English."""


def validate(model: type[Model], source: YamlSource, path: str) -> tuple[Model | None, list[Problem]]:
    """The record that `source` holds, or every problem that keeps it from being one.

    Nothing is said of what follows from a fault of the text that was told before: of its line, of a field that is lost.
    """
    value = source.value
    if not isinstance(value, dict):
        return None, [_no_record(model, source, path)]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _is_conflict(detail)]
    details += _conflicts(right_part(model, source))
    return None, [_problem(model, source, path, detail) for detail in details if not _follows(source, detail)]


def _is_conflict(detail: ErrorDetails) -> bool:
    return CONFLICT in (detail.get("ctx") or {})


def _conflicts(record: BaseModel) -> list[ErrorDetails]:
    """Everything that parts of a record, each right by itself, have against each other."""
    return [
        ErrorDetails(type=conflict.kind, loc=loc, msg="", input=inner, ctx={**conflict.about, "at": conflict.at})
        for loc, inner in records_in(record)
        for check in inner.checks
        for conflict in as_far_as_right(check, inner)
    ]


def right_part(model: type[Model], source: YamlSource, *, nothing_for_the_rest: bool = False) -> Model:
    """What is right by itself of a record that is not in order: all of its fields that are.

    A field that is wrong, or missing though it is needed, is not there; a wrong entry of a list is None, so that the
    others keep their numbers. With `nothing_for_the_rest` such a field is None, or an empty list.
    """
    values = source.value if isinstance(source.value, dict) else {}
    return _right_part(model, values, (), _Part(source, nothing_for_the_rest))


@dataclass(frozen=True)
class _Part:
    """How the part of a record that is right is put together."""

    source: YamlSource
    nothing_for_the_rest: bool


_WRONG: Any = object()


def _right_part(model: type[Model], values: Mapping[str, Any], loc: Loc, part: _Part) -> Model:
    right: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name in values:
            right[name] = _right_value(model, name, 0, values[name], (*loc, name), part)
        else:
            right[name] = _WRONG if field.is_required() else field.get_default(call_default_factory=True)
        if right[name] is _WRONG and part.nothing_for_the_rest:
            right[name] = () if get_origin(field.annotation) is tuple else None
    record = model.model_construct(**right)
    record.__dict__["in_part"] = True
    for name, value in right.items():
        if value is _WRONG:
            del record.__dict__[name]
    return record


def _right_value(model: type[BaseModel], name: str, depth: int, value: Any, loc: Loc, part: _Part) -> Any:
    """The value of a field, or below as many lists in it, as far as it is right; `_WRONG` where nothing of it is."""
    annotation = _inside(model.model_fields[name].annotation, depth)
    inner = next((kind for kind in _types_within(annotation) if _is_model(kind)), None)
    if isinstance(value, list) and _is_list(annotation):
        entries = (
            _right_value(model, name, depth + 1, entry, (*loc, index), part) for index, entry in enumerate(value)
        )
        nothing = None if inner is None else _right_part(inner, {}, loc, part)
        return tuple(nothing if entry is _WRONG else entry for entry in entries)
    if isinstance(value, dict) and inner is not None and not _is_list(annotation):
        return _right_part(inner, value, loc, part)
    if part.source.doubtful and part.source.line_of(loc) in part.source.doubtful:
        return _WRONG
    if isinstance(value, float) and is_national_code(written := part.source.written(loc) or ""):
        value = written  # it lacks its quotes, which is told; what it names is known
    try:
        return _alone(model, name, depth).model_validate({"value": value}).value  # type: ignore[attr-defined]
    except ValidationError:
        return _WRONG


@cache
def _alone(model: type[BaseModel], name: str, depth: int) -> type[BaseModel]:
    """A record of one field, `value`: what a field of another may hold, or below as many lists in it."""
    field = model.model_fields[name]
    annotation: Any = field.annotation
    for constraint in field.metadata:
        annotation = Annotated[annotation, constraint]
    fields: Any = {"value": (_inside(annotation, depth), ...)}
    return create_model(f"{model.__name__}.{name}", __config__=model.model_config, **fields)


def _inside(annotation: Any, depth: int) -> Any:
    """What the entries of a list may be, below as many lists."""
    for _ in range(depth):
        annotation = get_args(_list_type(annotation))[0]
    return annotation


def _is_list(annotation: Any) -> bool:
    return _list_type(annotation) is not None


def _list_type(annotation: Any) -> Any:
    """The list among the types of a value; None where there is none."""
    origin = get_origin(annotation)
    if origin is tuple:
        return annotation
    if origin is Annotated:
        return _list_type(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return next((inner for kind in get_args(annotation) if (inner := _list_type(kind)) is not None), None)
    return None


def _no_record(model: type[BaseModel], source: YamlSource, path: str) -> Problem:
    value = source.value
    needed = ", ".join(name for name, field in model.model_fields.items() if field.is_required())
    message = text("the file is empty") if value is None else text("expected named fields, got {got}", got=_show(value))
    return Problem(path=path, line=source.first_line, message=message, hint=text("it needs: {names}", names=needed))


def _follows(source: YamlSource, detail: ErrorDetails) -> bool:
    if detail["type"] == "missing":
        return detail["loc"][-1] in source.lost
    return source.line_of(_loc(detail)) in source.doubtful


def _loc(detail: ErrorDetails) -> Loc:
    """Where it is told: a check of a whole record may know which of its fields is meant."""
    return (*detail["loc"], *(detail.get("ctx") or {}).get("at", ()))


def _problem(model: type[BaseModel], source: YamlSource, path: str, detail: ErrorDetails) -> Problem:
    loc = _loc(detail)
    message, hint = _explain(model, source, detail)
    return Problem(path=path, line=source.line_of(loc), field=field_name(loc), message=message, hint=hint)


def _explain(model: type[BaseModel], source: YamlSource, detail: ErrorDetails) -> tuple[Text, Text]:
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx") or {}
    written = source.written(loc)
    given = context.get("got", detail["input"])
    got = _show(given if written is None or given is None else written)
    if kind == "extra_forbidden":
        return _unknown_field(_model_at(model, loc[:-1]), source, loc)
    if kind not in ("missing", "extra_forbidden") and _is_empty(given):
        kind = "empty_required" if _is_required(model, loc) else "empty"
        return text(KINDS[kind][0]), text(KINDS[kind][1])
    if kind == "literal_error":
        return _outside_the_list(_choices_at(model, loc), written or "", got)
    if kind.endswith("procedure_code") and written is not None and is_national_code(written):
        message = text("a code must be text, not the number {got}", got=written)
        return message, text("put it in quotes: '{code}'", code=written)
    msgid, usual = KINDS.get(kind, UNKNOWN_KIND)
    params = {name: value for name, value in context.items() if f"{{{name}}}" in msgid and name != "got"}
    message = text(msgid, **params, **({"got": got} if "{got}" in msgid else {}))
    around = {"name": loc[-1] if loc else "", "in_quotes": source.is_quoted(loc), "beside": _beside(source, loc)}
    hint = _meant_structure(model, source, kind, loc, given) or remedy(kind, written or "", {**context, **around})
    return message, hint or text(usual)


def _beside(source: YamlSource, loc: Loc) -> tuple[str, ...]:
    """The names in the record in which the value at `loc` stands, in the order of the file, without its own."""
    return tuple(name for name in _names_at(source, loc[:-1]) if name not in loc[-1:])


def _names_at(source: YamlSource, loc: Loc) -> tuple[str, ...]:
    inner: Any = source.value
    for step in loc:
        try:
            inner = inner[step]
        except (IndexError, KeyError, TypeError):
            return ()
    return tuple(inner) if isinstance(inner, dict) else ()


def _is_empty(given: object) -> bool:
    return given is None or (isinstance(given, str) and not given.strip())


def _unknown_field(model: type[BaseModel], source: YamlSource, loc: Loc) -> tuple[Text, Text]:
    known, name = model.model_fields, str(loc[-1])
    if name == "<<":
        return text("fields cannot be taken over with <<"), text("write out each of the fields, on lines of their own")
    message = text('unknown field "{name}"', name=shortened(name))
    places = [field for field in known if name in _below(model, field)]
    if places:
        names = _names_at(source, loc[:-1])
        above = next((other for other in reversed(names[: names.index(name)]) if other in known), "")
        return message, _belongs_below(model, name, places, above)
    meant = _by_meaning(name, _meanings(model))
    if meant is not None:
        return message, text('did you mean "{name}"?', name=meant)
    if re.fullmatch(r"\w+", name, re.ASCII):
        return message, did_you_mean(name, known, text("the fields are {names}", names=_few(known)))
    # No field has such a name: more likely a line of text that has a colon.
    entry = _meant_entry(model, source, loc)
    if entry is not None:
        return message, entry
    hint = text("if the text above goes on here, indent the line; names of fields are {names}", names=_few(known))
    return message, hint


def _belongs_below(model: type[BaseModel], name: str, places: list[str], above: str) -> Text:
    """Where a field belongs that several records below may have; `above` is the field that stands above it."""
    alone = [field for field in places if _may_hold_alone(model, field, name)]
    likeliest = alone if len(alone) == 1 else places
    if above in likeliest or (not above and len(likeliest) == 1):
        return text('it belongs below "{name}": indent it further', name=above or likeliest[0])
    if above in places:
        likeliest = [*likeliest, above]
    if len(likeliest) == 1:
        return text('it belongs below "{name}": write it there, indented by two blanks', name=likeliest[0])
    return text("it belongs below one of these: {names}; write it there, indented", names=", ".join(likeliest))


def _may_hold_alone(model: type[BaseModel], field: str, name: str) -> bool:
    """Whether the record in `field` needs nothing but `name`."""
    annotation = model.model_fields[field].annotation
    kinds = [kind for kind in _types_within(annotation) if _is_model(kind) and name in kind.model_fields]
    return not _is_list(annotation) and not any(
        inner.is_required() for kind in kinds for other, inner in kind.model_fields.items() if other != name
    )


def _meant_entry(model: type[BaseModel], source: YamlSource, loc: Loc) -> Text | None:
    """`- Bước 1: nộp` in a list of records: a text, which goes into the field that such a record needs."""
    raw = source.raw(loc[:-1])
    needed = next((name for name, field in model.model_fields.items() if field.is_required()), None)
    if len(loc) < 2 or not isinstance(loc[-2], int) or _beside(source, loc) or not raw or needed is None:
        return None
    value = quoted(shortened(raw))
    if _is_list(model.model_fields[needed].annotation):
        return text('write it below "{name}", in quotes: {line}', name=needed, line=f"- {value}")
    return text("write it so: {line}", line=f"- {needed}: {value}")


def _below(model: type[BaseModel], field: str) -> frozenset[str]:
    """The fields of the record, or of the records, that a field holds."""
    kinds = _types_within(model.model_fields[field].annotation)
    return frozenset(name for kind in kinds if _is_model(kind) for name in kind.model_fields)


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:MOST_NAMES]) + (", …" if len(listed) > MOST_NAMES else "")


MOST_NAMES = 16
"""Names of fields that are listed, in the order of the record."""


def _outside_the_list(choices: Collection[str], written: str, got: str | Text) -> tuple[Text, Text]:
    terms = terms_of(choices)
    listed = ", ".join(f"{key} ({terms[key].vi})" if key in terms else key for key in choices)
    message = text("expected one of {choices}, got {got}", choices=listed, got=got)
    meant = _by_meaning(written, {key: term.vi for key, term in terms.items()})
    if meant is not None:
        return message, text('did you mean "{name}"?', name=meant)
    exactly = text("write the English word as it stands in the list")
    return message, did_you_mean(written, choices) if _has_near(written, choices) else exactly


def _has_near(written: str, choices: Collection[str]) -> bool:
    return bool(near_names(written, choices, 1))


def _by_meaning(written: str, called: Mapping[str, str]) -> str | None:
    """The name whose Vietnamese meaning was written in its place, or how that begins, or one of the words it lists."""
    typed = fold(written).strip()
    if len(typed) < 2:
        return None
    folded = {name: fold(meaning) for name, meaning in called.items()}
    for fits in (
        lambda meaning: typed in re.split(r"\s*,\s*", meaning),
        lambda meaning: len(typed) > 3 and meaning.startswith(typed),
        lambda meaning: re.search(rf"\b{re.escape(typed)}\b", meaning) is not None,
    ):
        same = [name for name, meaning in folded.items() if fits(meaning)]
        if len(same) == 1:
            return same[0]
    return None


@cache
def _meanings(model: type[BaseModel]) -> Mapping[str, str]:
    """What each field is called in Vietnamese, as editors' tools explain it: without what explains further."""
    told = meanings("vi").get(model.__name__, {})
    return {name: re.split(r"[;:(]", meaning)[0].strip() for name, meaning in told.items()}


def _meant_structure(model: type[BaseModel], source: YamlSource, kind: str, loc: Loc, given: object) -> Text | None:
    """What is wrong with how a value is written, where a list, text or named fields stand in another's place."""
    if kind == "model_type":
        return _named_fields(model, source, loc, given)
    if kind == "tuple_type" and isinstance(given, dict) and given:
        line = f"- {next(iter(given))}: …"
        return text("write each entry on a line of its own that begins with -, such as {line}", line=line)
    raw = source.raw(loc) or ""
    if kind == "tuple_type":
        return _first_entry(model, loc, raw) if raw else None
    if isinstance(given, list) and kind not in _NOT_OF_TEXT and not raw.startswith("["):
        return _one_line_of(model, source, kind, loc)
    if kind != "string_type":
        return None
    if raw:
        return text("put it in quotes: {value}", value=quoted(shortened(raw)))
    if isinstance(given, dict):
        return text("write it as one line of text, in quotes where a colon stands in it")
    return None


def _first_entry(model: type[BaseModel], loc: Loc, raw: str) -> Text | None:
    """Of a list that stands as a value on one line: how its first entry is written."""
    entry: str | None = re.sub(r"^[-*+•–—]\s*", "", raw)
    choices = _choices_at(model, loc)
    if choices and entry not in choices:
        entry = _by_meaning(raw, {key: term.vi for key, term in terms_of(choices).items()})
    if not entry:
        return None
    entry = entry.partition(",")[0]
    field = _model_at(model, loc[:-1]).model_fields.get(str(loc[-1]))
    if field is not None and str in _types_within(field.annotation) and not isinstance(plain_value(entry), str):
        entry = quoted(entry)  # what looks like a number would be the next thing to be told
    return text(
        "write each entry on a line of its own that begins with -, such as {line}", line=f"- {shortened(entry)}"
    )


_NOT_OF_TEXT = {"too_short", "int_type", "float_type", "bool_type", "dong", "dossiers", "percentage"}


def _one_line_of(model: type[BaseModel], source: YamlSource, kind: str, loc: Loc) -> Text:
    """What a list says in whose place one value belongs, where the field takes that."""
    entries = source.entries(loc)
    texts = [entry for entry in entries if entry]
    one_line = text("write it as one line of text, without hyphens")
    if not texts or len(texts) < len(entries):
        return one_line
    value = {"string_type": ", ", "phone": "; "}.get(kind, "\n").join(texts).partition("\n")[0]
    means_a_number = kind != "phone" and not isinstance(plain_value(value), str)
    line = shortened(quoted(value) if means_a_number else quoted_if_needed(value))
    if not isinstance(loc[-1], str):
        return text("write it as one line of text: {line}", line=f"- {line}")
    try:
        _alone(_model_at(model, loc[:-1]), loc[-1], 0).model_validate({"value": value})
    except ValidationError:
        return one_line
    return text("write it as one line of text: {line}", line=f"{loc[-1]}: {line}")


def _named_fields(model: type[BaseModel], source: YamlSource, loc: Loc, given: object) -> Text:
    joined = re.fullmatch(r"([a-z_]+):(\S.*)", source.raw(loc) or "")
    if joined:
        return text("write it so: {line}", line=shortened(f"{joined[1]}: {joined[2]}"))
    names = _few(_model_at(model, loc).model_fields)
    if isinstance(given, list):
        return text("write its fields on the lines below it without hyphens: {names}", names=names)
    return text("write its fields on the lines below it, indented by two blanks: {names}", names=names)


def _is_required(model: type[BaseModel], loc: Loc) -> bool:
    """Whether what stands at `loc` must be there; an entry of a list need not."""
    if not loc or not isinstance(loc[-1], str):
        return False
    field: FieldInfo | None = _model_at(model, loc[:-1]).model_fields.get(loc[-1])
    return field is not None and field.is_required()


def field_names(model: type[BaseModel]) -> frozenset[str]:
    """The names of all fields of a record and of the records in it."""
    return _names_within(model)


@cache
def _names_within(model: type[BaseModel]) -> frozenset[str]:
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for kind in _types_within(field.annotation):
            if _is_model(kind):
                names |= _names_within(kind)
    return frozenset(names)


def _show(value: object) -> str | Text:
    if value is None:
        return text("nothing")
    if isinstance(value, dict):
        return text("named fields")
    if isinstance(value, list | tuple):
        return text("a list")
    one_line = " ".join(str(value).split())
    return f'"{one_line}"' if len(one_line) <= MAX_SHOWN else f'"{one_line[:MAX_SHOWN]}…"'


def _types_within(annotation: Any) -> list[Any]:
    """The types that a step down from `annotation` can lead to: through Annotated, unions and sequences."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types_within(get_args(annotation)[0])
    if origin in (Union, types.UnionType, tuple, list):
        return [inner for argument in get_args(annotation) for inner in _types_within(argument)]
    return [annotation]


def _walk(model: type[BaseModel], loc: Loc, wanted: Callable[[Any], bool]) -> Any:
    annotation: Any = model
    for step in loc:
        if isinstance(step, str):
            field = annotation.model_fields.get(step)
            candidates = _types_within(field.annotation) if field is not None else []
            annotation = next((kind for kind in candidates if _is_model(kind) or wanted(kind)), annotation)
    return annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    inner: type[BaseModel] = _walk(model, loc, lambda kind: False)
    return inner


def _choices_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The words of the closed list at a place; none where there is no such list."""
    annotation = _walk(model, loc, lambda kind: get_origin(kind) is Literal)
    return get_args(annotation) if get_origin(annotation) is Literal else ()
