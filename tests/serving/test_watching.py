"""A change of content is noticed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue

from plugins.serving import changes

PATIENCE = 20
"""Seconds after which a change that was not noticed never will be."""


@contextmanager
def kept_writing(path: Path) -> Iterator[None]:
    """Write a file again and again: nothing tells when the watch has begun."""
    done = threading.Event()

    def write() -> None:
        times = 0
        while not done.wait(0.05):
            times += 1
            path.write_text(f"{times}\n", encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join(PATIENCE)


def first_change(folders: list[Path]) -> set[Path]:
    """The first change that is noticed; in a thread of its own, for a watch that sees nothing waits for ever."""
    noticed: Queue[set[Path]] = Queue()

    def watch() -> None:
        with closing(changes(folders, step=50)) as seen:  # type: ignore[type-var]  # a generator, which can be closed
            noticed.put(next(seen))

    threading.Thread(target=watch, daemon=True).start()
    return noticed.get(timeout=PATIENCE)


def test_file_that_changes_is_named(tmp_path: Path) -> None:
    changed = tmp_path / "bai-viet.md"
    (tmp_path / "khac.md").write_text("X\n", encoding="utf-8")

    with kept_writing(changed):
        assert first_change([tmp_path]) == {changed}


def test_file_deep_inside_a_folder_is_noticed(tmp_path: Path) -> None:
    changed = tmp_path / "agencies" / "so-y-te" / "news" / "2019" / "bai-viet.md"
    changed.parent.mkdir(parents=True)

    with kept_writing(changed):
        assert first_change([tmp_path]) == {changed}


def test_each_of_several_folders_is_watched(tmp_path: Path) -> None:
    content, theme = tmp_path / "content", tmp_path / "theme"
    content.mkdir()
    theme.mkdir()

    with kept_writing(theme / "portal.css"):
        assert first_change([content, theme]) == {theme / "portal.css"}
