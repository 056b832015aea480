"""Characters that have no business in a text, and how names with them are shown."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Controls; the bidirectional ones make a text read otherwise than it is. And what no UTF-8 can say."""

_INVISIBLE_CODES = (
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0x206A, 0x2070),
    0x3164, 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC),
)  # fmt: skip
_INVISIBLE: dict[str, str | None] = dict.fromkeys(map(chr, _INVISIBLE_CODES))
"""Byte-order marks, soft hyphens, joiners, marks of direction, fillers: they keep a word from being found."""
# Word processors' line and paragraph separators are lines to YAML and to nobody's editor.
_SEPARATORS: dict[str, str | None] = dict.fromkeys("\x85\u2028\u2029", " ")
_TIDY = str.maketrans(_INVISIBLE | _SEPARATORS)
_UNTIDY = re.compile("[{}]".format("".join([*_INVISIBLE, *_SEPARATORS])))


_PRINTED = re.compile("[\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Letters and digits as printers and formulas have them: ligatures (`ﬁ`), Roman numbers (`Ⅳ`), wide and styled ones."""


def plain_letters(text: str) -> str:
    """The text with ligatures, wide letters and the like as the plain letters that they are."""
    if text.isascii():
        return text
    return _PRINTED.sub(lambda sign: unicodedata.normalize("NFKC", sign.group()), text)


_MARKS_OF_NUMBERS = re.compile("[\\u202a\\u202c\\u202d\\u2066\\u2068\\u2069]")
"""Marks of direction that show digits as they stand anyway: contact lists put them around telephone numbers."""
_NUMBER_AND_MARKS = re.compile("[0-9 \\u00a0.()+\\u2010-\\u2015\\u202a\\u202c\\u202d\\u2066\\u2068\\u2069-]+")
_LEAST_DIGITS = 3
"""Of such a number."""


def without_marks_of_numbers(text: str) -> str:
    """The text without the marks of direction that stand in and around numbers, such as those of telephones."""
    if _MARKS_OF_NUMBERS.search(text) is None:
        return text
    return _NUMBER_AND_MARKS.sub(_unmarked, text)


def _unmarked(number: re.Match[str]) -> str:
    written = number.group()
    if sum(map(str.isdigit, written)) < _LEAST_DIGITS:
        return written
    return _MARKS_OF_NUMBERS.sub("", written)


def tidy(text: str) -> str:
    """The text in NFC, its lines ended by line feeds, without what nobody sees."""
    seen = text.translate(_TIDY) if _UNTIDY.search(text) else text  # looking is ten times as fast as translating
    return unicodedata.normalize("NFC", seen.replace("\r\n", "\n").replace("\r", "\n"))


def shown_name(name: str) -> str:
    """A file's name as it can be written anywhere: NFC, with U+FFFD for what is no UTF-8 or no visible character."""
    if name.isascii() and name.isprintable():
        return name
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\n\r\t]", "\ufffd", FORBIDDEN.sub("\ufffd", unicodedata.normalize("NFC", readable)))
