"""Comparing what two versions of the code make of the same content."""

from __future__ import annotations

from pathlib import Path

from tests.provinces import ROOT, SITES
from tools.sameness import build, differences


def test_every_kind_of_difference_is_named(tmp_path: Path) -> None:
    for folder, files in (("a", {"x": "1", "y/z": "1", "gone": "1"}), ("b", {"x": "1", "y/z": "2", "new": "1"})):
        for name, text in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    assert differences(tmp_path / "a", tmp_path / "b") == ["gone: only before", "new: only after", "y/z: differs"]
    assert differences(tmp_path / "a", tmp_path / "a") == []


def test_code_of_a_folder_builds_content_that_lies_elsewhere(tmp_path: Path) -> None:
    built = build(ROOT, SITES / "base", tmp_path / "made")

    assert (built / "so-y-te/index.html").is_file()
