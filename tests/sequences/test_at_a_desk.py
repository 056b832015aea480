"""Sequences of edits at a desk: drafts are shown, and problems listed on a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sequences.numbers import numbers
from tests.sequences.sequence import Way, Workshop, shortest, steps_of, workshop

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def desk() -> Iterator[Workshop]:
    with workshop(Way()) as made:
        yield made


@pytest.mark.parametrize("number", numbers(0.3))
def test_incremental_build_is_as_a_clean_one(number: int, desk: Workshop) -> None:
    assert shortest(desk.go, steps_of(f"desk {number}", desk.way)) == ""
