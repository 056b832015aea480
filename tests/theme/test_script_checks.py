"""`make scripts` holds the theme's JavaScript to types and style, and finds what it is there for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.needed import program
from tests.provinces import ROOT
from tests.test_architecture import VAGUE
from tests.waiting import PATIENCE

CHECKS = ROOT / "tools" / "javascript"
LOCKS = sorted(path for path in ROOT.glob("t*/**/package-lock.json") if "node_modules" not in path.parts)


def make(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """The Makefile's own work, with an environment that is taken as made."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        [
            program("make", "make"),
            "--no-print-directory",
            "--assume-old=.venv/ready",
            "--assume-old=.venv/tests",
            *arguments,
        ],
        cwd=ROOT,
        env=environment | ({"PATH": path} if path else {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.fixture(scope="module")
def checked() -> subprocess.CompletedProcess[str]:
    """What `make scripts` says; whatever checks is installed by it."""
    program("node", "nodejs")
    program("npm", "npm")
    return make("scripts")


def test_scripts_have_types_and_style(checked: subprocess.CompletedProcess[str]) -> None:
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "tsc" in checked.stdout
    assert "eslint" in checked.stdout


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("export const double = (number) => 2 * number;", "TS7006"),
        ("/** @param {string} text */ export const size = (text) => text.lenght;", "TS2551"),
        ("document.getElementById('a').hidden = true;", "TS2531"),
        ("/** @type {Words} */ const say = document.body.dataset; export { say };", "TS2322"),
        ("const { found } = { found: 1 };", "TS6133"),
    ],
)
@pytest.mark.usefixtures("checked")
def test_fault_of_types_is_found(script: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "script.js").write_text(script, encoding="utf-8")
    settings = {"extends": str(CHECKS / "tsconfig.json"), "include": [str(CHECKS / "types.d.ts"), "script.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [str(CHECKS / "node_modules/.bin/tsc"), "--project", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert done.returncode != 0
    assert re.findall(r"TS\d+", done.stdout) == [fault], done.stdout


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        ("document.body.innerHTML = location.hash;", "no-restricted-properties"),
        ("if (location.hash == '#a') location.reload();", "eqeqeq"),
        ("console.info(location.hash);", "no-console"),
        ("unknown();", "no-undef"),
        ("var a = 1; export { a };", "no-var"),
        ("export const found = location.hash;", "id-denylist"),
        ("export function made() { location.reload(); }", "id-denylist"),
        ("export const { said } = document.body.dataset;", "id-denylist"),
        ("export const spot = { place: location.hash };", "id-denylist"),
    ],
)
@pytest.mark.usefixtures("checked")
def test_fault_of_style_is_found(script: str, rule: str) -> None:
    command = [str(CHECKS / "node_modules/.bin/eslint"), "--config", str(CHECKS / "eslint.config.mjs")]
    command += ["--format", "json", "--stdin", "--stdin-filename", "theme/static/script.js"]
    done = subprocess.run(
        command, cwd=ROOT, input=script, capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    [file] = json.loads(done.stdout)
    assert (done.returncode, [fault["ruleId"] for fault in file["messages"]]) == (1, [rule])


@pytest.mark.usefixtures("checked")
def test_no_name_is_refused_in_python_alone() -> None:
    command = [str(CHECKS / "node_modules/.bin/eslint"), "--config", str(CHECKS / "eslint.config.mjs")]
    command += ["--print-config", "theme/static/script.js"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE)
    _, *refused = json.loads(done.stdout)["rules"]["id-denylist"]

    assert set(refused) >= VAGUE


def test_no_finding_is_silenced() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "theme" / "static").rglob("*.js")}

    assert len(texts) > 10
    assert not [path for path, text in texts.items() if re.search(r"@ts-|eslint-disable", text)]


@pytest.fixture
def without_node(tmp_path: Path) -> str:
    """A PATH with all that the Makefile needs but node and npm."""
    for name in ("sh", "echo", "make", "true", "touch"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return str(tmp_path)


def test_check_without_node_says_what_is_missing_and_goes_on(without_node: str) -> None:
    tools = Path(without_node)
    for name in ("ruff", "mypy", "lint-imports", "portal"):
        (tools / name).symlink_to(tools / "true")
    done = make("check", f"BIN={tools}", path=without_node)

    assert (done.returncode, done.stderr) == (0, "")
    missing = "The scripts were not checked: node and npm are missing. This mends it: sudo apt install nodejs npm"
    assert done.stdout.splitlines()[-1] == missing


def test_scripts_without_node_are_not_taken_for_checked(without_node: str, tmp_path: Path) -> None:
    folder = tmp_path / "javascript"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(CHECKS / name, folder)
    done = make("scripts", f"SCRIPTS={folder}", path=without_node)

    assert done.returncode == 2
    assert done.stdout.splitlines() == ["node and npm are missing. This mends it: sudo apt install nodejs npm"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_development_packages_are_pinned_without_addresses(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    named = json.loads(lock.with_name("package.json").read_text(encoding="utf-8"))["devDependencies"]

    assert '"resolved"' not in text
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in named} == named
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)
