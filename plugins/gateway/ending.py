"""Ends a process when it is told to, whatever it inherited from the one that started it."""

from __future__ import annotations

import signal
import threading
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LOOK_SECONDS = 0.5
"""Between two looks for a signal."""


def end_on_signals(ended: threading.Event) -> None:
    """Set the event at SIGTERM and Ctrl+C; for the main thread.

    A script that starts a command in the background has it ignore SIGINT, and a blocked signal stays blocked in a
    child: neither is left as it was found.
    """

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in SIGNALS:
        signal.signal(number, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def wait_for(ended: threading.Event) -> None:
    """Until the event is set; for the main thread.

    The system may hand a signal to any thread, and Python acts on it in the main one: that must not sleep for good.
    """
    while not ended.wait(LOOK_SECONDS):
        continue
