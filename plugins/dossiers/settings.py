"""The settings of the backend, from pelicanconf.py and the environment; the environment wins."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from plugins.dossiers.mapping import CONTRACT, AnswerMapping, read_mapping
from plugins.portal.problems import SettingsError

TOKEN = "DOSSIER_BACKEND_TOKEN"  # noqa: S105  # a setting's name
TOKEN_FILE = "DOSSIER_BACKEND_TOKEN_FILE"  # noqa: S105
DEFAULTS: dict[str, object] = {
    "DOSSIER_BACKEND_URL": "",
    "DOSSIER_BACKEND_TOKEN_FILE": "",
    "DOSSIER_BACKEND_CA": "",
    "DOSSIER_BACKEND_PLAIN_HTTP": False,
    "DOSSIER_SOURCE_NAME": "",
    "DOSSIER_MAPPING": {},
    "DOSSIER_LOOKUP_URL": "",
    "DOSSIER_LOOKUP_EXAMPLE": "",
    "DOSSIER_STATE_PATH": "var/dossiers",
    "DOSSIER_TIME_LIMIT": 10,
    "DOSSIER_STALE_AFTER": 24,
}
"""Every setting but the token; each may also stand in the environment under its name."""

MAX_TOKEN_BYTES = 8_192
_TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")
_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-[0-9]{6}-[0-9]{4,10}")
_WORDS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


@dataclass(frozen=True)
class BackendSettings:
    """Where the figures come from, how long that may take, and where they are kept."""

    url: str = ""
    """Without a slash at its end; empty where there is no backend."""
    token: SecretStr = field(default=SecretStr(""))
    """Shown as asterisks wherever it is printed."""
    ca_file: Path | None = None
    """Certificates to trust in place of the usual ones."""
    source_name: str = ""
    """What the public is told that the figures come from; empty where its address says it."""
    mapping: AnswerMapping = CONTRACT
    lookup_url: str = ""
    lookup_example: str = ""
    """The code of a dossier that can be looked up there, for the hint on the page; empty where none is shown."""
    state_path: Path = Path("var/dossiers")
    time_limit: float = 10.0
    """Seconds, of a refresh in all."""
    stale_after: float = 24.0
    """Hours."""

    @property
    def host(self) -> str:
        """All that messages say of the address."""
        return urlsplit(self.url).hostname or ""


def backend_settings(settings: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> BackendSettings:
    """Raises `SettingsError` at the first value that cannot be meant, with its name and the remedy."""
    around = os.environ if environment is None else environment
    given: dict[str, Any] = {name: around.get(name, settings.get(name, DEFAULTS[name])) for name in DEFAULTS}
    plain_http = _yes_or_no("DOSSIER_BACKEND_PLAIN_HTTP", given["DOSSIER_BACKEND_PLAIN_HTTP"])
    return BackendSettings(
        url=_address("DOSSIER_BACKEND_URL", given["DOSSIER_BACKEND_URL"], plain_http=plain_http),
        token=_token(settings, around, given[TOKEN_FILE]),
        ca_file=_ca_file(given["DOSSIER_BACKEND_CA"]),
        source_name=" ".join(_text("DOSSIER_SOURCE_NAME", given["DOSSIER_SOURCE_NAME"], "a name").split()),
        mapping=read_mapping(given["DOSSIER_MAPPING"]),
        lookup_url=_address("DOSSIER_LOOKUP_URL", given["DOSSIER_LOOKUP_URL"], plain_http=plain_http),
        lookup_example=_code("DOSSIER_LOOKUP_EXAMPLE", given["DOSSIER_LOOKUP_EXAMPLE"]),
        # Below the project's folder, wherever the command was started.
        state_path=Path(settings.get("PORTAL_ROOT", ""), _folder("DOSSIER_STATE_PATH", given["DOSSIER_STATE_PATH"])),
        time_limit=_number("DOSSIER_TIME_LIMIT", given["DOSSIER_TIME_LIMIT"], 1, 300, "seconds"),
        stale_after=_number("DOSSIER_STALE_AFTER", given["DOSSIER_STALE_AFTER"], 0, 8_784, "hours"),
    )


def is_loopback(host: str) -> bool:
    """Whether what is sent there stays on this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(name: str, value: object, *, plain_http: bool) -> str:
    """No message repeats the address: who put a secret into it must not find it in a log."""
    written = _text(name, value, "an address such as https://motcua.example.vn/api")
    if not written:
        return ""
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"{name}: the address cannot be read; write it as https://host/path") from error
    fault = _fault(parts, written, plain_http=plain_http)
    if fault:
        raise SettingsError(f"{name}: {fault}")
    return written.rstrip("/")


def _fault(parts: SplitResult, written: str, *, plain_http: bool) -> str:
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "expected an address that begins with https:// (or http:// on this machine)"
    if not re.fullmatch(r"[\x21-\x7e]+", written):
        return "the address holds spaces or letters outside ASCII; write them encoded"
    if "@" in parts.netloc:
        return f"the address holds a name or password; take it out and use {TOKEN}"
    if parts.query or parts.fragment or written.endswith(("?", "#")):
        return "the address holds a query; put it into the query of DOSSIER_MAPPING, and secrets into the token"
    if parts.scheme == "http" and not plain_http and not is_loopback(parts.hostname):
        return "plain http shows the token to everyone on the way; use https (or set DOSSIER_BACKEND_PLAIN_HTTP)"
    return ""


def _token(settings: Mapping[str, Any], environment: Mapping[str, str], file: object) -> SecretStr:
    if TOKEN in settings:
        raise SettingsError(
            f"{TOKEN} does not belong in a settings file, which is committed; "
            f"put it into the environment, or into a file that {TOKEN_FILE} names"
        )
    path = _text(TOKEN_FILE, file, "the name of a file")
    token, source = environment.get(TOKEN, ""), TOKEN
    if not token and path:
        token, source = _token_in(Path(path)), TOKEN_FILE
    if token and not _TOKEN.fullmatch(token):
        raise SettingsError(f"{source}: a token is one line of visible ASCII characters; copy it anew")
    return SecretStr(token)


def _token_in(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            token = stream.read(MAX_TOKEN_BYTES + 2).strip().decode("ascii", "replace")
    except OSError as error:
        raise SettingsError(
            f"{TOKEN_FILE}: {path} cannot be read: {error.strerror}; check its name and rights"
        ) from error
    if not token:
        raise SettingsError(f"{TOKEN_FILE}: {path} is empty; put the token into it")
    return token


def _ca_file(value: object) -> Path | None:
    name = "DOSSIER_BACKEND_CA"
    written = _text(name, value, "the name of a file of certificates")
    if written and not Path(written).is_file():
        raise SettingsError(f"{name}: there is no file {written}; name a file of certificates in PEM form")
    return Path(written) if written else None


def _code(name: str, value: object) -> str:
    written = _text(name, value, "the code of a dossier")
    if written and not _CODE.fullmatch(written):
        raise SettingsError(f"{name}: expected a code as it stands on a receipt, 000.00.14.H30-190924-0002, or nothing")
    return written


def _folder(name: str, value: object) -> Path:
    written = str(value) if isinstance(value, Path) else _text(name, value, "a folder")
    if not written:
        raise SettingsError(f"{name}: must not be empty; write a folder such as var/dossiers")
    return Path(written)


def _text(name: str, value: object, expected: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{name}: expected {expected} in quotes, got {type(value).__name__}")
    return value.strip()


def _number(name: str, value: object, least: float, most: float, unit: str) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise SettingsError(
            f"{name}: expected {unit} from {least:g} to {most:g}, got {value!r} (write {DEFAULTS[name]})"
        )
    return number


def _yes_or_no(name: str, value: object) -> bool:
    if isinstance(value, str):
        value = _WORDS.get(value.strip().lower())
    if not isinstance(value, bool):
        raise SettingsError(f"{name}: expected yes or no (in the environment 1 or 0)")
    return value
