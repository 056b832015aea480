"""Whatever a backend does: the last good figures stay, the reason is told, in time, and the token nowhere."""

from __future__ import annotations

import argparse
import io
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from rich.console import Console

from plugins.command_line.dossiers import refresh_dossiers
from plugins.dossiers import client
from plugins.dossiers.failures import Reason
from plugins.dossiers.snapshots import CLOCKS_DIFFER
from plugins.portal.values import VIETNAM
from tests.dossiers import backend as served
from tests.dossiers.backend import Backend, Behaviour, Document, Exchange, backend, figures
from tests.waiting import PATIENCE

TOKEN = "bi-mat-0123456789"
TIME_LIMIT = 2.0


@dataclass
class Desk:
    """Where a refresh runs: its folders and what it said."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    caplog: pytest.LogCaptureFixture
    said: str = ""
    seconds: float = 0.0

    def refresh(self, url: str, **settings: object) -> bool:
        """Run the command as it is run from cron, with the token in the environment."""
        console = Console(file=io.StringIO(), width=400)
        given = {
            "DEFAULT_LANG": "vi",
            "OUTPUT_PATH": str(self.folder / "output"),
            "DOSSIER_BACKEND_URL": url,
            "DOSSIER_STATE_PATH": str(self.folder / "state"),
            "DOSSIER_TIME_LIMIT": TIME_LIMIT,
        }
        started = time.monotonic()
        new = refresh_dossiers(argparse.Namespace(lang="en", outputs=None), given | settings, console)
        self.seconds = time.monotonic() - started
        assert isinstance(console.file, io.StringIO)
        self.said = console.file.getvalue()
        return new

    @property
    def state(self) -> bytes:
        return (self.folder / "state" / "last-good.json").read_bytes()

    @property
    def live(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "output" / "live" / "dossiers.json").read_bytes())
        return content

    def told(self) -> str:
        """Everything that was written anywhere."""
        files = [path.read_text("utf-8") for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return "\n".join([self.said, self.caplog.text, *files])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Desk:
    monkeypatch.setenv("DOSSIER_BACKEND_TOKEN", TOKEN)
    monkeypatch.setattr(client, "PAUSES", (0.02, 0.02))
    caplog.set_level(logging.DEBUG)
    (tmp_path / "output").mkdir()
    return Desk(tmp_path, monkeypatch, caplog)


def put(path: str, value: object) -> Callable[[Document], None]:
    """Change one place of an answer, such as `rows.total.0.received.total`."""

    def change(document: Document) -> None:
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        place: Any = document
        for step in way:
            place = place[step]
        place[last] = value

    return change


def dated(ahead: timedelta) -> Behaviour:
    """Figures of another moment than that of asking."""

    def date_it(document: Document) -> None:
        document["as_of"] = (datetime.now(VIETNAM) + ahead).isoformat()

    return figures(date_it)


def total(part: str, value: object) -> Behaviour:
    return figures(put(f"rows.total.0.{part}", value))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
HTML = b"<!DOCTYPE html><html><body>" + "Hệ thống đang bảo trì".encode() + b"</body></html>"

FAILURES: dict[str, tuple[Behaviour, Reason, int]] = {
    "status 500": (served.says(b"{}", 500), "server_error", 3),
    "status 503 for a minute": (served.says(b"{}", 503, Retry_After="60"), "server_error", 1),
    "dossiers that cannot be relied upon": (
        served.says(b'{"reason": "rows", "column": "due_at", "detail": "<b>x</b>"}', 503), "unreliable", 1,
    ),
    "dossiers of no known column": (served.says(b'{"reason": "rows", "column": ["x"]}', 503), "unreliable", 1),
    "another reason": (served.says(b'{"reason": "database"}', 503), "server_error", 3),
    "a reason without end": (
        served.drips(b"HTTP/1.1 503 Service Unavailable\r\n\r\n", b" " * 65_536, 0), "server_error", 3,
    ),
    "a reason that is none": (served.says(b'["rows"]', 503), "server_error", 3),
    "status 429 for a minute": (served.says(b"{}", 429, Retry_After="60"), "rate_limited", 1),
    "status 429 until next year": (
        served.says(b"", 429, Retry_After="Wed, 01 Jan 2200 00:00:00 GMT"), "rate_limited", 1,
    ),
    "status 429 for no one knows how long": (served.says(b"{}", 429, Retry_After="mai"), "rate_limited", 3),
    "status 401": (served.says(b"{}", 401), "unauthorised", 1),
    "status 403": (served.says(b"{}", 403), "unauthorised", 1),
    "status 404": (served.says(b"{}", 404), "rejected", 1),
    "status 204": (served.raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "rejected", 1),
    "status 304 that was not asked for": (served.raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "rejected", 1),
    "redirect loop": (served.redirects("{path}"), "redirect_loop", 4),
    "redirect to nowhere": (served.says(b"", 302), "redirected_away", 1),
    "redirect that is no address": (served.redirects("https://[::1"), "redirected_away", 1),
    "redirect with a body without end": (
        served.drips(b"HTTP/1.1 302 Found\r\nLocation: http://a.vn/\r\n\r\n", b" " * 65_536, 0), "redirected_away", 1,
    ),
    "status 500 with a body without end": (
        served.drips(b"HTTP/1.1 501 Not Implemented\r\n\r\n", b" " * 65_536, 0), "server_error", 3,
    ),
    "HTML": (served.says(HTML, Content_Type="text/html"), "not_json", 1),
    "HTML that says it is JSON": (served.says(HTML), "not_json", 1),
    "nothing": (served.says(b""), "not_json", 1),
    "a thousand brackets": (served.says(b"[" * 1_000), "not_json", 1),
    "shorter than announced": (served.says(b'{"as_of"', Content_Length="4000"), "truncated", 3),
    "cut in the middle": (served.raw(HEAD + b'\r\n{"as_of": "2019'), "truncated", 1),
    "cut between chunks": (
        served.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\n[1, \r\n"), "truncated", 3,
    ),
    "broken gzip": (served.says(b"no gzip", Content_Encoding="gzip"), "truncated", 3),
    "gigantic by announcement": (served.says(b"[", Content_Length="9000000000"), "too_big", 1),
    "gigantic": (served.endless, "too_big", 1),
    "gigantic when unpacked": (served.gzip_bomb(200), "too_big", 1),
    "a list": (served.document([]), "wrong", 1),
    "null": (served.document(None), "wrong", 1),
    "another JSON": (served.document({"data": {"tongTiepNhan": 1}}), "wrong", 1),
    "a count as text": (total("received.total", "111500"), "wrong", 1),
    "a count with a fraction": (total("received.total", 1.5), "wrong", 1),
    "a count as a truth": (total("received.online", True), "wrong", 1),
    "a negative count": (total("resolved.early", -1), "wrong", 1),
    "a gigantic count": (total("resolved.early", 10**400), "wrong", 1),
    "a missing count": (total("resolved", {}), "wrong", 1),
    "NaN": (total("processing_days.median", float("nan")), "not_json", 1),
    "infinity": (total("processing_days.median", float("inf")), "not_json", 1),
    "infinity in figures": (
        served.says(b'{"as_of": "2019-09-24T10:15:00+07:00", "from": 1e999}'), "wrong", 1,
    ),
    "a moment as a number": (figures(put("as_of", 1_569_294_900)), "wrong", 1),
    "a moment without a time zone": (figures(put("as_of", "2019-09-24T10:15:00")), "wrong", 1),
    "a moment before the calendar": (figures(put("as_of", "0001-01-01T00:00:00+14:00")), "wrong", 1),
    "no total": (figures(put("rows.total", [])), "wrong", 1),
    "rows without end": (figures(put("rows.agency", [served.row(str(n)) for n in range(2_001)])), "wrong", 1),
    "an agency twice": (figures(put("rows.agency", [served.row("so-y-te")] * 2)), "wrong", 1),
    "a key that reads backwards": (figures(put("rows.agency.0.key", "so-\u202ey-te")), "wrong", 1),
    "a month that is none": (figures(put("rows.month.0.key", "2019-13")), "wrong", 1),
    "a channel that is none": (figures(put("rows.channel.0.key", "telepathy")), "wrong", 1),
    "half a character": (served.says(b'{"as_of": "\\ud800"}'), "not_json", 1),
    "the token in a name": (figures(put("rows.agency.0.name", f"Sở {TOKEN}")), "token_in_answer", 1),
    "older": (dated(-timedelta(days=1)), "older", 1),
    "from the future": (dated(CLOCKS_DIFFER + timedelta(minutes=1)), "future", 1),
    "last year's period": (figures(put("from", "2018-01-01")), "other_period", 1),
    "figures of long before the period": (dated(-timedelta(days=800)), "not_begun", 1),
    "fewer received": (figures(received=111_499), "shrunk", 1),
    "fewer resolved": (figures(resolved=108_199), "shrunk", 1),
    "silence": (served.silent, "time_limit", 1),
    "a slow drip": (served.drips(HEAD + b"\r\n[", b" "), "time_limit", 1),
    "a slow drip of headers": (served.drips(HEAD, b"X"), "time_limit", 1),
    "no HTTP": (served.raw(b"\x00\x01\x02" * 100), "unreachable", 3),
    "hanging up": (served.raw(b""), "unreachable", 3),
}  # fmt: skip


def check_kept(desk: Desk, before: bytes, reason: Reason) -> None:
    """The last good figures are where they were, with their age, and the reason beside them."""
    assert desk.seconds <= TIME_LIMIT
    assert desk.state == before
    assert desk.live["rows"]["total"]["received"]["total"] == 111_500
    assert desk.live["reason"] == reason
    assert "No new figures: " in desk.said
    assert "111,500 received" in desk.said
    assert TOKEN not in desk.told()


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_keeps_the_last_good_figures_and_tells_the_reason(desk: Desk, failure: str) -> None:
    behaviour, reason, requests = FAILURES[failure]
    with backend(figures()) as server:
        assert desk.refresh(server.url)
        before, known = desk.state, desk.live
        server.behaviours = [behaviour]
        server.seen.clear()

        new = desk.refresh(server.url)

        assert not new
        check_kept(desk, before, reason)
        assert desk.live["as_of"] == known["as_of"]
        assert [exchange.headers["Authorization"] for exchange in server.seen] == [f"Bearer {TOKEN}"] * requests


@pytest.fixture
def known(desk: Desk) -> bytes:
    """A desk that has figures, of a backend that is gone."""
    with backend(figures()) as server:
        desk.refresh(server.url)
        desk.monkeypatch.setenv("GONE", server.url)
    return desk.state


def test_refused_connection(desk: Desk, known: bytes) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and no listen(): whoever connects is refused

        assert not desk.refresh(f"http://127.0.0.1:{unused.getsockname()[1]}")

    check_kept(desk, known, "unreachable")


def test_name_that_nobody_knows(desk: Desk, known: bytes) -> None:
    def unknown(*question: Any, **more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")  # as a name server that knows it says

    with desk.monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        assert not desk.refresh("https://motcua.invalid/api")

    check_kept(desk, known, "unknown_host")
    assert "motcua.invalid" in desk.said


def asking_threads() -> list[threading.Thread]:
    """Those in which a backend is asked."""
    return [thread for thread in threading.enumerate() if thread.name == "limited"]


def test_resolver_that_hangs_does_not_hold_up_and_its_late_answer_is_not_used(desk: Desk, known: bytes) -> None:
    resolved, asked = threading.Event(), socket.getaddrinfo

    def hang(*question: Any, **more: Any) -> Any:
        resolved.wait(PATIENCE)
        return asked(*question, **more)

    with backend(figures()) as server:
        with desk.monkeypatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", hang)
            assert not desk.refresh(server.url)
            check_kept(desk, known, "time_limit")
            hanging = asking_threads()
            resolved.set()
            assert hanging
            for thread in hanging:
                thread.join(timeout=PATIENCE)
                assert not thread.is_alive()
        assert server.seen == []


def test_threads_end_with_the_connections_they_hang_in(desk: Desk, known: bytes) -> None:
    asking: list[threading.Thread] = []

    def drip(exchange: Exchange) -> None:
        asking.extend(asking_threads())
        served.drips(HEAD, b"X")(exchange)

    with backend(drip) as server:
        desk.refresh(server.url)

        assert asking
        for thread in asking:
            thread.join(timeout=5)  # the server goes on
            assert not thread.is_alive()


def test_time_without_a_byte_is_limited_too(desk: Desk, known: bytes) -> None:
    desk.monkeypatch.setattr(client, "READ_SECONDS", 0.2)
    for behaviour in (served.silent, served.drips(HEAD + b"\r\n[", b" ", seconds=5)):
        with backend(behaviour) as server:
            assert not desk.refresh(server.url)
        check_kept(desk, known, "too_slow")
        assert len(server.seen) == 1


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Backend]:
    """A backend whose certificate no browser knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with backend(figures(), certificate=context) as server:
        yield server


def test_certificate_that_nobody_vouches_for(desk: Desk, known: bytes, secure: Backend) -> None:
    assert not desk.refresh(secure.url)

    check_kept(desk, known, "untrusted")
    assert secure.seen == []


def test_certificate_of_an_authority_that_was_named(desk: Desk, secure: Backend, authority: trustme.CA) -> None:
    named = desk.folder / "authority.pem"
    authority.cert_pem.write_to_path(str(named))

    assert desk.refresh(secure.url, DOSSIER_BACKEND_CA=str(named))
    assert "111,500 received" in desk.said


def test_plain_http_where_tls_is_expected(desk: Desk, known: bytes) -> None:
    with backend(figures()) as server:
        assert not desk.refresh(server.url.replace("http:", "https:"))

    check_kept(desk, known, "untrusted")


def test_redirect_to_another_origin_is_not_followed_and_the_token_stays(desk: Desk, known: bytes) -> None:
    with backend(figures()) as other, backend(served.redirects(other.url + "{path}")) as server:
        assert not desk.refresh(server.url)

    check_kept(desk, known, "redirected_away")
    assert other.seen == []


def test_redirect_within_the_origin_is_followed(desk: Desk) -> None:
    with backend(served.redirects("/v2{path}", 308), figures()) as server:
        assert desk.refresh(server.url)

    assert [exchange.path.split("?")[0] for exchange in server.seen] == ["/v1/statistics", "/v2/v1/statistics"]


def test_failure_without_any_figures_says_so(desk: Desk) -> None:
    with backend(served.says(b"{}", 500)) as server:
        assert not desk.refresh(server.url)

    assert desk.said.startswith("No figures: 127.0.0.1 has a fault of its own (status 500).")
    assert desk.live["rows"] == {}
    assert desk.live["stale"]
    assert (desk.live["as_of"], desk.live["reason"]) == (None, "server_error")
    assert list((desk.folder / "state").iterdir()) == [desk.folder / "state" / "lock"]


def test_another_attempt_is_made_after_a_passing_fault(desk: Desk) -> None:
    passing = [served.says(b"{}", 502), served.says(b"{}", 429, Retry_After="0"), figures()]
    with backend(*passing) as server:
        assert desk.refresh(server.url)

    assert len(server.seen) == 3


def test_waits_as_long_as_the_backend_asks_within_the_time_limit(desk: Desk) -> None:
    with backend(served.says(b"{}", 429, Retry_After="1"), figures()) as server:
        assert desk.refresh(server.url)

    assert 1.0 <= desk.seconds <= TIME_LIMIT


def test_unchanged_figures_are_not_sent_again(desk: Desk) -> None:
    with backend(figures(etag='"mot"')) as server:
        desk.refresh(server.url)
        before = desk.state

        assert desk.refresh(server.url)

    assert "The backend has no newer figures." in desk.said
    assert desk.state == before
    assert "reason" not in desk.live
    assert [exchange.headers["If-None-Match"] for exchange in server.seen] == [None, '"mot"']


def test_entity_tag_of_another_mapping_is_not_used(desk: Desk) -> None:
    with backend(figures(etag='"mot"')) as server:
        desk.refresh(server.url)
        desk.refresh(server.url, DOSSIER_MAPPING={"path": "/v2/statistics"})

    assert [exchange.headers["If-None-Match"] for exchange in server.seen] == [None, None]


def test_password_of_a_netrc_does_not_take_the_tokens_place(desk: Desk) -> None:
    netrc = desk.folder / "netrc"
    netrc.write_text("machine 127.0.0.1 login ai password khac\n")
    desk.monkeypatch.setenv("NETRC", str(netrc))
    with backend(figures()) as server:
        desk.refresh(server.url)

    assert server.seen[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_vietnamese_is_said_in_vietnamese(desk: Desk) -> None:
    console = Console(file=io.StringIO(), width=400)
    with backend(figures()) as server:
        given = {
            "DEFAULT_LANG": "vi",
            "OUTPUT_PATH": str(desk.folder / "output"),
            "DOSSIER_BACKEND_URL": server.url,
            "DOSSIER_STATE_PATH": str(desk.folder / "state"),
        }
        refresh_dossiers(argparse.Namespace(lang=None, outputs=None), given, console)

    assert isinstance(console.file, io.StringIO)
    assert "Đã lấy số liệu mới." in console.file.getvalue()
    assert "tiếp nhận 111.500, đã giải quyết 108.200 hồ sơ kể từ 01/01/" in console.file.getvalue()
