"""What is missing is said before anything is measured, with the way to get it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from tools.benchmarks.tools import needed


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(PortalError) as caught:
        needed(["pydantic", "no_such_package", "nor_this_one"], ["sh", "no-such-program"])

    assert str(caught.value) == (
        "the benchmark needs what is not installed: no_such_package, nor_this_one (pip install -e .[bench]); "
        "no-such-program (sudo apt install chromium chromium-driver)"
    )


def test_programs_that_are_there_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    python = Path(sys.executable)
    monkeypatch.setenv("PATH", str(python.parent))

    assert needed(["pydantic"], [python.name]) == {python.name: str(python)}
