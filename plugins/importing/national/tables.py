"""Tables that a crawl flattened into running text, told apart again as far as that can be done.

`Trực tuyến5 Ngày làm việcMiễn phí`, `Nghị định A12/2015/NĐ-CPLuật B...`: what can be told apart is; the rest stays as
text in notes, with a doubt. Every function takes text that is clean and returns what `Procedure` validates.
"""

from __future__ import annotations

import re

from plugins.importing.national.cleaning import clean, one_line
from plugins.importing.national.draft import Doubts
from plugins.importing.national.terms import UNITS
from plugins.portal.fields import MAX_SENTENCE, MAX_TEXT

MAX_WORD = 300
LEAST_LIKELY_FEE = 1_000
"""In đồng: no charge of an agency is smaller; whoever writes 50 means 50.000."""

Fields = dict[str, object]

CHANNEL_LABELS = {"trực tuyến": "online", "dịch vụ bưu chính": "post", "trực tiếp": "in_person"}

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
_TIME_IN_WORDS = re.compile(
    r"(?:trong\s+)?(?:thời hạn\s+)?(?:không quá\s+|tối đa\s+)?(\d{1,6}(?:[.,]\d{1,2})?)\s*(?:\([^)]*\))?\s*"
    r"(ngày làm việc|ngày|giờ|tháng)?(?: làm việc)?\.?",
    re.IGNORECASE,
)
_TIME_WITHIN = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s*(?:\([^)]*\))?\s*(ngày làm việc|ngày|giờ|tháng)", re.IGNORECASE)
_FEE_IN_WORDS = re.compile(
    r"(?P<amount>\d{1,3}(?:[.,]\d{3})+|\d{1,12})\s*(?:việt nam đồng|đồng|vnđ|vnd|đ(?!\w))?"
    r"(?:\s*/\s*(?P<per>[^(;,.]{1,200}))?(?P<note>\s*[(,;.].*)?",
    re.IGNORECASE | re.DOTALL,
)
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,12}")
_AMOUNT_IN_NOTE = re.compile(r"\d{1,3}(?:[.,]\d{3})+\s*(?:đồng|VNĐ|đ\b)", re.IGNORECASE)
_RESULT = re.compile(
    r"(.*?)Mã: ?((?:KQ[.-]\w\d\d\.\d{5,7}|000\.00\.00\.\w\d\d-KQ\d{4}|\w\w-\w\d\d\.\d{7})?)", re.DOTALL
)
_LAW_TABLE = re.compile(r"\s*Tên văn bản pháp lý\s*Mã văn bản")
_ISSUERS = (
    "CP|TTg|BTC|BCA|BTP|NHNN|BXD|BGTVT|BNNPTNT|BNNMT|BTNMT|BYT|BKHĐT|BLĐTBXH|BCT|BQP|BNV|BTTTT|BVHTTDL|BGDĐT|BKHCN|BNG|"
    "TTCP|TANDTC|UBND|HĐND|UBTVQH\\d\\d|QH\\d\\d"
)
LAW_NUMBER = re.compile(
    rf"\d{{1,4}}(?:\.\d{{1,2}})?/\d{{4}}/(?:QH\d\d|UBTVQH\d\d|(?:NĐ|NQ|QĐ|CT|TT|TTLT|PL|VBHN)-(?:{_ISSUERS}|[A-ZĐ]+(?![a-zà-ỹ]))(?:-(?:{_ISSUERS})(?![a-zà-ỹ])){{0,8}})"
)
_GLUED_NAME = re.compile(r"(?<=\w)(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định)\s+số\s*$")
_BODY_BREAK = re.compile(
    r", (?=(?:Bộ|Sở|Cục|Chi cục|Ủy ban|Uỷ ban|Công an|Ngân hàng|Tòa án|Văn phòng|Bảo hiểm|Chủ tịch)\b)"
)


def bodies(written: str, field: str, doubts: Doubts) -> tuple[str, ...]:
    """The bodies of a list parted by commas that their names contain too."""
    return tuple(doubts.clip(body, MAX_SENTENCE, field) for body in _BODY_BREAK.split(written) if body)


def without_residue(written: str | None) -> str | None:
    """The text without the labels of the page's next fields that came along."""
    return clean(_PORTAL_RESIDUE.sub("", written)) if written else None


def steps(written: str | None, doubts: Doubts) -> tuple[Fields, ...]:
    """Steps by `Bước n`, a new case where the numbers begin again; else by `a)`, `b)`; else one step."""
    if written is None:
        return ()
    marks = list(_STEP.finditer(written))
    numbers = [int(numeral[1]) for numeral in marks]
    if not marks:
        marks = list(_LETTERED.finditer(written))
        numbers = list(range(len(marks)))
    if len(marks) < 2:
        return ({"steps": (doubts.clip(written, MAX_TEXT, "steps[0].steps[0]"),)},)
    ends = [*(numeral.start() for numeral in marks[1:]), len(written)]
    heading, cases = written[: marks[0].start()].strip(), list[tuple[str, list[str]]]()
    for position, (numeral, end) in enumerate(zip(marks, ends, strict=True)):
        if position == 0 or numbers[position] <= numbers[position - 1]:
            cases.append((heading, []))
        step, heading = written[numeral.end() : end].strip(), ""
        if position + 1 < len(marks) and numbers[position + 1] <= numbers[position]:
            step, heading = _without_heading(step)
        if step:
            cases[-1][1].append(doubts.clip(step, MAX_TEXT, f"steps[{len(cases) - 1}]"))
    return tuple(_step_case(heading, step_texts, doubts) for heading, step_texts in cases if step_texts)


def _step_case(heading: str, step_texts: list[str], doubts: Doubts) -> Fields:
    if not heading:
        return {"steps": tuple(step_texts)}
    if len(heading) > MAX_SENTENCE:  # more than a heading: text of its own
        return {"steps": (doubts.clip(heading, MAX_TEXT, "steps"), *step_texts)}
    return {"case": " ".join(heading.split()), "steps": tuple(step_texts)}


def _without_heading(step: str) -> tuple[str, str]:
    """The step, and the heading of the next case that stands on its last line."""
    before, _, last = step.rpartition("\n")
    return (before.strip(), last.strip()) if before and _CASE_HEADING.fullmatch(last.strip()) else (step, "")


def is_channel_table(written: str) -> bool:
    """Whether the text is the table of channels, flattened, rather than words about filing."""
    return _CHANNEL.search(_CHANNEL_TABLE.sub("", written, count=1)) is not None


def channels(written: str | None, doubts: Doubts) -> list[Fields]:
    """The rows of the table of channels; text that is no such table becomes the note of a channel in person."""
    if written is None:
        return []
    parts = _CHANNEL.split(_CHANNEL_TABLE.sub("", written, count=1))
    before = parts[0].strip()
    rows: list[Fields] = []
    if before or len(parts) == 1:
        doubts.add("channels[0].note", "unparsed_table", got=before or written)
        rows.append({"kind": "in_person", "note": doubts.clip(before or written, MAX_SENTENCE, "channels[0].note")})
    for label, channel_text in zip(parts[1::2], parts[2::2], strict=True):
        rows.append(_channel(CHANNEL_LABELS[label.lower()], channel_text, f"channels[{len(rows)}]", doubts))
    return rows


def _channel(kind: str, remainder: str, field: str, doubts: Doubts) -> Fields:
    channel: Fields = {"kind": kind}
    time = _TIME.match(remainder)
    if time is not None:
        channel["time_limits"] = (time_limit(time[1], time[2], f"{field}.time_limits[0]", doubts),)
        remainder = remainder[time.end() :]
    fees: list[Fields] = []
    while (fee_match := _FEE.match(remainder)) is not None:
        remainder = remainder[fee_match.end() :]
        note, remainder = _bracketed(remainder)
        fees += fee(fee_match[1], note, f"{field}.fees[{len(fees)}]", doubts)
    if fees:
        channel["fees"] = tuple(fees)
    if remainder.strip():
        channel["note"] = doubts.clip(remainder.strip(), MAX_SENTENCE, f"{field}.note")
    return channel


def time_limit(amount: str, unit: str | None, field: str, doubts: Doubts) -> Fields:
    """A number and its unit, or both as text where a record cannot hold them."""
    value = float(amount.replace(",", "."))
    if unit is None:
        doubts.add(field, "unknown_unit", got=amount)
        return {"note": f"{amount} (nguồn không ghi đơn vị)"}
    if not 0 < value <= 10_000:
        doubts.add(field, "time_as_text", got=f"{amount} {unit.lower()}")
        return {"note": f"{amount} {unit.lower()}"}
    return {"amount": value, "unit": UNITS[unit.lower()]}


def time_of(written: str, field: str, doubts: Doubts) -> Fields | None:
    """A time limit in words; a text alone where they hold more than a number and a unit."""
    if not written:
        return None
    match = _TIME_IN_WORDS.fullmatch(written)
    if match is not None:
        return time_limit(match[1], match[2], field, doubts)
    note: Fields = {"note": doubts.clip(written, MAX_SENTENCE, f"{field}.note")}
    within = _TIME_WITHIN.findall(written)
    if len(within) == 1:
        amount, unit = within[0]
        return {**time_limit(amount, unit, field, doubts), **note}
    doubts.add(field, "time_as_text", got=written)
    return note


def is_dong(unit: str) -> bool:
    """Whether the unit of an amount is đồng."""
    return unit.casefold() in ("đồng", "vnđ", "vnd", "việt nam đồng", "đ")


def fee_of(written: str, field: str, doubts: Doubts) -> list[Fields]:
    """A fee in words: `50.000 đồng/bản`, `50000`; a text alone where there is no amount at its beginning."""
    match = _FEE_IN_WORDS.fullmatch(written)
    if match is None:
        doubts.add(field, "fee_as_text", got=written)
        return [{"note": doubts.clip(written, MAX_SENTENCE, f"{field}.note")}]
    note = (match["note"] or "").strip(" ,;.()")
    per = {"per": doubts.clip(match["per"].strip(), MAX_WORD, f"{field}.per")} if match["per"] else {}
    return [row | per for row in fee(f"{match['amount']} đồng", note, field, doubts)]


def fee(amount: str, note: str, field: str, doubts: Doubts) -> list[Fields]:
    """What is to be paid: an amount of đồng, nothing, or a text; an empty list where nothing is said."""
    remark: Fields = {"note": doubts.clip(note, MAX_SENTENCE, f"{field}.note")} if note else {}
    if amount.casefold() == "không có thông tin":
        return [remark] if remark else []
    if amount.casefold() == "miễn phí":
        named = _AMOUNT_IN_NOTE.search(note)
        if named is not None:
            doubts.add(field, "free_but_fee_named", got=named[0])
        return [{"amount": 0, **remark}]
    number = re.sub(r"[^\d.,]", "", amount.split()[0])
    if "usd" in amount.lower() or _AMOUNT.fullmatch(number) is None:
        fee_text = f"{amount} {note}".strip()
        doubts.add(field, "fee_as_text", got=fee_text)
        return [{"note": doubts.clip(fee_text, MAX_SENTENCE, f"{field}.note")}]
    value = int(re.sub(r"\D", "", number))
    if 0 < value < LEAST_LIKELY_FEE:
        doubts.add(f"{field}.amount", "fee_in_thousands", got=str(value))
    return [{"amount": value, **remark}]


def _bracketed(remainder: str) -> tuple[str, str]:
    """The remark in brackets at the beginning, brackets within it counted, and the rest."""
    if not remainder.startswith("("):
        return "", remainder
    depth = 0
    for position, letter in enumerate(remainder):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return remainder[1:position].strip(), remainder[position + 1 :]
    return remainder[1:].strip(), ""


def is_paper_table(written: str) -> bool:
    """Whether the text is the table of papers, flattened."""
    return _PAPER_TABLE in written


def papers(written: str | None, doubts: Doubts) -> tuple[Fields, ...]:
    """The papers by case; what follows a table's last row names the case of the next table."""
    if written is None or written.strip(" -") == "":
        return ()
    before, *paper_tables = written.split(_PAPER_TABLE)
    if not paper_tables:
        doubts.add("papers", "unparsed_table", got=written)
        return (
            {
                "papers": (
                    {
                        "name": doubts.clip(" ".join(written.split()), MAX_SENTENCE, "papers"),
                    },
                )
            },
        )
    cases: list[Fields] = []
    for position, table in enumerate(paper_tables):
        rows, rest = _paper_rows(table, f"papers[{len(cases)}]", doubts)
        if rest.strip(" -") and position == len(paper_tables) - 1:
            doubts.add(f"papers[{len(cases)}].papers[{len(rows)}]", "unparsed_rest", got=rest)
            rows, rest = [*rows, {"name": doubts.clip(rest, MAX_SENTENCE, f"papers[{len(cases)}]")}], ""
        if rows:
            heading = " ".join(before.split()).strip("- ")
            case: Fields = {"case": doubts.clip(heading, MAX_SENTENCE, f"papers[{len(cases)}].case")} if heading else {}
            cases.append({**case, "papers": tuple(rows)})
        before = rest
    return tuple(cases)


def _paper_rows(table: str, field: str, doubts: Doubts) -> tuple[list[Fields], str]:
    rows: list[Fields] = []
    begin = 0
    for number in _PAPER_COUNT.finditer(table):
        name = " ".join(table[begin : number.start()].split())
        begin = number.end()
        if not name:
            continue
        paper: Fields = counts(number)
        form = _FORM_FILE.fullmatch(name)
        if form is not None:
            name, paper["forms"] = form["name"], ({"name": form["form"].strip()},)
        rows.append({"name": doubts.clip(name, MAX_SENTENCE, f"{field}.papers[{len(rows)}].name"), **paper})
    return rows, " ".join(table[begin:].split())


def counts(match: re.Match[str]) -> Fields:
    """Originals and copies of `1 bản chính, 2 bản sao`."""
    if match[2] == "chính":
        return {"originals": int(match[1]), "copies": int(match[3] or 0)}
    return {"originals": 0, "copies": int(match[1])}


def results(written: str | None, doubts: Doubts) -> tuple[Fields, ...]:
    """The results, each before the code of the national catalogue."""
    kept = without_residue(written)
    if kept is None:
        return ()
    rows: list[Fields] = []
    end = 0
    for match in _RESULT.finditer(kept):
        end = match.end()
        name = " ".join(match[1].split())
        if name:
            clipped = doubts.clip(name, MAX_SENTENCE, f"results[{len(rows)}].name")
            rows.append({"name": clipped, **({"code": match[2]} if match[2] else {})})
    rest = " ".join(kept[end:].split())
    if rest:
        rows.append({"name": doubts.clip(rest, MAX_SENTENCE, f"results[{len(rows)}].name")})
    return tuple(rows)


def is_law_table(written: str) -> bool:
    """Whether the text is the table of documents, flattened."""
    return _LAW_TABLE.match(one_line(written)) is not None


def legal_basis(written: str, doubts: Doubts) -> tuple[Fields, ...]:
    """The rows of title and number that the crawl ran together; one row of text where no number can be told apart."""
    run = _LAW_TABLE.sub("", written, count=1).strip()
    rows: list[Fields] = []
    begin = 0
    for number in LAW_NUMBER.finditer(run):
        before, after = run[: number.start()][-1:], run[number.end() :][:1]
        if after and not after.isalnum() and not (before.isalpha() or before == "."):
            continue  # blanks on both sides: cited within a title
        title = _GLUED_NAME.sub("", run[begin : number.start()]).strip(" -;,")
        begin = number.end()
        if title or not rows or rows[-1].get("number") != number[0]:
            label = doubts.clip(title or number[0], MAX_SENTENCE, f"legal_basis[{len(rows)}].title")
            rows.append({"title": label, "number": number[0]})
        else:  # the title ended with the number, which its own cell then said again
            label = f"{rows[-1]['title']} {number[0]}"
            rows[-1]["title"] = doubts.clip(label, MAX_SENTENCE, f"legal_basis[{len(rows) - 1}].title")
    rest = run[begin:].strip(" -;,")
    if rest:
        doubts.add(f"legal_basis[{len(rows)}]", "unparsed_rest", got=rest)
        rows.append({"title": doubts.clip(rest, MAX_SENTENCE, f"legal_basis[{len(rows)}].title")})
    return tuple(rows)
