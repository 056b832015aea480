"""The history of procedures, read from real repositories: what is told, what is bridged, what is refused."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plugins.builder.content_history import MAX_CHANGES, CodedFiles, ContentHistory
from plugins.builder.content_history import read_history as read_history_of
from plugins.portal.reading import MAX_TEXT_BYTES
from tests.repositories import Repository

FILES = CodedFiles(["procedures"])
CODE, OTHER = "1.000001", "2.000200"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PROVINCE = f"province/procedures/{CODE}.yaml"
HEALTH = f"agencies/so-y-te/procedures/{CODE}.yaml"
JUSTICE = f"agencies/so-tu-phap/procedures/{CODE}.yaml"


def read_history(content: Path, kept: Path, **limits: Any) -> ContentHistory:
    return read_history_of(content, kept, FILES, **limits)


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.in_(tmp_path / "content")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "build" / "history.json"


def pairs(history: ContentHistory, code: str = CODE) -> list[tuple[str, str]]:
    return [(revision.before, revision.after) for revision in history.of(code)]


def program(folder: Path, script: str) -> Path:
    """A program named git in a folder of its own."""
    folder.mkdir()
    path = folder / "git"
    path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    path.chmod(0o755)
    return folder


def test_edit_is_told_with_its_commit_its_day_in_vietnam_and_both_texts(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    edited = repository.save(PROVINCE, "name: B\nfield: x\n")

    [revision] = read_history(repository.root, kept).of(CODE)

    assert revision.commit == edited
    assert revision.moment == datetime(2026, 3, 3, 3, 0, tzinfo=VIETNAM)
    assert revision.moment.tzinfo == VIETNAM
    assert (revision.before, revision.after) == ("name: A\n", "name: B\nfield: x\n")


def test_first_commit_of_a_file_is_no_change(repository: Repository, kept: Path) -> None:
    repository.save("province/province.yaml", "name: Tỉnh thử\n")
    repository.save(PROVINCE, "name: A\n")

    history = read_history(repository.root, kept)

    assert (history.of(CODE), dict(history.removed), history.note) == ((), {}, None)


def test_the_last_ten_changes_are_told_newest_first(repository: Repository, kept: Path) -> None:
    for number in range(MAX_CHANGES + 3):
        repository.save(PROVINCE, f"name: {number}\n")

    told = pairs(read_history(repository.root, kept))

    assert told == [(f"name: {n - 1}\n", f"name: {n}\n") for n in range(MAX_CHANGES + 2, 2, -1)]


def test_procedures_have_histories_of_their_own(repository: Repository, kept: Path) -> None:
    other = f"agencies/so-y-te/procedures/{OTHER}.yaml"
    repository.write(other, "name: X\n")
    repository.save(PROVINCE, "name: A\n")
    repository.write(other, "name: Y\n")
    repository.save(PROVINCE, "name: B\n")
    repository.save(other, "name: Z\n")

    history = read_history(repository.root, kept)

    assert pairs(history) == [("name: A\n", "name: B\n")]
    assert pairs(history, OTHER) == [("name: Y\n", "name: Z\n"), ("name: X\n", "name: Y\n")]


def test_pure_move_between_agencies_is_no_change(repository: Repository, kept: Path) -> None:
    repository.save(HEALTH, "name: A\n")
    repository.save(HEALTH, "name: B\n")
    repository.move(HEALTH, JUSTICE)
    repository.commit()
    repository.save(JUSTICE, "name: C\n")

    history = read_history(repository.root, kept)

    assert pairs(history) == [("name: B\n", "name: C\n"), ("name: A\n", "name: B\n")]
    assert not history.removed


def test_move_with_an_edit_is_one_change(repository: Repository, kept: Path) -> None:
    repository.save(HEALTH, "name: A\n")
    repository.move(HEALTH, PROVINCE)
    repository.save(PROVINCE, "name: A mới\n")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: A mới\n")]


def test_move_in_two_commits_is_a_change_at_the_second(repository: Repository, kept: Path) -> None:
    repository.save(HEALTH, "name: A\n")
    (repository.root / HEALTH).unlink()
    repository.commit()
    back = repository.save(JUSTICE, "name: B\n")

    [revision] = read_history(repository.root, kept).of(CODE)

    assert (revision.commit, revision.before, revision.after) == (back, "name: A\n", "name: B\n")


def test_edit_where_a_second_file_of_the_code_appears_is_the_edit(repository: Repository, kept: Path) -> None:
    repository.save(JUSTICE, "name: A\n")
    repository.write(HEALTH, "name: Bản trùng\n")
    repository.save(JUSTICE, "name: B\n")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B\n")]


def test_merge_is_one_change_on_its_own_day(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.git("checkout", "--quiet", "-b", "sua")
    repository.save(PROVINCE, "name: nháp\n")
    repository.save(PROVINCE, "name: B\n")
    repository.git("checkout", "--quiet", "main")
    repository.save("province/province.yaml", "name: Tỉnh thử\n")
    repository.day += 1
    repository.git("merge", "--quiet", "--no-ff", "-m", "nhập", "sua")

    [revision] = read_history(repository.root, kept).of(CODE)

    assert revision.commit == repository.git("rev-parse", "HEAD").strip()
    assert (revision.before, revision.after) == ("name: A\n", "name: B\n")
    assert revision.moment.day == 6


def test_removed_procedure_is_told_with_its_last_text(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    (repository.root / PROVINCE).unlink()
    removal = repository.commit()

    history = read_history(repository.root, kept)

    assert list(history.removed) == [CODE]
    assert (history.removed[CODE].commit, history.removed[CODE].before) == (removal, "name: B\n")
    assert history.removed[CODE].moment.date().isoformat() == "2026-03-04"
    assert pairs(history) == [("name: A\n", "name: B\n")]


def test_procedure_under_a_new_code_is_another_procedure(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.move(PROVINCE, f"province/procedures/{OTHER}.yaml")
    repository.commit()

    history = read_history(repository.root, kept)

    assert list(history.removed) == [CODE]
    assert history.of(OTHER) == ()


def folders(history: ContentHistory) -> list[tuple[str, str, str]]:
    """The code, the folder and the day of each departure."""
    return [(left.code, left.agency, left.moment.date().isoformat()) for left in history.departures]


def test_every_folder_that_a_procedure_left_is_known_with_the_day(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    for old, new in ((PROVINCE, HEALTH), (HEALTH, JUSTICE)):
        repository.move(old, new)
        repository.commit()
    repository.save(f"agencies/so-y-te/procedures/{OTHER}.yaml", "name: B\n")
    (repository.root / f"agencies/so-y-te/procedures/{OTHER}.yaml").unlink()
    repository.commit()

    expected = [(CODE, "", "2026-03-03"), (CODE, "so-y-te", "2026-03-04"), (OTHER, "so-y-te", "2026-03-06")]
    assert folders(read_history(repository.root, kept)) == expected
    assert folders(read_history(repository.root, kept)) == expected, "as it was kept"


def test_departures_are_kept_between_builds_and_the_newest_counts(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    for old, new in ((PROVINCE, HEALTH), (HEALTH, PROVINCE), (PROVINCE, HEALTH), (HEALTH, JUSTICE)):
        repository.move(old, new)
        repository.commit()
        read_history(repository.root, kept)

    assert folders(read_history(repository.root, kept)) == [(CODE, "", "2026-03-05"), (CODE, "so-y-te", "2026-03-06")]
    assert folders(read_history(repository.root, kept)) == folders(
        read_history(repository.root, kept.with_name("anew"))
    )


def test_folder_that_a_procedure_came_back_to_was_not_left(repository: Repository, kept: Path) -> None:
    repository.save(HEALTH, "name: A\n")
    repository.move(HEALTH, JUSTICE)
    repository.commit()
    repository.write(HEALTH, "name: A\n")  # not committed

    assert folders(read_history(repository.root, kept)) == []


def test_procedure_whose_file_is_back_but_not_committed_is_not_removed(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    (repository.root / PROVINCE).unlink()
    repository.commit()
    repository.write(HEALTH, "name: B\n")

    assert not read_history(repository.root, kept).removed


def test_removed_procedure_that_came_back_is_not_removed(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    (repository.root / PROVINCE).unlink()
    repository.commit()
    assert list(read_history(repository.root, kept).removed) == [CODE]
    repository.save(PROVINCE, "name: B\n")

    history = read_history(repository.root, kept)

    assert (dict(history.removed), pairs(history)) == ({}, [("name: A\n", "name: B\n")])


@pytest.mark.parametrize("folder", ["agencies/so-y-te/.thu/procedures", "agencies/So_Y/procedures", "province/pages"])
def test_files_that_are_no_procedures_of_a_site_are_not_read(repository: Repository, kept: Path, folder: str) -> None:
    repository.save(f"{folder}/{CODE}.yaml", "name: A\n")
    repository.save(f"{folder}/{CODE}.yaml", "name: B\n")
    repository.save("province/procedures/ghi-chu.yaml", "name: A\n")
    repository.save("province/procedures/ghi-chu.yaml", "name: B\n")

    assert not read_history(repository.root, kept).revisions


def test_content_may_lie_anywhere_in_its_repository(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: ở gốc\n")
    repository.save(f"cổng thông tin/nội dung/{HEALTH}", "name: A\n")
    repository.write(PROVINCE, "name: ở gốc, đã sửa\n")
    repository.save(f"cổng thông tin/nội dung/{HEALTH}", "name: B\n")

    told = pairs(read_history(repository.root / "cổng thông tin" / "nội dung", kept))

    assert told == [("name: A\n", "name: B\n")]


def test_without_a_repository_there_is_no_history_and_nothing_to_say(tmp_path: Path, kept: Path) -> None:
    (tmp_path / "content").mkdir()

    assert read_history(tmp_path / "content", kept) == ContentHistory()
    assert not kept.exists()


def test_before_the_first_commit_there_is_no_history_and_nothing_to_say(repository: Repository, kept: Path) -> None:
    repository.write(PROVINCE, "name: A\n")

    assert read_history(repository.root, kept) == ContentHistory()


def test_content_that_is_not_committed_has_no_history(repository: Repository, kept: Path) -> None:
    repository.save(".gitignore", "province/\n")
    repository.write(PROVINCE, "name: A\n")
    repository.commit()

    assert read_history(repository.root, kept) == ContentHistory()


def test_without_git_there_is_no_history_and_a_note(
    repository: Repository, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.save(PROVINCE, "name: A\n")
    monkeypatch.setenv("PATH", str(tmp_path))

    history = read_history(repository.root, kept)

    assert (history.revisions, history.note and history.note.render()) == (
        {},
        "git is not installed: pages cannot show what changed",
    )


def test_git_that_cannot_be_run_leaves_a_note(
    repository: Repository, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = program(tmp_path / "bin", "")
    (folder / "git").write_bytes(b"\x7fELF")
    monkeypatch.setenv("PATH", str(folder))

    note = read_history(repository.root, kept).note

    assert note is not None
    assert note.render() == "git cannot read the history of the content: Exec format error"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder to another user")
def test_repository_of_another_user_leaves_a_note_with_the_remedy(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    for path in (repository.root, repository.root / ".git"):
        os.chown(path, 65534, 65534)

    history = read_history(repository.root, kept)

    assert not history.revisions
    assert history.note is not None
    assert f"git config --global --add safe.directory {repository.root}" in history.note.render()


def test_broken_repository_leaves_a_note_with_what_git_said(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    edited = repository.save(PROVINCE, "name: B\n")
    tree = repository.git("rev-parse", f"{edited}^{{tree}}").strip()
    (repository.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()

    history = read_history(repository.root, kept)

    assert not history.revisions
    assert history.note is not None
    assert tree in history.note.render()
    assert not kept.exists()


def test_text_that_is_not_there_leaves_a_note_with_its_name(repository: Repository, kept: Path) -> None:
    """As in a clone without all texts: none is fetched while a portal is built."""
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    blob = repository.git("rev-parse", f"HEAD^:{PROVINCE}").strip()
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    history = read_history(repository.root, kept)

    assert history == ContentHistory(note=history.note)
    assert history.note is not None
    assert history.note.render() == f"git cannot read the history of the content: {blob} missing"
    assert not kept.exists()


@pytest.mark.parametrize("command", ["log", "cat-file"])
def test_git_that_takes_too_long_is_killed_with_all_it_started(
    command: str, repository: Repository, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    hangs = "/bin/sleep 1000 &\n/bin/sleep 1000\n"
    others = f'exec {shutil.which("git")} "$@"'
    folder = program(tmp_path / "bin", f'case " $* " in *" {command} "*)\n{hangs};; *) {others};; esac\n')
    monkeypatch.setenv("PATH", str(folder))

    history = read_history(repository.root, kept, time_limit=0.5)

    # The pipe is held open by both sleepers: with one of them alive this line would not be reached.
    assert history == ContentHistory(note=history.note)
    assert history.note is not None
    assert history.note.render() == "reading the history from git took longer than 0.5 seconds"
    assert not kept.exists()


def test_shallow_clone_shows_no_changes_that_never_were(repository: Repository, kept: Path, tmp_path: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    repository.save(PROVINCE, "name: C\n")
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "--quiet", "--depth", "2", f"file://{repository.root}", str(clone.root))

    history = read_history(clone.root, kept)

    assert pairs(history) == [("name: B\n", "name: C\n")]
    assert history.note is not None
    assert "changes before 03/03/2026 are not known" in history.note.render()


def test_shallow_clone_made_whole_tells_all(repository: Repository, kept: Path, tmp_path: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(clone.root))
    assert pairs(read_history(clone.root, kept)) == []
    clone.git("fetch", "--quiet", "--unshallow")

    history = read_history(clone.root, kept)

    assert (pairs(history), history.note) == ([("name: A\n", "name: B\n")], None)


@pytest.mark.parametrize(
    "written",
    [
        "name: 'Cấp \"thẻ\"'\n\n\n",
        "name: Cấp thẻ\nno line feed at the end",
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n",
        "commit 0000000000000000000000000000000000000000 1 grafted\n\\ No newline at end of file\n",
        "-- a\n++ b\n\\ c\n \n\n+\n-\n",
        "\n",
        "name: hàng dài " + "ă" * 200_000 + "\n",
    ],
    ids=["quotes", "no line feed", "patch", "commit", "marks", "empty line", "long line"],
)
def test_any_text_comes_through_as_it_was(repository: Repository, kept: Path, written: str) -> None:
    repository.save(PROVINCE, "name: A\nlines: in front\n")
    repository.save(PROVINCE, written)
    repository.save(PROVINCE, "name: B" + written)

    told = pairs(read_history(repository.root, kept))

    assert told == [(written, "name: B" + written), ("name: A\nlines: in front\n", written)]


def test_texts_are_as_sites_read_them(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    decomposed = unicodedata.normalize("NFD", "name: Cấp thẻ\r\nfield: hộ tịch\r\n")
    repository.save(PROVINCE, "\ufeff" + decomposed)

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: Cấp thẻ\nfield: hộ tịch\n")]


def test_other_line_ends_alone_are_no_change(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\nfield: x\n")
    repository.save(PROVINCE, "name: A\r\nfield: x\r\n")
    repository.save(PROVINCE, "name: B\r\nfield: x\r\n")

    assert pairs(read_history(repository.root, kept)) == [("name: A\nfield: x\n", "name: B\nfield: x\n")]


def test_rights_of_a_file_are_no_change(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    (repository.root / PROVINCE).chmod(0o755)
    repository.commit()
    assert not read_history(repository.root, kept).revisions

    (repository.root / PROVINCE).chmod(0o644)
    repository.save(PROVINCE, "name: B\n")
    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B\n")]


@pytest.mark.parametrize(
    "unreadable",
    [b"a" * (MAX_TEXT_BYTES + 1), b"ab\n" * (MAX_TEXT_BYTES // 3 + 1), b"\x89PNG\x00\xff\xfe\n", b"name: \x00\n"],
    ids=["long line", "many lines", "binary", "control character"],
)
def test_version_that_sites_refuse_is_passed_over(repository: Repository, kept: Path, unreadable: bytes) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, unreadable)
    assert (dict(read_history(repository.root, kept).revisions), dict(read_history(repository.root, kept).removed)) == (
        {},
        {},
    )
    mended = repository.save(PROVINCE, "name: B\n")

    [revision] = read_history(repository.root, kept).of(CODE)

    assert (revision.commit, revision.before, revision.after) == (mended, "name: A\n", "name: B\n")


def test_file_of_the_largest_size_is_read(repository: Repository, kept: Path) -> None:
    largest = "a" * MAX_TEXT_BYTES
    repository.save(PROVINCE, largest)
    repository.save(PROVINCE, "name: A\n")

    assert pairs(read_history(repository.root, kept)) == [(largest, "name: A\n")]


def test_link_in_the_place_of_a_file_is_not_followed(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    (repository.root / PROVINCE).unlink()
    (repository.root / PROVINCE).symlink_to("/etc/hostname")
    repository.commit()
    (repository.root / PROVINCE).unlink()
    repository.save(PROVINCE, "name: B\n")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B\n")]


def test_settings_and_attributes_of_the_repository_change_nothing(repository: Repository, kept: Path) -> None:
    repository.write(".gitattributes", "*.yaml -diff\nprovince/** diff=tron\n")
    repository.save(PROVINCE, "name: A\n\nfield: x\n")
    repository.git("checkout", "--quiet", "-b", "sua")
    repository.save(PROVINCE, "name: B\n\nfield: x\n")
    repository.git("checkout", "--quiet", "main")
    repository.save(HEALTH.replace(CODE, OTHER), "name: X\n")
    repository.git("merge", "--quiet", "--no-ff", "-m", "nhập", "sua")
    repository.save(HEALTH.replace(CODE, OTHER), "name: Y\n")
    for name, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.suppressBlankEmpty": "true",
        "diff.renames": "copies",
        "diff.external": "/bin/false",
        "diff.tron.textconv": "/bin/false",
        "diff.tron.command": "/bin/false",
        "diff.orderFile": "order",
        "color.ui": "always",
        "log.diffMerges": "combined",
        "log.showSignature": "true",
        "log.showRoot": "false",
        "format.pretty": "oneline",
        "core.pager": "/bin/false",
        "core.fsmonitor": "/bin/false",
    }.items():
        repository.git("config", name, value)

    history = read_history(repository.root, kept)

    assert pairs(history) == [("name: A\n\nfield: x\n", "name: B\n\nfield: x\n")]
    assert pairs(history, OTHER) == [("name: X\n", "name: Y\n")]


def test_build_from_a_hook_reads_the_content_s_own_repository(
    repository: Repository, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B\n")]


def test_git_is_asked_once_for_all_commits_and_once_for_all_texts(
    repository: Repository, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A", "B", "C"):
        repository.write(HEALTH.replace(CODE, OTHER), f"name: {name}\n")
        repository.save(PROVINCE, f"name: {name}\n")
    calls = tmp_path / "calls"
    folder = program(tmp_path / "bin", f'echo call >>"{calls}"\nexec {shutil.which("git")} "$@"\n')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    history = read_history(repository.root, kept)

    assert {code: len(told) for code, told in history.revisions.items()} == {CODE: 2, OTHER: 2}
    assert calls.read_text(encoding="utf-8") == "call\n" * 2

    read_history(repository.root, kept)

    assert calls.read_text(encoding="utf-8") == "call\n" * 3, "where nothing is new no text is asked for"


@pytest.mark.parametrize("name", ["commit {0} 1 x", ":100644 100644 {0} {0} M", "a\nb", 'a"b', "a\tb"])
def test_no_name_of_a_file_passes_for_what_git_says(name: str, repository: Repository, kept: Path) -> None:
    strange = f"province/procedures/{name.format('0' * 40)}.yaml"
    for number in ("1", "2", "3"):
        repository.write(strange, f"name: {number}\n")
        repository.save(PROVINCE, f"name: {number}\n")

    history = read_history(repository.root, kept)

    assert history.note is None
    assert dict(history.removed) == {}
    assert pairs(history) == [("name: 2\n", "name: 3\n"), ("name: 1\n", "name: 2\n")]


def test_text_of_many_files_and_of_a_move_is_the_same_however_often_it_is_asked_for(
    repository: Repository, kept: Path
) -> None:
    """What an older commit left is kept for it; the same text may stand in many files."""
    for text in ("name: A\n", "name: B\n", "name: A\n", "name: B\n"):
        for path in (PROVINCE, HEALTH.replace(CODE, OTHER)):
            repository.write(path, text)
        repository.commit()

    history = read_history(repository.root, kept)

    expected = [("name: A\n", "name: B\n"), ("name: B\n", "name: A\n"), ("name: A\n", "name: B\n")]
    assert pairs(history) == expected
    assert pairs(history, OTHER) == expected


def test_second_build_takes_older_changes_from_what_is_kept(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    read_history(repository.root, kept)
    kept.write_text(kept.read_text(encoding="utf-8").replace("name: A", "name: A0"), encoding="utf-8")
    assert pairs(read_history(repository.root, kept)) == [("name: A0\n", "name: B\n")]

    repository.save(PROVINCE, "name: C\n")
    assert pairs(read_history(repository.root, kept)) == [("name: B\n", "name: C\n"), ("name: A0\n", "name: B\n")]
    repository.save("province/province.yaml", "name: Tỉnh thử\n")
    assert pairs(read_history(repository.root, kept)) == [("name: B\n", "name: C\n"), ("name: A0\n", "name: B\n")]


def test_what_is_kept_and_what_is_new_give_the_same_as_reading_anew(
    repository: Repository, kept: Path, tmp_path: Path
) -> None:
    def edit(step: int) -> None:
        if step % 5 == 3:
            (repository.root / PROVINCE).unlink(missing_ok=True)
        elif step % 7 == 4:
            repository.write(PROVINCE, b"\xff")
        else:
            repository.write(PROVINCE, f"name: {step // 2}\n")
        repository.write(HEALTH.replace(CODE, OTHER), f"name: {step}\n")
        if step % 3 == 2:
            (repository.root / HEALTH.replace(CODE, OTHER)).unlink()

    for step in range(27):
        edit(step)
        repository.commit()
        continued = read_history(repository.root, kept)
        anew = read_history(repository.root, tmp_path / f"{step}.json")
        assert continued == anew
        assert continued.digest([CODE, OTHER]) == anew.digest([CODE, OTHER])
        assert json.loads(kept.read_bytes()) == json.loads((tmp_path / f"{step}.json").read_bytes())
    assert len(continued.of(OTHER)) == MAX_CHANGES
    assert len(continued.of(CODE)) > 5


def test_rewritten_history_is_read_anew(repository: Repository, kept: Path) -> None:
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    read_history(repository.root, kept)
    repository.write(PROVINCE, "name: B, đã sửa\n")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--amend", "-m", "viết lại")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B, đã sửa\n")]
    assert "name: B\n" not in json.loads(kept.read_bytes())["texts"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: "",
        lambda kept: "\x00 {",
        lambda kept: "[]",
        lambda kept: kept[:-20],
        lambda kept: kept.replace('"before":0', '"before":9'),
        lambda kept: kept.replace('"after":1', '"after":-1'),
        lambda kept: kept.replace('"version":2', '"version":1'),
        lambda kept: kept.replace(CODE, "../../x"),
        lambda kept: kept.replace('"texts"', '"lines"'),
    ],
    ids=["empty", "no JSON", "a list", "cut off", "no such text", "negative", "other version", "no code", "other name"],
)
def test_damaged_file_is_read_anew_and_mended(repository: Repository, kept: Path, damage: object) -> None:
    assert callable(damage)
    repository.save(PROVINCE, "name: A\n")
    repository.save(PROVINCE, "name: B\n")
    read_history(repository.root, kept)
    whole = kept.read_text(encoding="utf-8")
    damaged = damage(whole)
    assert damaged != whole
    kept.write_text(damaged, encoding="utf-8")

    assert pairs(read_history(repository.root, kept)) == [("name: A\n", "name: B\n")]
    assert kept.read_text(encoding="utf-8") == whole


def test_history_that_is_too_large_loses_its_oldest_changes_each_time_the_same(
    repository: Repository, kept: Path
) -> None:
    texts = [str(number) * 100 + "\n" for number in range(5)]
    for written in texts:
        repository.save(PROVINCE, written)

    first = read_history(repository.root, kept, max_characters=450)
    assert pairs(first) == [(texts[3], texts[4]), (texts[2], texts[3])]
    assert first.note is not None
    assert first.note.render() == "the history of the content is too large: the oldest changes are not shown"
    assert not kept.exists()

    assert len(read_history(repository.root, kept).of(CODE)) == 4
    assert read_history(repository.root, kept, max_characters=450) == first


def test_digest_stands_for_the_changes_of_its_codes(repository: Repository, kept: Path) -> None:
    other = f"agencies/so-y-te/procedures/{OTHER}.yaml"
    repository.write(other, "name: X\n")
    repository.save(PROVINCE, "name: A\n")
    assert read_history(repository.root, kept).digest([CODE, OTHER]) == ""
    repository.save(PROVINCE, "name: B\n")
    first = read_history(repository.root, kept)
    repository.save(other, "name: Y\n")
    second = read_history(repository.root, kept)

    assert first.digest([CODE]) == second.digest([CODE]) != ""
    assert first.digest([OTHER]) == ""
    assert second.digest([OTHER, CODE]) == second.digest([CODE, OTHER, CODE])
    assert len({second.digest([CODE]), second.digest([OTHER]), second.digest([CODE, OTHER])}) == 3
