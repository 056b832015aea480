"""A PostgreSQL server of our own: Debian's package, a temporary folder, a free port of this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needed import missing

WITH_PASSWORD = "can_mat_khau"
"""A user who has to show a password, where there is one of that name; all others are trusted."""
USER = "postgres"
"""Debian's package makes it; the server refuses to run as root."""


@contextmanager
def running_server() -> Iterator[str]:
    """The address of an empty database while the block runs; skips the test where there is no PostgreSQL."""
    programs = _programs()
    if programs is None:
        missing("PostgreSQL is needed: sudo apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gateway-postgresql-"))
    server = _Server(programs, folder)
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """The newest version's programs; Debian keeps them out of the way."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class _Server:
    """One that trusts whoever is on this machine, and forgets everything."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._files = folder / "data"
        self._log = folder / "log"
        self._port = _free_port()
        self._user = USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(folder, USER)

    @property
    def url(self) -> str:
        return f"postgresql://{self._user}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        self._run("initdb", "--pgdata", self._files, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        rules = self._files / "pg_hba.conf"
        rules.write_text(f"host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        options = f"-p {self._port} -h 127.0.0.1 -c unix_socket_directories='' -c fsync=off -c timezone=UTC"
        self._run("pg_ctl", "start", "--wait", "--pgdata", self._files, "--log", self._log, "--options", options)

    def stop(self) -> None:
        if (self._files / "postmaster.pid").is_file():
            self._run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata", self._files)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [self._programs / program, *arguments]
        user = self._user if os.geteuid() == 0 else None
        subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=120)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port
