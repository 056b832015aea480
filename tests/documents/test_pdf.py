"""PDF files with a text, without one, and such as somebody has made to do harm."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.documents.pdf import MOST_PAGES, read_pdf
from plugins.documents.transcripts import NotTakenError, Transcript
from tests.documents.pdf_files import BODY, HEAD, pdf_file, signed_decision, stream
from tests.documents.signed import DER, Holder, holder, signed
from tests.documents.test_records import read
from tests.documents.word_files import decision, head
from tests.portal.contents import AGENCY, ContentFolder, said

PICTURE = pdf_file([], [], more={9000: stream(b"\0" * 3, "/Type /XObject /Subtype /Image /Width 1 /Height 1")})
SCRIPT = "<< /S /JavaScript /JS (app.alert(1)) >>"


def doubts(transcript: Transcript) -> list[str]:
    return [f"{doubt.field}: {doubt.message.render()}" for doubt in transcript.doubts]


def test_file_with_a_text_says_what_it_is() -> None:
    read_file = read_pdf(signed_decision())

    assert doubts(read_file) == []
    assert read_file.number is not None
    assert (read_file.number.canonical, read_file.type, read_file.issued) == (
        "15/2019/QĐ-SYT", "decision", date(2019, 10, 9),
    )  # fmt: skip
    assert (read_file.title, read_file.agency) == ("Ban hành Quy chế phối hợp phòng, chống dịch", "SỞ Y TẾ")
    assert (read_file.effective_from, read_file.scanned) == (date(2019, 11, 1), False)
    assert read_file.text.split("\n\n") == [
        "GIÁM ĐỐC SỞ Y TẾ",
        "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ quy định chi tiết một số điều;",
        "## Điều 1. Phạm vi", "1. Quy chế này áp dụng cho các trạm y tế, các bệnh viện.",
        "2. Các đơn vị khác làm theo.",
        "## Điều 2. Hiệu lực", "Quyết định này có hiệu lực từ ngày 01 tháng 11 năm 2019.",
    ]  # fmt: skip


@pytest.mark.parametrize("file", [PICTURE, pdf_file(["Trang 1"]), pdf_file()])
def test_picture_of_paper_says_so_and_nothing_is_guessed(file: bytes) -> None:
    read_file = read_pdf(file)

    assert read_file.scanned
    assert (read_file.number, read_file.title, read_file.text) == (None, "", "")


def test_pages_without_a_text_are_told() -> None:
    assert "text: pages without a text: 2" in doubts(read_pdf(pdf_file([*HEAD, *BODY], [])))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["\ue000\ue001\ue002 " * 20, *HEAD], "letters of its text are unknown"),
        (["\x01\x02" * 20, *HEAD], "letters of its text are unknown"),
        (["C«ng b¸o tØnh HËu Giang, quyÕt ®Þnh", *HEAD], "a font from before Unicode"),
        (["H ậ u G i a n g n g à y t h á n g n ă m c ô n g b á o t ỉ n h", *HEAD[:1]], "are torn apart"),
    ],
)
def test_text_that_nobody_can_rely_on_is_not_read(lines: list[str], why: str) -> None:
    read_file = read_pdf(pdf_file(lines))

    assert (read_file.number, read_file.text) == (None, "")
    assert why in doubts(read_file)[0]


@pytest.mark.parametrize(
    ("font", "line", "meant"),
    [
        ("ABCDEF+.VnTime", "C«ng b¸o tØnh HËu Giang. ¸p dông tõ nay", "Công báo tỉnh Hậu Giang. áp dụng từ nay"),
        (".VnTimeH,Bold", "quyÕt ®Þnh", "QUYẾT ĐỊNH"),
        ("VNI-Times", "Coâng baùo tænh Haäu Giang", "Công báo tỉnh Hậu Giang"),
        ("Times", "Công báo tỉnh", "Công báo tỉnh"),
    ],
)
def test_text_of_old_fonts_is_unicode_where_the_file_names_them(font: str, line: str, meant: str) -> None:
    read_file = read_pdf(pdf_file([line] * 3, font=font))

    assert read_file.text.startswith(meant)
    told = 'text: its old font has no capitals with tones: look at "áp"'
    assert (told in doubts(read_file)) == ("áp" in meant)


def test_letters_that_are_put_together_are_one_letter_each() -> None:
    assert (
        "Tiếng Việt"
        in read_pdf(pdf_file(["Đây là một dòng chữ dài, viết bằng Tie\u0302\u0301ng Vie\u0323\u0302t"])).text
    )


@pytest.mark.parametrize("stamp", ["MẬT", "Lưu hành nội bộ"])
def test_what_may_not_be_for_everybody_is_held_back(stamp: str) -> None:
    assert read_pdf(pdf_file([stamp, *HEAD, *BODY])).held_back


def test_text_of_very_many_pages_is_read_as_far_as_that_ends() -> None:
    read_file = read_pdf(pdf_file([*HEAD, *BODY], *[["Một dòng chữ dài của phụ lục kèm theo."]] * MOST_PAGES))

    assert f"text: only the first {MOST_PAGES} pages are in the text" in doubts(read_file)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (pdf_file(HEAD, catalog=f"/OpenAction {SCRIPT}"), "runs when it is opened"),
        (pdf_file(HEAD, catalog=f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>"), "runs when it is opened"),
        (pdf_file(HEAD, catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"), "runs when it is opened"),
        (pdf_file(HEAD, catalog="/AcroForm << /XFA [] >>"), "runs when it is opened"),
        (pdf_file(HEAD, [], page=f"/AA << /O {SCRIPT} >>"), "runs when it is opened, on page 1"),
        (pdf_file(HEAD, page=f"/Annots [<< /Subtype /Link /A {SCRIPT} >>]"), "runs when it is opened, on page 1"),
        (pdf_file(HEAD, catalog="/Names << /EmbeddedFiles << /Names [] >> >>"), "other files within it"),
        (pdf_file(HEAD, page="/Annots [<< /Subtype /FileAttachment >>]"), "other files within it, on page 1"),
        (pdf_file(HEAD, catalog=f"/AcroForm << /Fields [<< /T (a) /FT /Tx /AA << /K {SCRIPT} >> >>] >>"),
         "runs when it is opened"),
        (pdf_file(HEAD, catalog=f"/Outlines << /First << /Title (a) /A {SCRIPT} >> >>"), "runs when it is opened"),
        (pdf_file(HEAD, page=f"/Annots [<< /Subtype /Link /A << /S /URI /URI (http://x) /Next {SCRIPT} >> >>]"),
         "runs when it is opened"),
        (pdf_file(HEAD, page="/Annots [<< /Subtype /Screen /A << /S /Rendition /JS (x) >> >>]"),
         "runs when it is opened"),
        (pdf_file(HEAD, page="/Annots [<< /Subtype /Link /FS << /EF << /F 1 0 R >> >> >>]"), "other files within it"),
        (pdf_file(*[[]] * 5_001), "more than 5000 pages"),
        (pdf_file(HEAD, trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "a" * 32 + ") /U (" + "b" * 32
                  + ") /P -4 >> /ID [(a) (a)]"), "it is encrypted"),
        (b"%PDF-1.7\nkhong co gi\n", "no PDF file that can be read"),
        (b"%PDF-1.7\ntrailer << /Root 1 0 R >>\nstartxref\n99999999999\n%%EOF", "no PDF file that can be read"),
        (pdf_file(HEAD, more={2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), "no PDF file that can be read"),
    ],
)  # fmt: skip
def test_file_that_no_office_needs_is_refused(file: bytes, why: str) -> None:
    with pytest.raises(NotTakenError, match=re.escape(why)):
        read_pdf(file)


def test_broken_table_of_objects_is_mended_or_told_but_nothing_breaks() -> None:
    whole = signed_decision()

    def outcome(file: bytes) -> str:
        try:
            return "scanned" if read_pdf(file).scanned else "read"
        except NotTakenError as error:
            return error.message.msgid

    outcomes = {outcome(whole[:cut] + whole[cut + 20 :]) for cut in range(40, len(whole), 97)}
    assert outcomes == {"read", "scanned", "it is no PDF file that can be read: make it again"}


def test_pdf_is_a_record_beside_its_file_and_a_scan_is_a_draft(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    for name, file in (("a.signed.pdf", signed_decision()), ("Bản chụp.pdf", PICTURE)):
        (tmp_path / name).write_bytes(file)
    command = ["import", "documents", "--content", str(content.folder), "--into", AGENCY]

    assert main([*command, str(tmp_path / "a.signed.pdf"), str(tmp_path / "Bản chụp.pdf")]) == 0
    [entry] = read(content).entries
    assert (entry.record.number, entry.public) == ("15/2019/QĐ-SYT", True)
    assert entry.record.files[0].file == "media/2019-15-2019-qd-syt.signed.pdf"
    assert (content.agency / "media/2019-15-2019-qd-syt.signed.pdf").read_bytes() == signed_decision()
    scan = (content.agency / "documents/ban-chup.md").read_text("utf-8")
    assert "\nscanned: true\n" in scan
    assert "\npublication: draft\n" in scan


def test_word_file_and_signed_pdf_of_one_document_are_one_record(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    day = "Hậu Giang, ngày 9 tháng 10 năm 2019"
    word = decision(
        above=head(number="Số: 15/2019/QĐ-SYT", day=day),
        title="Ban hành Quy chế phối hợp phòng, chống dịch",
        begins="ngày 1 tháng 11 năm 2019",
    )
    (tmp_path / "a.docx").write_bytes(word)
    (tmp_path / "b.pdf").write_bytes(signed_decision())
    command = [
        "import",
        "documents",
        str(tmp_path / "a.docx"),
        str(tmp_path / "b.pdf"),
        "--content",
        str(content.folder),
    ]

    assert main(command) == 0
    site = read(content)
    assert said([*site.problems, *site.advice]) == []
    [entry] = site.entries
    assert [file.file for file in entry.record.files] == [
        "media/2019-15-2019-qd-syt.pdf", "media/2019-15-2019-qd-syt.docx",
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in content.folder.rglob("*") if path.is_file()}
    assert main(command) == 0
    assert {path: path.read_bytes() for path in content.folder.rglob("*") if path.is_file()} == before


@pytest.fixture(scope="module")
def person() -> tuple[Holder, Holder]:
    """An authority, and somebody whom it knows."""
    authority = holder("CA Thử")
    return authority, holder("Trần Thị Mẫu", authority)


@pytest.mark.parametrize(
    ("trusted", "altered", "name", "public"),
    [(True, False, "Trần Thị Mẫu", True), (False, False, "Trần Thị Mẫu", False), (True, True, None, False)],
)
def test_signer_is_taken_from_the_signature_and_doubted_where_nobody_vouches(
    person: tuple[Holder, Holder], tmp_path: Path, *, trusted: bool, altered: bool, name: str | None, public: bool
) -> None:
    content = ContentFolder.of(tmp_path / "content")
    if trusted:
        (content.folder / "province/trust").mkdir(parents=True)
        (content.folder / "province/trust/ca.crt").write_bytes(person[0].certificate.public_bytes(DER))
    file = signed(signed_decision(), person[1])
    (tmp_path / "a.signed.pdf").write_bytes(_altered(file) if altered else file)

    assert main(["import", "documents", "--content", str(content.folder), str(tmp_path / "a.signed.pdf")]) == 0
    record = (content.agency / "documents/2019/15-2019-qd-syt.md").read_text("utf-8")
    assert ("\npublication: draft\n" not in record) == public
    assert ("  name: Trần Thị Mẫu\n" in record) == (name is not None)


def _altered(file: bytes) -> bytes:
    """One letter of what was signed is another."""
    at = file.index(b"%PDF-1.") + 7
    return file[:at] + (b"6" if file[at : at + 1] != b"6" else b"5") + file[at + 1 :]
