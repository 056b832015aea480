"""Serves the folder of the built portal as a careful web server would."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any, BinaryIO
from urllib.parse import unquote, urlsplit

from plugins.portal import addresses

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer; docs/operating.md gives the same for nginx, and a test holds them together."""


def headers_of(path: str, look_up_url: str = "") -> dict[str, str]:
    """What is sent with the answer at a path; the page of the look-up alone may ask the system that answers it."""
    if not look_up_url or path.partition("?")[0] != f"/{addresses.LOOKUP}":
        return HEADERS
    parts = urlsplit(look_up_url)
    policy = HEADERS["Content-Security-Policy"]
    opened = policy.replace("connect-src 'self'", f"connect-src 'self' {parts.scheme}://{parts.netloc}")
    return HEADERS | {"Content-Security-Policy": opened}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    path = ""  # of a request that cannot be read
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".atom": "application/atom+xml; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".webp": "image/webp",
    }

    def __init__(self, *args: Any, look_up_url: str, **kwargs: Any) -> None:
        self.look_up_url = look_up_url
        super().__init__(*args, **kwargs)  # answers the request

    def end_headers(self) -> None:
        for name, value in headers_of(self.path, self.look_up_url).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if "\0" in unquote(self.path):  # no file has such a name, and looking for one would raise
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if self.path.startswith(f"/{addresses.LIVE}"):
            del self.headers["If-Modified-Since"]  # counts seconds, and figures may change twice in one
        return super().send_head()

    def list_directory(self, path: object) -> io.BytesIO | None:
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]
        try:
            super().copyfile(source, outputfile)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the browser went elsewhere

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """A desk needs no access log."""


class PortalServer:
    """A web server over a folder that may be exchanged while it runs."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 8000, look_up_url: str = "") -> None:
        """`look_up_url` answers what citizens ask about one dossier; empty where nothing does."""
        handler = partial(_Handler, directory=str(folder), look_up_url=look_up_url)
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/"

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve in the background while the block runs; gives the address."""
        thread = threading.Thread(target=self._server.serve_forever, name="portal-server", daemon=True)
        thread.start()
        try:
            yield self.address
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()
