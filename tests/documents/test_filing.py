"""Documents in Word become records of a folder of content; what is doubtful waits there for a person."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from plugins.command_line import main
from plugins.documents.apart import read_apart
from plugins.documents.transcripts import NotTakenError, Transcript
from plugins.portal.site_reading import load_site
from tests.documents.test_records import read
from tests.documents.word_files import OFFICE, decision, head, paragraph, relations, run, word_file
from tests.portal.contents import AGENCY, KINDS, ContentFolder, said

RECORD = "documents/2019/12-2019-qd-syt.md"
MEDIA = "media/2019-12-2019-qd-syt.docx"


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def take_in(content: ContentFolder, *arguments: str | Path) -> int:
    return main(["import", "documents", *map(str, arguments), "--content", str(content.folder)])


def put(files: Path, name: str, written: bytes) -> Path:
    path = files / name
    path.write_bytes(written)
    return path


def everything(content: ContentFolder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in content.folder.rglob("*") if path.is_file()}


def test_word_file_is_a_record_with_its_text_and_twice_changes_nothing(content: ContentFolder, files: Path) -> None:
    file = put(files, "QĐ tiêm chủng.docx", decision())

    assert take_in(content, file) == 0
    site = read(content)
    assert said([*site.problems, *site.advice]) == []
    [entry] = site.entries
    assert (entry.source.inside, entry.public, entry.record.issuers[0].agency) == (RECORD, True, "Sở Y tế")
    assert [file.file for file in entry.record.files] == [MEDIA]
    assert (content.agency / MEDIA).read_bytes() == decision()
    assert "## Điều 2. Hiệu lực" in entry.body
    before = everything(content)
    assert take_in(content, file) == 0
    assert everything(content) == before


def test_what_an_editor_made_of_it_stays(content: ContentFolder, files: Path) -> None:
    file = put(files, "a.docx", decision(above=head(number="Số:     /QĐ-SYT")))
    take_in(content, file)
    path = content.agency / "documents/2019/a.md"
    path.write_text("---\nnumber: 13/2019/QĐ-SYT\nfiles: [{file: media/a.docx}]\n---\nTôi viết.\n", "utf-8")
    before = everything(content)

    assert take_in(content, file) == 0
    assert everything(content) == before


def test_another_document_of_the_number_is_set_aside(
    content: ContentFolder, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_in(content, put(files, "a.docx", decision()))
    before = everything(content)

    assert take_in(content, put(files, "b.docx", decision(title="Khác"))) == 1
    assert everything(content) == before
    assert "b.docx: để riêng: 12/2019/QĐ-SYT đã có và nội dung khác" in capsys.readouterr().out


def test_what_is_doubtful_is_a_draft_that_says_so_field_by_field(
    content: ContentFolder, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(files, "Dự thảo.docx", decision(above=head(number="Số:     /QĐ-SYT", day="Hậu Giang, ngày tháng năm")))

    assert take_in(content, file) == 0
    written = (content.agency / "documents/du-thao.md").read_text("utf-8")
    assert "\n# number: số ký hiệu để trống hoặc không đọc được\n" in written
    assert "\n# issued: ngày ban hành để trống hoặc không đọc được\n" in written
    assert "\npublication: draft\n" in written
    assert "\nnumber:" not in written
    assert "Dự thảo.docx: xem lại number: số ký hiệu để trống hoặc không đọc được" in capsys.readouterr().out


def test_file_of_a_draft_is_not_public_though_the_draft_is_not_in_order(content: ContentFolder, files: Path) -> None:
    secret = decision(above=paragraph("MẬT") + head(number="Số:     /QĐ-SYT", day="Hậu Giang, ngày tháng năm"))
    take_in(content, put(files, "a.docx", secret))
    assert (content.agency / "media/a.docx").is_file()

    site = load_site(content.folder, "content", AGENCY, content.shared(), drafts=False, now=datetime.max, kinds=KINDS)
    assert site.advice
    assert list(site.media) == []
    assert list(site.withheld) == ["media/a.docx"]


def test_person_says_what_the_head_does_not(content: ContentFolder, files: Path) -> None:
    file = put(files, "a.docx", decision(above=head(number="Số:     /QĐ-SYT", agency="BAN CHỈ ĐẠO")))
    given = ("--given", "number=12/2019/QĐ-SYT", "--given", "agency=Sở Y tế", "--into", AGENCY)

    assert take_in(content, file, *given) == 0
    [entry] = read(content).entries
    assert (entry.record.number, entry.public) == ("12/2019/QĐ-SYT", True)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("nubmer=1/QĐ-SYT", '"nubmer=1/QĐ-SYT" không phải dạng TRƯỜNG=GIÁ TRỊ'),
        ("issued=hôm qua", 'không đọc được "hôm qua" là issued'),
        ("number", '"number" không phải dạng TRƯỜNG=GIÁ TRỊ'),
    ],
)
def test_what_a_person_says_wrong_is_told(
    content: ContentFolder, files: Path, given: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take_in(content, put(files, "a.docx", decision()), "--given", given) == 2
    assert why in capsys.readouterr().err


def test_agency_that_nobody_is_called_has_to_be_named(
    content: ContentFolder, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(files, "a.docx", decision(above=head(agency="SỞ KHÁC")))

    assert take_in(content, file) == 1
    assert 'a.docx: để riêng: không có cơ quan tên "SỞ KHÁC"' in capsys.readouterr().out
    assert take_in(content, file, "--into", AGENCY) == 0
    [entry] = read(content).entries
    assert not entry.public


def test_document_of_the_committee_is_the_provinces(content: ContentFolder, files: Path) -> None:
    above = head(agency="UBND TỈNH THỬ", number="Số: 12/2019/QĐ-UBND")

    assert take_in(content, put(files, "a.docx", decision(above=above))) == 0
    assert (content.folder / "province/documents/2019/12-2019-qd-ubnd.md").is_file()


def test_bad_file_is_set_aside_alone(content: ContentFolder, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = put(files, "a.docx", decision(parts={"word/vbaProject.bin": b"x"}))
    old = put(files, "b.doc", b"\xd0\xcf\x11\xe0")

    assert take_in(content, bad, old, put(files, "c.docx", decision())) == 1
    told = capsys.readouterr().out
    assert 'a.docx: để riêng: có macro ("word/vbaProject.bin")' in told
    assert "b.doc: để riêng: là tệp Word kiểu cũ" in told
    assert [entry.source.inside for entry in read(content).entries] == [RECORD]


def test_killed_between_file_and_record_goes_on_where_it_was(content: ContentFolder, files: Path) -> None:
    content.write(MEDIA, decision())

    assert take_in(content, put(files, "a.docx", decision())) == 0
    assert sorted(path.name for path in (content.agency / "media").iterdir()) == ["2019-12-2019-qd-syt.docx"]
    assert len(read(content).entries) == 1


def endless(written: bytes) -> Transcript:
    Event().wait(600)
    return Transcript()


def swelling(written: bytes) -> Transcript:
    return Transcript(text="a" * 2**40)


def breaking_down(written: bytes) -> Transcript:
    raise SystemExit(3)


@pytest.mark.parametrize(
    ("reader", "why"),
    [(endless, "longer than 1 seconds"), (swelling, "2 GB of memory"), (breaking_down, "breaks down")],
)
def test_reading_that_does_not_end_well_ends_there(reader: object, why: str) -> None:
    with pytest.raises(NotTakenError, match=why):
        read_apart(reader, b"x", seconds=1 if reader is endless else 60)  # type: ignore[arg-type]


def test_text_of_an_old_font_is_found_in_the_record(content: ContentFolder, files: Path) -> None:
    old = word_file(
        head(), paragraph("QUYẾT ĐỊNH"), paragraph(run("VÒ viÖc tiªm chñng", font=".VnTime")), paragraph("Điều 1. A")
    )

    assert take_in(content, put(files, "a.docx", old)) == 0
    [entry] = read(content).entries
    assert entry.record.title == "Về việc tiêm chủng"


def test_name_that_is_no_text_and_words_that_are_no_remark_do_no_harm(content: ContentFolder, files: Path) -> None:
    link = "java\u0085script:x#\u200b: [a"
    parts = {"word/_rels/document.xml.rels": relations(("r1", "hyperlink", link))}
    inner = f'<w:hyperlink xmlns:r="{OFFICE}" r:id="r1">{run("trang")}</w:hyperlink>'
    name = os.fsdecode(b"b\xff\xc3n.docx")

    assert take_in(content, put(files, name, decision(foot=paragraph(inner), parts=parts))) == 0
    site = read(content)
    assert said(site.problems) == []
    assert [entry.public for entry in site.entries] == [False]
