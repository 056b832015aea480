"""Rows of a sheet or a CSV file under Vietnamese headings, spelled as the one who made the sheet liked.

A cell may hold a word, a few lines, or a table that was copied from the national portal: each is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.importing.national import tables
from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.codes import CODE
from plugins.importing.national.draft import Doubts, Draft, Refusal
from plugins.importing.national.records import decision, drafted, prose, sentence
from plugins.importing.national.tables import MAX_WORD, Fields
from plugins.importing.national.terms import AUDIENCES, CHANNELS, KINDS, LEVELS, STATUSES
from plugins.portal.fields import MAX_SENTENCE, MAX_TEXT
from plugins.portal.identifiers import fold

SPELLINGS: dict[str, tuple[str, ...]] = {
    "code": ("Mã thủ tục", "Mã TTHC", "Mã số TTHC", "Mã số thủ tục", "Mã thủ tục hành chính", "Mã số", "Mã"),
    "name": ("Tên thủ tục", "Tên TTHC", "Tên thủ tục hành chính", "Thủ tục hành chính", "Tên"),
    "field": ("Lĩnh vực", "Tên lĩnh vực", "Lĩnh vực thực hiện"),
    "levels": ("Cấp thực hiện", "Cấp giải quyết", "Cấp hành chính", "Cấp"),
    "decision": ("Số quyết định", "Quyết định công bố", "Số quyết định công bố", "Số QĐ", "Số QĐ công bố"),
    "decision_date": ("Ngày quyết định", "Ngày công bố", "Ngày ban hành quyết định"),
    "kind": ("Loại thủ tục", "Loại TTHC"),
    "audiences": ("Đối tượng thực hiện", "Đối tượng", "Đối tượng thực hiện TTHC"),
    "bodies": ("Cơ quan thực hiện", "Cơ quan giải quyết", "Đơn vị thực hiện", "Cơ quan trực tiếp thực hiện"),
    "competent": ("Cơ quan có thẩm quyền", "Cơ quan có thẩm quyền quyết định", "Thẩm quyền", "Thẩm quyền giải quyết"),
    "authorised": ("Cơ quan được ủy quyền", "Cơ quan được uỷ quyền"),
    "coordinating": ("Cơ quan phối hợp",),
    "address": ("Địa chỉ tiếp nhận hồ sơ", "Địa chỉ tiếp nhận HS", "Địa chỉ tiếp nhận", "Địa điểm thực hiện"),
    "steps": ("Trình tự thực hiện", "Trình tự", "Các bước thực hiện"),
    "channels": ("Cách thức thực hiện", "Hình thức nộp", "Cách thức nộp", "Kênh thực hiện", "Hình thức thực hiện"),
    "time": ("Thời hạn giải quyết", "Thời gian giải quyết", "Thời hạn", "Thời gian", "Thời gian thực hiện"),
    "fee": ("Lệ phí",),
    "charge": ("Phí",),
    "fee_or_charge": ("Phí, lệ phí", "Phí/lệ phí", "Phí và lệ phí", "Mức thu"),
    "papers": ("Thành phần hồ sơ", "Hồ sơ", "Giấy tờ", "Thành phần, số lượng hồ sơ"),
    "sets": ("Số bộ hồ sơ", "Số lượng hồ sơ", "Số lượng bộ hồ sơ"),
    "results": ("Kết quả thực hiện", "Kết quả", "Kết quả xử lý", "Kết quả giải quyết"),
    "laws": ("Căn cứ pháp lý", "Cơ sở pháp lý"),
    "conditions": ("Yêu cầu, điều kiện thực hiện", "Yêu cầu, điều kiện", "Yêu cầu điều kiện", "Điều kiện"),
    "description": ("Mô tả", "Mô tả thủ tục"),
    "keywords": ("Từ khóa", "Từ khoá"),
    "related": ("Thủ tục hành chính liên quan", "Thủ tục liên quan", "TTHC liên quan"),
    "status": ("Trạng thái", "Tình trạng", "Hiệu lực"),
    "level_of_service": ("Mức độ", "Mức độ DVC", "Mức độ dịch vụ công", "Mức độ trực tuyến"),
}
"""The columns, each by its headings."""
PASSED_OVER = frozenset({"stt", "tt", "so tt", "so thu tu", "ghi chu"})
"""Headings, folded, whose columns say nothing about a procedure."""
NEEDED = frozenset({"code", "name"})
"""A row of cells is the row of headings if these are among them."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ][.)])\s+")
_COUNTED = re.compile(
    r"[(\[]?\s*(\d{1,2})\s*(?:\([^)]*\))?\s*bản\s*(chính|sao)(?:\s*[,;và]+\s*(\d{1,2})\s*bản sao)?[^)\]]{0,30}[)\]]?",
    re.IGNORECASE,
)
_SHOW_ONLY = re.compile(r"^xuất trình\s*:?\s*|\(\s*(?:để\s+)?xuất trình\s*\)", re.IGNORECASE)
_FREE = frozenset({"0", "khong", "khong co", "khong thu", "khong thu phi", "mien phi", "mien", "khong quy dinh"})
_DIGIT = re.compile(r"[1-4]")


def _heading(written: str) -> str:
    """The heading as it is compared: folded, letters and digits only, remarks in brackets left out."""
    bare = re.sub(r"\([^)]*\)", " ", written) if not written.strip().startswith("(") else written
    return _NOT_LETTERS.sub(" ", fold(one_line(bare) or bare)).strip()


_COLUMN_OF = {_heading(spelling): column for column, spellings in SPELLINGS.items() for spelling in spellings}


@dataclass(frozen=True)
class Headings:
    """Which column stands where, and the headings that nobody knows."""

    columns: Mapping[str, int]
    unknown: tuple[str, ...] = ()


def read_headings(cells: Sequence[str]) -> Headings | None:
    """The headings if the row of cells is one of headings. Of two columns with the same heading the first is taken."""
    columns: dict[str, int] = {}
    unknown: list[str] = []
    for position, cell in enumerate(cells):
        column = _COLUMN_OF.get(_heading(cell))
        if column is not None and column not in columns:
            columns[column] = position
        elif cell.strip() and _heading(cell) not in PASSED_OVER:
            unknown.append(one_line(cell) or cell.strip())
    return Headings(columns, tuple(unknown)) if columns.keys() >= NEEDED else None


def is_section(headings: Headings, cells: Sequence[str]) -> bool:
    """Whether a row says nothing of a procedure: it is empty, or holds a section's title, numbered `I` or not."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or _row(headings, cells)["code"].strip():
        return not filled
    return len(filled) <= 2 and not any(cell.rstrip(".").isdigit() for cell in filled)


def convert_row(headings: Headings, cells: Sequence[str]) -> Draft | Refusal:
    """The row as a draft, or the reason why it makes none."""
    row = _row(headings, cells)
    texts = {name: row[name] for name in ("steps", "papers", "conditions", "description")}
    return drafted(row["code"], row["name"], row["field"], texts, partial(_fields, row))


def _row(headings: Headings, cells: Sequence[str]) -> dict[str, str]:
    places = {column: headings.columns.get(column, len(cells)) for column in SPELLINGS}
    return {column: cells[position] if position < len(cells) else "" for column, position in places.items()}


def _fields(row: Mapping[str, str], doubts: Doubts) -> Fields:
    conditions = prose(row["conditions"], "conditions[0]", MAX_TEXT, doubts)
    return {
        "decision": decision(row["decision"], doubts, row["decision_date"]),
        "kind": KINDS.single(row["kind"], "kind", doubts),
        "performed_by": LEVELS.several(_of_levels(row["levels"]), "performed_by", doubts),
        "performing_bodies": _bodies(row["bodies"], "performing_bodies", doubts),
        "competent_body": sentence(row["competent"], "competent_body", doubts),
        "authorised_body": sentence(row["authorised"], "authorised_body", doubts),
        "coordinating_bodies": _bodies(row["coordinating"], "coordinating_bodies", doubts),
        "reception_address": sentence(row["address"], "reception_address", doubts),
        "audiences": AUDIENCES.several(row["audiences"], "audiences", doubts),
        "description": prose(row["description"], "description", MAX_TEXT, doubts),
        "keywords": _parts(row["keywords"], "keywords", MAX_WORD, doubts, commas=True),
        "steps": tables.steps(clean(row["steps"]), doubts),
        "channels": _channels(row, doubts),
        "papers": _papers(row["papers"], doubts),
        "dossier_sets": _sets(row["sets"], doubts),
        "results": _results(row["results"], doubts),
        "legal_basis": _legal_basis(row["laws"], doubts),
        "conditions": (conditions,) if conditions else (),
        "related": tuple(dict.fromkeys(CODE.findall(row["related"]))),
        "status": STATUSES.single(row["status"], "status", doubts),
        "online_level": _level_of_service(row["level_of_service"], doubts),
    }


def _of_levels(written: str) -> str:
    """A bare `Tỉnh, Xã` under the heading `Cấp` is `Cấp Tỉnh, Cấp Xã`."""
    return re.sub(r"(?<!\w)(?<!cấp )(bộ|trung ương|tỉnh|huyện|xã)(?!\w)", r"cấp \1", one_line(written).casefold())


def _lines(written: str) -> list[str]:
    """The lines of a cell, or what semicolons part where it is one line, without bullets and numbers."""
    kept = clean(written) or ""
    lines = kept.split("\n") if "\n" in kept else kept.split(";")
    bare = (_BULLET.sub("", line).strip(" ;") for line in lines)
    return [line for line in bare if any(letter.isalnum() for letter in line)]


def _parts(written: str, field: str, limit: int, doubts: Doubts, *, commas: bool = False) -> tuple[str, ...]:
    lines = _lines(written)
    parts = [part.strip() for line in lines for part in line.split(",")] if commas else lines
    return tuple(doubts.clip(part, limit, field) for part in dict.fromkeys(parts) if part)


def _bodies(written: str, field: str, doubts: Doubts) -> tuple[str, ...]:
    return tuple(body for line in _lines(written) for body in tables.bodies(line, field, doubts))


def _channels(row: Mapping[str, str], doubts: Doubts) -> list[Fields]:
    written = clean(row["channels"]) or ""
    if tables.is_channel_table(written):
        return tables.channels(written, doubts)
    kinds: list[str] = []
    notes: list[str] = []
    for part in re.split(r"\n|;|,|\bhoặc\b|\bvà\b", written):
        kind = CHANNELS.within(part)
        if kind is not None and kind not in kinds:
            kinds.append(kind)
        elif kind is None and part.strip(" -.+•"):
            notes.append(part.strip(" -.+•"))
    times = [limit] if (limit := tables.time_of(one_line(row["time"]), "channels[0].time_limits[0]", doubts)) else []
    fees = [*_fees(row["fee"], "fee", 0, doubts)]
    fees += _fees(row["charge"], "charge", len(fees), doubts)
    fees += _fees(row["fee_or_charge"], None, len(fees), doubts)
    if not kinds and (times or fees or notes):
        doubts.add("channels", "channel_assumed")
        kinds = ["in_person"]
    note = doubts.clip(written, MAX_SENTENCE, "channels[0].note") if notes else None
    if note:
        doubts.add("channels[0].note", "unknown_channel", got="; ".join(notes))
    channel: Fields = {"time_limits": tuple(times), "fees": tuple(fees), "note": note}
    given = {name: value for name, value in channel.items() if value}
    return [{"kind": kind, **given} for kind in kinds]


def _fees(written: str, kind: str | None, first: int, doubts: Doubts) -> list[Fields]:
    """The fees of a cell; `kind` is what its heading says, where a line does not say it itself; None says neither."""
    if fold(written).strip(" .") in _FREE:
        # The null marker means nothing to pay here: a heading asks for the amount.
        return [_of_kind(kind, {"amount": 0})] if kind != "charge" else []
    fees: list[Fields] = []
    for line in _lines(written):
        named = re.match(r"(lệ phí|phí)\s*:\s*", line, re.IGNORECASE)
        own = kind if named is None else "fee" if named[1].lower() == "lệ phí" else "charge"
        fee_text = line[named.end() :] if named else line
        field = f"channels[0].fees[{first + len(fees)}]"
        if fold(fee_text).strip(" .") in _FREE:
            fees.append(_of_kind(own, {"amount": 0}))
        else:
            fees += [_of_kind(own, fee) for fee in tables.fee_of(fee_text, field, doubts)]
    return fees


def _of_kind(kind: str | None, fee: Fields) -> Fields:
    return {"kind": kind, **fee} if kind else fee


def _papers(written: str, doubts: Doubts) -> tuple[Fields, ...]:
    kept = clean(written)
    if kept is None or tables.is_paper_table(kept):
        return tables.papers(kept, doubts)
    rows: list[Fields] = []
    for line in _lines(kept):
        counted, show_only = _COUNTED.search(line), _SHOW_ONLY.search(line)
        name = _SHOW_ONLY.sub("", _COUNTED.sub("", line)).strip(" ,;:.") or line
        row: Fields = tables.counts(counted) if counted else {}
        if show_only and not counted:
            row["show_only"] = True
        rows.append({"name": doubts.clip(name, MAX_SENTENCE, f"papers[0].papers[{len(rows)}].name"), **row})
    return ({"papers": tuple(rows)},) if rows else ()


def _results(written: str, doubts: Doubts) -> tuple[Fields, ...]:
    if "Mã:" in written:
        return tables.results(clean(written), doubts)
    return tuple({"name": name} for name in _parts(written, "results", MAX_SENTENCE, doubts))


def _legal_basis(written: str, doubts: Doubts) -> tuple[Fields, ...]:
    if tables.is_law_table(written):
        return tables.legal_basis(one_line(written), doubts)
    rows: list[Fields] = []
    for title in _parts(written, "legal_basis", MAX_SENTENCE, doubts):
        number = tables.LAW_NUMBER.search(title)
        rows.append({"title": title, **({"number": number[0]} if number else {})})
    return tuple(rows)


def _sets(written: str, doubts: Doubts) -> int | None:
    count_text = one_line(written)
    number = re.match(r"0?([1-9]\d?)(?:\s*\([^)]*\))?\s*(?:bộ.*)?$", count_text, re.IGNORECASE)
    if count_text and number is None:
        doubts.add("dossier_sets", "unknown_value", wanted="1-99", got=count_text)
    return int(number[1]) if number else None


def _level_of_service(written: str, doubts: Doubts) -> int | None:
    level_text = one_line(written)
    digits = _DIGIT.findall(level_text)
    if level_text and len(digits) != 1:
        doubts.add("online_level", "unknown_value", wanted="1-4", got=level_text)
    return int(digits[0]) if len(digits) == 1 else None
