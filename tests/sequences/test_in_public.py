"""Sequences of edits of what is published: without drafts, with compressed copies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sequences.numbers import numbers
from tests.sequences.sequence import Way, Workshop, shortest, steps_of, workshop

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def public() -> Iterator[Workshop]:
    with workshop(Way(conf="publishconf.py")) as made:
        yield made


@pytest.mark.parametrize("number", numbers(0.3))
def test_incremental_build_is_as_a_clean_one(number: int, public: Workshop) -> None:
    assert shortest(public.go, steps_of(f"public {number}", public.way)) == ""
