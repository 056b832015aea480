"""`portal dossiers refresh`, but for what backends do to it: see test_failures.py."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest
from rich.console import Console

from plugins.command_line.dossiers import refresh_dossiers
from plugins.dossiers.snapshots import SnapshotStore
from plugins.portal.problems import PortalError, SettingsError
from tests.dossiers.backend import Document, backend, figures, says


def run(folder: Path, url: str, *outputs: Path, stale_after: float = 1) -> tuple[bool, str]:
    """Whether the figures are new, and what was said; `stale_after` hours they are told to be old."""
    said = io.StringIO()
    settings = {
        "DEFAULT_LANG": "vi",
        "OUTPUT_PATH": str(folder),
        "DOSSIER_BACKEND_URL": url,
        "DOSSIER_STATE_PATH": str(folder / "state"),
        "DOSSIER_STALE_AFTER": stale_after,
    }
    arguments = argparse.Namespace(lang="en", outputs=[str(output) for output in outputs] or None)
    return refresh_dossiers(arguments, settings, Console(file=said, width=400)), said.getvalue()


def test_without_a_backend_the_command_cannot_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DOSSIER_BACKEND_URL is empty"):
        run(tmp_path, "")


def test_several_portals_get_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "desk", tmp_path / "public"
    first.mkdir()
    second.mkdir()
    with backend(figures()) as server:
        _, said = run(tmp_path, server.url, first, second)

    assert (first / "live/dossiers.json").read_bytes() == (second / "live/dossiers.json").read_bytes()
    assert f"Written: {second / 'live/dossiers.json'}" in said
    assert not (tmp_path / "live").exists()


def test_portal_that_is_not_built_is_told_and_the_figures_are_kept(tmp_path: Path) -> None:
    with backend(figures()) as server, pytest.raises(PortalError, match="there is no portal; build it first"):
        run(tmp_path, server.url, tmp_path / "nowhere")

    assert SnapshotStore(tmp_path / "state").read() is not None


def test_refresh_beside_another_leaves_the_file_to_that(tmp_path: Path) -> None:
    with backend(figures()) as server, SnapshotStore(tmp_path / "state").alone() as alone:
        assert alone
        new, said = run(tmp_path, server.url)

    assert (new, said) == (True, "Another refresh is running: this one did nothing.\n")
    assert not (tmp_path / "live").exists()


def test_sums_that_do_not_add_up_are_counted(tmp_path: Path) -> None:
    def spoil(document: Document) -> None:
        document["rows"]["total"][0]["resolved"]["early"] += 1
        document["rows"]["month"][0]["pending"]["within"] += 1

    with backend(figures(spoil)) as server:
        new, said = run(tmp_path, server.url)

    assert new
    assert "2 sums of the form do not add up" in said


def test_age_is_told_once_figures_are_old(tmp_path: Path) -> None:
    def age(document: Document) -> None:
        document["as_of"] = f"{document['from']}T00:00:00+07:00"

    with backend(figures(age), says(b"{}", 404)) as server:
        _, fresh = run(tmp_path, server.url, stale_after=0)  # the year may have begun just now
        new, said = run(tmp_path, server.url, stale_after=0)

    assert "Not updated since 01/01/" in fresh
    assert not new
    assert "Not updated since 01/01/" in said
