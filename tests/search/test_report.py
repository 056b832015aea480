"""How answers to a suite of queries are scored, and what is said of a file that is no suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from plugins.search.report import Asked, Score, Suite, answers, by_kind, read_suite
from tests.provinces import ROOT

RESULTS = {"một": ["a", "b", "c"], "hai": ["b", "a"], "ba": [], "bốn": ["x", "y", "z", "a"]}
SUITE = Suite(
    queries=(
        Asked(ask="một", kind="exact", want=("a",)),
        Asked(ask="hai", kind="exact", want=("a", "q")),
        Asked(ask="ba", kind="typo", want=("a",)),
        Asked(ask="bốn", kind="typo", want=("a",)),
    )
)


def test_place_of_the_first_wanted_procedure_makes_the_scores() -> None:
    found = answers(SUITE, lambda query: [(code, code.upper()) for code in RESULTS[query]])
    scores = by_kind(found)

    assert [answer.rank for answer in found] == [1, 2, None, 4]
    assert [answer.first for answer in found] == ["A", "B", "", "X"]
    assert scores["exact"] == Score(2, 0.75, {1: 0.5, 3: 1.0, 10: 1.0})
    assert scores["typo"] == Score(2, 0.125, {1: 0.0, 3: 0.0, 10: 0.5})
    assert list(scores) == ["exact", "typo", "all"]
    assert scores["all"].mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)


def test_both_halves_of_the_suite_have_every_kind_and_share_no_query() -> None:
    tuning, test = (read_suite(ROOT / "tests" / "search" / "queries" / f"{half}.yaml") for half in ("tuning", "test"))
    codes = {path.stem for path in (ROOT / "content").rglob("procedures/*.yaml")}

    for half in (tuning, test):
        kinds = [asked.kind for asked in half.queries]
        assert min(kinds.count(kind) for kind in set(kinds)) >= 12
        assert len(set(kinds)) == 8
        assert {code for asked in half.queries for code in asked.want} <= codes
    assert not {asked.ask.casefold() for asked in tuning.queries} & {asked.ask.casefold() for asked in test.queries}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "No such file"),
        ("queries: []\n", "queries: Tuple should have at least 1 item"),
        ("queries: [{ask: a, kind: exact}]\n", "queries.0.want: Field required"),
        ("queries: [\n", "queries.yaml"),
    ],
)
def test_file_that_is_no_suite_is_refused_with_its_name(tmp_path: Path, written: str | None, said: str) -> None:
    path = tmp_path / "queries.yaml"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    with pytest.raises(PortalError) as refused:
        read_suite(path)

    assert str(refused.value).startswith(str(path))
    assert said in str(refused.value)
