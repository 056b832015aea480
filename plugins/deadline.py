"""A limit on the time of work that may hang where no timeout reaches: resolving a name, a header that drips."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


class Deadline:
    """A moment by the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that remain; never less than 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        return self.left == 0.0


def within(deadline: Deadline, work: Callable[[], Result]) -> Result:
    """What the work returns or raises; `TimeoutError` once the deadline is over, whatever the work hangs in.

    The thread is a daemon, unlike those of an executor: one that hangs does not keep the process from ending.
    """
    done: Future[Result] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  # raised again where the result is awaited
            done.set_exception(error)

    threading.Thread(target=run, name="limited", daemon=True).start()
    return done.result(timeout=deadline.left)
