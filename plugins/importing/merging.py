"""One record and the file that is there: what is new is taken, what an editor changed is kept, and both are said.

Of each field there are three values: the one last imported (its hash, in the ledger), the present one and the one that
comes. A present value that is still the one last imported may be updated; any other is an editor's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from plugins.importing.blocks import Blocks, NotInBlocks
from plugins.importing.ledger import Entry, fingerprint
from plugins.importing.national.records import first_reason
from plugins.importing.words import difference, in_words
from plugins.portal.characters import tidy
from plugins.portal.problems import Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml
from plugins.portal.yaml_text import field_text

ChangeKind = Literal["added", "updated", "overwritten", "conflict"]
Values = dict[str, object]
ORDER = tuple(Procedure.model_fields)


@dataclass(frozen=True)
class FieldChange:
    """What an import does to one field, in words that are shortened; empty where there is no value."""

    field: str
    kind: ChangeKind
    old: str
    new: str
    line: int | None
    """Of the present file."""


@dataclass(frozen=True)
class Merged:
    """The file as it will be, and what changes in it."""

    text: str
    changes: tuple[FieldChange, ...]
    entry: Entry | None
    """What to remember of the import; None where no import has written the file."""
    no_longer_given: tuple[str, ...] = ()
    """Fields that the last import gave and this one does not: they stay."""

    @property
    def conflicts(self) -> tuple[FieldChange, ...]:
        return tuple(change for change in self.changes if change.kind == "conflict")


class CannotMerge(Exception):  # noqa: N818  # the name says what happened
    """The present file is not one to be changed; carries the line and why."""

    def __init__(self, message: Text, line: int | None) -> None:
        super().__init__(message.render())
        self.message = message
        self.line = line


def dumped(procedure: Procedure) -> Values:
    """The values that fingerprints are taken of: without defaults, so that a new optional field changes none."""
    return procedure.model_dump(mode="json", exclude_defaults=True)


def first_entry(procedure: Procedure, given: tuple[str, ...]) -> Entry:
    """What to remember of a file that the import writes whole."""
    values = dumped(procedure)
    return {name: fingerprint(values.get(name)) for name in given}


def merge(written: str, coming: Procedure, given: tuple[str, ...], last: Entry | None, *, overwrite: bool) -> Merged:
    """Merge a record into the text of a file; `last` is what the ledger remembers of it."""
    present = _read(written)
    old, new = dumped(present), dumped(coming)
    names = [name for name in given if name != "code" and old.get(name) != new.get(name)]
    result, changes = _changed(written, coming, names, old, last, overwrite=overwrite) if names else (written, ())
    kept = {change.field for change in changes if change.kind == "conflict"}
    entry = dict(last or {})
    entry |= {name: fingerprint(new.get(name)) for name in given if name not in kept}
    gone = tuple(name for name in ORDER if name in (last or {}) and name not in given and name in old)
    return Merged(result, changes, None if last is None and kept else entry, gone)


def _changed(
    written: str, coming: Procedure, names: list[str], old: Values, last: Entry | None, *, overwrite: bool
) -> tuple[str, tuple[FieldChange, ...]]:
    """The text with those of the differing fields exchanged that may be, and what was done to each."""
    blocks, new, whole = _blocks(written), dumped(coming), coming.model_dump(exclude_defaults=True)
    changes: list[FieldChange] = []
    for name in names:
        kind = _kind(name, blocks, old.get(name), last, overwrite=overwrite)
        wording = difference(in_words(name, old.get(name)), in_words(name, new.get(name)))
        changes.append(FieldChange(name, kind, *wording, blocks.line(name)))
        if kind != "conflict":
            blocks.put(name, field_text(name, whole.get(name, getattr(coming, name))))
    taken = {change.field: new.get(change.field) for change in changes if change.kind != "conflict"}
    result = blocks.text(ORDER) if taken else written
    _check(result, {**old, **taken})
    return result, tuple(changes)


def _kind(name: str, blocks: Blocks, value: object, last: Entry | None, *, overwrite: bool) -> ChangeKind:
    """Whose the present value is decides."""
    if last is not None and name not in blocks and name not in last:
        return "added"
    ours = last is not None and last.get(name) == fingerprint(value)
    if ours and name in blocks and not blocks.has_remark(name):
        return "updated"
    return "overwritten" if overwrite else "conflict"


def _read(written: str) -> Procedure:
    try:
        present, problems = validate(Procedure, parse_yaml(tidy(written)), "")
    except YamlError as error:
        raise CannotMerge(error.message, error.line) from error
    if present is None:
        raise CannotMerge(problems[0].message, problems[0].line)
    return present


def _blocks(written: str) -> Blocks:
    try:
        return Blocks(written)
    except YamlError as error:
        raise CannotMerge(error.message, error.line) from error
    except NotInBlocks as error:
        raise CannotMerge(text(NOT_IN_BLOCKS), 1) from error


NOT_IN_BLOCKS = "its fields do not stand on lines of their own"


def _check(result: str, expected: Mapping[str, object]) -> None:
    """What is going to be written must read as it was meant: a record that does not is not touched."""
    try:
        read = Procedure.model_validate(parse_yaml(tidy(result)).value)
    except ValidationError as error:
        field, reason = first_reason(error)
        raise CannotMerge(text(NOT_VALID, field=field, reason=reason), None) from error
    if dumped(read) != {name: value for name, value in expected.items() if value is not None}:
        raise CannotMerge(text(NOT_IN_BLOCKS), 1)


NOT_VALID = "what comes does not fit the fields that are kept ({field}: {reason})"
