"""What was measured, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean, median
from typing import Literal

from tools.benchmarks.server import Answer


@dataclass(frozen=True)
class Traffic:
    """What was loaded."""

    size: float
    """Bytes, compressed."""
    requests: float

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Traffic:
        sizes = [answer.size for answer in answers]
        return cls(sum(sizes), len(sizes))

    def __sub__(self, other: Traffic) -> Traffic:
        return Traffic(self.size - other.size, self.requests - other.requests)


@dataclass(frozen=True)
class Asked:
    """One query to one engine."""

    query: str
    results: int
    """Results, at most ten."""
    search: Traffic
    page: Traffic
    """The page's own HTML, style and icon."""


Step = Literal["query", "shown"]
"""The query alone, or all from asking to results shown."""


@dataclass(frozen=True)
class Timing:
    """One query asked again and again, when all is loaded."""

    step: Step
    slowdown: int
    """By how much slower the processor was made."""
    milliseconds: tuple[float, ...]


@dataclass(frozen=True)
class SlowNetwork:
    """A query to an empty cache on the network and the processor of a cheap telephone."""

    milliseconds: float
    """From asking for the page to results shown."""
    shift: float
    """How much of the page moved that nobody touched: cumulative layout shift."""


@dataclass(frozen=True)
class Session:
    """A query to an empty cache and a second one on the same page."""

    cold: Asked
    second: Asked
    timings: tuple[Timing, ...]
    """Of the second query; empty where no times are taken."""
    typed: Asked | None = None
    """The first query letter by letter, to an empty cache; None where an engine waits for all of it."""
    slow: SlowNetwork | None = None


@dataclass(frozen=True)
class Row:
    """One query, or what sums up all of them; sizes are in bytes."""

    name: str
    ours: Traffic
    other: Traffic
    results: tuple[int, int] | None = None
    """Results of both; None in a sum."""

    @property
    def ratio(self) -> float | None:
        """How many times as much the other engine loads; None where ours loads nothing."""
        return self.other.size / self.ours.size if self.ours.size else None


@dataclass(frozen=True)
class Times:
    """Milliseconds of queries with everything loaded."""

    step: Step
    slowdown: int
    median: float
    """Of all queries together."""
    worst_query: float
    """The median of the slowest query: a single time may be another program's."""
    slowest: float


def cold_rows(ours: Sequence[Session], other: Sequence[Session]) -> list[Row]:
    """A row for each first query, then mean and worst."""
    return _rows([session.cold for session in ours], [session.cold for session in other])


def second_rows(ours: Sequence[Session], other: Sequence[Session]) -> list[Row]:
    """A row for each second query, then mean and worst."""
    return _rows([session.second for session in ours], [session.second for session in other])


def typed_rows(sessions: Sequence[Session]) -> list[tuple[str, Traffic, Traffic]]:
    """Of each query what it loads typed letter by letter, and pasted; then the mean."""
    rows = [(session.cold.query, session.typed.search, session.cold.search) for session in sessions if session.typed]
    return [*rows, ("mean", _mean(typed for _, typed, _ in rows), _mean(pasted for _, _, pasted in rows))]


def times(sessions: Iterable[Session]) -> list[Times]:
    """All queries together, by step and by how much slower the processor was made."""
    taken: dict[tuple[Step, int], list[tuple[float, ...]]] = {}
    for timing in (timing for session in sessions for timing in session.timings):
        taken.setdefault((timing.step, timing.slowdown), []).append(timing.milliseconds)
    return [
        Times(step, slowdown, median(chain(*queries)), max(map(median, queries)), max(map(max, queries)))
        for (step, slowdown), queries in sorted(taken.items())
    ]


def mean_of_pages(sessions: Iterable[Session]) -> Traffic:
    """What the page itself costs, apart from searching."""
    return _mean(session.cold.page for session in sessions)


def _rows(ours: Sequence[Asked], other: Sequence[Asked]) -> list[Row]:
    pairs = list(zip(ours, other, strict=True))
    rows = [Row(mine.query, mine.search, theirs.search, (mine.results, theirs.results)) for mine, theirs in pairs]
    sums = [Row("mean", _mean(row.ours for row in rows), _mean(row.other for row in rows))]
    # An engine that finds nothing loads little: what both answer is the fair comparison.
    both = [row for row in rows if row.results and all(row.results)]
    if 0 < len(both) < len(rows):
        sums.append(Row("mean, both found", _mean(row.ours for row in both), _mean(row.other for row in both)))
    sums.append(Row("worst", _worst(row.ours for row in rows), _worst(row.other for row in rows)))
    return [*rows, *sums]


def _mean(traffic: Iterable[Traffic]) -> Traffic:
    loaded = list(traffic)
    return Traffic(fmean(entry.size for entry in loaded), fmean(entry.requests for entry in loaded))


def _worst(traffic: Iterable[Traffic]) -> Traffic:
    loaded = list(traffic)
    return Traffic(max(entry.size for entry in loaded), max(entry.requests for entry in loaded))
