"""The engine's fingerprint: another one for whatever is under pages, and the same for everything else."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import packages_distributions, version
from importlib.util import resolve_name
from pathlib import Path

import pytest

from plugins.builder.digests import engine_digest
from plugins.builder.engine import PACKAGE, Engine, imported
from plugins.builder.engine_memory import engine_fingerprint
from plugins.builder.site_settings import shaping
from tests.command_line.test_command_line import places
from tests.provinces import ROOT, SmallProvince

SITE_PLUGINS: tuple[str, ...] = tuple(SmallProvince(ROOT).settings()["PORTAL_SITE_PLUGINS"])
UNDER_PAGES = {
    "articles",
    "builder",
    "documents",
    "dossiers",
    "entries",
    "handbook",
    "open_data",
    "pictures",
    "portal",
    "presentation",
    "procedures",
    "province",
    "releases",
    "search",
}
ELSEWHERE = {"alerts", "command_line", "demonstration", "gateway", "importing", "server_files", "serving"}
LOADED = (*SITE_PLUGINS, *SmallProvince(ROOT).settings()["PORTAL_KINDS"])
"""What the run of a site loads by its settings."""
ENGINE = Engine.under(LOADED)
INSTALLED = {library: version(library) for library in ENGINE.libraries}


def fingerprint(package: Path) -> str:
    return Engine.under(LOADED, package).fingerprint()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Our code in another place, to be edited."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "plugins", ignore=ignored))


def files(folder: Path) -> list[Path]:
    """Without what Python compiles: each process of the tests would find as much as the others had written."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# ghi chú\n")


def test_every_folder_of_the_code_is_said_to_be_under_pages_or_not() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}

    assert folders == UNDER_PAGES | ELSEWHERE


def test_what_encodes_pictures_is_under_pages_though_few_builds_load_it() -> None:
    assert "pillow" in ENGINE.libraries
    assert "plugins/pictures/encoding.py" in ENGINE.files


def test_code_has_the_same_fingerprint_wherever_it_lies(copied: Path) -> None:
    assert fingerprint(copied) == ENGINE.fingerprint()


@pytest.mark.parametrize("folder", sorted(UNDER_PAGES))
def test_edit_under_pages_changes_the_fingerprint(copied: Path, folder: str) -> None:
    used = [path for path in files(copied / folder) if path.relative_to(copied.parent).as_posix() in ENGINE.files]
    engine = Engine.under(LOADED, copied)
    before = engine.fingerprint()
    ours = {inside: path for inside, path in engine.files.items() if path in used}
    part = replace(engine, files=ours, libraries=())  # of the whole it would be the same, for each of hundreds of files
    fingerprints = {part.fingerprint()}
    for path in used:
        append(path)  # a remark imports nothing: what is under pages stays the same
        fingerprints.add(part.fingerprint())

    assert (copied / folder / "__init__.py") in used
    assert len(ours) == len(used)
    assert len(fingerprints) == len(used) + 1
    assert before != fingerprint(copied) == engine.fingerprint()


@pytest.mark.parametrize("folder", sorted(ELSEWHERE))
def test_edit_elsewhere_does_not(copied: Path, folder: str) -> None:
    before = fingerprint(copied)
    for path in files(copied / folder):
        append(path)
    (copied / folder / "new.py").write_text("import plugins.portal\n", encoding="utf-8")

    assert fingerprint(copied) == before


def test_translations_and_tables_that_lie_with_the_code_are_part_of_it(copied: Path) -> None:
    beside = {inside for inside in ENGINE.files if not inside.endswith(".py")}
    lying = {
        path.relative_to(copied.parent).as_posix()
        for folder in UNDER_PAGES
        for path in files(copied / folder)
        if path.suffix != ".py"
    }

    assert beside == lying
    assert {"plugins/portal/translations/vi.po", "plugins/portal/translations/fields.vi.yaml"} <= beside


def test_module_that_is_imported_tomorrow_is_part_of_it_at_once(copied: Path) -> None:
    (copied / "newcomer").mkdir()
    (copied / "newcomer" / "__init__.py").write_text("", encoding="utf-8")
    (copied / "newcomer" / "inner.py").write_text("", encoding="utf-8")
    before = fingerprint(copied)
    code = "def late() -> None:\n    from plugins.newcomer import (\n        inner,  # why\n    )\n"
    with (copied / "search" / "terms.py").open("a", encoding="utf-8") as file:
        file.write(code)
    now = Engine.under(LOADED, copied)

    assert before != now.fingerprint()
    assert {"plugins/newcomer/__init__.py", "plugins/newcomer/inner.py"} <= now.files.keys()


def test_plugin_of_a_portal_of_its_own_is_part_of_it() -> None:
    more = Engine.under((*SITE_PLUGINS, "tests.builder.telling"))

    assert {inside for inside in more.files.keys() - ENGINE.files.keys() if inside.endswith(".py")} == {
        "tests/__init__.py", "tests/builder/__init__.py", "tests/builder/telling.py",
    }  # fmt: skip
    assert engine_fingerprint((*SITE_PLUGINS, "tests.builder.telling")) != engine_fingerprint(SITE_PLUGINS)


def test_digest_of_the_engine_sees_the_plugins_of_the_settings() -> None:
    settings = shaping(SmallProvince(ROOT).settings())

    assert settings["PORTAL_SITE_PLUGINS"] == list(SITE_PLUGINS)
    assert engine_digest("", [], settings) != engine_digest("", [], settings | {"PORTAL_SITE_PLUGINS": []})


@pytest.mark.parametrize("library", ENGINE.libraries)
def test_upgrade_of_a_library_under_pages_changes_the_fingerprint(library: str) -> None:
    def upgraded(name: str) -> str:
        return "999" if name == library else INSTALLED[name]

    libraries = replace(ENGINE, files={})  # of the whole it would be the same, with all modules read each time
    assert libraries.fingerprint(upgraded) != libraries.fingerprint(INSTALLED.__getitem__)


def test_libraries_are_those_of_pages_with_all_that_they_need() -> None:
    needed = {"brotli", "fontpkg-be-vietnam-pro", "fonttools", "heroicons"} | {
        "pelican",
        "markupsafe",
        "jinja2",
        "docutils",
        "feedgenerator",
        "pydantic-core",
        "pyyaml",
        "numpy",
        "nh3",
    }

    assert needed <= set(ENGINE.libraries)
    assert {"sqlalchemy", "waitress", "openpyxl", "lunr", "pytest", "selenium"} & set(ENGINE.libraries) == set()


def test_another_python_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ENGINE.fingerprint()
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")

    assert ENGINE.fingerprint() != before


def statements(path: Path, module: str) -> Iterator[str]:
    """What a module imports, as the parser of Python reads it."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", files(PACKAGE), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_import_statement_of_our_code_is_seen(path: Path) -> None:
    if path.suffix == ".py":
        inside = path.relative_to(PACKAGE.parent).with_suffix("")
        module = ".".join(inside.parts).removesuffix(".__init__")
        assert set(statements(path, module)) <= set(imported(path, module))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("import a, b.c as d  # e", ["a", "b.c"]),
        ("    from a.b import c as d, e", ["a.b", "a.b.c", "a.b.e"]),
        ("from a import (\n    b,  # c, d\n    e as f,\n)", ["a", "a.b", "a.e"]),
        ("from . import a", ["x.y", "x.y.a"]),
        ("from ..z import (a)", ["x.z", "x.z.a"]),
        ("import a; import b", ["a"]),
        ("from a import *", ["a"]),
        ("importing = 1\nfromage = 2", []),
    ],
)
def test_import_statements_are_read_as_they_are_written(tmp_path: Path, written: str, names: list[str]) -> None:
    path = tmp_path / "m.py"
    path.write_text(f"{written}\n", encoding="utf-8")

    assert list(imported(path, "x.y.m")) == names


def test_whatever_the_process_of_a_site_loads_is_part_of_it(tmp_path: Path) -> None:
    """Nothing is loaded by another way than an import statement, and no library comes from anywhere else."""
    province = SmallProvince.of(tmp_path)
    arguments = places(province)
    plugins = [*SITE_PLUGINS, "tests.builder.telling"]
    told = tmp_path / "told"
    told.mkdir()
    with Path(arguments[1]).open("a", encoding="utf-8") as file:
        file.write(f"PORTAL_SITE_PLUGINS = {plugins!r}\nTOLD_TO = {str(told)!r}\n")

    done = subprocess.run(
        [sys.executable, "-m", "plugins.command_line", "build", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    loaded: dict[str, str | None] = {}
    for path in told.iterdir():
        loaded |= json.loads(path.read_text(encoding="utf-8"))
    runs = {path.name.partition("-")[0] for path in told.iterdir()}
    assert runs == {"site", "catalogue", "filled", "search", "portal"}
    # The script that was started is loaded in every process that it starts.
    ours = {
        Path(file).relative_to(ROOT).as_posix()
        for name, file in loaded.items()
        if name.startswith("plugins.") and not name.startswith("plugins.command_line") and file
    }
    assert len(ours) > 60
    assert sorted(ours - ENGINE.files.keys()) == []
    installed = packages_distributions()
    tops = {name.partition(".")[0] for name, file in loaded.items() if file} & installed.keys()
    libraries = {name.lower().replace("_", "-") for top in tops for name in installed[top]}
    assert len(libraries) > 20
    # The hook of setuptools runs in every Python; urllib3 looks for a library of proxies, fontTools for one of XML, and
    # no page is made with either.
    assert sorted(libraries - {"cau-noi", "setuptools", "pysocks", "lxml"} - set(ENGINE.libraries)) == []
