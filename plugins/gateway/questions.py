"""The query of `GET /v1/statistics` and the code of `GET /v1/dossiers/{code}`, read strictly: every problem at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import cast, get_args
from urllib.parse import parse_qsl

from plugins.gateway.problems import BadRequestError, Parameter, ParameterProblem
from plugins.gateway.statistics import Grouping, Question

MAX_QUERY = 512
"""Characters; the longest that is meant has some 80."""
MAX_DAYS = 3_653
"""Ten years with three leap days."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
_DAY = re.compile(r"(2[01][0-9]{2})-([0-9]{2})-([0-9]{2})")
"""Years as the gateway reads them from the table; other ones are mistakes."""
_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-([0-9]{2})([0-9]{2})([0-9]{2})-[0-9]{4,10}")
_PARAMETERS: tuple[Parameter, ...] = ("from", "to", "by")


def read_question(query: str) -> Question:
    """What is asked by a query. Raises `BadRequestError`."""
    reading = _Reading(query)
    question = reading.question()
    if question is None or reading.problems:
        raise BadRequestError(reading.problems)
    return question


def read_code(asked: str) -> str:
    """The code of a dossier as it is asked for. Raises `BadRequestError`."""
    match = _CODE.fullmatch(asked)
    if match is None or _day(2000 + int(match[1]), int(match[2]), int(match[3])) is None:
        detail = "expected a code such as 000.00.14.H30-190924-0002: agency, day (yymmdd), number of 4 to 10 digits"
        raise BadRequestError([ParameterProblem("code", detail)])
    return asked


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Reading:
    """A query being read; `problems` grow as they are found."""

    def __init__(self, query: str) -> None:
        self.problems: list[ParameterProblem] = []
        self._given: dict[str, list[str]] = {}
        if len(query) > MAX_QUERY:
            self._problem("query", f"expected at most {MAX_QUERY} characters")
            return
        for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
            self._given.setdefault(name, []).append(value)
        if self._given.keys() - set(_PARAMETERS):
            self._problem("query", f"unknown parameter; known are {', '.join(_PARAMETERS)}")

    def question(self) -> Question | None:
        if self.problems and not self._given:
            return None
        first, last, groupings = self._date("from"), self._date("to"), self._groupings()
        if first is None or last is None:
            return None
        if first > last:
            self._problem("to", "expected a day that is not before `from`")
        elif (last - first).days >= MAX_DAYS:
            self._problem("to", f"expected a period of at most {MAX_DAYS} days")
        return Question(first, last, groupings)

    def _once(self, name: Parameter) -> str | None:
        values = self._given.get(name, [])
        if len(values) > 1:
            self._problem(name, "given more than once")
        return values[0] if len(values) == 1 else None

    def _date(self, name: Parameter) -> date | None:
        if name not in self._given:
            self._problem(name, "missing; expected a day as 2019-09-24")
            return None
        value = self._once(name)
        if value is None:
            return None
        match = _DAY.fullmatch(value)
        day = _day(*map(int, match.groups())) if match else None
        if day is None:
            self._problem(name, "expected a day of the years 2000 to 2199, as 2019-09-24")
        return day

    def _groupings(self) -> tuple[Grouping, ...]:
        """In the form's order, so that the same question is the same answer."""
        value = self._once("by")
        if value is None:
            return ("total",)
        asked: Sequence[str] = value.split(",")
        if not set(asked) <= set(GROUPINGS):
            self._problem("by", f"expected some of {', '.join(GROUPINGS)}, with commas between")
        elif len(set(asked)) < len(asked):
            self._problem("by", "names a grouping twice")
        return cast("tuple[Grouping, ...]", tuple(grouping for grouping in GROUPINGS if grouping in asked))

    def _problem(self, parameter: Parameter, detail: str) -> None:
        self.problems.append(ParameterProblem(parameter, detail))
