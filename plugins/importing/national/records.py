"""From the fields of a record, whatever its shape, to a draft of a procedure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.codes import read_code, without_code
from plugins.importing.national.draft import Doubts, Draft, Refusal, quoted, refusal
from plugins.importing.national.faults import faults_of
from plugins.importing.national.field_names import field_fault
from plugins.importing.national.tables import MAX_WORD, Fields
from plugins.importing.national.terms import field_slug
from plugins.portal.characters import FORBIDDEN
from plugins.portal.damaged_text import find_damage
from plugins.portal.fields import MAX_SENTENCE
from plugins.portal.problems import Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.validation import KINDS, UNKNOWN_KIND, field_name
from plugins.portal.values import clipped
from plugins.portal.yaml_source import Loc

MAX_NAME = 1_200
SOURCE_LIMITS = frozenset({255, 500, 1_000, 2_000, 4_000, 8_000, 32_767})
"""Lengths at which databases and sheets cut a text."""
_SPREADSHEET_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
"""What a sheet shows where a formula failed."""
_MOST_DAMAGED = 5
"""Texts of a record that are told."""
REFUSED_TOO = "{reason}; and {field}: {other}"
_BREAKS = str.maketrans("\x0b\x0c", "  ")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?")


def sentence(written: str, field: str, doubts: Doubts) -> str | None:
    """A text of one line, as long as a field may be."""
    return doubts.clip(one_line(written), MAX_SENTENCE, field) or None


def prose(written: str, field: str, limit: int, doubts: Doubts) -> str | None:
    """A text in lines, as long as a field may be."""
    kept = clean(written)
    return doubts.clip(kept, limit, field) if kept else None


def keywords(written: str, doubts: Doubts) -> tuple[str, ...]:
    """The words of a line that commas part."""
    words = (word.strip() for word in one_line(written).split(","))
    return tuple(doubts.clip(word, MAX_WORD, "keywords") for word in words if word)


def read_day(written: str, field: str, doubts: Doubts) -> date | None:
    """A day as 26/11/2019 or 2019-11-26, with or without a time; None, with a doubt, where it is none."""
    day_text = one_line(written)
    iso, usual = _ISO_DAY.fullmatch(day_text), _DAY.fullmatch(day_text)
    parts = iso.groups() if iso else usual.groups()[::-1] if usual else None
    try:
        day = date(*map(int, parts)) if parts else None
    except ValueError:
        day = None
    if day_text and (day is None or not 1900 <= day.year < 2100):
        doubts.add(field, "bad_date", got=day_text)
        return None
    return day


def decision(number: str, doubts: Doubts, day: str = "") -> Fields | None:
    """The decision that announced the procedure; none without its number."""
    clipped = doubts.clip(one_line(number), MAX_WORD, "decision.number")
    announced = read_day(day, "decision.date", doubts)
    return {"number": clipped, **({"date": announced} if announced else {})} if clipped else None


def _told_cut(written: Mapping[str, str], doubts: Doubts) -> None:
    """Say which texts of the source, by the field that they go to, end in a word at a length where texts are cut."""
    for field, value in written.items():
        if len(value) in SOURCE_LIMITS and value[-1].isalnum():
            doubts.add(field, "text_cut_at_source", limit=len(value))


def _told_controls(written: Mapping[str, str], doubts: Doubts) -> None:
    """Say which texts of the source, by the field that they go to, held what cleaning takes away unseen."""
    for field, value in written.items():
        forbidden = FORBIDDEN.search(value.translate(_BREAKS))
        if forbidden is not None:
            doubts.add(field, "control_characters", name=f"U+{ord(forbidden.group()):04X}")


def first_reason(error: ValidationError) -> tuple[str, Text]:
    """The first field that does not fit, and why, in the words of the content's own checks."""
    first = error.errors(include_url=False)[0]
    kind = "empty" if first["type"] == "string_too_short" else first["type"]
    msgid, _ = KINDS.get(kind, UNKNOWN_KIND)
    known = {**(first.get("ctx") or {}), "got": f'"{first["input"]}"'}
    params = {name: value for name, value in known.items() if f"{{{name}}}" in msgid}
    return field_name(first["loc"]), text(msgid, **{name: quoted(value) for name, value in params.items()})


Shape = TypeVar("Shape", bound=BaseModel)


def checked(shape: type[Shape], record: Mapping[str, object], key: str) -> Shape | Refusal:
    """An object of JSON in its shape, or the refusal that names its first field of another type; `key` has its code."""
    try:
        return shape.model_validate(record)
    except ValidationError as error:
        field, reason = first_reason(error)
        return refusal(str(record.get(key, "")), "wrong_type", field=field, reason=reason)


def drafted(
    written_code: str,
    name: str,
    administrative_field: str,
    long_texts: Mapping[str, str],
    read: Callable[[Doubts], Fields],
) -> Draft | Refusal:
    """The draft of a record, or the reason why it makes none.

    `long_texts` are those that its source may have cut, by the field that they go to. `read` reads the record's other
    fields, under the names of `Procedure`; what is None or empty is not said.
    """
    doubts = Doubts()
    codes = read_code(written_code, doubts)
    if codes is None:
        return refusal(written_code, "no_code", got=written_code)
    code, local_codes = codes
    _told_cut({"name": name, **long_texts}, doubts)
    _told_controls({"name": name, "field": administrative_field, **long_texts}, doubts)
    record_fields = {"local_codes": local_codes, **read(doubts)}
    field = one_line(administrative_field)
    full = one_line(name)
    if not full:
        return refusal(code, "no_name")
    if not field_slug(field) or _SPREADSHEET_ERROR.search(field):
        return refusal(code, "no_field")
    if not record_fields.get("performed_by"):
        return refusal(code, "no_level")
    fields: Fields = {
        "code": code,
        "name": doubts.clip(without_code(full, code, doubts), MAX_NAME, "name"),
        "field": field_slug(field),
        **{name: value for name, value in record_fields.items() if value not in (None, (), [])},
    }
    try:
        procedure = Procedure.model_validate(fields)
    except ValidationError as error:
        field_at, reason = first_reason(error)
        return refusal(code, "invalid", field=field_at, reason=reason)
    damaged = _damaged(procedure, field)
    if damaged:
        return refusal(code, "damaged", field=damaged[0][0], reason=_together(damaged))
    return Draft(procedure, clipped(field, MAX_WORD), (*doubts.gathered, *faults_of(procedure)))


def _damaged(procedure: Procedure, administrative_field: str) -> list[tuple[str, Text]]:
    """The texts that nobody could read, each with what is wrong; their file would be refused by every build.

    Of a field of administration that is none only if there are others: alone it is for the plan, which knows the names.
    """
    fields = procedure.model_dump(exclude_defaults=True, exclude={"field"})
    damaged = [
        (field_name(loc), damage.message) for loc, written in _texts(fields, ()) if (damage := find_damage(written))
    ]
    fault = field_fault(administrative_field) if damaged or find_damage(administrative_field) else None
    return damaged if fault is None else [*damaged, ("field", fault)]


def _together(damaged: list[tuple[str, Text]]) -> Text:
    """What is wrong with the first, and with the others by their fields."""
    together = damaged[0][1]
    for name, reason in damaged[1:_MOST_DAMAGED]:
        together = text(REFUSED_TOO, reason=together, field=name, other=reason)
    return together


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text of a record with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*loc, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*loc, index))
