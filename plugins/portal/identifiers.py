"""Names that become addresses: slugs, and the codes of procedures and agencies.

Sources: procedure codes, the national database (`1.001193`; the records of 2026 begin with 1, 2, 3, 5 or 6, and a local
copy appends the agency, `1.001193.000.00.00.H30`); agency codes, QCVN 102:2016/BTTTT (`000.00.00.H30`) and
QĐ 20/2020/QĐ-TTg (`H30.1`).
"""

from __future__ import annotations

import re
import unicodedata

from plugins.portal.characters import plain_letters

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_MAX_LENGTH = 120
NATIONAL_CODE = re.compile(r"[1-6]\.[0-9]{6}")
LOCAL_CODE = re.compile(r"[1-6]\.[0-9]{6}\.000\.00\.00\.H[0-9]{2}")
AGENCY_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.H[0-9]{2}|H[0-9]{2}(?:\.[0-9]{1,3}){0,3}")

# Folding by decomposition leaves these as they are: they carry no combining mark.
_UNMARKED = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})


def fold(value: str) -> str:
    """The text without Vietnamese diacritics, in lower case: `Đăng ký` becomes `dang ky`."""
    decomposed = unicodedata.normalize("NFD", plain_letters(value).translate(_UNMARKED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def slugify(value: str) -> str:
    """The address made of a name: ASCII words joined by single hyphens; empty if nothing of the name is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(value)).strip("-")


def is_slug(value: str) -> bool:
    """Whether `value` may stand in an address as it is."""
    return len(value) <= SLUG_MAX_LENGTH and SLUG.fullmatch(value) is not None


def is_national_code(value: str) -> bool:
    """Whether `value` is a procedure's national code."""
    return NATIONAL_CODE.fullmatch(value) is not None
