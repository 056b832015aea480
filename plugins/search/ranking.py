"""The order in which documents answer a query: lunr's weights of terms, and a layer upon them.

    score = (L + N) * ((1 + C) / 2)**2 / (1 + TITLE_PENALTY * title)

`L` is what lunr gives for what was typed, `N` what it gives for the best reading of each phrase that is known, `C` the
share of the needs that the document has, `title` the length of its title in terms. What a document is by itself is a
factor of lunr's already, `Card.weight`: who handles it, whether it founds, changes or closes, whether most need it.

`rank` of `theme/static/search/shards.js` does the same in the browser; tests hold the two together. What scores less
than a share of the best is left out, and of records of one name the best stands for all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from plugins.search.index import BOOSTS, K1, B, Index
from plugins.search.queries import Clause, Need, Understood
from plugins.search.segments import FIELDS

TITLE = FIELDS.index("title")
TITLE_PENALTY = 0.004
LONGEST_TITLE = 80
"""Terms of a title from which one that is longer still counts no less."""
CUT = 0.25
"""Of the score of the best; what has less answers something else."""
PRECISION = 1e6
"""Scores are the same from a millionth on: sums differ in their last bits between languages."""
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """A document that answers a query."""

    number: int
    score: float
    cover: float
    """The share of what is asked for that it has."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the documents of an index."""

    index: Index
    _known: dict[str, list[Scores]] = field(default_factory=dict, repr=False, compare=False)

    def ranked(self, understood: Understood, cut: float = CUT) -> list[Ranked]:
        """The documents that answer a query, the best first; those with less than `cut` of its score are left out."""
        asked = self._asked(understood.clauses)
        if not self.index.size or not (asked or understood.needs):
            return []
        scores = np.zeros(self.index.size)
        norm = math.sqrt(sum(weight * weight for weight in asked.values())) or 1.0
        by_field = [np.zeros(self.index.size) for _ in FIELDS]
        for term, weight in sorted(asked.items()):
            for sums, own in zip(by_field, self._weights(term), strict=True):
                sums += weight * own
        for sums in by_field:
            scores += sums / norm
        had, all_shares = np.zeros(self.index.size), 0.0
        for need in understood.needs:
            best, share = self._best_reading(need)
            scores += best / norm
            had += need.share * share
            all_shares += need.share
        cover = had / all_shares if all_shares else np.ones(self.index.size)
        scores *= ((1 + cover) / 2) ** 2
        scores /= 1 + TITLE_PENALTY * np.minimum(self.index.lengths[TITLE], LONGEST_TITLE)
        scores = np.floor(scores * PRECISION + 0.5) / PRECISION
        order = np.argsort(-scores, kind="stable")
        least = max(cut * scores[order[0]], 1 / PRECISION)
        return [
            Ranked(int(self.index.numbers[at]), float(scores[at]), float(cover[at]))
            for at in order
            if scores[at] >= least
        ]

    def _asked(self, clauses: Sequence[Clause]) -> dict[str, float]:
        """The terms of clauses with their weights; one that two clauses mean has both."""
        asked: dict[str, float] = {}
        for clause in clauses:
            if clause.term in self.index.places:
                asked[clause.term] = asked.get(clause.term, 0.0) + clause.weight
        return asked

    def _best_reading(self, need: Need) -> tuple[Scores, Scores]:
        """Of each document the score of the reading that scores most, and the share of that which it has most of."""
        best, most = np.zeros(self.index.size), np.zeros(self.index.size)
        for reading in need.readings:
            score, having = np.zeros(self.index.size), np.zeros(self.index.size)
            for clause in reading:
                own = sum(self._weights(clause.term))
                score += clause.weight * own
                having += own > 0
            best, most = np.maximum(best, score), np.maximum(most, having / len(reading))
        return best, most

    @cached_property
    def _standings(self) -> Scores:
        return np.array([self.index.cards[number].weight for number in self.index.numbers.tolist()])

    def _weights(self, term: str) -> list[Scores]:
        """By field, the weight of a term in each document, with the operations of lunr.js in its order."""
        if term not in self._known:
            self._known[term] = [self._weights_in(term, field) for field in range(len(FIELDS))]
        return self._known[term]

    def _weights_in(self, term: str, field: int) -> Scores:
        weights = np.zeros(self.index.size)
        if term in self.index.places:
            numbers, counts = self.index.postings(term, field)
            places = np.searchsorted(self.index.numbers, numbers)
            lengths = self.index.lengths[field][places]
            own = self.index.idf(term) * ((K1 + 1) * counts)
            own = own / (K1 * (1 - B + B * (lengths / (self.index.averages[field] or 1.0))) + counts)
            own = own * BOOSTS[field] * self._standings[places]
            weights[places] = np.floor(own * 1000 + 0.5) / 1000
        return weights
