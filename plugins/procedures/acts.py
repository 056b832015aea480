"""What a procedure does, by the first words of its name: most people begin something, fewer change or end it."""

from __future__ import annotations

import re
from unicodedata import normalize

from plugins.portal.identifiers import slugify

_AROUND = ("thu tuc", "de nghi", "thong bao", "dang ky")
"""What may stand before the act."""
_CHANGING = (
    "cap lai", "cap doi", "doi", "dieu chinh", "sua doi", "thay doi", "gia han", "bo sung", "chuyen doi", "lai",
    "hieu dinh", "cap nhat", "khoi phuc", "dinh chinh", "tiep tuc", "hop nhat", "sap nhap", "tam ngung",
    "trinh bao", "mo khoa", "khoa", "chuyen hinh thuc", "chuyen du lieu", "xu ly",
)  # fmt: skip
_ENDING = (
    "cham dut", "thu hoi", "xoa", "huy", "tra lai", "giai the", "thoi", "rut", "mien nhiem", "dinh chi", "dung",
    "bao cao", "cong bo", "phe duyet", "tham dinh", "kiem tra",
)  # fmt: skip
"""Those that end something, and those that agencies do for each other."""
_AGAIN = re.compile(r"\w+ \w+ lại\b")
"""`chứng nhận lại`, `công bố lại`: what was done once. Not `lái`: that is why the marks are looked at."""
_SAYING_SO = re.compile(r"^thủ tục\s*:?\s+(?=\w)", re.IGNORECASE)
CHANGING_WEIGHT, ENDING_WEIGHT = 0.92, 0.85


def without_saying_so(name: str) -> str:
    """A name without `Thủ tục` before it: a quarter of the national database's have it, and it tells none apart."""
    return _SAYING_SO.sub("", normalize("NFC", name))


def act_weight(name: str) -> float:
    """What a procedure counts by what it does: 1 where it begins something."""
    words = slugify(name).replace("-", " ")
    while around := next((known for known in _AROUND if _begins(words, known)), None):
        words = words[len(around) :].strip()
    if any(_begins(words, known) for known in _ENDING):
        return ENDING_WEIGHT
    is_again = _AGAIN.match(normalize("NFC", name).lower()) is not None
    return CHANGING_WEIGHT if is_again or any(_begins(words, known) for known in _CHANGING) else 1.0


def _begins(words: str, known: str) -> bool:
    return f"{words} ".startswith(f"{known} ")
