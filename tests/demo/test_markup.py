"""The Nu HTML checker (vnu) over every page: of the demonstration, and of a province with everything filled in."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.demo.built import DemoPortal, listed
from tests.needed import missing
from tests.provinces import SmallProvince

LOOKUP = "tra-cuu-ho-so/index.html"
STACK = "-Xss4m"
"""What the checker needs for the schema of HTML."""


def checked(tools: Path, *folders: Path) -> list[dict[str, Any]]:
    """All that the checker says of the pages below these folders."""
    java = shutil.which("java")
    if java is None:
        missing("java is needed: sudo apt install default-jre-headless")
    checker = [java, STACK, "-jar", str(tools / "vnu-jar/build/dist/vnu.jar")]
    options = ["--skip-non-html", "--stdout", "--exit-zero-always", "--format", "json"]
    command = [*checker, *options, *(str(folder.resolve()) for folder in folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def told(message: dict[str, Any]) -> str:
    return f"{message['url'].partition('/releases/')[2]}:{message.get('lastLine')}: {message['message']}"


@pytest.fixture(scope="module")
def messages(page_tools: Path, desk: DemoPortal, public: DemoPortal, filled: SmallProvince) -> list[dict[str, Any]]:
    return checked(page_tools, desk.output, public.output, filled.output)


def test_checker_sees_what_is_wrong(page_tools: Path, tmp_path: Path) -> None:
    page = "<!doctype html><html lang=vi><title>X</title><time></time><input type=checkbox autocomplete=off>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")

    found = [message["message"] for message in checked(page_tools, tmp_path) if message["type"] == "error"]

    assert len(found) == 2, found


def test_no_page_has_an_error(messages: list[dict[str, Any]]) -> None:
    errors = [told(message) for message in messages if message["type"] != "info"]

    assert not errors, listed(errors)


def test_no_page_has_a_warning(messages: list[dict[str, Any]]) -> None:
    # The heading of a dossier is the procedure's name, which lookup.js writes into what is hidden till then.
    empty = (LOOKUP, "Empty heading.")
    warnings = [
        told(message)
        for message in messages
        if message.get("subType") == "warning"
        if not (message["url"].endswith(empty[0]) and message["message"] == empty[1])
    ]

    assert not warnings, listed(warnings)
