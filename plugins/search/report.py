"""How well search answers what people ask: a suite of queries with the procedures that they want."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.portal.yaml_source import YamlError, parse_yaml

QueryKind = Literal[
    "exact", "no_diacritics", "partial_diacritics", "typo", "abbreviation", "everyday", "sentence", "code"
]
KINDS: tuple[QueryKind, ...] = get_args(QueryKind)
LOOKED_AT = 10
"""Results of a query that count."""


class Asked(BaseModel):
    """A query, and the codes that would be right first answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str
    kind: QueryKind
    want: Annotated[tuple[str, ...], Field(min_length=1)]


class Suite(BaseModel):
    """A file of queries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    queries: Annotated[tuple[Asked, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Answer:
    """What a query found."""

    asked: Asked
    rank: int | None
    """Of the first wanted procedure among the results, from 1; None where it is not among the first ten."""
    first: str
    """The title of the first result; empty where there is none."""


@dataclass(frozen=True)
class Score:
    """How well some queries were answered."""

    queries: int
    mrr: float
    """Mean reciprocal rank of the first wanted procedure (Voorhees 1999), over the first ten."""
    success: Mapping[int, float]
    """The share of queries with a wanted procedure among the first 1, 3 and 10."""

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Score:
        places = [answer.rank for answer in answers]
        total = len(places) or 1
        return cls(
            queries=len(places),
            mrr=sum(1 / rank for rank in places if rank) / total,
            success={k: sum(1 for rank in places if rank and rank <= k) / total for k in (1, 3, LOOKED_AT)},
        )


def read_suite(path: Path) -> Suite:
    """Read a file of queries; raises `PortalError` if it is not one."""
    try:
        return Suite.model_validate(parse_yaml(path.read_text(encoding="utf-8")).value)
    except OSError as error:
        raise PortalError(text("{path} cannot be read: {reason}", path=path, reason=reason(error))) from error
    except YamlError as error:
        raise PortalError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise PortalError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def answers(suite: Suite, find: Callable[[str], Sequence[tuple[str, str]]]) -> list[Answer]:
    """Ask every query; `find` gives the codes and titles of the first results."""
    answered = []
    for asked in suite.queries:
        results = find(asked.ask)[:LOOKED_AT]
        rank = next((at for at, (code, _) in enumerate(results, 1) if code in asked.want), None)
        answered.append(Answer(asked, rank, results[0][1] if results else ""))
    return answered


def by_kind(answered: Sequence[Answer]) -> dict[str, Score]:
    """The scores of each kind of query, and of all."""
    scores = {kind: Score.of([answer for answer in answered if answer.asked.kind == kind]) for kind in KINDS}
    return {kind: score for kind, score in scores.items() if score.queries} | {"all": Score.of(answered)}
