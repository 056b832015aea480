"""`portal serve` on a fresh machine: a made-up backend that can be unplugged, and figures that then stay."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from plugins.alerts import AlertStore
from plugins.builder.folders import shown_sites
from plugins.demonstration.embedded import SOURCE_NAME, EmbeddedBackend, EmbeddedBackendError
from plugins.dossiers.settings import BackendSettings, backend_settings
from plugins.portal.alerts import Alert
from plugins.portal.values import VIETNAM
from tests.command_line.conftest import ServedBefore
from tests.command_line.test_command_line import places
from tests.programs import NOTHING_ELSE, SCRIPTS, Program, deaf, running
from tests.provinces import SmallProvince
from tests.waiting import until

PORTAL = (SCRIPTS / "portal",)
IMPATIENT = (
    sys.executable,
    "-c",
    "import sys; from plugins.command_line import main, serving; serving.REFRESH_SECONDS = 0.5; sys.exit(main())",
)
"""`portal` that looks at its backend more often than a person needs."""


@dataclass(frozen=True)
class Served:
    """A portal that `portal serve` serves, and what it has said."""

    address: str
    said: str
    province: SmallProvince

    @property
    def live(self) -> dict[str, Any]:
        found: dict[str, Any] = requests.get(f"{self.address}live/dossiers.json", timeout=10).json()
        return found

    @property
    def demonstration(self) -> Path:
        return self.province.folder / "demonstration"

    @property
    def backend_port(self) -> int:
        [port] = re.findall(r"http://127\.0\.0\.1:(\d+);", self.said)
        return int(port)


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(
    province: SmallProvince, environment: Mapping[str, str] = NOTHING_ELSE, command: Sequence[str | Path] = PORTAL
) -> Iterator[tuple[Served, Program]]:
    """`portal serve` as a script starts it, up to the line that says where the portal is, and then to its end."""
    arguments = [*command, "serve", *places(province), "--port", "0"]
    with running(arguments, inherits=deaf, environment=environment) as program:
        found = program.says(r"Cổng đang chạy tại (http://\S+/)")
        yield Served(found[1], program.said + program.errors, province), program
        program.process.send_signal(signal.SIGINT)
        program.ends()


def test_first_start_builds_makes_up_dossiers_and_builds_with_their_figures(served_before: ServedBefore) -> None:
    assert served_before.said.count("Các trang của cổng") == 2  # once with everything, once with the figures
    assert "Đang tạo hồ sơ mẫu" in served_before.said
    assert "data-live" in served_before.province.page("so-lieu")
    assert not (served_before.province.folder / "state").exists()  # where a real backend's figures go


def test_figures_are_live_and_stay_when_the_backend_is_unplugged(served_before: ServedBefore) -> None:
    with serving(served_before.province, {"GATEWAY_FRESH_FOR": "1"}, IMPATIENT) as (served, program):
        first = served.live
        assert first["rows"]["total"]["received"]["total"] > 500  # what is open of last year, on the first of January
        health = requests.get(f"http://127.0.0.1:{served.backend_port}/v1/health", timeout=10).json()
        assert set(health) == {"ok", "as_of"}  # the coming months of the made-up table are no fault of it
        assert (first["stale"], set(first["rows"]["agency"])) == (False, {"so-y-te", "so-tu-phap"})
        until(lambda: served.live["as_of"] > first["as_of"], "newer figures")

        backend = re.search(r"http://127\.0\.0\.1:\d+(?=; muốn thử ngắt nó: kill)", served.said)
        code = re.search(r"\d{3}\.\d{2}\.\d{2}\.H30-\d{6}-\d{4}", served.said)
        assert backend
        assert code
        policy = requests.get(f"{served.address}tra-cuu-ho-so/", timeout=10).headers["Content-Security-Policy"]
        assert f"connect-src 'self' {backend[0]};" in policy
        looked_up = requests.get(
            f"{backend[0]}/v1/dossiers/{code[0]}", headers={"Origin": served.address[:-1]}, timeout=10
        )
        assert looked_up.json()["code"] == code[0]
        assert looked_up.headers["Access-Control-Allow-Origin"] == served.address[:-1]
        assert requests.get(f"{backend[0]}/v1/statistics?from=2019-01-01&to=2019-12-31", timeout=10).status_code == 401

        hint = re.search(
            r'"ma-ho-so-goi-y">.*?(\d{3}\.\d{2}\.\d{2}\.H30-\d{6}-\d{4})', served.province.page("tra-cuu-ho-so")
        )
        assert hint
        assert requests.get(f"{backend[0]}/v1/dossiers/{hint[1]}", timeout=10).json()["status"] == 10

        unplugged = re.search(r"kill (\d+)", served.said)
        assert unplugged
        os.kill(int(unplugged[1]), signal.SIGTERM)
        until(lambda: not listens(served.backend_port), "the end of the backend")
        last = served.live
        until(lambda: served.live["checked_at"] > last["checked_at"], "another look at the backend")
        assert served.live["reason"] == "unreachable"
        assert served.live["rows"] == last["rows"]
        assert served.live["stale_after_hours"] == pytest.approx(1 / 60, rel=0.01)
        assert requests.get(f"{served.address}so-lieu/", timeout=10).ok

    assert program.process.returncode == 0


def test_second_start_takes_the_table_that_is_there_and_ends_its_backend(served_before: ServedBefore) -> None:
    [table] = (served_before.province.folder / "demonstration").glob("*.sqlite")
    made = table.stat().st_mtime_ns
    with serving(served_before.province) as (served, program):
        assert "Đang tạo hồ sơ mẫu" not in served.said
        assert listens(served.backend_port)
        program.process.terminate()
        assert program.ends() == 0
        assert not listens(served.backend_port)

    assert table.stat().st_mtime_ns == made


def test_notices_that_stand_are_shown_beside_made_up_figures(served_before: ServedBefore) -> None:
    state, now = served_before.province.folder / "state", datetime.now(VIETNAM)
    alert = Alert(level="danger", text="Nước lên nhanh", until=now + timedelta(hours=1))
    AlertStore(state).say(alert, now)
    with serving(served_before.province) as (served, _):
        shown = requests.get(f"{served.address}live/alert.json", timeout=10).json()
        assert [line["text"] for line in shown["alerts"]] == [alert.text]
        assert alert.text in served.province.page("so-y-te")
    shutil.rmtree(state)


def test_backend_ends_with_a_portal_that_is_killed(served_before: ServedBefore) -> None:
    with serving(served_before.province) as (served, program):
        assert listens(served.backend_port)
        program.process.kill()
        program.ends()
        until(lambda: not listens(served.backend_port), "the end of the backend")


def test_older_table_goes_with_its_figures(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    sites = shown_sites(province.settings())
    backend = EmbeddedBackend.beside(tmp_path / "state", 0)
    old = backend.folder / "dossiers-2019-0.sqlite", backend.folder / "figures" / "last-good.json"
    for file in old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("of another year")
    assert not backend.has_table(sites)

    backend.write_table(sites)

    assert backend.has_table(sites)
    assert [file.exists() for file in old] == [False, False]
    assert len(backend.worth_a_look(sites)) >= 3


def test_backend_that_is_named_is_asked_and_none_made_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    named = {"DOSSIER_BACKEND_URL": url, "DOSSIER_BACKEND_TOKEN": "bi-mat-0123456789"}
    with serving(SmallProvince.of(tmp_path), named) as (served, _):
        assert "Không có số liệu: " in served.said
        assert not served.demonstration.exists()
        assert "Chưa có số liệu" in served.province.page("so-lieu")


def test_portal_is_served_without_anything_to_make_dossiers_of(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for folder in province.content.glob("**/procedures"):
        for file in folder.iterdir():
            file.unlink()
    with serving(province) as (served, _):
        assert "portal: no procedures in the content: there is nothing to make up dossiers of" in served.said
        assert requests.get(served.address, timeout=10).ok


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    backend = EmbeddedBackend.beside(tmp_path / "state", 0)
    backend.folder.write_text("a file where a folder should be")

    with pytest.raises(EmbeddedBackendError, match="demonstration: no dossiers can be made up there"):
        backend.write_table(shown_sites(province.settings()))


def test_what_was_meant_for_another_backend_is_not_used_for_the_made_up_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = {
        "DOSSIER_MAPPING": "mapping.yaml",
        "DOSSIER_BACKEND_TOKEN_FILE": "token",
        "DOSSIER_STATE_PATH": "elsewhere",
        "DOSSIER_SOURCE_NAME": "Hệ thống thật",
    }
    for name, value in meant.items():
        monkeypatch.setenv(name, value)
    for name in ("DOSSIER_BACKEND_URL", "DOSSIER_LOOKUP_URL", "DOSSIER_STALE_AFTER", "DOSSIER_BACKEND_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    backend = EmbeddedBackend.beside(tmp_path / "state", 0)

    with monkeypatch.context() as scope:
        scope.setattr(os, "environ", os.environ.copy())
        backend.use()
        used = backend_settings({"DOSSIER_MAPPING": {"like": "national"}} | backend.portal_settings)

    assert used == BackendSettings(
        url=backend.url,
        token=SecretStr(backend.token),
        source_name=SOURCE_NAME,
        lookup_url=backend.url,
        state_path=backend.folder / "figures",
        stale_after=0.0167,
    )


def test_port_that_is_taken_is_left_to_who_has_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        backend = EmbeddedBackend.beside(tmp_path / "state", taken)
    assert backend.port != taken
    assert backend.portal_settings["DOSSIER_BACKEND_URL"] == f"http://127.0.0.1:{backend.port}"
