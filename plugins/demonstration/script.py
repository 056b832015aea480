"""What happens to each dossier, from the day it comes in to the day its result is fetched.

The periods that were published end with exactly their figures; after them nothing comes in until the year to watch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.random import Generator, default_rng

from plugins.demonstration.arrivals import IN_PERSON, ONLINE, POST, Arrivals, Season, arrive
from plugins.demonstration.calendar import DAY, Flags, Numbers, clock, last_working_day, taken_up
from plugins.demonstration.offered import Offered, usual_endings, working_days
from plugins.demonstration.outcomes import (
    PENDING,
    Days,
    Deadlines,
    Figures,
    choose,
    choose_usual,
    resolve,
)

NEVER = -1
"""In place of a moment: it does not happen."""
REGISTERED, ACCEPTED, REFUSED, PROCESSING, SUPPLEMENT, FEE, WITHDRAWN, STOPPED, DONE, RETURNED = range(1, 11)
"""The national states."""
_IN_2018 = Season(date(2018, 1, 2), date(2018, 12, 31), 64_786, online=0.33, growth=(0.5, 1.5))
_FIGURES_OF_2018 = Figures(on_time=11_391, overdue=4_263, pending=3_883)
_IN_2019 = Season(date(2019, 1, 1), date(2019, 9, 24), 111_500 - 3_883, online=0.42, growth=(0.8, 1.2))
_FIGURES_OF_2019 = Figures(on_time=19_100, overdue=2_600, pending=3_300)
_ALL_DONE = date(2019, 12, 31)
"""When those pending in September 2019 are resolved, too."""
_A_DAY = 403
"""Dossiers of a calendar day in the year to watch: the pace of 2019."""
_NO_END = 10**6
"""A working day that nobody sees."""
_ENDINGS = {RETURNED: 0.975, REFUSED: 0.012, WITHDRAWN: 0.008, STOPPED: 0.005}
_SUPPLEMENTED, _CHARGED, _SENT_TO_ONLINE, _TOLD = 0.08, 0.12, 0.25, 0.7
"""The shares of dossiers that lack papers, that cost a fee, whose result is sent, and whose citizen gets messages."""


@dataclass(frozen=True)
class Lives:
    """Dossiers in the order in which they came in, a column each; moments are seconds since 1970 or `NEVER`."""

    received: Numbers
    channel: Numbers
    offered: Numbers
    """Positions among what is offered."""
    ending: Numbers
    """The last state."""
    due: Numbers
    resolved: Numbers
    accepted: Numbers
    processing: Numbers
    supplement: Numbers
    """When papers were asked for."""
    resumed: Numbers
    """When they had come."""
    fee: Numbers
    sent: Numbers
    """When the result was given to the post."""
    returned: Numbers
    told: Numbers
    """1 where the citizen gets messages."""

    def __len__(self) -> int:
        return len(self.received)


def lives(offered: Sequence[Offered], today: date, seed: int) -> Lives:
    """All dossiers of the demonstration."""
    rng = default_rng(seed)
    made = [_past(rng, offered), _watched(rng, offered, today.year)]
    return Lives(*(np.concatenate([getattr(life, column.name) for life in made]) for column in fields(Lives)))


def _past(rng: Generator, offered: Sequence[Offered]) -> Lives:
    """2018 and 2019, resolved period by period; what a period leaves over goes into the next."""
    arrivals = [arrive(rng, season, offered) for season in (_IN_2018, _IN_2019)]
    everything = Arrivals(*(np.concatenate([getattr(group, f.name) for group in arrivals]) for f in fields(Arrivals)))
    deadlines = _deadlines(everything, offered)
    came_in = np.repeat([0, 1], [len(group.received) for group in arrivals])
    resolved = np.zeros_like(deadlines.start)
    ends = [last_working_day(day) for day in (_IN_2018.last_day, _IN_2019.last_day, _ALL_DONE)]
    left = np.zeros(0, np.int64)
    for period, figures in enumerate((_FIGURES_OF_2018, _FIGURES_OF_2019)):
        days = Days(ends[period - 1] + 1 if period else 0, ends[period])
        there = np.concatenate([left, np.flatnonzero(came_in == period)])
        outcomes = choose(rng, deadlines.of(there), days, figures)
        resolved[there] = resolve(rng, outcomes, deadlines.of(there), days)
        left = there[outcomes == PENDING]
    days = Days(ends[1] + 1, ends[2])
    usual = usual_endings(offered)[everything.offered[left]]
    resolved[left] = resolve(rng, choose_usual(rng, deadlines.of(left), days.first, usual), deadlines.of(left), days)
    return _told(rng, everything, deadlines, resolved)


def _watched(rng: Generator, offered: Sequence[Offered], year: int) -> Lives:
    """From December before the year to March after it."""
    first, last = date(year - 1, 12, 1), date(year + 1, 3, 31)
    count = ((last - first).days + 1) * _A_DAY
    arrivals = arrive(rng, Season(first, last, count, online=0.5, growth=(1, 1)), offered)
    deadlines = _deadlines(arrivals, offered)
    usual = usual_endings(offered)[arrivals.offered]
    resolved = resolve(rng, choose_usual(rng, deadlines, 0, usual), deadlines, Days(0, _NO_END))
    return _told(rng, arrivals, deadlines, resolved)


def _deadlines(arrivals: Arrivals, offered: Sequence[Offered]) -> Deadlines:
    start = taken_up(arrivals.received)
    return Deadlines(start, start + working_days(offered)[arrivals.offered] * DAY)


def _told(rng: Generator, arrivals: Arrivals, deadlines: Deadlines, resolved: Numbers) -> Lives:
    """The whole lives of dossiers of which beginning and end are known, in working time."""
    count, start = len(resolved), deadlines.start

    def between(low: float, high: float, span: Numbers) -> Numbers:
        return (rng.uniform(low, high, count) * span).astype(np.int64)

    def where(share: float, among: Flags) -> Flags:
        return (rng.random(count) < share) & among

    ending = rng.choice(list(_ENDINGS), count, p=list(_ENDINGS.values()))
    soon = np.minimum(resolved - start, DAY // 2)
    accepted = start + between(0.02, 0.3, soon)
    processing = accepted + between(0.1, 0.5, soon)
    rest = resolved - processing
    supplement = processing + between(0.1, 0.4, rest)
    resumed = supplement + between(0.2, 0.4, rest)
    fee = processing + between(0.82, 0.95, rest)
    taken, returned = ending != REFUSED, ending == RETURNED
    supplemented = where(_SUPPLEMENTED, taken & (rest > 2 * DAY))
    by_post = (arrivals.channel == POST) & returned | where(_SENT_TO_ONLINE, (arrivals.channel == ONLINE) & returned)
    sent = resolved + between(0.05, 0.5, np.full(count, DAY))
    arrived = sent + between(1, 3, np.full(count, DAY))
    fetched = resolved + (rng.exponential(DAY, count)).astype(np.int64)
    announced = resolved + between(0.01, 0.1, np.full(count, DAY))
    at_last = np.select([by_post, arrivals.channel == IN_PERSON], [arrived, fetched], announced)
    return Lives(
        received=arrivals.received,
        channel=arrivals.channel,
        offered=arrivals.offered,
        ending=ending,
        due=clock(deadlines.due),
        resolved=clock(resolved),
        accepted=_moments(accepted, taken),
        processing=_moments(processing, taken),
        supplement=_moments(supplement, supplemented),
        resumed=_moments(resumed, supplemented),
        fee=_moments(fee, where(_CHARGED, returned)),
        sent=_moments(sent, by_post),
        returned=_moments(at_last, returned),
        told=where(_TOLD, taken).astype(np.int64),
    )


def _moments(working: Numbers, happens: Flags) -> Numbers:
    return np.where(happens, clock(working), NEVER)
