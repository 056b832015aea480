"""Lists of documents (sổ văn bản) as CSV or as sheets: a document a row, columns by their headings in Vietnamese.

A row is taken as it stands or left out, with its row and its column; the others are taken all the same.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from plugins.documents.confidential import perhaps_not_public, perhaps_secret
from plugins.documents.numbers import read_number
from plugins.documents.said_by_hand import read_day, read_type
from plugins.documents.transcripts import NotTakenError, Signer, Transcript
from plugins.documents.vocabulary import ABBREVIATIONS
from plugins.portal.characters import FORBIDDEN
from plugins.portal.identifiers import fold
from plugins.portal.problems import Text, text

MOST_ROWS = 50_000
"""Of a list: what a province issues in twenty years."""
MOST_COLUMNS = 60
_HEADING_ROWS = 20
"""Above which a title, a motto and a day may stand."""
_LONGEST = 300
"""Characters of a cell."""
_LONGEST_TITLE = 2_000
_START = 100_000
"""Characters in which headings are looked for."""
_HEADINGS = {
    "number": ("so ky hieu", "so/ky hieu", "so, ky hieu", "so va ky hieu", "so hieu", "so van ban", "so hieu van ban"),
    "issued": ("ngay ban hanh", "ngay ky", "ngay van ban", "ngay, thang, nam ban hanh", "ngay thang"),
    "type": ("loai", "loai van ban", "hinh thuc", "hinh thuc van ban", "ten loai"),
    "title": ("trich yeu", "trich yeu noi dung", "noi dung", "noi dung trich yeu", "ten van ban", "ve viec"),
    "agency": ("co quan ban hanh", "co quan", "don vi ban hanh", "noi ban hanh"),
    "signer": ("nguoi ky", "ho ten nguoi ky"),
    "position": ("chuc vu", "chuc vu nguoi ky", "chuc danh"),
    "effective_from": ("hieu luc tu", "ngay hieu luc", "ngay co hieu luc", "hieu luc", "co hieu luc tu"),
    "file": ("file", "tep", "tep dinh kem", "file dinh kem", "ten file", "ten tep", "tep tin"),
}
_FIELDS = {heading: name for name, headings in _HEADINGS.items() for heading in headings}
_COUNTED = {"stt", "tt", "so thu tu", "so tt", ""}
"""Headings of what is no field."""
_NEEDED = ("number", "issued", "title")

Rows = Iterator[tuple[int, list[str]]]
"""Rows with their numbers from 1; of CSV the line on which each begins."""


@dataclass(frozen=True)
class Row:
    """A document of a list."""

    number: int
    """Of the row, from 1."""
    transcript: Transcript
    file: str
    """The name of its file; empty where it has none."""


@dataclass(frozen=True)
class LeftOut:
    """A row that is not taken."""

    why: Text


@dataclass(frozen=True)
class Register:
    """All rows of a list, and the headings that are not known."""

    rows: tuple[Row | LeftOut, ...]
    unknown: tuple[str, ...]


def read_csv(written: bytes) -> Register:
    """The rows of a file of text. Raises `NotTakenError`."""
    words = _decoded(written)
    delimiter = max(",;\t|", key=lambda sign: _headings_known(words[:_START], sign))
    return read_rows([("", _csv_rows(words, delimiter))])


def read_rows(sheets: Sequence[tuple[str, Rows]] | Iterator[tuple[str, Rows]]) -> Register:
    """The rows of the first sheet that has headings, and of those behind it that have them too.

    Raises `NotTakenError` where none has, or where there are more rows than any list has.
    """
    rows: list[Row | LeftOut] = []
    unknown: dict[str, None] = {}
    headed = False
    for _, sheet in sheets:
        columns = _columns(sheet, unknown)
        if columns is None:
            continue
        headed = True
        for number, cells in sheet:
            if not any(cells):
                continue
            if len(rows) >= MOST_ROWS:
                raise NotTakenError(text("it has more than {limit} rows: split it", limit=MOST_ROWS))
            rows.append(_row(number, columns, cells))
    if not headed:
        raise NotTakenError(text("it has no row of headings such as Số ký hiệu, Ngày ban hành, Trích yếu"))
    return Register(tuple(rows), tuple(unknown))


def _decoded(written: bytes) -> str:
    encoding = "utf-16" if written.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return written.decode(encoding)
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        message = text("line {line} is neither UTF-8 nor UTF-16: save it again as CSV UTF-8", line=line)
        raise NotTakenError(message) from error


def _headings_known(words: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    try:
        return max((sum(_heading(cell) in _FIELDS for cell in row) for row in islice(reader, _HEADING_ROWS)), default=0)
    except csv.Error:  # told when the rows are read
        return 0


def _csv_rows(words: str, delimiter: str) -> Rows:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            yield begun, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        message = text("line {line} is no row of CSV: {reason}", line=begun, reason=error)
        raise NotTakenError(message) from error


def _heading(cell: str) -> str:
    return " ".join(fold(unicodedata.normalize("NFC", cell)).strip(" .:*").split())


def _columns(sheet: Rows, unknown: dict[str, None]) -> dict[str, int] | None:
    """The columns by field; None where the first rows have no headings."""
    for _, cells in islice(sheet, _HEADING_ROWS):
        columns: dict[str, int] = {}
        for position, cell in enumerate(cells[:MOST_COLUMNS]):
            if (name := _FIELDS.get(_heading(cell))) is not None:
                columns.setdefault(name, position)
        if all(name in columns for name in _NEEDED):
            unknown |= {
                " ".join(cell.split()): None
                for position, cell in enumerate(cells[:MOST_COLUMNS])
                if position not in columns.values() and _heading(cell) not in _COUNTED
            }
            return columns
    return None


def _row(number: int, columns: dict[str, int], cells: Sequence[str]) -> Row | LeftOut:
    words = {
        name: " ".join(FORBIDDEN.sub(" ", unicodedata.normalize("NFC", cells[position])).split())
        if position < len(cells)
        else ""
        for name, position in columns.items()
    }

    def left_out(name: str, message: Text) -> LeftOut:
        heading = text(
            "row {row}, column {column}: {message}", row=number, column=_column(columns[name]), message=message
        )
        return LeftOut(heading)

    for name, written in words.items():
        limit = _LONGEST_TITLE if name == "title" else _LONGEST
        if len(written) > limit:
            return left_out(name, text("longer than {limit} characters", limit=limit))
        if name in _NEEDED and not written:
            return left_out(name, text("it is empty"))
    identity = read_number(words["number"])
    if identity is None:
        return left_out("number", text('"{number}" is no number of a document', number=words["number"]))
    days = {name: read_day(words[name]) for name in ("issued", "effective_from") if words.get(name)}
    for name, day in days.items():
        if day is None:
            return left_out(name, text('"{words}" is no day', words=words[name]))
    kind = read_type(words["type"]) if words.get("type") else ABBREVIATIONS.get(identity.parts[0], "other")
    if kind is None:
        return left_out("type", text('"{words}" is no kind of document', words=words["type"]))
    transcript = Transcript(
        number=identity,
        type=kind,
        title=words["title"],
        issued=days["issued"],
        effective_from=days.get("effective_from"),
        agency=words.get("agency", ""),
        signer=Signer(words.get("position", ""), words.get("signer", "")),
        held_back=(*perhaps_secret(words["title"], identity), *perhaps_not_public([], words["title"])),
    )
    return Row(number, transcript, words.get("file", ""))


def _column(position: int) -> str:
    """As spreadsheets call it: A, B, …, Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
