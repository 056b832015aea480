"""The rules of the architecture that a machine can hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph

from tests.module_state import kept_outside
from tests.provinces import ROOT
from tests.site_identity import sites_taken, unnamed_province
from tests.waiting import PATIENCE

PLUGINS = ROOT / "plugins"
DESCRIBED = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
DOMAIN_LIBRARIES = {"pydantic", "pydantic_core", "yaml"}


def held(project: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml, held to the plugins of a folder."""
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [linter, "--no-cache"], cwd=project, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def test_every_room_is_described_with_what_may_not_be_in_it() -> None:
    rows = re.findall(r"^\| `((?:plugins|tools)/\w+)` \| [^|]+ \| [^|]+ \|$", DESCRIBED, re.MULTILINE)
    rooms = {path.parent for folder in ("plugins", "tools") for path in (ROOT / folder).glob("*/__init__.py")}

    assert sorted(rows) == sorted(room.relative_to(ROOT).as_posix() for room in rooms)


def test_every_room_says_itself_what_may_not_be_in_it() -> None:
    rooms = [path for folder in ("plugins", "tools") for path in (ROOT / folder).glob("*/**/__init__.py")]
    refused = re.compile(r"\b(?:not|no|nothing|never|none)\b", re.IGNORECASE)
    described = {room: ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or "" for room in rooms}

    assert len(rooms) > 15
    assert [str(room) for room, docstring in described.items() if not refused.search(docstring)] == []


def test_glossary_says_each_word_once_in_both_languages() -> None:
    glossary = DESCRIBED.split("## Glossary")[1].split("\n## ")[0]
    words = [row.split("|")[1].strip() for row in glossary.splitlines()[4:] if row.startswith("| ")]

    assert len(words) == len(set(words)) >= 40
    assert re.findall(r"^\|[^|]*\| +\|", glossary, re.MULTILINE) == []


def test_ten_changes_name_files_that_are_there() -> None:
    changes = DESCRIBED.split("## Where does it belong?")[1]
    named = re.findall(r"`([\w/]+(?:/|\.\w+))`", changes)
    bases = (ROOT, ROOT / "plugins")

    assert len(re.findall(r"^\d+\. ", changes, re.MULTILINE)) == 10
    assert [name for name in named if "/" in name and not any((base / name).exists() for base in bases)] == []


def test_rooms_import_only_what_their_contracts_allow() -> None:
    done = held(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("portal/problems", "portal.sites"),
        ("portal/procedure", "portal.agency"),
        ("portal/sites", "search"),
        ("gateway/log", "dossiers.values"),
        ("search/terms", "search.index"),
        ("serving/watching", "builder"),
        ("builder/store", "builder.jobs"),
        ("builder/compiling", "builder.link_stage"),
        ("articles/grammar", "articles.markup"),
        ("procedures/cards", "procedures.catalogue"),
        ("dossiers/figures", "dossiers.refresh"),
        ("gateway/tables", "gateway.app"),
        ("procedures/newcomer", "procedures.cards"),
        ("builder/loss", "demonstration"),
        ("gateway/deep/inside", "command_line.arguments"),
        ("newcomer/__init__", "portal.problems"),
    ],
)
def test_contracts_tell_of_an_import_that_goes_the_wrong_way(module: str, imported: str, tmp_path: Path) -> None:
    """Of each kind one, also of a room that no contract names."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("plugins", "tools"):
        ignored = shutil.ignore_patterns("__pycache__", "*.yaml", "*.po")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    path = tmp_path / "plugins" / f"{module}.py"
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\nimport plugins.{imported}\n")

    done = held(tmp_path)

    assert done.returncode == 1, done.stdout + done.stderr
    assert module.removesuffix("/__init__").replace("/", ".") in done.stdout


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    return build_graph("plugins", "tools", "tests", include_external_packages=True, cache_dir=None)


def test_tools_are_used_by_the_command_line_alone(graph: ImportGraph) -> None:
    users = {
        ".".join(user.split(".")[:2])
        for module in graph.modules
        if module.partition(".")[0] == "tools"
        for user in graph.find_modules_that_directly_import(module)
    }

    assert {user for user in users if user.startswith("plugins.")} == {"plugins.command_line"}


def test_domain_uses_the_standard_library_pydantic_and_yaml_only(graph: ImportGraph) -> None:
    """import-linter knows what is forbidden, not what alone is allowed."""
    domain = {"plugins.portal", *graph.find_descendants("plugins.portal")}
    used = {name for module in domain for name in graph.find_modules_directly_imported_by(module)}

    assert "plugins.portal.problems" in used
    assert {name.partition(".")[0] for name in used - domain} - set(sys.stdlib_module_names) == DOMAIN_LIBRARIES


def test_plugins_are_never_bare_top_level_names(graph: ImportGraph) -> None:
    bare = {path.stem for path in PLUGINS.iterdir()}

    assert {"plugins.portal.sites", "tests.provinces"} <= graph.modules
    assert not {name for name in graph.modules if name.partition(".")[0] in bare - sys.stdlib_module_names}


REMEMBERED = {
    "plugins/builder/engine_memory.py: @cache engine_fingerprint": "what runs is what was there when it started",
    "plugins/builder/store.py: @lru_cache _manifest": "a file that is not written again; of another one it is not",
    "plugins/languages.py: @lru_cache _catalogue": "a catalogue that is not written again; of another one it is not",
    "plugins/languages.py: @lru_cache _read": "the same for the same words, in a folder and in its copy",
    "plugins/articles/news.py: @lru_cache topic_slug": "the same few topics again and again",
    "plugins/articles/runs.py: MarkdownReader": "Pelican's own reader is told, for good, that it reads no text",
    "plugins/portal/addresses.py: @lru_cache _is_of": "the same few hosts again and again",
    "plugins/portal/validation.py: @cache _meanings": "a file of ours, read once a process",
    "plugins/portal/validation.py: @cache _names_within": "models are what they were when the process started",
    "plugins/portal/validation.py: @cache _alone": "models are what they were when the process started",
    "plugins/portal/schemas.py: @cache _own_docstrings": "models are what they were when the process started",
    "plugins/portal/schemas.py: @cache _classes_of": "modules are what they were when the process started",
    "plugins/portal/schemas.py: @cache _schema_of": "models are what they were when the process started",
    "plugins/portal/schemas.py: @cache meanings": "a file of ours, read once a process",
    "plugins/portal/value_digest.py: @cache _way_of": "classes are what they were when the process started",
    "plugins/presentation/icons.py: @cache _all": "files of a package, read once a process",
    "plugins/presentation/icons.py: @cache icon": "a file of a package, drawn once a process",
    "plugins/presentation/template_cache.py: @lru_cache _code": "the same few templates in each generator of each site",
    "plugins/presentation/theme_files.py: @cache script": "the theme does not change while a site is built",
    "plugins/presentation/theme_files.py: @cache sheets": "the theme does not change while a site is built",
    "plugins/presentation/theme_files.py: @cache style_sheet": "the theme does not change while a site is built",
    "plugins/presentation/views.py: @cache _content_digest": "the theme does not change while a site is built",
    "plugins/procedures/facets.py: @cache _agency": "the same for the same arguments, asked for each procedure",
    "plugins/procedures/facets.py: @cache _named_field": "the same for the same arguments, asked for each procedure",
    "plugins/procedures/facets.py: @cache _term": "the same for the same arguments, asked for each procedure",
    "plugins/releases/page_pieces.py: @lru_cache _piece": "the same header and footer on each page of a site",
    "plugins/releases/page_pieces.py: @lru_cache tag_of": "the same tags on each page of a site",
    "plugins/releases/page_pieces.py: @lru_cache without_query": "the same links on each page of a site",
    "plugins/search/index.py: @lru_cache _without_marks": "the same few thousand syllables again and again",
    "plugins/search/syllables.py: @lru_cache exact": "the same few thousand syllables again and again",
    "plugins/search/syllables.py: @lru_cache folded": "the same few thousand syllables again and again",
    "plugins/search/queries.py: @lru_cache sound_of": "every syllable of the vocabulary for each unknown word",
    "plugins/search/syllables.py: @lru_cache may_mean": "the same few thousand syllables again and again",
    "plugins/command_line/console.py: sys": "a process that was started without a terminal is given one, for good",
    "plugins/builder/workers.py: os.environ": "for the start of one process, and as it was after that",
    "plugins/builder/fork_server.py: util": "for the start of one process, and as it was after that",
    "plugins/demonstration/embedded.py: os.environ": "the processes that it starts are told of the backend by it",
}
"""What may be left behind for the next call, and why it does no harm."""


def test_no_plugin_keeps_state_in_its_module() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {what}"
        for path in PLUGINS.rglob("*.py")
        for _, what in kept_outside(path.read_text(encoding="utf-8"))
    }

    assert found == REMEMBERED.keys()


@pytest.mark.parametrize(
    ("module", "unused"),
    [
        ("plugins.command_line", {"pelican", "sqlalchemy", "numpy", "openpyxl", "requests", "plugins.builder"}),
        ("plugins.command_line.gateway", {"pelican", "lunr", "openpyxl", "plugins.builder", "plugins.search"}),
        ("plugins.command_line.dossiers", {"sqlalchemy", "numpy", "openpyxl", "plugins.builder"}),
        ("plugins.command_line.releases", {"pelican", "requests", "numpy", "plugins.builder"}),
    ],
)
def test_command_loads_nothing_that_it_has_no_use_for(module: str, unused: set[str]) -> None:
    listed = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", listed], cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    loaded = set(done.stdout.split())

    assert module in loaded
    assert unused & loaded == set()


VAGUE = {"found", "said", "one", "place", "shown", "mark"}
"""Names that say nothing or too many things: `place` was an index, a folder, a path with its line, and a counter."""


NAMED = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.ExceptHandler, ast.MatchAs, ast.MatchStar),
)
"""Parts of code that have a name of their own."""


def names_given(tree: ast.Module) -> Iterator[str]:
    """What a module gives a name: variables, parameters, functions and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, NAMED):
            yield node.name or ""
        elif isinstance(node, ast.alias):
            yield node.asname or ""


def vaguely_named(tree: ast.Module) -> set[str]:
    return {name for name in names_given(tree) if name.strip("_").casefold() in VAGUE}


def test_names_are_nouns_of_the_field() -> None:
    paths = [path for folder in ("plugins", "tools") for path in (ROOT / folder).rglob("*.py")]
    vague = {
        path.relative_to(ROOT).as_posix(): " ".join(sorted(vaguely_named(ast.parse(path.read_text(encoding="utf-8")))))
        for path in paths
    }

    assert len(paths) > 200
    assert {name: names for name, names in vague.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    [
        "found = 1", "def said(): ...", "def f(place): ...", "def f(*, shown=1): ...", "f = lambda one: one",
        "class A:\n    mark: str", "self._found = 1", "[0 for one in x]", "if (said := f()): ...", "import a as mark",
        "match x:\n    case {'a': found}: ...", "with f() as place: ...", "async def shown(): ...",
    ],
)  # fmt: skip
def test_name_that_says_nothing_is_seen_wherever_it_is_given(source: str) -> None:
    assert len(vaguely_named(ast.parse(source))) == 1
    assert vaguely_named(ast.parse(re.sub("|".join(VAGUE), "position", source))) == set()


OTHER_MEANINGS = {
    "plugins/articles/news.py": {"addresses.news_about(slug) if slug else None", "'agencies'"}
    | {" for slug in dict.fromkeys(map(topic_slug, article.source.topics)) if slug"},  # topics, and a name in templates
    "plugins/builder/sources.py": {"('', *SHARED_FILES)", "'' in obstacles"},  # a folder itself, among its files
    "plugins/command_line/arguments.py": {"'agencies'"},  # an option: how many
    "plugins/dossiers/answers.py": {"'agencies'"},  # a field of the contract
    "plugins/documents/pages.py": {"['', *(article.label for article in articles)]"},  # the whole of a draft
    "plugins/importing/national/terms.py": {"'province'"},  # a level at which procedures are performed
    "plugins/open_data/agencies.py": {"'agencies'", "'province'"},  # names of answers
    "plugins/open_data/generators.py": {"'agencies'", "'province'"},  # the same
    "plugins/portal/addresses.py": {"'agencies'"},  # the same
    "plugins/portal/kinds.py": {"'agencies'", "'province'"}  # the same
    | {"kind.many.slug and (not is_slug(kind.many.slug))"}
    | {"self.many.slug or self.list_address.rstrip('/') or self.name"},  # a kind's name in addresses
    "plugins/portal/site_names.py": {"'province'", "'agencies'", "'tinh'"},  # where they are named
    "plugins/portal/folder_reader.py": {"not slug"},  # an entry's
    "plugins/portal/gathering.py": {"not slug"},  # an entry's
    "plugins/portal/vocabulary.py": {
        "'province'",
        "'tinh'",
        "slug: str = ''",
    },  # that level; a term's name in addresses
    "plugins/presentation/runs.py": {"'province'"},  # a name in templates
    "plugins/procedures/pages.py": {"'province'"},  # that level
    "plugins/procedures/wording.py": {"'tinh'"},  # a word of sentences
}
"""What stands for something else than a site."""


def test_sites_are_named_in_one_module() -> None:
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PLUGINS.rglob("*.py")}
    taken = {name: position for module in modules.values() for name, position in sites_taken(module).items()}
    unnamed = {
        path.relative_to(ROOT).as_posix(): set(unnamed_province(module, taken)) for path, module in modules.items()
    }

    assert {"list_of", "site_home", "load_site"} <= taken.keys()
    assert {name: places for name, places in unnamed.items() if places} == OTHER_MEANINGS


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("content / 'province'", "content / STORED_PROVINCE"),
        ("f'{path}/agencies/{slug}'", "f'{path}/{folder_of(slug)}'"),
        ("slug or name", "listed(slug)"),
        ("'tinh' if agency is None else name", "LISTED_PROVINCE if agency is None else name"),
        ("if site.slug: ...", "if is_agency(site.slug): ..."),
        ("bool(card.agency_slug)", "is_agency(card.agency_slug)"),
        ("[s for slug in slugs if not slug]", "[s for slug in slugs if not is_agency(slug)]"),
        ("Manifest(slug='')", "Manifest(slug=PROVINCE)"),
        ("class A:\n    agency_slug: str = ''", "class A:\n    agency_slug: str = PROVINCE"),
        ("slug == ''", "slug == PROVINCE"),
        ("('', *agencies)", "with_province(agencies)"),
        ("manifests.pop('')", "manifests.pop(PROVINCE)"),
        ("kind.list_of('')", "kind.list_of(PROVINCE)"),
    ],
)
def test_province_without_its_name_is_seen(source: str, named: str) -> None:
    taken = sites_taken(ast.parse("class Kind:\n    def list_of(self, site): ..."))

    assert len(list(unnamed_province(ast.parse(source), taken))) == 1
    assert list(unnamed_province(ast.parse(named), taken)) == []
