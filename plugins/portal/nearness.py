"""Which known name an unknown one was most likely meant to be: by edit distance, without regard to marks and case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plugins.portal.addresses import last_part
from plugins.portal.identifiers import fold

SHARE = 0.34
"""Of a name's letters, how many may be wrong for another to be near."""
LEAST_COMMON = 4
"""Letters of a name that is the beginning of another, for that to be near."""
CODE_DIGITS = 1
"""Of a code, how many may be wrong: all codes have most of their digits in common."""
_CODE = re.compile(r"\d+(?:\.\w+)+")
"""A code such as `1.004616`, or `1.004616.000.00.00.H30`."""


def distance(left: str, right: str, limit: int) -> int:
    """How many letters are missing, too many, wrong or exchanged with their neighbour; above `limit`, `limit` + 1.

    The optimal string alignment of Damerau and Levenshtein.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, if any is near."""
    return next(iter(near_names(name, known, 1)), None)


def near_names(name: str, known: Iterable[str], number: int) -> list[str]:
    """The nearest known names, all equally near, in order; empty where none is near."""
    wanted = fold(name)
    scores: dict[int, list[str]] = {}
    for candidate in sorted(set(known)):
        score = _score(wanted, fold(candidate))
        if score is not None:
            scores.setdefault(score, []).append(candidate)
    return scores[min(scores)][:number] if scores else []


def _score(wanted: str, candidate: str) -> int | None:
    """How far two folded names are apart; None where neither can be meant by the other."""
    if "." in last_part(wanted) and last_part(wanted) == last_part(candidate):
        return 0  # the same file, or procedure, in another folder
    left, right = _differing(wanted, candidate)
    if _CODE.fullmatch(last_part(left)):
        edits = distance(left, right, CODE_DIGITS)
        return edits if edits <= CODE_DIGITS and _CODE.fullmatch(last_part(right)) else None
    limit = round(SHARE * max(len(left), len(right)))
    edits = distance(left, right, limit)
    if edits <= limit:
        return edits
    shorter, longer = sorted((left, right), key=len)
    return limit + 1 if len(shorter) >= LEAST_COMMON and longer.startswith(shorter) else None


def _differing(left: str, right: str) -> tuple[str, str]:
    """Two names without the folders that both lie in and the suffix that both have: `media/a.png` and `media/b.png`."""
    first, second = left.rstrip("/").split("/"), right.rstrip("/").split("/")
    shared = 0
    while shared < min(len(first), len(second)) - 1 and first[shared] == second[shared]:
        shared += 1
    left, right = "/".join(first[shared:]), "/".join(second[shared:])
    stem, dot, suffix = left.rpartition(".")
    if dot and suffix.isalnum() and not suffix.isdigit() and right.endswith(f".{suffix}"):
        return stem, right[: -len(suffix) - 1]
    return left, right
