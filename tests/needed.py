"""What tests need beside Python's packages; they go without only where nobody asked for everything (.ci/run does)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def missing(message: str) -> NoReturn:
    """Skip the test, or fail it where everything must be there."""
    if os.environ.get("PORTAL_TESTS_NEED_EVERYTHING"):
        pytest.fail(message)
    pytest.skip(message)


def program(name: str, packages: str) -> str:
    """Where a program lies; `packages` are those of Debian that bring it."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is needed: sudo apt install {packages}")
    return found


def administrator(what: str) -> None:
    """Go on where the tests run as root, as in .ci/run: nobody else can do it."""
    if os.geteuid() != 0:
        pytest.skip(f"only root can {what}")


def history(commit: str | None) -> str:
    """A commit of this repository; an export of the code has none."""
    if commit is None:
        pytest.skip("there is no commit before")
    return commit


def shared(path: Path) -> Path:
    """A file of real records, which lies outside of the repository and is not there for everybody."""
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path
