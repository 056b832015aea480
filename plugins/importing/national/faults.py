"""Records that hold another procedure's text: seen in one record, or by comparing all of an import.

The measure is the share of the name's pairs of neighbouring words that its steps, papers and results contain. Of 2,625
records of a crawl of 2026 that were known to be right, fewer than 1 in 100 fall below a fifth; with their texts
exchanged at random four in five do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from plugins.importing.national.draft import Doubt, doubt
from plugins.portal.procedure import Procedure

LEAST_SHARE = 0.2
LEAST_WORDS_OF_NAME = 5
LEAST_WORDS_OF_TEXT = 100
"""Less is too little to judge by."""
LONG_STEPS = 500
"""Characters: shorter steps are often the same words about receiving and returning papers."""
ALIKE = 0.35
"""Two names that share fewer of their words are dissimilar."""

_WORD = re.compile(r"[^\W\d_]+")
_HEADING = re.compile(
    r"(?:^|\n)\W*mã(?:\s+số)?\s*(?:thủ tục|tthc|hồ sơ)?\s*(?:hành chính)?\s*(?:\(tthc\))?\s*:?\s*([1-6]\.\d{6})(?!\d)",
    re.IGNORECASE,
)


def faults_of(procedure: Procedure) -> Iterator[Doubt]:
    """What in the record alone makes one think that its text is another's."""
    text = _texts(procedure)
    for code in dict.fromkeys(_HEADING.findall(text)):
        if code != procedure.code:
            yield doubt("steps", "code_of_another", code=code)
    name, words = _words(procedure.name), _words(text)
    if len(name) < LEAST_WORDS_OF_NAME or len(words) < LEAST_WORDS_OF_TEXT:
        return
    pairs = set(pairwise(name))
    if len(pairs & set(pairwise(words))) / len(pairs) < LEAST_SHARE:
        yield doubt("steps", "text_of_another")


def same_steps(procedures: Iterable[Procedure]) -> dict[str, tuple[Doubt, ...]]:
    """By code: the other procedures of dissimilar names whose long steps are the same, one each."""
    by_steps: dict[str, list[Procedure]] = defaultdict(list)
    for procedure in sorted(procedures, key=lambda procedure: procedure.code):
        steps = " ".join(step for case in procedure.steps for step in case.steps)
        if len(steps) >= LONG_STEPS:
            by_steps[steps].append(procedure)
    doubts: dict[str, tuple[Doubt, ...]] = {}
    for alike in by_steps.values():
        for procedure in alike:
            other = next((other for other in alike if not _similar(procedure.name, other.name)), None)
            if other is not None:
                doubts[procedure.code] = (doubt("steps", "same_steps", code=other.code, name=other.name),)
    return doubts


def _similar(left: str, right: str) -> bool:
    first, second = set(_words(left)), set(_words(right))
    return len(first & second) >= ALIKE * len(first | second)


def _texts(procedure: Procedure) -> str:
    steps = (passage for case in procedure.steps for passage in (case.case or "", *case.steps))
    papers = (
        passage for case in procedure.papers for passage in (case.case or "", *(paper.name for paper in case.papers))
    )
    results = (result.name for result in procedure.results)
    return "\n".join((*steps, *papers, *results, *procedure.conditions))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
