"""Sequences of edits that are commits of a repository; the clean build is one of a fresh clone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sequences.numbers import numbers
from tests.sequences.sequence import Way, Workshop, shortest, steps_of, workshop

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def repository() -> Iterator[Workshop]:
    with workshop(Way(conf="publishconf.py", committed=True)) as made:
        yield made


@pytest.mark.parametrize("number", numbers(0.2))
def test_incremental_build_is_as_one_of_a_clone(number: int, repository: Workshop) -> None:
    assert shortest(repository.go, steps_of(f"repository {number}", repository.way)) == ""
