"""The JSON of a backend parsed at the edge: past this, `DossierStatistics` only.

Strict about values (no text for numbers, nothing negative, no NaN), lenient about fields that we do not know: a
backend may tell more than we asked.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError, from_json

from plugins.dossiers.failures import BadAnswer
from plugins.dossiers.mapping import MAX_ROWS, AnswerMapping
from plugins.dossiers.period import Period
from plugins.portal.characters import FORBIDDEN, shown_name, tidy
from plugins.portal.dossiers import (
    CHANNELS,
    YEARS,
    DossierStatistics,
    Pending,
    ProcessingTime,
    Received,
    Resolved,
    StatisticsRow,
)
from plugins.portal.problems import Text, text
from plugins.portal.values import VIETNAM

FAULTS: dict[str, str] = {
    "missing": "is missing",
    "int_type": "is no whole number",
    "int_from_float": "is no whole number",
    "greater_than_equal": "is negative",
    "less_than_equal": "is too large",
    "finite_number": "is no number",
    "float_type": "is no number",
    "string_type": "is no text",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "timezone_aware": "says no time zone",
    "said_twice": "has a key twice",
}
_OTHERWISE = "is not of the kind that the contract says"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def _known_month(key: str) -> str:
    if not _MONTH.fullmatch(key):
        raise PydanticCustomError("no_month", "no month")
    return key


def _known_channel(key: str) -> str:
    if key not in CHANNELS:
        raise PydanticCustomError("no_channel", "no channel")
    return key


def _clean_key(key: str) -> str:
    if FORBIDDEN.search(key) or tidy(key).strip() != key:
        raise PydanticCustomError("no_key", "no key")
    return key


def _sensible_moment(moment: datetime) -> datetime:
    if moment.year not in YEARS:  # and reckoning with it may overflow
        raise PydanticCustomError("no_moment", "no moment")
    return moment.astimezone(VIETNAM)


Key = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_clean_key)]


class AnswerModel(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Received(Received):
    model_config = ConfigDict(extra="ignore")


class _Resolved(Resolved):
    model_config = ConfigDict(extra="ignore")


class _Pending(Pending):
    model_config = ConfigDict(extra="ignore")


class _ProcessingTime(ProcessingTime):
    model_config = ConfigDict(extra="ignore")


class Row(AnswerModel):
    """A row of the form; nested as in `DossierCounts`, with its key and name beside."""

    key: Key
    name: Annotated[str, Field(max_length=300)] = ""
    received: _Received
    resolved: _Resolved
    pending: _Pending | None = None
    processing_days: _ProcessingTime | None = None

    def counts(self) -> dict[str, Any]:
        return self.model_dump(exclude={"key", "name"})


class MonthRow(Row):
    key: Annotated[str, AfterValidator(_known_month)]


class ChannelRow(Row):
    key: Annotated[str, AfterValidator(_known_channel)]


def _each_once(rows: list[Any]) -> list[Any]:
    if len({row.key for row in rows}) != len(rows):
        raise PydanticCustomError("said_twice", "a key twice")
    return rows


Many = Field(max_length=MAX_ROWS)
Once = AfterValidator(_each_once)


class Rows(AnswerModel):
    """The groups that were asked for."""

    total: Annotated[list[Row], Field(min_length=1, max_length=1)]
    agency: Annotated[list[Row], Many, Once] = []
    field: Annotated[list[Row], Many, Once] = []
    channel: Annotated[list[ChannelRow], Many, Once] = []
    month: Annotated[list[MonthRow], Many, Once] = []


class Answer(AnswerModel):
    """The answer to `GET /v1/statistics`."""

    as_of: Annotated[AwareDatetime, AfterValidator(_sensible_moment)]
    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")
    rows: Rows


def parse_answer(body: bytes, mapping: AnswerMapping, period: Period, asked_at: datetime) -> DossierStatistics:
    """The figures in the body of an answer. Raises `BadAnswer`, whatever the bytes are."""
    document = mapping.translate(_parse_json(body), period, asked_at)
    try:
        # In strict mode a day is text in JSON alone: what a mapping gave is written out once more.
        answer = Answer.model_validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        location, fault = _first_fault(error)
        raise BadAnswer("wrong", place=location, fault=fault) from error
    except (ValueError, RecursionError) as error:
        raise BadAnswer("not_json") from error
    return _statistics(answer)


def _parse_json(body: bytes) -> object:
    try:
        document: object = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise BadAnswer("truncated" if "EOF while parsing" in str(error) and body.strip() else "not_json") from error
    return document


def _first_fault(error: ValidationError) -> tuple[str, Text]:
    first: ErrorDetails = error.errors(include_url=False, include_input=False)[0]
    location = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
    return location.lstrip(".") or "JSON", text(FAULTS.get(first["type"], _OTHERWISE))


def _statistics(answer: Answer) -> DossierStatistics:
    rows = answer.rows
    return DossierStatistics.model_validate(
        {
            "as_of": answer.as_of,
            "first_day": answer.first_day,
            "last_day": answer.last_day,
            "total": rows.total[0].counts(),
            "agencies": _of_group(rows.agency),
            "fields": _of_group(rows.field),
            "channels": _of_group(rows.channel),
            "months": _of_group(rows.month),
        }
    )


def _of_group(rows: list[Any]) -> tuple[StatisticsRow, ...]:
    return tuple(
        StatisticsRow.model_validate({"key": row.key, "name": shown_name(tidy(row.name)), "counts": row.counts()})
        for row in rows
    )
