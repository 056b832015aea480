"""From the fields of a record, whatever its shape, to a draft of a procedure."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from plugins.portal.fields import MAX_SENTENCE
from plugins.portal.national.cleaning import clean, clipped, one_line
from plugins.portal.national.codes import without_code
from plugins.portal.national.draft import Doubts, Draft, Refusal, quoted, refusal
from plugins.portal.national.faults import faults_of
from plugins.portal.national.tables import MAX_WORD, Fields
from plugins.portal.national.terms import field_slug
from plugins.portal.problems import Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.validation import KINDS, field_name

MAX_NAME = 1_200
SOURCE_LIMITS = frozenset({255, 500, 1_000, 2_000, 4_000, 8_000, 32_767})
"""Lengths at which databases and sheets cut a text."""


def sentence(written: str, field: str, doubts: Doubts) -> str | None:
    """A text of one line, as long as a field may be."""
    return doubts.clip(one_line(written), MAX_SENTENCE, field) or None


def prose(written: str, field: str, limit: int, doubts: Doubts) -> str | None:
    """A text in lines, as long as a field may be."""
    kept = clean(written)
    return doubts.clip(kept, limit, field) if kept else None


def told_cut(written: Mapping[str, str], doubts: Doubts) -> None:
    """Say which texts of the source, by the field that they go to, end in a word at a length where texts are cut."""
    for field, said in written.items():
        if len(said) in SOURCE_LIMITS and said[-1].isalnum():
            doubts.add(field, "text_cut_at_source", limit=len(said))


def first_reason(error: ValidationError) -> tuple[str, Text]:
    """The first field that does not fit, and why, in the words of the content's own checks."""
    first = error.errors(include_url=False)[0]
    msgid = KINDS[first["type"]][0] if first["type"] in KINDS else "is not valid: {reason}"
    known = {**(first.get("ctx") or {}), "got": f'"{first["input"]}"', "reason": first["msg"]}
    said = {name: value for name, value in known.items() if f"{{{name}}}" in msgid}
    return field_name(first["loc"]), text(msgid, **{name: quoted(value) for name, value in said.items()})


def drafted(
    code: str, name: str, administrative_field: str, said: Mapping[str, object], doubts: Doubts
) -> Draft | Refusal:
    """The draft of what a record says under the names of `Procedure`; what is None or empty is not said."""
    field = one_line(administrative_field)
    full = one_line(name)
    if not full:
        return refusal(code, "no_name")
    if not field_slug(field):
        return refusal(code, "no_field")
    if not said.get("performed_by"):
        return refusal(code, "no_level")
    fields: Fields = {
        "code": code,
        "name": doubts.clip(without_code(full, code, doubts), MAX_NAME, "name"),
        "field": field_slug(field),
        **{name: value for name, value in said.items() if value not in (None, (), [])},
    }
    try:
        procedure = Procedure.model_validate(fields)
    except ValidationError as error:
        field_at, reason = first_reason(error)
        return refusal(code, "invalid", field=field_at, reason=reason)
    return Draft(procedure, clipped(field, MAX_WORD), (*doubts.found, *faults_of(procedure)))
