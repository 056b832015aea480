"""Meanings of synonyms that find nothing."""

from __future__ import annotations

import pytest

from plugins.portal.manifest import Reference
from plugins.search.index import Index
from plugins.search.linking import MOST_TOLD, unknown_words
from plugins.search.segments import Segment
from tests.search.documents import document

INDEX = Index.of([("so-y-te", Segment.of([document("Đăng ký kết hôn")]))])


def told(*meanings: str) -> list[str]:
    references = [
        Reference(kind="words", target=meant, path="synonyms.yaml", line=line, field="synonyms")
        for line, meant in enumerate(meanings, 1)
    ]
    return [problem.render() for problem in unknown_words(references, INDEX)]


def test_few_are_told_one_by_one() -> None:
    lines = told("kết hôn", *(f"đăng ký {word}" for word in ("gà", "vịt", "ngan", "chim", "cá")[:MOST_TOLD]))

    assert [line.partition(": synonyms")[0] for line in lines] == [f"synonyms.yaml:{at}" for at in range(2, 7)]
    assert 'no procedure has "vịt"' in lines[1]


def test_of_many_it_is_told_how_many_they_are() -> None:
    [line] = told("kết hôn", *["đăng ký bưởi"] * (MOST_TOLD + 1))

    assert line.startswith(f'synonyms.yaml:2: synonyms: {MOST_TOLD + 1} meanings find nothing; of the first, "đăng ký')


@pytest.mark.parametrize("meant", ["kết hôn", "dang ky", "Đăng Ký Kết Hôn"])
def test_what_is_in_a_procedure_is_not_told(meant: str) -> None:
    assert told(meant) == []
