"""After any edits an index is that of a clean build, byte for byte, and little of it is written anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from plugins.search.index import COMMON_FROM, Index
from plugins.search.segments import Document, Segment, read_segment, segment_before, write_segment
from plugins.search.shards import COMPRESSED, Files, Memo, write_index
from plugins.search.terms import words
from tests.search.documents import document, made_up, segments

ADDRESS = "tim-kiem/tin"
TARGET, CARDS, COMMON = 300, 4, 0.4
Sites = dict[str, list[Document]]


def written(root: Path, counted: dict[str, Segment], before: Path | None = None, memo: Memo | None = None) -> Memo:
    """Write an index of these sites, as the run over all sites does."""
    known = (memo or Memo()).bodies
    index = Index.of(list(counted.items()), common=COMMON, known_bodies=known)
    return write_index(index, Files(root, ADDRESS, before), TARGET, CARDS, memo)


def content(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(chance: Random, sites: Sites) -> str:
    """Make one edit, like those that people make; gives the site that it is made in."""
    slug = chance.choice([*sites, f"so-{chance.randrange(9)}"])
    documents = sites.setdefault(slug, [])
    place = chance.randrange(len(documents) + 1)
    kind = chance.choice(["add", "add", "many", "remove", "title", "text", "card", "twice", "swap", "site"])
    fresh = made_up(chance.choice([1, 40]) if kind == "many" else 1, chance.randrange(10**6))
    if kind in ("add", "many") or not documents:
        documents[place:place] = fresh
        return slug
    place = min(place, len(documents) - 1)
    old = documents[place]
    match kind:
        case "remove":
            del documents[place]
        case "title":
            documents[place] = replace(old, texts=(fresh[0].texts[0], *old.texts[1:]))
        case "text":
            documents[place] = replace(old, texts=(*old.texts[:2], (*old.texts[2], "hộ kinh doanh rượu", "tên lạ")))
        case "card":
            documents[place] = replace(old, card=replace(old.card, summary="khác", weight=0.3))
        case "twice":
            documents.append(replace(old, card=replace(old.card, url="noi-khac/")))
        case "swap":
            documents[place], documents[-1] = documents[-1], documents[place]
        case "site":
            sites[slug] = []
    return slug


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_files_are_those_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # tests
    sites: Sites = {f"so-{site}": made_up(chance.randrange(60), seed * 10 + site) for site in range(4)}
    counted = {slug: Segment.of(documents) for slug, documents in sites.items()}
    memo = written(tmp_path / "0", counted)
    for step in range(1, 12):
        for _ in range(chance.choice([1, 1, 3])):
            slug = changed(chance, sites)
            counted[slug] = Segment.of(sites[slug], counted.get(slug))
        assert counted[slug].to_bytes() == Segment.of(sites[slug]).to_bytes()
        memo = written(tmp_path / str(step), counted, tmp_path / str(step - 1), memo)
        clean = {name: Segment.of(documents) for name, documents in sites.items()}
        assert memo == written(tmp_path / "clean", clean)
        assert content(tmp_path / str(step)) == content(tmp_path / "clean")
        shutil.rmtree(tmp_path / "clean")


def test_memo_of_another_index_does_no_harm(tmp_path: Path) -> None:
    other = written(tmp_path / "other", dict(segments(3, 50, 8)))
    counted = dict(segments(3, 60, 5))
    written(tmp_path / "clean", counted)
    written(tmp_path / "new", counted, tmp_path / "other", other)
    nowhere = Memo(shards=dict.fromkeys(other.shards, "aaaaaaa-0"))
    written(tmp_path / "nowhere", counted, tmp_path / "other", nowhere)

    assert content(tmp_path / "new") == content(tmp_path / "nowhere") == content(tmp_path / "clean")


@pytest.mark.parametrize("raw", [b"", b"{", b"{}", b"\n{}", b"\xff\x00", b"0123456789abcdef\n{}"])
def test_memo_that_makes_no_sense_is_none(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "memo").write_bytes(raw)

    assert Memo.read(tmp_path / "memo") == Memo.read(tmp_path / "nowhere") == Memo()


def test_memo_that_was_altered_is_none(tmp_path: Path) -> None:
    memo = Memo(shards={"0011": "aaaaaaa-0"}, bodies={"22": [1, 2]})
    memo.write(tmp_path / "memo")
    raw = (tmp_path / "memo").read_bytes()
    assert Memo.read(tmp_path / "memo") == memo
    for altered in (raw.replace(b"[1,2]", b"[1,3]"), raw[:-1], raw[1:]):
        (tmp_path / "memo").write_bytes(altered)
        assert Memo.read(tmp_path / "memo") == Memo()


@pytest.mark.parametrize("raw", [b"", b"\n", b"{}\n", b"[]\n", b"\xff\xff\n", b'{"terms": "a"}\n'])
def test_segment_that_makes_no_sense_is_counted_anew(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "segment").write_bytes(raw)

    assert segment_before(tmp_path / "segment") is None
    assert segment_before(tmp_path / "nowhere") is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_segment_that_was_cut_short_or_altered_is_counted_anew(tmp_path: Path, share: float) -> None:
    path = tmp_path / "segment"
    write_segment(path, Segment.of(made_up(20, 1)))
    raw = path.read_bytes()
    place = int(len(raw) * share)
    path.write_bytes(raw[:place])
    assert segment_before(path) is None
    path.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
    assert segment_before(path) is None
    path.write_bytes(raw)
    assert segment_before(path) is not None


def test_segment_is_the_same_when_it_is_read(tmp_path: Path) -> None:
    segment = Segment.of(made_up(20, 1))
    write_segment(tmp_path / "segment", segment)

    assert read_segment(tmp_path / "segment").to_bytes() == segment.to_bytes()
    assert read_segment(tmp_path / "segment").cards == segment.cards


def test_only_texts_that_were_not_counted_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = made_up(40, 3)
    before = Segment.of(documents)
    counted: list[str] = []

    def noted(text: str, *, with_marks: bool) -> tuple[list[str], list[str]]:
        counted.append(text)
        return words(text, with_marks=with_marks)

    monkeypatch.setattr("plugins.search.segments.words", noted)
    edited = document("Thông báo mới", body="Nghỉ lễ hai ngày")
    Segment.of([*documents[:7], edited, *documents[8:]], before)

    assert counted == ["Thông báo mới", "1.000001", "Nghỉ lễ hai ngày"]


def test_edit_of_one_text_writes_only_shards_of_its_words(tmp_path: Path) -> None:
    documents = {f"so-{site}": made_up(60, site) for site in range(4)}
    counted = {slug: Segment.of(found) for slug, found in documents.items()}
    memo = written(tmp_path / "before", counted)
    for path in (tmp_path / "before" / ADDRESS).iterdir():
        path.with_name(path.name + COMPRESSED).write_bytes(b"compressed")
    found = documents["so-2"]
    found[30] = replace(found[30], texts=(*found[30].texts[:2], (*found[30].texts[2], "trợ cấp")))
    written(tmp_path / "now", counted | {"so-2": Segment.of(found)}, tmp_path / "before", memo)

    known = {path.stat().st_ino for path in (tmp_path / "before" / ADDRESS).iterdir()}
    files = [path for path in (tmp_path / "now" / ADDRESS).iterdir() if path.suffix == ".json"]
    new = [path for path in files if path.stat().st_ino not in known]
    assert 2 <= len(new) <= 5  # lengths, and the shards of two syllables and of a pair
    assert len(files) > 40
    for path in files:
        assert path.with_name(path.name + COMPRESSED).exists() == (path not in new)


def test_edit_moves_what_is_thinned_out_in_all_sites(tmp_path: Path) -> None:
    """A syllable that becomes common, and a pair that becomes frequent, change the lengths of bodies everywhere."""
    filler = [document(f"Tin {n}", body="tỉnh nhà" if n < COMMON_FROM // 2 else "huyện nhà") for n in range(200)]
    counted = {slug: Segment.of(filler) for slug in ("a", "b")}
    memo = written(tmp_path / "before", counted)
    more = [*filler, document("Tin mới", body="tỉnh lẻ tỉnh lẻ")]
    after = counted | {"b": Segment.of(more, counted["b"])}
    written(tmp_path / "now", after, tmp_path / "before", memo)
    written(tmp_path / "clean", after)

    one, other = (Index.of(list(found.items()), common=COMMON) for found in (counted, after))
    assert "tinh" in one.terms
    assert "tinh" not in other.terms
    assert one.body_keys[0] != other.body_keys[0]
    assert content(tmp_path / "now") == content(tmp_path / "clean")
