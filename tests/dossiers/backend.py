"""A backend on loopback that behaves as it is told, also as none should."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from plugins.portal.values import VIETNAM
from tests.waiting import PATIENCE

Document = dict[str, Any]
Behaviour = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request and what is answered to it."""

    server: Backend

    def do_GET(self) -> None:
        self.server.seen.append(self)
        behaviours = self.server.behaviours
        (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(self)

    def asked(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query)[name][0]

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        given = {"Content_Type": "application/json", "Content_Length": str(len(body))} | headers
        for name, value in given.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Say nothing."""


class Backend(ThreadingHTTPServer):
    """Answers each request with the next of its behaviours, the last of them for ever."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.behaviours: list[Behaviour] = []
        self.seen: list[Exchange] = []
        self.ended = threading.Event()
        self.scheme = "https" if certificate else "http"
        if certificate:
            self.socket = certificate.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *failed: object) -> None:
        """The other side hung up, as it should."""


@contextmanager
def backend(*behaviours: Behaviour, certificate: ssl.SSLContext | None = None) -> Iterator[Backend]:
    """A backend that runs."""
    server = Backend(certificate)
    server.behaviours = list(behaviours)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join(PATIENCE)
        server.server_close()


def counts(received: int = 111_500, resolved: int = 108_200, early: int = 90_000) -> Document:
    """Figures that add up; with the defaults nearly those of 1/1-24/9/2019."""
    on_time = (resolved - early) * 8 // 10
    return {
        "received": {"total": received, "online": 30, "in_person": received - 1_030, "carried_over": 1_000},
        "resolved": {"total": resolved, "early": early, "on_time": on_time, "overdue": resolved - early - on_time},
        "pending": {"total": received - resolved, "within": received - resolved - 7, "overdue": 7},
        "processing_days": {"median": 2.5, "p90": 9},
    }


def row(key: str, **changed: int) -> Document:
    return {"key": key, "name": f"Tên {key}", **counts(**changed)}


def just_now() -> datetime:
    """A minute ago; in the first minute of a year, when it began."""
    now = datetime.now(VIETNAM)
    return max(now - timedelta(minutes=1), now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0))


def statistics(first_day: str, last_day: str, as_of: datetime | None = None, **changed: int) -> Document:
    """An answer of the contract."""
    moment = as_of or just_now()
    return {
        "as_of": moment.isoformat(),
        "from": first_day,
        "to": last_day,
        "rows": {
            "total": [row("total", **changed)],
            "agency": [row("so-y-te", received=5_000, resolved=4_000, early=1_000), row("so-tu-phap")],
            "field": [row("ho-tich")],
            "channel": [row("online"), row("post")],
            "month": [row("2019-08"), row("2019-09")],
        },
    }


def figures(change: Callable[[Document], object] = lambda document: None, etag: str = "", **changed: int) -> Behaviour:
    """Answer as agreed, but for a change."""

    def answer(exchange: Exchange) -> None:
        document = statistics(exchange.asked("from"), exchange.asked("to"), None, **changed)
        change(document)
        headers = {"ETag": etag} if etag else {}
        if etag and exchange.headers["If-None-Match"] == etag:
            exchange.reply(b"", 304, **headers)
        else:
            exchange.reply(json.dumps(document).encode(), 200, **headers)

    return answer


def says(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda exchange: exchange.reply(body, status, **headers)


def document(content: object) -> Behaviour:
    return says(json.dumps(content).encode())


def redirects(target: str, status: int = 302) -> Behaviour:
    """To another address; `{path}` is the one that was asked for."""
    return lambda exchange: exchange.reply(b"", status, Location=target.format(path=exchange.path))


def raw(content: bytes) -> Behaviour:
    """Bytes in place of HTTP; then hang up."""

    def answer(exchange: Exchange) -> None:
        exchange.wfile.write(content)
        exchange.close_connection = True

    return answer


def drips(head: bytes, drop: bytes, seconds: float = 0.05) -> Behaviour:
    """A beginning, and then a little at a time without end."""

    def answer(exchange: Exchange) -> None:
        exchange.wfile.write(head)
        while not exchange.server.ended.wait(seconds):
            exchange.wfile.write(drop)

    return answer


def silent(exchange: Exchange) -> None:
    """Take the request, and say nothing."""
    exchange.server.ended.wait(PATIENCE)


def endless(exchange: Exchange) -> None:
    """An answer without an end, as fast as it is read."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while not exchange.server.ended.is_set():
        exchange.wfile.write(b" " * 65_536)


def gzip_bomb(megabytes: int) -> Behaviour:
    """Some kilobytes on the way, and that many megabytes when unpacked."""
    return says(gzip.compress(b" " * megabytes * 1_000_000, 1), Content_Encoding="gzip")
