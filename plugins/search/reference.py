"""Search as lunr does it, in Python: for those who try a query without a browser, and for the tests.

The merged counts are loaded into lunr's own `Index`, as much of them as a query needs; lunr expands, matches and ranks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
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
from plugins.search.segments import FIELDS, Card


@dataclass(frozen=True)
class Hit:
    """A document that a query found."""

    card: Card
    score: float


@dataclass(frozen=True)
class Searcher:
    """An index to ask questions of."""

    index: Index
    speech: Speech

    def find(self, query: str, limit: int = 10) -> list[Hit]:
        """The best documents for a query, as the search page shows them."""
        ranked = self.ranked(self.understand(query).clauses)
        return [Hit(self.index.cards[number], score) for number, score in ranked[:limit]]

    def codes_and_titles(self, query: str) -> list[tuple[str, str]]:
        """The best procedures by code."""
        return [(hit.card.url.rstrip("/").rpartition("/")[2], hit.card.title) for hit in self.find(query)]

    def understand(self, query: str) -> Understood:
        return understand(query, self.index.vocabulary, self.speech)

    def ranked(self, clauses: Sequence[Clause]) -> list[tuple[int, float]]:
        """The numbers of all documents found, with their scores; the best first, equal ones as lunr leaves them."""
        terms = sorted({term for clause in clauses for term in self._terms(clause)})
        if not terms:
            return []
        query = Query(list(FIELDS))
        for clause in clauses:
            wildcard = Query.WILDCARD_TRAILING if clause.wildcard else Query.WILDCARD_NONE
            query.term(clause.term, boost=clause.weight, use_pipeline=False, wildcard=wildcard)
        return [(int(match["ref"]), match["score"]) for match in self._loaded(terms).query(query)]

    def _terms(self, clause: Clause) -> Iterable[str]:
        if not clause.wildcard:
            return [clause.term] if clause.term in self.index.places else []
        first = bisect_left(self._sorted, clause.term)
        last = bisect_left(self._sorted, clause.term + "\uffff")
        return self._sorted[first:last]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.index.terms)

    def _loaded(self, terms: Sequence[str]) -> LunrIndex:
        """lunr's index of some terms; its answers to a query that needs no others are those of the whole."""
        inverted: dict[str, Mapping[str, Any]] = {}
        vectors: dict[str, list[float]] = {}
        for position, term in enumerate(terms):
            posting: dict[str, Any] = {"_index": position}
            for field, name in enumerate(FIELDS):
                documents = self.index.postings(term, field)[0].tolist()
                posting[name] = {str(document): {} for document in documents}
                for document, weight in zip(documents, self.index.weights(term, field), strict=True):
                    vectors.setdefault(f"{name}/{document}", []).extend((position, weight))
            inverted[term] = posting
        field_vectors = {reference: Vector(elements) for reference, elements in vectors.items()}
        return LunrIndex(inverted, field_vectors, TokenSet.from_list(list(terms)), list(FIELDS), Pipeline())
