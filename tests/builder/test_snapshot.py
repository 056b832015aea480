"""Copies of folders: read once, brought up to date without opening what has not changed, right whatever is done."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.builder import snapshot
from plugins.builder.snapshot import Tree, TreeReader
from plugins.portal import reading
from plugins.portal.reading import MAX_MEDIA_BYTES


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "news").mkdir(parents=True)
    (folder / "agency.yaml").write_text("name: A")
    (folder / "news" / "a.md").write_text("một")
    return folder


@pytest.fixture
def reader(tmp_path: Path) -> TreeReader:
    return TreeReader(tmp_path / "snapshot")


def read(reader: TreeReader, source: Path) -> Tree:
    return reader.read(source, "agencies/so-y-te", "content")


def copied(tree: Tree) -> dict[str, str]:
    files = (path for path in tree.folder.rglob("*") if path.is_file())
    return {path.relative_to(tree.folder).as_posix(): path.read_text() for path in files}


def age(folder: Path) -> None:
    """Let all files be old enough to be trusted; their change times cannot be set, so the limit is."""
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.fixture
def _no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all changes were long ago: the clock's resolution is passed at once."""
    monkeypatch.setattr(snapshot, "CLOCK_RESOLUTION", 0)


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened from now on."""
    names: list[str] = []
    real = reading.read_bytes

    def note(path: Path, limit: int, attempts: int = 1) -> tuple[bytes, os.stat_result]:
        names.append(path.name)
        return real(path, limit, attempts)

    monkeypatch.setattr(snapshot, "read_bytes", note)
    return names


def test_copy_holds_what_the_folder_holds(reader: TreeReader, source: Path) -> None:
    tree = read(reader, source)
    assert copied(tree) == {"agency.yaml": "name: A", "news/a.md": "một"}
    assert (list(tree.files), tree.obstacles) == (["agency.yaml", "news/a.md"], ())


@pytest.mark.usefixtures("_no_doubt")
def test_what_has_not_changed_is_not_opened(reader: TreeReader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(reader, source)
    names = opened(monkeypatch)
    assert read(reader, source) == before
    assert names == []
    (source / "news" / "a.md").write_text("hai")
    assert copied(read(reader, source))["news/a.md"] == "hai"
    assert names == ["a.md"]


def test_file_that_was_written_a_moment_before_it_was_read_is_read_again(
    reader: TreeReader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another change in the same tick of the clock would leave its size and its times as they are."""
    read(reader, source)
    names = opened(monkeypatch)
    read(reader, source)
    assert sorted(names) == ["a.md", "agency.yaml"]


def _in_secret(folder: Path) -> None:
    """An edit of the same size, its time set back."""
    (folder / "news/a.md").write_text("bốn")
    os.utime(folder / "news/a.md", (1_000_000_000, 1_000_000_000))


def _file_for_a_folder(folder: Path) -> None:
    shutil.rmtree(folder / "news")
    (folder / "news").write_text("tệp")


CHANGES: dict[str, Callable[[Path], object]] = {
    "edit": lambda f: (f / "news/a.md").write_text("hai"),
    "same size and time": _in_secret,
    "new": lambda f: (f / "news/b.md").write_text("hai"),
    "removed": lambda f: (f / "news/a.md").unlink(),
    "renamed": lambda f: (f / "news/a.md").rename(f / "news/b.md"),
    "folder removed": lambda f: shutil.rmtree(f / "news"),
    "file for a folder": _file_for_a_folder,
    "folder for a file": lambda f: (f / "agency.yaml").replace(f / "news/b.md").with_name("a.yaml").mkdir(),
    "replaced by another": lambda f: _written(f.parent / "other", "hai").replace(f / "news/a.md"),
    "link": lambda f: (f / "link").symlink_to("agency.yaml"),
    "pipe": lambda f: os.mkfifo(f / "pipe"),
    "all": lambda f: shutil.rmtree(f),
}


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.mark.usefixtures("_no_doubt")
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen_and_the_copy_is_as_if_made_anew(
    change: str, reader: TreeReader, source: Path, tmp_path: Path
) -> None:
    age(source)
    before = read(reader, source)
    CHANGES[change](source)
    tree = read(reader, source)
    anew = TreeReader(tmp_path / "anew").read(source, "x", "content")
    assert tree.fingerprint != before.fingerprint
    assert (tree.files, tree.obstacles, copied(tree)) == (anew.files, anew.obstacles, copied(anew))
    assert read(reader, source) == tree


@pytest.mark.usefixtures("_no_doubt")
@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "news/a.md").write_text("một"),
        lambda f: os.utime(f / "agency.yaml", (1, 1)),
        lambda f: (f / "news/a.md").chmod(0o600),
        lambda f: (f / ".hidden").write_text("x"),
        lambda f: f.rename(f.with_name("moved")).rename(f),
        lambda f: (f / "empty").mkdir(),
    ],
    ids=["same bytes", "time", "rights", "hidden", "moved there and back", "empty folder"],
)
def test_nothing_else_changes_the_fingerprint(
    change: Callable[[Path], object], reader: TreeReader, source: Path
) -> None:
    before = read(reader, source).fingerprint
    change(source)
    assert read(reader, source).fingerprint == before


def test_same_content_in_another_folder_has_the_same_fingerprint(
    reader: TreeReader, source: Path, tmp_path: Path
) -> None:
    shutil.copytree(source, tmp_path / "clone")
    clone = TreeReader(tmp_path / "another").read(tmp_path / "clone", "x", "elsewhere")
    assert clone.fingerprint == read(reader, source).fingerprint


@pytest.mark.usefixtures("_no_doubt")
@pytest.mark.parametrize(
    "damage",
    [
        lambda s: (s / "index/agencies/so-y-te.json").write_text("{"),
        lambda s: (s / "index/agencies/so-y-te.json").write_text('{"began": 1, "files": {"a": [1]}}'),
        lambda s: (s / "index/agencies/so-y-te.json").unlink(),
        lambda s: (s / "trees/agencies/so-y-te/news/a.md").unlink(),
        lambda s: (s / "trees/agencies/so-y-te/news/a.md").write_text(""),
        lambda s: shutil.rmtree(s / "trees"),
        lambda s: shutil.rmtree(s),
        lambda s: (s / "trees/agencies/so-y-te.unfinished").write_text("nửa chừng"),
    ],
    ids=["cut", "foreign", "no index", "lost", "emptied", "no copy", "nothing", "half written"],
)
def test_damaged_snapshot_is_made_whole(
    damage: Callable[[Path], object], reader: TreeReader, source: Path, tmp_path: Path
) -> None:
    before = read(reader, source)
    damage(tmp_path / "snapshot")
    assert read(reader, source) == before
    assert copied(before) == {"agency.yaml": "name: A", "news/a.md": "một"}


def test_copy_that_was_being_changed_when_its_reader_was_killed_is_read_anew(
    reader: TreeReader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(reader, source)
    (source / "news" / "a.md").write_text("hai")
    (source / "news" / "b.md").write_text("ba")
    real = reading.read_bytes

    def killed(path: Path, limit: int, attempts: int = 1) -> tuple[bytes, os.stat_result]:
        if path.name == "b.md":
            raise KeyboardInterrupt
        return real(path, limit, attempts)

    monkeypatch.setattr(snapshot, "read_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        read(reader, source)
    monkeypatch.setattr(snapshot, "read_bytes", real)
    assert copied(read(reader, source)) == {"agency.yaml": "name: A", "news/a.md": "hai", "news/b.md": "ba"}


def test_large_file_is_an_obstacle_and_is_not_copied(reader: TreeReader, source: Path) -> None:
    with (source / "lon.pdf").open("wb") as stream:
        stream.truncate(MAX_MEDIA_BYTES + 1)
    tree = read(reader, source)
    assert [(o.inside, o.problem.render()) for o in tree.obstacles] == [
        ("lon.pdf", f"content/lon.pdf: larger than {MAX_MEDIA_BYTES} bytes (make it smaller or split it)")
    ]
    assert "lon.pdf" not in copied(tree)


def test_file_that_becomes_an_obstacle_leaves_the_copy(reader: TreeReader, source: Path) -> None:
    read(reader, source)
    (source / "news" / "a.md").unlink()
    (source / "news" / "a.md").symlink_to("/etc/passwd")
    tree = read(reader, source)
    assert ([o.inside for o in tree.obstacles], list(copied(tree))) == (["news/a.md"], ["agency.yaml"])


def test_names_are_composed_and_readable_in_the_copy(reader: TreeReader, source: Path) -> None:
    (source / "lịch tiêm.md").write_text("NFD")
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.md")).write_text("x")
    assert set(copied(read(reader, source))) == {"agency.yaml", "news/a.md", "lịch tiêm.md", "\ufffd.md"}


def test_copies_of_folders_that_are_no_more_are_removed(reader: TreeReader, source: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        reader.read(source, f"agencies/{name}", "content")
    reader.keep_only("agencies", ["b"])
    assert sorted(path.name for path in (tmp_path / "snapshot").rglob("*") if path.parent.name == "agencies") == [
        "b",
        "b.json",
    ]


_steps = st.lists(
    st.tuples(st.sampled_from(["write", "delete", "touch", "swap", "read"]), st.integers(0, 3), st.integers(0, 3)),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps)
def test_copy_is_the_folder_after_any_edits(tmp_path: Path, steps: list[tuple[str, int, int]]) -> None:
    base = tmp_path / str(time.monotonic_ns())
    source = base / "content"
    source.mkdir(parents=True)
    reader = TreeReader(base / "snapshot")
    for what, number, other in (*steps, ("read", 0, 0)):
        path = source / f"{number}.md"
        if what == "write":
            path.write_text(str(other))
        elif what == "delete":
            path.unlink(missing_ok=True)
        elif what == "touch" and path.exists():
            os.utime(path, (other, other))
        elif what == "swap" and number != other and path.exists() and (source / f"{other}.md").exists():
            path.rename(source / "aside")
            (source / f"{other}.md").rename(path)
            (source / "aside").rename(source / f"{other}.md")
        elif what == "read":
            tree = read(reader, source)
            assert copied(tree) == {file.name: file.read_text() for file in source.iterdir()}


@pytest.mark.usefixtures("_no_doubt")
@pytest.mark.parametrize("change", ["edited", "added", "removed", "nothing"])
def test_it_is_told_before_the_copy_is_changed(tmp_path: Path, source: Path, change: str) -> None:
    copies: list[dict[str, str]] = []
    reader = TreeReader(tmp_path / "snapshot", lambda: copies.append(copied(before)))
    before = read(TreeReader(tmp_path / "snapshot"), source)
    as_it_was = copied(before)
    if change == "edited":
        (source / "agency.yaml").write_text("name: B")
    elif change == "added":
        (source / "b.yaml").write_text("name: B")
    elif change == "removed":
        (source / "agency.yaml").unlink()

    read(reader, source)

    assert copies[:1] == ([] if change == "nothing" else [as_it_was])
