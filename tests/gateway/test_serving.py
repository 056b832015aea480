"""The gateway as it runs: over real connections, and as a process that is told to end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from pydantic import SecretStr

from plugins.gateway.connections import MOST_WAITING, REQUEST_SECONDS
from plugins.gateway.process import HOST, free_port, gateway_process
from plugins.gateway.serving import CONNECTIONS, MAX_HEADER_BYTES, GatewayServer
from plugins.gateway.tables import LOOKING_UP, LOOKUP_THREADS
from plugins.portal.problems import SettingsError
from tests.gateway.one_stop import (
    BEARER,
    CODE,
    PORTAL,
    TOKEN,
    gateway_over,
    settings_for,
    until,
    write_one_stop,
    write_one_stop_to_postgresql,
)
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
    before = set(threading.enumerate())
    ended = threading.Event()

    with GatewayServer(settings_for(system)).running(ended) as address:
        assert requests.get(f"{address}/v1/dossiers/{CODE}", timeout=10).status_code == 200

    assert ended.is_set()
    until(lambda: set(threading.enumerate()) <= before, "no thread of the gateway's")
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


@pytest.fixture
def locked(postgresql_url: str) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    """A one-stop system on PostgreSQL, and a connection that may lock its tables."""
    url = write_one_stop_to_postgresql(postgresql_url)
    with psycopg.connect(postgresql_url) as holder:
        yield url, holder
        holder.rollback()
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA cong_du_lieu CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute("DROP ROLE cong_ho_so")


@pytest.mark.parametrize("table", ["ho_so", "tien_trinh"])
def test_health_and_statistics_answer_at_once_while_lookups_hang(
    locked: tuple[str, psycopg.Connection[Any]], table: str
) -> None:
    url, holder = locked
    settings = replace(settings_for(Path("x")), database_url=SecretStr(url), fresh_for=1.0, lookups_per_minute=1_000)
    with GatewayServer(settings).running() as address, ThreadPoolExecutor(30) as citizens:
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).ok)
        holder.execute(f"LOCK TABLE public.{table} IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        hang = [citizens.submit(look_up, address) for _ in range(30)]
        seconds, statuses = [], []
        with requests.Session() as session:
            while time.monotonic() - began < LOOKING_UP.statement_seconds / 2:
                for path, query in (("/v1/health", {}), ("/v1/statistics", YEAR)):
                    started = time.perf_counter()
                    answered = session.get(address + path, params=query, headers=BEARER, timeout=10)
                    seconds.append(time.perf_counter() - started)
                    statuses.append(answered.status_code)
                time.sleep(0.05)
        assert not any(one.done() and one.result() == 200 for one in hang)
        assert {one.result() for one in hang} == {503}
        assert time.monotonic() - began < 10  # then a browser gives up
        well = [requests.get(f"{address}/v1/{path}", timeout=10).status_code for path in ("health", "nothing")]
        holder.rollback()
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).ok)
        assert look_up(address) == 200

    assert set(statuses) == {200}
    assert median(seconds) < 0.1  # others on this machine may hold up some, and not most
    assert max(seconds) < LOOKING_UP.statement_seconds / 2
    assert well == [503, 404]  # lookups do not work, and health says so


def look_up(address: str) -> int:
    return requests.get(f"{address}/v1/dossiers/{CODE}", timeout=60).status_code


def test_more_lookups_than_can_wait_are_told_to_come_again(locked: tuple[str, psycopg.Connection[Any]]) -> None:
    url, holder = locked
    settings = replace(settings_for(Path("x")), database_url=SecretStr(url), lookups_per_minute=1_000)
    asked = LOOKUP_THREADS + MOST_WAITING + 20
    with GatewayServer(settings).running() as address, ThreadPoolExecutor(asked) as citizens:
        until(lambda: requests.get(f"{address}/v1/health", timeout=10).ok)
        holder.execute("LOCK TABLE public.ho_so IN ACCESS EXCLUSIVE MODE")
        answers = list(citizens.map(lambda _: requests.get(f"{address}/v1/dossiers/{CODE}", timeout=60), range(asked)))
        holder.rollback()

    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"2"}
    assert sum(answer.json()["reason"] == "busy" for answer in answers) >= asked - LOOKUP_THREADS * 2


def connected(gateway: str) -> socket.socket:
    to = urlsplit(gateway)
    assert to.hostname
    return socket.create_connection((to.hostname, to.port or 0), timeout=REQUEST_SECONDS * 3)


DRIPS = {
    "a header": (b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-A: ", b"a"),
    "empty lines before a request": (b"", b"\r\n"),
    "a body": (b"POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n", b"a"),
    "a second request": (b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1", b"a"),
    "headers without end": (b"GET /v1/health HTTP/1.1\r\nHost: x\r\n", b"A: b\r\n"),
}


def drip(connection: socket.socket, begin: bytes, drop: bytes) -> float:
    """Seconds until the server hangs up on one that sends a little every now and then."""
    started = time.monotonic()
    connection.settimeout(0.5)
    connection.sendall(begin)
    while time.monotonic() - started < REQUEST_SECONDS * 3:
        try:
            connection.sendall(drop)
            if connection.recv(65_536) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - started


def test_whoever_does_not_come_to_an_end_of_a_request_is_hung_up_on(gateway: str) -> None:
    with ExitStack() as opened, ThreadPoolExecutor(len(DRIPS)) as clients:
        sockets = [opened.enter_context(connected(gateway)) for _ in DRIPS]
        began = time.monotonic()
        seconds = list(clients.map(lambda pair: drip(pair[0], *pair[1]), zip(sockets, DRIPS.values(), strict=True)))
        assert requests.get(f"{gateway}/v1/health", timeout=10).ok

    assert dict(zip(DRIPS, [second < REQUEST_SECONDS * 2 for second in seconds], strict=True)) == dict.fromkeys(
        DRIPS, True
    )
    assert min(seconds) > REQUEST_SECONDS * 0.8
    assert time.monotonic() - began < REQUEST_SECONDS * 2.5


def test_connections_that_drip_do_not_keep_others_out_without_end(system: Path) -> None:
    log = system.parent / "log"
    port = free_port()
    with gateway_process(system, TOKEN, port, log), ExitStack() as opened:
        address = f"http://{HOST}:{port}"
        held = [opened.enter_context(connected(address)) for _ in range(CONNECTIONS)]
        for connection in held:
            connection.sendall(b"GET /v1/health HTTP/1.1\r\nX: ")
        began = time.monotonic()
        answered = requests.get(f"{address}/v1/health", timeout=REQUEST_SECONDS * 3)

    assert answered.ok
    assert time.monotonic() - began < REQUEST_SECONDS * 2


def test_connection_that_is_used_again_after_a_while_stays(gateway: str) -> None:
    with connected(gateway) as connection, connection.makefile("rb") as answers:
        for _ in range(3):
            connection.sendall(b"GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answers.readline() == b"HTTP/1.1 404 Not Found\r\n"
            while line := answers.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split()[1])
            answers.read(length)
            time.sleep(REQUEST_SECONDS * 0.6)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("inherited", ["ignored", "blocked"])
def test_command_ends_whatever_it_inherited(system: Path, how: signal.Signals, inherited: str) -> None:
    begin = {
        "ignored": "signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "blocked": "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])",
    }[inherited]
    script = f"import os, signal, sys; {begin}; os.execv(sys.argv[1], sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", script, PORTAL_COMMAND, "gateway"],
        env=environment(system),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Cổng dữ liệu hồ sơ")
            process.send_signal(how)
            process.wait(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0


def test_command_ends_also_where_another_thread_is_handed_the_signal(system: Path) -> None:
    log = system.parent / "log"
    with gateway_process(system, TOKEN, free_port(), log) as number:
        os.kill(number, signal.SIGSTOP)  # as it goes on, any thread may be the first
        threading.Timer(0.5, os.kill, (number, signal.SIGCONT)).start()

    assert log.read_text("utf-8").endswith("Cổng dữ liệu hồ sơ đã dừng.\n")


def test_gateway_that_hangs_is_ended(system: Path) -> None:
    with gateway_process(system, TOKEN, free_port(), system.parent / "log") as number:
        os.kill(number, signal.SIGSTOP)

    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


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
        [PORTAL_COMMAND, "gateway", "--lang", "en"],
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
