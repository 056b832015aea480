"""What CONTRIBUTING.md promises: serving needs no package of the tests, and what they are told by stands there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.conftest import LONGEST
from tests.provinces import ROOT

SERVING, TESTING = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
EXTRAS = {"distributed", "dask", "psycopg", "selenium", "brotli", "pagefind", "hugo", "fsspec"}
"""What plugins load only where an extra of pyproject.toml was asked for: PostgreSQL, clusters, storages, figures."""
TOML = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = TOML["project"]
MARKERS = {line.split(":")[0] for line in TOML["tool"]["pytest"]["ini_options"]["markers"]}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def normal(name: str) -> str:
    """A distribution's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=; ]", name)[0]).lower()


def pinned(lock: str) -> dict[str, str]:
    """The version of each distribution; each has hashes, and nothing says where it comes from."""
    assert "://" not in lock
    entries = re.split(r"\n(?=\S)", lock)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    named = (entry.split()[0].split("==") for entry in entries)
    return {normal(name): version for name, version in named}


@pytest.fixture
def serving() -> dict[str, str]:
    return pinned(SERVING.read_text(encoding="utf-8"))


@pytest.fixture
def testing() -> dict[str, str]:
    return pinned(TESTING.read_text(encoding="utf-8"))


def test_tests_run_with_what_is_served_with_and_with_more(serving: dict[str, str], testing: dict[str, str]) -> None:
    wanted = {normal(name) for name in PROJECT["optional-dependencies"]["test"]}

    assert {normal(name) for name in PROJECT["dependencies"]} <= serving.keys()
    assert serving.items() <= testing.items()
    assert wanted <= testing.keys()
    # What the portal names is not named again; what its libraries bring, as pyHanko lxml, tests may use by name.
    assert wanted & {normal(name) for name in PROJECT["dependencies"]} == set()


def test_plugins_import_nothing_that_only_the_tests_have(serving: dict[str, str]) -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "plugins").rglob("*.py")]
    names = {
        name.split(".")[0]
        for tree in trees
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    foreign = names - sys.stdlib_module_names - {"plugins", "tools"} - EXTRAS
    brought = packages_distributions()

    assert {"pelican", "yaml", "pydantic"} <= foreign
    assert {
        name for name in foreign if not {normal(known) for known in brought.get(name, [])} & serving.keys()
    } == set()


def test_make_serves_without_the_tests_and_tests_with_them() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    needed = dict(re.findall(r"^([\w-]+): (\.venv/\w+) ##", text, re.MULTILINE))

    assert needed == {
        **dict.fromkeys(("serve", "build", "publish", "lock"), ".venv/ready"),
        **dict.fromkeys(("test", "test-fast", "test-looks", "test-apart", "check", "snapshots"), ".venv/tests"),
    }


def test_every_marker_and_variable_of_the_tests_is_documented() -> None:
    written = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    variables = {name for text in written for name in re.findall(r'environ\.get\("(PORTAL_\w+)"', text)}

    assert set(re.findall(r"^\| `([a-z]+)` \|", CONTRIBUTING, re.MULTILINE)) == MARKERS
    assert set(re.findall(r"^\| `(PORTAL_\w+)` \|", CONTRIBUTING, re.MULTILINE)) == variables


def test_what_takes_longest_is_there() -> None:
    """A file that was renamed would be taken at any time, and nobody would notice."""
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []
