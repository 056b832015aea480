"""Codes as sources write them: whole, with an agency's ending, or as a number that has lost its zeros."""

from __future__ import annotations

import re

from plugins.importing.national.cleaning import one_line
from plugins.importing.national.draft import Doubts
from plugins.portal.identifiers import LOCAL_CODE, is_national_code

CODE = re.compile(r"(?<![\d.])[1-6]\.\d{6}(?![\d.])")
"""A national code within a text."""
_NUMBER = re.compile(r"([1-6])[.,](\d{1,6})")


def read_code(written: str, doubts: Doubts) -> tuple[str, tuple[str, ...]] | None:
    """The national code and the local codes that were written; None where it is no code.

    A sheet's cell or a bare number in JSON holds `2.000200` as the number 2.0002: the zeros are put back, and said.
    """
    code = "".join(one_line(written).split())
    if is_national_code(code):
        return code, ()
    if LOCAL_CODE.fullmatch(code):
        return code[:8], (code,)
    number = _NUMBER.fullmatch(code)
    if number is None:
        return None
    whole = f"{number[1]}.{number[2]:0<6}"
    doubts.add("code", "code_from_number", got=code, code=whole)
    return whole, ()


def _glued(code: str) -> re.Pattern[str]:
    label = r"(?:mã\s*(?:số|tthc|thủ tục)?\s*:?\s*)?"
    return re.compile(rf"\s*[\[(]?\s*{label}(?<![\d.]){re.escape(code)}(?![\d.])\s*[\])]?\s*", re.IGNORECASE)


def without_code(name: str, code: str, doubts: Doubts) -> str:
    """The name without its own code that was glued in; a doubt where the code is another's."""
    for other_code in CODE.findall(name):
        if other_code != code:
            doubts.add("name", "code_of_another", code=other_code)
    parted = " ".join(_glued(code).sub(" ", name).split()).strip(" -–:")
    if parted and _glued(code).search(name):
        doubts.add("name", "code_in_name", got=name)
        return parted
    return name
