"""Debian's nginx with what `portal server-files` writes, on this machine alone, by a user with no rights."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plugins.releases.layout import releases_of
from plugins.server_files import ServerValues, rendered
from tests.needed import missing
from tests.waiting import until

DEBIANS = Path("/etc/nginx/nginx.conf")
PATIENCE = 20
"""Seconds in which nginx starts, or never will."""
TRIES = 5
"""To find a port that nobody takes meanwhile."""
_OPTIONAL = re.compile(r"^(\s*)#(?=\S)", re.MULTILINE)
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_OLD_WAY = re.compile(r'.*\[warn\].*the "listen \.\.\. http2" directive is deprecated.*\n')
"""Said from nginx 1.25 on; the new way would keep older ones from starting."""


VALUES = ServerValues(
    host="portal.example.vn",
    origin="https://portal.example.vn",
    output=Path("/srv/portal/public"),
    releases=Path("/srv/portal/public.releases"),
    project=Path("/srv/portal"),
    program=Path("/srv/portal/.venv/bin/portal"),
    settings="publishconf.py",
    state=Path("/srv/portal/var/dossiers"),
    user="portal",
)
"""Of a portal in public; what they are of this machine takes their places when nginx is started."""


def written(*, options: bool = False, look_up_origin: str = "") -> str:
    """The text for nginx, as it is or with every line that is for those who need it."""
    text = rendered(replace(VALUES, look_up_origin=look_up_origin))["nginx/portal.conf"]
    return _OPTIONAL.sub(r"\1", text) if options else text


def program() -> str:
    """Where nginx is; the test is skipped where it is not, or fails where everything must be there."""
    path = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None or not DEBIANS.is_file():
        missing("nginx as Debian has it is needed: sudo apt install nginx")
    return path


@dataclass(frozen=True)
class Nginx:
    """An nginx with its files in a folder that everybody may read."""

    folder: Path

    @property
    def log(self) -> str:
        """What it complained about."""
        path = self.folder / "error.log"
        return _OLD_WAY.sub("", path.read_text(encoding="utf-8")) if path.is_file() else ""

    def set_up(self, site: str) -> None:
        """Debian's own settings, with the folders of this one and `site` as the only site."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "sites").mkdir(exist_ok=True)
        (self.folder / "sites" / "portal").write_text(site, encoding="utf-8")
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n" for name in _TEMPORARY)
        (self.folder / "temporary.conf").write_text(temporary, encoding="utf-8")
        text = DEBIANS.read_text(encoding="utf-8")
        for there, here in (
            (r"^user .*$", ""),
            (r"^pid .*$", f"pid {self.folder}/pid;"),
            (r"/var/log/nginx/", f"{self.folder}/"),
            (r"/etc/nginx/conf\.d/\*\.conf", f"{self.folder}/temporary.conf"),
            (r"/etc/nginx/sites-enabled/\*", f"{self.folder}/sites/*"),
        ):
            text, times = re.subn(there, here, text, flags=re.MULTILINE)
            assert times, f"{DEBIANS} has no {there}"
        (self.folder / "nginx.conf").write_text(text, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")

    def command(self, *words: str) -> list[str]:
        return [program(), "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf", *words]

    def check(self) -> subprocess.CompletedProcess[str]:
        """What `nginx -t` says of the settings."""
        return subprocess.run(
            self.command("-t"), check=False, capture_output=True, text=True, timeout=PATIENCE, **nobody()
        )

    def reload(self, site: str) -> None:
        """Tell the nginx that runs to go on with another site; it is asked for, and takes a moment."""
        self.set_up(site)
        subprocess.run(self.command("-s", "reload"), check=True, timeout=PATIENCE, **nobody())

    @contextmanager
    def running(self, site: Callable[[int], str]) -> Iterator[int]:
        """Serve a site on a port that is free; gives the port."""
        for _ in range(TRIES):
            port = free_port()
            self.set_up(site(port))
            process = subprocess.Popen(self.command("-g", "daemon off;"), stdin=subprocess.DEVNULL, **nobody())
            try:
                if _answers(process, port):
                    yield port
                    return
            finally:
                _end(process)
            assert "Address already in use" in self.log, self.log
        raise AssertionError(f"no port was free {TRIES} times")


def nobody() -> dict[str, Any]:
    """For a process that is started: nobody's rights, where we have all."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}


def placed(text: str, root: Path, port: int) -> str:
    """The written text with the folders, the addresses and the ports of this machine in their places."""
    for there, here in (
        ("root /srv/portal/public;", f"root {root};"),
        (f'"{VALUES.answers}/', f'"{replace(VALUES, releases=releases_of(root)).answers}/'),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("listen [::]:80;", f"listen 127.0.0.2:{port};"),
    ):
        assert text.count(there) == 1, there
        text = text.replace(there, here)
    return text


@contextmanager
def served(root: Path, folder: Path, text: str | None = None) -> Iterator[str]:
    """Serve a portal in public; gives its address."""
    site = written() if text is None else text
    with Nginx(folder).running(lambda port: placed(site, root, port)) as port:
        yield f"http://127.0.0.1:{port}/"


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=PATIENCE)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    def listens() -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(lambda: process.poll() is not None or listens(), named="nginx", seconds=PATIENCE)
    return process.poll() is None
