"""Telephone numbers as people write them: with area codes in brackets, several at once, with extensions.

Lengths are those of the Vietnamese numbering plan (TT 22/2014/TT-BTTTT, area codes of 2017): a landline has eleven
digits, a mobile ten, an emergency or short service number three or four, `1800` and `1900` eight or ten. What a phone
dials is written as RFC 3966 has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from plugins.portal.unseen import plain_hyphens, without_marks

MAX_LENGTH = 200
MOST_DIGITS = 15
"""Of one number, in any country (ITU-T E.164)."""

PhoneFault = Literal["form", "area_code", "length", "quotes", "no_zero", "shortened"]
"""Why something is no telephone number."""

_LABEL = (
    r"(?:số )?(?:điện thoại|đường dây nóng|tổng đài|di động|cố định|hotline|đt|sđt|đtdđ|dđ|tel|phone|mobile|tđ)"
    r"(?: (?:bàn|cố định|di động|nóng))?\s*[.:]*"
)
_EXTENSION = re.compile(
    r"(?:[,;(]\s*)?(?:máy lẻ|số máy lẻ|máy nhánh|số nhánh|nhánh|lẻ|ext\.?|ext|x)\s*[.:]?\s*(?P<digits>\d{1,6})\)?\s*$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[;/|,]|\s-\s|\bhoặc\b|\bvà\b|&)\s*", re.IGNORECASE)
_NOTE = re.compile(r"\((?=[^()]*[^\d\s().+-])[^()]*\)")
"""Words in brackets; an area code is none."""
_FAX = re.compile(r"fax\s*[.:]*", re.IGNORECASE)
_NOTE_TAKEN_OUT = "\ue000"
_NUMBER = re.compile(r"\(?\+?\d[\d .()-]*")
_TWO_IN_A_ROW = re.compile(r"(?<=\d)-(?=\(?0\d)")


class NotAPhoneError(ValueError):
    """What was written holds no telephone number that can be dialled."""

    def __init__(self, fault: PhoneFault, part: str = "") -> None:
        super().__init__(fault)
        self.fault: PhoneFault = fault
        self.part = part
        """The part that is meant, of several numbers."""


@dataclass(frozen=True)
class PhoneNumber:
    """One number: what people read and what a phone dials, with what stands around it."""

    text: str
    dial: str
    """Behind `tel:`, such as `02933878888`, `+842933878888;ext=12` or `1022`; empty for a fax."""
    before: str = ""
    """Such as `ĐT:`."""
    after: str = ""
    """Such as `(giờ hành chính)`."""


class Phone(str):
    """One or more telephone numbers, as written, without what nobody sees."""

    @cached_property
    def numbers(self) -> tuple[PhoneNumber, ...]:
        """Each of the numbers, in order; never none."""
        return tuple(_number(part) for part in _parts(self))

    @classmethod
    def parse(cls, value: Any) -> Phone:
        """The numbers in what a file holds; refuses what nobody could dial."""
        if isinstance(value, Phone):
            return value
        if isinstance(value, float):
            raise PydanticCustomError("phone", "not of this kind", {"got": value, "fault": "quotes"})
        if isinstance(value, int) and not isinstance(value, bool):  # 1022, 113: no digit of it can have been lost
            value = str(value)
        if not isinstance(value, str):
            raise PydanticCustomError("phone", "not of this kind", {"got": value, "fault": "form"})
        phone = cls(without_marks(value))
        try:
            numbers = phone.numbers if len(phone) <= MAX_LENGTH else ()
        except NotAPhoneError as error:
            about = {"got": value, "fault": error.fault, "part": error.part}
            raise PydanticCustomError("phone", "not of this kind", about) from error
        if not numbers:
            raise PydanticCustomError("phone", "not of this kind", {"got": value, "fault": "form"})
        return phone

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string"}


def _parts(written: str) -> list[str]:
    """What stands between separators. An extension stays with its number, though a comma may stand before it."""
    parts: list[str] = []
    plain = plain_hyphens(written).replace(_NOTE_TAKEN_OUT, "")
    notes = iter(_NOTE.findall(plain))
    for without_notes in _SEPARATOR.split(_NOTE.sub(_NOTE_TAKEN_OUT, plain)):
        part = re.sub(_NOTE_TAKEN_OUT, lambda _: next(notes), without_notes)
        if parts and part and _EXTENSION.fullmatch(part):
            parts[-1] += f", {part}"
        elif sum(map(str.isdigit, part)) > MOST_DIGITS:  # 0293 3878 888-0293 3878 889
            parts += [piece.strip() for piece in _TWO_IN_A_ROW.split(part)]
        elif part.strip():
            parts.append(part.strip())
    return parts


def _number(part: str) -> PhoneNumber:
    fax = _FAX.match(part)
    label = fax or re.match(_LABEL, part, re.IGNORECASE)
    before = part[: label.end()].strip() if label else ""
    rest = part[label.end() :].strip() if label else part
    notes = [note for note in _NOTE.findall(rest) if not _EXTENSION.fullmatch(note)]
    for note in notes:
        rest = rest.replace(note, "").strip()
    extension = _EXTENSION.search(rest)
    number = rest[: extension.start()].strip() if extension else rest
    if _NUMBER.fullmatch(number) is None:
        raise NotAPhoneError("form", part)
    inner = rest[extension.start() :].strip(" ,;") if extension else ""
    after = " ".join(filter(None, [inner, *notes]))
    dial = _dialled(number)
    if extension:
        dial = f"{dial};ext={extension['digits']}"
    return PhoneNumber(number, "" if fax else dial, before, after)


def _dialled(number: str) -> str:
    """What a phone dials for a number; refuses what no exchange would take."""
    digits = re.sub(r"\D", "", re.sub(r"(?<=\d)\s*\(0\)", "", number))
    international = number.lstrip("(").startswith("+")
    for pattern, lengths, prefix, cut in _PLAN:
        if re.match(pattern, f"+{digits}" if international else digits):
            if len(digits) - cut not in lengths:
                raise NotAPhoneError("length", number)
            return prefix + digits[cut:]
    if len(digits) in (7, 8):
        raise NotAPhoneError("area_code", number)
    raise NotAPhoneError("shortened" if len(digits) < 7 else "no_zero" if len(digits) <= 12 else "length", number)


_PLAN: tuple[tuple[str, Collection[int], str, int], ...] = (
    (r"\+?84", (11, 12), "+", 0),
    (r"\+", range(8, MOST_DIGITS + 1), "+", 0),
    ("0084", (11, 12), "+", 2),
    ("00", range(8, MOST_DIGITS + 1), "+", 2),
    ("0", (10, 11), "", 0),
    ("1[89]00", (8, 9, 10), "", 0),
    (r"1\d{2,3}$", (3, 4), "", 0),
)
"""How a number begins, how many digits it has then, and what a phone dials: a prefix, and the digits behind the cut."""
