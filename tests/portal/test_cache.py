"""What was worked out before is there again; what is damaged, foreign or cannot be kept only costs time."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Mapping
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from plugins.portal import cache as module
from plugins.portal.cache import Cache

DAY = 700_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "build" / "cache.sqlite"


def kept(path: Path, values: Mapping[str, str] | None = None, day: int = DAY, **more: str) -> None:
    """Keep values as one process does."""
    cache = Cache(path)
    for key, value in ({**(values or {}), **more}).items():
        cache.put(key, value)
    cache.close(day)


def known(path: Path, *keys: str) -> list[str | None]:
    cache = Cache(path)
    try:
        return [cache.get(key) for key in keys]
    finally:
        cache.close(DAY)


def test_what_one_process_kept_another_finds(path: Path) -> None:
    kept(path, a="Xin chào", b="\udcff lạ")
    assert known(path, "a", "b", "c") == ["Xin chào", "\udcff lạ", None]


def test_nothing_is_kept_of_work_that_did_not_end(path: Path) -> None:
    kept(path, a="1")
    Cache(path).put("b", "2")
    assert known(path, "a", "b") == ["1", None]


def test_without_a_file_nothing_is_kept() -> None:
    cache = Cache()
    cache.put("a", "1")
    cache.close(DAY)
    assert cache.get("a") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"no database", b"SQLite format 3\0" + bytes(200), os.urandom(5000)],
    ids=["empty", "text", "header", "noise"],
)
def test_file_that_is_no_cache_makes_room_for_one(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert known(path, "a") == [None]
    kept(path, a="1")
    kept(path, a="1")
    assert known(path, "a") == ["1"]


@pytest.mark.parametrize("cut", [100, 4096, 5000, 8000])
def test_truncated_file_gives_nothing_that_is_not_whole(cut: int, path: Path) -> None:
    kept(path, {f"k{number}": f"{number} " * 500 for number in range(50)})
    path.write_bytes(path.read_bytes()[:cut])
    assert set(known(path, "k1")) <= {None, "1 " * 500}
    kept(path, new="1")
    kept(path, new="1")
    assert known(path, "new") == ["1"]


def test_value_that_was_altered_is_none(path: Path) -> None:
    kept(path, a="1", b="2")
    with sqlite3.connect(path) as file:
        [[value]] = file.execute("SELECT value FROM entries WHERE key = 'a'").fetchall()
        file.execute("UPDATE entries SET value = ? WHERE key = 'a'", (value[:-1] + bytes([value[-1] ^ 1]),))
        file.execute("INSERT INTO entries VALUES ('c', 'text', 1)")
    file.close()
    assert known(path, "a", "b", "c") == [None, "2", None]


def test_cache_of_another_format_is_made_anew(path: Path) -> None:
    kept(path, a="1")
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 77")
    file.close()
    assert known(path, "a") == [None]
    kept(path, a="2")
    assert known(path, "a") == ["2"]


def test_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "ascii")
    kept(tmp_path / "file" / "cache.sqlite", a="1")
    assert known(tmp_path / "file" / "cache.sqlite", "a") == [None]


def test_what_was_not_needed_for_longest_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, day=1, old=os.urandom(300).hex(), used=os.urandom(300).hex())
    cache = Cache(path)
    assert cache.get("used") is not None
    cache.close(2)
    monkeypatch.setattr(module, "LIMIT", 1000)
    kept(path, day=3, new=os.urandom(300).hex())
    found = dict(zip(("old", "used", "new"), known(path, "old", "used", "new"), strict=True))
    assert found["old"] is None
    assert found["new"] is not None


def write_many(path: Path, beginning: int, begin: Event) -> None:
    assert begin.wait(60)
    for number in range(beginning, beginning + 3):
        kept(path, {f"k{number}": str(number)})


def test_processes_that_make_the_file_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Without waiting two of five times one was refused: all that it had worked out was lost."""
    context = multiprocessing.get_context("fork")
    for attempt in range(10):
        path, begin = tmp_path / str(attempt) / "cache.sqlite", context.Event()
        writers = [context.Process(target=write_many, args=(path, 3 * n, begin)) for n in range(6)]
        for writer in writers:
            writer.start()
        begin.set()
        for writer in writers:
            writer.join(60)
        assert known(path, *(f"k{number}" for number in range(18))) == [str(number) for number in range(18)]
