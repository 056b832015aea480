"""The page of components: every macro has an example, every example is shown, and only on a desk."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from lxml import html

from plugins.portal import addresses
from plugins.presentation.kept_parts import KeptParts
from plugins.province.components import Examples, examples_of
from tests.provinces import ROOT, SmallProvince

TEMPLATES = ROOT / "theme/templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*/macros.html"))
EXAMPLES = examples_of(TEMPLATES)


def macros(template: Path) -> set[str]:
    """The names of the macros that a template defines."""
    parsed = Environment(extensions=["jinja2.ext.i18n", KeptParts], autoescape=True).parse(
        template.read_text(encoding="utf-8")
    )
    return {macro.name for macro in parsed.find_all(nodes.Macro)}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    built = SmallProvince.of(tmp_path_factory.mktemp("components"))
    assert built.problems(built.build()) == []
    return built


@pytest.mark.parametrize("template", COMPONENTS, ids=lambda path: path.parent.name)
def test_every_macro_has_an_example_and_every_example_a_macro(template: Path) -> None:
    examples: Examples = EXAMPLES.get(template.parent.name, {})

    assert macros(template)
    assert set(examples) == macros(template)
    assert [macro for macro, named in examples.items() if not named] == []


def test_no_examples_are_left_of_a_component_that_is_no_more() -> None:
    assert list(EXAMPLES) == [template.parent.name for template in COMPONENTS]


def test_every_macro_that_several_templates_could_use_stands_in_a_component() -> None:
    elsewhere = {path: macros(path) for path in TEMPLATES.rglob("*.html") if path not in COMPONENTS}

    assert {path.name: names for path, names in elsewhere.items() if names} == {}


def test_page_shows_every_example(province: SmallProvince) -> None:
    page = html.document_fromstring(province.page(addresses.COMPONENTS))
    shown = page.xpath("//*[@data-example]")
    silent = [part.get("data-example") for part in shown if not part.text_content().strip() and not len(part)]

    assert silent == []
    assert Counter(part.get("data-example") for part in shown) == {
        f"{component}.{macro}": len(named)
        for component, examples in EXAMPLES.items()
        for macro, named in examples.items()
    }


def test_page_has_every_style_sheet_of_the_theme(province: SmallProvince) -> None:
    page = html.document_fromstring(province.page(addresses.COMPONENTS))
    linked = {href.partition("?")[0] for href in page.xpath("//link[@rel='stylesheet']/@href")}

    assert linked == {f"/{name}" for name in province.files() if name.startswith("theme/") and name.endswith(".css")}


def test_public_has_nothing_of_it(tmp_path: Path) -> None:
    public = SmallProvince.of(tmp_path)
    public.build(conf="publishconf.py")
    files = public.files()

    assert "sitemap.xml" in files
    assert [name for name in files if name.startswith(addresses.COMPONENTS)] == []
    assert [name for name, content in files.items() if addresses.COMPONENTS.encode() in content] == []


def test_desk_neither_searches_nor_lists_nor_links_it(province: SmallProvince) -> None:
    files = province.files()
    page = addresses.saved_as(addresses.COMPONENTS)

    assert b'content="noindex"' in files[page]
    assert [name for name, text in files.items() if addresses.COMPONENTS.encode() in text and name != page] == []
