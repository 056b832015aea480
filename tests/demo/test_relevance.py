"""What people ask is answered: the half of the suite that nobody looked at while tuning, over the demo's content."""

from __future__ import annotations

import pytest

from plugins.builder.folders import shown_sites
from plugins.search.kinds import SOUGHT_FIRST
from plugins.search.linking import linked_index, speech
from plugins.search.reference import Searcher
from plugins.search.report import Score, answers, by_kind, read_suite
from tests.demo.built import DemoPortal
from tests.provinces import ROOT


@pytest.fixture(scope="module")
def scores(desk: DemoPortal) -> dict[str, Score]:
    shown = shown_sites(desk.settings)
    index = linked_index(SOUGHT_FIRST, {slug: site.version for slug, site in shown.items()})
    searcher = Searcher(index, speech(shown[""].manifest.synonyms))
    suite = read_suite(ROOT / "tests" / "search" / "queries" / "test.yaml")
    return by_kind(answers(suite, searcher.codes_and_titles))


def test_nine_of_ten_queries_have_the_procedure_among_the_first_three(scores: dict[str, Score]) -> None:
    assert scores["all"].queries > 150
    assert scores["all"].success[3] >= 0.90
    assert scores["all"].mrr >= 0.80


@pytest.mark.parametrize("kind", ["exact", "no_diacritics", "partial_diacritics", "typo", "code"])
def test_what_can_be_known_from_the_letters_is_always_found(scores: dict[str, Score], kind: str) -> None:
    assert scores[kind].success[3] >= 0.95
