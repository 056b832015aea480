"""Settings of the backend: what is wrong is told with its name and the remedy, and no secret with it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from plugins.dossiers import settings as dossier_settings
from plugins.dossiers.settings import DEFAULTS, BackendSettings
from plugins.portal.problems import SettingsError

TOKEN = "bi-mat-0123456789"


def backend_settings(settings: Mapping[str, object], environment: Mapping[str, str]) -> BackendSettings:
    """As they are read with nothing else in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", environment)
        return dossier_settings.backend_settings(settings)


def test_without_settings_there_is_no_backend() -> None:
    assert backend_settings({}, {}) == BackendSettings()
    assert backend_settings(DEFAULTS, {}) == BackendSettings()


def test_environment_wins() -> None:
    settings = {"DOSSIER_BACKEND_URL": "https://a.vn/api/", "DOSSIER_TIME_LIMIT": 5, "DOSSIER_STATE_PATH": Path("a")}
    environment = {"DOSSIER_BACKEND_URL": "https://b.vn", "DOSSIER_TIME_LIMIT": "7.5", "DOSSIER_BACKEND_TOKEN": TOKEN}

    read = backend_settings(settings, environment)

    assert (read.url, read.host, read.time_limit, read.state_path) == ("https://b.vn", "b.vn", 7.5, Path("a"))
    assert read.token == SecretStr(TOKEN)
    assert backend_settings(settings, {}).url == "https://a.vn/api"


def test_token_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")

    assert backend_settings({"DOSSIER_BACKEND_TOKEN_FILE": str(file)}, {}).token.get_secret_value() == TOKEN
    assert backend_settings({}, {"DOSSIER_BACKEND_TOKEN_FILE": str(file)}).token.get_secret_value() == TOKEN


def test_token_is_never_shown() -> None:
    read = backend_settings({}, {"DOSSIER_BACKEND_TOKEN": TOKEN})

    assert TOKEN not in f"{read} {read!r} {read.token} {read.token!r} {vars(read)}"
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301  # a worker process may need them


@pytest.mark.parametrize(
    ("settings", "environment", "message"),
    [
        ({"DOSSIER_BACKEND_URL": 7}, {}, "DOSSIER_BACKEND_URL: expected an address such as .* got int"),
        ({"DOSSIER_BACKEND_URL": "motcua.vn"}, {}, "DOSSIER_BACKEND_URL: expected an address that begins with https"),
        ({"DOSSIER_BACKEND_URL": "ftp://motcua.vn"}, {}, "DOSSIER_BACKEND_URL: expected an address that begins"),
        ({"DOSSIER_BACKEND_URL": "https://"}, {}, "DOSSIER_BACKEND_URL: expected an address that begins"),
        ({"DOSSIER_BACKEND_URL": "https://a.vn:x"}, {}, "DOSSIER_BACKEND_URL: the address cannot be read"),
        ({"DOSSIER_BACKEND_URL": "https://[a"}, {}, "DOSSIER_BACKEND_URL: the address cannot be read"),
        ({"DOSSIER_BACKEND_URL": "https://a.vn/a b"}, {}, "DOSSIER_BACKEND_URL: the address holds spaces"),
        ({"DOSSIER_BACKEND_URL": f"https://a:{TOKEN}@a.vn"}, {}, "holds a name or password; .* DOSSIER_BACKEND_TOKEN$"),
        ({"DOSSIER_BACKEND_URL": f"https://a.vn/?key={TOKEN}"}, {}, "DOSSIER_BACKEND_URL: the address holds a query"),
        ({"DOSSIER_BACKEND_URL": "http://a.vn"}, {}, "plain http shows the token .* DOSSIER_BACKEND_PLAIN_HTTP"),
        ({"DOSSIER_LOOKUP_URL": "http://a.vn"}, {}, "^DOSSIER_LOOKUP_URL: plain http"),
        ({"DOSSIER_LOOKUP_EXAMPLE": "abc"}, {}, "DOSSIER_LOOKUP_EXAMPLE: expected a code as it stands on a receipt"),
        ({"DOSSIER_BACKEND_TOKEN": TOKEN}, {}, "DOSSIER_BACKEND_TOKEN does not belong in a settings file"),
        ({}, {"DOSSIER_BACKEND_TOKEN": TOKEN + "\nX: y"}, "DOSSIER_BACKEND_TOKEN: a token is one line"),
        ({}, {"DOSSIER_BACKEND_TOKEN": "mật khẩu"}, "DOSSIER_BACKEND_TOKEN: a token is one line"),
        ({"DOSSIER_BACKEND_TOKEN_FILE": "/nowhere"}, {}, "DOSSIER_BACKEND_TOKEN_FILE: /nowhere cannot be read"),
        ({"DOSSIER_BACKEND_TOKEN_FILE": "/dev/null"}, {}, "DOSSIER_BACKEND_TOKEN_FILE: /dev/null is empty"),
        ({"DOSSIER_BACKEND_CA": "/nowhere"}, {}, "DOSSIER_BACKEND_CA: there is no file /nowhere"),
        ({"DOSSIER_BACKEND_PLAIN_HTTP": "maybe"}, {}, "DOSSIER_BACKEND_PLAIN_HTTP: expected yes or no"),
        ({"DOSSIER_STATE_PATH": ""}, {}, "DOSSIER_STATE_PATH: must not be empty"),
        ({"DOSSIER_TIME_LIMIT": 0}, {}, r"DOSSIER_TIME_LIMIT: expected seconds from 1 to 300, got 0 \(write 10\)"),
        ({"DOSSIER_TIME_LIMIT": True}, {}, "DOSSIER_TIME_LIMIT: expected seconds"),
        ({}, {"DOSSIER_TIME_LIMIT": "nan"}, "DOSSIER_TIME_LIMIT: expected seconds"),
        ({}, {"DOSSIER_STALE_AFTER": "một ngày"}, "DOSSIER_STALE_AFTER: expected hours from 0 to 8784"),
    ],
)
def test_wrong_setting_is_told_with_its_remedy(
    settings: dict[str, object], environment: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError, match=message) as raised:
        backend_settings(settings, environment)

    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize("url", ["http://localhost:8001", "http://127.0.0.1:8001/api", "http://[::1]"])
def test_plain_http_is_taken_on_this_machine(url: str) -> None:
    assert backend_settings({"DOSSIER_BACKEND_URL": url}, {}).url == url


def test_plain_http_is_taken_elsewhere_where_it_is_asked_for() -> None:
    environment = {"DOSSIER_BACKEND_URL": "http://10.0.0.7", "DOSSIER_BACKEND_PLAIN_HTTP": "1"}

    assert backend_settings({}, environment).url == "http://10.0.0.7"
