"""What nobody sees in what people paste: invisible marks and odd blanks."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def without_marks(written: str) -> str:
    """On one line, in NFC, without zero-width and direction marks; every blank is a plain one."""
    return " ".join(unicodedata.normalize("NFC", _MARKS.sub("", written)).split())


def plain_hyphens(written: str) -> str:
    """With every kind of hyphen and dash as `-`."""
    return _HYPHENS.sub("-", written)
