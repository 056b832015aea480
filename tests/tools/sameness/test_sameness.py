"""Comparing what two versions of the code make of the same content."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.provinces import ROOT, SITES
from tools.sameness import CONFS, build, differences


def test_every_kind_of_difference_is_named(tmp_path: Path) -> None:
    for folder, files in (("a", {"x": "1", "y/z": "1", "gone": "1"}), ("b", {"x": "1", "y/z": "2", "new": "1"})):
        for name, text in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    assert differences(tmp_path / "a", tmp_path / "b") == ["gone: only before", "new: only after", "y/z: differs"]
    assert differences(tmp_path / "a", tmp_path / "a") == []


@pytest.mark.parametrize("conf", CONFS)
def test_code_of_a_folder_builds_content_that_lies_elsewhere(tmp_path: Path, conf: str) -> None:
    built = build(ROOT, SITES / "base", tmp_path / "made", conf)

    assert (built / "so-y-te/index.html").is_file()
    assert (built / "kiem-tra/huong-dan/index.html").is_file() == (conf == "pelicanconf")


def test_pages_are_written_by_the_code_of_the_folder(tmp_path: Path) -> None:
    code = tmp_path / "code"
    for name in ("plugins", "theme", "docs"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for conf in ("pelicanconf", "publishconf"):
        shutil.copy(ROOT / f"{conf}.py", code)
    addresses = code / "plugins/portal/addresses.py"
    addresses.write_text(addresses.read_text("utf-8").replace('"lien-he/"', '"lien-lac/"'), "utf-8")

    built = build(code, SITES / "base", tmp_path / "made", "publishconf")

    assert (built / "so-y-te/lien-lac/index.html").is_file()
    assert not (built / "so-y-te/lien-he").exists()


def test_portal_that_could_not_be_built_is_not_the_same_as_another(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITES / "base", content)
    (content / "province/province.yaml").write_text("name: [", "utf-8")

    with pytest.raises(subprocess.CalledProcessError):
        build(ROOT, content, tmp_path / "made", "publishconf")
