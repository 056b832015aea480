"""The documents of the demonstration: those kept are those that the tool writes, and say that they are made up."""

from __future__ import annotations

from pathlib import Path

import yaml

from tools.sample_documents.__main__ import CONTENT, main


def documents(content: Path) -> dict[str, str]:
    files = (path for path in content.glob("**/documents/*/*") if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_text("utf-8") for path in files}


def test_kept_documents_are_those_that_are_written(tmp_path: Path) -> None:
    number = main(target=tmp_path)

    assert number >= 120
    assert documents(tmp_path) == documents(CONTENT)


def test_every_agency_has_some_and_each_says_that_it_is_a_sample() -> None:
    kept = documents(CONTENT)
    records = [next(iter(yaml.safe_load_all(written))) for written in kept.values()]
    agencies = {path.split("/")[1] for path in kept if path.startswith("agencies/")}

    assert agencies == {path.name for path in (CONTENT / "agencies").iterdir()}
    assert [record["title"] for record in records if not record["title"].endswith("(mẫu)")] == []
    assert [record["number"] for record in records if not record.get("number", "9").startswith("9")] == []
