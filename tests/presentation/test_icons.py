"""Icons are as their package draws them."""

from __future__ import annotations

import re

import pytest
from heroicons.jinja import heroicon_outline

from plugins.presentation.icons import icon
from tests.provinces import ROOT

USED = {
    name
    for path in (ROOT / "theme/templates").rglob("*.html")
    for name in re.findall(r"\bicon\('([a-z0-9-]+)'\)", path.read_text("utf-8"))
}


def test_icons_of_templates_are_as_the_package_draws_them() -> None:
    assert len(USED) > 5
    assert {name: icon(name) for name in USED} == {
        name: heroicon_outline(name, size=None, **{"class": "icon"}) for name in USED
    }


def test_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("khong-co")
