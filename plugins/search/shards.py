"""An index as files of which a browser loads only those that a query needs.

    thu-tuc.json                    what there is: boundaries of the shards, and a mark in the name of every other file
    thu-tuc/<mark>.json             the lengths of the documents, or what they may be filtered by
    thu-tuc/<mark>-<n>.json         a shard, or the cards of some documents

A mark is made of what the file says: an old file never meets a new manifest, and what has not changed keeps its name.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

import numpy as np

from plugins.portal.files import link_or_copy
from plugins.portal.values import compact_json
from plugins.search.index import BOOSTS, Block, Index, key_of
from plugins.search.segments import FIELDS, Integers
from plugins.search.terms import PAIR

VERSION = 1
MARK_LENGTH = 7
"""Letters of a mark, five bits each."""
TOGETHER = 8
"""Shards that share a mark."""
TERM_SIZE, POSTING_SIZE = 10, 3
"""Bytes that a term and a posting take in a shard, about."""


@dataclass(frozen=True)
class Files:
    """Where the files of an index go."""

    folder: Path
    """The portal's root, as it is being written."""
    address: str
    """Of the manifest, without its ending: `tim-kiem/thu-tuc`."""
    before: Path | None = None
    """The root of the version before this one: what it has under the same name is taken over."""

    def write(self, name: str, text: Callable[[], str]) -> None:
        """Write a file named after what it says, unless the version before has it."""
        path = self.folder / self.address / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        known = self.before / self.address / path.name if self.before else None
        if known is not None and known.is_file():
            link_or_copy(known, path)
        elif not path.exists():
            path.write_text(text(), encoding="utf-8")

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        path = (self.folder / self.address).with_suffix(".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_compact(manifest), encoding="utf-8")


def write_index(index: Index, files: Files, target: int, cards: int) -> None:
    """Write an index in shards of about `target` bytes, with so many `cards` in a file."""
    pairs_begin = bisect_left(index.terms, True, key=lambda term: term.startswith(PAIR))
    lengths = {"lengths": index.lengths.tolist(), "light": _light(index)}
    facets = {"facets": _facets(index)}
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
            "lengths": _write_marked(lengths, files),
            "facets": _write_marked(facets, files),
            "syllables": _write_shards(index, 0, pairs_begin, files, target),
            "pairs": _write_shards(index, pairs_begin, len(index.terms), files, target),
            "words": front_coded(index.vocabulary),
        }
    )


def front_coded(vocabulary: Mapping[str, int]) -> str:
    """Each word as how many letters it begins with like the one before (A for none), the others, how common it is."""
    coded: list[str] = []
    before = ""
    for word, common in sorted(vocabulary.items()):
        alike = _alike(before, word)
        coded.append(f"{chr(ord('A') + alike)}{word[alike:]}{common}")
        before = word
    return "".join(coded)


def _light(index: Index) -> list[tuple[int, float]]:
    return [(number, card.weight) for number, card in index.cards.items() if card.weight != 1]


def _facets(index: Index) -> list[dict[str, Any]]:
    """What documents may be filtered by: the values of each facet, and which of them each document has."""
    cards = list(index.cards.values())
    names = sorted({name for card in cards for name, _, _ in card.facets})
    found = []
    for facet in names:
        own = [next(((slug, shown) for name, slug, shown in card.facets if name == facet), None) for card in cards]
        values = sorted({value for value in own if value is not None})
        places = {value: place for place, value in enumerate(values)}
        found.append({"name": facet, "values": values, "of": [-1 if value is None else places[value] for value in own]})
    return found


def _write_cards(block: Block, files: Files, together: int) -> tuple[str, int, int, str]:
    rows = [[card.title, card.url, card.meta, card.summary] for card in block.cards]
    mark = _mark(_compact(rows).encode(), bytes([together]))
    for start in range(0, len(rows), together):
        some = rows[start : start + together]
        files.write(f"{mark}-{start // together}", partial(_compact, some))
    return block.slug, block.first, len(rows), mark


def _write_marked(content: object, files: Files) -> str:
    text = _compact(content)
    mark = _mark(text.encode())
    files.write(mark, lambda: text)
    return mark


def _write_shards(index: Index, first: int, last: int, files: Files, target: int) -> tuple[str, str]:
    """Write the shards of these terms; gives their boundaries and their marks."""
    keys = [key_of(term) for term in index.terms[first:last]]
    postings = np.diff(index.starts[:: len(FIELDS)])[first:last]
    sizes = postings * POSTING_SIZE + np.array([len(term) for term in index.terms[first:last]], np.int32) + TERM_SIZE
    parts = cut(keys, sizes, target)
    boundaries = [_beginning(keys[begin - 1], keys[begin]) if begin else "" for begin, _ in parts]
    placed = [(first + begin, first + end) for begin, end in parts]
    marks = [_write_group(index, placed[at : at + TOGETHER], files) for at in range(0, len(placed), TOGETHER)]
    return "|".join(boundaries), " ".join(marks)


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
        for _, group in groupby(range(first, last), key=lambda place: keys[place][:letter]):
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


@dataclass(frozen=True)
class _Shard:
    """Some terms with their postings."""

    terms: str
    sizes: Integers
    """How many postings each term and field has."""
    documents: Integers
    counts: Integers

    @classmethod
    def of(cls, index: Index, first: int, last: int) -> _Shard:
        starts = index.starts[first * len(FIELDS) : last * len(FIELDS) + 1]
        inside = slice(int(starts[0]), int(starts[-1]))
        return cls(" ".join(index.terms[first:last]), np.diff(starts), index.documents[inside], index.counts[inside])

    @property
    def parts(self) -> tuple[bytes, ...]:
        """All that its text is made of; faster to take a mark of than the text."""
        return self.terms.encode(), self.sizes.tobytes(), self.documents.tobytes(), self.counts.tobytes()

    def text(self) -> str:
        deltas = np.diff(self.documents, prepend=np.int32(0))
        begins = (np.cumsum(self.sizes) - self.sizes)[self.sizes > 0]
        deltas[begins] = self.documents[begins]
        often = np.flatnonzero(self.counts != 1)
        more = np.stack([np.diff(often, prepend=0), self.counts[often]], axis=1).ravel()
        return _compact({"t": self.terms, "n": self.sizes.tolist(), "d": deltas.tolist(), "f": more.tolist()})


def _write_group(index: Index, places: Sequence[tuple[int, int]], files: Files) -> str:
    """Write neighbouring shards; gives the mark that they share, for one each would be half of the manifest."""
    group = [_Shard.of(index, first, last) for first, last in places]
    mark = _mark(*(part for shard in group for part in shard.parts))
    for at, shard in enumerate(group):
        files.write(f"{mark}-{at}", shard.text)
    return mark


def _compact(content: object) -> str:
    return compact_json(content)


def _mark(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for part in (bytes([VERSION]), *parts):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return base64.b32encode(digest.digest()).decode().lower()[:MARK_LENGTH]
