"""One digest for everything that a site is built from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.builder.digests import LinkInputs, SiteInputs, TreeDigest, engine_digest, link_digest, site_digest
from plugins.portal.digests import SIZE, Digest
from tests.provinces import ROOT
from tests.waiting import PATIENCE


def digest_of(*parts: str | bytes) -> str:
    digest = Digest()
    digest.add(*parts)
    return digest.hex()


def tree_digest(folder: Path) -> str:
    digest = TreeDigest()
    digest.add_tree(folder)
    return digest.hex()


parts = st.lists(st.text(max_size=4) | st.binary(max_size=4), max_size=4)


@given(parts, parts)
def test_parts_never_run_together(one: list[str | bytes], other: list[str | bytes]) -> None:
    raw = [
        [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in each]
        for each in (one, other)
    ]
    assert (digest_of(*one) == digest_of(*other)) == (raw[0] == raw[1])


def test_digest_is_short_hexadecimal() -> None:
    assert len(digest_of("a")) == SIZE * 2
    int(digest_of("a"), 16)


def test_contents_of_two_files_do_not_change_places_unseen(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, first, second in ((one, "1", "2"), (other, "2", "1")):
        folder.mkdir()
        (folder / "a").write_text(first)
        (folder / "b").write_text(second)
    assert tree_digest(one) != tree_digest(other)


INPUTS = SiteInputs(slug="so-y-te", shared="1", folder="2", history="3", taken=("a",), unlinked=("agency:b",))


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "so-khac"}, {"shared": "x"}, {"folder": "x"}, {"history": ""}, {"taken": ()}, {"taken": ("a", "b")},
        {"taken": ("ab",)}, {"unlinked": ()}, {"taken": ("a", "agency:b"), "unlinked": ()},
    ],
)  # fmt: skip
def test_everything_that_a_site_is_built_from_is_in_its_digest(change: dict[str, Any]) -> None:
    assert site_digest("engine", replace(INPUTS, **change)) != site_digest("engine", INPUTS)


def test_engine_is_in_the_digest_of_a_site() -> None:
    assert site_digest("other", INPUTS) != site_digest("engine", INPUTS)


def test_engine_digest_sees_theme_templates_before_it_and_settings(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("a")
    before = engine_digest("theme", [tmp_path], {"A": 1, "B": [1, 2]})
    assert engine_digest("theme", [tmp_path], {"B": [1, 2], "A": 1}) == before
    others = [
        engine_digest("theme", [tmp_path], {"A": 1, "B": [2, 1]}),
        engine_digest("other", [tmp_path], {"A": 1, "B": [1, 2]}),
        engine_digest("theme", [], {"A": 1, "B": [1, 2]}),
    ]
    (tmp_path / "base.html").write_text("b")
    others.append(engine_digest("theme", [tmp_path], {"A": 1, "B": [1, 2]}))
    assert len({before, *others}) == 5


LINK = LinkInputs(shared="1", settings={"A": 1}, figures="2", removed=("1.000001",), owners=(("1.000002", "a"),))


@pytest.mark.parametrize(
    "change",
    [
        {"shared": "x"}, {"settings": {"A": 2}}, {"figures": "x"}, {"removed": ()}, {"owners": ()},
        {"owners": (("1.000002", "b"),)},
    ],
)  # fmt: skip
def test_everything_that_linked_pages_are_built_from_is_in_their_digest(change: dict[str, Any]) -> None:
    versions = [("a", "1", "0"), ("b", "2", "")]
    assert link_digest("engine", versions, replace(LINK, **change)) != link_digest("engine", versions, LINK)


def test_link_digest_sees_every_version() -> None:
    several = [
        [("a", "1", "0"), ("b", "2", "")],
        [("a", "1", "0"), ("b", "3", "")],
        [("a", "1", ""), ("b", "2", "0")],
        [("a", "1", "0")],
        [("b", "2", ""), ("a", "1", "0")],
        [("a", "10", ""), ("b", "2", "")],
    ]
    assert len({link_digest("engine", versions, LINK) for versions in several}) == len(several)


def test_digest_does_not_depend_on_the_process() -> None:
    code = "from tests.builder.test_digests import *; print(site_digest(engine_digest('theme', [], {'A': 1}), INPUTS))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert re.fullmatch(r"[0-9a-f]{32}\n", printed.pop())
