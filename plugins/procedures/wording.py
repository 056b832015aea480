"""What is to be paid and how long it takes, in a few words: the same on a page, in its summary and in its history."""

from __future__ import annotations

import re

from plugins.portal.identifiers import fold
from plugins.portal.procedure import Fee, TimeLimit
from plugins.portal.values import dong, number
from plugins.portal.vocabulary import FEE_KINDS, TIME_UNITS, Term

ANY_FEE = Term("Phí, lệ phí", "Charge or fee")
"""What is to be paid where nobody says which of the two it is: Luật Phí và lệ phí 97/2015/QH13 tells them apart."""
FREE = Term("Miễn phí", "Free of charge")
ON_DAY = Term("ngày {day}", "of {day}")
"""When a document was issued."""
_SINGULAR = {"working_day": "working day", "day": "day", "hour": "hour", "month": "month"}
"""Units in the singular, which Vietnamese does not have."""

_NAMES_ITSELF = re.compile(
    r"(?:mức (?:thu )?)?(?:lệ phí|phí|thuế|tiền|giá)\b|miễn\b|không (?:thu|mất|tốn|phải (?:nộp|trả|đóng))\b",
    re.IGNORECASE,
)
_FILLER = frozenset(
    [
        "khong",
        "qua",
        "toi",
        "da",
        "trong",
        "vong",
        "thoi",
        "han",
        "gian",
        "giai",
        "quyet",
        "la",
        "duoc",
        "ke",
        "tinh",
        "tu",
        "khi",
        "ngay",
        "gio",
        "thang",
        "lam",
        "viec",
        "nhan",
        "du",
        "ho",
        "so",
        "hop",
        "le",
    ]  # syllables are read as one line
)
"""Syllables, folded, of what is said of every time limit: `không quá ... kể từ ngày nhận đủ hồ sơ hợp lệ`."""
_SYLLABLE = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_CITATION = re.compile(
    r"\b(?:theo )?(?:quy dinh(?: tai| cua)? )?"
    r"(?:luat|nghi dinh|nghi quyet|phap lenh|quyet dinh|thong tu(?: lien tich)?) (?:so )?[0-9][\w/.-]*|"
    r"\b(?:theo )?quy dinh(?: cua phap luat)?\b"
)
"""What only says where it is written, folded: `Theo Nghị định 155/2018/NĐ-CP`."""


def names_itself(fee: Fee) -> bool:
    """Whether its note begins with what is paid: `Lệ phí trước bạ: 0,5%`, `Thuế thu nhập cá nhân: 2%`."""
    return _NAMES_ITSELF.match(fee.note or "") is not None


def fee_kind(fee: Fee) -> Term:
    """What it is called. A note that names it is right: an editor's `kind` does not make a tax a fee."""
    return ANY_FEE if fee.kind is None or names_itself(fee) else FEE_KINDS[fee.kind]


def fee_words(fee: Fee, language: str = "vi") -> str:
    """`Lệ phí: 50.000 đồng / bản sao`; where there is no amount, its note, with no second name before its own."""
    if fee.amount == 0:
        free = FREE.say(language)
        return f"{free} ({fee.per})" if fee.per else free
    amount = (fee.note or "") if fee.amount is None else _amount(fee, language)
    return amount if names_itself(fee) else f"{fee_kind(fee).say(language)}: {amount}"


def _amount(fee: Fee, language: str) -> str:
    amount = dong(fee.amount or 0, language)
    return f"{amount} / {fee.per}" if fee.per else amount


def limit_words(limit: TimeLimit, language: str = "vi") -> str:
    """`5 ngày làm việc`, or the note where there is no number."""
    if limit.amount is None or limit.unit is None:
        return limit.note or ""
    return f"{number(limit.amount, language)} {unit_words(limit.amount, limit.unit, language)}"


def unit_words(amount: float, unit: str, language: str) -> str:
    """What stands behind the number of a time limit."""
    return _SINGULAR[unit] if language == "en" and amount == 1 else TIME_UNITS[unit].say(language)


def says_when(answer: TimeLimit | Fee) -> bool:
    """Whether its note tells in which case the number holds: `Không quá 10 ngày` beside `10 ngày` does not."""
    if answer.amount is None or not answer.note:
        return False
    syllables = _SYLLABLE.findall(_CITATION.sub(" ", fold(answer.note)))
    known = {*_FILLER, f"{answer.amount:g}", f"{answer.amount:02.0f}", number(answer.amount)}
    return any(word not in known for word in syllables)
