"""The Nu HTML checker (vnu) over every page: of the demonstration, and of a province with everything filled in.

The demonstration for the public is the same pages as at a desk, with a few elements more or less: of these it looks at
those that are made of other elements, one of each way in which they are.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.demo.built import DemoPortal, listed
from tests.needed import missing
from tests.provinces import SmallProvince, files_below

LOOKUP = "tra-cuu-ho-so/index.html"
STACK = "-Xss4m"
"""What the checker needs for the schema of HTML."""


ELEMENT = re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.DOTALL)
DATA = re.compile(r"(<(?:script|style)\b[^>]*>).*?(?=</(?:script|style)>)", re.DOTALL)
VALUE = re.compile(r'="[^"]*"')


def made_of(page: Path) -> tuple[str, ...]:
    """A page's elements in their order, with the names of their attributes: neither values nor text."""
    return tuple(VALUE.sub("", element) for element in ELEMENT.findall(DATA.sub(r"\1", page.read_text("utf-8"))))


def made_otherwise(folder: Path, known: Path) -> list[Path]:
    """The pages below a folder that are made of other elements than those at the same addresses below the other.

    Of those that have the same elements more and the same ones less, which come with a setting, it is one.
    """
    ways: dict[object, Path] = {}
    for page in files_below(folder):
        before = known / page.relative_to(folder)
        if page.suffix == ".html" and not before.exists():
            ways[page] = page
        elif page.suffix == ".html" and (elements := made_of(page)) != (others := made_of(before)):
            more, less = Counter(elements) - Counter(others), Counter(others) - Counter(elements)
            ways.setdefault((frozenset(more.items()), frozenset(less.items())) if more or less else elements, page)
    return list(ways.values())


def checked(tools: Path, *pages: Path) -> list[dict[str, Any]]:
    """All that the checker says of these pages, and of those below these folders."""
    java = shutil.which("java")
    if java is None:
        missing("java is needed: sudo apt install default-jre-headless")
    checker = [java, STACK, "-jar", str(tools / "vnu-jar/build/dist/vnu.jar")]
    options = ["--skip-non-html", "--stdout", "--exit-zero-always", "--format", "json"]
    command = [*checker, *options, *(str(page.resolve()) for page in pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def told(message: dict[str, Any]) -> str:
    return f"{message['url'].partition('/releases/')[2]}:{message.get('lastLine')}: {message['message']}"


@pytest.fixture(scope="module")
def messages(page_tools: Path, desk: DemoPortal, public: DemoPortal, filled: SmallProvince) -> list[dict[str, Any]]:
    return checked(page_tools, desk.output, *made_otherwise(public.output, desk.output), filled.output)


def test_checker_sees_what_is_wrong(page_tools: Path, tmp_path: Path) -> None:
    page = "<!doctype html><html lang=vi><title>X</title><time></time><input type=checkbox autocomplete=off>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")

    found = [message["message"] for message in checked(page_tools, tmp_path) if message["type"] == "error"]

    assert len(found) == 2, found


def test_page_of_other_elements_is_looked_at_for_itself(tmp_path: Path) -> None:
    desk, public = tmp_path / "desk", tmp_path / "public"
    pages = {
        "same": ('<a href="/x" class="y">A</a>', '<a href="/z" class="">B</a>'),
        "another attribute": ('<a href="/x">A</a>', '<a href="/x" lang="en">A</a>'),
        "another element": ("<p>A</p>", "<p>A</p><p>B</p>"),
        "another order": ("<p><b></b></p>", "<b><p></p></b>"),
        "another element among others": ("<i></i>", "<i></i><p></p>"),
        "other data": ("<script>1 < <a></script>", "<script>1 < <b></script>"),
        "text that looks like one": ("<p>1 &lt; 2</p>", "<p>&lt;b></p>"),
        "only here": (None, "<p>A</p>"),
    }
    for name, bodies in {**pages, "another element of all pages": pages["another element"]}.items():
        for folder, body in zip((desk, public), bodies, strict=True):
            if body is not None:
                (folder / name).mkdir(parents=True)
                (folder / name / "index.html").write_text(body, "utf-8")

    otherwise = [path.parent.name for path in made_otherwise(public, desk)]

    alike = {"another element", "another element among others", "another element of all pages"}
    assert len(alike & set(otherwise)) == 1
    assert sorted(set(otherwise) - alike) == ["another attribute", "another order", "only here"]


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
