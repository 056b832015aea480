"""An index as files of which a browser loads only those that a query needs.

    thu-tuc.json                    what scoring needs of all documents, what they may be filtered by, boundaries of the
                                    shards, and a mark in the name of every other file
    thu-tuc/<mark>-<n>.json         a shard, or the cards of some documents

A mark is made of what the file says: an old file never meets a new manifest, and what has not changed keeps its name.
A query asks for the shards of its syllables: in each is what the index has of these, their pairs with more common ones,
and the phrases of which they are the rarest.
"""

from __future__ import annotations

import base64
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.portal.digests import Digest
from plugins.portal.files import link_or_copy
from plugins.portal.values import compact_json
from plugins.search.index import BOOSTS, Block, Index, key_of, length_codes
from plugins.search.same_names import name_of, same_names
from plugins.search.segments import BODY, FIELDS, Integers
from plugins.search.syllables import joined

VERSION = 4
MARK_LENGTH = 7
"""Letters of a mark, five bits each."""
TOGETHER = 8
"""Shards that share a mark."""
TERM_SIZE, POSTING_SIZE = 10, 3
"""Bytes that a term and a posting take in a shard, about."""
FIRST_LETTER = 48
"""The code of the letter that stands for 0 where numbers are letters."""
DIGIT = 32
"""How many values a digit of a number has: the lowest stands first, the last by its letter, others from `BEFORE` on."""
BEFORE = 93
"""No letter of either kind is one that JSON writes otherwise."""
READ_TOGETHER = 128
"""Shards whose postings are in memory at a time."""
_MOST_ALIKE = ord("Z") - ord("A")
COMPRESSED = ".gz"
"""What the name of a compressed copy ends in."""


@dataclass(frozen=True)
class Spoken:
    """How people speak, as a browser learns it from an index."""

    around: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What is said around phrases, by the name of the list."""
    phrases: Mapping[str, Sequence[tuple[Sequence[str], Sequence[str]]]] = field(default_factory=dict)
    """What is said, with what is meant by it, by the syllable beside whose terms it stands."""


class Memo(BaseModel):
    """What writing an index leaves for the next one: what that need not work out again."""

    model_config = ConfigDict(frozen=True)

    shards: dict[str, str] = {}
    """The name of each shard's file, by the digest of what it says."""
    bodies: dict[str, list[int]] = {}
    """The lengths of the bodies of each block, as `Index.of` takes them."""
    names: dict[str, list[str]] = {}
    """What the documents of each block are called, as `same_names` takes it, by the digest of its cards."""

    @classmethod
    def read(cls, path: Path) -> Memo:
        """That of a file; an empty one where there is none, or none that makes sense."""
        try:
            digest, _, raw = path.read_bytes().partition(b"\n")
            return cls.model_validate_json(raw) if digest == _hashed(raw).hex().encode() else cls()
        except (FileNotFoundError, NotADirectoryError, ValidationError):
            return cls()

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = self.model_dump_json().encode()
        path.write_bytes(_hashed(raw).hex().encode() + b"\n" + raw)


@dataclass(frozen=True)
class Files:
    """Where the files of an index go."""

    folder: Path
    """The portal's root, as it is being written."""
    address: str
    """Of the manifest, without its ending: `tim-kiem/thu-tuc`."""
    before: Path | None = None
    """The root of the version before this one: what says the same is taken over, compressed copies with it."""
    _written: set[str] = field(default_factory=set)
    """The names of files that are there."""

    @cached_property
    def _made_folder(self) -> str:
        folder = self.folder / self.address
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    @cached_property
    def _known(self) -> frozenset[str]:
        """The names of the files before."""
        folder = self.before / self.address if self.before else None
        if folder is None or not folder.is_dir():
            return frozenset()
        with os.scandir(folder) as listing:
            return frozenset(entry.name for entry in listing)

    def take(self, name: str, known: str = "") -> bool:
        """Take a file over from the version before, where it may be `known` by another name; whether it was there."""
        old, new = f"{known or name}.json", f"{name}.json"
        if old not in self._known:
            return False
        before = f"{self.before}/{self.address}"
        link_or_copy(f"{before}/{old}", f"{self._made_folder}/{new}")
        self._written.add(name)
        if old + COMPRESSED in self._known:
            link_or_copy(f"{before}/{old}{COMPRESSED}", f"{self._made_folder}/{new}{COMPRESSED}")
        return True

    def write(self, name: str, text: Callable[[], str]) -> None:
        """Write a file named after what it says, unless it is there or the version before has it."""
        if name not in self._written and not self.take(name):
            Path(self._made_folder, f"{name}.json").write_text(text(), encoding="utf-8")
            self._written.add(name)

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        path = (self.folder / self.address).with_suffix(".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(compact_json(manifest), encoding="utf-8")


def write_index(
    index: Index, files: Files, target: int, cards: int, memo: Memo | None = None, spoken: Spoken | None = None
) -> Memo:
    """Write an index in shards of about `target` bytes, with so many `cards` in a file.

    The files are the same with any `memo`; with that of the version before, what has not changed costs nothing.
    """
    memo, spoken = memo or Memo(), spoken or Spoken()
    shards = _Shards(index, files, target, memo, spoken.phrases)
    names = {block.segment.cards_digest: _names(block, memo) for block in index.blocks}
    files.write_manifest(
        {
            "version": VERSION,
            "fields": FIELDS,
            "boosts": BOOSTS,
            "documents": index.size,
            "averages": index.averages,
            "blocks": [_write_cards(block, files, cards) for block in index.blocks],
            "cards": cards,
            "together": TOGETHER,
            "lengths": [_letters(length_codes(lengths)) for lengths in index.lengths],
            **_standings(index),
            "alike": same_names(
                pair for block in index.blocks for pair in enumerate(names[block.segment.cards_digest], block.first)
            ),
            "facets": _facets(index),
            "shards": shards.write(),
            "words": front_coded(index.vocabulary),
            "around": spoken.around,
        }
    )
    bodies = np.split(index.lengths[BODY], np.cumsum([block.segment.size for block in index.blocks])[:-1])
    by_key = {key: lengths.tolist() for key, lengths in zip(index.body_keys, bodies, strict=False)}
    return Memo(shards=shards.names, bodies=by_key, names=names)


def front_coded(vocabulary: Mapping[str, int]) -> str:
    """Each word, with how common it is behind it, as `fronts` writes keys."""
    return fronts(f"{word}{common}" for word, common in sorted(vocabulary.items()))


def fronts(keys: Iterable[str]) -> str:
    """Each key as how many letters it begins with like the one before (A for none), and the others: no capitals."""
    coded: list[str] = []
    before = ""
    for key in keys:
        alike = min(_alike(before, key), _MOST_ALIKE)
        coded.append(f"{chr(ord('A') + alike)}{key[alike:]}")
        before = key
    return "".join(coded)


def _letters(numbers: Integers) -> str:
    """Small numbers from -1 on as a letter each."""
    return "".join(chr(FIRST_LETTER + number) for number in numbers.tolist())


def _standings(index: Index) -> dict[str, Any]:
    """What documents count by themselves: the weights that there are, and a letter for each document's."""
    own = [1.0] * index.size
    begin = 0
    for block in index.blocks:
        for position, weight in block.segment.light:
            own[begin + position] = weight
        begin += block.segment.size
    weights = [1.0, *sorted(set(own) - {1.0})]
    places = {weight: position for position, weight in enumerate(weights)}
    return {"weights": weights, "standings": _letters(np.array([places[weight] for weight in own], np.int32))}


def _facets(index: Index) -> list[dict[str, Any]]:
    """What documents may be filtered by: the values of each facet, and a letter for which of them each document has.

    A value is its slug and its name; its name alone where the slug says the same.
    """
    groups = []
    own = [{name: (values, of) for name, values, of in block.segment.facets} for block in index.blocks]
    for facet in sorted({name for facets in own for name in facets}):
        values = sorted({value for facets in own if facet in facets for value in facets[facet][0]})
        places = {value: position for position, value in enumerate(values)}
        of = ""
        for block, facets in zip(index.blocks, own, strict=True):
            known, each = facets.get(facet, ((), np.full(block.segment.size, -1, np.int32)))
            of += _letters(np.array([*(places[value] for value in known), -1], np.int32)[each])
        named = [name if slug == joined(name) else (slug, name) for slug, name in values]
        groups.append({"name": facet, "values": named, "of": of})
    return groups


def _names(block: Block, memo: Memo) -> list[str]:
    known = memo.names.get(block.segment.cards_digest)
    return known if known is not None else [name_of(card.title) for card in block.cards]


def _write_cards(block: Block, files: Files, together: int) -> tuple[int, int, str]:
    segment = block.segment
    fingerprint = _fingerprint(segment.cards_digest.encode(), bytes([together]))
    for start in range(0, segment.size, together):
        files.write(f"{fingerprint}-{start // together}", partial(_some_cards, block, slice(start, start + together)))
    return block.first, segment.size, fingerprint


def _some_cards(block: Block, some: slice) -> str:
    rows = ([card.title, card.url, card.meta, card.summary, card.opening] for card in block.cards[some])
    return compact_json([row if row[-1] else row[:-1] for row in rows])


def cut(keys: Sequence[str], sizes: Integers, target: int) -> list[tuple[int, int]]:
    """Cut sorted keys where a letter changes, into parts whose `sizes` come to `target` at most; a key is never cut.

    A part that is too large is cut at its next letter: what grows in one part moves no boundary of another.
    """
    totals = [0, *np.cumsum(sizes).tolist()]

    def parts(first: int, last: int) -> Iterator[tuple[int, int]]:
        if totals[last] - totals[first] <= target or keys[first] == keys[last - 1]:
            yield first, last
            return
        letter = _alike(keys[first], keys[last - 1]) + 1
        begin = end = first
        for _, group in groupby(range(first, last), key=lambda position: keys[position][:letter]):
            following = end + sum(1 for _ in group)
            if begin < end and totals[following] - totals[begin] > target:
                yield from parts(begin, end)
                begin = end
            end = following
        yield from parts(begin, end)

    return list(parts(0, len(keys))) if keys else []


def _beginning(before: str, key: str) -> str:
    """The shortest beginning of a key that comes after another."""
    return key[: _alike(before, key) + 1]


def _alike(first: str, second: str) -> int:
    """How many letters two keys begin with together."""
    return sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(first, second, strict=False)))


class _Shards:
    """Writes the shards of an index; those that say what one before said are taken over."""

    def __init__(
        self,
        index: Index,
        files: Files,
        target: int,
        memo: Memo,
        phrases: Mapping[str, Sequence[tuple[Sequence[str], Sequence[str]]]],
    ) -> None:
        self._index = index
        self._phrases = phrases
        self._files = files
        self._target = target
        self._memo = memo
        self._sizes = np.diff(index.starts).reshape(-1, len(FIELDS))
        self.names: dict[str, str] = {}
        """Of the shards' files, by the digest of what they say."""

    def write(self) -> tuple[str, str]:
        """Write all; gives their boundaries and their fingerprints."""
        terms = self._index.terms
        keys = [key_of(term, self._index.vocabulary) for term in terms]
        sizes = self._sizes.sum(axis=1) * POSTING_SIZE + np.array([len(term) for term in terms], np.int32) + TERM_SIZE
        spoken = sorted(self._phrases.items()) if terms else []
        for syllable, phrases in spoken:
            sizes[max(0, bisect_right(keys, syllable) - 1)] += len(compact_json(phrases).encode())
        parts = cut(keys, sizes, self._target)
        boundaries = [_beginning(keys[begin - 1], keys[begin]) if begin else "" for begin, _ in parts]
        phrases_of: list[list[Any]] = [[] for _ in parts]
        for syllable, phrases in spoken:
            phrases_of[bisect_right(boundaries, syllable) - 1] += phrases
        shards = [
            _Shard(first, last, compact_json(phrases) if phrases else "")
            for (first, last), phrases in zip(parts, phrases_of, strict=True)
        ]
        digests = [self._digest(shard) for shard in shards]
        groups = [digests[at : at + TOGETHER] for at in range(0, len(digests), TOGETHER)]
        # One mark each would be half of the manifest.
        fingerprints = [_fingerprint(*map(bytes.fromhex, group)) for group in groups]
        names = [
            f"{fingerprint}-{at}"
            for fingerprint, group in zip(fingerprints, groups, strict=True)
            for at in range(len(group))
        ]
        self._write(list(zip(names, digests, shards, strict=True)))
        return fronts(boundaries), " ".join(fingerprints)

    def _digest(self, shard: _Shard) -> str:
        """Of what a shard says; its text is not needed for that."""
        terms = slice(shard.first, shard.last)
        parts = (
            " ".join(self._index.terms[terms]).encode(),
            self._sizes[terms].tobytes(),
            self._index.prints[terms].tobytes(),
            shard.phrases.encode(),
        )
        return _hashed(*parts).hex()

    def _write(self, shards: Sequence[tuple[str, str, _Shard]]) -> None:
        """Write shards that have a name and a digest."""
        new = []
        for name, digest, shard in shards:
            self.names[digest] = name
            if not self._files.take(name, self._memo.shards.get(digest, "")):
                new.append((name, shard))
        for at in range(0, len(new), READ_TOGETHER):
            self._write_texts(new[at : at + READ_TOGETHER])

    def _write_texts(self, shards: Sequence[tuple[str, _Shard]]) -> None:
        terms = np.concatenate([np.arange(shard.first, shard.last) for _, shard in shards])
        documents, counts = self._index.read(terms)
        begin = 0
        for name, shard in shards:
            sizes = self._sizes[shard.first : shard.last].ravel()
            end = begin + int(sizes.sum())
            spelt = " ".join(self._index.terms[shard.first : shard.last])
            text = _shard_text(spelt, sizes, documents[begin:end], counts[begin:end], shard.phrases)
            self._files.write(name, partial(str, text))
            begin = end


@dataclass(frozen=True)
class _Shard:
    """A part of an index."""

    first: int
    """The place of its first term."""
    last: int
    """That after its last term."""
    phrases: str
    """What is said with its syllables, as JSON; empty where nothing is."""


def _shard_text(terms: str, sizes: Integers, documents: Integers, counts: Integers, phrases: str) -> str:
    """The text of a shard; `sizes` says how many postings each term and field has.

    Of its numbers (`p`) these come first, then of each posting twice how many documents further its document is, and
    one more where the term is there several times, and last how often it is there.
    """
    deltas = np.diff(documents, prepend=np.int32(0))
    begins = (np.cumsum(sizes) - sizes)[sizes > 0]
    deltas[begins] = documents[begins]
    is_more = counts != 1
    text = compact_json({"t": terms, "p": spelt(np.concatenate([sizes, 2 * deltas + is_more, counts[is_more]]))})
    return f'{text[:-1]},"s":{phrases}}}' if phrases else text


def spelt(numbers: Integers) -> str:
    """Numbers from 0 on as letters, which say where each ends; a tenth less to load than in decimals."""
    rest = numbers.astype(np.int64)
    digits = []
    is_left = np.ones(len(rest), bool)
    while is_left.any():
        is_last = rest < DIGIT
        letters = np.where(is_last, FIRST_LETTER + rest, BEFORE + rest % DIGIT)
        digits.append(np.where(is_left, letters, 0).astype(np.uint8))
        is_left &= ~is_last
        rest //= DIGIT
    return np.stack(digits, axis=1).tobytes().replace(b"\0", b"").decode("ascii") if digits else ""


def _fingerprint(*parts: bytes) -> str:
    return base64.b32encode(_hashed(*parts)).decode().lower()[:MARK_LENGTH]


def _hashed(*parts: bytes) -> bytes:
    digest = Digest(size=8)
    digest.add(bytes([VERSION]), *parts)
    return digest.raw()
