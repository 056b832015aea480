"""Waiting for something to be so, and for no longer than a machine with much else to do needs.

The one place in the tests where time is slept away: a fixed sleep is too short on a busy machine, where it proves
nothing, and too long everywhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 120.0
"""Seconds after which what has not come to be so will not."""
STEP = 0.02


def until(what: Callable[[], T], named: str = "it", seconds: float = PATIENCE, step: float = STEP) -> T:
    """Look again and again, until there is something, and give it; each `step` seconds, so that no moment is missed."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"{named} did not come to be so in {seconds:g} seconds"
        time.sleep(step)
    return found


def some_moment(seconds: float) -> None:
    """Let a moment pass where any moment is meant, such as that of a kill: nothing is waited for."""
    time.sleep(seconds)
