"""An agency's colour can be read on light and on dark paper, whatever the agency chose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.contrast import READABLE, contrast
from plugins.presentation.accents import DARK_PAPER, LIGHT_PAPER, accent_rules

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def rules(colour: str) -> list[tuple[str, str]]:
    """Fill and ink, for light and for dark paper."""
    return re.findall(r"--accent: (#\w{6}); --accent-ink: (#\w{6})", accent_rules(colour))


@given(COLOURS.filter(lambda colour: contrast(colour, "#ffffff") >= READABLE))
def test_every_colour_that_the_check_lets_through_is_readable(colour: str) -> None:
    [(light, light_ink), (dark, dark_ink)] = rules(colour)

    assert light == colour
    assert contrast(light_ink, LIGHT_PAPER) >= READABLE
    assert contrast(dark, "#ffffff") >= READABLE
    assert contrast(dark_ink, DARK_PAPER) >= READABLE


@pytest.mark.parametrize(("first", "second", "expected"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54)])
def test_contrast_is_that_of_the_guidelines(first: str, second: str, expected: float) -> None:
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


def test_colour_that_is_readable_stays_as_it_is() -> None:
    [(light, light_ink), _] = rules("#0b4f6c")

    assert light == light_ink == "#0b4f6c"
