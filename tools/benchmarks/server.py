"""A web server on this machine that counts what it sends."""

from __future__ import annotations

import mimetypes
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_QUIET = 0.3
"""Seconds without a request after which a page is taken to have asked for all it wants."""
_KEPT = "max-age=31536000"
"""Nothing changes during a run, so no engine pays twice for what a browser may keep."""


@dataclass(frozen=True)
class Answer:
    """One request's answer."""

    path: str
    """Without the query."""
    size: int
    """Bytes of the body as it was sent; headers are not counted, they are of the web server."""


@dataclass(frozen=True)
class _Body:
    sent: bytes
    encoding: str | None


class CountingServer:
    """Serves a folder compressed as well as can be; each file is compressed once."""

    def __init__(self, folder: Path, compress: Callable[[bytes], bytes]) -> None:
        self._folder = folder.resolve()
        self._compress = compress
        self._bodies: dict[Path, _Body] = {}
        self._answers: list[Answer] = []
        self._lock = threading.Lock()

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve in the background while the block runs; gives the address."""
        with ThreadingHTTPServer(("127.0.0.1", 0), self._handler()) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, name="counting-server", daemon=True)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}/"
            finally:
                server.shutdown()
                thread.join()

    def taken(self) -> tuple[Answer, ...]:
        """The answers since this was last asked for, in the order of their requests."""
        with self._lock:
            answers, self._answers = tuple(self._answers), []
        return answers

    def taken_when_quiet(self) -> tuple[Answer, ...]:
        """The same, once no more requests come: a page may go on loading after it has shown what it found."""
        answers: tuple[Answer, ...] = ()
        while True:
            time.sleep(_QUIET)
            more = self.taken()
            if not more:
                return answers
            answers += more

    def answer(self, path: str) -> _Body | None:
        """The body for an address, which is counted; None where there is no such file."""
        file = self._file(path)
        with self._lock:
            if file is not None and file not in self._bodies:
                self._bodies[file] = self._body(file.read_bytes())
            body = self._bodies[file] if file is not None else None
            self._answers.append(Answer(path, len(body.sent) if body else 0))
        return body

    def _file(self, path: str) -> Path | None:
        if "\0" in path:  # no file has such a name, and looking for one would raise
            return None
        # A release is made of links to versions that lie beside it: what an address says must not lead out, links may.
        file = Path(os.path.normpath(self._folder / path.lstrip("/")))
        if not file.is_relative_to(self._folder):
            return None
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() else None

    def _body(self, content: bytes) -> _Body:
        compressed = self._compress(content)
        # Pagefind's files are compressed already: no server would do it again for nothing.
        return _Body(compressed, "br") if len(compressed) < len(content) else _Body(content, None)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        counting = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # the base class's name
                path = unquote(urlsplit(self.path).path)
                body = counting.answer(path)
                self.send_response(HTTPStatus.OK if body else HTTPStatus.NOT_FOUND)
                self.send_header("Content-Length", str(len(body.sent) if body else 0))
                self.send_header("Content-Type", _kind(path))
                self.send_header("Cache-Control", _KEPT)
                if body and body.encoding:
                    self.send_header("Content-Encoding", body.encoding)
                self.end_headers()
                if body:
                    self.wfile.write(body.sent)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
                """The answers are kept instead."""

        return Handler


def _kind(path: str) -> str:
    if path.endswith("/"):
        return "text/html; charset=utf-8"
    if path.endswith(".js"):  # what the machine's own table says of it, no browser need take as a module
        return "text/javascript; charset=utf-8"
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
