"""Compiled sites on disk: what is kept, what is shown, and that a broken disk says so quietly."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from plugins.builder.store import SiteStore
from plugins.portal.files import replace_text
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, text

PROBLEMS = (Problem(path="content/agencies/a", message=text("not an ordinary file")),)


@pytest.fixture
def store(tmp_path: Path) -> SiteStore:
    return SiteStore(tmp_path / "sites" / "a")


def manifest(digest: str, problems: tuple[Problem, ...] = ()) -> SiteManifest:
    return SiteManifest(slug="a", digest=digest, agency=None, problems=problems)


def compile_version(store: SiteStore, digest: str, page: str = "trang", problems: tuple[Problem, ...] = ()) -> None:
    """Keep a version with one page, as compiling does."""
    www = store.stage(digest).www
    www.mkdir()
    (www / "index.html").write_text(page, encoding="utf-8")
    store.keep(digest, manifest(digest, problems))


def names(store: SiteStore) -> set[str]:
    return {path.name for path in store.folder.iterdir()}


def test_kept_version_is_found_again(store: SiteStore) -> None:
    compile_version(store, "d1")
    assert store.manifest("d1") == manifest("d1")
    assert (store.www("d1") / "index.html").read_text(encoding="utf-8") == "trang"
    assert store.has("d1")
    assert names(store) == {"d1"}


def test_nothing_is_there_before_anything_is_kept(store: SiteStore) -> None:
    assert (store.manifest("d1"), store.current(), store.current_digest(), store.has("d1")) == (None, None, "", False)
    store.sweep({"d1"})
    assert not store.folder.exists()


def test_kept_version_is_not_shown_until_it_is_said_so(store: SiteStore) -> None:
    compile_version(store, "d1")
    assert store.current() is None
    store.show("d1")
    assert (store.current_digest(), store.current()) == ("d1", manifest("d1"))


def test_failed_version_keeps_its_problems_and_no_pages(store: SiteStore) -> None:
    compile_version(store, "d1")
    store.show("d1")
    compile_version(store, "d2", problems=PROBLEMS)
    kept = store.manifest("d2")
    assert kept is not None
    assert kept.problems == PROBLEMS
    assert not store.www("d2").exists()
    assert store.has("d2")
    assert store.current() == manifest("d1")


def test_failed_version_may_be_kept_without_staging(store: SiteStore) -> None:
    store.keep("failed-1", manifest("failed-1", PROBLEMS))
    assert store.manifest("failed-1") == manifest("failed-1", PROBLEMS)


def test_staging_begins_with_an_empty_folder(store: SiteStore) -> None:
    (store.stage("d1").folder / "half").mkdir()
    assert list(store.stage("d1").folder.iterdir()) == []


def test_version_is_not_there_while_it_is_staged(store: SiteStore) -> None:
    staged = store.stage("d1")
    staged.manifest.write_text(manifest("d1").model_dump_json(), encoding="utf-8")
    assert (store.manifest("d1"), store.has("d1")) == (None, False)


def test_version_that_is_built_again_replaces_the_old_one_whole(store: SiteStore) -> None:
    compile_version(store, "d1", "một")
    (store.www("d1") / "stray.html").touch()
    compile_version(store, "d1", "hai")
    assert [path.name for path in store.www("d1").iterdir()] == ["index.html"]
    assert (store.www("d1") / "index.html").read_text(encoding="utf-8") == "hai"


def test_two_machines_that_make_one_version_at_a_time_leave_it_whole(store: SiteStore) -> None:
    """Numbers of processes are the same on both; whoever is later finds what the other has put there meanwhile."""

    def make_often(machine: SiteStore) -> None:
        for _ in range(50):
            compile_version(machine, "d1")
            machine.remember_schedule("i1", [datetime(2026, 1, 1)])

    with ThreadPoolExecutor(2) as machines:
        list(machines.map(make_often, [store, SiteStore(store.folder)]))

    assert store.has("d1")
    assert (store.www("d1") / "index.html").read_text(encoding="utf-8") == "trang"
    assert names(store) == {"d1", "i1.schedule"}


def test_version_that_another_machine_made_meanwhile_stays_as_it_is(store: SiteStore) -> None:
    store.stage("d1").www.mkdir()
    compile_version(SiteStore(store.folder), "d1", "đã có")

    store.keep_first("d1", manifest("d1"))

    assert (store.www("d1") / "index.html").read_text(encoding="utf-8") == "đã có"
    assert names(store) == {"d1"}


def test_version_without_its_pages_is_not_whole(store: SiteStore) -> None:
    store.keep("d1", manifest("d1"))
    store.show("d1")
    assert store.manifest("d1") is not None
    assert not store.has("d1")
    assert store.current() is None


def test_version_whose_sources_changed_while_it_was_built_is_not_taken_for_it(store: SiteStore) -> None:
    www = store.stage("d1").www
    www.mkdir()
    store.keep("d1", manifest("changed-while-building"))
    assert not store.has("d1")


@pytest.mark.parametrize(
    "written", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"version": 2}', b'{"slug": "a"}', b"\0" * 10]
)
def test_manifest_that_cannot_be_read_is_none(store: SiteStore, written: bytes) -> None:
    compile_version(store, "d1")
    store.version("d1").manifest.write_bytes(written)
    store.show("d1")
    assert (store.manifest("d1"), store.current(), store.has("d1")) == (None, None, False)


def test_manifest_of_a_later_program_is_none(store: SiteStore) -> None:
    compile_version(store, "d1")
    path = store.version("d1").manifest
    path.write_text(path.read_text(encoding="utf-8").replace('"version": 1', '"version": 2'), encoding="utf-8")
    assert store.manifest("d1") is None


def test_file_in_the_place_of_a_version_is_no_version(store: SiteStore) -> None:
    store.folder.mkdir(parents=True)
    (store.folder / "d1").touch()
    assert (store.manifest("d1"), store.has("d1")) == (None, False)


@pytest.mark.parametrize("written", [b"", b"\n", b"d9\n", b"\xff\xfe\n"])
def test_damaged_name_of_the_shown_version_shows_nothing(store: SiteStore, written: bytes) -> None:
    compile_version(store, "d1")
    (store.folder / "shown").write_bytes(written)
    assert store.current() is None


def test_sweeping_leaves_what_is_named_and_the_mark(store: SiteStore) -> None:
    for digest in ("d1", "d2", "d3"):
        compile_version(store, digest)
    store.stage("d4")
    store.show("d2")
    store.sweep({"d2", "d3"})
    assert names(store) == {"d2", "d3", "shown"}
    assert store.current() == manifest("d2")


def test_interrupted_writing_of_a_mark_leaves_the_old_one(store: SiteStore) -> None:
    compile_version(store, "d1")
    store.show("d1")
    (store.folder / "shown.new").write_text("d", encoding="ascii")
    assert store.current_digest() == "d1"
    compile_version(store, "d2")
    store.show("d2")
    assert store.current_digest() == "d2"
    assert names(store) == {"d1", "d2", "shown"}


def test_text_is_replaced_without_touching_who_has_the_old_one_open(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    replace_text(path, "cũ")
    with path.open(encoding="utf-8") as reader:
        replace_text(path, "mới")
        assert reader.read() == "cũ"
    assert path.read_text(encoding="utf-8") == "mới"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"]


def test_file_that_says_the_same_stays_the_same_file(store: SiteStore) -> None:
    """Its time of change stays, so a reader's browser is told that it need not load it again."""
    compile_version(store, "d1")
    store.show("d1")
    compile_version(store, "d2")
    compile_version(store, "d3", page="khác")

    first, same, other = (store.www(digest) / "index.html" for digest in ("d1", "d2", "d3"))
    assert same.samefile(first)
    assert not other.samefile(first)
    assert other.read_text(encoding="utf-8") == "khác"
    assert first.read_text(encoding="utf-8") == "trang"


def test_file_that_says_something_else_has_a_later_second(store: SiteStore) -> None:
    """However fast the builds follow on each other, and whatever the clock does meanwhile."""
    times = []
    for digest, page in (("d1", "một"), ("d2", "hai"), ("d3", "ba "), ("d4", "một")):
        www = store.stage(digest).www
        www.mkdir()
        (www / "index.html").write_text(page, encoding="utf-8")
        os.utime(www / "index.html", (1_000_000, 1_000_000.9))
        store.keep(digest, manifest(digest))
        store.show(digest)
        times.append(int((store.www(digest) / "index.html").stat().st_mtime))

    assert times == [1_000_000, 1_000_001, 1_000_002, 1_000_003]


def test_picture_that_an_older_one_replaces_is_later_all_the_same(store: SiteStore) -> None:
    """A file that was copied with its time: browsers that have the newer one must not take it for that."""
    for digest, content, time in (("d1", b"1", 2_000_000), ("d2", b"2", 1_000_000)):
        www = store.stage(digest).www
        www.mkdir()
        (www / "anh.png").write_bytes(content)
        os.utime(www / "anh.png", (time, time))
        store.keep(digest, manifest(digest))
        store.show(digest)

    assert int((store.www("d2") / "anh.png").stat().st_mtime) == 2_000_001


def test_version_is_known_by_its_engine_and_by_its_code(store: SiteStore) -> None:
    store.stage("d1", "engine 1", "code 1").www.mkdir()
    store.keep("d1", manifest("d1"))
    assert (store.reusable("engine 1"), store.of_code("code 1")) == (None, None)  # it is not shown
    store.show("d1")

    assert store.reusable("engine 1") == store.of_code("code 1") == store.version("d1")
    assert (store.reusable("engine 2"), store.of_code("code 2")) == (None, None)
