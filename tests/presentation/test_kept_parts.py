"""Parts that are the same on many pages are rendered once, and are what they would be on each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from plugins.presentation.kept_parts import KeptParts
from tests.filled import filled_province
from tests.provinces import SmallProvince

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


def test_every_page_is_as_if_nothing_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that shows something which its values do not name would be another page's."""
    kept, _ = filled_province(tmp_path / "kept")
    asked: list[tuple[str, int]] = []

    def anew(self: KeptParts, template: str, line: int, values: object, caller: Callable[[], str]) -> str:
        asked.append((template, line))
        return caller()

    monkeypatch.setattr(KeptParts, "_part", anew)
    made, _ = filled_province(tmp_path / "made")

    assert len(set(asked)) == 2
    assert len(asked) > 100
    own, others = _pages(kept), _pages(made)
    assert own.keys() == others.keys()
    assert [name for name, content in own.items() if content != others[name]] == []


def _pages(province: SmallProvince) -> dict[str, bytes]:
    """Without where the province lies, as the page of problems says it."""
    lies_at = str(province.folder).encode()
    return {n: content.replace(lies_at, b"") for n, content in province.files().items() if n.endswith(".html")}
