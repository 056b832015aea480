"""Parts that are the same on many pages are rendered once, and are what they would be on each."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from plugins.presentation.kept_parts import KeptParts

PARTS = {
    "base": "{% set own = 'x' %}<{% block title %}{% endblock %}>"
    "{% kept here, languages %}[{{ seen(here) }}{{ own }}]{% endkept %}",
    "page": "{% extends 'base' %}{% block title %}{{ title }}{% endblock %}",
    "two": "{% kept 1 %}{{ seen('a') }}{% endkept %}\n{% kept 1 %}{{ seen('<b>') }}{% endkept %}",
}


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def environment(seen: list[str]) -> Environment:
    made = Environment(loader=DictLoader(PARTS), autoescape=True, extensions=[KeptParts])

    def note(value: str) -> str:
        seen.append(value)
        return value

    made.globals["seen"] = note
    return made


def test_part_is_rendered_once_for_each_of_its_values(environment: Environment, seen: list[str]) -> None:
    page = environment.get_template("page")
    values = [("1", "a", ()), ("2", "a", ()), ("3", "b", ()), ("4", "b", ("en",)), ("5", "a", ())]
    made = [page.render(title=title, here=here, languages=languages) for title, here, languages in values]

    assert made == ["<1>[ax]", "<2>[ax]", "<3>[bx]", "<4>[bx]", "<5>[ax]"]
    assert seen == ["a", "b", "b"]


def test_two_parts_of_a_template_are_two_and_what_they_show_is_escaped_once(environment: Environment) -> None:
    template = environment.get_template("two")

    assert {template.render() for _ in range(2)} == {"a\n&lt;b&gt;"}


def test_another_environment_has_its_own_parts(environment: Environment, seen: list[str]) -> None:
    other = Environment(loader=environment.loader, autoescape=True, extensions=[KeptParts])
    other.globals["seen"] = str.upper

    pages = [made.get_template("base").render(here="a", languages=()) for made in (environment, other)]

    assert pages == ["<>[ax]", "<>[Ax]"]
