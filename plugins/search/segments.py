"""What a site gives to search: how often each term stands in each field of its documents.

Counts alone merge exactly: weights depend on all documents of an index and are made when it is put together. What can
be known of a site alone is worked out here, once: an index is put together without a look at the postings, but for
those of terms that are written. A segment is a file of a site's compiled version:

    a line of JSON      how many terms and postings there are, and what its documents may be filtered by
    arrays              little-endian, those of `_Layout`
    the terms           one after another
    the cards           JSON, one for each document
"""

from __future__ import annotations

import hashlib
import json
import mmap
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plugins.portal.division import in_parts
from plugins.portal.liveness import sign_of_life
from plugins.portal.values import compact_json
from plugins.search.terms import pair, terms, words

Integers = npt.NDArray[np.int32]
Prints = npt.NDArray[np.uint64]
"""64 bits that stand for a content."""
Whole = npt.NDArray[np.integer[Any]]
"""Whole numbers of any width."""
SHARE = 250
"""Documents that are worth a process; to count all of a large site at a time takes memory for all their words."""
FIELDS = ("title", "keywords", "body")
BODY = FIELDS.index("body")
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
    opening: str = ""
    """When it is open, for a script (plugins/portal/opening.py)."""


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

    def sum_up(self, documents: int) -> _Counted:
        """What was added of so many documents."""
        rows, sizes, other_sizes = np.array(self._texts, np.int64).reshape(-1, 3).T
        syllables = np.array(self._syllables, np.int64)
        syllable_rows = np.repeat(rows, sizes)
        text = np.repeat(np.arange(len(rows)), sizes)
        together = np.flatnonzero(text[1:] == text[:-1])
        names = list(self._ids)
        known = max(1, len(names))
        codes, pair_ids = np.unique(syllables[together] * known + syllables[together + 1], return_inverse=True)
        halves = np.stack(np.divmod(codes, known), axis=1)
        names += [pair(names[first], names[second]) for first, second in halves.tolist()]
        ordered = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), np.int64)
        ranks[ordered] = np.arange(len(names))
        parts = np.full((len(names), 2), -1, np.int32)
        parts[ranks[len(names) - len(codes) :]] = ranks[halves]
        ids = np.concatenate([syllables, np.array(self._others, np.int64), known + pair_ids])
        where = np.concatenate([syllable_rows, np.repeat(rows, other_sizes), syllable_rows[together]])
        document, field = np.divmod(where, len(FIELDS))
        keys, counts = np.unique((ranks[ids] * len(FIELDS) + field) * documents + document, return_counts=True)
        lists, document = np.divmod(keys, max(1, documents))
        counts[lists % len(FIELDS) == KEYWORDS] = 1
        return _Counted([names[position] for position in ordered], parts, lists, document, counts)


@dataclass(frozen=True)
class _Counted:
    """What stands in some documents."""

    terms: list[str]
    """Sorted."""
    parts: Integers
    """Of a pair, the places of its two syllables among the terms; -1 of other terms."""
    lists: Whole
    """Of each posting, its term and field, `term * len(FIELDS) + field`; rising."""
    documents: Whole
    """Rising within a term and field."""
    counts: Whole

    @classmethod
    def of(cls, documents: Sequence[Document], places: Sequence[int]) -> _Counted:
        """Count the documents at these places, by as many processes as may work at them."""
        return cls.together([cls.from_bytes(raw) for raw in in_parts(places, partial(_count, documents), SHARE)])

    @classmethod
    def taken(cls, segment: Segment, places: npt.NDArray[np.int64]) -> _Counted:
        """What a segment has counted of its documents that have other `places` now; -1 is that of none."""
        lists = np.repeat(np.arange(len(segment.starts) - 1), np.diff(segment.starts))
        documents = places[segment.documents]
        stays = documents >= 0
        lists, documents, counts = lists[stays], documents[stays], segment.counts[stays].astype(np.int64)
        used = np.zeros(len(segment.terms), np.bool_)
        used[lists // len(FIELDS)] = True
        ranks = np.concatenate([np.cumsum(used) - 1, [-1]])
        lists = ranks[lists // len(FIELDS)] * len(FIELDS) + lists % len(FIELDS)
        names = [name for name, is_used in zip(segment.terms, used.tolist(), strict=True) if is_used]
        return cls(names, ranks[segment.parts[used]].astype(np.int32), lists, documents, counts)

    @classmethod
    def together(cls, several: Sequence[_Counted]) -> _Counted:
        """All together, where no document is in two of them."""
        names = sorted(set[str]().union(*(counted.terms for counted in several)))
        places = {name: position for position, name in enumerate(names)}
        documents = 1 + max((int(counted.documents.max(initial=0)) for counted in several), default=0)
        parts = np.full((len(names), 2), -1, np.int32)
        keys = [np.empty(0, np.int64)]
        for counted in several:
            ranks = np.array([*(places[name] for name in counted.terms), -1], np.int64)
            parts[ranks[:-1]] = ranks[counted.parts]
            lists = ranks[counted.lists // len(FIELDS)] * len(FIELDS) + counted.lists % len(FIELDS)
            keys.append(lists * documents + counted.documents)
        key = np.concatenate(keys)
        del keys  # of a large site each of these takes as much as all its records
        order = np.argsort(key)  # no two are the same
        counts = np.concatenate([np.empty(0, np.int64), *(counted.counts for counted in several)])[order]
        return cls(names, parts, *np.divmod(key[order], documents), counts)

    def to_bytes(self) -> bytes:
        """A line of JSON with the terms, and the arrays, little-endian."""
        arrays = (self.parts, self.lists, self.documents, self.counts)
        head = compact_json([self.terms, len(self.lists)]).encode()
        return b"".join([head, b"\n", *(numbers.astype("<i4").tobytes() for numbers in arrays)])

    @classmethod
    def from_bytes(cls, raw: bytes) -> _Counted:
        """What `to_bytes` gave; the arrays are those bytes."""
        begin = raw.index(b"\n") + 1
        terms, postings = json.loads(raw[:begin])
        numbers: Integers = np.frombuffer(raw, "<i4", offset=begin)
        parts, *others = np.split(numbers, 2 * len(terms) + postings * np.arange(3))
        return cls(terms, parts.reshape(-1, 2), *others)


def _count(documents: Sequence[Document], places: Sequence[int]) -> bytes:
    """What stands in the documents at these places."""
    tally = _Tally()
    for position in places:
        for number, (name, texts) in enumerate(zip(FIELDS, documents[position].texts, strict=True)):
            for text in texts:
                plain, others = words(text, with_marks=name in MARKED_FIELDS)
                tally.add(position * len(FIELDS) + number, plain, others)
        sign_of_life()
    return tally.sum_up(len(documents)).to_bytes()


def mixed(values: Whole) -> Prints:
    """Each value as 64 bits that look like chance: the last steps of SplitMix64 (Steele et al. 2014)."""
    steps = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
    bits = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in steps:
        bits ^= bits >> np.uint64(shift)
        bits *= np.uint64(factor)
    return bits


def _sums(values: Prints, starts: Whole) -> Prints:
    """The sums of the values between each start and the next, modulo 2**64."""
    totals = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)])
    sums: Prints = totals[starts[1:]] - totals[starts[:-1]]
    return sums


@dataclass(frozen=True)
class _Layout:
    """The arrays of a segment, in the order of the file."""

    terms: int
    postings: int
    documents: int
    is_narrow: bool
    """Whether no document's number and no count needs more than two bytes."""

    @property
    def arrays(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """Name, type and shape of each."""
        small = "<u2" if self.is_narrow else "<i4"
        return (
            ("hashes", "<u8", (self.terms,)),
            ("prints", "<u8", (self.terms, 2)),
            ("texts", "<u8", (self.documents, 2)),
            ("starts", "<i4", (self.terms * len(FIELDS) + 1,)),
            ("spoken", "<i4", (self.terms,)),
            ("parts", "<i4", (self.terms, 2)),
            ("ends", "<i4", (self.terms,)),
            ("lengths", "<i4", (len(FIELDS), self.documents)),
            ("documents", small, (self.postings,)),
            ("counts", small, (self.postings,)),
        )


@dataclass(frozen=True, eq=False)
class Segment:
    """The counted documents of one site."""

    size: int
    """How many documents there are."""
    digest: str
    """Of all that it says."""
    cards_digest: str
    facets: tuple[tuple[str, tuple[tuple[str, str], ...], Integers], ...]
    """What documents may be filtered by, in order of name: the name, the values (slug and name), and of each document
    the place of its value; -1 where it has none."""
    light: tuple[tuple[int, float], ...]
    """The documents whose weight is less than 1, each with its weight."""
    hashes: Prints
    """Of each term; the same in all segments."""
    prints: Prints
    """Of each term, what its postings say: those in titles and keywords, those in bodies; 0 where it has none."""
    texts: Prints
    """Of each document, 128 bits for what was counted of it."""
    starts: Integers
    """Where the postings of each term and field begin, `term * len(FIELDS) + field`; and where the last ones end."""
    spoken: Integers
    """How often each term stands in bodies."""
    parts: Integers
    """Of a pair, the places of its two syllables among the terms; -1 of other terms."""
    ends: Integers
    """Where each term ends, in bytes of `spelt`."""
    lengths: Integers
    """By field and document: how many terms the field has."""
    documents: Integers
    """Of each posting, the place of its document among the cards; rising within a term and field."""
    counts: Integers
    """Of each posting, how often the term stands there."""
    spelt: bytes
    """The terms, one after another."""
    raw: bytes | mmap.mmap
    """The file."""
    written_cards: slice
    """The cards as the file has them."""

    @classmethod
    def of(cls, documents: Sequence[Document], before: Segment | None = None) -> Segment:
        """Count the terms of documents; those that another segment has counted are not counted again."""
        texts = np.array([_text_print(document) for document in documents], np.uint64).reshape(-1, 2)
        known = {} if before is None else {bytes(text): position for position, text in enumerate(before.texts)}
        taken = np.full(0 if before is None else before.size, -1, np.int64)
        fresh = []
        for position, text in enumerate(texts):
            if (old := known.pop(bytes(text), None)) is None:
                fresh.append(position)
            else:
                taken[old] = position
        counted = _Counted.of(documents, fresh)
        if before is not None and len(fresh) < len(documents):
            counted = _Counted.together([_Counted.taken(before, taken), counted])
        return cls.from_bytes(_written([document.card for document in documents], texts, counted))

    def to_bytes(self) -> bytes:
        return bytes(self.raw)

    @classmethod
    def from_bytes(cls, raw: bytes | mmap.mmap) -> Segment:
        """The segment that a file has; `ValueError` or `KeyError` where it is none."""
        end = raw.find(b"\n") + 1
        head = json.loads(raw[:end])
        layout = _Layout(head["terms"], head["postings"], head["documents"], head["narrow"])
        arrays: dict[str, Any] = {}
        for name, kind, shape in layout.arrays:
            count = int(np.prod(shape))
            arrays[name] = np.frombuffer(raw, kind, count, end).reshape(shape)
            end += count * np.dtype(kind).itemsize
        cards = end + (int(arrays["ends"][-1]) if layout.terms else 0)
        return cls(
            size=layout.documents,
            digest=head["digest"],
            cards_digest=head["cards"],
            facets=tuple(
                (name, tuple((slug, label) for slug, label in values), np.array(of, np.int32))
                for name, values, of in head["facets"]
            ),
            light=tuple((position, weight) for position, weight in head["light"]),
            spelt=raw[end:cards],
            raw=raw,
            written_cards=slice(cards, None),
            **arrays,
        )

    @property
    def is_whole(self) -> bool:
        """Whether the file says what was written into it."""
        end = self.raw.find(b"\n") + 1
        head = json.loads(self.raw[:end])
        return bool(head.pop("digest") == _digest_of(head, self.raw[end:]))

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return tuple(
            Card(title, url, meta, summary, tuple((name, slug, label) for name, slug, label in facets), weight, opening)
            for title, url, meta, summary, opening, facets, weight in json.loads(self.raw[self.written_cards])
        )

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(self.term(position) for position in range(len(self.ends)))

    def term(self, position: int) -> str:
        begin = int(self.ends[position - 1]) if position else 0
        return self.spelt[begin : int(self.ends[position])].decode()

    @property
    def initials(self) -> npt.NDArray[np.uint8]:
        """The first byte of each term."""
        begins = np.concatenate([np.zeros(1, np.int32), self.ends[:-1]])[: len(self.ends)]
        letters: npt.NDArray[np.uint8] = np.frombuffer(self.spelt, np.uint8)[begins]
        return letters


def _written(cards: Sequence[Card], texts: Prints, counted: _Counted) -> bytes:
    """The file of a segment."""
    size, spelt = len(cards), [term.encode() for term in counted.terms]
    field = counted.lists % len(FIELDS)
    starts = np.zeros(len(spelt) * len(FIELDS) + 1, np.int64)
    np.cumsum(np.bincount(counted.lists, minlength=len(starts) - 1), out=starts[1:])
    values: Whole = (counted.documents << 32) | (counted.counts << 2) | field
    prints = _sums(mixed(values), starts).reshape(-1, len(FIELDS))
    frequencies = counted.counts.astype(np.float64)
    in_bodies = field == BODY
    arrays = {
        "hashes": np.frombuffer(b"".join(hashlib.blake2b(t, digest_size=8).digest() for t in spelt), "<u8"),
        "prints": np.stack([prints[:, :BODY].sum(axis=1, dtype=np.uint64), prints[:, BODY]], axis=1),
        "texts": texts,
        "starts": starts,
        "spoken": np.bincount(
            counted.lists[in_bodies] // len(FIELDS), frequencies[in_bodies], minlength=len(spelt)
        ),
        "parts": counted.parts,
        "ends": np.cumsum([len(term) for term in spelt]),
        "lengths": np.bincount(field * size + counted.documents, frequencies, minlength=len(FIELDS) * size),
        "documents": counted.documents,
        "counts": counted.counts,
    }  # fmt: skip
    is_narrow = size < 2**16 and int(counted.counts.max(initial=0)) < 2**16
    layout = _Layout(len(spelt), len(counted.lists), size, is_narrow)
    packed = b"".join(np.asarray(arrays[name]).astype(kind).tobytes() for name, kind, _ in layout.arrays)
    rows = [[card.title, card.url, card.meta, card.summary, card.opening, card.facets, card.weight] for card in cards]
    body = b"".join([packed, *spelt, compact_json(rows).encode()])
    head = {
        "terms": layout.terms,
        "postings": layout.postings,
        "documents": size,
        "narrow": is_narrow,
        "cards": _digest(compact_json([row[:5] for row in rows]).encode()),
        "facets": _facets(cards),
        "light": [(position, card.weight) for position, card in enumerate(cards) if card.weight != 1],
    }
    line = compact_json(head | {"digest": _digest_of(head, body)}).encode()
    return b"".join([line, b" " * (-(len(line) + 1) % 8), b"\n", body])  # the arrays begin at a word's boundary


def _facets(cards: Sequence[Card]) -> list[tuple[str, list[tuple[str, str]], list[int]]]:
    facets = []
    for facet in sorted({name for card in cards for name, _, _ in card.facets}):
        own = [next(((slug, label) for name, slug, label in card.facets if name == facet), None) for card in cards]
        values = sorted({value for value in own if value is not None})
        places = {value: position for position, value in enumerate(values)}
        facets.append((facet, values, [-1 if value is None else places[value] for value in own]))
    return facets


def _text_print(document: Document) -> tuple[int, int]:
    raw = compact_json(document.texts).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(raw, digest_size=16).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def _digest_of(head: Mapping[str, Any], body: bytes) -> str:
    return _digest(compact_json(head).encode() + body)


def _digest(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def terms_of(field: str, texts: Sequence[str]) -> list[str]:
    """The terms of a document's field as they are counted."""
    listed = terms(texts, with_marks=field in MARKED_FIELDS)
    return list(dict.fromkeys(listed)) if field == FIELDS[KEYWORDS] else listed


def write_segment(path: Path, segment: Segment) -> None:
    """Write a site's segment; nothing where it has no documents."""
    if segment.cards:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(segment.to_bytes())


def read_segment(path: Path) -> Segment:
    """A site's segment; what of the file is not asked for is not read."""
    with path.open("rb") as stream:
        return Segment.from_bytes(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))


def segment_before(path: Path) -> Segment | None:
    """The segment of the version before; None where there is none, or none that makes sense."""
    try:
        segment = read_segment(path)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError, IndexError):
        return None
    return segment if segment.is_whole else None


def read_segments(paths: Iterable[tuple[str, Path]]) -> list[tuple[str, Segment]]:
    """The segments of sites, by slug, of those that have one."""
    return [(slug, read_segment(path)) for slug, path in paths if path.is_file()]
