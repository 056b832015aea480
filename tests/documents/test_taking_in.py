"""What packages of the document axis do to a folder of content, and that a bad one does nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.documents.edxml import PackageError
from plugins.documents.taking_in import Agencies, TakingIn
from plugins.documents.transcripts import NotTakenError
from tests.documents.test_edxml import FILE, A, B
from tests.documents.test_records import read
from tests.portal.contents import ContentFolder, said

SITES = {"000.00.09.H30": "so-y-te", "H30.9": "so-y-te"}
NEW = A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>0")
UPDATE = A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>2").replace("03/2015/QĐ-SYT", "12/2019/QĐ-SYT")
RECORD = "agencies/so-y-te/documents/2019/12-2019-qd-syt.yaml"
MEDIA = "agencies/so-y-te/media/2019-12-2019-qd-syt.pdf"


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def take_in(content: ContentFolder, written: str) -> list[str]:
    """The files that were written."""
    taking_in = TakingIn(content.folder, Agencies(SITES))
    plan = taking_in.plan(written.encode())
    taking_in.carry_out(plan)
    return plan.paths


def test_new_document_is_a_record_with_its_files_and_twice_changes_nothing(content: ContentFolder) -> None:
    assert take_in(content, NEW) == [RECORD, MEDIA]
    assert (content.folder / MEDIA).read_bytes() == b"%PDF-1.4 x"
    site = read(content)
    assert said(site.problems) == []
    [entry] = site.entries
    assert (entry.record.number, entry.record.type, entry.record.issuers[0].name) == (
        "12/2019/QĐ-SYT", "decision", "Nguyễn Văn Mẫu",
    )  # fmt: skip
    assert take_in(content, NEW) == []
    assert take_in(content, B) == [
        "agencies/so-y-te/documents/2019/15-tb-syt.yaml", "agencies/so-y-te/media/2019-15-tb-syt.pdf",
    ]  # fmt: skip


def test_replacing_document_says_what_it_replaces(content: ContentFolder) -> None:
    take_in(content, A)

    [entry] = read(content).entries
    assert [(relation.kind, relation.number) for relation in entry.record.relations] == [("replaces", "03/2015/QĐ-SYT")]


@pytest.mark.parametrize("suffix", [".yaml", ".md"])
def test_withdrawal_leaves_the_address_with_the_reason(content: ContentFolder, suffix: str) -> None:
    fields = "number: 03/2015/QĐ-SYT\ntype: decision\ntitle: Cũ\nissued: 2015-03-02\n"
    content.write(f"documents/2015/cu{suffix}", fields if suffix == ".yaml" else f"---\n{fields}---\nChữ.\n")
    withdrawal = A.replace(
        "<e:BussinessDocType>3", "<e:BussinessDocReason>Nhầm</e:BussinessDocReason><e:BussinessDocType>1"
    )

    assert take_in(content, withdrawal) == [f"agencies/so-y-te/documents/2015/cu{suffix}"]
    site = read(content)
    assert said(site.problems) == []
    assert site.withdrawn == ("so-y-te/van-ban/2015/3-2015-qd-syt/",)
    assert next(iter(site.ended.values())).withdrawn.reason == "Nhầm"  # type: ignore[union-attr]
    assert take_in(content, withdrawal) == []


def test_update_changes_what_was_taken_in_and_nothing_that_an_editor_wrote(content: ContentFolder) -> None:
    take_in(content, NEW)
    update = NEW.replace("<e:BussinessDocType>0", "<e:BussinessDocType>2").replace("Về   việc thử", "Về việc khác")
    update = update.replace("000.00.09.H30,2015/03/02,03/2015/QĐ-SYT", "x,2019/04/15,12/2019/QĐ-SYT")

    assert take_in(content, update) == [RECORD]
    path = content.folder / RECORD
    path.write_text(path.read_text("utf-8").split("\n", 1)[1].replace("khác", "tôi viết"), "utf-8")
    with pytest.raises(PackageError, match="says something else"):
        take_in(content, update)


def test_what_is_not_for_everybody_is_a_draft(content: ContentFolder) -> None:
    take_in(content, NEW.replace("Về   việc thử", "Báo cáo (Mật)"))

    assert [entry.public for entry in read(content).entries] == [False]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("000.00.09.H30</e:OrganId>", "000.00.99.H30</e:OrganId>", "no agency has the code"),
        ("qd.pdf", "qd.exe", "cannot be offered"),
        ("qd.pdf", "qd.docx", "is not what its name says"),
        ("<e:BussinessDocType>0", "<e:BussinessDocType>1", "no document 03/2015/QĐ-SYT to withdraw"),
        ("<e:BussinessDocType>0", "<e:BussinessDocType>2", "no document 03/2015/QĐ-SYT to update"),
    ],
)
def test_package_that_cannot_be_taken_writes_nothing(content: ContentFolder, old: str, new: str, why: str) -> None:
    before = sorted(content.folder.rglob("*"))

    with pytest.raises(PackageError, match=why):
        take_in(content, NEW.replace(old, new))
    assert sorted(content.folder.rglob("*")) == before


def test_packages_of_one_command_know_of_each_other(content: ContentFolder) -> None:
    taking_in = TakingIn(content.folder, Agencies(SITES))
    taking_in.carry_out(taking_in.plan(NEW.encode()))
    withdrawal = NEW.replace("<e:BussinessDocType>0", "<e:BussinessDocType>1")
    withdrawal = withdrawal.replace("000.00.09.H30,2015/03/02,03/2015/QĐ-SYT", "x,2019/04/15,12/2019/QĐ-SYT")

    assert taking_in.plan(withdrawal.encode()).paths == [RECORD]


def test_name_of_a_file_is_never_a_path(content: ContentFolder) -> None:
    assert take_in(content, NEW.replace("qd.pdf", "../../../etc/qd.signed.pdf")) == [
        RECORD, "agencies/so-y-te/media/2019-12-2019-qd-syt.signed.pdf",
    ]  # fmt: skip
    assert FILE


def test_command_takes_in_what_it_can_and_sets_the_rest_aside(
    content: ContentFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content.write("agency.yaml", "name: Sở Y tế\nkind: department\nsummary: Về y tế.\ncode: 000.00.09.H30\n")
    (tmp_path / "a.edxml").write_text(NEW, "utf-8")
    (tmp_path / "b.edxml").write_text("<!DOCTYPE x><a/>", "utf-8")
    files = [str(tmp_path / name) for name in ("b.edxml", "a.edxml", "khong.edxml")]
    command = ["import", "documents", *files, "--content", str(content.folder)]

    assert main([*command, "--dry-run"]) == 1
    assert not (content.folder / RECORD).exists()
    assert main(command) == 1
    told = capsys.readouterr().out
    assert (content.folder / RECORD).is_file()
    assert "b.edxml: để riêng: gói có DTD hoặc thực thể XML: không nhận" in told
    assert "a.edxml: 12/2019/QĐ-SYT được nhận" in told
    assert "khong.edxml: để riêng: " in told


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Về   việc thử", "x" * 2_001, "title: "),
        ("2019/04/15", "0001/01/01", "no day of issue"),
        ("2019/04/15", "2999/01/01", "no day of issue"),
    ],
)
def test_package_that_no_record_could_hold_is_set_aside(content: ContentFolder, old: str, new: str, why: str) -> None:
    assert old in NEW
    with pytest.raises(NotTakenError, match=why):
        take_in(content, NEW.replace(old, new))
    assert not (content.folder / RECORD).exists()


def test_update_with_another_number_leads_on_from_the_old_address(content: ContentFolder) -> None:
    take_in(content, NEW)
    take_in(content, UPDATE.replace("<e:CodeNumber>12", "<e:CodeNumber>13"))

    site = read(content)
    assert said(site.problems) == []
    [entry] = site.entries
    assert (entry.record.number, entry.record.aliases) == ("13/2019/QĐ-SYT", ("/so-y-te/van-ban/2019/12-2019-qd-syt/",))


@pytest.mark.parametrize("more", ["summary: Do người biên tập viết.\n", "withdrawn: {date: 2019-05-01, reason: Sai}\n"])
def test_update_replaces_nothing_that_an_editor_wrote_or_that_was_withdrawn(content: ContentFolder, more: str) -> None:
    take_in(content, NEW)
    record = content.folder / RECORD
    record.write_text(record.read_text("utf-8") + more, "utf-8")
    update = UPDATE.replace("việc thử", "việc khác")
    with pytest.raises(NotTakenError, match="says something else"):
        take_in(content, update)
    assert more in record.read_text("utf-8")


def test_update_that_may_not_be_for_everybody_leaves_what_is_public(content: ContentFolder) -> None:
    take_in(content, NEW)
    update = UPDATE.replace("2019/04/15<", "2019/04/15 08:00:00<")
    with pytest.raises(NotTakenError, match="is public, and this file may not be"):
        take_in(content, update)


def test_package_without_a_signer_says_so_and_one_that_replaces_itself_replaces_nothing(content: ContentFolder) -> None:
    taking_in = TakingIn(content.folder, Agencies(SITES))
    itself = A.replace("03/2015/QĐ-SYT", "12/2019/QĐ-SYT").replace("FullName", "Other")
    told = [line.msgid for line in taking_in.plan(itself.encode()).told]
    assert told[1:] == ["it does not say who signed it", "it does not say what it replaces"]


def test_pipe_keeps_nobody_waiting(content: ContentFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert main(["import", "documents", str(tmp_path / "a.pdf"), "--content", str(content.folder)]) == 1
    assert main(["documents", "verify", str(tmp_path / "a.pdf")]) == 2
    assert capsys.readouterr().out.count("a.pdf") == 1


def test_draft_that_lacks_what_nobody_could_read_keeps_nobody_back(content: ContentFolder) -> None:
    content.write("documents/2019/tot.yaml", "number: 1/QĐ-SYT\ntype: decision\ntitle: Tốt\nissued: 2019-03-02\n")
    content.write(
        "documents/scan.md", "---\npublication: draft\nfiles:\n- file: media/a.pdf\nscanned: true\n---\n\nx\n"
    )
    content.write("documents/hong.yaml", "publication: x\ntitle: Hỏng\n")
    site = read(content)

    assert {problem.path.rpartition("/")[2] for problem in site.problems} == {"hong.yaml"}
    assert "scan.md" in {problem.path.rpartition("/")[2] for problem in site.advice}
    assert [entry.slug for entry in site.entries] == ["tot"]
