"""An index put together from the segments of sites, with the weights that lunr gives.

Counts are merged, never weights. What stands in bodies is thinned out first: pairs of syllables that mean nothing
together, and in an index of news the syllables that nearly every text has.

Terms are told apart by their hashes, and which of them stay follows from sums that segments have: the postings of a
term are read when they are asked for. What they say is known without that, by a print of each term.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from plugins.search.segments import BODY, FIELDS, Card, Integers, Prints, Segment, Whole, mixed
from plugins.search.syllables import CACHED, folded
from plugins.search.terms import CODE, EXACT, PAIR

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
BOOSTS = (4.0, 2.0, 1.0)
"""Of title, keywords and body."""
K1, B = 1.2, 0.75
"""How BM25 lets frequency and length count: lunr's own."""
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
    digest: str
    """Of all that its segment says."""
    segment: Segment = field(compare=False)

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.segment.cards


def key_of(term: str, vocabulary: Mapping[str, int]) -> str:
    """What a term is sorted by: a query that has its syllables finds it beside one of them.

    A syllable with marks stands beside the same without them, a pair beside the rarer of its syllables: of a common one
    there are too many.
    """
    kind = term[0]
    if kind == EXACT:
        return _without_marks(term)
    if kind != PAIR:
        return term[1:] if kind == CODE else term
    first, second = term[1:].split(PAIR)
    rarer, other = (first, second) if _common(first, vocabulary) <= _common(second, vocabulary) else (second, first)
    return f"{rarer}{PAIR}{other}"


def rounded(lengths: Integers) -> Integers:
    """Lengths rounded up to four binary digits: exact below 16, to an eighth above; a letter says one of them.

    BM25 hardly tells such lengths apart (Lucene keeps three digits), and exact ones were a tenth of a first query.
    """
    digits = _digits_left_out(lengths)
    return np.asarray((lengths + (1 << digits) - 1) >> digits << digits, np.int32)


def length_codes(lengths: Integers) -> Integers:
    """Rounded lengths as small numbers: eight times the digits left out, and the digits that are kept."""
    digits = _digits_left_out(lengths)
    return np.asarray(8 * digits + (lengths >> digits), np.int32)


def _digits_left_out(lengths: Integers) -> Integers:
    return np.asarray(np.maximum(np.frexp(lengths.astype(np.float64))[1] - 4, 0), np.int32)


def _common(syllable: str, vocabulary: Mapping[str, int]) -> int:
    return vocabulary.get(syllable, 0)


@lru_cache(CACHED)
def _without_marks(term: str) -> str:
    letters = unicodedata.normalize("NFD", term[1:])
    return folded(letters[:-1] if letters[-1] in "12345" else letters)


@dataclass(frozen=True, eq=False)
class _Sources:
    """Where the terms of an index stand in its segments: its entries, by term, then by block."""

    begins: Places
    """Where the entries of each term begin; and where the last ones end."""
    blocks: Places
    """Of each entry, the place of its block."""
    places: Places
    """Of each entry, the place of the term in the block's segment."""
    in_bodies: Flags
    """Of each term, whether what of it stands in bodies belongs to the index."""
    dropped: Sequence[Flags]
    """Of each block and term of its segment, whether what of it stands in bodies does not."""


@dataclass(frozen=True)
class Index:
    """All terms of some sites' documents."""

    blocks: tuple[Block, ...]
    terms: tuple[str, ...]
    """In order of their keys."""
    starts: Integers
    """Where the postings of each term and field begin, `term * len(FIELDS) + field`; and where the last ones end."""
    vocabulary: Mapping[str, int] = field(repr=False)
    """Folded syllables of letters, with how common each is in titles and keywords: 1 to 9, by powers of two."""
    sources: _Sources = field(repr=False, compare=False)
    known_bodies: Mapping[str, Sequence[int]] = field(default_factory=dict, repr=False, compare=False)
    """The lengths of the bodies of blocks, by `body_keys`, as far as another index has them."""

    @classmethod
    def of(
        cls,
        segments: Sequence[tuple[str, Segment]],
        *,
        common: float = 1.0,
        known_bodies: Mapping[str, Sequence[int]] | None = None,
    ) -> Index:
        """The index of these sites, in order of slug.

        Bodies are left without the syllables that more than a share of `common` of them have: they tell nothing.
        """
        blocks = _blocks(sorted(segments, key=lambda entry: entry[0]))
        merged = _Merged.of([block.segment for block in blocks])
        in_bodies = merged.kept_in_bodies(sum(block.segment.size for block in blocks), common)
        sizes = merged.having.copy()
        sizes[~in_bodies, BODY] = 0
        used = np.flatnonzero(sizes.sum(axis=1))
        names = merged.names(used)
        vocabulary = _vocabulary(names, sizes[used])
        order = sorted(range(len(names)), key=lambda at: (key_of(names[at], vocabulary), names[at]))
        ordered = used[order]
        starts = np.zeros(len(ordered) * len(FIELDS) + 1, np.int32)
        np.cumsum(sizes[ordered].ravel(), out=starts[1:])
        terms = tuple(names[position] for position in order)
        return cls(blocks, terms, starts, vocabulary, merged.sources(ordered, in_bodies), known_bodies or {})

    @cached_property
    def documents(self) -> Integers:
        """Of each posting, its document's number."""
        return self._all_postings[0]

    @cached_property
    def counts(self) -> Integers:
        """Of each posting, how often the term stands there."""
        return self._all_postings[1]

    @cached_property
    def _all_postings(self) -> tuple[Integers, Integers]:
        return self.read(np.arange(len(self.terms)))

    def read(self, terms: Places) -> tuple[Integers, Integers]:
        """The documents and the counts of all postings of some terms, by term and field."""
        sources = self.sources
        per_term = np.diff(sources.begins)[terms]
        entries = _ranges(sources.begins[terms], per_term)
        blocks, places = np.repeat(sources.blocks[entries], len(FIELDS)), sources.places[entries]
        rows = (places[:, None] * len(FIELDS) + np.arange(len(FIELDS))).ravel()
        is_read = np.ones((len(entries), len(FIELDS)), np.bool_)
        is_read[:, BODY] = np.repeat(sources.in_bodies[terms], per_term)
        # By term and field, then by block: as the postings of an index stand.
        term = np.repeat(np.arange(len(terms)), per_term)
        lists = (term[:, None] * len(FIELDS) + np.arange(len(FIELDS))).ravel()
        order = np.argsort(lists, kind="stable")
        order = order[is_read.ravel()[order]]
        blocks, rows = blocks[order], rows[order]
        begins, sizes = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        chosen = [np.flatnonzero(blocks == at) for at in range(len(self.blocks))]
        for block, own in zip(self.blocks, chosen, strict=True):
            begins[own] = block.segment.starts[rows[own]]
            sizes[own] = block.segment.starts[rows[own] + 1] - begins[own]
        targets = np.cumsum(sizes) - sizes
        documents, counts = np.empty((2, int(sizes.sum())), np.int32)
        for block, own in zip(self.blocks, chosen, strict=True):
            source, target = _ranges(begins[own], sizes[own]), _ranges(targets[own], sizes[own])
            documents[target] = block.segment.documents[source].astype(np.int32) + block.first
            counts[target] = block.segment.counts[source]
        return documents, counts

    @cached_property
    def prints(self) -> Prints:
        """Of each term, what all its postings say."""
        if not self.terms:
            return np.zeros(0, np.uint64)
        sources = self.sources
        of_blocks = [block.segment.prints for block in self.blocks]
        bases = np.cumsum([0, *(len(prints) for prints in of_blocks)])
        hashes = np.concatenate(of_blocks)[bases[sources.blocks] + sources.places]
        firsts = mixed(np.array([block.first for block in self.blocks], np.uint64))[sources.blocks]
        hashes[~np.repeat(sources.in_bodies, np.diff(sources.begins)), 1] = 0
        moved = np.where(hashes == 0, hashes, mixed(hashes + firsts[:, None]))
        return np.add.reduceat(moved.sum(axis=1, dtype=np.uint64), sources.begins[:-1])

    @cached_property
    def lengths(self) -> Integers:
        """By field and place of the document: how many terms the field has, rounded up (`rounded`)."""
        of_blocks = [block.segment.lengths.copy() for block in self.blocks]
        for lengths, block, dropped, key in zip(
            of_blocks, self.blocks, self.sources.dropped, self.body_keys, strict=True
        ):
            segment = block.segment
            if len(bodies := self.known_bodies.get(key, ())) == segment.size:
                lengths[BODY] = bodies
                continue
            rows = np.flatnonzero(dropped) * len(FIELDS) + BODY
            places = _ranges(segment.starts[rows], segment.starts[rows + 1] - segment.starts[rows])
            less = np.bincount(segment.documents[places], segment.counts[places], minlength=segment.size)
            lengths[BODY] -= less.astype(np.int32)
        return rounded(np.concatenate([np.zeros((len(FIELDS), 0), np.int32), *of_blocks], axis=1))

    @cached_property
    def body_keys(self) -> list[str]:
        """Of each block, what the lengths of its bodies follow from."""
        return [
            hashlib.blake2b(block.digest.encode() + np.packbits(dropped).tobytes(), digest_size=16).hexdigest()
            for block, dropped in zip(self.blocks, self.sources.dropped, strict=True)
        ]

    @cached_property
    def numbers(self) -> Integers:
        """The number of each document, in order of place."""
        return _numbers(self.blocks)

    @cached_property
    def size(self) -> int:
        """How many documents there are."""
        return sum(block.segment.size for block in self.blocks)

    @cached_property
    def averages(self) -> tuple[float, ...]:
        """The average length of each field, as lunr sums it up."""
        return tuple(sum(lengths.tolist()) / self.size if self.size else 0.0 for lengths in self.lengths)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each term stands."""
        return {term: position for position, term in enumerate(self.terms)}

    @cached_property
    def cards(self) -> Mapping[int, Card]:
        """The card of each document, by number."""
        return {block.first + at: card for block in self.blocks for at, card in enumerate(block.cards)}

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
        weights = []
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            length = int(self.lengths[field][self._position(number)])
            score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (length / average)) + count)
            weights.append(round(score * BOOSTS[field] * self.cards[number].weight, 3))
        return weights

    def _position(self, number: int) -> int:
        return int(np.searchsorted(self.numbers, number))


def _vocabulary(terms: Sequence[str], sizes: Whole) -> Mapping[str, int]:
    """`sizes` says in how many documents each term stands, by field."""
    named, anywhere = sizes[:, :BODY].sum(axis=1).tolist(), sizes.sum(axis=1).tolist()
    return {
        term: min(VOCABULARY_CLASSES, 1 + int(titles).bit_length())
        for term, titles, everywhere in zip(terms, named, anywhere, strict=True)
        if term.isascii() and term.isalpha() and 1 < len(term) <= 7 and (titles or everywhere > 1)
    }


def _blocks(segments: Sequence[tuple[str, Segment]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    first = 0
    for slug, segment in segments:
        blocks.append(Block(slug, first, segment.digest, segment))
        first += (segment.size // BLOCK + 1) * BLOCK
    return tuple(blocks)


def _numbers(blocks: Sequence[Block]) -> Integers:
    ranges = (np.arange(block.first, block.first + block.segment.size, dtype=np.int32) for block in blocks)
    return np.concatenate([np.zeros(0, np.int32), *ranges])


def _ranges(begins: Whole, sizes: Whole) -> Places:
    """The numbers from each beginning on, so many of each, one after another."""
    ends = np.cumsum(sizes)
    return np.repeat(begins - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)


@dataclass(frozen=True, eq=False)
class _Merged:
    """The terms of all segments, each once, in order of hash."""

    segments: Sequence[Segment]
    bases: Places
    """Where the terms of each segment begin, if all stand in one row; and where the last ones end."""
    ids: Places
    """Of each term of each segment, its place here."""
    having: Places
    """By term and field: how many documents have it."""

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> _Merged:
        bases = np.cumsum([0, *(len(segment.hashes) for segment in segments)])
        every = np.concatenate([np.zeros(0, np.uint64), *(segment.hashes for segment in segments)])
        hashes, ids = np.unique(every, return_inverse=True)
        sizes = np.concatenate([np.zeros(0, np.int32), *(np.diff(segment.starts) for segment in segments)])
        having = [np.bincount(ids, sizes[at :: len(FIELDS)], minlength=len(hashes)) for at in range(len(FIELDS))]
        return cls(segments, bases, ids, np.stack(having, axis=1).astype(np.int64))

    def _each(self, of: Callable[[Segment], npt.NDArray[np.generic]]) -> npt.NDArray[np.generic]:
        """What the segments say of a term, the same in all that have it."""
        values = np.concatenate([np.zeros(0, np.uint8), *(of(segment) for segment in self.segments)])
        merged = np.zeros(len(self.having), values.dtype)
        merged[self.ids] = values
        return merged

    @cached_property
    def _firsts(self) -> Places:
        """Of each term, the first entry that has it, if the terms of all segments stand in one row."""
        firsts = np.zeros(len(self.having), np.int64)
        firsts[self.ids[::-1]] = np.arange(len(self.ids))[::-1]
        return firsts

    def names(self, terms: Places) -> list[str]:
        """These terms as they are written."""
        entries = self._firsts[terms]
        blocks = np.searchsorted(self.bases, entries, side="right") - 1
        places = entries - self.bases[blocks]
        return [
            self.segments[block].term(position)
            for block, position in zip(blocks.tolist(), places.tolist(), strict=True)
        ]

    def kept_in_bodies(self, size: int, common: float) -> Flags:
        """Of each term, whether its postings in bodies stay in the index of so many documents."""
        spoken = [segment.spoken for segment in self.segments]
        body = np.bincount(self.ids, np.concatenate([np.zeros(0), *spoken]), minlength=len(self.having))
        initials = self._each(lambda segment: segment.initials)
        is_pair = initials == ord(PAIR)
        is_syllable = ~np.isin(initials, [ord(kind) for kind in (PAIR, EXACT, CODE)])
        untitled = is_pair & (self.having[:, :BODY].sum(axis=1) == 0)
        kept: Flags = ~(untitled & (body < PAIR_MIN))
        total = float(body[is_syllable].sum())
        doubtful = np.flatnonzero(untitled & kept)
        halves = self._halves(doubtful)
        each = zip(body[doubtful].tolist(), body[halves[:, 0]].tolist(), body[halves[:, 1]].tolist(), strict=True)
        kept[doubtful] = [
            math.log((times / total) / ((first / total) * (second / total))) / -math.log(times / total) >= PAIR_COHESION
            for times, first, second in each
        ]
        kept[is_syllable & (self.having[:, BODY] > max(common * size, COMMON_FROM))] = False
        return kept

    def _halves(self, pairs: Places) -> Places:
        """The two syllables of each of these pairs, as places here."""
        parts = np.concatenate([np.zeros((0, 2), np.int32), *(segment.parts for segment in self.segments)])
        entries = self._firsts[pairs]
        bases = self.bases[np.searchsorted(self.bases, entries, side="right") - 1]
        halves: Places = self.ids[bases[:, None] + parts[entries]]
        return halves

    def sources(self, ordered: Places, in_bodies: Flags) -> _Sources:
        """Where these terms stand, in their order."""
        ranks = np.full(len(self.having), -1, np.int64)
        ranks[ordered] = np.arange(len(ordered))
        of_entries = ranks[self.ids]
        entries = np.flatnonzero(of_entries >= 0)
        entries = entries[np.argsort(of_entries[entries], kind="stable")]
        blocks = np.searchsorted(self.bases, entries, side="right") - 1
        begins = np.searchsorted(of_entries[entries], np.arange(len(ordered) + 1))
        dropped = np.split(~in_bodies[self.ids], self.bases[1:-1]) if self.segments else []
        return _Sources(begins, blocks, entries - self.bases[blocks], in_bodies[ordered], dropped)
