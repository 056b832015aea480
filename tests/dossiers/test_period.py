"""Months as figures know them."""

from __future__ import annotations

import pytest

from plugins.dossiers.live import seconds_between
from plugins.dossiers.period import Month


@pytest.mark.parametrize(("key", "following"), [("2019-09", "2019-10"), ("2019-12", "2020-01"), ("0999-12", "1000-01")])
def test_months_follow_each_other_over_the_year(key: str, following: str) -> None:
    assert Month.of(key).key == key
    assert Month.of(key).next == Month.of(following)


def test_pages_look_for_new_figures_more_often_on_a_desk() -> None:
    assert (seconds_between(preview=True), seconds_between(preview=False)) == (5, 60)
