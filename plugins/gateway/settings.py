"""The settings of the gateway, from the environment alone: it runs beside a database, far from any pelicanconf.py."""

from __future__ import annotations

import ipaddress
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from plugins.portal.problems import SettingsError

DATABASE_URL = "GATEWAY_DATABASE_URL"
TOKEN = "GATEWAY_TOKEN"  # noqa: S105  # a setting's name
TOKEN_FILE = "GATEWAY_TOKEN_FILE"  # noqa: S105
DEFAULTS: dict[str, str] = {
    DATABASE_URL: "",
    TOKEN: "",
    TOKEN_FILE: "",
    "GATEWAY_ORIGINS": "",
    "GATEWAY_BIND": "127.0.0.1",
    "GATEWAY_PORT": "8010",
    "GATEWAY_FRESH_FOR": "5",
    "GATEWAY_FULL_READ": "3600",
    "GATEWAY_STALE_FOR": "300",
    "GATEWAY_MOST_LEFT_OUT": "1",
    "GATEWAY_LOOKUPS_PER_MINUTE": "30",
    "GATEWAY_TRUSTED_PROXY": "",
}
"""Every setting, as it is without the environment."""

LEAST_TOKEN, MOST_TOKEN = 16, 8_192
"""Characters. What is shorter can be guessed; a header of more is not taken."""
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ORIGIN = re.compile(r"(https?)://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
_USUAL_PORTS = {"http": "80", "https": "443"}
_REMEDY = "make one with `openssl rand -hex 32` and give the same to the portal as DOSSIER_BACKEND_TOKEN"


@dataclass(frozen=True)
class GatewaySettings:
    """What the gateway reads, whom it answers, and how fresh its figures are."""

    database_url: SecretStr
    """Shown as asterisks: it may hold a password."""
    token: SecretStr
    """What asks for statistics must show."""
    origins: frozenset[str] = field(default_factory=frozenset)
    """Portals whose pages may ask about a dossier, as browsers write them in `Origin`."""
    bind: str = "127.0.0.1"
    """An IP address of this machine."""
    port: int = 8010
    """0 for any that is free."""
    fresh_for: float = 5.0
    """Seconds for which figures are given out before newer ones are read."""
    full_read: float = 3_600.0
    """Seconds between two readings of all dossiers."""
    stale_for: float = 300.0
    """Seconds for which figures are given out while newer ones cannot be read."""
    most_left_out: float = 1.0
    """Percent of the dossiers that may be left out, or doubtful, before there are no figures at all."""
    lookups_per_minute: int = 30
    """Of one client."""
    trusted_proxy: str = ""
    """The IP address of the web server whose X-Forwarded-For is believed; empty where there is none."""


def gateway_settings(environment: Mapping[str, str] | None = None) -> GatewaySettings:
    """Raises `SettingsError` at the first value that cannot be meant, with its name and the remedy."""
    around = os.environ if environment is None else environment
    given = {name: around.get(name, default).strip() for name, default in DEFAULTS.items()}
    fresh_for = _number("GATEWAY_FRESH_FOR", given, 1, 3_600)
    return GatewaySettings(
        database_url=_database_url(given[DATABASE_URL]),
        token=_token(given[TOKEN], given[TOKEN_FILE]),
        origins=_origins("GATEWAY_ORIGINS", given["GATEWAY_ORIGINS"]),
        bind=_address("GATEWAY_BIND", given["GATEWAY_BIND"], "127.0.0.1 for this machine only"),
        port=_whole("GATEWAY_PORT", given, 0, 65_535),
        fresh_for=fresh_for,
        full_read=_number("GATEWAY_FULL_READ", given, 60, 86_400),
        stale_for=_number("GATEWAY_STALE_FOR", given, fresh_for, 86_400),
        most_left_out=_number("GATEWAY_MOST_LEFT_OUT", given, 0, 50, "a number of percent"),
        lookups_per_minute=_whole("GATEWAY_LOOKUPS_PER_MINUTE", given, 1, 1_000),
        trusted_proxy=_trusted_proxy("GATEWAY_TRUSTED_PROXY", given["GATEWAY_TRUSTED_PROXY"]),
    )


def _database_url(value: str) -> SecretStr:
    """What it must look like is for `tables.connect` to say; no message here repeats it."""
    if not value:
        raise SettingsError(
            f"{DATABASE_URL} is empty: there is nothing to read; "
            "name a database, such as postgresql://gateway@localhost/motcua (docs/gateway.md)"
        )
    return SecretStr(value)


def _token(value: str, file: str) -> SecretStr:
    token, source = (value, TOKEN) if value or not file else (_token_in(Path(file)), TOKEN_FILE)
    if not token:
        raise SettingsError(f"{TOKEN} is empty: anyone could ask for statistics; {_REMEDY}")
    if not _TOKEN.fullmatch(token):
        raise SettingsError(f"{source}: a token is one line of visible ASCII characters; {_REMEDY}")
    if not LEAST_TOKEN <= len(token) <= MOST_TOKEN:
        raise SettingsError(f"{source}: expected {LEAST_TOKEN} to {MOST_TOKEN} characters, got {len(token)}; {_REMEDY}")
    return SecretStr(token)


def _token_in(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_TOKEN + 2).strip().decode("ascii", "replace")
    except OSError as error:
        raise SettingsError(
            f"{TOKEN_FILE}: {path} cannot be read: {error.strerror}; check its name and rights"
        ) from error


def _origins(name: str, value: str) -> frozenset[str]:
    """Exactly as browsers write them, for they are compared as text."""
    written = frozenset(value.replace(",", " ").split())
    for origin in sorted(written):
        found = _ORIGIN.fullmatch(origin)
        if found is None or int(found[2] or 1) > 65_535:
            raise SettingsError(
                f"{name}: {origin!r} is no origin; write https://host or https://host:port, in small letters, "
                "without a slash or path behind it, several with a comma between"
            )
        if found[2] == _USUAL_PORTS[found[1]]:
            raise SettingsError(f"{name}: {origin!r}: browsers leave out port {found[2]} there; leave it out too")
    return written


def _address(name: str, value: str, example: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise SettingsError(f"{name}: expected an IP address, got {value!r}; write {example}") from error


def _trusted_proxy(name: str, value: str) -> str:
    return value and _address(name, value, "that of your web server as it comes to the gateway, such as 127.0.0.1")


def _number(name: str, given: Mapping[str, str], least: float, most: float, what: str = "seconds") -> float:
    try:
        number = float(given[name])
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise SettingsError(
            f"{name}: expected {what} from {least:g} to {most:g}, got {given[name]!r} (write {DEFAULTS[name]})"
        )
    return number


def _whole(name: str, given: Mapping[str, str], least: int, most: int) -> int:
    value = given[name]
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
    if not least <= number <= most:
        raise SettingsError(
            f"{name}: expected a whole number from {least} to {most}, got {value!r} (write {DEFAULTS[name]})"
        )
    return number
