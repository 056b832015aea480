"""Whom the public is told that figures come from: a name, never a number or a machine of the house."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html

from plugins.demonstration.embedded import SOURCE_NAME, EmbeddedBackend
from plugins.dossiers import sources
from plugins.dossiers.live import live_bytes
from plugins.dossiers.refresh import RefreshReport, refresh
from plugins.dossiers.settings import BackendSettings, backend_settings
from plugins.dossiers.snapshots import LastGood, SnapshotStore, last_good
from plugins.dossiers.sources import source_name
from plugins.portal.dossiers import Snapshot
from plugins.portal.values import VIETNAM
from tests.dossiers.backend import backend, figures, says
from tests.dossiers.made_up import row, snapshot, statistics
from tests.provinces import SmallProvince

UNNAMED = sources.UNNAMED.vi
NOON = datetime(2019, 9, 24, 12, tzinfo=VIETNAM)
NAMED = "Cổng Dịch vụ công tỉnh Thử Nghiệm"


def of(source: str, name: str = "") -> Snapshot:
    return snapshot(statistics(row("so-y-te"))).model_copy(update={"source": source, "source_name": name})


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        ("https://motcua.example.vn/api", "", "motcua.example.vn"),
        ("https://motcua.example.vn/api", NAMED, NAMED),
        ("http://127.0.0.1:8001", "", UNNAMED),
        ("http://10.2.3.4", "", UNNAMED),
        ("https://[2001:db8::1]/", "", UNNAMED),
        ("http://localhost:8001", "", UNNAMED),
        ("http://motcua", "", UNNAMED),
        ("https://motcua.local", "", UNNAMED),
        ("http://127.0.0.1:8001", NAMED, NAMED),
    ],
)
def test_source_has_a_name(address: str, name: str, said: str) -> None:
    assert source_name(of(address, name)) == said


@pytest.mark.parametrize(("name", "said"), [("", UNNAMED), (NAMED, NAMED)])
def test_all_that_is_published_says_the_name_and_no_address(tmp_path: Path, name: str, said: str) -> None:
    province = SmallProvince.of(tmp_path)
    kept = of("http://127.0.0.1:8001", name)
    (tmp_path / "state").mkdir()
    SnapshotStore(tmp_path / "state").keep(LastGood(snapshot=kept, mapping="made up"))
    province.build()
    [shown] = html.document_fromstring(province.page("so-lieu")).xpath("//p[@data-known='total']")
    data = json.loads((province.output / "so-lieu/du-lieu.json").read_bytes())
    report = RefreshReport("fetched", NOON, 24, kept)

    assert " ".join(shown.text_content().split()).endswith(f"· Nguồn: {said}")
    assert {data["source"], json.loads((province.output / "live/dossiers.json").read_bytes())["source"]} == {said}
    assert json.loads(live_bytes(kept, report))["source"] == said
    assert [path for path, body in province.files().items() if b"127.0.0.1" in body] == []


def test_name_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_SOURCE_NAME", f"  {NAMED} ")

    assert backend_settings({}).source_name == NAMED


def test_new_name_is_told_with_figures_that_stay(tmp_path: Path) -> None:
    with backend(figures(), says(b"", status=500)) as asked:
        settings = BackendSettings(url=asked.url, state_path=tmp_path)
        refresh(settings)
        report = refresh(replace(settings, source_name=NAMED))

    kept = last_good(tmp_path)
    assert report.outcome == "kept"
    assert report.snapshot == kept
    assert kept is not None
    assert kept.source_name == NAMED


def test_figures_of_another_backend_keep_the_name_of_theirs(tmp_path: Path) -> None:
    SnapshotStore(tmp_path).folder.mkdir(exist_ok=True)
    SnapshotStore(tmp_path).keep(LastGood(snapshot=of("https://cu.example.vn", "Hệ thống cũ"), mapping="made up"))
    with backend(says(b"", status=500)) as asked:
        report = refresh(BackendSettings(url=asked.url, state_path=tmp_path, source_name=NAMED), NOON)

    assert report.snapshot is not None
    assert report.snapshot.source_name == "Hệ thống cũ"


def test_made_up_backend_says_that_it_is_made_up(tmp_path: Path) -> None:
    settings = EmbeddedBackend.beside(tmp_path / "dossiers", 8001).portal_settings

    assert settings["DOSSIER_SOURCE_NAME"] == SOURCE_NAME
    assert "không có thật" in SOURCE_NAME
