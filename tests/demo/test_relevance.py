"""What people ask is answered: the half of the suite that nobody looked at while tuning, over the demo's content.

Alone, and among as many procedures as a province has. There an answer of another code but the same name is right too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from plugins.builder.folders import shown_sites
from plugins.search.index import Index
from plugins.search.kinds import SOUGHT_FIRST
from plugins.search.linking import speech
from plugins.search.reference import Searcher
from plugins.search.report import Score, Suite, answers, by_kind, read_suite
from plugins.search.same_names import name_of
from plugins.search.segments import Segment, read_segments
from tests import needed
from tests.demo.built import DemoPortal
from tests.provinces import ROOT
from tests.search.real_size import REAL, made_up, real

QUERIES = ROOT / "tests" / "search" / "queries"
SUITE = read_suite(QUERIES / "test.yaml")
FRESH = read_suite(QUERIES / "fresh.yaml")
"""Of procedures that the real records have."""


@pytest.fixture(scope="module")
def sites(desk: DemoPortal) -> list[tuple[str, Segment]]:
    shown = shown_sites(desk.settings)
    return read_segments((slug, site.version.aside / SOUGHT_FIRST.segment) for slug, site in shown.items())


@pytest.fixture(scope="module")
def scores(desk: DemoPortal, sites: Sequence[tuple[str, Segment]]) -> dict[str, Score]:
    return scored(desk, sites)


def scored(desk: DemoPortal, sites: Sequence[tuple[str, Segment]], suite: Suite = SUITE) -> dict[str, Score]:
    """The scores of the suite over these sites; codes of a name that a wanted one has are wanted too."""
    searcher = Searcher(Index.of(sites), speech(shown_sites(desk.settings)[""].manifest.synonyms))
    wanted = {code for asked in suite.queries for code in asked.want}
    named = {name_of(title): code for code, title in codes_and_titles(searcher) if code in wanted}

    def find(query: str) -> list[tuple[str, str]]:
        return [(named.get(name_of(title), code), title) for code, title in searcher.codes_and_titles(query)]

    return by_kind(answers(suite, find))


def codes_and_titles(searcher: Searcher) -> Iterator[tuple[str, str]]:
    for card in searcher.index.cards.values():
        yield card.url.rstrip("/").rpartition("/")[2], card.title


def codes_of(sites: Sequence[tuple[str, Segment]]) -> set[str]:
    return {card.url.rstrip("/").rpartition("/")[2] for _, segment in sites for card in segment.cards}


def test_nearly_all_queries_have_the_procedure_among_the_first_three(scores: dict[str, Score]) -> None:
    assert scores["all"].queries > 150
    assert scores["all"].success[3] >= 0.97
    assert scores["all"].mrr >= 0.96


@pytest.mark.parametrize("kind", ["exact", "no_diacritics", "partial_diacritics", "typo", "code"])
def test_what_can_be_known_from_the_letters_is_always_found(scores: dict[str, Score], kind: str) -> None:
    assert scores[kind].success[3] >= 0.95


def test_most_are_found_among_as_many_as_a_province_has(desk: DemoPortal, sites: Sequence[tuple[str, Segment]]) -> None:
    """The made-up ones are of the same words as the demonstration's: many would be as right an answer."""
    among = scored(desk, [*sites, ("made-up", made_up(codes_of(sites)))])

    assert among["all"].success[3] >= 0.8
    assert among["all"].mrr >= 0.77


@pytest.mark.shared
def test_nine_of_ten_are_found_among_the_real_records(desk: DemoPortal, sites: Sequence[tuple[str, Segment]]) -> None:
    needed.shared(REAL)
    among = scored(desk, [*sites, ("real", real(codes_of(sites)))])

    assert among["all"].success[3] >= 0.9
    assert among["all"].mrr >= 0.86


@pytest.mark.shared
def test_queries_of_the_real_records_are_answered(desk: DemoPortal, sites: Sequence[tuple[str, Segment]]) -> None:
    needed.shared(REAL)
    among = scored(desk, [*sites, ("real", real(codes_of(sites)))], FRESH)

    assert among["all"].queries > 250
    assert among["all"].success[3] >= 0.9
    assert among["all"].mrr >= 0.83
