"""Rows of lists are rendered once, and anew only where they show something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.earlier_pages import EarlierPages
from plugins.rendered_rows import RenderedRows

FILE = "rows.json"


def version(folder: Path) -> CompiledVersion:
    folder.mkdir(exist_ok=True)
    return CompiledVersion(folder)


def rows_of(versions: EarlierPages, made: list[str]) -> RenderedRows:
    def render(name: str, number: int) -> str:
        made.append(f"{name} {number}")
        return f"<li>{name} {number}</li>"

    return RenderedRows(versions, FILE, render)


def test_row_is_rendered_once_for_all_lists_and_for_as_long_as_it_shows_the_same(tmp_path: Path) -> None:
    first, made = version(tmp_path / "first"), list[str]()
    rows = rows_of(EarlierPages(first), made)
    assert [rows.of("a", "a", 1), rows.of("a", "a", 1), rows.of("b", "b", 2)] == [
        "<li>a 1</li>", "<li>a 1</li>", "<li>b 2</li>",
    ]  # fmt: skip
    rows.write_down()
    assert made == ["a 1", "b 2"]
    made.clear()

    again = rows_of(EarlierPages(version(tmp_path / "second"), first), made)
    assert (again.of("a", "a", 1), again.of("b", "b", 3)) == ("<li>a 1</li>", "<li>b 3</li>")
    assert made == ["b 3"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: b"",
        lambda note: note[:-1],
        lambda note: note.replace(b"a 1", b"a 7"),
        lambda note: note.partition(b"\n")[2],
        lambda note: b"\xff" + note,
    ],
)
def test_damaged_note_is_none(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    first, made = version(tmp_path / "first"), list[str]()
    rows = rows_of(EarlierPages(first), made)
    rows.of("a", "a", 1)
    rows.write_down()
    note = first.memos / FILE
    note.write_bytes(damage(note.read_bytes()))

    again = rows_of(EarlierPages(version(tmp_path / "second"), first), made)
    assert again.of("a", "a", 1) == "<li>a 1</li>"
    assert made == ["a 1", "a 1"]


def test_rows_that_no_list_has_any_more_are_forgotten(tmp_path: Path) -> None:
    first, second = version(tmp_path / "first"), version(tmp_path / "second")
    rows = rows_of(EarlierPages(first), [])
    rows.of("a", "a", 1)
    rows.of("b", "b", 2)
    rows.write_down()
    left = rows_of(EarlierPages(second, first), [])
    left.of("b", "b", 2)
    left.write_down()
    assert list(json.loads((second.memos / FILE).read_bytes().partition(b"\n")[2]).values()) == ["<li>b 2</li>"]
