"""Icons are as their package draws them, whatever of it the style sheet says for all."""

from __future__ import annotations

import re

import pytest
from heroicons.jinja import heroicon_outline
from lxml import html

from plugins.presentation.icons import icon
from tests.provinces import ROOT

USED = {
    name
    for path in (ROOT / "theme/templates").rglob("*.html")
    for name in re.findall(r"\bicon\('([a-z0-9-]+)'\)", path.read_text("utf-8"))
}
STYLE = re.search(r"^  \.icon \{ (.*) \}$", (ROOT / "theme/styles/layout.css").read_text("utf-8"), re.MULTILINE)


def drawn(svg: str) -> list[dict[str, str]]:
    """What each element of an icon is drawn with, where the style sheet holds."""
    assert STYLE
    rules = dict(rule.split(": ") for rule in STYLE[1].rstrip(";").split("; "))
    alike = {name: rules[name].lower() for name in ("fill", "stroke", "stroke-linecap", "stroke-linejoin")}
    root = html.fragment_fromstring(svg)
    assert root.get("class") == "icon"
    return [
        {**(alike if node is root else {}), **{name: value.lower() for name, value in node.attrib.items()}}
        for node in root.iter()
    ]


def test_icons_of_templates_are_as_the_package_draws_them() -> None:
    assert len(USED) > 5
    for name in USED:
        ours, theirs = (drawn(svg) for svg in (icon(name), heroicon_outline(name, size=None, **{"class": "icon"})))
        theirs[0].pop("stroke-width")  # the style sheet has lines a little heavier, as the typeface's
        for node in theirs[1:]:  # said of each line there, of the whole icon here
            for attribute in ("stroke-linecap", "stroke-linejoin"):
                assert node.pop(attribute) == theirs[0][attribute], name
        assert ours == theirs, name


def test_icon_brings_nothing_that_the_style_sheet_says() -> None:
    assert [name for name in USED if re.search(r"stroke|fill=|\n", icon(name))] == []


def test_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("khong-co")
