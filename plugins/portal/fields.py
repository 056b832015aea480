"""The kinds of value that content files hold, each checked where it is read.

An error names its kind (`dong`, `procedure_code`, ...); `plugins.portal.validation` puts it into words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from plugins.portal.contrast import READABLE, contrast
from plugins.portal.dates import NotADateError, WrittenMoment, read_moment, written_out
from plugins.portal.identifiers import AGENCY_CODE, LOCAL_CODE, NATIONAL_CODE, SLUG, SLUG_MAX_LENGTH
from plugins.portal.unseen import without_marks

MAX_SENTENCE = 2_000
MAX_TEXT = 50_000


FieldPath = tuple[int | str, ...]
"""Where a value stands in a record: names of fields and numbers of entries."""


@dataclass(frozen=True)
class Conflict:
    """What parts of a record, each right by itself, have against each other."""

    kind: str
    """A key of `validation.KINDS`."""
    at: FieldPath = ()
    """Where in the record that is told."""
    about: Mapping[str, object] = field(default_factory=dict)
    """What the message speaks of."""


Check = Callable[[Any], Iterable[Conflict]]
"""Looks for conflicts in a record. Of one that is not in order it sees what is right by itself: a field that is wrong
is not there, an entry of a list that is wrong is None."""


class ContentModel(BaseModel):
    """A record of the content: frozen, nothing unknown in it, nothing silently converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)
    checks: ClassVar[tuple[Check, ...]] = ()
    """One for each thing that can be wrong between fields or entries, so that none hides another."""
    known_by: ClassVar[str] = ""
    """The field by which people tell entries of a list of such records apart; empty where they may be alike."""
    in_part: ClassVar[bool] = False
    """Of a record that is not in order: whether it is only what is right of it, with fields that are not there."""

    @model_validator(mode="after")
    def _without_conflicts(self) -> Self:
        for check in self.checks:
            for conflict in check(self):
                about = {**conflict.about, "at": conflict.at, CONFLICT: True}
                raise PydanticCustomError(conflict.kind, "not of this kind", about)
        return self


CONFLICT = "conflict"
"""Marks an error as one of `checks`, of which pydantic tells the first only."""


def each_once(kind: str, name: str, key: str) -> Check:
    """A check that the entries of the list `name` differ in the text `key`, whatever its case."""

    def check(record: BaseModel) -> Iterator[Conflict]:
        keys = [getattr(entry, key, None) for entry in getattr(record, name)]
        times = Counter(value.casefold() for value in keys if value is not None)
        for value in keys:
            if value is not None and times.pop(value.casefold(), 0) > 1:
                yield Conflict(kind, (name,), {"got": value})

    return check


def ends_later(until: str, beginning: str) -> Check:
    """A check that the end `until` lies after the field `beginning`, where both are said."""

    def check(record: BaseModel) -> Iterator[Conflict]:
        begins, ends = getattr(record, beginning, None), getattr(record, until, None)
        if begins is not None and ends is not None and ends <= begins:
            yield Conflict("ends_before_it_begins", (until,), {"until": until, "beginning": beginning})

    return check


Remark = TypeVar("Remark")


def as_far_as_right(tell: Callable[..., Iterable[Remark]], *given: Any) -> Iterator[Remark]:
    """What can be told of a record of which only a part is right: it ends where it needs another part."""
    try:
        yield from tell(*given)
    except (AttributeError, TypeError):  # a field that is not there, or a None in its place; that was told
        if not any(isinstance(record, ContentModel) and record.in_part for record in given):
            raise


def _refuse(kind: str, value: object, **about: object) -> PydanticCustomError:
    # `kind` is a key of validation.KINDS; pydantic wants a literal message, which is never shown.
    return PydanticCustomError(kind, "not of this kind", {"got": value, **about})


def _matching(kind: str, pattern: re.Pattern[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise _refuse(kind, value)
        plain = without_marks(value)
        if pattern.fullmatch(plain) is None:
            raise _refuse(kind, value)
        return plain

    return BeforeValidator(check, json_schema_input_type=str)


def _dong(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**13:
        raise _refuse("dong", value)
    return value


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _written_moment("day", value).day


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else _written_moment("moment", value).moment


def _end(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    written = _written_moment("moment", value)
    return written.moment if isinstance(written.meant, datetime) else written.moment + timedelta(days=1)


def _written_moment(kind: str, value: Any) -> WrittenMoment:
    if not isinstance(value, str):
        raise _refuse(kind, value)
    try:
        return read_moment(value)
    except NotADateError as error:
        meant = [written_out(meant) for meant in error.meant]
        fault = kind if error.fault == "form" else f"date_{error.fault}"
        raise _refuse(fault, value, meant=meant, **error.about) from error


def _dark_enough(colour: str) -> str:
    if contrast(colour, "#ffffff") < READABLE:
        raise _refuse("colour_too_light", colour)
    return colour


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _tuple(value: Any) -> Any:
    # YAML and JSON know lists only; inside, a sequence that never changes is a tuple.
    return tuple(value) if isinstance(value, list) else value


Word = Annotated[str, Field(min_length=1, max_length=300), BeforeValidator(_one_line)]
"""A name or title: one line, not empty."""
Sentence = Annotated[str, Field(min_length=1, max_length=MAX_SENTENCE)]
"""Plain text of a sentence or a few."""
Prose = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
"""Plain text in paragraphs."""
Slug = Annotated[
    str,
    Field(max_length=SLUG_MAX_LENGTH),
    _matching("slug", SLUG),
    Field(json_schema_extra={"pattern": f"^{SLUG.pattern}$", "maxLength": SLUG_MAX_LENGTH}),
]
ProcedureCode = Annotated[
    str,
    _matching("procedure_code", NATIONAL_CODE),
    Field(json_schema_extra={"pattern": f"^{NATIONAL_CODE.pattern}$"}),
]
"""A national code such as `1.001193`; always text: as a number `2.000200` would lose its zeros."""
AnyProcedureCode = Annotated[
    str,
    _matching(
        "any_procedure_code", re.compile(f"{NATIONAL_CODE.pattern}|{LOCAL_CODE.pattern}|[A-Z]-[A-Z0-9-]{{5,30}}")
    ),
]
"""A national, a local (`1.001193.000.00.00.H30`) or a pre-2019 code (`T-HGI-123456-TT`)."""
AgencyCode = Annotated[
    str,
    _matching("agency_code", AGENCY_CODE),
    Field(json_schema_extra={"pattern": f"^(?:{AGENCY_CODE.pattern})$"}),
]
Dong = Annotated[int, BeforeValidator(_dong, json_schema_input_type=int), Field(json_schema_extra={"minimum": 0})]
"""An amount in đồng, without separators."""
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
"""A calendar day, written 2019-09-24."""
Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=str)]
"""A day or a minute in Asia/Ho_Chi_Minh, written 2019-09-24 or 2019-09-24 08:30 (see `dates`)."""
End = Annotated[datetime, BeforeValidator(_end, json_schema_input_type=str)]
"""A moment until which something is; a day alone is meant to its end, which is the beginning of the next one."""
PortalAddress = Annotated[
    str, _matching("portal_address", re.compile(r"/(?:[a-z0-9]+(?:[.-][a-z0-9]+)*/)+")), Field(max_length=300)
]
"""The address of a page, as a browser shows it below the portal's: `/so-y-te/tin-tuc/2019/a/`."""
_PART = "[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*"
PublishedAddress = Annotated[
    str,
    _matching("published_address", re.compile(rf"/(?:{_PART}/)+(?:{_PART}\.[A-Za-z0-9]+)?")),
    Field(max_length=300),
]
"""The address of a page or a file: `/so-y-te/tin-tuc/2019/a/`, `/so-y-te/media/mau.docx`."""
WebAddress = Annotated[str, _matching("web_address", re.compile(r"https?://[^\s<>\"'\\]{3,500}", re.IGNORECASE))]
EmailAddress = Annotated[str, _matching("email", re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII))]
Colour = Annotated[str, _matching("colour", re.compile(r"#[0-9a-fA-F]{6}")), AfterValidator(_dark_enough)]
"""A colour that white text can be read on."""
MediaPath = Annotated[str, _matching("media_path", re.compile(r"media(?:/[^\s/\\.][^/\\]*)+"))]
"""A file of the same site, such as `media/to-khai.docx`."""

T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(_tuple)]
"""A list in the content, a tuple inside."""

Kind = TypeVar("Kind")


def dates_in(record: BaseModel) -> Iterator[tuple[FieldPath, date]]:
    """Every day and moment of a record, and where it stands."""
    return _values(record, (), date)


def texts_in(record: BaseModel) -> Iterator[tuple[FieldPath, str]]:
    """Every text of a record, and where it stands."""
    return _values(record, (), str)


def lists_in(record: BaseModel) -> Iterator[tuple[FieldPath, tuple[Any, ...]]]:
    """Every list of a record, and where it stands."""
    return _values(record, (), tuple, within=True)


def records_in(record: BaseModel) -> Iterator[tuple[FieldPath, ContentModel]]:
    """A record, every record in it, and where each stands."""
    yield from _values(record, (), ContentModel, within=True)


def _values(
    value: object, loc: FieldPath, kind: type[Kind], *, within: bool = False
) -> Iterator[tuple[FieldPath, Kind]]:
    """Every value of a kind; `within` those as well."""
    if isinstance(value, kind):
        yield loc, value
        if not within:
            return
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name, None), (*loc, name), kind, within=within)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _values(entry, (*loc, index), kind, within=within)
