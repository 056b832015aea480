"""The rules of the architecture that a machine can hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.module_state import kept_outside
from tests.provinces import ROOT
from tests.waiting import PATIENCE

PLUGINS = ROOT / "plugins"
SHARED = {"plugins.portal", "plugins.languages"}
"""What every capability may use."""
TOP = "command_line"
"""Reads the command line and may use every capability."""
CAPABILITIES = sorted(
    p.name for p in PLUGINS.iterdir() if (p / "__init__.py").is_file() and p.name not in ("portal", TOP)
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
    "plugins/agencies/engine.py: @cache engine_fingerprint": "what runs is what was there when the process started",
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
    "plugins/command_line/embedded.py: os.environ": "the processes that it starts are told of the backend by it",
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
        ("plugins.command_line", {"pelican", "sqlalchemy", "numpy", "openpyxl", "requests", "plugins.agencies"}),
        ("plugins.command_line.gateway", {"pelican", "lunr", "openpyxl", "plugins.agencies", "plugins.search"}),
        ("plugins.command_line.dossiers", {"sqlalchemy", "numpy", "openpyxl", "plugins.agencies"}),
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
