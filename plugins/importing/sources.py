"""Files of records that anybody may have made, read within bounds: JSON, JSON lines, CSV and XLSX, gzipped or not.

What a file is its content says, not its name. The first thing that cannot be read stops the import, for a file that is
cut short or damaged may hold half of a record. Nothing is believed of what a file says about itself: sizes are counted
as they come out, and dimensions of sheets are not looked at.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from plugins.importing.national import Draft, Refusal, exchange, sheet, web_records
from plugins.importing.national.draft import quoted, refusal
from plugins.importing.problems import ImportStopped
from plugins.importing.workbooks import rows_of, unreadable
from plugins.portal.characters import shown_name
from plugins.portal.system_errors import reason

MAX_FILE_BYTES = 100_000_000
"""The national database's 6,000 records take 50 MB as JSON."""
MAX_UNPACKED_BYTES = 150_000_000
"""What comes out of a compressed file; it is held in memory."""
MAX_ROWS = 50_000
"""Ten times what the nation has of procedures."""
MAX_CELL = 131_072
"""Characters of one text; the longest seen has 52,000. The limit of Python's csv too."""
MAX_NESTING = 12
"""Levels of lists and objects in one record; the exchange service has 6."""
MAX_COLUMNS = 200

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK = 1_000_000
_BLANK = " \t\r\n"
_LIST_KEYS = ("data", "result", "results", "items", "records", "danhsach")
"""Under these names, in any case, answers wrap the list of their records."""


@dataclass(frozen=True)
class Record:
    """One record of a file, and what became of it."""

    file: str
    line: int
    """From 1; of a workbook the row."""
    outcome: Draft | Refusal


@dataclass(frozen=True)
class Notice:
    """Something about a file as a whole."""

    file: str
    line: int
    kind: str
    """A key of `NOTICES`."""
    names: tuple[str, ...]


NOTICES = {
    "unknown_headings": "headings that are not known were passed over: {names}",
    "unknown_keys": "keys that are not known were passed over: {names}",
    "sheets_without_headings": "sheets without a row of headings were passed over: {names}",
}


@dataclass(frozen=True)
class SourceFile:
    """All that a file holds."""

    file: str
    records: tuple[Record, ...]
    notices: tuple[Notice, ...] = ()


def read_source(path: Path, progress: Callable[[int], None] | None = None) -> SourceFile:
    """Read a file of records; `progress` is told how many are read. Raises `ImportStopped` where it cannot be."""
    file = shown_name(str(path))
    content = _bytes_of(path, file)
    if content.startswith(_GZIP):
        content = _unzipped(content, file)
    if content.startswith(_OLE):
        raise ImportStopped("{file} is an Excel file of the old kind: save it as .xlsx or as CSV in UTF-8", file=file)
    source = _SourceText(file, progress)
    if content.startswith(_ZIP):
        _read_workbook(content, source)
    else:
        _read_text(_decoded(content, file), source)
    if not source.records:
        raise ImportStopped("{file} holds no records", file=file)
    return SourceFile(file, tuple(source.records), tuple(source.notices))


class _SourceText:
    """Gathers the records of one file and counts them."""

    def __init__(self, file: str, progress: Callable[[int], None] | None) -> None:
        self.file = file
        self.records: list[Record] = []
        self.notices: list[Notice] = []
        self._progress = progress

    def add(self, line: int, outcome: Draft | Refusal) -> None:
        self.check_room()
        self.records.append(Record(self.file, line, outcome))
        if self._progress is not None:
            self._progress(len(self.records))

    def check_room(self) -> None:
        if len(self.records) >= MAX_ROWS:
            raise ImportStopped("{file} holds more than {limit} records: split it", file=self.file, limit=MAX_ROWS)

    def notice(self, line: int, kind: str, names: tuple[str, ...]) -> None:
        if names:
            self.notices.append(Notice(self.file, line, kind, tuple(str(quoted(name)) for name in names)))


def _bytes_of(path: Path, file: str) -> bytes:
    try:
        # A pipe or a device must neither block nor go on for ever.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise ImportStopped("{file} is not an ordinary file", file=file)
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ImportStopped("{file} cannot be read: {reason}", file=file, reason=reason(error)) from error
    if len(content) > MAX_FILE_BYTES:
        raise ImportStopped("{file} is larger than {limit} bytes: split it", file=file, limit=MAX_FILE_BYTES)
    return content


def _unzipped(content: bytes, file: str) -> bytes:
    """What comes out of a gzip file of one or more members, never more than the bound."""
    parts: list[bytes] = []
    room, rest = MAX_UNPACKED_BYTES, content
    try:
        while rest:
            member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            pending = rest
            while not member.eof:
                part = member.decompress(pending, min(_CHUNK, room + 1))
                pending = member.unconsumed_tail
                if not part and not pending and not member.eof:
                    raise ImportStopped("{file} is cut short or damaged: fetch it again", file=file)
                parts.append(part)
                room -= len(part)
                if room < 0:
                    raise _too_much(file)
            rest = member.unused_data.lstrip(b"\0")  # tapes and some tools pad with zeros
    except zlib.error as error:
        raise ImportStopped("{file} is cut short or damaged: fetch it again", file=file) from error
    return b"".join(parts)


def _too_much(file: str) -> ImportStopped:
    return ImportStopped("{file} unpacks to more than {limit} bytes: split it", file=file, limit=MAX_UNPACKED_BYTES)


def _decoded(content: bytes, file: str) -> str:
    """The text of UTF-8 with or without a byte-order mark, or of UTF-16 with one."""
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        newline = b"\n\0" if content.startswith(b"\xff\xfe") else b"\0\n" if encoding == "utf-16" else b"\n"
        line = content.count(newline, 0, error.start) + 1
        raise ImportStopped(
            "{file}:{line}: neither UTF-8 nor UTF-16: save the file again as UTF-8", file=file, line=line
        ) from error


def _read_text(written: str, source: _SourceText) -> None:
    start = written.lstrip(_BLANK)[:1]
    if not start:
        raise ImportStopped("{file} is empty", file=source.file)
    if start in "{[":
        _read_json(written, source)
    elif Path(source.file).suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise _not_json(source.file, written, len(written) - len(written.lstrip(_BLANK)))
    else:
        _read_table(_csv_rows(written, source.file), source)


def _read_json(written: str, source: _SourceText) -> None:
    """Values one after the other: a record a line, a list, or an answer that wraps a list."""
    unknown: dict[str, None] = {}
    line, counted = 1, 0
    for outer, value in _values(written, source.file):
        for position, entry in _entries(written, source.file, outer, value):
            source.check_room()
            line, counted = line + written.count("\n", counted, position), position
            _check_bounds(entry, source.file, line)
            source.add(line, _converted(entry, unknown))
    source.notice(1, "unknown_keys", tuple(unknown))


def _values(written: str, file: str, position: int = 0, *, one_list: bool = False) -> Iterator[tuple[int, Any]]:
    """The values from a place on, with their places; of a list its elements. `one_list` ends where the list does."""
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    within = False
    try:
        while (position := _skip(written, position, _BLANK + ("," if within else ""))) < len(written):
            if within and written[position] == "]":
                within = False
                position += 1
                if one_list:
                    return
            elif written[position] == "[" and not within:
                within = True
                position += 1
            else:
                value, end = decoder.raw_decode(written, position)
                yield position, value
                position = end
    except RecursionError as error:
        raise _too_deep(file, written.count("\n", 0, position) + 1) from error
    except json.JSONDecodeError as error:
        # A text that does not end goes on to the end of the file, though the error is said to be where it begins.
        raise _not_json(file, written, error.pos, ended=error.msg.startswith("Unterminated")) from error
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise _not_json(file, written, position) from error
    if within:
        raise _not_json(file, written, len(written))


def _entries(written: str, file: str, position: int, value: Any) -> Iterator[tuple[int, Any]]:
    """The value itself, or the records of the answer that it is, each with its place."""
    for _ in range(MAX_NESTING):
        if not isinstance(value, dict) or value.keys() & {web_records.KEY, exchange.KEY}:
            break
        keys = [key for key, under in value.items() if key.lower() in _LIST_KEYS and isinstance(under, list | dict)]
        if len(keys) != 1:
            break
        value = value[keys[0]]
        named = re.compile(rf'"{re.escape(keys[0])}"\s*:\s*').search(written, position)
        position = named.end() if named else position
    if isinstance(value, list) and written[position] == "[":
        yield from _values(written, file, position, one_list=True)
    else:
        yield position, value


def _skip(written: str, position: int, passed: str) -> int:
    while position < len(written) and written[position] in passed:
        position += 1
    return position


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _not_json(file: str, written: str, position: int, *, ended: bool = False) -> ImportStopped:
    line = written.count("\n", 0, position) + 1
    if ended or position >= len(written.rstrip(_BLANK)):
        return ImportStopped("{file}:{line}: ends in the middle of a record: fetch it again", file=file, line=line)
    return ImportStopped("{file}:{line}: not JSON: mend the line or fetch the file again", file=file, line=line)


def _too_deep(file: str, line: int) -> ImportStopped:
    return ImportStopped("{file}:{line}: nested deeper than {limit} levels", file=file, line=line, limit=MAX_NESTING)


def _check_bounds(value: Any, file: str, line: int) -> None:
    level = [value]
    for _ in range(MAX_NESTING + 1):
        inner: list[Any] = []
        for entry in level:
            if isinstance(entry, str) and len(entry) > MAX_CELL:
                raise _too_long(file, line)
            if isinstance(entry, dict):
                inner += entry.values()
            elif isinstance(entry, list):
                inner += entry
        if not inner:
            return
        level = inner
    raise _too_deep(file, line)


def _too_long(file: str, line: int) -> ImportStopped:
    return ImportStopped("{file}:{line}: a text of more than {limit} characters", file=file, line=line, limit=MAX_CELL)


def _converted(entry: Any, unknown: dict[str, None]) -> Draft | Refusal:
    if isinstance(entry, dict) and web_records.KEY in entry:
        return web_records.convert_object(entry)
    if isinstance(entry, dict) and exchange.KEY in entry:
        unknown |= dict.fromkeys(sorted(entry.keys() - exchange.KNOWN_KEYS))
        return exchange.convert_object(entry)
    return refusal("", "no_shape", names=f"{web_records.KEY} / {exchange.KEY}")


def _csv_rows(written: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the lines on which they begin."""
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=_delimiter(written), strict=True)
    width, begun, row = 0, 1, list[str]()
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise ImportStopped(
                    "{file}:{line}: more than {limit} columns", file=file, line=begun, limit=MAX_COLUMNS
                )
            yield begun, row
            width, begun = max(width, len(row)), reader.line_num + 1
    except csv.Error as error:
        # At the end of the file a quote was still open; elsewhere one stands where none may.
        if "field larger than" in str(error):
            raise _too_long(file, begun) from error
        if "unexpected end" in str(error):
            raise ImportStopped(
                "{file}:{line}: ends in the middle of a record: fetch it again", file=file, line=begun
            ) from error
        raise ImportStopped(
            "{file}:{line}: not a row of CSV ({reason}): check the quotes on this line",
            file=file,
            line=reader.line_num,
            reason=error,
        ) from error
    if row and len(row) < width and not written.endswith(("\n", "\r")):
        raise ImportStopped("{file}:{line}: ends in the middle of a record: fetch it again", file=file, line=begun - 1)


def _delimiter(written: str) -> str:
    """The separator under which the most headings are known: texts below them may hold more commas than columns."""
    return max(",;\t", key=lambda delimiter: _known_headings(written[:_CHUNK], delimiter))


def _known_headings(written: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    try:
        candidates = (sheet.read_headings(row) for row in islice(reader, HEADING_ROWS + 1))
        return max((len(headings.columns) for headings in candidates if headings), default=0)
    except csv.Error:  # said when the rows are read
        return 0


def _read_workbook(content: bytes, source: _SourceText) -> None:
    check_members(content, source.file)
    without: list[str] = []
    for title, rows in rows_of(content, source.file, MAX_COLUMNS):
        if not _read_table(rows, source, ragged=True):
            without.append(title)
    source.notice(1, "sheets_without_headings", tuple(without))
    if not source.records and without:
        raise _no_headings(source.file)


def check_members(content: bytes, file: str) -> None:
    """Unpack every member once, to nowhere: none may be encrypted, damaged, or more than it says."""
    room = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise ImportStopped("{file} is protected by a password: save it without one", file=file)
                with archive.open(member) as stream:
                    while part := stream.read(min(_CHUNK, room + 1)):
                        room -= len(part)
                        if room < 0:
                            raise _too_much(file)
                        if b"<!DOCTYPE" in part:  # no office writes one; entities could grow without end
                            raise unreadable(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ImportStopped("{file} is cut short or damaged: fetch it again", file=file) from error


def _no_headings(file: str) -> ImportStopped:
    return ImportStopped(
        "{file} has no row of headings in its first {limit} rows: it needs at least {names}",
        file=file,
        limit=HEADING_ROWS,
        names="Mã thủ tục, Tên thủ tục, Lĩnh vực, Cấp thực hiện",
    )


HEADING_ROWS = 30
"""A title and the like may stand above the headings."""


def _read_table(rows: Iterator[tuple[int, list[str]]], source: _SourceText, *, ragged: bool = False) -> bool:
    """Take the rows below the headings; False where there are none.

    Of a sheet that is `ragged` a row may go on beyond the headings; in CSV that means that a cell was torn apart.
    """
    headings: sheet.Headings | None = None
    for passed, (line, cells) in enumerate(rows):
        if any(len(cell) > MAX_CELL for cell in cells):
            raise _too_long(source.file, line)
        if headings is None:
            headings = sheet.read_headings(cells)
            if headings is not None:
                width = len(cells)
                source.notice(line, "unknown_headings", headings.unknown)
            elif passed >= HEADING_ROWS:
                break
        elif not ragged and any(cell.strip() for cell in cells[width:]):
            source.add(line, refusal(cells[headings.columns["code"]], "too_wide"))
        elif not sheet.is_section(headings, cells):
            source.add(line, sheet.convert_row(headings, cells))
    if headings is None and not ragged:
        raise _no_headings(source.file)
    return headings is not None
