"""What packages of the document axis do to a folder of content, and that a bad one does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.documents.edxml import PackageError
from plugins.documents.taking_in import Agencies, TakingIn
from tests.documents.test_edxml import FILE, A, B
from tests.documents.test_records import read
from tests.portal.contents import ContentFolder, said

SITES = {"000.00.09.H30": "so-y-te", "H30.9": "so-y-te"}
NEW = A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>0")
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
