"""The theme's modules of JavaScript, as far as they work without a page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.needed import program
from tests.waiting import PATIENCE


def test_filtering_finds_and_counts_what_fits() -> None:
    node = program("node", "nodejs")
    tests = Path(__file__).parent / "filtering.test.mjs"
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
