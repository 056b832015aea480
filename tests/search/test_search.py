"""What a query finds, as an editor tries it on the command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.manifest import ProcedureCard
from plugins.search import find, words


def card(code: str, name: str, *keywords: str) -> ProcedureCard:
    return ProcedureCard(
        code=code,
        name=name,
        url=f"thu-tuc/{code}/",
        agency_slug="",
        agency_name="",
        field="ho-tich",
        field_name="Hộ tịch",
        online_level=None,
        online_mode=None,
        performed_by=("commune",),
        audiences=("citizen",),
        status="in_force",
        keywords=keywords,
    )


CARDS = [
    card("1.001193", "Đăng ký khai sinh", "làm giấy khai sinh"),
    card("1.000656", "Đăng ký khai tử"),
    card("1.000894", "Đăng ký kết hôn", "giấy hôn thú"),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("khai sinh", "1.001193"),
        ("dang ky ket hon", "1.000894"),
        ("ĐĂNG KÝ KẾT HÔN", "1.000894"),
        ("lam giay khai sinh", "1.001193"),
        ("hôn thú", "1.000894"),
        ("1.000656", "1.000656"),
    ],
)
def test_query_finds_the_procedure_it_means(query: str, first: str) -> None:
    assert find(CARDS, query)[0].card.code == first


def test_query_in_decomposed_unicode_finds_the_same() -> None:
    assert find(CARDS, "ke\u0302\u0301t ho\u0302n") == find(CARDS, "kết hôn")


def test_nothing_is_found_where_nothing_matches_and_nothing_breaks() -> None:
    assert [find(CARDS, query) for query in ("", "   ", "*", "name:^2 ~", "xyz")] == [[], [], [], [], []]
    assert find([], "khai sinh") == []


def test_equal_scores_are_in_order_of_code() -> None:
    assert [hit.card.code for hit in find(CARDS, "đăng")] == sorted(c.code for c in CARDS)


def test_limit_is_kept() -> None:
    assert len(find(CARDS, "đăng ký", limit=2)) == 2


@given(st.text(max_size=60))
def test_any_text_makes_folded_words(text: str) -> None:
    assert all(word == word.lower() and " " not in word for word in words(text))
    assert len(find(CARDS, text)) <= len(CARDS)
