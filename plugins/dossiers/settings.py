"""The settings of the backend, from pelicanconf.py and the environment; the environment wins."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from plugins.dossiers.mapping import CONTRACT, AnswerMapping, read_mapping
from plugins.environment import MOST_SECRET, Expected, Number, Variables, YesOrNo, fault, secret_in
from plugins.portal.problems import SettingsError, Text, text

TOKEN = "DOSSIER_BACKEND_TOKEN"  # noqa: S105  # a setting's name
TOKEN_FILE = "DOSSIER_BACKEND_TOKEN_FILE"  # noqa: S105
_TOKEN = re.compile(rf"[\x21-\x7e]{{1,{MOST_SECRET}}}")
_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-[0-9]{6}-[0-9]{4,10}")


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


def backend_settings(settings: Mapping[str, Any]) -> BackendSettings:
    """Raises `SettingsError` at the first value that cannot be meant, with its name and the remedy."""
    if TOKEN in settings:
        raise SettingsError(
            text(
                "{name} does not belong in a settings file, which is committed; put it into the environment, or into a"
                " file that {file} names",
                name=TOKEN,
                file=TOKEN_FILE,
            )
        )
    given = _Given.read(settings)
    return BackendSettings(
        url=given.backend_url,
        token=given.backend_token,
        ca_file=Path(given.backend_ca) if given.backend_ca else None,
        source_name=" ".join(given.source_name.split()),
        mapping=read_mapping(given.mapping),
        lookup_url=given.lookup_url,
        lookup_example=given.lookup_example,
        # Below the project's folder, wherever the command was started.
        state_path=Path(settings.get("PORTAL_ROOT", ""), given.state_path),
        time_limit=given.time_limit,
        stale_after=given.stale_after,
    )


def with_environment(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with what the environment says of dossiers in its place, as it is written there.

    A build has to see it: some shows in pages, and says where the figures lie.
    """
    return {name: os.environ.get(name, value) if name in DEFAULTS else value for name, value in settings.items()}


def is_loopback(host: str) -> bool:
    """Whether what is sent there stays on this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(value: str, info: ValidationInfo) -> str:
    """No message repeats the address: who put a secret into it must not find it in a log."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise fault(text("{name}: the address cannot be read; write it as https://host/path")) from error
    wrong = _fault(parts, value, plain_http=info.data.get("backend_plain_http", False))
    if wrong:
        raise fault(wrong)
    return value.rstrip("/")


def _fault(parts: SplitResult, written: str, *, plain_http: bool) -> Text | None:
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return text("{name}: expected an address that begins with https:// (or http:// on this machine)")
    if not re.fullmatch(r"[\x21-\x7e]+", written):
        return text("{name}: the address holds spaces or letters outside ASCII; write them encoded")
    if "@" in parts.netloc:
        return text("{name}: the address holds a name or password; take it out and use {token}", token=TOKEN)
    if parts.query or parts.fragment or written.endswith(("?", "#")):
        return text(
            "{name}: the address holds a query; put it into the query of DOSSIER_MAPPING, and secrets into the token"
        )
    if parts.scheme == "http" and not plain_http and not is_loopback(parts.hostname):
        return text(
            "{name}: plain http shows the token to everyone on the way; use https (or set DOSSIER_BACKEND_PLAIN_HTTP)"
        )
    return None


def _token(token: str, file: str) -> str:
    source = TOKEN
    if not token and file:
        token, source = secret_in(file, TOKEN_FILE), TOKEN_FILE
        if not token:
            raise fault(text("{name}: {path} is empty; put the token into it", name=TOKEN_FILE, path=file))
    if token and not _TOKEN.fullmatch(token):
        raise fault(text("{name}: a token is one line of visible ASCII characters; copy it anew", name=source))
    return token


def _ca_file(value: str) -> str:
    if value and not Path(value).is_file():
        raise fault(text("{name}: there is no file {path}; name a file of certificates in PEM form", path=value))
    return value


def _code(value: str) -> str:
    if value and not _CODE.fullmatch(value):
        raise fault(text("{name}: expected a code as it stands on a receipt, 000.00.14.H30-190924-0002, or nothing"))
    return value


def _folder(value: str) -> str:
    if not value:
        raise fault(text("{name}: must not be empty; write a folder such as var/dossiers"))
    return value


def _as_written(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


_Address = Annotated[str, AfterValidator(_address), Expected(text("an address such as https://motcua.example.vn/api"))]


class _Given(Variables):
    """What stands in the settings' file and in the environment."""

    model_config = SettingsConfigDict(alias_generator=lambda name: f"DOSSIER_{name.upper()}")

    backend_plain_http: YesOrNo = False
    backend_url: _Address = ""
    backend_token_file: Annotated[str, Expected(text("the name of a file"))] = ""
    backend_token: SecretStr = Field(SecretStr(""), validate_default=True)
    backend_ca: Annotated[str, AfterValidator(_ca_file), Expected(text("the name of a file of certificates"))] = ""
    source_name: Annotated[str, Expected(text("a name"))] = ""
    mapping: Annotated[Any, NoDecode] = Field({})  # read_mapping says what is wrong in it
    lookup_url: _Address = ""
    lookup_example: Annotated[str, AfterValidator(_code), Expected(text("the code of a dossier"))] = ""
    state_path: Annotated[str, BeforeValidator(_as_written), AfterValidator(_folder), Expected(text("a folder"))] = (
        "var/dossiers"
    )
    time_limit: Annotated[Number, Expected(text("seconds"))] = Field(10, ge=1, le=300)
    stale_after: Annotated[Number, Expected(text("hours"))] = Field(24, ge=0, le=8_784)

    @field_validator("backend_token")
    @classmethod
    def _from_file(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        return SecretStr(_token(token.get_secret_value(), info.data.get("backend_token_file", "")))


DEFAULTS: dict[str, Any] = {name: default for name, default in _Given.defaults().items() if name != TOKEN}
"""Every setting but the token, as it is where neither file nor environment names it."""
