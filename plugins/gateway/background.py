"""Work in a thread of its own, one at a time, that others may wait for but need not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic


class Background:
    """One piece of work, done as often as it is begun and never twice at once; for any number of threads."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self._name = name
        self._work = work
        self._beginning = threading.Lock()
        self._thread: threading.Thread | None = None
        self._since = 0.0

    def begin(self) -> None:
        """Do it, unless it is being done."""
        with self._beginning:
            if self._thread is None or not self._thread.is_alive():
                self._since = monotonic()
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Until it is done, or for so many seconds; whether it is done."""
        thread = self._thread
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(seconds)
        return not thread.is_alive()

    @property
    def busy_for(self) -> float:
        """Seconds since it was begun, while it is being done; else 0."""
        thread = self._thread
        return monotonic() - self._since if thread is not None and thread.is_alive() else 0.0
