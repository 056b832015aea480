"""Sequences of edits between which entries of the caches are truncated, emptied, swapped and written over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sequences.numbers import numbers
from tests.sequences.sequence import Way, Workshop, shortest, steps_of, workshop

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def damaged() -> Iterator[Workshop]:
    with workshop(Way(damaged=True)) as made:
        yield made


@pytest.mark.parametrize("number", numbers(0.2))
def test_damaged_entry_is_a_miss(number: int, damaged: Workshop) -> None:
    assert shortest(damaged.go, steps_of(f"damaged {number}", damaged.way)) == ""
