"""The rules of the architecture that a machine can hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.module_state import kept_outside
from tests.provinces import ROOT
from tests.waiting import PATIENCE

PLUGINS = ROOT / "plugins"
DESCRIBED = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
SHARED = {"plugins.portal", "plugins.languages"}
"""What every capability may use."""
COMPOSERS = ("command_line", "demonstration")
"""What puts several capabilities together: the commands, and the made-up province with its backend."""
CAPABILITIES = sorted(
    p.name for p in PLUGINS.iterdir() if (p / "__init__.py").is_file() and p.name not in ("portal", *COMPOSERS)
)
DOMAIN_LIBRARIES = {"pydantic", "pydantic_core", "yaml"}


def imports(folder: Path) -> set[str]:
    """The modules that a package imports, by their full name."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: a relative import hides which layer it goes to"
                found.add(node.module or "")
                if node.module == "plugins":
                    found.update(f"plugins.{alias.name}" for alias in node.names)
    return found - {"plugins"}


def package(module: str) -> str:
    """`plugins.portal.sites` belongs to `plugins.portal`."""
    return ".".join(module.split(".")[:2]) if module.startswith("plugins.") else module.split(".")[0]


def test_every_room_is_described_with_what_may_not_be_in_it() -> None:
    rows = re.findall(r"^\| `((?:plugins|tools)/\w+)` \| [^|]+ \| [^|]+ \|$", DESCRIBED, re.MULTILINE)
    rooms = {path.parent for folder in ("plugins", "tools") for path in (ROOT / folder).glob("*/__init__.py")}

    assert sorted(rows) == sorted(room.relative_to(ROOT).as_posix() for room in rooms)


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


def test_tools_are_used_by_the_command_line_alone() -> None:
    users = {path.name for path in PLUGINS.iterdir() if path.is_dir() and "tools" in map(package, imports(path))}

    assert users == {"command_line"}


def test_domain_uses_the_standard_library_pydantic_and_yaml_only() -> None:
    used = {package(module) for module in imports(PLUGINS / "portal")}

    assert used - set(sys.stdlib_module_names) - DOMAIN_LIBRARIES == {"plugins.portal"}


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_capabilities_do_not_import_each_other(capability: str) -> None:
    used = {package(module) for module in imports(PLUGINS / capability) if module.startswith("plugins")}

    assert used
    assert used <= SHARED | {f"plugins.{capability}"}


def test_plugins_are_never_bare_top_level_names() -> None:
    bare = {path.name for path in PLUGINS.iterdir()}
    used = {module for path in ("plugins", "tests") for module in imports(ROOT / path)}

    assert {"plugins.portal.sites", "tests.provinces"} <= used
    assert not {module for module in used if module.split(".")[0] in bare - {"plugins"} - sys.stdlib_module_names}


REMEMBERED = {
    "plugins/builder/engine.py: @cache engine_fingerprint": "what runs is what was there when the process started",
    "plugins/languages.py: @cache _catalogue": "a catalogue is compiled once a process; nobody changes it",
    "plugins/articles/__init__.py: MarkdownReader": "Pelican's own reader is told, for good, that it reads no text",
    "plugins/portal/validation.py: @cache _meanings": "a file of ours, read once a process",
    "plugins/portal/validation.py: @cache _names_within": "models are what they were when the process started",
    "plugins/portal/schemas.py: @cache meanings": "a file of ours, read once a process",
    "plugins/presentation/views.py: @cache _mark": "the theme does not change while a site is built",
    "plugins/procedures/facets.py: @cache _agency": "the same for the same arguments, asked for each procedure",
    "plugins/procedures/facets.py: @cache _named_field": "the same for the same arguments, asked for each procedure",
    "plugins/procedures/facets.py: @cache _term": "the same for the same arguments, asked for each procedure",
    "plugins/search/index.py: @lru_cache _without_marks": "the same few thousand syllables again and again",
    "plugins/search/syllables.py: @lru_cache exact": "the same few thousand syllables again and again",
    "plugins/search/syllables.py: @lru_cache folded": "the same few thousand syllables again and again",
    "plugins/search/syllables.py: @lru_cache may_mean": "the same few thousand syllables again and again",
    "plugins/command_line/console.py: sys": "a process that was started without a terminal is given one, for good",
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
