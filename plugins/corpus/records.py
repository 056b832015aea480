"""Real records of the national database, as a crawl left them, made into procedures as well as can be.

The crawl flattened tables into running text: `Trực tuyến5 Ngày làm việcMiễn phí`, `Nghị định A12/2015/NĐ-CPLuật B...`.
What can be told apart is; the rest stays as text in notes, cut to what a field may hold.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.corpus.plan import RecordCount, SkippedRecord
from plugins.corpus.procedure_vocabulary import field_slug
from plugins.corpus.vocabulary import SubjectKey
from plugins.portal.fields import MAX_SENTENCE, MAX_TEXT
from plugins.portal.identifiers import is_national_code
from plugins.portal.problems import PortalError
from plugins.portal.procedure import Procedure
from plugins.portal.validation import field_name
from plugins.portal.vocabulary import AUDIENCES

MAX_WORD = 300
MAX_NAME = 1_200

MINISTRIES: dict[str, SubjectKey] = {
    "bo-tai-chinh": "finance",
    "bo-nong-nghiep-mt": "agriculture",
    "bo-xay-dung": "construction",
    "bo-cong-an": "transport",
    "bo-tu-phap": "justice",
    "ngan-hang-nha-nuoc": "investment",
    "toa-an-nhan-dan": "justice",
}
"""Which of our subjects the records of a ministry go to, so that an agency can own them."""
LEVELS = {
    "cấp bộ": "ministry",
    "cấp tỉnh": "province",
    "cấp huyện": "district",
    "cấp xã": "commune",
    "cơ quan khác": "other",
}
KINDS = {
    "TTHC được giao luật quy định chi tiết": "detailed_by_law",
    "TTHC được luật giao quy định chi tiết": "detailed_by_law",
    "TTHC không được luật giao cho địa phương quy định": "not_delegated",
    "TTHC đặc thù": "specific",
    "Loại khác": "other",
}
CHANNEL_LABELS = {"trực tuyến": "online", "dịch vụ bưu chính": "post", "trực tiếp": "in_person"}
UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ": "hour", "tháng": "month"}
NOTHING = frozenset({"", "không", "khồng", "không có", "không có thông tin", "không quy định", "khôg quy định", "có"})

# Letters of other alphabets that look right, bullets of symbol fonts, marks that nobody sees.
_LETTERS = str.maketrans({"Ð": "Đ", "\u00a0": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\x85": "\n"})
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SYMBOLS = re.compile("[\ue000-\uf8ff]")
_LEVEL = re.compile("|".join(LEVELS), re.IGNORECASE)
# The longest first: "Tổ chức (không ..." must not be taken for another value that begins alike.
_AUDIENCE_OF = {term.vi.casefold(): key for key, term in AUDIENCES.items()}
_AUDIENCE = re.compile("|".join(re.escape(vi) for vi in sorted(_AUDIENCE_OF, key=len, reverse=True)))
_PORTAL_RESIDUE = re.compile(r"Từ khóa(?:Không có thông tin)?Mô tả.*", re.DOTALL)
_STEP = re.compile(r"^[\s\-*•+–]*(?:[a-zđ]\)\s*)?Bước\s*(\d{1,2})\s*[:.)]?[ \t]*", re.MULTILINE | re.IGNORECASE)
_LETTERED = re.compile(r"^\s*([a-zđ])\)\s*", re.MULTILINE)
_CASE_HEADING = re.compile(r"(?:Trường hợp|[a-zđ]\)|[IVX\d]+[.)]|\*).{0,400}", re.IGNORECASE)
_PAPER_TABLE = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_PAPER_COUNT = re.compile(r"((?<!\d)\d{1,2}|\d) bản (chính|sao)(?:,\s*(\d{1,2}) bản sao)?")
_FORM_FILE = re.compile(r"(?P<name>.*[.);:])\s*(?P<form>[^.);:]{1,200}\.(?:docx?|pdf|xlsx?|rtf|zip|rar))", re.DOTALL)
_CHANNEL_TABLE = re.compile(r"\s*Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả")
_CHANNEL = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Miễn phí|Không có thông tin)")
_TIME = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s*(Ngày làm việc|Ngày|Giờ|Tháng)?")
_FEE = re.compile(r"(Miễn phí|Không có thông tin|\d[\d.,]*\s*(?:Việt Nam Đồng|VNĐ|Đồng|USD))", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,12}")
_RESULT = re.compile(
    r"(.*?)Mã: ?((?:KQ[.-]\w\d\d\.\d{5,7}|000\.00\.00\.\w\d\d-KQ\d{4}|\w\w-\w\d\d\.\d{7})?)", re.DOTALL
)
_LAW_TABLE = re.compile(r"\s*Tên văn bản pháp lý\s*Mã văn bản")
_ISSUERS = (
    "CP|TTg|BTC|BCA|BTP|NHNN|BXD|BGTVT|BNNPTNT|BNNMT|BTNMT|BYT|BKHĐT|BLĐTBXH|BCT|BQP|BNV|BTTTT|BVHTTDL|BGDĐT|BKHCN|BNG|"
    "TTCP|TANDTC|UBND|HĐND|UBTVQH\\d\\d|QH\\d\\d"
)
_LAW_NUMBER = re.compile(
    rf"\d{{1,4}}(?:\.\d{{1,2}})?/\d{{4}}/(?:QH\d\d|UBTVQH\d\d|(?:NĐ|NQ|QĐ|CT|TT|TTLT|PL|VBHN)-(?:{_ISSUERS}|[A-ZĐ]+(?![a-zà-ỹ])))"
)
_GLUED_NAME = re.compile(r"(?<=\w)(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định)\s+số\s*$")
_BODY_BREAK = re.compile(
    r", (?=(?:Bộ|Sở|Cục|Chi cục|Ủy ban|Uỷ ban|Công an|Ngân hàng|Tòa án|Văn phòng|Bảo hiểm|Chủ tịch)\b)"
)
_CODE = re.compile(r"(?<![\d.])[1236]\.\d{6}(?![\d.])")


class RawRecord(BaseModel):
    """A line of the file: text under the keys of the crawl; other keys are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    ma_thu_tuc: str
    ten_thu_tuc: str
    linh_vuc: str
    cap_thuc_hien: str
    so_quyet_dinh: str = ""
    loai_thu_tuc: str = ""
    doi_tuong_thuc_hien: str = ""
    co_quan_co_tham_quyen: str = ""
    dia_chi_tiep_nhan: str = ""
    co_quan_duoc_uy_quyen: str = ""
    co_quan_phoi_hop: str = ""
    co_quan_thuc_hien: str = ""
    thu_tuc_lien_quan: str = ""
    trinh_tu_thuc_hien: str = ""
    cach_thuc_thuc_hien: str = ""
    thanh_phan_ho_so: str = ""
    can_cu_phap_ly: str = ""
    yeu_cau_dieu_kien: str = ""
    ket_qua_xu_ly: str = ""
    mo_ta: str = ""
    tu_khoa: str = ""
    bo: str = ""


@dataclass(frozen=True)
class RealProcedure:
    """A record as a valid procedure, without its online level."""

    procedure: Procedure
    field_name: str
    subject: SubjectKey
    online: bool
    """Whether it can be filed online."""


Fields = dict[str, object]


def read_records(path: Path) -> tuple[list[RealProcedure], RecordCount]:
    """The valid procedures of a file of JSON lines, gzipped or not, in its order, and the count of all its records.

    Raises `PortalError` where the file is missing or is not such a file.
    """
    found: list[RealProcedure] = []
    skipped: list[SkippedRecord] = []
    lines: dict[str, int] = {}
    read = duplicates = 0
    for line, raw in _raw_records(path):
        read += 1
        code = plain(raw.ma_thu_tuc)
        if code in lines:
            duplicates += 1
            continue
        lines[code] = line
        converted = convert(raw)
        if isinstance(converted, RealProcedure):
            found.append(converted)
        else:
            skipped.append(SkippedRecord(line, code, converted))
    if read == 0:
        raise PortalError(f"{path} holds no records")
    return found, RecordCount(read, len(found), 0, duplicates, tuple(skipped))


def convert(raw: RawRecord) -> RealProcedure | str:
    """The record as a procedure, or the reason why it is none."""
    code = plain(raw.ma_thu_tuc)
    if not is_national_code(code):
        return "the code is not of the form 1.001193"
    field = plain(raw.linh_vuc)
    if not field_slug(field):
        return "it names no field of administration"
    if not _levels(raw.cap_thuc_hien):
        return "it names no level that performs it"
    channels = _channels(text(raw.cach_thuc_thuc_hien))
    try:
        procedure = Procedure.model_validate({**_fields(raw), "code": code, "channels": channels})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{field_name(first['loc'])}: {first['type']}"
    online = any(channel["kind"] == "online" for channel in channels)
    return RealProcedure(procedure, clipped(field, MAX_WORD), MINISTRIES.get(raw.bo, "home_affairs"), online)


def text(written: str) -> str | None:
    """The text cleaned: NFC, one kind of blank, no marks that nobody sees; None where it says that there is nothing."""
    visible = _SYMBOLS.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFC", written).translate(_LETTERS)))
    # Taking out an invisible mark may bring a letter and its accent together.
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", visible).split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return None if joined.rstrip(".").casefold() in NOTHING else joined


def plain(written: str) -> str:
    """The text cleaned and on one line; empty where it says that there is nothing."""
    return " ".join((text(written) or "").split())


def clipped(written: str, limit: int) -> str:
    """The text, cut with an ellipsis where it is longer than a field may be."""
    return written if len(written) <= limit else written[: limit - 1].rstrip() + "…"


def _raw_records(path: Path) -> Iterator[tuple[int, RawRecord]]:
    for number, line in enumerate(_contents(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, RawRecord.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            if first["type"] == "json_invalid":
                raise PortalError(f"{path}, line {number}: not JSON: write one record a line") from error
            if not first["loc"]:
                raise PortalError(f"{path}, line {number}: not a record with named fields") from error
            missing = first["type"] == "missing"
            what = "is missing" if missing else "must be text"
            raise PortalError(f"{path}, line {number}: {field_name(first['loc'])} {what}") from error


def _contents(path: Path) -> str:
    try:
        written = path.read_bytes()
    except OSError as error:
        raise PortalError(f"{path} cannot be read: {error.strerror or error}") from error
    if written.startswith(b"\x1f\x8b"):
        try:
            written = gzip.decompress(written)
        except (OSError, EOFError, zlib.error) as error:
            raise PortalError(f"{path} is a damaged gzip file: fetch it again") from error
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise PortalError(f"{path}, line {line}: not UTF-8: give JSON lines, gzipped or not") from error


def _fields(raw: RawRecord) -> Fields:
    """What a record says, under the names of `Procedure`; what it does not say is left out."""
    described, keywords = text(raw.mo_ta), plain(raw.tu_khoa)
    said: Fields = {
        "name": clipped(plain(raw.ten_thu_tuc), MAX_NAME),
        "decision": _decision(plain(raw.so_quyet_dinh)),
        "field": field_slug(plain(raw.linh_vuc)),
        "kind": KINDS.get(plain(raw.loai_thu_tuc)),
        "performed_by": _levels(raw.cap_thuc_hien),
        "performing_bodies": _bodies(raw.co_quan_thuc_hien),
        "competent_body": _sentence(raw.co_quan_co_tham_quyen),
        "authorised_body": _sentence(raw.co_quan_duoc_uy_quyen),
        "coordinating_bodies": _bodies(raw.co_quan_phoi_hop),
        "reception_address": _sentence(raw.dia_chi_tiep_nhan),
        "audiences": _audiences(raw.doi_tuong_thuc_hien),
        "description": clipped(described, MAX_TEXT) if described else None,
        "keywords": tuple(clipped(word.strip(), MAX_WORD) for word in keywords.split(",") if word.strip()),
        "steps": _steps(text(raw.trinh_tu_thuc_hien)),
        "papers": _papers(text(raw.thanh_phan_ho_so)),
        "results": _results(text(raw.ket_qua_xu_ly)),
        "legal_basis": _legal_basis(plain(raw.can_cu_phap_ly)),
        "conditions": _conditions(text(raw.yeu_cau_dieu_kien)),
        "related": tuple(dict.fromkeys(_CODE.findall(raw.thu_tuc_lien_quan))),
    }
    return {name: value for name, value in said.items() if value is not None}


def _decision(number: str) -> Fields | None:
    return {"number": clipped(number, MAX_WORD)} if number else None


def _sentence(written: str) -> str | None:
    return clipped(plain(written), MAX_SENTENCE) or None


def _levels(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LEVELS[level.lower()] for level in _LEVEL.findall(plain(written))))


def _audiences(written: str) -> tuple[str, ...]:
    # The values contain commas: they are looked for as they stand, never split.
    return tuple(dict.fromkeys(_AUDIENCE_OF[found] for found in _AUDIENCE.findall(plain(written).casefold())))


def _bodies(written: str) -> tuple[str, ...]:
    return tuple(clipped(body, MAX_SENTENCE) for body in _BODY_BREAK.split(plain(written)) if body)


def _conditions(written: str | None) -> tuple[str, ...]:
    kept = text(_PORTAL_RESIDUE.sub("", written)) if written else None
    return (clipped(kept, MAX_TEXT),) if kept else ()


def _steps(written: str | None) -> tuple[Fields, ...]:
    """Steps by `Bước n`, a new case where the numbers begin again; else by `a)`, `b)`; else one step."""
    if written is None:
        return ()
    marks = list(_STEP.finditer(written))
    numbers = [int(mark[1]) for mark in marks]
    if not marks:
        marks = list(_LETTERED.finditer(written))
        numbers = list(range(len(marks)))
    if len(marks) < 2:
        return ({"steps": (clipped(written, MAX_TEXT),)},)
    ends = [*(mark.start() for mark in marks[1:]), len(written)]
    heading, cases = written[: marks[0].start()].strip(), list[tuple[str, list[str]]]()
    for place, (mark, end) in enumerate(zip(marks, ends, strict=True)):
        if place == 0 or numbers[place] <= numbers[place - 1]:
            cases.append((heading, []))
        step, heading = written[mark.end() : end].strip(), ""
        if place + 1 < len(marks) and numbers[place + 1] <= numbers[place]:
            step, heading = _without_heading(step)
        if step:
            cases[-1][1].append(clipped(step, MAX_TEXT))
    return tuple(_step_case(heading, steps) for heading, steps in cases if steps)


def _step_case(heading: str, steps: list[str]) -> Fields:
    if not heading:
        return {"steps": tuple(steps)}
    if len(heading) > MAX_SENTENCE:  # more than a heading: text of its own
        return {"steps": (clipped(heading, MAX_TEXT), *steps)}
    return {"case": " ".join(heading.split()), "steps": tuple(steps)}


def _without_heading(step: str) -> tuple[str, str]:
    """The step, and the heading of the next case that stands on its last line."""
    before, _, last = step.rpartition("\n")
    return (before.strip(), last.strip()) if before and _CASE_HEADING.fullmatch(last.strip()) else (step, "")


def _channels(written: str | None) -> list[Fields]:
    """The rows of the table of channels; text that is no such table becomes the note of a channel in person."""
    if written is None:
        return []
    parts = _CHANNEL.split(_CHANNEL_TABLE.sub("", written, count=1))
    rows = [_channel(label, said) for label, said in zip(parts[1::2], parts[2::2], strict=True)]
    if parts[0].strip() or not rows:
        rows.insert(0, {"kind": "in_person", "note": clipped(parts[0].strip() or written, MAX_SENTENCE)})
    return rows


def _channel(label: str, said: str) -> Fields:
    channel: Fields = {"kind": CHANNEL_LABELS[label.lower()]}
    time = _TIME.match(said)
    if time is not None:
        channel["time_limits"] = (_time_limit(time[1], time[2]),)
        said = said[time.end() :]
    fees: list[Fields] = []
    while (fee := _FEE.match(said)) is not None:
        said = said[fee.end() :]
        note, said = _bracketed(said)
        fees += _fee(fee[1], note)
    if fees:
        channel["fees"] = tuple(fees)
    if said.strip():
        channel["note"] = clipped(said.strip(), MAX_SENTENCE)
    return channel


def _time_limit(amount: str, unit: str | None) -> Fields:
    value = float(amount.replace(",", "."))
    if unit is None:
        return {"note": f"{amount} (nguồn không ghi đơn vị)"}
    if not 0 < value <= 10_000:
        return {"note": f"{amount} {unit.lower()}"}
    return {"amount": value, "unit": UNITS[unit.lower()]}


def _fee(amount: str, note: str) -> list[Fields]:
    remark: Fields = {"note": clipped(note, MAX_SENTENCE)} if note else {}
    if amount.casefold() == "không có thông tin":
        return [remark] if remark else []
    if amount.casefold() == "miễn phí":
        return [{"amount": 0, **remark}]
    number = amount.split()[0] if " " in amount else re.sub(r"[^\d.,]", "", amount)
    number = re.sub(r"[^\d.,]", "", number)
    if "usd" in amount.lower() or _AMOUNT.fullmatch(number) is None:
        return [{"note": clipped(f"{amount} {note}".strip(), MAX_SENTENCE)}]
    return [{"amount": int(re.sub(r"\D", "", number)), **remark}]


def _bracketed(said: str) -> tuple[str, str]:
    """The remark in brackets at the beginning, brackets within it counted, and the rest."""
    if not said.startswith("("):
        return "", said
    depth = 0
    for place, letter in enumerate(said):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return said[1:place].strip(), said[place + 1 :]
    return said[1:].strip(), ""


def _papers(written: str | None) -> tuple[Fields, ...]:
    """The papers by case; what follows a table's last row names the case of the next table."""
    if written is None or written.strip(" -") == "":
        return ()
    before, *tables = written.split(_PAPER_TABLE)
    if not tables:
        return ({"papers": ({"name": clipped(" ".join(written.split()), MAX_SENTENCE)},)},)
    cases: list[Fields] = []
    for place, table in enumerate(tables):
        papers, rest = _paper_rows(table)
        if rest and place == len(tables) - 1:
            papers, rest = [*papers, {"name": clipped(rest, MAX_SENTENCE)}], ""
        if papers:
            heading = " ".join(before.split()).strip("- ")
            case: Fields = {"case": clipped(heading, MAX_SENTENCE)} if heading else {}
            cases.append({**case, "papers": tuple(papers)})
        before = rest
    return tuple(cases)


def _paper_rows(table: str) -> tuple[list[Fields], str]:
    papers: list[Fields] = []
    begin = 0
    for number in _PAPER_COUNT.finditer(table):
        name = " ".join(table[begin : number.start()].split())
        begin = number.end()
        if not name:
            continue
        originals, copies = (int(number[1]), int(number[3] or 0)) if number[2] == "chính" else (0, int(number[1]))
        paper: Fields = {"originals": originals, "copies": copies}
        form = _FORM_FILE.fullmatch(name)
        if form is not None:
            name, paper["forms"] = form["name"], ({"name": form["form"].strip()},)
        papers.append({"name": clipped(name, MAX_SENTENCE), **paper})
    return papers, " ".join(table[begin:].split())


def _results(written: str | None) -> tuple[Fields, ...]:
    kept = text(_PORTAL_RESIDUE.sub("", written)) if written else None
    if kept is None:
        return ()
    results: list[Fields] = []
    end = 0
    for found in _RESULT.finditer(kept):
        end = found.end()
        name = " ".join(found[1].split())
        if name:
            results.append({"name": clipped(name, MAX_SENTENCE), **({"code": found[2]} if found[2] else {})})
    rest = " ".join(kept[end:].split())
    return (*results, {"name": clipped(rest, MAX_SENTENCE)}) if rest else tuple(results)


def _legal_basis(written: str) -> tuple[Fields, ...]:
    """The rows of title and number that the crawl ran together; one row of text where no number can be told apart."""
    run = _LAW_TABLE.sub("", written, count=1).strip()
    rows: list[Fields] = []
    begin = 0
    for number in _LAW_NUMBER.finditer(run):
        before, after = run[: number.start()][-1:], run[number.end() :][:1]
        if after and not after.isalnum() and not (before.isalpha() or before == "."):
            continue  # blanks on both sides: cited within a title
        title = _GLUED_NAME.sub("", run[begin : number.start()]).strip(" -;,")
        begin = number.end()
        if title or not rows or rows[-1].get("number") != number[0]:
            rows.append({"title": clipped(title or number[0], MAX_SENTENCE), "number": clipped(number[0], MAX_WORD)})
    rest = run[begin:].strip(" -;,")
    return (*rows, {"title": clipped(rest, MAX_SENTENCE)}) if rest else tuple(rows)
