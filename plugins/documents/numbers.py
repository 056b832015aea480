"""The number of a document (số ký hiệu), as people write it and as it is.

A number restarts every year and is an agency's own, so a document is known by agency, year and number. Sources:
NĐ 30/2020/NĐ-CP (form, numbers 1 to 9 written 01 to 09), NĐ 34/2016/NĐ-CP (the year in numbers of legal rules); in the
wild stand blanks, missing hyphens and marks, and the kind before the number: `42/2022/NĐCP`, `QĐ2338-BTP`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from plugins.portal.identifiers import fold, slugify

_FRONT = re.compile(
    r"(?P<number>\d{1,5})(?P<letter>[A-Za-z]?)(?:/(?P<year>\d{4}))?/(?P<notation>[^\W\d_][\w&./-]{0,60})"
)
_KIND_FIRST = re.compile(
    r"(?P<kind>[^\W\d_]{1,6})[/-]?(?P<number>\d{1,5})(?P<letter>[A-Za-z]?)(?:/(?P<year>\d{4}))?[/-]"
    r"(?P<notation>[^\W\d_][\w&./-]{0,60})"
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_CENTRAL = re.compile(
    r"(?:nd|nq|qd|tt|ct|cd)?(?:qh\d*|ubtvqh\d*|ctn|cp|ttg|vpcp|ttcp|nhnn|ubdt|tandtc|vksndtc|ktnn|tld|bca|bct|bgddt"
    r"|bgtvt|bkhdt|bkhcn|bldtbxh|bnv|bng|bnnptnt|bnnmt|bqp|btc|btnmt|btttt|btp|bvhttdl|bxd|byt|bdttg)"
)
"""Bodies of the state above the province, as notations end with them."""


@dataclass(frozen=True, order=True)
class NumberKey:
    """What two ways to write one number have in common."""

    number: int
    letter: str
    year: int | None
    notation: str
    """Letters and digits without marks: `qdubnd`."""

    @property
    def without_year(self) -> NumberKey:
        return NumberKey(self.number, self.letter, None, self.notation)


@dataclass(frozen=True)
class DocumentNumber:
    """A number that could be read."""

    number: int
    letter: str
    """Of a number that was put between two: `12a`; empty where there is none."""
    year: int | None
    """None where the number has none: it is known from the day of issue."""
    notation: str
    """`QĐ-UBND`, as it was written."""

    @property
    def key(self) -> NumberKey:
        return NumberKey(self.number, self.letter.lower(), self.year, re.sub(r"[^a-z0-9]", "", fold(self.notation)))

    @property
    def canonical(self) -> str:
        """As it is to be written: `05/2019/QĐ-UBND`."""
        year = f"/{self.year}" if self.year is not None else ""
        return f"{self.number:02d}{self.letter}{year}/{self.notation}"

    @property
    def slug(self) -> str:
        """What stands for it in an address: `5-2019-qd-ubnd`."""
        return slugify(f"{self.number}{self.letter} {self.year or ''} {self.notation}")

    @property
    def parts(self) -> tuple[str, ...]:
        """Of the notation, without marks: `("qd", "ubnd")`."""
        return tuple(part for part in slugify(self.notation).split("-") if part)

    @property
    def is_central(self) -> bool:
        """Whether a body of the state above the province gave it, as far as its notation tells."""
        return any(_CENTRAL.fullmatch(part) for part in self.parts[1:]) or _CENTRAL.fullmatch(self.parts[0]) is not None


def read_number(written: str) -> DocumentNumber | None:
    """The number that was meant; None where nobody can tell."""
    plain = unicodedata.normalize("NFC", _DASHES.sub("-", written))
    plain = re.sub(r"\s+", "", re.sub(r"^\s*[Ss]ố\s*:?\s*", "", plain))
    front = _FRONT.fullmatch(plain)
    if front is not None:
        return DocumentNumber(
            int(front["number"]), front["letter"], int(front["year"]) if front["year"] else None, front["notation"]
        )
    kind_first = _KIND_FIRST.fullmatch(plain)
    if kind_first is None:
        return None
    year = int(kind_first["year"]) if kind_first["year"] else None
    return DocumentNumber(
        int(kind_first["number"]), kind_first["letter"], year, f"{kind_first['kind']}-{kind_first['notation']}"
    )
