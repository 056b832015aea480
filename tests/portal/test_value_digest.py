"""Equal digests mean equal values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pydantic import BaseModel

from plugins.portal.value_digest import value_digest


class Colour(Enum):
    RED = 1
    BLUE = 2


class Record(BaseModel):
    name: str
    day: date | None = None


@dataclass(frozen=True)
class Card:
    title: str
    tags: tuple[str, ...] = ()


plain: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.dates(), st.datetimes(), st.sampled_from(Colour)
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(values, values)
def test_values_have_one_digest_only_where_they_are_equal(first: object, second: object) -> None:
    same = first == second and repr(first) == repr(second)  # 1 == True, and they are not written alike
    assert (value_digest(first) == value_digest(second)) == same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), "a"),
        ((), None),
        ("1", 1),
        (Card("a"), Card("a", ("b",))),
        (Record(name="a"), Record(name="a", day=date(2026, 1, 1))),
        (date(2026, 1, 1), datetime(2026, 1, 1)),
        (frozenset("ab"), frozenset("ac")),
        ({"a": 1}, {"a": 2}),
    ],
)
def test_values_that_are_nearly_alike_are_told_apart(first: object, second: object) -> None:
    assert value_digest(first) != value_digest(second)


def test_order_of_a_set_and_of_a_mapping_does_not_matter() -> None:
    assert value_digest(frozenset("abc")) == value_digest(frozenset("cba"))
    assert value_digest({"a": 1, "b": 2}) == value_digest({"b": 2, "a": 1})


def test_safe_text_is_its_text() -> None:
    assert value_digest(Markup("<b>")) == value_digest("<b>")


def test_what_has_no_value_of_its_own_has_no_digest() -> None:
    with pytest.raises(TypeError, match="has no digest"):
        value_digest(Card("a"), object())
