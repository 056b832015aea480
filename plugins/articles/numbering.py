"""Lines that are numbered as laws and decisions are: `1.1. Hồ sơ`, `a) Đơn`, `(1)`, `II.`, `Điều 5.`

CommonMark knows none of them, and puts such lines into one paragraph. Where their numbers follow one another, each
becomes a line of its own (a hard break). A number at the beginning of a line may also be one of a sentence (`1.1 triệu
đồng`, `2.9`): lines of which that is possible stay as they are, and `checks` tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LEAD = r"[ \t>]*"
_ALPHABETS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz", "abcdđefghijklmnopqrstuvwxyz")
"""As enumerations count: in Vietnamese, in English, and in both at once."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMBER = re.compile(
    rf"(?P<lead>{_LEAD})(?P<marks>\*{{0,2}}|_{{0,2}})(?:"
    r"(?P<decimal>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?P<end>[.)]?)"
    r"|(?P<open>\(?)(?P<letter>[a-zđ]|[A-ZĐ]|[ivx]{1,5}|[IVXLC]{1,6}|[0-9]{1,2})(?P<close>[.)])"
    r"|(?P<word>Điều|Khoản|Mục|Chương|Phần|Bước|Phụ lục|Điểm|Câu) (?P<count>[0-9]{1,3}|[IVXLC]{1,6})(?P<stop>[.:)])"
    r")(?:\*\*|__)?(?:[ \t]+|(?<=[0-9][.)])(?=[^\W\d_])|(?<=\))(?=[^\W\d_]))(?P<rest>[\"“(*_\[]*\w)"
)
_MAY_BE_NUMBERED = re.compile(
    rf"^{_LEAD}[*_]{{0,2}}(?:[0-9]{{1,2}}\.[0-9]|\([a-zđA-ZĐ0-9]|[a-zđA-ZĐ]{{1,6}}[.)]"
    r"|[ĐKMCPB][^\W\d_]+(?: lục)? [0-9IVXLC])",
    re.MULTILINE,
)
_LIST_NUMBER = re.compile(rf"{_LEAD}([0-9]{{1,3}})[.)][ \t]+\S")
_ENTRY = re.compile(rf"{_LEAD}(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]")
_OTHER_BLOCK = re.compile(rf"{_LEAD}(?:\#{{1,6}}[ \t]|\||<|\[\^?[^\]\n]+\]:|\*\[)")
_ENDS_A_LINE = re.compile(r"(?:[.:;,!?…)\]\"”*_|]|\\)\s*\Z")
_GOES_ON = re.compile(r"(?:\b(?:điểm|khoản|mục|điều|các|và|hoặc|số|theo|từ|đến|tại)|,)\s*\Z", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:triệu|tr|tỷ|tỉ|nghìn|ngàn|đồng|vnđ|lần|phần|km|m|cm|mm|ha|kg|g|tấn|tạ|độ|điểm|giờ|phút|giây|ngày|tháng|năm"
    r"|người|hộ|lít|ml|mw|kw|kv|gb|mb|tuổi|trường|bộ|cái|chiếc|hồ|con|xã|huyện|và|đến|so)\b",
    re.IGNORECASE,
)
"""What a number of a sentence may stand before."""

_Value = tuple[int, ...]


@dataclass(frozen=True)
class _Numbered:
    """A line with a number that may be one of an enumeration."""

    kind: str
    """Numbers of one kind follow one another."""
    value: _Value
    certain: bool
    """Whether nothing but an enumeration begins so, if another follows."""


def may_be_numbered(body: str) -> bool:
    """Whether a text has such lines; most have none, and are spared a second look."""
    return _MAY_BE_NUMBERED.search(body) is not None


def is_numbered(line: str) -> bool:
    """Whether a line begins with such a number."""
    return any(reading.kind != "decimal" or len(reading.value) > 1 for reading in _readings(line))


def break_numbered_lines(lines: list[str], prose: Sequence[int]) -> list[int]:
    """End the line before each line of an enumeration with a hard break; `prose` are the lines that are not code.

    Gives those that stand behind a list which has come in between: they are shown within its last entry.
    """
    behind_lists: list[int] = []
    for paragraph in _paragraphs(lines, prose):
        for number in _enumerated(lines, paragraph, behind_lists):
            before = lines[number - 1]
            if not before.endswith(("  ", "\\")):
                lines[number - 1] = before.rstrip(" ") + "  "
    return behind_lists


def _paragraphs(lines: list[str], prose: Sequence[int]) -> Iterator[list[int]]:
    """Runs of lines without an empty one between them, of at least two."""
    run: list[int] = []
    for number in prose:
        if run and number != run[-1] + 1:
            if len(run) > 1:
                yield run
            run = []
        if lines[number].strip(" \t>"):
            run.append(number)
        elif run:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _enumerated(lines: list[str], paragraph: list[int], behind_lists: list[int]) -> list[int]:
    """The lines of the paragraph that begin with a number of an enumeration, but for its first line."""
    last_entry = -1
    numbered = {number: readings for number in paragraph if (readings := _readings(lines[number]))}
    last: dict[str, tuple[int, _Value]] = {}
    begun: dict[str, bool] = {}
    """By kind: whether its enumeration began where a line may begin."""
    members: set[int] = set()
    for number in paragraph if numbered else ():
        for reading in numbered.get(number, ()):
            earlier = last.get(reading.kind)
            if earlier is not None and _follows(reading.value, earlier[1]):
                if begun[reading.kind] and reading.certain:
                    members |= {earlier[0], number}
                    if earlier[0] < last_entry and number not in behind_lists:
                        behind_lists.append(number)
            else:
                begun[reading.kind] = number == paragraph[0] or _may_begin(
                    lines[number - 1], lines[number], after_number=number - 1 in numbered
                )
            last[reading.kind] = (number, reading.value)
        last_entry = number if _ENTRY.match(lines[number]) else last_entry
        of_list = _LIST_NUMBER.match(lines[number])
        if of_list is not None:
            last["decimal"], begun["decimal"] = (number, (int(of_list.group(1)),)), True
    for number, readings in numbered.items():  # the only one of its kind
        before = lines[number - 1].rstrip() if number != paragraph[0] else ""
        if any(reading.certain and reading.value[-1] == 1 for reading in readings) and (
            number - 1 in members or before.endswith(":")
        ):
            members.add(number)
    return sorted(number for number in members & numbered.keys() - {paragraph[0]}
                  if not _OTHER_BLOCK.match(lines[number - 1]))  # fmt: skip


def _may_begin(before: str, line: str, *, after_number: bool) -> bool:
    """Whether an enumeration may begin behind the line: a sentence that runs over lines may not be broken."""
    if after_number or _ENTRY.match(before) or _OTHER_BLOCK.match(before):
        return True
    if _GOES_ON.search(before):
        return False
    match = _NUMBER.match(line)
    upper = match is not None and match["rest"][-1].isupper()
    return _ENDS_A_LINE.search(before) is not None or upper


def _follows(value: _Value, earlier: _Value) -> bool:
    """`1.2` follows `1.1`, `1.1` follows `1`, and `2.1` follows `1.3`."""
    if value[: len(earlier)] == earlier:
        return set(value[len(earlier) :]) == {1}
    if len(value) == len(earlier) == 1:
        return value[0] == earlier[0] + 1
    level = next(
        (level for level, (number, before) in enumerate(zip(value, earlier, strict=False)) if number != before), None
    )
    if level is None:
        return False
    return value[level] == earlier[level] + 1 and set(value[level + 1 :]) <= {1}


def _readings(line: str) -> list[_Numbered]:
    """What the number of a line may be: `i)` is the letter or the Roman one."""
    match = _NUMBER.match(line)
    if match is None:
        return []
    rest = line[match.end() - 1 :]
    upper = match["rest"][-1].isupper()
    if match["decimal"]:
        value = tuple(map(int, match["decimal"].split(".")))
        certain = bool(match["end"]) or len(value) > 2 or upper
        return [] if _UNITS.match(rest) and not upper and not match["end"] else [_Numbered("decimal", value, certain)]
    if match["word"]:
        count = match["count"]
        return [_Numbered(match["word"], (int(count) if count.isdigit() else _roman(count),), True)]
    letter, form = match["letter"], match["open"] + match["close"]
    if form == "(." or (letter.isdigit() and form == ")"):  # `1)` is a list of CommonMark
        return []
    if letter.isdigit():  # and so is `1.`, but behind `0.3`
        kind = "decimal" if form == "." else "(1)"
        return [_Numbered(kind, (int(letter),), form == "()" or upper)]
    case = "A" if letter.isupper() else "a"
    readings = [
        _Numbered(f"{form}{case}{alphabet}", (alphabet.index(letter.lower()) + 1,), True)
        for alphabet in _ALPHABETS
        if len(letter) == 1 and letter.lower() in alphabet
    ]
    roman = _roman(letter)
    return [*readings, _Numbered(f"{form}{case}i", (roman,), True)] if roman else readings


def _roman(letters: str) -> int:
    """The value of a Roman number; 0 where it is none."""
    values = [_ROMAN.get(letter, 0) for letter in letters.upper()]
    if not all(values):
        return 0
    return sum(-value if value < behind else value for value, behind in zip(values, [*values[1:], 0], strict=True))
