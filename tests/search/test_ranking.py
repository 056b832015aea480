"""How documents are ranked: lunr's scores, and the layer upon them, the same in Python and in the browser."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from plugins.search.index import Index
from plugins.search.kinds import SOUGHT_FIRST
from plugins.search.queries import Clause, Speech, Understood, speech_of, understand
from plugins.search.ranking import TITLE_PENALTY, Ranking
from plugins.search.reference import Searcher, lunr_scores
from plugins.search.same_names import name_of
from plugins.search.segments import Card, Document, Segment
from plugins.search.shards import Files, write_index
from tests.needed import program
from tests.search.documents import SYLLABLES, made_up
from tests.waiting import PATIENCE

HERE = Path(__file__).parent
SPEECH = {
    "synonyms": [
        [["sổ đỏ"], ["giấy chứng nhận quyền sử dụng đất", "cấp lại"]],
        [["bằng lái"], ["giấy phép lái xe"]],
        [["cưới"], ["kết hôn"]],
    ],
    "stop_phrases": ["tôi muốn"],
    "stop_words": ["là"],
    "circumstance_words": ["tại"],
    "need_words": ["cấp"],
    "words_between": ["xã"],
}


def speech() -> Speech:
    return speech_of(**SPEECH)  # type: ignore[arg-type]


def titled(*titles: str, weight: float = 1.0) -> list[Document]:
    return [
        Document(Card(title, f"thu-tuc/{number}/", "", "", (), weight), ((title,), (), ()))
        for number, title in enumerate(titles)
    ]


def found(query: str, *titles: str) -> list[str]:
    index = Index.of([("a", Segment.of(titled(*titles)))])
    return [hit.card.title for hit in Searcher(index, speech()).find(query)]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of([(f"so-{site}", Segment.of(made_up(150, site))) for site in range(3)])


def test_what_was_typed_is_scored_as_lunr_scores_it(index: Index) -> None:
    chance = random.Random(3)  # noqa: S311
    terms = [term for term in index.terms if chance.random() < 0.05]
    for _ in range(40):
        clauses = [Clause(term, chance.choice([0.5, 1.0, 1.5])) for term in chance.sample(terms, 3)]
        lunr = lunr_scores(index, clauses)
        ranked = {hit.number: hit.score for hit in Ranking(index).ranked(Understood(tuple(clauses), (), {}), cut=0.0)}

        assert ranked.keys() == lunr.keys()
        for number, score in ranked.items():
            length = int(index.lengths[0][list(index.numbers).index(number)])
            assert score * (1 + TITLE_PENALTY * length) == pytest.approx(lunr[number], rel=0.002)


@pytest.mark.parametrize("query", ["sổ đỏ", "so do", "sổ xã đỏ", "sỗ đỏ"])
def test_phrase_finds_what_is_meant_by_it(query: str) -> None:
    assert found(query, "Số đo xã", "Giấy chứng nhận quyền sử dụng đất")[0].startswith("Giấy")


def test_one_reading_counts_and_not_all_of_them() -> None:
    both = "Cấp lại giấy chứng nhận quyền sử dụng đất"
    assert found("sổ đỏ", "Cấp lại xe", both, "Giấy chứng nhận quyền sử dụng đất")[0] != "Cấp lại xe"


def test_need_outweighs_where_it_is() -> None:
    assert found("kết hôn tại nhà đất ", "Nhà đất", "Kết hôn")[0] == "Kết hôn"
    scales = [need.share for need in understand("kết hôn tại nhà cấp đất ", {}, speech()).needs]
    assert scales == [2.0, 2.0, 1.0, 1.0, 2.0, 2.0]


def test_more_of_what_is_asked_comes_first() -> None:
    assert found("khai sinh tử ", "Khai khai khai", "Khai sinh tử xã tỉnh hồ sơ nhà ở")[0].startswith("Khai sinh")


def test_what_answers_something_else_is_left_out() -> None:
    assert found("khai sinh tử lái xe rượu", "Khai sinh tử lái xe rượu", "Xã tử tỉnh hồ sơ nhà") == [
        "Khai sinh tử lái xe rượu"
    ]


def test_one_name_is_one_result() -> None:
    titles = ("Cấp hộ chiếu (thực hiện tại cấp tỉnh)", "Thủ tục cấp hộ chiếu (Thực hiện tại cấp Trung ương)", "Cấp xe")
    documents = titled(*titles)
    hits = Searcher(Index.of([("a", Segment.of(documents))]), speech()).find("hộ chiếu")

    assert [hit.card.title for hit in hits] == [titles[0]]
    assert [card.title for card in hits[0].alike] == [titles[1]]
    assert name_of("Cấp bằng khen (cấp tỉnh)") == name_of("Cấp bằng khen") != name_of("Cấp bằng khen cho xã")


def test_whole_last_syllable_is_not_completed() -> None:
    vocabulary = {"ket": 5, "ho": 4, "hon": 5, "hong": 3}
    whole, begun = (understand(text, vocabulary, speech()).clauses for text in ("ket ho", "ket hô"))

    assert [clause.term for clause in whole] == ["_ket_ho", "ho", "ket"]
    assert [clause.term for clause in begun] == ["=hô", *[clause.term for clause in whole]]
    begun = understand("ket hongg", vocabulary, speech()).clauses
    assert {clause.term for clause in begun} >= {"hong", "_ket_hong"}
    going_on = {clause.term for clause in understand("ket hongg", vocabulary | {"hongga": 1}, speech()).clauses}
    assert going_on == {"ket", "hongg", "_ket_hongg", "hongga", "_ket_hongga"}


def test_browser_ranks_the_same_first_ten_with_the_same_scores(tmp_path: Path, index: Index) -> None:
    write_index(index, Files(tmp_path, "tim-kiem/thu-tuc"), SOUGHT_FIRST.shard_size, SOUGHT_FIRST.cards)
    (tmp_path / "speech").write_text(json.dumps(SPEECH), encoding="utf-8")
    chance = random.Random(5)  # noqa: S311
    said = [*SYLLABLES, "sổ đỏ", "bằng lái", "cưới", "tại", "xã", "so do", "bằng xã lái", "cấpp", "xinh", "dawng kys"]
    queries = [" ".join(chance.choices(said, k=chance.randrange(1, 9))) + chance.choice(["", " "]) for _ in range(300)]
    command = [program("node", "nodejs npm"), str(HERE / "ranking.mjs"), str(tmp_path), "tim-kiem/thu-tuc"]
    done = subprocess.run(
        command, input=json.dumps(queries), capture_output=True, text=True, check=True, timeout=PATIENCE
    )

    searcher = Searcher(index, speech())
    for query, answer in zip(queries, json.loads(done.stdout), strict=True):
        hits = searcher.find(query)
        assert [(hit.number, pytest.approx(hit.score, abs=3e-6)) for hit in hits] == [
            (number, score) for number, score in answer
        ], query
