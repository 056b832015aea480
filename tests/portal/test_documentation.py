"""Documented means tested: every field and every value of the content files stands in docs/content.md."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plugins.articles.records import Article
from plugins.portal import vocabulary
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.schemas import MODELS, meanings, schema_texts
from plugins.portal.validation import validate
from plugins.portal.yaml_source import parse_yaml
from tests.portal.contents import KINDS
from tests.provinces import ROOT

TEXT = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (có|) \| [^|]+ \|$", re.MULTILINE)
ALL_MODELS = MODELS | {kind.name: kind.model for kind in KINDS}
CONTENT = [model for name, model in ALL_MODELS.items() if name != "site"]


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those that it is made of."""
    yield model
    for field in model.model_fields.values():
        yield from _within(field.annotation)


def _within(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from models(annotation)
    for argument in get_args(annotation):
        yield from _within(argument)


ALL = sorted({model for root in CONTENT for model in models(root)}, key=lambda model: model.__name__)


def row(name: str, field: FieldInfo) -> tuple[str, str]:
    """A row of a table, without what the field means: its name, and whether it is needed."""
    return name, "có" if field.is_required() else ""


def test_every_field_is_documented_in_the_table_of_its_model_with_whether_it_is_needed() -> None:
    part = TEXT.split("\n## Các trường\n", 1)[1].split("\n## ", 1)[0]
    tables = Counter(tuple(ROW.findall(table)) for table in part.split("| --- | --- | --- |\n")[1:])
    models = {model: tuple(row(*field) for field in model.model_fields.items()) for model in ALL}

    assert len(models) > 25
    assert [model.__name__ for model, rows in models.items() if rows not in tables] == []
    assert tables == Counter(models.values())


def test_every_value_of_every_closed_list_is_documented_with_its_term() -> None:
    part = TEXT.split("\n## Danh mục giá trị\n", 1)[1].split("\n## ", 1)[0]
    documented = Counter(line.split(": ", 1)[1] for line in part.splitlines() if line.startswith("- "))
    lists = [terms for name, terms in vars(vocabulary).items() if name.isupper() and name != "ONLINE_LEVELS"]

    assert len(lists) == 14
    assert documented == Counter("; ".join(f"`{key}` {term.vi}" for key, term in terms.items()) for terms in lists)


def test_every_kind_of_media_is_documented() -> None:
    assert ", ".join(kind[1:] for kind in MEDIA_SIGNATURES) in TEXT


def test_example_of_an_article_is_valid() -> None:
    example = textwrap.dedent(TEXT.split("    ---\n", 1)[1].split("    ---\n", 1)[0])

    assert validate(Article, parse_yaml(example), "docs/content.md")[1] == []


@pytest.mark.parametrize("model", ALL)
def test_every_field_has_its_meaning_in_vietnamese_for_editors_tools(model: type[BaseModel]) -> None:
    own = next((kind.meanings for kind in KINDS if kind.model is model), {})
    of_part = {
        key.partition(".")[2]: said
        for kind in KINDS if kind.meanings
        for key, said in kind.meanings.items() if key.startswith(f"{model.__name__}.")
    }  # fmt: skip
    own = {field: said for field, said in own.items() if field in model.model_fields}
    said = {**meanings("vi").get(model.__name__, {}), **own, **of_part}

    assert model.model_fields
    assert list(said) == list(model.model_fields)
    assert all(said.values())


@pytest.mark.parametrize("name", ALL_MODELS)
def test_committed_schemas_are_those_of_the_models(name: str) -> None:
    committed = (ROOT / "content" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")

    assert committed == schema_texts(KINDS)[name], "run: portal schema"


def test_schemas_speak_english_on_demand() -> None:
    assert "Such as `Tỉnh Hậu Giang`." in schema_texts(language="en")["province"]
    assert "Tên tỉnh" in schema_texts()["province"]


def test_every_content_file_names_the_schema_of_its_kind() -> None:
    kinds = {"news": "article", "pages": "page", "procedures": "procedure", "documents": "document"}
    content = ROOT / "content"
    wrong = []
    files = [path for path in content.rglob("*") if path.suffix in (".yaml", ".md")]
    for path in files:
        kind = next((kinds[part] for part in path.relative_to(content).parts if part in kinds), path.stem)
        line = path.read_text(encoding="utf-8").splitlines()[1 if path.suffix == ".md" else 0]
        named = line.removeprefix("# yaml-language-server: $schema=")
        if (path.parent / named).resolve() != content / "schemas" / f"{kind}.schema.json":
            wrong.append(str(path))

    assert len(files) > 400
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "kind", "begins"),
    [
        ("How an editor adds a news item", "article", "    ---\n"),
        ("How an editor adds a procedure", "procedure", "    # yaml-"),
        ("How an agency is added", "agency", "    # yaml-"),
    ],
)
def test_example_of_the_readme_is_valid(heading: str, kind: str, begins: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    part = readme.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = part[part.index(begins) :].splitlines(keepends=True)
    block = textwrap.dedent("".join(line for line in lines if line.startswith("    ")))
    example = block.split("---\n")[1] if kind == "article" else block

    assert validate(ALL_MODELS[kind], parse_yaml(example), "README.md")[1] == []
