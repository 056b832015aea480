"""A build asks the backend first; one that is dead or lies costs the portal nothing but its time limit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.command_line.test_command_line import places, portal
from tests.dossiers.backend import Backend, backend, drips, figures, says
from tests.provinces import SmallProvince


def environment(asked: Backend) -> dict[str, str]:
    token = "bi-mat-0123456789"
    return {"DOSSIER_BACKEND_URL": asked.url, "DOSSIER_BACKEND_TOKEN": token, "DOSSIER_TIME_LIMIT": "2"}


def live(province: SmallProvince) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((province.output / "live/dossiers.json").read_text(encoding="utf-8"))
    return found


def test_built_pages_have_the_figures_of_the_backend_and_keep_them_when_it_fails(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    with backend(figures(received=111_500)) as asked:
        first = portal("build", *places(province), **environment(asked))
    page = province.page("so-lieu")

    # An answer that never ends would hold up a build without the limit for ever.
    with backend(drips(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" ")) as dripping:
        held_up = portal("build", *places(province), **environment(dripping))
    with backend(says(b"<html>", 200)) as lying:
        lied_to = portal("build", *places(province), **environment(lying))

    assert [(done.returncode, done.stderr) for done in (first, held_up, lied_to)] == [(0, "")] * 3
    assert "Đã lấy số liệu mới" in first.stdout
    assert "Không có số liệu mới: " in held_up.stdout
    assert "Không có số liệu mới: " in lied_to.stdout
    assert "111.500" in page
    assert "111.500" in province.page("so-lieu")
    assert (live(province)["rows"]["total"]["received"]["total"], live(province)["reason"]) == (111_500, "not_json")
    assert "bi-mat" not in "".join(done.stdout for done in (first, held_up, lied_to))


def test_check_asks_nobody(tmp_path: Path) -> None:
    with backend(figures()) as asked:
        done = portal("check", "--content", SmallProvince.of(tmp_path).content, **environment(asked))
        assert (done.returncode, asked.seen) == (0, [])
