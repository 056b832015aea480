"""Pages with the key of the version before are the same files again, if they are whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.earlier_pages import FILE, EarlierPages

PAGE, COPY = "so-y-te/tin/index.html", "so-y-te/tin/index.html.gz"


def made(folder: Path, *, opened: bool = False) -> CompiledVersion:
    """A version with one page of the key `k` and its copy, or with one that linking is to fill."""
    version = CompiledVersion(folder)
    pages = EarlierPages(version)
    assert not pages.take_over(PAGE, "k")
    kept = version.open if opened else version.www
    (kept / PAGE).parent.mkdir(parents=True)
    (kept / PAGE).write_text("trang", "utf-8")
    if not opened:
        (kept / COPY).write_bytes(b"packed")
    pages.write_down()
    return version


@pytest.fixture
def before(tmp_path: Path) -> CompiledVersion:
    return made(tmp_path / "before")


def test_page_of_the_same_is_the_same_file_with_its_copy(before: CompiledVersion, tmp_path: Path) -> None:
    now = CompiledVersion(tmp_path / "now")
    pages = EarlierPages(now, before)

    assert pages.take_over(PAGE, "k")

    assert (now.www / PAGE).samefile(before.www / PAGE)
    assert (now.www / COPY).samefile(before.www / COPY)
    assert not pages.is_open(PAGE)


def test_page_with_placeholders_is_taken_from_where_it_lies(tmp_path: Path) -> None:
    before, now = made(tmp_path / "before", opened=True), CompiledVersion(tmp_path / "now")
    pages = EarlierPages(now, before)
    assert pages.take_over(PAGE, "k")
    assert pages.is_open(PAGE)
    assert (now.www / PAGE).read_text("utf-8") == "trang"


def test_what_was_taken_over_can_be_taken_over_again(before: CompiledVersion, tmp_path: Path) -> None:
    now, later = CompiledVersion(tmp_path / "now"), CompiledVersion(tmp_path / "later")
    pages = EarlierPages(now, before)
    assert pages.take_over(PAGE, "k")
    pages.write_down()
    assert EarlierPages(later, now).take_over(PAGE, "k")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


DAMAGES: dict[str, Callable[[CompiledVersion], object]] = {
    "page truncated": lambda version: cut(version.www / PAGE),
    "page altered": lambda version: (version.www / PAGE).write_text("tranh", "utf-8"),
    "page gone": lambda version: (version.www / PAGE).unlink(),
    "copy truncated": lambda version: cut(version.www / COPY),
    "copy gone": lambda version: (version.www / COPY).unlink(),
    "memo truncated": lambda version: cut(version.memos / FILE),
    "memo empty": lambda version: (version.memos / FILE).write_text("", "ascii"),
    "memo of another kind": lambda version: (version.memos / FILE).write_text('{"a": 1}', "ascii"),
    "memo gone": lambda version: (version.memos / FILE).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_not_whole_is_written_anew(
    damage: Callable[[CompiledVersion], object], before: CompiledVersion, tmp_path: Path
) -> None:
    damage(before)
    now = CompiledVersion(tmp_path / "now")
    assert not EarlierPages(now, before).take_over(PAGE, "k")
    assert not (now.www / PAGE).exists()


def settled(before: CompiledVersion, folder: Path) -> CompiledVersion:
    """The version after one whose files were written long ago: it knows them by their looks."""
    for path in (before.www / PAGE, before.www / COPY):
        os.utime(path, ns=(1_600_000_000_123_456_789,) * 2)
    now = CompiledVersion(folder)
    pages = EarlierPages(now, before)
    assert pages.take_over(PAGE, "k")
    pages.write_down()
    return now


def test_file_is_read_the_first_time_that_it_is_taken_over_and_not_again(
    before: CompiledVersion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = settled(before, tmp_path / "now")

    def unread(path: Path) -> bytes:
        if path.suffix != ".json":
            raise AssertionError(f"{path} was read")
        return read(path)

    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", unread)
    later = CompiledVersion(tmp_path / "later")
    pages = EarlierPages(later, now)
    assert pages.take_over(PAGE, "k")
    pages.write_down()
    assert EarlierPages(CompiledVersion(tmp_path / "last"), later).take_over(PAGE, "k")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_known_by_its_looks_and_not_whole_is_written_anew(
    damage: Callable[[CompiledVersion], object], before: CompiledVersion, tmp_path: Path
) -> None:
    now = settled(before, tmp_path / "now")
    damage(now)
    assert not EarlierPages(CompiledVersion(tmp_path / "later"), now).take_over(PAGE, "k")


def test_file_that_was_only_touched_is_read_and_taken_over(before: CompiledVersion, tmp_path: Path) -> None:
    now = settled(before, tmp_path / "now")
    (now.www / PAGE).touch()
    assert EarlierPages(CompiledVersion(tmp_path / "later"), now).take_over(PAGE, "k")


def test_page_of_another_key_or_name_is_written_anew(before: CompiledVersion, tmp_path: Path) -> None:
    pages = EarlierPages(CompiledVersion(tmp_path / "now"), before)
    assert not pages.take_over(PAGE, "other")
    assert not pages.take_over("so-y-te/khac/index.html", "k")
