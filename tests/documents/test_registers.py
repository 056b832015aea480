"""Lists of documents as offices keep them: each row is taken as it stands, or left out with its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from plugins.command_line import main
from plugins.documents import registers
from plugins.documents.registers import LeftOut, Row, read_csv
from plugins.documents.transcripts import NotTakenError
from tests.documents.pdf_files import signed_decision
from tests.documents.test_records import read
from tests.portal.contents import ContentFolder, said

HEADINGS = (
    "STT", "Số, ký hiệu", "Ngày ban hành", "Loại văn bản", "Trích yếu nội dung", "Cơ quan ban hành", "Người ký",
    "Hiệu lực từ", "File", "Ghi chú",
)  # fmt: skip
FIRST = (
    "1",
    "05/2018/QĐ-SYT",
    "02/03/2018",
    "Quyết định",
    "Về tiêm chủng",
    "Sở Y tế",
    "Nguyễn Văn Mẫu",
    "15/3/2018",
    "",
    "",
)
SECOND = ("2", "45/KH-SYT", "2018-04-01", "", "Kế hoạch phòng dịch", "SỞ Y TẾ", "", "", "", "")


def written(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    return "\r\n".join(delimiter.join(row) for row in quoted).encode(encoding)


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-16")]
)
def test_list_is_read_whatever_a_spreadsheet_makes_of_it(delimiter: str, encoding: str) -> None:
    title = ("SỔ VĂN BẢN ĐI", *[""] * 9)
    register = read_csv(written([title, HEADINGS, FIRST, SECOND], delimiter, encoding))

    assert register.unknown == ("Ghi chú",)
    first, second = register.rows
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.transcript.number is not None
    assert (first.number, first.transcript.number.canonical, first.transcript.type, first.transcript.title) == (
        3, "05/2018/QĐ-SYT", "decision", "Về tiêm chủng",
    )  # fmt: skip
    assert (first.transcript.issued, first.transcript.effective_from) == (date(2018, 3, 2), date(2018, 3, 15))
    assert (second.transcript.type, second.transcript.issued) == ("plan", date(2018, 4, 1))


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (1, "không số", 'row 2, column B: "không số" is no number of a document'),
        (1, "", "row 2, column B: it is empty"),
        (2, "31/02/2018", 'row 2, column C: "31/02/2018" is no day'),
        (3, "Thư ngỏ", 'row 2, column D: "Thư ngỏ" is no kind of document'),
        (4, "x" * 6_000, "row 2, column E: longer than 2000 characters"),
        (7, "ngay", 'row 2, column H: "ngay" is no day'),
    ],
)
def test_bad_row_is_left_out_with_its_row_and_column(column: int, cell: str, why: str) -> None:
    bad = [*FIRST[:column], cell, *FIRST[column + 1 :]]
    first, second = read_csv(written([HEADINGS, bad, SECOND])).rows

    assert isinstance(first, LeftOut)
    assert first.why.render() == why
    assert isinstance(second, Row)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"a,b\n1,2\n", "no row of headings"),
        (b"", "no row of headings"),
        ("Số ký hiệu,Trích yếu\n".encode("utf-16-le"), "no row of headings|neither UTF-8"),
        (b"S\xf4 k\xfd hi\xeau", "line 1 is neither UTF-8 nor UTF-16"),
        (written([HEADINGS, FIRST]) + b'\n"1', "line 3 is no row of CSV"),
    ],
)
def test_file_that_is_no_list_is_refused(file: bytes, why: str) -> None:
    with pytest.raises(NotTakenError, match=why):
        read_csv(file)


def test_list_of_far_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "MOST_ROWS", 3)

    with pytest.raises(NotTakenError, match="more than 3 rows"):
        read_csv(written([HEADINGS, *[FIRST] * 4]))


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def take_in(content: ContentFolder, path: Path, file: bytes) -> int:
    path.write_bytes(file)
    return main(["import", "documents", str(path), "--content", str(content.folder)])


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_rows_of_a_workbook_are_records_and_twice_changes_nothing(
    content: ContentFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "qd-05.pdf").write_bytes(signed_decision())
    with_file = [*FIRST[:2], datetime(2018, 3, 2), *FIRST[3:8], "qd-05.pdf"]
    formula = ["3", "=A1&B1", "01/05/2018", "", "Công thức", "Sở Y tế"]
    file = workbook(["SỔ VĂN BẢN"], [], HEADINGS, with_file, SECOND, formula, [*SECOND[:5], "Sở Khác"], SECOND)

    assert take_in(content, tmp_path / "so.xlsx", file) == 1
    told = capsys.readouterr().out
    assert "so.xlsx: dòng 6, cột B: để trống" in told
    assert 'so.xlsx: dòng 7: không có cơ quan tên "Sở Khác"' in told
    assert "so.xlsx: dòng 8: số ký hiệu trùng với dòng 5" in told
    assert "so.xlsx: đã nhận 2 trên 5 dòng" in told
    site = read(content)
    assert said([*site.problems, *site.advice]) == []
    records = {entry.source.inside: entry.record for entry in site.entries}
    assert sorted(records) == ["documents/2018/45-kh-syt.yaml", "documents/2018/5-2018-qd-syt.yaml"]
    decision = records["documents/2018/5-2018-qd-syt.yaml"]
    assert [(issuer.agency, issuer.name) for issuer in decision.issuers] == [("Sở Y tế", "Nguyễn Văn Mẫu")]
    assert [file.file for file in decision.files] == ["media/2018-5-2018-qd-syt.pdf"]
    before = {path: path.read_bytes() for path in content.folder.rglob("*") if path.is_file()}
    assert take_in(content, tmp_path / "so.xlsx", file) == 1
    assert {path: path.read_bytes() for path in content.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["khong-co.pdf", "../so.csv", "/etc/passwd"])
def test_file_that_does_not_lie_beside_the_list_is_told(
    content: ContentFolder, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take_in(content, tmp_path / "so.csv", written([HEADINGS, [*FIRST[:8], name, ""]])) == 1
    assert f'so.csv: dòng 2: không có tệp "{name}" cạnh danh sách' in capsys.readouterr().out


def test_secret_row_is_a_draft(content: ContentFolder, tmp_path: Path) -> None:
    assert take_in(content, tmp_path / "so.csv", written([HEADINGS, [*FIRST[:4], "Báo cáo (Mật)", *FIRST[5:]]])) == 0
    assert [entry.public for entry in read(content).entries] == [False]


@pytest.mark.parametrize("name", ["so.xls", "so.ods"])
def test_list_of_another_kind_is_told_how_to_save_it(
    content: ContentFolder, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take_in(content, tmp_path / name, b"\xd0\xcf\x11\xe0") == 1
    assert "hãy lưu danh sách thành .xlsx hoặc CSV UTF-8" in capsys.readouterr().out


def test_broken_workbook_is_told(content: ContentFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take_in(content, tmp_path / "so.xlsx", workbook(HEADINGS)[:-200]) == 1
    assert "không đọc được bảng tính, hoặc giải nén ra hơn 150 MB" in capsys.readouterr().out
