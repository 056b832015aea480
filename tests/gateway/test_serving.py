"""The gateway as it runs: over real connections, and as a process that is told to end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from plugins.gateway.serving import MAX_HEADER_BYTES, GatewayServer
from plugins.portal.problems import SettingsError
from tests.gateway.one_stop import BEARER, CODE, PORTAL, TOKEN, gateway_over, settings_for, until, write_one_stop
from tests.provinces import ROOT

PORTAL_COMMAND = Path(sys.executable).parent / "portal"
YEAR = {"from": "2019-01-01", "to": "2019-12-31", "by": "total,agency,field,channel,month"}


@pytest.fixture
def system(tmp_path: Path) -> Path:
    path = tmp_path / "motcua.sqlite"
    write_one_stop(path)
    return path


@pytest.fixture
def gateway(system: Path) -> Iterator[str]:
    with gateway_over(system) as address:
        yield address


def environment(system: Path, **changed: str) -> dict[str, str]:
    given = {"GATEWAY_DATABASE_URL": f"sqlite:///{system}", "GATEWAY_TOKEN": TOKEN, "GATEWAY_PORT": "0", **changed}
    return {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")} | given


def test_gateway_answers_over_connections_that_stay(gateway: str) -> None:
    with requests.Session() as session:
        figures = session.get(f"{gateway}/v1/statistics", params=YEAR, headers=BEARER, timeout=10)
        again = session.get(
            f"{gateway}/v1/statistics",
            params=YEAR,
            headers=BEARER | {"If-None-Match": figures.headers["ETag"]},
            timeout=10,
        )
        dossier = session.get(f"{gateway}/v1/dossiers/{CODE}", headers={"Origin": PORTAL}, timeout=10)
        head = session.head(f"{gateway}/v1/dossiers/{CODE}", timeout=10)

    assert (figures.status_code, figures.headers["Content-Encoding"]) == (200, "gzip")
    assert figures.json()["rows"]["total"][0]["received"]["total"] == 6
    assert (again.status_code, again.content) == (304, b"")
    assert dossier.json()["code"] == CODE
    assert dossier.headers["Access-Control-Allow-Origin"] == PORTAL
    assert (head.status_code, head.content) == (200, b"")
    assert "Server" not in figures.headers
    assert [answer.headers.get("Connection") for answer in (figures, dossier, head)] == [None] * 3


def test_many_may_ask_at_once(gateway: str) -> None:
    def ask(number: int) -> requests.Response:
        query = YEAR | {"from": f"2018-01-{number % 7 + 1:02}"}
        return requests.get(f"{gateway}/v1/statistics", params=query, headers=BEARER, timeout=20)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(80)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["ETag"] for answer in answers}) == 7
    assert len({answer.json()["as_of"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /v1/health HTTP/1.1\r\nX: ".ljust(MAX_HEADER_BYTES, b"x"), 431),
        (b"POST /v1/health HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n", 413),
        (b"GET /v1/health HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET /v1/dossiers/%ff%00 HTTP/1.0\r\n\r\n", 400),
        (b"GET http://elsewhere/v1/health HTTP/1.0\r\n\r\n", 200),
    ],
)
def test_hostile_requests_are_turned_away_without_a_banner(gateway: str, request_bytes: bytes, status: int) -> None:
    to = urlsplit(gateway)
    assert to.hostname
    with socket.create_connection((to.hostname, to.port or 0), timeout=10) as connection:
        connection.sendall(request_bytes)
        answered = connection.makefile("rb").read()

    head = answered.partition(b"\r\n\r\n")[0].decode("latin-1")
    assert re.match(r"HTTP/1\.\d (\d+)", head)[1] == str(status)  # type: ignore[index]
    assert "waitress" not in answered.decode("latin-1").lower()


def test_after_the_block_nothing_listens_and_no_thread_is_left(system: Path) -> None:
    before = threading.active_count()
    ended = threading.Event()

    with GatewayServer(settings_for(system)).running(ended) as address:
        assert requests.get(f"{address}/v1/dossiers/{CODE}", timeout=10).status_code == 200

    assert ended.is_set()
    assert threading.active_count() == before
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=10)


def test_address_of_ipv6_is_written_with_brackets(system: Path) -> None:
    with GatewayServer(settings_for(system, bind="::1")).running() as address:
        assert re.fullmatch(r"http://\[::1\]:\d+", address)
        assert requests.get(f"{address}/v1/dossiers/{CODE}", timeout=10).status_code == 200


def test_port_that_another_has_is_told_with_the_remedy(system: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(SettingsError, match=f"cannot listen on 127.0.0.1:{port}: .*; take another one"):
            GatewayServer(settings_for(system, port=port))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_command_serves_until_it_is_told_to_end(system: Path, how: signal.Signals) -> None:
    with subprocess.Popen(
        [PORTAL_COMMAND, "gateway"],
        cwd=system.parent,
        env=environment(system) | {"COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.fullmatch(r"Cổng dữ liệu hồ sơ đang chạy tại (http://127\.0\.0\.1:\d+) \(Ctrl\+C để dừng\)\n", said)
        assert found, said
        until(lambda: requests.get(f"{found[1]}/v1/health", timeout=10).ok)
        requests.get(f"{found[1]}/v1/statistics", params=YEAR, headers=BEARER, timeout=10).raise_for_status()
        requests.get(f"{found[1]}/v1/dossiers/{CODE}", timeout=10).raise_for_status()
        process.send_signal(how)
        out, log = process.communicate(timeout=20)

    assert (process.returncode, out) == (0, "Cổng dữ liệu hồ sơ đã dừng.\n")
    assert "GET /v1/statistics 200" in log
    assert "GET /v1/dossiers/... 200" in log
    assert [secret for secret in (TOKEN, CODE, "2019-01-01", "Traceback") if secret in log] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"GATEWAY_TOKEN": ""}, "portal: GATEWAY_TOKEN is empty: anyone could ask for statistics; make one with"),
        ({"GATEWAY_DATABASE_URL": "sqlite:////nowhere/a.sqlite"}, "portal: GATEWAY_DATABASE_URL: "),
        ({"GATEWAY_DATABASE_URL": "mysql://u:mat-khau@h/d"}, "portal: GATEWAY_DATABASE_URL: "),
    ],
)
def test_command_that_cannot_run_says_why_with_exit_code_2(system: Path, changed: dict[str, str], message: str) -> None:
    done = subprocess.run(
        [PORTAL_COMMAND, "gateway"],
        cwd=ROOT,
        env=environment(system, **changed),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert "mat-khau" not in done.stderr
