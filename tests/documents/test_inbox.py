"""A folder of documents: each file is taken in once and moved aside, whatever happens between."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.documents.inbox import SETTLED_AFTER, Inbox
from plugins.documents.taking_in import Agencies, Plan, TakingIn
from tests.documents.test_edxml import PDF
from tests.documents.test_records import read
from tests.documents.word_files import decision
from tests.portal.contents import AGENCY, ContentFolder

RECORD = "documents/2019/12-2019-qd-syt.md"


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: bytes) -> Path:
    """A file that nobody has changed for a while."""
    path = folder / name
    path.write_bytes(content)
    settle(path)
    return path


def settle(path: Path) -> None:
    before = path.lstat().st_mtime - 2 * SETTLED_AFTER
    os.utime(path, (before, before), follow_symlinks=False)


def take_in(content: ContentFolder, folder: Path, *more: str) -> int:
    return main(["import", "documents", "--from", str(folder), "--content", str(content.folder), *more])


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_what_is_new_is_taken_once_and_what_cannot_be_says_why(content: ContentFolder, folder: Path) -> None:
    put(folder, "a.docx", decision())
    put(folder, "b.docx", b"PK\x03\x04")
    put(folder, ".an.docx", decision())

    assert take_in(content, folder) == 1
    assert names(folder) == [".an.docx", "done/a.docx", "failed/b.docx", "failed/b.docx.txt"]
    assert (folder / "failed/b.docx.txt").read_text("utf-8") == (
        "để riêng: không mở được như một tệp Word: hãy lấy lại hoặc lưu lại tệp\n"
    )
    assert (folder / "done/a.docx").read_bytes() == decision()
    assert [entry.source.inside for entry in read(content).entries] == [RECORD]
    assert take_in(content, folder) == 0
    assert names(folder) == [".an.docx", "done/a.docx", "failed/b.docx", "failed/b.docx.txt"]


def test_name_that_was_there_before_takes_the_place_of_nobody(content: ContentFolder, folder: Path) -> None:
    for file in (b"PK\x03\x04 1", b"PK\x03\x04 2"):
        put(folder, "a.docx", file)
        take_in(content, folder)

    assert [(folder / "failed" / name).read_bytes()[-1:] for name in ("a.docx", "2-a.docx")] == [b"1", b"2"]


def test_file_that_is_being_written_waits(content: ContentFolder, folder: Path) -> None:
    (folder / "a.docx").write_bytes(decision()[:100])

    assert take_in(content, folder) == 0
    assert names(folder) == ["a.docx"]


def test_preview_moves_and_writes_nothing(content: ContentFolder, folder: Path) -> None:
    put(folder, "a.docx", decision())

    assert take_in(content, folder, "--dry-run") == 0
    assert names(folder) == ["a.docx"]
    assert not (content.agency / "documents").exists()


class KilledError(BaseException):
    """The process ends there."""


class Killed(TakingIn):
    """Is killed after so many files are written."""

    after = 0

    def carry_out(self, plan: Plan) -> None:
        ordered = sorted(plan.files.items(), key=lambda entry: entry[0].endswith(".md"))
        super().carry_out(Plan(dict(ordered[: self.after]), plan.told))
        raise KilledError


@pytest.mark.parametrize("after", [0, 1, 2])
def test_whoever_is_killed_loses_nothing_and_does_nothing_twice(
    content: ContentFolder, folder: Path, after: int
) -> None:
    put(folder, "a.docx", decision())
    killed = Killed(content.folder, Agencies({}, {}), AGENCY)
    killed.after = after
    with pytest.raises(KilledError):
        list(Inbox(folder, killed, str).take())
    assert names(folder) == ["a.docx"]

    assert take_in(content, folder) == 0
    assert names(folder) == ["done/a.docx"]
    assert [entry.source.inside for entry in read(content).entries] == [RECORD]
    assert [path.name for path in (content.agency / "media").iterdir()] == ["2019-12-2019-qd-syt.docx"]


def test_link_leads_nobody_elsewhere(content: ContentFolder, folder: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.docx", decision())
    (folder / "a.docx").symlink_to(secret)
    os.mkfifo(folder / "b.docx")
    for name in ("a.docx", "b.docx"):
        settle(folder / name)

    assert take_in(content, folder) == 1
    assert secret.read_bytes() == decision()
    assert not (content.agency / "documents").exists()
    assert (folder / "failed/a.docx.txt").read_text("utf-8") == "để riêng: không phải là tệp thông thường\n"
    assert (folder / "failed/b.docx.txt").read_text("utf-8") == "để riêng: không phải là tệp thông thường\n"


def test_file_that_cannot_be_read_holds_up_nobody(content: ContentFolder, folder: Path) -> None:
    for name in ("a.docx", "b.docx", "c.docx"):
        put(folder, name, decision())
    outcomes = Inbox(folder, TakingIn(content.folder, Agencies({}, {}), AGENCY), str).take()
    first = next(outcomes)
    (folder / "b.docx").unlink()  # whoever put it there takes it back

    second, third = outcomes
    assert (first.taken, second.taken, third.taken) == (True, False, True)
    assert second.told[0].render() == "it stays where it is: No such file or directory"
    assert names(folder) == ["done/a.docx", "done/c.docx"]


def test_two_at_a_time_do_not_meet(content: ContentFolder, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.docx", decision())
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    assert take_in(content, folder) == 0
    assert "một lệnh khác đang nhận thư mục này" in capsys.readouterr().out
    os.close(handle)
    assert take_in(content, folder) == 0
    assert names(folder) == ["done/a.docx"]


def test_list_finds_its_files_in_the_folder(content: ContentFolder, folder: Path) -> None:
    rows = "Số ký hiệu,Ngày ban hành,Trích yếu,Cơ quan,File\n1/QĐ-SYT,1/2/2018,Về việc thử,Sở Y tế,z.pdf\n2,,,,\n"
    put(folder, "a.csv", rows.encode())
    put(folder, "z.pdf", PDF)

    assert take_in(content, folder) == 1
    assert (content.agency / "media/2018-1-qd-syt.pdf").read_bytes() == PDF
    assert "dòng 3, cột" in (folder / "failed/a.csv.txt").read_text("utf-8")


@pytest.mark.parametrize("arguments", [("--from", "khong-co"), (), ("a.docx", "--from", "x")])
def test_folder_that_is_none_and_no_file_at_all_are_told(content: ContentFolder, arguments: tuple[str, ...]) -> None:
    assert main(["import", "documents", *arguments, "--content", str(content.folder)]) == 2
