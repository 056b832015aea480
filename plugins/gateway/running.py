"""Breaks off what a database has not done in time, or when the gateway ends.

PostgreSQL ends a statement by itself (`statement_timeout`); SQLite works inside this process and goes on until it is
done, so it is asked to look at the clock every now and then.
"""

from __future__ import annotations

import sqlite3
import threading
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event

STEPS = 50_000
"""Of SQLite's machine between two looks at the clock: a few milliseconds."""
CANCEL_SECONDS = 1.0
"""For which PostgreSQL is waited for when it is told to break off."""


class Running:
    """The connections of some engines that are in use; for any number of threads."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._changing = threading.Lock()
        self._in_use: set[Any] = set()

    def watch(self, engine: Engine, seconds: float) -> None:
        """Take up an engine; on a connection to SQLite, all that is done from its opening may take so many seconds."""

        def taken(connection: Any, *_: object) -> None:
            if isinstance(connection, sqlite3.Connection):
                end = monotonic() + seconds
                connection.set_progress_handler(lambda: self._ended.is_set() or monotonic() > end, STEPS)
                return
            with self._changing:
                self._in_use.add(connection)

        def given_back(connection: Any, *_: object) -> None:
            with self._changing:
                self._in_use.discard(connection)

        event.listen(engine, "checkout", taken)
        event.listen(engine, "checkin", given_back)

    def break_off(self) -> None:
        """End every statement that is under way. Of SQLite also those that would follow."""
        self._ended.set()
        with self._changing:
            in_use = list(self._in_use)
        cancelling = [threading.Thread(target=_cancel, args=(connection,), daemon=True) for connection in in_use]
        for thread in cancelling:
            thread.start()
        for thread in cancelling:
            thread.join(CANCEL_SECONDS)


def _cancel(connection: Any) -> None:
    import psycopg

    try:
        connection.cancel_safe(timeout=CANCEL_SECONDS)
    except psycopg.Error:
        return  # it is away, or done: there is nothing to break off
