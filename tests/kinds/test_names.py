"""Outside its own folder nothing of the code knows a kind of content by name: what a kind is, its description says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.portal.contents import KINDS
from tests.provinces import CAPABILITIES, ROOT

PLUGINS = ROOT / "plugins"
SAID_OTHERWISE = {"article": ("news",)}
"""What people call a kind besides its name and its folder."""
ABOUT_THEM: dict[str, str] = {
    "portal/procedure.py": "the record: the national database is imported into it, and procedures show it",
    "portal/fields.py": "the types of codes, of which the record and the province's records are made",
    "portal/vocabulary.py": "closed lists of the law, as content files write them",
    "portal/validation.py": "what is told of a code that is none",
    "portal/remedies.py": "what was meant by a code that is none",
    "portal/province.py": "the province's own records name procedures: those most used, those of life events",
    "portal/references.py": "the same: what these records name is looked for when sites are linked",
    "portal/addresses.py": "where everything stands: the theme and the API ask for lists by name",
    "province/runs.py": "the order of the province's sitemap",
    "articles/links.py": "`procedure:` is a way to write a link",
    "dossiers/generators.py": "where the national portal shows a procedure is a field of the province",
    "gateway": "a dossier has a procedure: the contract with agencies says so",
    "demonstration": "makes up dossiers of procedures",
    "importing": "writes procedures",
    "documents/anchors.py": "articles of the law, which are no news",
    "documents/pages.py": "the same",
    "command_line": "commands that import procedures, and that make up content of each kind",
}
"""What of the code is about a kind, with the reason. Not in it: Pelican's `page`, and the pages of a list."""


def words_of(name: str) -> Iterator[str]:
    """The words of a name: `ProcedureCard`, `news_of`, `procedures/`."""
    for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name):
        yield part.lower()


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that code uses or gives, and texts that may stand for one."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                yield name
            case ast.ImportFrom(module=str(name)):
                yield name
            case ast.Constant(value=str(text)) if re.fullmatch(r"[\w./*-]+", text):
                yield text


def known_in(path: Path, words: Iterable[str]) -> set[str]:
    """The names in a module that have one of the words."""
    wanted = set(words)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for name in names_in(tree) if wanted & set(words_of(name))}


def is_about_them(inside: str) -> bool:
    return any(inside == place or inside.startswith(f"{place}/") for place in ABOUT_THEM)


def told() -> dict[str, set[str]]:
    """For each module that is not of a kind's own folder, the names of that kind in it."""
    owners = {
        kind.name: capability.removeprefix("plugins.")
        for capability in CAPABILITIES
        for kind in KINDS
        if kind.model.__module__.startswith(f"{capability}.") or kind.card_type.__module__.startswith(f"{capability}.")
    }
    found: dict[str, set[str]] = {}
    for path in sorted(PLUGINS.rglob("*.py")):
        inside = path.relative_to(PLUGINS).as_posix()
        others = [kind for kind in KINDS if owners[kind.name] != inside.partition("/")[0]]
        # "Page" is also what the whole portal is made of, "document" what search counts: they cannot be looked for.
        words = {
            word
            for kind in others
            if kind.name not in ("page", "document")
            for name in (kind.name, *SAID_OTHERWISE.get(kind.name, ()))
            for word in (name, f"{name}s", kind.folder)
        }
        if names := known_in(path, words):
            found[inside] = names
    return found


def test_no_code_knows_a_kind_by_name_but_what_is_about_it() -> None:
    assert {inside: names for inside, names in told().items() if not is_about_them(inside)} == {}


def test_whatever_is_said_to_be_about_a_kind_is() -> None:
    """What no longer names one is to be held as the rest."""
    places = set(told())

    assert [place for place in ABOUT_THEM if not any(f"{p}/".startswith(f"{place}/") for p in places)] == []


def test_no_code_asks_for_a_page_as_a_kind() -> None:
    inside = {path.relative_to(PLUGINS).as_posix(): path for path in PLUGINS.rglob("*.py")}
    modules = [path for name, path in inside.items() if not is_about_them(name) and not name.startswith("articles/")]
    asked = re.compile(r"""\.kind == ["']page|named\(["']|cards\[["']|cards_of\([^)]*["']|["']pages/?["']""")

    assert len(modules) > 130
    assert [str(path) for path in modules if asked.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    ["site.procedures", "kind == 'article'", "def first_news(): ...", "ProcedureCard", "x = {'procedures': 1}"],
)
def test_names_are_noticed_wherever_they_stand(code: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(code, encoding="utf-8")

    assert known_in(module, ("article", "news", "procedure", "procedures"))
    module.write_text("newspaper = 'articulated'\n", encoding="utf-8")
    assert not known_in(module, ("article", "news", "procedure", "procedures"))
