"""The terms that a field of a document is found by.

`ket` a folded syllable; `=kêt2` the same with its marks; `_ket_hon` a pair of folded syllables; `#1.001193` a code.
Their first letters keep a wildcard `ket*` from running into the other kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from plugins.search.syllables import codes_in, exact, folded, is_marked, prepared, syllables_in

PAIR = "_"
EXACT = "="
CODE = "#"


def pair(first: str, second: str) -> str:
    """The term of two folded syllables."""
    return f"{PAIR}{first}_{second}"


def words(text: str, *, with_marks: bool) -> tuple[list[str], list[str]]:
    """The folded syllables of a text in order, and its other terms but for the pairs of those syllables."""
    readable = prepared(text)
    spoken = syllables_in(readable)
    others = [CODE + code for code in codes_in(readable)]
    if with_marks:
        others += [EXACT + exact(syllable) for syllable in spoken if is_marked(syllable)]
    return list(map(folded, spoken)), others


def terms(texts: Iterable[str], *, with_marks: bool) -> list[str]:
    """All terms of a field's texts, as often as they occur; no pair goes over the end of a text."""
    collected: list[str] = []
    for text in texts:
        plain, others = words(text, with_marks=with_marks)
        collected += [*plain, *pairs(plain), *others]
    return collected


def pairs(plain: Sequence[str]) -> list[str]:
    return [pair(first, second) for first, second in pairwise(plain)]
