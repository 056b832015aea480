"""Search in Python: for those who try a query without a browser, and for the tests.

`Searcher` finds what browsers find, by `ranking`. `lunr_scores` asks lunr itself: the merged counts are loaded into its
own `Index`, as much of them as a query needs; it expands, matches and scores, and tests hold the ranking to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lunr.index import Index as LunrIndex
from lunr.pipeline import Pipeline
from lunr.query import Query
from lunr.token_set import TokenSet
from lunr.vector import Vector

from plugins.search.index import Index
from plugins.search.queries import Clause, Speech, Understood, understand
from plugins.search.ranking import Ranked, Ranking
from plugins.search.same_names import name_of, same_names
from plugins.search.segments import FIELDS, Card


@dataclass(frozen=True)
class Hit:
    """A document that a query found."""

    number: int
    card: Card
    score: float
    cover: float
    """The share of what is asked for that it has."""
    alike: tuple[Card, ...] = ()
    """Others of its name, that the query found too."""


@dataclass(frozen=True)
class Searcher:
    """An index to ask questions of."""

    index: Index
    speech: Speech

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """The best documents for a query, as the search page shows them: of those of one name the best for all."""
        hits: dict[int, list[Ranked]] = {}
        for ranked in self._ranking.ranked(self.understand(query)):
            hits.setdefault(self._groups.get(ranked.number, ranked.number), []).append(ranked)
        cards = self.index.cards
        return [
            Hit(best.number, cards[best.number], best.score, best.cover, tuple(cards[other.number] for other in others))
            for best, *others in list(hits.values())[:limit]
        ]

    def codes_and_titles(self, query: str) -> list[tuple[str, str]]:
        """The best procedures by code."""
        return [(hit.card.url.rstrip("/").rpartition("/")[2], hit.card.title) for hit in self.find(query)]

    def understand(self, query: str) -> Understood:
        return understand(query, self.index.vocabulary, self.speech)

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self.index)

    @cached_property
    def _groups(self) -> Mapping[int, int]:
        """Of each document that shares its name, the first of that name."""
        names = ((number, name_of(card.title)) for number, card in self.index.cards.items())
        return {number: group[0] for group in same_names(names) for number in group}


def lunr_scores(index: Index, clauses: Sequence[Clause]) -> dict[int, float]:
    """The scores that lunr gives documents for clauses, by number."""
    terms = sorted({clause.term for clause in clauses} & index.places.keys())
    if not terms:
        return {}
    query = Query(list(FIELDS))
    for clause in clauses:
        query.term(clause.term, boost=clause.weight, use_pipeline=False)
    return {int(match["ref"]): match["score"] for match in _loaded(index, terms).query(query)}


def _loaded(index: Index, terms: Sequence[str]) -> LunrIndex:
    """lunr's index of some terms; its answers to a query that needs no others are those of the whole."""
    inverted: dict[str, Mapping[str, Any]] = {}
    vectors: dict[str, list[float]] = {}
    for position, term in enumerate(terms):
        posting: dict[str, Any] = {"_index": position}
        for field, name in enumerate(FIELDS):
            documents = index.postings(term, field)[0].tolist()
            posting[name] = {str(document): {} for document in documents}
            for document, weight in zip(documents, index.weights(term, field), strict=True):
                vectors.setdefault(f"{name}/{document}", []).extend((position, weight))
        inverted[term] = posting
    field_vectors = {reference: Vector(elements) for reference, elements in vectors.items()}
    return LunrIndex(inverted, field_vectors, TokenSet.from_list(list(terms)), list(FIELDS), Pipeline())
