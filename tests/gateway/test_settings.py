"""Settings of the gateway: what is wrong is told with its name and the remedy, and no secret with it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from plugins.command_line import COULD_NOT_RUN, main
from plugins.gateway import settings
from plugins.gateway.settings import DEFAULTS, GatewaySettings
from plugins.portal.problems import SettingsError
from tests.provinces import ROOT

TOKEN = "bi-mat-0123456789"
DATABASE = "postgresql://gateway:mat-khau@localhost/motcua"
LEAST = {"GATEWAY_DATABASE_URL": DATABASE, "GATEWAY_TOKEN": TOKEN}


def gateway_settings(environment: Mapping[str, str]) -> GatewaySettings:
    """As they are read with nothing else in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", environment)
        return settings.gateway_settings()


def test_database_and_token_are_all_that_must_be_set() -> None:
    assert gateway_settings(LEAST) == GatewaySettings(SecretStr(DATABASE), SecretStr(TOKEN))


def test_every_setting_is_read_from_the_environment() -> None:
    read = gateway_settings(
        LEAST
        | {
            "GATEWAY_ORIGINS": "https://portal.vn, http://127.0.0.1:8000 https://[2001:db8::1]:8443",
            "GATEWAY_BIND": "::1",
            "GATEWAY_PORT": "0",
            "GATEWAY_FRESH_FOR": "2.5",
            "GATEWAY_FULL_READ": "600",
            "GATEWAY_STALE_FOR": "60",
            "GATEWAY_LOOKUPS_PER_MINUTE": "10",
            "GATEWAY_TRUSTED_PROXY": " 10.0.0.1 ",
        }
    )

    assert read == GatewaySettings(
        SecretStr(DATABASE),
        SecretStr(TOKEN),
        origins=frozenset({"https://portal.vn", "http://127.0.0.1:8000", "https://[2001:db8::1]:8443"}),
        bind="::1",
        port=0,
        fresh_for=2.5,
        full_read=600,
        stale_for=60,
        lookups_per_minute=10,
        trusted_proxy="10.0.0.1",
    )


def test_token_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")

    read = gateway_settings({"GATEWAY_DATABASE_URL": DATABASE, "GATEWAY_TOKEN_FILE": str(file)})

    assert read.token == SecretStr(TOKEN)


def test_neither_token_nor_database_password_is_shown() -> None:
    read = gateway_settings(LEAST)

    shown = f"{read} {read!r} {vars(read)}"
    assert TOKEN not in shown
    assert "mat-khau" not in shown


@pytest.mark.parametrize("missing", [{}, {"GATEWAY_TOKEN": " "}, {"GATEWAY_TOKEN_FILE": "/dev/null"}])
def test_gateway_without_a_token_is_refused_with_the_remedy(missing: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as raised:
        gateway_settings({"GATEWAY_DATABASE_URL": DATABASE} | missing)

    assert str(raised.value) == (
        "GATEWAY_TOKEN is empty: anyone could ask for statistics; make one with `openssl rand -hex 32` "
        "and give the same to the portal as DOSSIER_BACKEND_TOKEN"
    )


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"GATEWAY_DATABASE_URL": ""}, "GATEWAY_DATABASE_URL is empty: .* name a database, such as postgresql://"),
        ({"GATEWAY_TOKEN": "ngan"}, "GATEWAY_TOKEN: expected 16 to 8192 characters, got 4; make one with"),
        ({"GATEWAY_TOKEN": f"{TOKEN} {TOKEN}"}, "GATEWAY_TOKEN: a token is one line of visible ASCII characters"),
        ({"GATEWAY_TOKEN": "mật-khẩu-dài-lắm-nhé"}, "GATEWAY_TOKEN: a token is one line"),
        ({"GATEWAY_TOKEN": "", "GATEWAY_TOKEN_FILE": "/nowhere"}, "GATEWAY_TOKEN_FILE: /nowhere cannot be read"),
        ({"GATEWAY_ORIGINS": "*"}, r"GATEWAY_ORIGINS: '\*' is no origin; write https://host"),
        ({"GATEWAY_ORIGINS": "null"}, "GATEWAY_ORIGINS: 'null' is no origin"),
        ({"GATEWAY_ORIGINS": "https://a.vn/"}, "without a slash or path behind it"),
        ({"GATEWAY_ORIGINS": "https://A.vn"}, "in small letters"),
        ({"GATEWAY_ORIGINS": "a.vn"}, "GATEWAY_ORIGINS: 'a.vn' is no origin"),
        ({"GATEWAY_ORIGINS": "https://a.vn:70000"}, "is no origin"),
        ({"GATEWAY_ORIGINS": "https://a.vn:443"}, "browsers leave out port 443 there; leave it out too"),
        ({"GATEWAY_BIND": "localhost"}, "GATEWAY_BIND: expected an IP address, got 'localhost'; write 127.0.0.1"),
        ({"GATEWAY_PORT": "http"}, "GATEWAY_PORT: expected a whole number from 0 to 65535, got 'http' .write 8010"),
        ({"GATEWAY_PORT": "-1"}, "GATEWAY_PORT: expected a whole number"),
        ({"GATEWAY_FRESH_FOR": "0"}, "GATEWAY_FRESH_FOR: expected seconds from 1 to 3600, got '0' .write 5"),
        ({"GATEWAY_FRESH_FOR": "nan"}, "GATEWAY_FRESH_FOR: expected seconds"),
        ({"GATEWAY_FULL_READ": "1"}, "GATEWAY_FULL_READ: expected seconds from 60 to 86400"),
        ({"GATEWAY_STALE_FOR": "4"}, "GATEWAY_STALE_FOR: expected seconds from 5 to 86400"),
        ({"GATEWAY_LOOKUPS_PER_MINUTE": "0"}, "GATEWAY_LOOKUPS_PER_MINUTE: expected a whole number from 1 to 1000"),
        (
            {"GATEWAY_TOKEN": "a" * 20 + "\udcff"},
            "^GATEWAY_TOKEN: holds bytes that are no text in UTF-8; write it anew",
        ),
        ({"GATEWAY_TRUSTED_PROXY": "*"}, "GATEWAY_TRUSTED_PROXY: expected an IP address, got '.'; write that of"),
    ],
)
def test_wrong_setting_is_told_with_its_remedy(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as raised:
        gateway_settings(LEAST | environment)

    assert TOKEN not in str(raised.value)
    assert "mat-khau" not in str(raised.value)


@pytest.mark.parametrize(
    ("command", "environment", "told"),
    [
        (
            ["gateway"],
            {"GATEWAY_FRESH_FOR": "0"},
            "portal: GATEWAY_FRESH_FOR: cần số giây từ 1 đến 3600, nhưng đang ghi '0' (hãy ghi 5)",
        ),
        (
            ["gateway"],
            {"GATEWAY_BIND": "localhost"},
            "portal: GATEWAY_BIND: cần một địa chỉ IP, nhưng đang ghi 'localhost';"
            " hãy ghi 127.0.0.1 nếu chỉ dùng trên máy này",
        ),
        (
            ["dossiers", "refresh"],
            {"DOSSIER_LOOKUP_EXAMPLE": "abc"},
            "portal: DOSSIER_LOOKUP_EXAMPLE: cần mã hồ sơ như trên giấy tiếp nhận, 000.00.14.H30-190924-0002,"
            " hoặc để trống",
        ),
        (
            ["dossiers", "refresh", "--lang", "en"],
            {"DOSSIER_BACKEND_PLAIN_HTTP": "maybe"},
            "portal: DOSSIER_BACKEND_PLAIN_HTTP: expected yes or no (in the environment 1 or 0)",
        ),
    ],
)
def test_wrong_setting_is_told_in_the_language_of_the_command(
    command: list[str],
    environment: dict[str, str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    for name, value in (LEAST | environment).items():
        monkeypatch.setenv(name, value)

    assert main(command) == COULD_NOT_RUN
    assert capsys.readouterr().err.strip() == told


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    text = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")

    rows = dict(re.findall(r"^\| `(GATEWAY_\w+)` \| ([^|]*?) ?\|", text, re.MULTILINE))

    assert {name: value.strip("`") for name, value in rows.items()} == DEFAULTS
    assert set(re.findall(r"GATEWAY_\w+", text)) == set(DEFAULTS)
