"""Files of records: what they are their content says, and what is wrong with them ends the import with the place."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plugins.importing import ImportStopped, sources
from plugins.importing.national import Draft
from plugins.importing.sources import MAX_CELL, MAX_COLUMNS, MAX_NESTING, MAX_ROWS, read_source

WEB = {"ma_thu_tuc": "1.000500", "ten_thu_tuc": "Cấp thẻ", "linh_vuc": "Thử nghiệm", "cap_thuc_hien": "Cấp xã"}
ANSWER = {
    "MATTHC": "1.000501",
    "TENTTHC": "Đổi thẻ",
    "LINHVUCTHUCHIEN": [{"TENLINHVUC": "Thử nghiệm"}],
    "CAPTHUCHIEN": [{"CAPTHUCHIEN": "3"}],
}
HEADINGS = ["STT", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cấp thực hiện"]
ROW = [1, "1.000500", "Cấp thẻ", "Thử nghiệm", "Cấp xã"]
CSV = "STT,Mã thủ tục,Tên thủ tục,Lĩnh vực,Cấp thực hiện\n1,1.000500,Cấp thẻ,Thử nghiệm,Cấp xã\n"


def line(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False)


def codes(path: Path) -> list[tuple[int, str]]:
    """The lines and codes of what was taken."""
    return [
        (record.line, record.outcome.procedure.code if isinstance(record.outcome, Draft) else record.outcome.kind)
        for record in read_source(path).records
    ]


def written(folder: Path, content: str | bytes, name: str = "records") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(*rows: list[Any], title: str = "Trang 1", more: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if more is not None:
        more(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def stopped(path: Path) -> str:
    with pytest.raises(ImportStopped) as stop:
        read_source(path)
    return str(stop.value).replace(str(path), "FILE")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"{line(WEB)}\n\n{line(ANSWER)}\n", [(1, "1.000500"), (3, "1.000501")]),
        (f"[\n{line(WEB)},\n{line(ANSWER)}\n]\n", [(2, "1.000500"), (3, "1.000501")]),
        (json.dumps(ANSWER, indent=2), [(1, "1.000501")]),
        (f'{{"total": 1,\n"data": [\n{line(WEB)},\n{line(ANSWER)}]}}', [(3, "1.000500"), (4, "1.000501")]),
        (f'{{"error": 0, "Result": {{"data":\n[{line(ANSWER)}]}}}}', [(2, "1.000501")]),
        (f'{{"result": {line(ANSWER)}}}', [(1, "1.000501")]),
        ("[1, null]\n", [(1, "no_shape"), (1, "no_shape")]),
        ('{"id": 3}', [(1, "no_shape")]),
        (CSV, [(2, "1.000500")]),
        (CSV.replace(",", ";"), [(2, "1.000500")]),
        ("Phụ lục, kèm theo, quyết định, số, mẫu\n" + CSV.replace(",", ";"), [(3, "1.000500")]),
        (CSV.replace(",", "\t").replace("\n", "\r\n"), [(2, "1.000500")]),
        ("Danh mục thủ tục\n\n" + CSV + '2,,"Hai\ndòng",,\n3,1.000502,Thẻ ba,Mẫu,Cấp xã\n',
         [(4, "1.000500"), (5, "no_code"), (7, "1.000502")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_shapes_are_told_by_the_content(
    tmp_path: Path, content: str, found: list[tuple[int, str]], encoding: str
) -> None:
    plain = content.encode(encoding)
    assert codes(written(tmp_path, plain)) == found
    assert codes(written(tmp_path, gzip.compress(plain), "records.xlsx")) == found


def test_gzip_of_several_members_is_read_whole(tmp_path: Path) -> None:
    both = gzip.compress(f"{line(WEB)}\n".encode()) + gzip.compress(line(ANSWER).encode()) + b"\0" * 512
    assert codes(written(tmp_path, both)) == [(1, "1.000500"), (2, "1.000501")]


def test_a_workbook_is_read_by_its_values(tmp_path: Path) -> None:
    def more(book: Any) -> None:
        extra = book.create_sheet("Ghi chú")
        extra.append(["không phải danh mục"])
        further = book.create_sheet("Xã")
        further.append(["Bảng thủ tục"])
        further.append([*HEADINGS, "Ngày công bố", "Số quyết định"])
        further.append([1, 2.0002, "Thẻ xã", "Thử nghiệm", "Cấp xã", datetime(2019, 9, 24), "1/QĐ"])
        further["H3"] = "=1+1"

    source = read_source(written(tmp_path, workbook(HEADINGS, ROW, more=more), "muc.csv"))
    taken = [record.outcome for record in source.records]
    assert [found.procedure.code for found in taken if isinstance(found, Draft)] == ["1.000500", "2.000200"]
    assert [record.line for record in source.records] == [2, 3]
    assert isinstance(taken[1], Draft)
    assert taken[1].procedure.decision is not None
    assert str(taken[1].procedure.decision.date) == "2019-09-24"
    assert [doubt.kind for doubt in taken[1].doubts] == ["code_from_number"]
    assert [(notice.kind, notice.names) for notice in source.notices] == [("sheets_without_headings", ("Ghi chú",))]


def test_unknown_keys_and_headings_are_noticed_once(tmp_path: Path) -> None:
    answers = written(tmp_path, line([{**ANSWER, "LA": 1}, {**ANSWER, "LA": 2, "KHAC": 3}]))
    assert [notice.names for notice in read_source(answers).notices] == [("LA", "KHAC")]
    table = written(tmp_path, CSV.replace("STT", "Người nhập"))
    assert [(notice.line, notice.names) for notice in read_source(table).notices] == [(1, ("Người nhập",))]


def test_progress_is_told_record_by_record(tmp_path: Path) -> None:
    seen: list[int] = []
    read_source(written(tmp_path, f"{line(WEB)}\n{line(ANSWER)}"), seen.append)
    assert seen == [1, 2]


def test_a_row_with_more_cells_than_headings_is_refused(tmp_path: Path) -> None:
    assert codes(written(tmp_path, CSV + "2,1.000501,Thẻ, mới,Thử nghiệm,Cấp xã\n")) == [
        (2, "1.000500"),
        (3, "too_wide"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "FILE is empty"),
        (b" \n\n", "FILE is empty"),
        (b"[]", "FILE holds no records"),
        (CSV.splitlines()[0].encode(), "FILE holds no records"),
        (f"{line(WEB)}\n{line(ANSWER)[:-9]}".encode(), "FILE:2: ends in the middle of a record: fetch it again"),
        (f"[\n{line(WEB)},\n".encode(), "FILE:3: ends in the middle of a record: fetch it again"),
        (f"[{line(WEB)}".encode(), "FILE:1: ends in the middle of a record: fetch it again"),
        (f"{line(WEB)}\n{{mã: 1}}\n{line(WEB)}".encode(), "FILE:2: not JSON: mend the line or fetch the file again"),
        (b'{"MATTHC": NaN}', "FILE:1: not JSON: mend the line or fetch the file again"),
        (b'{"MATTHC": ' + b"1" * 5_000 + b"}", "FILE:1: not JSON: mend the line or fetch the file again"),
        ("Mã thủ tục,Tên\n1.000500,Thẻ".encode("cp1258", "replace"),
         "FILE:1: neither UTF-8 nor UTF-16: save the file again as UTF-8"),
        (line(WEB).encode() + b'\n{"a": "\xff"}', "FILE:2: neither UTF-8 nor UTF-16: save the file again as UTF-8"),
        (f"{line(WEB)}\n".encode("utf-16")[:-1], "FILE:1: neither UTF-8 nor UTF-16: save the file again as UTF-8"),
        (gzip.compress(line(WEB).encode(), mtime=0)[:-9], "FILE is cut short or damaged: fetch it again"),
        (b"\x1f\x8bnothing of the kind", "FILE is cut short or damaged: fetch it again"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600,
         "FILE is an Excel file of the old kind: save it as .xlsx or as CSV in UTF-8"),
        (CSV.encode() + '2,1.000501,"Thẻ'.encode(), "FILE:3: ends in the middle of a record: fetch it again"),
        (CSV.encode() + "2,1.000501,Thẻ".encode(), "FILE:3: ends in the middle of a record: fetch it again"),
        (CSV.encode() + '2,"1.0"00501,Thẻ\n'.encode(),
         "FILE:3: not a row of CSV (',' expected after '\"'): check the quotes on this line"),
        ("Đây là một lá thư.\n".encode(),
         "FILE has no row of headings in its first 30 rows: it needs at least Mã thủ tục, Tên thủ tục, Lĩnh vực, "
         "Cấp thực hiện"),
    ],
)  # fmt: skip
def test_a_file_that_is_damaged_or_no_source_is_told_with_place_and_remedy(
    tmp_path: Path, content: bytes, said: str
) -> None:
    assert stopped(written(tmp_path, content)) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[" * 100_000, f"FILE:1: nested deeper than {MAX_NESTING} levels"),
        ('{"MATTHC": ' + "[" * 20 + "]" * 20 + "}", f"FILE:1: nested deeper than {MAX_NESTING} levels"),
        (line({**WEB, "mo_ta": "a" * (MAX_CELL + 1)}), f"FILE:1: a text of more than {MAX_CELL} characters"),
        (CSV + f"2,1.000501,{'a' * (MAX_CELL + 1)}\n", f"FILE:3: a text of more than {MAX_CELL} characters"),
        (CSV + "," * MAX_COLUMNS + "\n", f"FILE:3: more than {MAX_COLUMNS} columns"),
        ("[" + "0," * MAX_ROWS + "0]", f"FILE holds more than {MAX_ROWS} records: split it"),
        (CSV + "1,1.0,a\n" * MAX_ROWS, f"FILE holds more than {MAX_ROWS} records: split it"),
    ],
)
def test_what_goes_beyond_the_bounds_is_told(tmp_path: Path, content: str, said: str) -> None:
    assert stopped(written(tmp_path, content)) == said


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "records"
    with path.open("wb") as stream:
        stream.truncate(sources.MAX_FILE_BYTES + 1)
    assert stopped(path) == "FILE is larger than 100000000 bytes: split it"


def test_a_gzip_bomb_is_stopped_by_what_comes_out(tmp_path: Path) -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [squeezer.compress(b" " * 1_000_000) for _ in range(151)]
    assert stopped(written(tmp_path, b"".join([*parts, squeezer.flush()]))) == (
        "FILE unpacks to more than 150000000 bytes: split it"
    )


def bomb(declared: int | None = None) -> bytes:
    """A workbook with a member of 151 MB, which says that it has `declared` bytes."""
    stream = io.BytesIO(workbook(HEADINGS, ROW))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/a.png", "w") as member:
        for _ in range(151):
            member.write(b"\0" * 1_000_000)
    content = stream.getvalue()
    if declared is None:
        return content
    return content.replace(struct.pack("<I", 151_000_000), struct.pack("<I", declared))


def test_a_zip_bomb_is_stopped_by_what_comes_out_and_not_by_what_it_declares(tmp_path: Path) -> None:
    assert stopped(written(tmp_path, bomb())) == "FILE unpacks to more than 150000000 bytes: split it"
    assert stopped(written(tmp_path, bomb(declared=100))) == "FILE is cut short or damaged: fetch it again"


def test_a_workbook_that_is_cut_short_damaged_or_none_is_told(tmp_path: Path) -> None:
    whole = workbook(HEADINGS, ROW)
    assert stopped(written(tmp_path, whole[: len(whole) // 2])) == "FILE is cut short or damaged: fetch it again"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "not a workbook")
    assert stopped(written(tmp_path, other.getvalue())) == (
        "FILE is no workbook that can be read: save it again as .xlsx or as CSV in UTF-8"
    )
    assert "has no row of headings" in stopped(written(tmp_path, workbook(["một", "hai"])))


def test_a_workbook_that_names_a_row_beyond_all_is_stopped(tmp_path: Path) -> None:
    stream = io.BytesIO(workbook(HEADINGS, ROW))
    changed = io.BytesIO()
    with zipfile.ZipFile(stream) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as other:
        for name in archive.namelist():
            member = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                member = member.replace(b'r="2"', b'r="999999999"').replace(b'A2"', b'A999999999"')
            other.writestr(name, member)
    assert stopped(written(tmp_path, changed.getvalue())) == "FILE holds no records"


def test_a_workbook_with_entities_is_not_opened(tmp_path: Path) -> None:
    stream = io.BytesIO(workbook(HEADINGS, ROW))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/more.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert stopped(written(tmp_path, stream.getvalue())) == (
        "FILE is no workbook that can be read: save it again as .xlsx or as CSV in UTF-8"
    )


def outcome(path: Path) -> str:
    """What becomes of a file: anything but one of these is a crash."""
    try:
        return f"{len(read_source(path).records)} records"
    except ImportStopped as stop:
        return str(stop)


def test_whatever_is_damaged_in_a_workbook_never_ends_in_a_crash(tmp_path: Path) -> None:
    whole = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(7)  # noqa: S311  # the same every time
    outcomes: set[str] = set()
    for _ in range(150):
        name = chance.choice(sorted(members))
        content = bytearray(members[name])
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(content))
            content[place : place + chance.randrange(1, 12)] = chance.randbytes(chance.randrange(4))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as other:
            for member, kept in members.items():
                other.writestr(member, bytes(content) if member == name else kept)
        outcomes.add(outcome(written(tmp_path, stream.getvalue())))
    assert "1 records" in outcomes
    assert len(outcomes) > 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "FILE cannot be read: No such file or directory"),
        (Path.mkdir, "FILE cannot be read: Is a directory"),
        (os.mkfifo, "FILE is not an ordinary file"),
    ],
)
def test_what_is_no_file_is_told_at_once(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "records")
    assert stopped(tmp_path / "records") == said


def test_a_text_under_the_name_of_json_is_not_read_as_a_table(tmp_path: Path) -> None:
    assert stopped(written(tmp_path, CSV, "records.json")) == (
        "FILE:1: not JSON: mend the line or fetch the file again"
    )
