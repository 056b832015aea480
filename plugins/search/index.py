"""An index put together from the segments of sites, with the weights that lunr gives.

Counts are merged, never weights. What stands in bodies is thinned out first: pairs of syllables that mean nothing
together, and in an index of news the syllables that nearly every text has.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from plugins.search.segments import FIELDS, Card, Integers, Segment
from plugins.search.syllables import CACHED, folded
from plugins.search.terms import CODE, EXACT, PAIR

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
BOOSTS = (4.0, 2.0, 1.0)
"""Of title, keywords and body."""
K1, B = 1.2, 0.75
"""How BM25 lets frequency and length count: lunr's own."""
BODY = FIELDS.index("body")
PAIR_MIN = 8
"""Times that a pair must stand in bodies, where no title has it."""
PAIR_COHESION = 0.2
"""Normalised pointwise mutual information (Bouma 2009) from which a pair is more than two words side by side."""
COMMON_FROM = 300
"""Documents that a syllable stands in at the least before it is left out: what is small needs no thinning."""
BLOCK = 32
"""Sites' documents are numbered from multiples of it: one more article moves the numbers of no other site, mostly."""
VOCABULARY_CLASSES = 9


@dataclass(frozen=True)
class Block:
    """The documents of one site."""

    slug: str
    first: int
    """The number of its first document."""
    cards: tuple[Card, ...]


def key_of(term: str) -> str:
    """What a term is sorted by: one with marks stands beside the same without them."""
    kind = term[0]
    if kind == EXACT:
        return _without_marks(term)
    return term[1:] if kind in (PAIR, CODE) else term


@lru_cache(CACHED)
def _without_marks(term: str) -> str:
    letters = unicodedata.normalize("NFD", term[1:])
    return folded(letters[:-1] if letters[-1] in "12345" else letters)


@dataclass(frozen=True)
class Index:
    """All terms of some sites' documents."""

    blocks: tuple[Block, ...]
    terms: tuple[str, ...]
    """Pairs after all others; each kind in order of its keys."""
    starts: Integers
    """Where the postings of each term and field begin, `term * len(FIELDS) + field`; and where the last ones end."""
    documents: Integers
    """Of each posting, its document's number."""
    counts: Integers
    lengths: Integers
    """By field and place of the document: how many terms the field has."""

    @classmethod
    def of(cls, segments: Sequence[tuple[str, Segment]], *, common: float = 1.0) -> Index:
        """The index of these sites, in order of slug.

        Bodies are left without the syllables that more than a share of `common` of them have: they tell nothing.
        """
        ordered = sorted(segments, key=lambda entry: entry[0])
        blocks = _blocks(ordered)
        names = sorted({term for _, segment in ordered for term in segment.terms}, key=_order)
        ranks = {term: rank for rank, term in enumerate(names)}
        rows = [_rows(segment, ranks) for _, segment in ordered]
        row = np.concatenate([np.zeros(0, np.int32), *rows])
        places = [segment.documents + base for (_, segment), base in zip(ordered, _bases(ordered), strict=True)]
        place = np.concatenate([np.zeros(0, np.int32), *places])
        counts = np.concatenate([np.zeros(0, np.int32), *(segment.counts for _, segment in ordered)])
        size = sum(len(block.cards) for block in blocks)
        kept = _kept(names, row, counts, size, common)[row]
        row, place, counts = row[kept], place[kept], counts[kept]
        order = np.argsort(row, kind="stable")
        row, place, counts = row[order], place[order], counts[order]
        weights = counts.astype(np.float64)
        lengths = np.stack(
            [np.bincount(place[of], weights[of], minlength=size) for of in (row % len(FIELDS) == f for f in range(3))]
        ).astype(np.int32)
        numbers = _numbers(blocks)
        return cls._without_empty(blocks, names, row, numbers[place], counts, lengths)

    @classmethod
    def _without_empty(
        cls,
        blocks: tuple[Block, ...],
        names: list[str],
        row: Integers,
        numbers: Integers,
        counts: Integers,
        lengths: Integers,
    ) -> Index:
        """The index without the terms of which nothing was kept."""
        sizes = np.bincount(row, minlength=len(names) * len(FIELDS)).reshape(-1, len(FIELDS))
        used = sizes.sum(axis=1) > 0
        starts = np.zeros(int(used.sum()) * len(FIELDS) + 1, np.int32)
        np.cumsum(sizes[used].ravel(), out=starts[1:])
        terms = tuple(name for name, is_used in zip(names, used.tolist(), strict=True) if is_used)
        return cls(blocks, terms, starts, numbers, counts, lengths)

    @cached_property
    def numbers(self) -> Integers:
        """The number of each document, in order of place."""
        return _numbers(self.blocks)

    @cached_property
    def size(self) -> int:
        """How many documents there are."""
        return sum(len(block.cards) for block in self.blocks)

    @cached_property
    def averages(self) -> tuple[float, ...]:
        """The average length of each field, as lunr sums it up."""
        return tuple(sum(lengths.tolist()) / self.size if self.size else 0.0 for lengths in self.lengths)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each term stands."""
        return {term: place for place, term in enumerate(self.terms)}

    @cached_property
    def cards(self) -> Mapping[int, Card]:
        """The card of each document, by number."""
        return {block.first + at: card for block in self.blocks for at, card in enumerate(block.cards)}

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Folded syllables of letters, with how common each is in titles and keywords: 1 to 9, by powers of two."""
        sizes = np.diff(self.starts).reshape(-1, len(FIELDS))
        named = (sizes[:, :BODY].sum(axis=1)).tolist()
        anywhere = sizes.sum(axis=1).tolist()
        return {
            term: min(VOCABULARY_CLASSES, 1 + int(titles).bit_length())
            for term, titles, everywhere in zip(self.terms, named, anywhere, strict=True)
            if term.isascii() and term.isalpha() and 1 < len(term) <= 7 and (titles or everywhere > 1)
        }

    def postings(self, term: str, field: int) -> tuple[Integers, Integers]:
        """The numbers of the documents that have a term in a field, and how often each has it."""
        row = self.places[term] * len(FIELDS) + field
        inside = slice(int(self.starts[row]), int(self.starts[row + 1]))
        return self.documents[inside], self.counts[inside]

    def idf(self, term: str) -> float:
        """lunr's: a document counts once for each field that has the term."""
        row = self.places[term] * len(FIELDS)
        having = int(self.starts[row + len(FIELDS)] - self.starts[row])
        return math.log(1 + abs((self.size - having + 0.5) / (having + 0.5)))

    def weights(self, term: str, field: int) -> list[float]:
        """The weight of a term in each document of `postings`, with lunr's operations in lunr's order."""
        numbers, counts = self.postings(term, field)
        idf, average = self.idf(term), self.averages[field]
        found = []
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            length = int(self.lengths[field][self._place(number)])
            score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (length / average)) + count)
            found.append(round(score * BOOSTS[field] * self.cards[number].weight, 3))
        return found

    def _place(self, number: int) -> int:
        return int(np.searchsorted(self.numbers, number))


def _order(term: str) -> tuple[bool, str, str]:
    return (term.startswith(PAIR), key_of(term), term)


def _blocks(segments: Sequence[tuple[str, Segment]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    first = 0
    for slug, segment in segments:
        blocks.append(Block(slug, first, segment.cards))
        first += (len(segment.cards) // BLOCK + 1) * BLOCK
    return tuple(blocks)


def _bases(segments: Sequence[tuple[str, Segment]]) -> list[int]:
    sizes = [0, *(len(segment.cards) for _, segment in segments)]
    return [int(base) for base in np.cumsum(sizes)[:-1]]


def _numbers(blocks: Sequence[Block]) -> Integers:
    ranges = (np.arange(block.first, block.first + len(block.cards), dtype=np.int32) for block in blocks)
    return np.concatenate([np.zeros(0, np.int32), *ranges])


def _rows(segment: Segment, ranks: Mapping[str, int]) -> Integers:
    """Of each posting of a segment, its term and field in the index."""
    firsts = np.array([ranks[term] for term in segment.terms], dtype=np.int32) * len(FIELDS)
    rows = (firsts[:, None] + np.arange(len(FIELDS), dtype=np.int32)).ravel()
    return np.repeat(rows, np.diff(segment.starts))


def _kept(names: Sequence[str], row: Integers, counts: Integers, size: int, common: float) -> Flags:
    """Of each term and field, whether its postings stay in the index."""
    kept = np.ones((len(names), len(FIELDS)), np.bool_)
    having = np.bincount(row, minlength=kept.size).reshape(kept.shape)
    times = np.bincount(row, counts.astype(np.float64), minlength=kept.size).reshape(kept.shape)
    is_pair = np.array([name.startswith(PAIR) for name in names], np.bool_)
    is_syllable = ~is_pair & np.array([name[0] not in (EXACT, CODE) for name in names], np.bool_)
    in_titles = having[:, :BODY].sum(axis=1) > 0
    body = times[:, BODY]
    spoken = float(body[is_syllable].sum())
    kept[is_pair & ~in_titles & (body < PAIR_MIN), BODY] = False
    ranks = {name: rank for rank, name in enumerate(names)}
    for rank in np.flatnonzero(is_pair & ~in_titles & (body >= PAIR_MIN)).tolist():
        first, second = (body[ranks[syllable]] for syllable in names[rank][1:].split("_"))
        together = body[rank] / spoken
        cohesion = math.log(together / ((first / spoken) * (second / spoken))) / -math.log(together)
        kept[rank, BODY] = cohesion >= PAIR_COHESION
    kept[is_syllable & (having[:, BODY] > max(common * size, COMMON_FROM)), BODY] = False
    return kept.ravel()
