"""How a command is told to end: by SIGINT (Ctrl+C), SIGTERM or SIGHUP, whatever it inherited.

A shell without job control starts what it puts into the background with SIGINT ignored, and some programs start others
with signals blocked; both stay so for whatever those start. A command that inherited that would be deaf, and whoever
waits for its end would wait for ever.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 5.0
"""For whatever was started to be ended in order; then the process ends all the same, and what it started with it."""


@dataclass
class Ending:
    """Whether a command was told to end, and by what."""

    asked_for: bool
    """Whether to be told is how the command ends: then that is success."""
    number: int = 0
    """The signal; 0 until there is one."""

    @property
    def name(self) -> str:
        return signal.Signals(self.number or signal.SIGINT).name

    @property
    def exit_code(self) -> int:
        """As shells have it for what a signal ended."""
        return 0 if self.asked_for else 128 + (self.number or signal.SIGINT)

    def _tell(self, number: int, frame: FrameType | None) -> None:
        if self.number:
            return  # it is ending
        self.number = number
        forced = threading.Timer(GRACE_SECONDS, os._exit, [self.exit_code])
        forced.daemon = True
        forced.start()
        raise KeyboardInterrupt


@contextmanager
def told_to_end(*, asked_for: bool) -> Iterator[Ending]:
    """Raise `KeyboardInterrupt` in the block when a signal tells the process to end.

    Who starts a build with nohup wants it to outlive the terminal: there SIGHUP stays ignored, but not where a command
    ends in no other way (`asked_for`).
    """
    ending = Ending(asked_for)
    if threading.current_thread() is not threading.main_thread():
        yield ending  # only there can signals be handled
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    if not asked_for and before[signal.SIGHUP] is signal.SIG_IGN:
        del before[signal.SIGHUP]
    for number in before:
        signal.signal(number, ending._tell)
    blocked = signal.pthread_sigmask(signal.SIG_UNBLOCK, before)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
