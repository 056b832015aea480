"""What the head and the foot of a document say of it, as Vietnamese administration lays them out.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I: the agency at the top left, number, place and day, the kind of document and below
it what it is about (trích yếu); a letter says that below its number (V/v). At the foot: who gets it, and who signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from plugins.documents.blocks import Block, Paragraph, Table, is_rule
from plugins.documents.numbers import DocumentNumber, read_number
from plugins.documents.transcripts import Basis, Doubt, Signer
from plugins.documents.vocabulary import ABBREVIATIONS, DOCUMENT_TYPES
from plugins.portal.identifiers import fold
from plugins.portal.problems import Text, text

MOST_LINES = 60
"""In which a head ends, where it is one."""
_LONGEST_TITLE = 8
"""Lines."""
_MOST_LETTERS = 1_000
"""Of a title; what is longer is a text."""
_NUMBER = re.compile(
    r"\bSố\s*:\s*(?P<number>\d{1,5}\s?[A-Za-z]?\s?(?:/\s?\d{4}\s?)?/\s?[^\W\d_][\w&.]*(?:\s?[-–]\s?[^\W\d_][\w&.]*)*)"
)
_NUMBER_LEFT_OPEN = re.compile(r"\bSố\s*:")
_DAY = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_DAY_LEFT_OPEN = re.compile(r"ngày[\s.…\d]*tháng[\s.…\d]*năm", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(rf"[^\W\d_][\w .-]{{1,40}},\s*{_DAY.pattern}", re.IGNORECASE)
_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc", re.IGNORECASE
)
_ABOUT = re.compile(r"V/v:?\s*(?P<about>.*)|(?P<whole>Về việc\s.*)", re.IGNORECASE)
_ENDS_A_TITLE = re.compile(
    r"Căn cứ\b|Điều\s+\d|Kính gửi|Thực hiện\b|Chương\s+[IVX\d]|Xét\b|Theo đề nghị|Phần\s", re.IGNORECASE
)
_AGENCY = re.compile(
    r"(?:ủy ban|uỷ ban|hội đồng|ubnd|hđnd|sở|ban|chi cục|trung tâm|phòng|văn phòng|thanh tra|trường|viện|bệnh viện|cục"
    r"|tổng cục|bộ|công an|tòa án|viện kiểm sát|đoàn|hội|liên hiệp|kho bạc|ngân hàng|thủ tướng|chính phủ|quốc hội)\b",
    re.IGNORECASE,
)
_SEALS = re.compile(r"\b(?:MẬT|KHẨN|HỎA TỐC|HOẢ TỐC|DỰ THẢO|NỘI BỘ)\b")
"""What is stamped above a document."""
_ON_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T)\s*\.", re.IGNORECASE)
_POSITIONS = {
    "chu tich": "Chủ tịch", "pho chu tich": "Phó Chủ tịch", "giam doc": "Giám đốc", "pho giam doc": "Phó Giám đốc",
    "chanh van phong": "Chánh Văn phòng", "pho chanh van phong": "Phó Chánh Văn phòng", "truong ban": "Trưởng ban",
    "pho truong ban": "Phó Trưởng ban", "truong phong": "Trưởng phòng", "pho truong phong": "Phó Trưởng phòng",
    "chanh thanh tra": "Chánh Thanh tra", "pho chanh thanh tra": "Phó Chánh Thanh tra", "hieu truong": "Hiệu trưởng",
    "bo truong": "Bộ trưởng", "thu truong": "Thứ trưởng", "thu tuong": "Thủ tướng", "pho thu tuong": "Phó Thủ tướng",
    "chi cuc truong": "Chi cục trưởng", "pho chi cuc truong": "Phó Chi cục trưởng", "cuc truong": "Cục trưởng",
    "pho cuc truong": "Phó Cục trưởng",
}  # fmt: skip
_NAME = re.compile(r"[^\W\d_a-zà-ỹ][^\W\d_]*(?:\s[^\W\d_a-zà-ỹ][^\W\d_]*){1,5}")
_EFFECT = re.compile(
    rf"có hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+(?:từ|kể từ)\s+(?:(?P<own>ngày ký(?: ban hành)?)|{_DAY.pattern})", re.I
)
_TYPE_NAMES = {fold(term.vi): key for key, term in DOCUMENT_TYPES.items() if key != "other"}
_STRANGE_TYPES = {"luat", "nghi dinh", "thong tu", "phap lenh", "lenh", "thong tu lien tich", "quyet dinh lien tich"}


@dataclass
class Head:
    """What the head says, and where the text below it begins."""

    number: DocumentNumber | None = None
    issued: date | None = None
    type: str = ""
    title: str = ""
    agency: str = ""
    lines: list[str] = field(default_factory=list)
    """All that it is made of."""
    begins: int = 0
    """The block with which the text below it begins; 0 where no head could be told from the text."""
    unread: list[str] = field(default_factory=list)
    """Lines above the text that say something else: they belong to it, for no word is lost."""
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, name: str, message: Text) -> None:
        self.doubts.append(Doubt(name, message))


def read_head(blocks: Sequence[Block]) -> Head:
    """The head of a document."""
    head = Head()
    lines, heading, ends = _lines_above(blocks)
    head.lines = [line for line, _ in lines]
    _read_number(head)
    _read_day(head)
    head.agency = _agency([line for line, left in lines if left])
    if heading is not None:
        _read_type_and_title(head, blocks, heading)
    else:
        _read_letter(head, [line for line, left in lines if left], ends)
    if head.number is None or head.issued is None:
        head.begins = 0  # whatever stands there, it is no head of which every line is known
    elif head.begins:
        head.unread = [line for line, left in lines if _says_more(line, left, head.title)]
    if not head.type:
        head.doubt("type", text("the head does not say which kind of document it is"))
    if not head.title:
        head.doubt("title", text("the head does not say for certain what it is about"))
    meant = ABBREVIATIONS.get(head.number.parts[0]) if head.number and len(head.number.parts) > 1 else None
    if meant is not None and head.type and meant != head.type:
        head.doubt("type", text('its number says "{meant}", its type "{type}"', meant=DOCUMENT_TYPES[meant].vi,
                                type=DOCUMENT_TYPES[head.type].vi))  # fmt: skip
    return head


def _says_more(line: str, left: bool, title: str) -> bool:
    """Whether a line has words that are not those of a head."""
    own = _DAY.sub(" ", _PLACE_AND_DAY.sub(" ", _NUMBER.sub(" ", _MOTTO.sub(" ", line))))
    own = " ".join(own.split())
    if not re.search(r"[^\W\d_]", own) or (left and own.isupper() and _SEALS.search(own) is None):
        return False
    about = _ABOUT.match(own)
    return (about["whole"] or about["about"] if about else own) not in title


def _lines_above(blocks: Sequence[Block]) -> tuple[list[tuple[str, bool]], int | None, int]:
    """The lines before the kind of document, each with whether it may stand at the left; that block; where they end."""
    lines: list[tuple[str, bool]] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Table):
            if block.columns > 2 or position > MOST_LINES or _is_foot(block):
                return lines, None, position
            for column in range(block.columns):
                lines += [(paragraph.words, column == 0) for paragraph in block.column(column)]
            continue
        if _type_of(block.words) is not None:
            return lines, position, position
        if _ENDS_A_TITLE.match(block.words) or position > MOST_LINES:
            return lines, None, position
        lines.append((block.words, True))
    return lines, None, len(blocks)


def _type_of(words: str) -> str | None:
    """The kind of document that a line alone names; empty of one that the portal has no word for."""
    name = fold(words).strip(" :.")
    if not words.isupper():
        return None
    return "" if name in _STRANGE_TYPES else _TYPE_NAMES.get(name)


def _read_number(head: Head) -> None:
    numbers = [match["number"] for line in head.lines for match in _NUMBER.finditer(line)]
    read = {number.key: number for written in numbers if (number := read_number(written)) is not None}
    if len(read) == 1:
        [head.number] = read.values()
    elif len(read) > 1:
        head.doubt("number", text("its head has several numbers: {numbers}",
                                  numbers=", ".join(number.canonical for number in read.values())))  # fmt: skip
    elif any(map(_NUMBER_LEFT_OPEN.search, head.lines)):
        head.doubt("number", text("its number is left open or cannot be read"))
    else:
        head.doubt("number", text("its head has no number"))


def _read_day(head: Head) -> None:
    days = {day for line in head.lines for day in _days(line)}
    if len(days) == 1:
        [head.issued] = days
    elif len(days) > 1:
        head.doubt("issued", text("its head has several days"))
    elif any(map(_DAY_LEFT_OPEN.search, head.lines)):
        head.doubt("issued", text("its day of issue is left open or cannot be read"))
    else:
        head.doubt("issued", text("its head has no day of issue"))
    if head.issued and head.number and head.number.year not in (None, head.issued.year):
        message = text("its number has the year {year}, and its head another day", year=head.number.year)
        head.doubt("issued", message)


def _days(words: str) -> Iterator[date]:
    for match in _DAY.finditer(words):
        if (day := day_of(match)) is not None:
            yield day


def day_of(match: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in match.groups()[-3:])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _agency(lines: Sequence[str]) -> str:
    """Who issued it: above the number, from the last line that begins as names of agencies do."""
    above: list[str] = []
    for line in lines:
        own = _MOTTO.sub(" ", _PLACE_AND_DAY.sub(" ", line))
        if _NUMBER_LEFT_OPEN.search(own):
            break
        own = " ".join(own.split())
        if own and not is_rule(own) and own.isupper():
            above.append(own)
    begins = [position for position, line in enumerate(above) if _AGENCY.match(line)]
    return " ".join(above[begins[-1] :]) if begins else ""


def _read_type_and_title(head: Head, blocks: Sequence[Block], position: int) -> None:
    """The kind of document and the lines below it, up to a drawn line, an empty one, or what a text begins with."""
    heading = blocks[position]
    assert isinstance(heading, Paragraph)
    head.type = _type_of(heading.words) or ""
    title: list[str] = []
    position += 1
    while position < len(blocks):
        block = blocks[position]
        if isinstance(block, Table) or _ENDS_A_TITLE.match(block.words):
            break
        if is_rule(block.words) or not block.words:
            position += 1
            if title:
                if not block.words and _may_go_on(blocks[position:]):
                    head.doubt("title", text("what it is about may go on below an empty line"))
                break
            continue
        if title and block.words.isupper():
            break
        title.append(block.words)
        position += 1
        if len(title) > _LONGEST_TITLE or sum(map(len, title)) > _MOST_LETTERS:
            title = []
            break
    head.lines += title
    head.title = " ".join(title)
    head.begins = position if title else 0


def _may_go_on(blocks: Sequence[Block]) -> bool:
    following = next((block for block in blocks if isinstance(block, Table) or block.words), None)
    if following is None or isinstance(following, Table):
        return False
    words = following.words
    return not (is_rule(words) or words.isupper() or _ENDS_A_TITLE.match(words))


def _read_letter(head: Head, lines: Sequence[str], ends: int) -> None:
    """A letter has no kind above it: below its number it says what it is about."""
    about: list[str] = []
    for line in lines:
        own = " ".join(_PLACE_AND_DAY.sub(" ", line).split())
        match = _ABOUT.match(own) if not about else None
        if match is not None:
            about.append(match["whole"] or f"Về việc {match['about']}")
        elif about and own and not is_rule(own):
            about.append(own)
        elif about:
            break
    if not about or len(about) > _LONGEST_TITLE:
        return
    head.title = " ".join(" ".join(about).split())
    head.begins = ends
    kind = ABBREVIATIONS.get(head.number.parts[0]) if head.number else None
    if head.number is not None and kind is None:
        head.type = "official_letter"


def read_basis(words: Sequence[str]) -> tuple[Basis, ...]:
    """The documents that it rests on, as far as they are named with a number."""
    basis: dict[object, Basis] = {}
    for line in words:
        if not line.casefold().startswith("căn cứ"):
            continue
        for match in re.finditer(r"\bsố\s+(\d{1,5}[A-Za-z]?(?:/\d{4})?/[^\W\d_][\w&.-]*[\w])", line):
            number = read_number(match[1])
            if number is None:
                continue
            following = _DAY.match(line[match.end() :].lstrip())
            basis.setdefault(number.key, Basis(number, day_of(following) if following else None))
    return tuple(basis.values())


def read_effect(words: Sequence[str], issued: date | None) -> tuple[date | None, list[Doubt]]:
    """From when on it applies, where it says one day; from the day of issue where it says that."""
    days = set()
    for line in words:
        for match in _EFFECT.finditer(line):
            day = issued if match["own"] else day_of(match)
            if day is not None:
                days.add(day)
    if len(days) > 1:
        return None, [Doubt("effective_from", text("it says several days from which it applies"))]
    if issued is not None and any(day < issued for day in days):
        return None, [Doubt("effective_from", text("it says a day before its issue from which it applies"))]
    return next(iter(days), None), []


def _is_foot(block: Table) -> bool:
    return any(fold(paragraph.words).startswith("noi nhan") for paragraph in block.column(0))


def read_foot(blocks: Sequence[Block]) -> tuple[Signer, str, int | None]:
    """Who signed and who gets it, from the table at the foot, and which block that is; None where there is none."""
    for position, block in enumerate(blocks):
        if isinstance(block, Table) and block.columns == 2 and _is_foot(block):
            left = [paragraph.words for paragraph in block.column(0) if paragraph.words]
            right = [paragraph.words for paragraph in block.column(1) if paragraph.words]
            recipients = [line.lstrip("-–+• ").rstrip(";. ") for line in left[1:] if not is_rule(line)]
            return read_signer(right), "\n".join(f"- {line}" for line in recipients if line), position
    return Signer(), "", None


def read_signer(lines: Sequence[str]) -> Signer:
    """Position and name from the block of a signature: capitals above, the name below."""
    kept = [line for line in lines if not is_rule(line) and not line.startswith(("(", "["))]
    if len(kept) < 2 or not _NAME.fullmatch(kept[-1]) or kept[-1].isupper():
        return Signer()
    positions = []
    for line in kept[:-1]:
        if not line.isupper():
            return Signer(name=kept[-1])
        behalf = _ON_BEHALF.match(line)
        rest = line[behalf.end() :].strip() if behalf else line
        known = _POSITIONS.get(fold(rest))
        if known is None:
            continue  # the body that it is signed for
        positions.append(f"{behalf[0].upper().replace(' ', '')} {known}" if behalf else known)
    return Signer(", ".join(positions), kept[-1])
