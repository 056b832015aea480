"""Serves the gateway with waitress: few threads, short patience, small requests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress.server import create_server
from waitress.wasyncore import close_all

from plugins.gateway.app import make_app
from plugins.gateway.lookup import LookupSource
from plugins.gateway.settings import GatewaySettings
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import connect
from plugins.portal.problems import SettingsError

THREADS = 8
CONNECTIONS = 500
SILENCE_SECONDS = 30
"""After which a connection that says nothing is closed."""
MAX_HEADER_BYTES = 16_384
MAX_BODY_BYTES = 4_096
"""Nothing here takes a body."""


class GatewayServer:
    """The gateway over one database, at an address of this machine."""

    def __init__(self, settings: GatewaySettings) -> None:
        """Listens at once. Raises `PortalError` where the address or the database cannot be had."""
        self._engine = connect(settings.database_url.get_secret_value())
        listening = _listening(settings.bind, settings.port)
        self._statistics = StatisticsSource(
            self._engine,
            fresh_for=settings.fresh_for,
            full_read=settings.full_read,
            stale_for=settings.stale_for,
        )
        self._server: Any = create_server(  # its published types lack what a server has
            make_app(settings, self._statistics, LookupSource(self._engine)),
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENCE_SECONDS,
            cleanup_interval=SILENCE_SECONDS // 3,
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=MAX_BODY_BYTES,
            asyncore_use_poll=True,
            ident=None,  # no banner
            clear_untrusted_proxy_headers=False,  # plugins.gateway.limits decides whom to believe
        )

    @property
    def address(self) -> str:
        """Without a slash at its end, as DOSSIER_BACKEND_URL has it."""
        host, port = self._server.effective_host, self._server.effective_port
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @contextmanager
    def running(self, ended: threading.Event | None = None) -> Iterator[str]:
        """Serve in the background while the block runs; gives the address.

        Sets `ended` when serving ends, whatever the reason: who waits for nothing else learns of it.
        """
        thread = threading.Thread(target=self._serve, args=(ended or threading.Event(),), name="gateway", daemon=True)
        thread.start()
        try:
            yield self.address
        finally:
            self._server.task_dispatcher.shutdown()  # what is being answered is answered to its end
            self._server.trigger.pull_trigger(lambda: close_all(self._server._map))
            thread.join()
            self._close_database()

    def _serve(self, ended: threading.Event) -> None:
        """Runs until nothing is left to listen to."""
        try:
            self._server.run()
        finally:
            ended.set()

    def _close_database(self) -> None:
        self._statistics.close()
        self._engine.dispose()


def _listening(bind: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    try:
        return socket.create_server((bind, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"GATEWAY_PORT: cannot listen on {bind}:{port}: {error.strerror}; take another one"
        ) from error
