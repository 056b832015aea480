"""The common outcome of all shapes: a procedure with what is doubtful in it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plugins.importing.national.cleaning import visible
from plugins.portal.problems import Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.values import clipped

MAX_QUOTED = 80
"""Characters of a record that a message quotes."""

DoubtKind = Literal[
    "unknown_level", "unknown_audience", "unknown_kind", "unknown_unit", "unknown_channel", "unknown_status",
    "unknown_value", "channel_assumed", "fee_in_thousands", "fee_as_text", "free_but_fee_named", "time_as_text",
    "text_cut", "text_cut_at_source", "unparsed_rest", "unparsed_table", "code_from_number", "code_in_name",
    "text_of_another", "code_of_another", "same_steps", "bad_date", "bad_address", "related_unknown",
    "no_longer_given", "further_field", "control_characters",
]  # fmt: skip
DOUBTS: dict[DoubtKind, str] = {
    "unknown_level": 'names a level that is not known, "{got}": it was left out',
    "unknown_audience": 'names an audience that is not known, "{got}": it was left out',
    "unknown_kind": 'names a kind of procedure that is not known, "{got}": it was left out',
    "unknown_unit": 'a time of "{got}" has no unit that is known: it was kept as text',
    "unknown_channel": 'names a way to file that is not known, "{got}": it was kept as a note',
    "unknown_status": 'names a status that is not known, "{got}": it was left out',
    "unknown_value": 'expected {wanted}, got "{got}": it was left out',
    "channel_assumed": "times or fees are given, but no way to file: filing in person was assumed",
    "fee_in_thousands": "{got} đồng is very little: thousands may be meant",
    "fee_as_text": '"{got}" is no amount of đồng: it was kept as text',
    "free_but_fee_named": 'said to be free, but the note names an amount: "{got}"',
    "time_as_text": '"{got}" is no time that a record can hold: it was kept as text',
    "text_cut": "longer than {limit} characters: the rest was cut off",
    "text_cut_at_source": "exactly {limit} characters long and without an end: the source may have cut it",
    "unparsed_rest": 'what follows the table could not be read as a part of it and was kept as text: "{got}"',
    "unparsed_table": 'could not be read as a table and was kept as text: "{got}"',
    "code_from_number": 'the code was written as the number {got}: it was read as "{code}"',
    "code_in_name": 'the code stood in the name and was taken out: "{got}"',
    "text_of_another": "name and text share too little: the text may be another procedure's",
    "code_of_another": "names the code {code}, which is another procedure's",
    "same_steps": "the steps are those of {code} too, which has another name: {name}",
    "bad_date": 'expected a day, got "{got}": it was left out',
    "bad_address": 'expected a web address, got "{got}": it was left out',
    "related_unknown": "names the procedure {code}, which the portal does not have: it was left out",
    "further_field": 'names a further field of administration, "{got}": it was left out',
    "control_characters": "held the control character {name}, which can change how it reads: it was left out",
    "no_longer_given": "the source no longer gives this field: it was kept as it is",
}
"""What a doubt says, by its kind."""

RefusalKind = Literal[
    "no_code", "no_name", "no_field", "no_level", "no_shape", "invalid", "wrong_type", "too_wide", "damaged"
]
REFUSALS: dict[RefusalKind, str] = {
    "no_code": 'no code of the form 1.001193, but "{got}": mend the code in the source',
    "no_name": "it has no name: add it in the source",
    "no_field": "it names no field of administration (lĩnh vực): add it in the source",
    "no_level": "it names no level that performs it: add it in the source",
    "no_shape": "not a record that is known: it needs the fields {names}",
    "invalid": "{field} does not fit a procedure ({reason}): mend it in the source",
    "wrong_type": "{field} is not of the kind that it must be ({reason}): mend it in the source",
    "damaged": "{field} cannot be read by people ({reason}): mend it in the source",
    "too_wide": "it has more cells than there are headings: a separator or a quote may be missing",
}
"""Why a record is none, by the kind of the refusal."""


@dataclass(frozen=True)
class Doubt:
    """Something to look at in a procedure that was taken all the same."""

    field: str
    """Such as `channels[1].fees[0]`."""
    kind: DoubtKind
    message: Text


@dataclass(frozen=True)
class Draft:
    """A record as a valid procedure."""

    procedure: Procedure
    field_name: str
    """The name of its field of administration, whose slug `procedure.field` was made of."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that the record says something about, in the model's order."""
        fields_set = self.procedure.model_fields_set
        values = {name: getattr(self.procedure, name) for name in Procedure.model_fields if name in fields_set}
        return tuple(name for name, value in values.items() if value is not None and value != ())


@dataclass(frozen=True)
class Refusal:
    """A record that makes no procedure, and why."""

    code: str
    """As it was written; empty where there is none."""
    kind: RefusalKind
    reason: Text


def doubt(field: str, kind: DoubtKind, **params: object) -> Doubt:
    """A doubt in the words of its kind; what it quotes is shortened."""
    return Doubt(field, kind, text(DOUBTS[kind], **{name: quoted(value) for name, value in params.items()}))


def refusal(code: str, kind: RefusalKind, **params: object) -> Refusal:
    """A refusal in the words of its kind; what it quotes is shortened."""
    quoted_params = {name: quoted(value) for name, value in params.items()}
    return Refusal(str(quoted(code)), kind, text(REFUSALS[kind], **quoted_params))


def quoted(value: object) -> object:
    """A text as a message quotes it: on one line, and not all of it where it is long."""
    return clipped(" ".join(visible(value).split()), MAX_QUOTED) if isinstance(value, str) else value


class Doubts:
    """Gathers the doubts of one record while it is read."""

    def __init__(self) -> None:
        self._doubts: list[Doubt] = []

    def add(self, field: str, kind: DoubtKind, **params: object) -> None:
        entry = doubt(field, kind, **params)
        if entry not in self._doubts:
            self._doubts.append(entry)

    def clip(self, written: str, limit: int, field: str) -> str:
        """The text as long as the field may be, with a doubt where some of it is lost."""
        if len(written) > limit:
            self.add(field, "text_cut", limit=limit)
        return clipped(written, limit)

    @property
    def gathered(self) -> tuple[Doubt, ...]:
        return tuple(self._doubts)
