"""Counts of sites put together: the weights are lunr's, whatever the order in which they were counted."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder

from plugins.search.index import BLOCK, BOOSTS, Index, key_of, length_codes, rounded
from plugins.search.segments import BODY, FIELDS, Card, Document, Segment, terms_of
from tests.search.documents import document, made_up, segments

PADDING = "~"


def tokens_by_document(index: Index, documents: dict[int, Document]) -> dict[int, dict[str, list[str]]]:
    """What lunr would be given: the terms of each field that the index keeps."""
    kept = {
        (term, field) for term in index.terms for field in range(len(FIELDS)) if len(index.postings(term, field)[0])
    }
    return {
        number: {
            name: padded([term for term in terms_of(name, found.texts[field]) if (term, field) in kept])
            for field, name in enumerate(FIELDS)
        }
        for number, found in documents.items()
    }


def padded(tokens: list[str]) -> list[str]:
    """With words that nobody asks for: a field is as long as the index rounds it up to."""
    [length] = rounded(np.array([len(tokens)], np.int32)).tolist()
    return [*tokens, *[PADDING] * (length - len(tokens))]


def weights_of_lunr(index: Index, documents: dict[int, Document]) -> dict[tuple[str, str, str], float]:
    builder = Builder()
    builder.ref("number")
    for name, boost in zip(FIELDS, BOOSTS, strict=True):
        builder.field(name, boost=boost)
    for number, fields in tokens_by_document(index, documents).items():
        builder.add({"number": number, **fields}, {"boost": documents[number].card.weight})
    built = builder.build()
    names = {posting["_index"]: term for term, posting in built.inverted_index.items()}
    found = {}
    for reference, vector in built.field_vectors.items():
        field, written = str(reference).split("/")
        elements = list(vector)
        for place, weight in zip(elements[::2], elements[1::2], strict=True):
            if names[place] != PADDING:
                found[names[place], field, written] = weight
    return found


def weights_of_ours(index: Index) -> dict[tuple[str, str, str], float]:
    return {
        (term, name, str(number)): weight
        for term in index.terms
        for field, name in enumerate(FIELDS)
        for number, weight in zip(index.postings(term, field)[0].tolist(), index.weights(term, field), strict=True)
    }


@pytest.mark.parametrize("common", [1.0, 0.4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_weight_is_that_of_lunr(seed: int, common: float) -> None:
    documents = {f"so-{site}": made_up(30 + 40 * site, seed * 10 + site) for site in range(3)}
    index = Index.of([(slug, Segment.of(found)) for slug, found in documents.items()], common=common)
    numbered = {block.first + at: found for block in index.blocks for at, found in enumerate(documents[block.slug])}

    ours = weights_of_ours(index)
    assert len(ours) > 5_000
    assert ours == weights_of_lunr(index, numbered)


def test_order_in_which_sites_were_counted_makes_no_difference() -> None:
    counted = segments(4, 60, 7)
    one, other = Index.of(counted), Index.of([(slug, Segment.from_bytes(s.to_bytes())) for slug, s in counted[::-1]])

    assert one.terms == other.terms
    assert one.blocks == other.blocks
    for name in ("starts", "documents", "counts", "lengths"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


texts = st.lists(st.text(max_size=40) | st.sampled_from(["đăng ký", "kết hôn", "1.001193", "a b a b"]), max_size=3)


@settings(max_examples=60)
@given(st.lists(st.tuples(texts, texts, texts), max_size=4))
def test_segment_counts_what_stands_in_the_texts(fields: list[tuple[list[str], ...]]) -> None:
    documents = [Document(Card("", "", "", ""), tuple(map(tuple, entry))) for entry in fields]
    segment = Segment.of(documents)
    read = Segment.from_bytes(segment.to_bytes())

    counted: dict[tuple[int, int], Counter[str]] = {}
    for row in range(len(segment.terms) * len(FIELDS)):
        for posting in range(int(segment.starts[row]), int(segment.starts[row + 1])):
            place = (int(segment.documents[posting]), row % len(FIELDS))
            counted.setdefault(place, Counter())[segment.terms[row // len(FIELDS)]] = int(segment.counts[posting])
    expected = {
        (place, field): Counter(terms_of(name, said))
        for place, entry in enumerate(documents)
        for field, (name, said) in enumerate(zip(FIELDS, entry.texts, strict=True))
    }
    assert counted == {key: counter for key, counter in expected.items() if counter}
    assert list(segment.terms) == sorted(segment.terms)
    assert (read.cards, read.terms) == (segment.cards, segment.terms)
    assert read.counts.tolist() == segment.counts.tolist()


def test_terms_stand_in_order_of_keys_pairs_beside_the_rarer_syllable() -> None:
    index = Index.of(segments(2, 40, 3))
    keys = [key_of(term, index.vocabulary) for term in index.terms]

    assert keys == sorted(keys)
    told = ("ket", "=kêt2", "=ki2", "=đô", "_ket_hon", "_hon_ket", "_a_ket", "_ket_a", "#1.001193", "h30")
    assert [key_of(term, {"ket": 3, "hon": 2}) for term in told] == [
        "ket", "ket", "ki", "do", "hon_ket", "hon_ket", "a_ket", "a_ket", "1.001193", "h30",
    ]  # fmt: skip
    assert key_of("_ket_hon", {"ket": 3, "hon": 3}) == "ket_hon"


def test_lengths_are_rounded_up_to_what_a_letter_can_say() -> None:
    lengths = np.arange(3_000, dtype=np.int32)
    up, codes = rounded(lengths), length_codes(lengths)

    assert up[:20].tolist() == [*range(17), 18, 18, 20]
    assert (up >= lengths).all()
    assert (up <= lengths * 1.13).all()
    assert rounded(up).tolist() == up.tolist()
    assert len(set(length_codes(up).tolist())) == len(set(up.tolist())) < 80
    assert (codes <= length_codes(up)).all()


def test_one_more_document_moves_the_numbers_of_no_other_site() -> None:
    some = [("a", Segment.of(made_up(10, 1))), ("b", Segment.of(made_up(10, 2)))]
    more = [("a", Segment.of(made_up(11, 1))), ("b", Segment.of(made_up(10, 2)))]

    assert [block.first for block in Index.of(some).blocks] == [0, BLOCK]
    assert [block.first for block in Index.of(more).blocks] == [0, BLOCK]


def test_bodies_keep_pairs_that_belong_together_or_stand_in_a_title() -> None:
    often = " ".join(["ung thư", "và", "bệnh"] * 9)
    filler = [document("Việc khác", body=f"một hai ba {word} bốn năm sáu") for word in "àạáảãăâ"]
    index = Index.of([("a", Segment.of([document("Đăng ký", body=f"{often} đăng ký xong"), *filler]))])

    def in_bodies(term: str) -> bool:
        return term in index.places and len(index.postings(term, BODY)[0]) > 0

    assert in_bodies("_ung_thu")
    assert in_bodies("_dang_ki")
    assert not in_bodies("_ki_xong")


def test_thin_index_leaves_out_of_bodies_what_nearly_all_have() -> None:
    documents = [document(f"Tin số {n}", body=f"tỉnh nhà {'lụt' if n == 3 else 'nắng'}") for n in range(400)]
    counted = [("a", Segment.of(documents))]
    whole, thin = Index.of(counted), Index.of(counted, common=0.1)

    assert len(whole.postings("tinh", BODY)[0]) == 400
    assert "tinh" not in thin.places
    assert len(thin.postings("lut", BODY)[0]) == 1


def test_index_of_nothing_is_empty() -> None:
    index = Index.of([])

    assert (index.size, index.terms, index.averages, index.vocabulary) == (0, (), (0.0, 0.0, 0.0), {})
