"""What may not be for everybody: secret and internal documents, and people's own numbers.

Sources: Luật Bảo vệ bí mật nhà nước (the three degrees), NĐ 13/2023/NĐ-CP (personal data). A sign is enough: a person
looks at it before it is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plugins.documents.numbers import DocumentNumber
from plugins.portal.identifiers import fold
from plugins.portal.problems import Text, text

_SECRET = re.compile(r"\b(?:tuyệt mật|tối mật|mật)\b", re.IGNORECASE)
_SECRET_STAMPS = {"mat", "toi mat", "tuyet mat"}
_SECRET_PARTS = {"m", "tm", "mat"}
_INTERNAL = re.compile(
    r"(?:lưu hành |sử dụng |tài liệu |văn bản )nội bộ\b|\bkhông phổ biến\b|\btài liệu thu hồi\b|\bkhông sao chụp\b",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    r"(?:căn cước(?: công dân)?|chứng minh(?: nhân dân)?|định danh(?: cá nhân)?|\bCCCD|\bCMND|\bCMTND|\bCMT|hộ chiếu"
    r"|số tài khoản|\bSTK)[^\d\n]{0,40}\d[\d .]{7,17}\d",
    re.IGNORECASE,
)


def perhaps_secret(subject: str, number: DocumentNumber | None) -> Iterator[Text]:
    """By what a document is called."""
    if _SECRET.search(subject) or (number is not None and any(part in _SECRET_PARTS for part in number.parts)):
        yield text("it may be secret")


def perhaps_not_public(head: Iterable[str], words: str) -> Iterator[Text]:
    """By the lines of its head, where a degree of secrecy is stamped, and by its text."""
    lines = list(head)
    stamps = {" ".join(re.sub(r"[^a-z ]", " ", fold(line)).split()) for line in lines}
    if stamps & _SECRET_STAMPS or any(fold(line).startswith("do mat") for line in lines):
        yield text("it may be secret")
    if (internal := _INTERNAL.search("\n".join([*lines, words]))) is not None:
        yield text('it may be internal: "{words}"', words=internal[0])
    if _OF_A_PERSON.search(words):
        yield text("it may have a number that is a person's own (identity card, passport, account)")
