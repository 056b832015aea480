"""When dossiers come in, by which channel, and about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import Generator

from plugins.demonstration.calendar import (
    CLOCK_DAY,
    TAKEN,
    Numbers,
    Reals,
    clock,
    midnight,
    weekdays,
    working_time,
)
from plugins.demonstration.offered import Offered, shares

ONLINE, IN_PERSON, POST = range(3)
_BY_POST = 0.04
"""The share of dossiers that come by post."""
_AT_COUNTER = np.array([1.15, 1.05, 1.0, 0.95, 0.9, 0, 0])
_ONLINE = np.array([1.1, 1.05, 1.0, 1.0, 0.95, 0.45, 0.4])
"""How many come on each day of the week."""
_HOURS = np.array(
    [9, 8, 8, 8, 8, 9, 12, 30, 70, 75, 70, 45, 30, 45, 65, 65, 50, 30, 25, 28, 30, 26, 15, 10], np.float64
)
"""How many come online in each hour: who watches at night is to see something, too."""


@dataclass(frozen=True)
class Season:
    """A time in which dossiers come in."""

    first_day: date
    last_day: date
    count: int
    online: float
    """The share that comes online."""
    growth: tuple[float, float]
    """How many come at its beginning and its end, relative to its mean."""


@dataclass(frozen=True)
class Arrivals:
    """Dossiers in the order in which they came in, a column each."""

    received: Numbers
    channel: Numbers
    offered: Numbers
    """Positions among what is offered."""


def arrive(rng: Generator, season: Season, offered: Sequence[Offered]) -> Arrivals:
    """As many dossiers as the season says."""
    received, channel = (np.concatenate(columns) for columns in zip(*_by_channel(rng, season), strict=True))
    order = np.argsort(received, kind="stable")
    about = _drawn(rng, shares(offered), season.count)
    return Arrivals(received[order], channel[order], about)


def _by_channel(rng: Generator, season: Season) -> Iterator[tuple[Numbers, Numbers]]:
    days = np.arange(midnight(season.first_day), midnight(season.last_day) + 1, CLOCK_DAY)
    busy = np.linspace(*season.growth, len(days)) * rng.uniform(0.85, 1.15, len(days))
    online, by_post = round(season.count * season.online), round(season.count * _BY_POST)
    for channel, count in ((ONLINE, online), (IN_PERSON, season.count - online - by_post), (POST, by_post)):
        of_week = _ONLINE if channel == ONLINE else _AT_COUNTER
        day = days[_drawn(rng, busy * of_week[weekdays(days)], count)]
        received = _online(rng, day) if channel == ONLINE else _at_counter(rng, day)
        yield received, np.full(count, channel)


def _online(rng: Generator, day: Numbers) -> Numbers:
    return day + _drawn(rng, _HOURS, len(day)) * 3600 + rng.integers(0, 3600, len(day))


def _at_counter(rng: Generator, day: Numbers) -> Numbers:
    """Rather early in the day."""
    return clock(working_time(day) + (rng.random(len(day)) ** 1.2 * TAKEN).astype(np.int64))


def _drawn(rng: Generator, weights: Reals, count: int) -> Numbers:
    """Positions, each as often as its weight says."""
    running = np.cumsum(weights)
    drawn: Numbers = np.searchsorted(running, rng.random(count) * running[-1], side="right")
    return drawn
