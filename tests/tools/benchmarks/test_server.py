"""The counting server: what it sends is what it counts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.benchmarks.server import Answer, CountingServer

TIMEOUT = 10
"""Seconds; the server is on this machine."""
SCRIPT = "export const words = [" + "'thủ tục', " * 100 + "];"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A portal of three files, and a secret beside it."""
    output = tmp_path / "output"
    (output / "theme").mkdir(parents=True)
    (output / "index.html").write_text("<h1>Trang chủ</h1>" * 20, encoding="utf-8")
    (output / "theme" / "tim kiếm.js").write_text(SCRIPT, encoding="utf-8")
    (output / "packed.bin").write_bytes(zlib.compress(SCRIPT.encode(), 9))
    (tmp_path / "secret.txt").write_text("nobody may read this", encoding="utf-8")
    return output


@pytest.fixture
def compressed() -> list[bytes]:
    """What was given to be compressed."""
    return []


@pytest.fixture
def server(folder: Path, compressed: list[bytes]) -> CountingServer:
    def compress(content: bytes) -> bytes:
        compressed.append(content)
        return zlib.compress(content, 9)

    return CountingServer(folder, compress)


@pytest.fixture
def address(server: CountingServer) -> Iterator[str]:
    with server.running() as url:
        yield url


def get(address: str, *paths: str) -> list[tuple[int, HTTPMessage, bytes]]:
    """Answers to paths as they are written, over one connection."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
    answers = []
    try:
        for path in paths:
            connection.putrequest("GET", path)
            connection.endheaders()
            answer = connection.getresponse()
            answers.append((answer.status, answer.headers, answer.read()))
    finally:
        connection.close()
    return answers


def test_body_is_compressed_and_counted_as_it_was_sent(server: CountingServer, address: str) -> None:
    [(status, headers, body)] = get(address, "/theme/tim%20ki%E1%BA%BFm.js?v=1")

    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert zlib.decompress(body).decode() == SCRIPT
    assert server.taken() == (Answer("/theme/tim kiếm.js", len(body)),)


def test_what_compression_makes_larger_is_sent_as_it_is(server: CountingServer, address: str, folder: Path) -> None:
    [(_, headers, body)] = get(address, "/packed.bin")

    assert headers["Content-Encoding"] is None
    assert body == (folder / "packed.bin").read_bytes()
    assert server.taken() == (Answer("/packed.bin", len(body)),)


def test_each_request_is_counted_and_each_file_compressed_once(
    server: CountingServer, address: str, compressed: list[bytes]
) -> None:
    get(address, "/", "/index.html", "/")

    assert [answer.path for answer in server.taken()] == ["/", "/index.html", "/"]
    assert len(compressed) == 1


def test_what_was_taken_is_not_counted_again(server: CountingServer, address: str) -> None:
    get(address, "/")
    first = server.taken_when_quiet()
    get(address, "/packed.bin")

    assert [answer.path for answer in first] == ["/"]
    assert [answer.path for answer in server.taken_when_quiet()] == ["/packed.bin"]
    assert server.taken_when_quiet() == ()


@pytest.mark.parametrize("path", ["/khong-co.json", "/theme/", "/../secret.txt", "/%2e%2e/secret.txt", "/a%00b"])
def test_what_is_not_there_is_a_request_without_bytes(server: CountingServer, address: str, path: str) -> None:
    [(status, _, body)] = get(address, path)

    assert (status, body) == (404, b"")
    assert [answer.size for answer in server.taken()] == [0]


def test_release_made_of_links_is_served(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "index.html").write_text("kết hôn", encoding="utf-8")
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "tim-kiem").symlink_to("../versions")
    linked = CountingServer(tmp_path / "release", lambda content: content)

    assert [body and body.sent.decode() for body in map(linked.answer, ("/tim-kiem/", "/../versions/index.html"))] == [
        "kết hôn",
        None,
    ]
