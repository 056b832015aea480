"""What a text is made of for search: syllables with and without their marks, and the codes in it.

`theme/static/search/syllables.js` does the same in the browser; `tests/search/syllables.json` holds the two together.
A syllable is written in NFD here, lower case, of a-z, đ, digits and the marks of Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plugins.portal.characters import plain_letters

_COMBINING = "\u0300-\u036f"
_SYLLABLE = re.compile(rf"[0-9a-zđ{_COMBINING}]+")
# A word of 20,000 letters is looked at once, not from each of its letters on.
_COMPOUND = re.compile(rf"(?<![0-9a-zđ{_COMBINING}])[0-9a-zđ{_COMBINING}]+(?:[./-][0-9a-zđ{_COMBINING}]+)+")
_ENDING = re.compile(rf"[0-9a-zđ{_COMBINING}]\Z")
_MARKS = re.compile(f"[{_COMBINING}]")
_CODE = re.compile(r"[0-9]\.[0-9]{6}(?:\.|$)|(?=.*[0-9]).*[a-z]")
_LOCAL_CODE = re.compile(r"^([0-9]\.[0-9]{6})\.")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HYPHENS = re.compile("[\u2010\u2011]")
# Ký and kí, lý and lí are one word in two spellings.
_FINAL_Y = re.compile(r"^(h|k|l|m|s|t|qu)y$")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SPOKEN_ALIKE = {"3", "4"}
_SHAPES = {"a\u0302": "â", "a\u0306": "ă", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư"}
_SHAPED = re.compile("|".join(_SHAPES))
CACHED = 50_000
"""Syllables remembered with their keys; Vietnamese has 7,000, names and figures make the rest."""


def prepared(text: str) -> str:
    """The text in NFD and lower case, as far as search tells letters apart."""
    seen = _HYPHENS.sub("-", plain_letters(_INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFD", seen).lower().replace("ð", "đ")  # as old fonts have it


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, with their marks."""
    return syllables_in(prepared(text))


def syllables_in(prepared_text: str) -> list[str]:
    return [syllable for syllable in _SYLLABLE.findall(prepared_text) if folded(syllable)]


def codes(text: str) -> list[str]:
    """Codes of procedures and numbers of documents, folded: `1.001193`, `12/2019/qd-ubnd`; no dates, no amounts.

    A local code is the national one too.
    """
    return codes_in(prepared(text))


def codes_in(prepared_text: str) -> list[str]:
    codes = (_MARKS.sub("", compound).replace("đ", "d") for compound in _COMPOUND.findall(prepared_text))
    return [part for code in codes if _CODE.match(code) for part in (*_LOCAL_CODE.findall(code), code)]


@lru_cache(CACHED)
def folded(syllable: str) -> str:
    """The syllable as people type it without marks: `ky` and `ki` are one."""
    return _FINAL_Y.sub(r"\1i", _MARKS.sub("", syllable).replace("đ", "d"))


@lru_cache(CACHED)
def exact(syllable: str) -> str:
    """The syllable with its marks, wherever the tone is written: `hòa` and `hoà` are both `hoa1`."""
    return "".join(_letters_and_tone(syllable))


def joined(text: str) -> str:
    """Its syllables without marks, joined as slugs are: `ho-tich`."""
    return "-".join(_MARKS.sub("", syllable).replace("đ", "d") for syllable in syllables(text))


def ends_in_syllable(text: str) -> bool:
    """Whether somebody may still be typing the last syllable."""
    return _ENDING.search(prepared(text)) is not None


def is_marked(syllable: str) -> bool:
    return exact(syllable) != folded(syllable)


@lru_cache(CACHED)
def may_mean(typed: str, meant: str) -> bool:
    """Whether somebody who typed the first may mean the second: marks may be missing, but none may be another.

    But for hỏi and ngã, which the south speaks alike.
    """
    if folded(typed) != folded(meant):
        return False
    letters, tone = _letters_and_tone(typed)
    meant_letters, meant_tone = _letters_and_tone(meant)
    each = zip(letters, meant_letters, folded(meant), strict=True)
    return (tone in ("", meant_tone) or {tone, meant_tone} == _SPOKEN_ALIKE) and all(
        letter in (shaped, plain) for letter, shaped, plain in each
    )


def _letters_and_tone(syllable: str) -> tuple[str, str]:
    tone = next((_TONES[letter] for letter in syllable if letter in _TONES), "")
    shaped = _SHAPED.sub(lambda match: _SHAPES[match.group()], "".join(c for c in syllable if c not in _TONES))
    return _FINAL_Y.sub(r"\1i", _MARKS.sub("", shaped)), tone
