"""What packages of the document axis do to a folder of content, and that a bad one does nothing."""

from __future__ import annotations

import base64
import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.documents.edxml import PackageError
from plugins.documents.taking_in import Agencies, Plan, TakingIn
from plugins.documents.transcripts import NotTakenError
from tests.documents.pdf_files import BODY, HEAD, pdf_file
from tests.documents.test_edxml import FILE, PDF, A, B
from tests.documents.test_records import read
from tests.documents.word_files import decision
from tests.portal.contents import ContentFolder, said

SITES = {"000.00.09.H30": "so-y-te", "H30.9": "so-y-te"}
NEW = A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>0")
UPDATE = A.replace("<e:BussinessDocType>3", "<e:BussinessDocType>2").replace("03/2015/QĐ-SYT", "12/2019/QĐ-SYT")
FOLDER = "agencies/so-y-te/"
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
    assert (content.folder / MEDIA).read_bytes() == PDF
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
    assert main(["documents", "verify", str(tmp_path / "a.pdf")]) == 1
    assert capsys.readouterr().out.count("a.pdf") == 2


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


def files_of(content: ContentFolder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in content.folder.rglob("*") if path.is_file()}


def archive(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return stream.getvalue()


SCRIPT = "<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize(
    ("name", "file", "why"),
    [
        ("qd.pdf", pdf_file([], catalog=f"/OpenAction {SCRIPT}"), 'the file "qd.pdf": it has something that runs'),
        ("qd.pdf", b"%PDF-1.4 x", "it is no PDF file that can be read"),
        ("qd.docx", decision(parts={"word/vbaProject.bin": b"x"}), 'the file "qd.docx": it has macros'),
        ("qd.zip", archive("../../x.pdf", b"x"), '"../../x.pdf" leads out of the file'),
        ("qd.xlsx", archive("x", b" " * 61_000_000), 'unpacks to more than 60 MB, at "x"'),
        ("qd.zip", b"PK\x03\x04", "it is cut short, damaged or encrypted"),
    ],
)
def test_file_of_a_package_or_of_a_row_is_refused_as_it_is_by_itself(
    content: ContentFolder, name: str, file: bytes, why: str
) -> None:
    before = files_of(content)
    written = NEW.replace(FILE, base64.b64encode(file).decode()).replace("qd.pdf", name)
    row = f"Số ký hiệu,Ngày ban hành,Trích yếu,File\n12/2019/QĐ-SYT,2019-09-05,Về việc thử,{name}\n"
    taking_in = TakingIn(content.folder, Agencies(SITES), into="so-y-te")

    with pytest.raises(NotTakenError, match=re.escape(why)):
        taking_in.plan(written.encode())
    of_row = taking_in.plan(row.encode(), "so.csv", lambda _: file)
    assert why in of_row.told[0].render()
    assert (of_row.files, of_row.complete, files_of(content)) == ({}, False, before)


def test_secret_file_of_a_package_makes_it_a_draft(content: ContentFolder) -> None:
    take_in(content, NEW.replace(FILE, base64.b64encode(pdf_file(["MẬT", *HEAD, *BODY])).decode()))

    assert "publication: draft" in (content.folder / RECORD).read_text("utf-8")


def about(business: int, number: str = "15/TB-SYT", day: str = "2019/05/02") -> str:
    """A package of 2020 about a document of 2019, of whose number there is another one in each year."""
    named = f"<DocumentId>H30.9,{day},{number}</DocumentId>"
    told = f"<Bussiness><BussinessDocType>{business}</BussinessDocType>{named}</Bussiness>"
    sent = B.replace("02/05/2019", "02/06/2020").replace("<CodeNumber>15", "<CodeNumber>40")
    return sent.replace("</MessageHeader>", f"</MessageHeader>{told}")


def test_number_that_each_year_has_is_of_the_day_that_the_package_names(content: ContentFolder) -> None:
    for year in (2019, 2020):
        record = f"number: 15/TB-SYT\ntype: announcement\ntitle: Thử\nissued: {year}-05-02\n"
        content.write(f"documents/{year}/15-tb-syt.yaml", record)

    taking_in = TakingIn(content.folder, Agencies(SITES))
    plan = taking_in.plan(about(1).encode())
    assert plan.paths == ["agencies/so-y-te/documents/2019/15-tb-syt.yaml"]
    assert plan.told[0].render() == "15/TB-SYT is withdrawn"
    assert b"number: 15/TB-SYT\n  issued: 2019-05-02" in next(
        file for path, file in taking_in.plan(about(3).encode()).files.items() if path.endswith(".yaml")
    )
    with pytest.raises(PackageError, match="there is no document 15/TB-SYT to withdraw"):
        taking_in.plan(about(1, day="2018/05/02").encode())


@pytest.mark.parametrize(
    "record",
    [
        "{number: 12/2019/QĐ-SYT, type: decision, title: T, issued: 2019-05-02}\n",
        "---\nnumber: 12/2019/QĐ-SYT\ntype: decision\ntitle: T\nissued: 2019-05-02\n...\n",
        "  number: 12/2019/QĐ-SYT\n  type: decision\n  title: T\n  issued: 2019-05-02\n",
    ],
)
def test_record_that_is_not_written_line_by_line_is_told_and_left(content: ContentFolder, record: str) -> None:
    content.write(RECORD.removeprefix(FOLDER), record)
    withdrawal = UPDATE.replace("<e:BussinessDocType>2", "<e:BussinessDocType>1")

    with pytest.raises(
        PackageError, match=r"12-2019-qd-syt\.yaml is not written line by line: .* withdrawn: date: 2019"
    ):
        take_in(content, withdrawal)


@pytest.mark.parametrize("record", ["number: [\n", "title: T\n"])
def test_record_that_nobody_can_read_is_not_replaced(content: ContentFolder, record: str) -> None:
    content.write(RECORD.removeprefix(FOLDER), record)

    with pytest.raises(PackageError, match="is there, and nobody can read it"):
        take_in(content, NEW)


def test_file_that_is_there_stays_what_it_is_but_for_an_update_of_its_record(content: ContentFolder) -> None:
    content.write(MEDIA.removeprefix(FOLDER), "của người biên tập")
    other = MEDIA.replace(".pdf", "-v2.pdf")

    assert take_in(content, NEW) == [RECORD, other]
    assert take_in(content, NEW) == []
    changed = pdf_file(["Khác"])
    assert take_in(content, UPDATE.replace(FILE, base64.b64encode(changed).decode())) == [other]
    assert (content.folder / MEDIA).read_text("utf-8") == "của người biên tập"
    assert (content.folder / other).read_bytes() == changed


def test_whatever_the_machine_refuses_nothing_is_half_written(content: ContentFolder) -> None:
    take_in(content, NEW)
    before = files_of(content)
    (content.agency / "documents/2019/13.yaml").mkdir()
    taking_in = TakingIn(content.folder, Agencies(SITES))
    written = {MEDIA: b"%PDF-1.4 y", f"{FOLDER}media/13.pdf": PDF, f"{FOLDER}documents/2019/13.yaml": b"number: 13\n"}

    with pytest.raises(IsADirectoryError):
        taking_in.carry_out(Plan(written, ()))
    assert files_of(content) == before


def test_folder_that_leads_elsewhere_is_not_written_to(content: ContentFolder, tmp_path: Path) -> None:
    (content.agency / "documents").mkdir()
    (content.agency / "documents/2019").symlink_to(tmp_path)

    with pytest.raises(NotTakenError, match="behind a link, outside the content"):
        take_in(content, NEW)


@pytest.mark.parametrize("name", ["a.exe", "a.rtf", "a.jpg", "a"])
def test_file_of_no_known_kind_is_told_which_there_are(content: ContentFolder, name: str) -> None:
    with pytest.raises(NotTakenError, match="neither edXML, Word"):
        TakingIn(content.folder, Agencies(SITES)).plan(b"\xff\xd8\xff\xe0 khong phai", name)
