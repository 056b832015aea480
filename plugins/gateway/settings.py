"""The settings of the gateway, from the environment alone: it runs beside a database, far from any pelicanconf.py."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from plugins.environment import MOST_SECRET, Expected, Number, Variables, fault, out_of_bounds, secret_in
from plugins.portal.problems import Text, text

TOKEN = "GATEWAY_TOKEN"  # noqa: S105  # a setting's name
TOKEN_FILE = "GATEWAY_TOKEN_FILE"  # noqa: S105
LEAST_TOKEN, MOST_TOKEN = 16, MOST_SECRET
"""Characters. What is shorter can be guessed; a header of more is not taken."""
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ORIGIN = re.compile(r"(https?)://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
_USUAL_PORTS = {"http": "80", "https": "443"}
_REMEDY = text("make one with `openssl rand -hex 32` and give the same to the portal as DOSSIER_BACKEND_TOKEN")


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


def gateway_settings() -> GatewaySettings:
    """Raises `SettingsError` at the first value that cannot be meant, with its name and the remedy."""
    given = _Given.read({})
    return GatewaySettings(
        database_url=given.database_url,
        token=given.token,
        origins=given.origins,
        bind=given.bind,
        port=given.port,
        fresh_for=given.fresh_for,
        full_read=given.full_read,
        stale_for=given.stale_for,
        most_left_out=given.most_left_out,
        lookups_per_minute=given.lookups_per_minute,
        trusted_proxy=given.trusted_proxy,
    )


def _named(value: SecretStr) -> SecretStr:
    """What an address must look like is for `tables.connect` to say; no message here repeats it."""
    address = value.get_secret_value().strip()
    if not address:
        raise fault(
            text(
                "{name} is empty: there is nothing to read; name a database, such as"
                " postgresql://gateway@localhost/motcua (docs/gateway.md)"
            )
        )
    return SecretStr(address)


def _token(value: str, file: str) -> str:
    token, source = (value, TOKEN) if value or not file else (secret_in(file, TOKEN_FILE), TOKEN_FILE)
    if not token:
        raise fault(text("{name} is empty: anyone could ask for statistics; {remedy}", name=TOKEN, remedy=_REMEDY))
    if not _TOKEN.fullmatch(token):
        raise fault(
            text("{name}: a token is one line of visible ASCII characters; {remedy}", name=source, remedy=_REMEDY)
        )
    if not LEAST_TOKEN <= len(token) <= MOST_TOKEN:
        raise fault(
            text(
                "{name}: expected {least} to {most} characters, got {length}; {remedy}",
                name=source, least=LEAST_TOKEN, most=MOST_TOKEN, length=len(token), remedy=_REMEDY,
            )
        )  # fmt: skip
    return token


def _origins(value: object) -> frozenset[str]:
    """Exactly as browsers write them, for they are compared as text."""
    written = frozenset(str(value).replace(",", " ").split())
    for origin in sorted(written):
        parts = _ORIGIN.fullmatch(origin)
        if parts is None or int(parts[2] or 1) > 65_535:
            raise fault(
                text(
                    "{name}: {origin} is no origin; write https://host or https://host:port, in small letters,"
                    " without a slash or path behind it, several with a comma between",
                    origin=repr(origin),
                )
            )
        if parts[2] == _USUAL_PORTS[parts[1]]:
            raise fault(
                text(
                    "{name}: {origin}: browsers leave out port {port} there; leave it out too",
                    origin=repr(origin), port=parts[2],
                )
            )  # fmt: skip
    return written


def _address(value: str, example: Text) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise fault(
            text("{name}: expected an IP address, got {got}; write {example}", got=repr(value), example=example)
        ) from error


def _own_address(value: str) -> str:
    return _address(value, text("127.0.0.1 for this machine only"))


def _proxy(value: str) -> str:
    return value and _address(value, text("that of your web server as it comes to the gateway, such as 127.0.0.1"))


def _written(default: object) -> str:
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return f"{default:g}" if isinstance(default, int | float) else str(default)


class _Given(Variables):
    """What stands in the environment."""

    model_config = SettingsConfigDict(alias_generator=lambda name: f"GATEWAY_{name.upper()}", validate_default=True)

    database_url: Annotated[SecretStr, AfterValidator(_named)] = SecretStr("")
    token_file: str = ""
    token: SecretStr = SecretStr("")
    origins: Annotated[frozenset[str], NoDecode, BeforeValidator(_origins)] = ""  # type: ignore[assignment]  # as written
    bind: Annotated[str, AfterValidator(_own_address)] = "127.0.0.1"
    port: int = Field(8010, ge=0, le=65_535)
    fresh_for: Annotated[Number, Expected(text("seconds"))] = Field(5, ge=1, le=3_600)
    full_read: Annotated[Number, Expected(text("seconds"))] = Field(3_600, ge=60, le=86_400)
    stale_for: Annotated[Number, Expected(text("seconds"))] = Field(300, ge=1, le=86_400)
    most_left_out: Annotated[Number, Expected(text("a number of percent"))] = Field(1, ge=0, le=50)
    lookups_per_minute: int = Field(30, ge=1, le=1_000)
    trusted_proxy: Annotated[str, AfterValidator(_proxy)] = ""

    @field_validator("token")
    @classmethod
    def _from_file(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        return SecretStr(_token(token.get_secret_value().strip(), info.data.get("token_file", "")))

    @field_validator("stale_for")
    @classmethod
    def _not_before_newer_ones_are_read(cls, seconds: float, info: ValidationInfo) -> float:
        least = info.data.get("fresh_for", 0)
        if seconds < least:
            raise fault(out_of_bounds(text("seconds"), least, 86_400, f"{seconds:g}", 300))
        return seconds


DEFAULTS = {name: _written(default) for name, default in _Given.defaults().items()}
"""Every setting as it is without the environment, in the way that it is written there."""
