"""The gateway as a process of its own, for who needs one for a while."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import requests

from plugins.portal.problems import PortalError

HOST = "127.0.0.1"
START_SECONDS = 60.0
"""A million dossiers are read in a few."""
END_SECONDS = 15.0
"""For which a gateway may answer what is being answered; a database that hangs holds it for some of them."""


class GatewayStartError(PortalError):
    """The gateway does not come to answer."""


@contextmanager
def gateway_process(database: Path, token: str, port: int, log: Path, **settings: str) -> Iterator[int]:
    """`portal gateway` over an SQLite file, on this machine, while the block runs; gives the process's number.

    It has read its dossiers when the block begins, and ends with this process, also where that is killed. `settings`
    are more of its settings. Raises `GatewayStartError`.
    """
    given = {
        "GATEWAY_DATABASE_URL": f"sqlite:///{database.resolve()}",
        "GATEWAY_TOKEN": token,
        "GATEWAY_BIND": HOST,
        "GATEWAY_PORT": str(port),
    }
    with (
        log.open("wb") as written,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "plugins.command_line", "gateway", "--ends-with-input"],
            env=os.environ | given | settings,
            stdin=subprocess.PIPE,
            stdout=written,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _await(process, f"http://{HOST}:{port}/v1/health", log)
            yield process.pid
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Tell it to end, and see to it where it does not."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def free_port(wanted: int = 0) -> int:
    """The wanted port of this machine, or another one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            chosen: int = tried.getsockname()[1]
            return chosen
    raise GatewayStartError("no port is free for a gateway")


def _await(process: subprocess.Popen[bytes], health: str, log: Path) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until and process.poll() is None:
        try:
            if requests.get(health, timeout=5).ok:
                return
        except requests.RequestException:
            pass  # it does not listen yet
        sleep(0.1)
    raise GatewayStartError(f"the gateway does not answer; {log} says why")
