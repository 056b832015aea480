"""Texts of the national database made clean: NFC, one kind of blank, no marks that nobody sees, no null markers."""

from __future__ import annotations

import re
import unicodedata

NOTHING = frozenset({"", "không", "khồng", "không có", "không có thông tin", "không quy định", "khôg quy định", "có"})
"""What stands where there is nothing to say, in small letters; `Có` is what is left of a box that was ticked."""

# Letters of other alphabets that look right, bullets of symbol fonts, marks that nobody sees.
_LETTERS = str.maketrans(
    {"Ð": "Đ", "\u00a0": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\x85": "\n"}
    | dict.fromkeys("\x0b\x0c", "\n")  # word processors' breaks of lines and pages
)
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SYMBOLS = re.compile("[\ue000-\uf8ff]")


def visible(written: str) -> str:
    """The text as people see it: NFC, symbols of word processors as dashes, nothing that controls or hides."""
    cleaned = _SYMBOLS.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFC", written).translate(_LETTERS)))
    # Taking out an invisible mark may bring a letter and its accent together.
    return unicodedata.normalize("NFC", cleaned)


def clean(written: str) -> str | None:
    """The text cleaned, in lines; None where it says that there is nothing."""
    lines = (" ".join(line.split()) for line in visible(written).split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return None if joined.rstrip(".").casefold() in NOTHING else joined


def one_line(written: str) -> str:
    """The text cleaned and on one line; empty where it says that there is nothing."""
    return " ".join((clean(written) or "").split())
