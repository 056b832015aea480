"""Templates print: what is to be worked out stands in views, in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from plugins.presentation.kept_parts import KeptParts
from tests.provinces import ROOT

TEMPLATES = ROOT / "theme" / "templates"
COMPUTING = {"split", "partition", "removesuffix", "removeprefix", "endswith", "lower", "casefold"}
"""Methods of texts that make another text of it, or judge it."""
CHOOSING = {"rejectattr", "selectattr", "reject", "select", "map", "sort", "groupby", "lower", "batch", "round", "int"}
"""Filters that choose and compute."""
SETTINGS = "PORTAL_"


def computed(template: str) -> list[str]:
    """What a template works out itself, with its line."""
    tree = Environment(extensions=["jinja2.ext.i18n", KeptParts], autoescape=True).parse(template)
    found = [(node.lineno, "a slice") for node in tree.find_all(nodes.Slice)]
    found += [(node.lineno, node.attr) for node in tree.find_all(nodes.Getattr) if node.attr in COMPUTING]
    found += [(node.lineno, node.name) for node in tree.find_all(nodes.Filter) if node.name in CHOOSING]
    arithmetic = (nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Sub, nodes.Add, nodes.Mod, nodes.Pow)
    found += [(node.lineno, node.operator) for node in tree.find_all(arithmetic)]
    found += [
        (node.lineno, f"{SETTINGS} in a condition")
        for condition in tree.find_all(nodes.CondExpr)
        for node in condition.find_all(nodes.Name)
        if node.name.startswith(SETTINGS)
    ]
    found += [(node.lineno, "namespace") for node in tree.find_all(nodes.Name) if node.name == "namespace"]
    return [f"line {line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_templates_work_nothing_out(path: Path) -> None:
    assert computed(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "{{ file[:-10] }}",
        "{{ size // 1024 }}",
        "{% if step|lower == 'x' %}x{% endif %}",
        "{{ url.split('#')[0] }}",
        "{% set others = news|rejectattr('url', 'in', own)|list %}",
        "{% set answers = namespace(times=[]) %}",
        "{{ 5 if PORTAL_PREVIEW else 60 }}",
    ],
)
def test_what_would_be_worked_out_is_found(template: str) -> None:
    assert len(computed(template)) >= 1
