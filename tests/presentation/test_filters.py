"""The filters that templates have."""

from __future__ import annotations

from plugins.portal.values import clock, day, dong, isodate, number, paragraphs
from plugins.presentation.filters import FILTERS


def test_templates_know_the_values_by_their_names() -> None:
    assert {
        "day": day, "clock": clock, "isodate": isodate, "number": number, "dong": dong, "paragraphs": paragraphs,
    } == FILTERS  # fmt: skip
