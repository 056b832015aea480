"""The sequences themselves: each kind of fault that builds could have is found by them, and told in few steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from plugins.builder import compile_stage, linking, snapshot
from plugins.builder.digests import SiteInputs, search_digest, site_digest
from tests.sequences.comparing import Built, differences
from tests.sequences.edits import EDITS
from tests.sequences.sequence import OTHERWISE, Step, Way, shortest, steps_of, workshop

pytestmark = pytest.mark.heavy


SAME_TIME = "file_changes_with_its_old_time"


def without_shared(engine: str, inputs: SiteInputs) -> str:
    return site_digest(engine, replace(inputs, shared=""))


def without_folder(engine: str, inputs: SiteInputs) -> str:
    return site_digest(engine, replace(inputs, folder=""))


def without_synonyms(engine: str, counted: Any, speech: str) -> str:
    return search_digest(engine, counted, "")


def by_size_and_time(self: Any, file: Any, status: Any) -> bool:
    record = self.files.get(file.inside)
    return record is not None and (record.size, record.modified) == (status.st_size, status.st_mtime_ns)


FAULTS: dict[str, tuple[object, str, Callable[..., object], str]] = {
    "shared records are not in a digest": (compile_stage, "site_digest", without_shared, "field_is_renamed"),
    "a folder is not in a digest": (compile_stage, "site_digest", without_folder, "text_has_another_title"),
    "synonyms are not in a digest": (linking, "search_digest", without_synonyms, "synonyms_are_others"),
    "a file is told by size and time": (snapshot._Index, "still_holds", by_size_and_time, SAME_TIME),
}
"""Where a fault is put in, and an edit that brings it to light."""


@pytest.mark.parametrize("fault", FAULTS)
def test_build_that_overlooks_what_has_changed_is_found(fault: str) -> None:
    """What has nothing to do with it is left out of what is told."""
    place, name, faulty, edit = FAULTS[fault]
    with patch.object(place, name, faulty), workshop(Way()) as desk:
        made = ([Step("litter_lies_about", 1), Step(edit, seed), Step("litter_lies_about", 2)] for seed in range(9))
        told = next(lines for steps in made if (lines := shortest(desk.go, steps)))

    first, step, otherwise, *_ = told.splitlines()
    assert (first, step[:5], otherwise) == ("after these steps", "  1. ", OTHERWISE)
    assert "litter" not in step


def test_sequence_follows_from_its_name_alone() -> None:
    once, again, another = (steps_of(name, Way()) for name in ("desk 7", "desk 7", "desk 8"))
    assert once == again
    assert once != another
    made = {step.edit for number in range(200) for step in steps_of(f"desk {number}", Way())}
    assert made == EDITS.keys()


GOOD = Built({"a/index.html": b"A /b/", "b/index.html": b"B"}, {"a": "built", "b": "unchanged"}, {"a": []}, {"a": []})


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (replace(GOOD, files={"a/index.html": b"A /b/", "b/index.html": b"C"}), "b/index.html"),
        (replace(GOOD, files={"a/index.html": b"A /b/"}), "b/index.html: only clean"),
        (replace(GOOD, problems={"a": ["x"]}), "problems of a"),
        (replace(GOOD, advice={"a": ["x"]}), "advice of a"),
        (replace(GOOD, note="shallow"), "note"),
        (replace(GOOD, outcomes={"a": "built", "b": "kept"}), "b is kept"),
        (replace(GOOD, error="broken"), "error"),
    ],
)
def test_what_differs_is_told(other: Built, told: str) -> None:
    assert differences(GOOD, GOOD, {}) == []
    [line] = differences(other, GOOD, {})
    assert line.startswith(told)


def test_while_a_site_is_left_out_pages_that_do_not_speak_of_it_are_compared() -> None:
    clean = replace(GOOD, files={"a/index.html": b"A"}, outcomes={"a": "built", "b": "left out"})
    kept = replace(GOOD, outcomes={"a": "built", "b": "kept"})

    assert differences(kept, clean, {}) == []
    [line] = differences(replace(kept, files={**kept.files, "a/x.html": b"X"}), clean, {})
    assert line == "a/x.html: only incremental"
