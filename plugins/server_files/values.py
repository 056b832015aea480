"""What the files of servers are filled with: each value is one that no syntax it stands in reads otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from plugins.portal.problems import PortalError, SettingsError, shortened, text
from plugins.portal.release_names import ANSWERS

_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_READ_OTHERWISE = re.compile(r"""[\x00-\x1f\x7f-\x9f"'\\$%#;{}*?\[\]]""")
"""In a path: what nginx, systemd or a line of either takes for something else, some of it even in quotes."""


class WrongValueError(PortalError):
    """A value of the content or of the settings that cannot stand in a server's file."""


@dataclass(frozen=True)
class ServerValues:
    """What differs from one portal to the next."""

    host: str
    """Of the portal's address, in ASCII."""
    origin: str
    """The portal's address: scheme, host, and port where it has one."""
    output: Path
    """What the web server serves; absolute, as all paths here."""
    releases: Path
    project: Path
    program: Path
    """`portal`, of the environment that wrote the files."""
    settings: str
    """The file of settings, from the project's folder where it lies in it."""
    state: Path
    """Where figures are kept."""
    user: str
    """Who publishes."""
    look_up_origin: str = ""
    """Of the system that citizens' browsers ask about a dossier; empty where there is none."""
    asks_backend: bool = False
    """Whether builds ask a service backend, and so need its token."""

    @property
    def answers(self) -> Path:
        """Where nginx looks for addresses that lead on."""
        return self.releases / ANSWERS


def read_values(
    settings: Mapping[str, Any], url: str, where: str, *, environment: Path, settings_file: Path, user: str,
    backend_url: str, look_up_url: str, state: Path,
) -> ServerValues:  # fmt: skip
    """Raises `WrongValueError`, and `SettingsError` for what a setting says.

    `url` is the portal's address, which the content has at `where`; `environment` is the folder with `bin/portal`.
    """
    project = _path("PORTAL_ROOT", Path(settings["PORTAL_ROOT"]).resolve())
    # The link, and not the release that it leads to now.
    output = _path("OUTPUT_PATH", Path(settings["OUTPUT_PATH"]).absolute())
    file = _path("--settings", settings_file.resolve())
    if not _USER.fullmatch(user):
        raise WrongValueError(
            text("--user: expected the name of a user, got {got}; write one such as portal", got=shortened(repr(user)))
        )
    return ServerValues(
        host=host_of(url, where),
        origin=_origin(urlsplit(url)),
        output=output,
        releases=output.with_name(f"{output.name}.releases"),
        project=project,
        program=_path("bin/portal", environment / "bin" / "portal"),
        settings=str(file.relative_to(project) if file.is_relative_to(project) else file),
        state=_path("DOSSIER_STATE_PATH", state.absolute()),
        user=user,
        look_up_origin=_look_up_origin(look_up_url),
        asks_backend=bool(backend_url),
    )


def host_of(url: str, where: str) -> str:
    """The name of the server at an address, which stands at `where` (a file, and a line of it).

    Raises `WrongValueError` where it is none that a web server's settings may name.
    """
    host = _host(url)
    if host is None:
        raise WrongValueError(
            text(
                "{where}: url: expected a server's name of letters, digits, hyphens and dots, got {got}; write it as"
                " https://portal.example.vn",
                where=where,
                got=shortened(url),
            )
        )
    return host


def _look_up_origin(url: str) -> str:
    if url and _host(url) is None:
        raise SettingsError(
            text(
                "{name}: expected a server's name of letters, digits, hyphens and dots, got {got}; write it as"
                " https://motcua.example.vn",
                name="DOSSIER_LOOKUP_URL",
                got=shortened(url),
            )
        )
    return _origin(urlsplit(url)) if url else ""


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    return host if _HOST.fullmatch(host) and parts.scheme in ("http", "https") and "@" not in parts.netloc else None


def _origin(parts: SplitResult) -> str:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port is not None else "")


def _path(name: str, path: Path) -> Path:
    match = _READ_OTHERWISE.search(str(path))
    if match:
        raise SettingsError(
            text(
                "{name}: {path} holds {sign}, which servers' settings take for something else; use a folder with"
                " letters, digits, hyphens, dots and blanks in its name",
                name=name,
                path=repr(str(path)),
                sign=repr(match[0]),
            )
        )
    return path
