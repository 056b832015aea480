"""Another backend's JSON turned into ours by JMESPath expressions, which stand in DOSSIER_MAPPING.

Expressions are compiled and checked once, when settings are read. What they give is written as our contract writes it
and then parsed as strictly as an answer of the contract; only here may a number be text, such as "1.234".
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions, signature
from jmespath.parser import ParsedResult
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plugins.dossiers.failures import BadAnswer
from plugins.dossiers.period import Period
from plugins.portal.dossiers import Grouping
from plugins.portal.problems import SettingsError, Text, did_you_mean, text
from plugins.portal.values import VIETNAM
from plugins.portal.yaml_source import YamlError, parse_yaml

SETTING = "DOSSIER_MAPPING"
READY = Path(__file__).parent / "mappings"
"""Mappings that come with the portal, one YAML file each."""
MAX_ROWS = 2_000
"""Of one group; the largest province has some 300 bodies and 1,000 fields."""

Column = Literal[
    "key", "name", "received.total", "received.online", "received.in_person", "received.carried_over",
    "resolved.total", "resolved.early", "resolved.on_time", "resolved.overdue",
    "pending.total", "pending.within", "pending.overdue", "processing_days.median", "processing_days.p90",
]  # fmt: skip
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
_COLUMNS: tuple[Column, ...] = get_args(Column)
_NEEDED: tuple[Column, ...] = ("received.total", "resolved.total")

_DIGITS = re.compile(r"[0-9]{1,12}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., \u00a0])[0-9]{3})(?:\1[0-9]{3}){0,3}")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_MOMENTS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y%m%d%H%M%S")
"""As Vietnamese systems write a moment, besides ISO 8601; the last is the national exchange service's."""


class WrongValueError(ValueError):
    """A value is not what its place in the form needs."""

    def __init__(self, fault: Text) -> None:
        self.fault = fault
        super().__init__(fault.render())


class MappingTerms(BaseModel):
    """What DOSSIER_MAPPING may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    like: str = ""
    """A ready mapping that this one starts from."""
    path: str = Field(default="/v1/statistics", pattern=r"^(/[^?#\s]*)?$")
    """Put after DOSSIER_BACKEND_URL; empty where that is the whole address."""
    query: dict[str, str] = {"from": "{from}", "to": "{to}", "by": ",".join(GROUPINGS)}
    """Parameters; `{from}` and `{to}` are the days of the period, `{from:%d/%m/%Y}` writes one otherwise."""
    as_of: str = ""
    """Where the answer says the moment of its figures; if it does not, they are of the moment of asking."""
    first_day: str = ""
    last_day: str = ""
    """Where the answer says its period; if it does not, it is taken to be the one asked for."""
    total: str = ""
    """Where the row of all is; if there is none, the rows of agencies are added up."""
    agency: str = ""
    field: str = ""
    channel: str = ""
    month: str = ""
    """Where the rows of a group are."""
    row: dict[Column, str] = {}
    """What a row has in each column of ours."""
    keys: dict[Grouping, dict[str, str]] = {}
    """Our key for one of theirs, such as an agency's slug for its code."""


class OurFunctions(Functions):
    """What JMESPath lacks for these answers."""

    @signature({"types": ["string", "number", "null"], "variadic": True})
    def _func_add(self, *counts: object) -> int | None:
        """`add(a, b, ...)`: the sum of counts, also of text; what is missing is left out."""
        known = [number for number in map(read_count, counts) if number is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class AnswerMapping:
    """How the backend is asked, and where its answer has what we need."""

    terms: MappingTerms = field(default_factory=MappingTerms)
    expressions: Mapping[str, ParsedResult] = field(default_factory=dict)
    """Compiled, by their place in the setting; none where the backend keeps to the contract."""

    @property
    def digest(self) -> str:
        """The same for two mappings that mean the same."""
        return hashlib.sha256(self.terms.model_dump_json().encode()).hexdigest()

    def address(self, period: Period) -> str:
        """Path and query of the request."""
        days = {"from": period.first_day, "to": period.last_day}
        query = {name: template.format_map(days) for name, template in self.terms.query.items()}
        return self.terms.path + ("?" + urlencode(query, safe=",/:") if query else "")

    def translate(self, document: object, period: Period, asked_at: datetime) -> object:
        """The document as our contract would write it. Raises `BadAnswer` with the place that cannot be."""
        if not self.expressions:
            return document
        as_of = self._moment(document, "as_of")
        return {
            "as_of": (as_of or asked_at).isoformat(),
            "from": _day(self._moment(document, "first_day"), period.first_day),
            "to": _day(self._moment(document, "last_day"), period.last_day),
            "rows": self._groups(document),
        }

    def _groups(self, document: object) -> dict[str, list[dict[str, Any]]]:
        rows: dict[str, list[dict[str, Any]]] = {group: list(self._rows(document, group)) for group in GROUPINGS}
        if not rows["total"]:
            rows["total"] = [_added_up(rows["agency"])]
        return rows

    def _rows(self, document: object, group: Grouping) -> Iterator[dict[str, Any]]:
        answer = self._search(group, document, group)
        answer = [answer] if isinstance(answer, dict) and group == "total" else answer
        if answer is not None and not isinstance(answer, list):
            raise _wrong(group, text("is no list of rows"))
        rows = [row for row in answer or () if row is not None]
        if len(rows) > MAX_ROWS:
            raise _wrong(group, text("has more than {limit} rows", limit=MAX_ROWS))
        for number, row in enumerate(rows):
            yield self._row(row, group, f"{group}[{number}]")

    def _row(self, row: object, group: Grouping, location: str) -> dict[str, Any]:
        values = {column: self._value(row, column, f"{location}.{column}") for column in _COLUMNS}
        key = values.pop("key")
        ours: dict[str, Any] = {
            "key": "total" if group == "total" else self.terms.keys.get(group, {}).get(key, key),
            "name": values.pop("name"),
        }
        for column, value in values.items():
            part, _, name = column.partition(".")
            if value is not None:
                ours.setdefault(part, {})[name] = value
        return ours

    def _value(self, row: object, column: Column, location: str) -> Any:
        value = self._search(f"row.{column}", row, location)
        try:
            if column in ("key", "name"):
                return _read_text(value)
            return _read_days(value) if column.startswith("processing_days") else read_count(value)
        except WrongValueError as error:
            raise _wrong(location, error.fault) from error

    def _moment(self, document: object, name: str) -> datetime | None:
        value = self._search(name, document, name)
        try:
            return None if value is None else _read_moment(value)
        except ValueError as error:
            raise _wrong(name, text("is no moment that we can read")) from error

    def _search(self, expression: str, document: object, location: str) -> Any:
        if expression not in self.expressions:
            return None
        options = jmespath.Options(custom_functions=OurFunctions())
        try:
            return self.expressions[expression].search(document, options)
        except WrongValueError as error:
            raise _wrong(location, error.fault) from error
        # Its functions raise whatever Python raises at values that they did not foresee.
        except (JMESPathError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
            raise _wrong(location, text("the expression cannot be applied to the answer")) from error


CONTRACT = AnswerMapping()
"""No mapping: the backend keeps to our contract."""


def read_mapping(setting: object) -> AnswerMapping:
    """DOSSIER_MAPPING, as a mapping or as the name of a YAML file. Raises `SettingsError` at what cannot be meant."""
    terms = _terms(_merged(_load(Path(setting)) if isinstance(setting, str) and setting else setting or {}))
    sources = {name: getattr(terms, name) for name in ("as_of", "first_day", "last_day", *GROUPINGS)}
    sources |= {f"row.{column}": expression for column, expression in terms.row.items()}
    expressions = {location: _compile(location, source) for location, source in sources.items() if source}
    if expressions:
        _check_complete(terms)
    for name, template in terms.query.items():
        _check_template(name, template)
    return AnswerMapping(terms, expressions)


def read_count(value: object) -> int | None:
    """A count from a number or from text with or without marks between thousands; None where there is none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        written = value.strip()
        if _DIGITS.fullmatch(written) or _GROUPED.fullmatch(written):
            return int(re.sub(r"\D", "", written))
    raise WrongValueError(text("is no whole number"))


def _read_days(value: object) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        return float(value.strip().replace(",", "."))
    raise WrongValueError(text("is no number"))


def _read_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return ""
    raise WrongValueError(text("is no text"))


def _read_moment(value: object) -> datetime:
    """A moment; Vietnam's time where it does not say which."""
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("no text")
    moment = _parsed_moment(value.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _parsed_moment(written: str) -> datetime:
    for form in _MOMENTS:
        try:
            return datetime.strptime(written, form)  # the caller gives it its time zone
        except ValueError:
            continue
    return datetime.fromisoformat(written)


def _day(answered: datetime | None, asked: date) -> str:
    return (answered.astimezone(VIETNAM).date() if answered else asked).isoformat()


def _added_up(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of all; a column that one row lacks is not known of all."""
    total: dict[str, Any] = {"key": "total", "name": ""}
    for column in _COLUMNS:
        part, _, name = column.partition(".")
        counts = [row.get(part, {}).get(name) for row in rows] if name and part != "processing_days" else []
        known = [count for count in counts if count is not None]
        if known and len(known) == len(counts):
            total.setdefault(part, {})[name] = sum(known)
    return total


def _wrong(location: str, fault: Text) -> BadAnswer:
    return BadAnswer("wrong", place=location, fault=fault)


def _load(path: Path) -> object:
    try:
        return parse_yaml(path.read_text("utf-8")).value
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{SETTING}: {path} cannot be read; name a YAML file that is there") from error
    except YamlError as error:
        raise SettingsError(f"{SETTING}: {path}:{error.line}: {error}") from error


def _merged(given: object) -> dict[str, Any]:
    """What was given, over the ready mapping that it is like."""
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise SettingsError(f"{SETTING}: expected names and expressions; see docs/dossiers.md")
    like = given.get("like")
    if not like:
        return dict(given)
    ready = sorted(path.stem for path in READY.glob("*.yaml"))
    if like not in ready:
        raise SettingsError(f'{SETTING}: like: there is no ready mapping "{like}"; known: {", ".join(ready)}')
    merged = _merged(_load(READY / f"{like}.yaml"))
    for name, value in given.items():
        base = merged.get(name)
        over = isinstance(base, dict) and isinstance(value, Mapping) and name in ("row", "keys")
        merged[name] = dict(base or {}, **value) if over else value
    return merged


def _terms(given: dict[str, Any]) -> MappingTerms:
    try:
        return MappingTerms.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        location = ".".join(str(step) for step in first["loc"] if step != "[key]")
        if first["type"] == "extra_forbidden":
            raise SettingsError(
                f"{SETTING}: unknown {location}; {_nearest(location, MappingTerms.model_fields)}"
            ) from error
        if first["loc"][-1] == "[key]":
            name, known = str(first["loc"][-2]), _COLUMNS if first["loc"][0] == "row" else GROUPINGS
            raise SettingsError(f"{SETTING}: unknown {location}; {_nearest(name, known)}") from error
        raise SettingsError(f"{SETTING}: {location}: {first['msg']}; see docs/dossiers.md") from error


def _nearest(name: str, known: Any) -> str:
    return did_you_mean(name, list(known)).render()


def _compile(location: str, source: str) -> ParsedResult:
    try:
        compiled = jmespath.compile(source)
    except (JMESPathError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "empty"
        raise SettingsError(f"{SETTING}: {location}: {source!r} is no JMESPath expression: {reason}") from error
    for name in sorted(_functions(compiled.parsed)):
        if name not in OurFunctions.FUNCTION_TABLE:
            near = _nearest(name, OurFunctions.FUNCTION_TABLE)
            raise SettingsError(f"{SETTING}: {location}: there is no function {name}(); {near}")
    return compiled


def _functions(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "function_expression":
            yield str(node["value"])
        for child in node.get("children", ()):
            yield from _functions(child)


def _check_complete(terms: MappingTerms) -> None:
    missing = [f"row.{column}" for column in _NEEDED if not terms.row.get(column)]
    if not terms.total and not terms.agency:
        missing.append("total or agency")
    if any((terms.agency, terms.field, terms.channel, terms.month)) and not terms.row.get("key"):
        missing.append("row.key")
    if missing:
        raise SettingsError(f"{SETTING}: {', '.join(missing)} missing; say where the answer has them")


def _check_template(name: str, template: str) -> None:
    """`{from}` and `{to}` with a date's format, and nothing that reaches into objects."""
    remedy = "write {from}, {to} or {from:%d/%m/%Y}, and braces doubled"
    try:
        places = {name for _, name, _, conversion in string.Formatter().parse(template) if name is not None}
        template.format_map({"from": date.min, "to": date.max} if places <= {"from", "to"} else {})
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise SettingsError(f"{SETTING}: query.{name}: {template!r} cannot be filled in; {remedy}") from error
