"""What a site gives to search: how often each term stands in each field of its documents.

Counts alone merge exactly: weights depend on all documents of an index and are made when it is put together. A segment
is a file of a site's compiled version: a line of JSON, then the counts as little-endian integers.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plugins.search.terms import pair, terms, words

Integers = npt.NDArray[np.int32]
FIELDS = ("title", "keywords", "body")
KEYWORDS = FIELDS.index("keywords")
"""Counted once however often they stand there: a list of names that repeats a word does not mean it more."""
MARKED_FIELDS = frozenset({"title", "keywords"})
"""Fields whose syllables are found with their marks too."""


@dataclass(frozen=True)
class Card:
    """What a result shows, and what it may be filtered by."""

    title: str
    url: str
    """Without a leading slash."""
    meta: str
    """One line: its code, its field, its agency; or its day."""
    summary: str
    facets: tuple[tuple[str, str, str], ...] = ()
    """Name of the facet, slug and name of the document's value."""
    weight: float = 1.0
    """Less than 1 for what should stand behind others."""


@dataclass(frozen=True)
class Document:
    """A document with its texts by field."""

    card: Card
    texts: tuple[tuple[str, ...], ...]
    """In the order of `FIELDS`."""


class _Tally:
    """Counts terms as numbers; a pair gets its name once, when all are known. Three times as fast as counting names."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = defaultdict(lambda: len(self._ids))
        self._syllables = array("i")
        self._others = array("i")
        self._texts: list[tuple[int, int, int]] = []
        """Of each text, its document and field as one number, and how many syllables and other terms it has."""

    def add(self, row: int, plain: Sequence[str], others: Sequence[str]) -> None:
        self._syllables.extend(map(self._ids.__getitem__, plain))
        self._others.extend(map(self._ids.__getitem__, others))
        self._texts.append((row, len(plain), len(others)))

    def sum_up(self, documents: int) -> tuple[tuple[str, ...], Integers, Integers, Integers]:
        """The terms, sorted; where the postings of each term and field begin; their documents, and their counts."""
        rows, sizes, other_sizes = np.array(self._texts, np.int64).reshape(-1, 3).T
        syllables = np.array(self._syllables, np.int64)
        syllable_rows = np.repeat(rows, sizes)
        text = np.repeat(np.arange(len(rows)), sizes)
        together = np.flatnonzero(text[1:] == text[:-1])
        names = list(self._ids)
        known = max(1, len(names))
        codes, pair_ids = np.unique(syllables[together] * known + syllables[together + 1], return_inverse=True)
        names += [
            pair(names[first], names[second]) for first, second in (divmod(code, known) for code in codes.tolist())
        ]
        ordered = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), np.int64)
        ranks[ordered] = np.arange(len(names))
        found = np.concatenate([syllables, np.array(self._others, np.int64), known + pair_ids])
        where = np.concatenate([syllable_rows, np.repeat(rows, other_sizes), syllable_rows[together]])
        document, field = np.divmod(where, len(FIELDS))
        keys, counts = np.unique((ranks[found] * len(FIELDS) + field) * documents + document, return_counts=True)
        lists, document = np.divmod(keys, max(1, documents))
        counts[lists % len(FIELDS) == KEYWORDS] = 1
        starts = np.zeros(len(names) * len(FIELDS) + 1, np.int32)
        np.cumsum(np.bincount(lists, minlength=len(names) * len(FIELDS)), out=starts[1:])
        terms = tuple(names[place] for place in ordered)
        return terms, starts, document.astype(np.int32), counts.astype(np.int32)


@dataclass(frozen=True)
class Segment:
    """The counted documents of one site."""

    cards: tuple[Card, ...]
    terms: tuple[str, ...]
    """Sorted."""
    starts: Integers
    """Where the postings of each term and field begin, `term * len(FIELDS) + field`; and where the last ones end."""
    documents: Integers
    """Of each posting, the place of its document among the cards; rising within a term and field."""
    counts: Integers
    """Of each posting, how often the term stands there."""

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Segment:
        """Count the terms of documents."""
        tally = _Tally()
        for place, document in enumerate(documents):
            for field, (name, texts) in enumerate(zip(FIELDS, document.texts, strict=True)):
                for text in texts:
                    plain, others = words(text, with_marks=name in MARKED_FIELDS)
                    tally.add(place * len(FIELDS) + field, plain, others)
        terms, starts, postings, counts = tally.sum_up(len(documents))
        return cls(tuple(document.card for document in documents), terms, starts, postings, counts)

    def to_bytes(self) -> bytes:
        cards = [
            [card.title, card.url, card.meta, card.summary, [list(facet) for facet in card.facets], card.weight]
            for card in self.cards
        ]
        head: dict[str, Any] = {"cards": cards, "terms": " ".join(self.terms)}
        arrays = [array.astype("<i4").tobytes() for array in (self.starts, self.documents, self.counts)]
        return b"".join([json.dumps(head, ensure_ascii=False).encode(), b"\n", *arrays])

    @classmethod
    def from_bytes(cls, raw: bytes) -> Segment:
        line, _, arrays = raw.partition(b"\n")
        head = json.loads(line)
        known = tuple(head["terms"].split(" ")) if head["terms"] else ()
        integers = np.frombuffer(arrays, dtype="<i4")
        starts, postings = np.split(integers, [len(known) * len(FIELDS) + 1])
        documents, counts = np.split(postings, 2)
        cards = tuple(
            Card(title, url, meta, summary, tuple((name, slug, shown) for name, slug, shown in facets), weight)
            for title, url, meta, summary, facets, weight in head["cards"]
        )
        return cls(cards, known, starts, documents, counts)


def terms_of(field: str, texts: Sequence[str]) -> list[str]:
    """The terms of a document's field as they are counted."""
    found = terms(texts, with_marks=field in MARKED_FIELDS)
    return list(dict.fromkeys(found)) if field == FIELDS[KEYWORDS] else found


def write_segment(path: Path, segment: Segment) -> None:
    """Write a site's segment; nothing where it has no documents."""
    if segment.cards:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(segment.to_bytes())


def read_segments(paths: Iterable[tuple[str, Path]]) -> list[tuple[str, Segment]]:
    """The segments of sites, by slug, of those that have one."""
    return [(slug, Segment.from_bytes(path.read_bytes())) for slug, path in paths if path.is_file()]
