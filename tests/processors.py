"""How fast this processor is now: limits in seconds speak of one that does not change, and machines do."""

from __future__ import annotations

import time

ADDITIONS = 1_000_000
USUAL = 0.04
"""Seconds in which the processor that limits speak of makes as many."""


def took_less(seconds: float, limit: float) -> bool:
    """Whether these are fewer on the usual processor; how fast this one is now is measured where they are not."""
    return seconds < limit or seconds < limit * slowness()


def slowness() -> float:
    """How many times as long as that processor this one takes, at its best of three; never less than 1."""
    return max(1.0, min(_seconds() for _ in range(3)) / USUAL)


def _seconds() -> float:
    started = time.process_time()
    total = 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - started
