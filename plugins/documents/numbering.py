"""Numbers of an agency in a year: those that are there twice, and those that are missing between others.

NĐ 30/2020/NĐ-CP, Điều 15: numbers run from 01 on 1 January, and each is given once in its register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from plugins.documents.cards import DocumentCard
from plugins.portal.problems import Problem, Text, text

MOST_MISSING = 40
"""A register of which more are missing was never meant to be here as a whole."""

Registered = tuple[str, int, bool, str]
"""Agency, year, whether numbers have the year in them, and notation without marks: one register."""


def registers(cards: Iterable[DocumentCard]) -> dict[Registered, list[DocumentCard]]:
    """Documents by register, each in order of number."""
    registered: dict[Registered, list[DocumentCard]] = defaultdict(list)
    for card in cards:
        if (key := card.key) is not None:
            registered[card.agency_slug, card.year, key.year is not None, key.notation].append(card)
    return {
        register: sorted(of, key=lambda card: (_order(card), card.path)) for register, of in sorted(registered.items())
    }


def _order(card: DocumentCard) -> tuple[int, str]:
    key = card.key
    return (key.number, key.letter) if key is not None else (0, "")


def numbering_problems(cards: Iterable[DocumentCard]) -> Iterator[tuple[str, Problem]]:
    """What is odd in the numbers of each agency and year, with the agency's slug.

    Only registers of legal rules, whose numbers have the year, are to be published whole: gaps are told of these.
    """
    for (agency, year, has_year, _), of in registers(cards).items():
        for _, group in groupby(of, key=_order):
            first, *others = group
            for card in others:
                message = text('the number "{number}" of {year} is that of {path} too', number=card.number, year=year,
                               path=first.path)  # fmt: skip
                yield agency, _at(card, message, "keep one of them, or mend a number")
        missing = sorted(set(range(_order(of[0])[0], _order(of[-1])[0])) - {_order(card)[0] for card in of})
        if has_year and 0 < len(missing) <= MOST_MISSING:
            after = next(card for card in of if _order(card)[0] > missing[0])
            message = text(
                "of {year} there is no document of the numbers {numbers}, such as this one", year=year,
                numbers=", ".join(_ranges(missing)),
            )  # fmt: skip
            yield agency, _at(after, message, "publish them too, or mend the number")


def _at(card: DocumentCard, message: Text, hint: str) -> Problem:
    return Problem(path=card.path, line=card.lines.get("number"), field="number", message=message, hint=text(hint))


def _ranges(numbers: list[int]) -> Iterator[str]:
    """`[1, 3, 4, 5]` as `1`, `3–5`."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        several = [number for _, number in run]
        yield str(several[0]) if len(several) == 1 else f"{several[0]}–{several[-1]}"
