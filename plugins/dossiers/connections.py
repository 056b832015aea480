"""Connections that can be cut from outside, while a thread hangs in them.

A backend may send a header one byte at a time: no timeout of requests ever strikes, for each byte came in time.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool


class Line:
    """The sockets of one refresh, and whether it still has a use for them."""

    def __init__(self) -> None:
        self.cut = threading.Event()
        self._open: list[socket.socket] = []

    def opened(self, connected: socket.socket) -> None:
        """Called by each connection; one that comes after the end, when a name was resolved at last, ends here."""
        self._open.append(connected)
        if self.cut.is_set():
            self.hang_up()
            raise ConnectionAbortedError("the time limit is over")

    def hang_up(self) -> None:
        """End whatever waits for the backend, at once."""
        self.cut.set()
        for connected in self._open:
            try:
                # TLS would say goodbye first, and wait for an answer.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself


class WatchedAdapter(HTTPAdapter):
    """requests' own adapter, whose connections are told to a line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
        if isinstance(pool, HTTPConnectionPool):
            pool.ConnectionCls = _watched(type(pool).ConnectionCls, self._line)
        return pool


def _watched(kind: Any, line: Line) -> type[HTTPConnection]:
    """The connection class of a pool, which tells of its socket once it is there."""

    class Watched(kind):  # type: ignore[misc]  # plain or TLS, as the pool needs
        def connect(self) -> None:
            super().connect()
            line.opened(self.sock)

    return Watched
