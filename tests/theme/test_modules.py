"""The theme's modules of JavaScript, as far as they work without a page."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def test_filtering_finds_and_counts_what_fits() -> None:
    node = shutil.which("node")
    if node is None:
        message = "node is needed: sudo apt install nodejs"
        if os.environ.get("PORTAL_TESTS_NEED_EVERYTHING"):
            pytest.fail(message)
        pytest.skip(message)
    tests = Path(__file__).parent / "filtering.test.mjs"
    done = subprocess.run([node, "--test", str(tests)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 8" in done.stdout or "pass 8" in done.stdout
