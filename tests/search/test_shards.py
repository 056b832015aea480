"""The files that browsers load say what the index says, and keep their names while they say the same."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.index import Index, key_of, length_codes
from plugins.search.segments import FIELDS, Segment
from plugins.search.shards import BEFORE, DIGIT, FIRST_LETTER, Files, Spoken, cut, fronts, spelt, write_index
from tests.search.documents import document, made_up, segments

ADDRESS = "tim-kiem/thu-tuc"
Postings = dict[tuple[str, int], list[tuple[int, int]]]


def write(root: Path, index: Index, before: Path | None = None, target: int = 400) -> dict[str, Any]:
    write_index(index, Files(root, ADDRESS, before), target, 4)
    manifest: dict[str, Any] = load(root / f"{ADDRESS}.json")
    return manifest


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def names(root: Path) -> set[str]:
    return {path.name for path in (root / ADDRESS).iterdir()}


def numbers_of(letters: str) -> list[int]:
    read, number, power = [], 0, 1
    for letter in letters.encode():
        is_last = letter < BEFORE
        number += (letter - (FIRST_LETTER if is_last else BEFORE)) * power
        power *= DIGIT
        if is_last:
            read.append(number)
            number, power = 0, 1
    return read


def decoded(shard: dict[str, Any]) -> Postings:
    """A shard's postings as (document, count) by term and field."""
    lists = [(term, field) for term in shard["t"].split(" ") for field in range(len(FIELDS))]
    numbers = iter(numbers_of(shard["p"]))
    sizes = list(islice(numbers, len(lists)))
    moved = [list(islice(numbers, size)) for size in sizes]
    return {
        key: [
            (document, next(numbers) if number % 2 else 1)
            for document, number in zip(accumulate(number // 2 for number in own), own, strict=True)
        ]
        for key, own in zip(lists, moved, strict=True)
    }


@given(st.lists(st.integers(0, 2**31 - 1)))
def test_numbers_are_spelt_in_letters_that_json_leaves_as_they_are(numbers: list[int]) -> None:
    letters = spelt(np.array(numbers, np.int64))

    assert numbers_of(letters) == numbers
    assert json.dumps(letters) == f'"{letters}"'


def keys_of(written: str) -> list[str]:
    """Boundaries as a browser reads them."""
    keys: list[str] = []
    for alike, rest in re.findall("([A-Z])([^A-Z]*)", written):
        keys.append((keys[-1] if keys else "")[: ord(alike) - ord("A")] + rest)
    return keys


@given(st.lists(st.text("ab1_/", max_size=40)).map(sorted))
def test_keys_are_read_as_they_were_written(keys: list[str]) -> None:
    assert keys_of(fronts(keys)) == keys


@pytest.fixture
def index() -> Index:
    return Index.of(segments(3, 60, 5))


def test_every_term_is_in_the_shard_where_its_key_leads_with_all_its_postings(tmp_path: Path, index: Index) -> None:
    manifest = write(tmp_path, index)

    found: Postings = {}
    boundaries, marks = keys_of(manifest["shards"][0]), manifest["shards"][1].split(" ")
    assert boundaries[0] == ""
    assert boundaries == sorted(set(boundaries))
    assert len(boundaries) > 5
    assert len(marks) == -(-len(boundaries) // manifest["together"])
    for place in range(len(boundaries)):
        group, at = divmod(place, manifest["together"])
        shard = decoded(load(tmp_path / ADDRESS / f"{marks[group]}-{at}.json"))
        assert {bisect_right(boundaries, key_of(term, index.vocabulary)) - 1 for term, _ in shard} == {place}
        found |= shard
    assert found == {
        (term, field): list(zip(*(part.tolist() for part in index.postings(term, field)), strict=True))
        for term in index.terms
        for field in range(len(FIELDS))
    }


def test_phrases_lie_in_the_shard_of_their_syllable(tmp_path: Path, index: Index) -> None:
    said = {syllable: [([f"{syllable} lạ"], ["kết hôn"])] for syllable in ("0", "ket", "zzz", *index.vocabulary)}
    write_index(index, Files(tmp_path, ADDRESS), 400, 4, None, Spoken({"stop_words": ["là"]}, said))
    manifest = load(tmp_path / f"{ADDRESS}.json")

    assert manifest["around"] == {"stop_words": ["là"]}
    boundaries, marks = keys_of(manifest["shards"][0]), manifest["shards"][1].split(" ")
    for syllable, phrases in said.items():
        group, at = divmod(bisect_right(boundaries, syllable) - 1, manifest["together"])
        shard = load(tmp_path / ADDRESS / f"{marks[group]}-{at}.json")
        assert [[list(texts), list(meanings)] for texts, meanings in phrases] == [
            entry for entry in shard["s"] if entry[0] == [f"{syllable} lạ"]
        ]


def test_manifest_has_lengths_and_facets_and_leads_to_cards(tmp_path: Path, index: Index) -> None:
    manifest = write(tmp_path, index)

    assert manifest["documents"] == index.size
    assert [[ord(letter) - 48 for letter in letters] for letters in manifest["lengths"]] == [
        length_codes(lengths).tolist() for lengths in index.lengths
    ]
    assert manifest["weights"] == [1.0, 0.3]
    assert manifest["standings"] == "".join("01"[card.weight == 0.3] for card in index.cards.values())
    assert manifest["facets"] == [{"name": "co-quan", "values": ["Tỉnh"], "of": "0" * index.size}]
    for first, size, mark in manifest["blocks"]:
        for number in range(first, first + size):
            card = index.cards[number]
            some = load(tmp_path / ADDRESS / f"{mark}-{(number - first) // 4}.json")
            assert some[(number - first) % 4] == [card.title, card.url, card.meta, card.summary]


def test_vocabulary_has_how_common_each_syllable_is(tmp_path: Path) -> None:
    documents = [document("Đăng ký kết hôn", code=f"1.00000{n}") for n in range(4)] + [document("Đăng bộ 12")]
    manifest = write(tmp_path, Index.of([("a", Segment.of(documents))]))

    assert manifest["words"] == "Abo2Adang4Ahon4Aket4Bi4"


def test_what_has_not_changed_keeps_its_name_and_is_the_same_file(tmp_path: Path) -> None:
    counted = segments(3, 60, 5)
    write(tmp_path / "before", Index.of(counted))
    changed = [*counted[:2], ("so-2", Segment.of([*made_up(61, 7)[:-1], document("Cấp lại", code="9.999999")]))]
    write(tmp_path / "now", Index.of(changed), tmp_path / "before")

    same = names(tmp_path / "before") & names(tmp_path / "now")
    assert 5 < len(same) < len(names(tmp_path / "now"))
    for name in same:
        assert (tmp_path / "before" / ADDRESS / name).samefile(tmp_path / "now" / ADDRESS / name)


def test_files_are_the_same_whatever_was_there_before(tmp_path: Path) -> None:
    counted = segments(3, 60, 5)
    other = [*counted[:2], ("so-2", Segment.of(made_up(50, 99)))]
    write(tmp_path / "other", Index.of(other))
    write(tmp_path / "alone", Index.of(counted))
    write(tmp_path / "after", Index.of(counted[::-1]), tmp_path / "other")

    assert names(tmp_path / "alone") == names(tmp_path / "after")
    for path in (tmp_path / "alone").rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "after" / path.relative_to(tmp_path / "alone")).read_bytes()


def test_index_of_nothing_is_written_and_read(tmp_path: Path) -> None:
    manifest = write(tmp_path, Index.of([]))

    assert (manifest["documents"], manifest["blocks"], manifest["shards"], manifest["words"]) == (
        0,
        [],
        ["", ""],
        "",
    )


keys = st.lists(st.text("abc_1", min_size=1, max_size=6), max_size=60).map(sorted)


@given(keys, st.integers(1, 40), st.data())
def test_cutting_parts_no_key_and_keeps_to_the_target(keys: list[str], target: int, data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 9), min_size=len(keys), max_size=len(keys)))
    parts = cut(keys, np.array(sizes, np.int32), target)

    assert [place for first, last in parts for place in range(first, last)] == list(range(len(keys)))
    for first, last in parts:
        assert first < last
        assert sum(sizes[first:last]) <= target or len(set(keys[first:last])) == 1
        assert first == 0 or keys[first] != keys[first - 1]
