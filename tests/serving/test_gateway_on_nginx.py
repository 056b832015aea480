"""The lines of docs/gateway.md for nginx, started on Debian's: a proxy with a certificate before the gateway."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
import trustme

from tests.provinces import ROOT
from tests.serving import nginx
from tests.waiting import PATIENCE

TIMEOUT = 10
"""Seconds; the server is on this machine."""


class _Telling(BaseHTTPRequestHandler):
    """Stands where the gateway listens, and tells what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the base class's name
        body = json.dumps({"path": self.path, **dict(self.headers.items())}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Nobody reads it."""


@contextmanager
def gateway() -> Iterator[int]:
    """What nginx passes on to; gives its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Telling) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join(timeout=PATIENCE)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that nginx's user may read."""
    made = Path(tempfile.mkdtemp(prefix="gateway-"))
    try:
        made.chmod(0o755)
        yield made
    finally:
        shutil.rmtree(made)


def documented(folder: Path, port: int, behind: int) -> str:
    """The documented text, with the ports and the certificate of this machine in their places."""
    text = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
    block: str
    [block] = re.findall(r"^    server \{\n(?:(?:    .*)?\n)*?^    \}\n", text, re.MULTILINE)
    for there, here in (
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"/etc/ssl/motcua\.pem", f"{folder}/all.pem"),
        (r"/etc/ssl/private/motcua\.key", f"{folder}/all.pem"),
        (r"http://127\.0\.0\.1:8010", f"http://127.0.0.1:{behind}"),
    ):
        block, times = re.subn(there, here, block)
        assert times, there
    return block


def test_lookups_are_passed_on_with_who_asks_and_statistics_are_closed(folder: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "all.pem"))
    (folder / "all.pem").chmod(0o644)
    server = nginx.Nginx(folder / "nginx")
    with (
        gateway() as behind,
        server.running(lambda port: documented(folder, port, behind)) as port,
        requests.Session() as session,
    ):
        session.trust_env = False  # which may name other certificates
        session.verify = str(folder / "ca.pem")
        root = f"https://127.0.0.1:{port}"
        spoofed = {"X-Forwarded-For": "192.0.2.10"}
        look_up = session.get(f"{root}/v1/dossiers/000.00.14.H30-190924-0002", headers=spoofed, timeout=TIMEOUT)
        statistics = [
            session.get(root + path, headers=spoofed, timeout=TIMEOUT).status_code
            for path in ("/v1/statistics", "/v1/statistics?by=total", "//v1/statistics", "/v1/x/../statistics")
        ]
    asked = look_up.json()

    assert server.log.count("access forbidden by rule") == 4
    assert (asked["path"], asked["X-Forwarded-For"]) == ("/v1/dossiers/000.00.14.H30-190924-0002", "127.0.0.1")
    assert statistics == [403] * 4
