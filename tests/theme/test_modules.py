"""The theme's modules of JavaScript, as far as they work without a page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.needed import program
from tests.provinces import ROOT
from tests.waiting import PATIENCE

HERE = Path(__file__).parent
FOLDS = re.compile(r"replace(?:All)?\([^)]*(?:đ|\\u03[0-6]|\\p\{M)")
"""What takes marks off letters."""


@pytest.mark.parametrize("tests", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_modules_do_what_their_tests_say(tests: Path) -> None:
    node = program("node", "nodejs")
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", str(tests)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    # A file without tests would pass as well.
    written = len(re.findall(r"^test\b", tests.read_text(encoding="utf-8"), re.MULTILINE))
    assert re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE) == [str(written)] != ["0"]


def test_texts_are_folded_in_one_script_alone() -> None:
    """Tests of search hold that one and Python together: what is typed without accents finds the same everywhere."""
    static = ROOT / "theme/static"
    folding = [path for path in sorted(static.rglob("*.js")) if FOLDS.search(path.read_text(encoding="utf-8"))]

    assert [path.relative_to(static).as_posix() for path in folding] == ["search/syllables.js"]


@pytest.mark.parametrize(
    "script", ["text.replace(/\\p{M}/gu, '')", "text.replaceAll('đ', 'd')", "text.replace(/[\\u0300-\\u036f]/g, '')"]
)
def test_folding_is_seen(script: str) -> None:
    assert FOLDS.search(script)
