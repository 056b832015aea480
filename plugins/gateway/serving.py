"""Serves the gateway with waitress: few threads, short patience, small requests."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from waitress.adjustments import Adjustments
from waitress.wasyncore import close_all

from plugins.gateway.app import make_app
from plugins.gateway.connections import Dispatcher, Server
from plugins.gateway.log import server_log
from plugins.gateway.lookup import LookupSource
from plugins.gateway.rows import Inventory
from plugins.gateway.running import Running
from plugins.gateway.settings import GatewaySettings
from plugins.gateway.statistics import StatisticsSource
from plugins.gateway.tables import LOOKING_UP, LOOKUP_THREADS, READING, Unavailable, connect
from plugins.gateway.views import check_views
from plugins.portal.problems import SettingsError, Text, text
from plugins.portal.system_errors import reason

THREADS = 8
"""For everything but lookups."""
CONNECTIONS = 500
SILENCE_SECONDS = 30
"""After which a connection that says nothing is closed."""
SWEEP_SECONDS = 2
"""Between two looks for connections that are silent or too slow."""
MAX_HEADER_BYTES = 16_384
MAX_BODY_BYTES = 4_096
"""Nothing here takes a body."""
ENDING_SECONDS = 1.0
"""For which the database may go on with what is being answered when the gateway ends."""
PATIENCE = 0.05
"""Seconds that a question waits for newer figures."""
LOG = server_log(__name__)


class GatewayServer:
    """The gateway over one database, at an address of this machine."""

    def __init__(
        self,
        settings: GatewaySettings,
        on_reading: Callable[[Inventory, Unavailable | None], object] = lambda inventory, refusal: None,
    ) -> None:
        """Listens, once the database is as it must be, or away for now. `on_reading` is that of `StatisticsSource`.

        Raises `PortalError` where the address cannot be had or the database cannot be used, `Unavailable` where
        somebody has to change a setting, a right or a view before it can.
        """
        url = settings.database_url.get_secret_value()
        self._running = Running()
        self._engine = connect(url, READING, self._running)
        self._lookup_engine = connect(url, LOOKING_UP, self._running)
        self.warnings = tuple(self._check(settings))
        for warning in self.warnings:
            LOG.warning("%s", warning.render())
        listening = _listening(settings.bind, settings.port)
        self._statistics = StatisticsSource(
            self._engine,
            on_reading,
            fresh_for=settings.fresh_for,
            full_read=settings.full_read,
            stale_for=settings.stale_for,
            most_left_out=settings.most_left_out,
            patience=PATIENCE,
        )
        self._lookup = LookupSource(self._lookup_engine)
        adjustments = Adjustments(
            sockets=[listening],
            connection_limit=CONNECTIONS,
            channel_timeout=SILENCE_SECONDS,
            cleanup_interval=SWEEP_SECONDS,
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=MAX_BODY_BYTES,
            asyncore_use_poll=True,
            ident=None,  # no banner
            clear_untrusted_proxy_headers=False,  # plugins.gateway.limits decides whom to believe
        )
        self._server = Server(
            make_app(settings, self._statistics, self._lookup),
            map={},
            dispatcher=Dispatcher(THREADS, LOOKUP_THREADS),
            adj=adjustments,
            bind_socket=False,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            _sock=listening,
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
            # What is being answered is answered to its end, but for what the database would have them wait for.
            breaking_off = threading.Timer(ENDING_SECONDS, self._running.break_off)
            breaking_off.start()
            self._server.task_dispatcher.shutdown()
            breaking_off.cancel()
            self._running.break_off()
            self._server.trigger.pull_trigger(lambda: close_all(self._server._map))
            thread.join()
            self._close_database()

    def _check(self, settings: GatewaySettings) -> Iterator[Text]:
        """What is to be told at the start. Raises `Unavailable` where waiting would not help."""
        try:
            check_views(self._lookup_engine)
        except Unavailable as error:
            if error.lasting:
                self._lookup_engine.dispose()
                raise
            yield text("There is nothing to answer with until the database is there: {why}.", why=error.message)
        if not _stays_on_this_machine(settings.bind):
            yield text(
                "GATEWAY_BIND is {address}: others reach the gateway over plain HTTP, on which everyone on the way can"
                " read the token; put a web server with TLS before it, and have it listen on 127.0.0.1"
                " (docs/gateway.md).",
                address=settings.bind,
            )

    def _serve(self, ended: threading.Event) -> None:
        """Runs until nothing is left to listen to."""
        try:
            self._server.run()
        finally:
            ended.set()

    def _close_database(self) -> None:
        self._statistics.close()
        self._lookup.close()
        self._engine.dispose()
        self._lookup_engine.dispose()


def _stays_on_this_machine(bind: str) -> bool:
    address = ipaddress.ip_address(bind)
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _listening(bind: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    try:
        return socket.create_server((bind, port), family=family)
    except OSError as error:
        raise SettingsError(
            text(
                "GATEWAY_PORT: cannot listen on {address}: {reason}; take another one",
                address=f"{bind}:{port}",
                reason=reason(error),
            )
        ) from error
