"""What waitress lacks for a server that anyone may reach: a limit on the time of a request, and two sets of threads.

waitress closes connections that are silent. Who sends a byte every few seconds is not, and could hold a connection
without end; so each connection has a time within which a request must be there as a whole, and one within which its
answer must be taken. Lookups wait for the database and citizens for them; statistics and health wait for neither, so
they have threads of their own.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from plugins.gateway.app import BUSY, DOSSIERS

REQUEST_SECONDS = 10.0
"""From the first byte of a request to its last."""
ANSWER_SECONDS = 60.0
"""From an answer to its last byte taken."""
SHUTDOWN_SECONDS = 2.5
MOST_WAITING = 64
"""Lookups that wait for a thread; more are told at once to come again."""
LONGEST_WAIT = 2.0
"""Seconds after which a lookup that waited is told so as well: its citizen has given up, or soon will."""


class Task(WSGITask):  # type: ignore[misc]  # waitress is not typed
    """Tells the application whether a lookup came when too many waited."""

    def get_environment(self) -> dict[str, Any]:
        environment: dict[str, Any] = super().get_environment()
        if self.channel.busy:
            environment[BUSY] = True
        return environment


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it has been sending a request, or being sent an answer."""

    task_class = Task
    busy = False
    begun: float | None = None
    """When the first byte of a request came that is not there as a whole; by the monotonic clock, as all here."""
    answered: float | None = None
    """When the last answer was ready to be taken."""
    queued = 0.0

    def received(self, data: bytes) -> bool:
        # Before the request can be whole: then another thread takes it up, and there is none begun.
        if self.begun is None:
            self.begun = time.monotonic()
        took: bool = super().received(data)
        return took

    def service(self) -> None:
        self.begun = None
        if self.is_lookup and time.monotonic() - self.queued > LONGEST_WAIT:
            self.busy = True
        super().service()
        self.answered = time.monotonic()

    @property
    def is_lookup(self) -> bool:
        """Whether the request that comes next asks about a dossier."""
        return bool(self.requests) and str(getattr(self.requests[0], "path", "")).startswith(DOSSIERS)

    def is_too_slow(self, now: float) -> bool:
        """Whether it holds a connection that others need."""
        if self.begun is not None and now - self.begun > REQUEST_SECONDS and not self.requests:
            return True
        return bool(self.total_outbufs_len and self.answered is not None and now - self.answered > ANSWER_SECONDS)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Closes connections that are too slow, beside those that are silent."""

    channel_class = Channel

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        moment = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.is_too_slow(moment):
                channel.will_close = True


class Dispatcher:
    """Gives lookups to threads of their own; in the form of waitress's dispatcher."""

    def __init__(self, threads: int, lookup_threads: int) -> None:
        self._usual, self._lookups = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._usual.set_thread_count(threads)
        self._lookups.set_thread_count(lookup_threads)

    def add_task(self, channel: Channel) -> None:
        """Called by waitress where a request is whole."""
        channel.queued = time.monotonic()
        channel.busy = channel.is_lookup and len(self._lookups.queue) >= MOST_WAITING
        # That it has to come again is told by those who have time.
        (self._lookups if channel.is_lookup and not channel.busy else self._usual).add_task(channel)

    def shutdown(self) -> None:
        """Answer to the end what is being answered, for `SHUTDOWN_SECONDS` each."""
        self._lookups.shutdown(timeout=SHUTDOWN_SECONDS)
        self._usual.shutdown(timeout=SHUTDOWN_SECONDS)
