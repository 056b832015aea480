"""Search as editors try it: which procedures a query finds, ranked by lunr over folded text.

`lunr` (Python) is the reference that the browser's search is held to; here it ranks by itself, without a browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lunr.builder import Builder
from lunr.query import QueryPresence

from plugins.portal.identifiers import fold
from plugins.portal.manifest import ProcedureCard

FIELDS = {"name": 4, "keywords": 2, "field": 1, "code": 4}
"""What of a procedure is searched, and how much it weighs."""

_WORD = re.compile(r"[\w.]+")


@dataclass(frozen=True)
class Hit:
    """A procedure that a query found."""

    card: ProcedureCard
    score: float


def words(text: str) -> list[str]:
    """The folded words of a text; a code stays one word."""
    return [word for match in _WORD.findall(fold(text)) if (word := match.strip("._"))]


def find(cards: Sequence[ProcedureCard], query: str, limit: int = 10) -> list[Hit]:
    """The best procedures for a query, typed with or without diacritics; every word counts, none is required."""
    wanted = words(query)
    if not wanted or not cards:
        return []
    builder = Builder()  # without the English pipeline: it would stem and drop Vietnamese syllables
    builder.ref("code")
    for name, boost in FIELDS.items():
        builder.field(name, boost=boost)
    by_code = {card.code: card for card in cards}
    for code, card in sorted(by_code.items()):
        texts = {"name": card.name, "keywords": " ".join(card.keywords), "field": card.field_name, "code": code}
        builder.add({"code": code} | {name: " ".join(words(text)) for name, text in texts.items()})
    index = builder.build()
    asked = index.create_query()
    for word in dict.fromkeys(wanted):
        asked.term(word, presence=QueryPresence.OPTIONAL, use_pipeline=False)
    found = sorted(index.query(asked), key=lambda hit: (-hit["score"], hit["ref"]))
    return [Hit(by_code[hit["ref"]], hit["score"]) for hit in found[:limit]]
