"""How dossiers end, so that the figures of a period come out exactly as they were published.

First it is chosen who is early, on time, overdue or still pending, each as often as the figures say and only where the
days allow it; then each gets a moment to fit. Days and moments are those of working time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from plugins.demonstration.calendar import DAY, Flags, Numbers, Reals

EARLY, ON_TIME, OVERDUE, PENDING = range(4)
_LATE_PENDING = 0.1
"""The share of pending dossiers that are overdue."""
_LONGEST_DELAY = 40
"""Working days."""
_LEAST = 900
"""Working time that any dossier takes."""


@dataclass(frozen=True)
class Figures:
    """How many dossiers of a period end how by its end; all others are early."""

    on_time: int
    overdue: int
    pending: int


@dataclass(frozen=True)
class Deadlines:
    """Dossiers by when they are taken up and due, a column each."""

    start: Numbers
    due: Numbers

    @property
    def due_day(self) -> Numbers:
        return self.due // DAY

    def of(self, chosen: Numbers) -> Deadlines:
        """Those at some positions."""
        return Deadlines(self.start[chosen], self.due[chosen])


@dataclass(frozen=True)
class Days:
    """Working days on which dossiers can be resolved, both counted."""

    first: int
    last: int


def choose(rng: Generator, deadlines: Deadlines, days: Days, figures: Figures) -> Numbers:
    """The outcome of each dossier, as often as the figures say.

    A dossier due before the first day can only be overdue or pending, one due on it not early, one due after the last
    day only early or pending.
    """
    due = deadlines.due_day
    outcomes = np.full(len(due), EARLY)
    outcomes[_pending(rng, deadlines, days, figures)] = PENDING
    due_before, due_within = due < days.first, (due >= days.first) & (due <= days.last)
    rank = rng.random(len(due))
    outcomes[_top(rank + due_before, (outcomes == EARLY) & (due < days.last), figures.overdue)] = OVERDUE
    outcomes[_top(rank + (due == days.first), (outcomes == EARLY) & due_within, figures.on_time)] = ON_TIME
    return outcomes


def _pending(rng: Generator, deadlines: Deadlines, days: Days, figures: Figures) -> Numbers:
    """Those not yet due that would take longest; and some that are late, rather by days than by months."""
    due = deadlines.due_day
    long_due, not_yet_due = due < days.first, due > days.last
    too_many = max(int(long_due.sum()) - figures.overdue, 0)
    left_over = _top(rng.random(len(due)), long_due, too_many)
    within = min(round(figures.pending * (1 - _LATE_PENDING)), int(not_yet_due.sum()), figures.pending - too_many)
    ready = deadlines.start + _part(rng, np.full(len(due), EARLY)) * (due * DAY - deadlines.start)
    cannot_be_ready = deadlines.start // DAY > days.last
    waiting = np.where(cannot_be_ready, np.inf, ready + rng.exponential(DAY, len(due)))
    late = ~not_yet_due
    late[left_over] = False
    lateness = due - rng.exponential(5, len(due))
    return np.concatenate(
        [left_over, _top(waiting, not_yet_due, within), _top(lateness, late, figures.pending - too_many - within)]
    )


def choose_usual(rng: Generator, deadlines: Deadlines, first: int, usual: Reals) -> Numbers:
    """The outcome of each dossier that is resolved on the working day `first` or later, as they usually end.

    `usual` has a row for each: the shares of early, on time and overdue.
    """
    due = deadlines.due_day
    outcomes: Numbers = (rng.random((len(due), 1)) > np.cumsum(usual, axis=1)[:, :OVERDUE]).sum(axis=1)
    outcomes[(due == first) & (outcomes == EARLY)] = ON_TIME
    outcomes[due < first] = OVERDUE
    return outcomes


def resolve(rng: Generator, outcomes: Numbers, deadlines: Deadlines, days: Days) -> Numbers:
    """The working time at which each is resolved; of those pending it means nothing."""
    due_day = deadlines.due_day
    due_day_begins, due_day_ends = due_day * DAY, (due_day + 1) * DAY
    low = np.maximum(deadlines.start + _LEAST, days.first * DAY)
    low = np.maximum(low, _each(outcomes, np.zeros_like(low), due_day_begins, due_day_ends))
    by_deadline = np.maximum(deadlines.due, due_day_begins + DAY // 4)
    high = _each(outcomes, due_day_begins, by_deadline, low + _LONGEST_DELAY * DAY)
    high = np.minimum(high, (days.last + 1) * DAY)
    resolved: Numbers = low + (_part(rng, outcomes) * (high - low)).astype(np.int64)
    return resolved


def _part(rng: Generator, outcomes: Numbers) -> Reals:
    """How much of the time that it has each takes."""
    uniform = rng.random(len(outcomes))
    return np.select([outcomes == EARLY, outcomes == OVERDUE], [rng.beta(2, 1.5, len(outcomes)), uniform**3], uniform)


def _each(outcomes: Numbers, early: Numbers, on_time: Numbers, overdue: Numbers) -> Numbers:
    """Of each dossier the number that is meant for its outcome."""
    chosen: Numbers = np.select([outcomes == EARLY, outcomes == ON_TIME], [early, on_time], overdue)
    return chosen


def _top(rank: Reals, among: Flags, count: int) -> Numbers:
    """The positions of those that rank highest; there have to be so many."""
    positions = np.flatnonzero(among)
    if count > len(positions):
        raise ValueError(f"{count} dossiers are to end so, {len(positions)} can")
    order = np.argsort(rank[positions], kind="stable")
    return positions[order[len(order) - count :]]
