"""Serves the folder of the built portal as a careful web server would.

The standard library's server carries it. Werkzeug's development server is the same underneath, and ends the process
where a port is taken; waitress, which carries the gateway, has a fixed number of threads, of which each page that is
open on a desk would hold one for its events. Tags and dates are compared as Werkzeug reads them.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any, BinaryIO
from urllib.parse import unquote

from werkzeug.http import parse_etags, quote_etag

from plugins.portal import addresses
from plugins.portal.http_headers import CONTENT_TYPES, FONTS, content_type, headers_of
from plugins.serving.reloading import EVENTS, FILES, PREFIX, Reloading, with_script


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    path = ""  # of a request that cannot be read
    status = HTTPStatus.OK.value

    def __init__(self, *args: Any, look_up_url: str, reloading: Reloading | None, **kwargs: Any) -> None:
        self.look_up_url = look_up_url
        self.reloading = reloading
        super().__init__(*args, **kwargs)  # answers the request

    def send_response(self, code: int, message: str | None = None) -> None:
        self.status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        for name, value in headers_of(self.path, self.look_up_url, self.status).items():
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send what stands before the body, and give the file that is the body; None where there is none."""
        address, _, query = self.path.partition("?")
        if address.startswith(FONTS) and self.headers.get("Save-Data") == "on":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return None
        if self.reloading is not None and address.startswith(PREFIX):
            return self._of_the_desk(address, self.reloading)
        path = "" if "\0" in unquote(address) else self.translate_path(address)  # no file has such a name
        if os.path.isdir(path) and not path.endswith("/"):  # noqa: PTH112  # of Path, it raises for a name too long
            self._redirect(f"/{address.strip('/')}/", query)
            return None
        try:
            file = Path(f"{path}index.html" if path.endswith("/") else path).open("rb")  # noqa: SIM115  # given away
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        file_stat = os.fstat(file.fileno())
        if self.reloading is not None and Path(file.name).suffix == ".html":
            with file:
                return self._page_on_a_desk(file.read(), _tag(file_stat))
        known = self._is_known(file_stat)
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        if not known:
            self.send_header("Content-Type", content_type(Path(file.name).name))
            self.send_header("Content-Length", str(file_stat.st_size))
        self.send_header("ETag", quote_etag(_tag(file_stat)))
        self.send_header("Last-Modified", self.date_time_string(int(file_stat.st_mtime)))
        self.end_headers()
        if not known:
            return file
        file.close()
        return None

    def _page_on_a_desk(self, page: bytes, tag: str) -> io.BytesIO:
        """A page that loads itself again when it is built anew; browsers keep none of it."""
        reloading_page = with_script(page, tag)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPES[".html"])
        self.send_header("Content-Length", str(len(reloading_page)))
        self.send_header("X-Desk-Tag", tag)
        self.end_headers()
        return io.BytesIO(reloading_page)

    def _of_the_desk(self, address: str, reloading: Reloading) -> io.BytesIO | None:
        """What the pages on a desk ask the server itself for."""
        if address == EVENTS:
            self._tell_of_builds(reloading)
            return None
        if address not in FILES:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        content = FILES[address].read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPES[FILES[address].suffix])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def _tell_of_builds(self, reloading: Reloading) -> None:
        """Send an event for each build until the page is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            for event in reloading.events():
                self.wfile.write(event)
        except (BrokenPipeError, ConnectionResetError):
            return  # the browser went elsewhere

    def _is_known(self, file_stat: os.stat_result) -> bool:
        """Whether the browser has this very file. An older one than it has is another: releases may be taken back."""
        if self.path.startswith(f"/{addresses.LIVE}"):
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return parse_etags(tags).contains_weak(_tag(file_stat))
        return self.headers.get("If-Modified-Since") == self.date_time_string(int(file_stat.st_mtime))

    def _redirect(self, address: str, query: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address + (f"?{query}" if query else ""))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        of_api = self.path.startswith(f"/{addresses.API_ROOT}")
        page = Path(self.directory) / (addresses.API_NOTHING if of_api else "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", content_type(page.name))
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


def _tag(file_stat: os.stat_result) -> str:
    """Of a file that is never written into, only replaced: another file, another tag."""
    return f"{file_stat.st_mtime_ns:x}-{file_stat.st_size:x}-{file_stat.st_ino:x}"


class PortalServer:
    """A web server over a folder that may be exchanged while it runs."""

    def __init__(
        self,
        folder: Path,
        host: str = "127.0.0.1",
        port: int = 8000,
        look_up_url: str = "",
        reloading: Reloading | None = None,
    ) -> None:
        """`look_up_url` answers what citizens ask about one dossier; empty where nothing does.

        With `reloading`, pages load themselves again when it is told of a build.
        """
        self._reloading = reloading
        handler = partial(_Handler, directory=str(folder), look_up_url=look_up_url, reloading=reloading)
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
            if self._reloading is not None:
                self._reloading.end()
            self._server.shutdown()
            self._server.server_close()
            thread.join()
