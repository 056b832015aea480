"""Documented means tested: what docs/content.md says of Markdown is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.articles import limits
from plugins.articles.markup import Renderer
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Problem
from plugins.portal.yaml_grammar import MAX_DEPTH
from tests.articles.rendering import Texts
from tests.portal.contents import PAGE, ContentFolder
from tests.provinces import ROOT

TEXT = (ROOT / "docs" / "content.md").read_text(encoding="utf-8").split("## Viết bằng Markdown")[1].split("\n## ")[0]
_EXAMPLE = re.compile(r"(`+) ?(.+?) ?\1(?!`)")


def rows(heading: str) -> list[tuple[str, str]]:
    """The two cells of each row below a heading, with the signs | as they are meant."""
    lines = TEXT.split(f"{heading}\n| --- | --- |\n")[1].split("\n\n")[0].splitlines()
    cells = [[cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [(left, right.replace("&lt;", "<")) for left, right in cells]


def examples(cell: str) -> list[str]:
    return [found.group(2).replace("⏎", "\n").replace("⇥", "\t") for found in _EXAMPLE.finditer(cell)]


def vietnamese(remarks: list[Problem] | tuple[Problem, ...]) -> str:
    return "\n".join(remark.render(load_catalogue(MESSAGES, "vi").gettext) for remark in remarks)


def test_there_are_examples() -> None:
    assert len(rows("| ghi | hiện thành |")) > 10
    assert len(rows("| viết | vấn đề được nêu |")) > 10
    assert len(rows("| viết | nên xem lại |")) > 10


@pytest.mark.parametrize("cell", [left for left, _ in rows("| ghi | hiện thành |")])
def test_what_may_be_written_is_told_nothing(texts: Texts, cell: str) -> None:
    for body in examples(cell):
        found = texts.render(body)
        assert (found.problems, found.advice) == ([], [])


@pytest.mark.parametrize(("cell", "message"), rows("| viết | vấn đề được nêu |"))
def test_what_would_be_lost_is_a_problem_in_these_words(tmp_path: Path, cell: str, message: str) -> None:
    content = ContentFolder.of(tmp_path / "content")
    content.write("media/anh.png", b"\x89PNG\r\n")
    content.write("pages/trang.md", PAGE + examples(cell)[0] + "\n")
    site = content.load()
    problems = site.problems or Renderer(site, "").render(site.texts["pages/trang.md"]).problems
    assert message in vietnamese(problems)


@pytest.mark.parametrize(("cell", "message"), rows("| viết | nên xem lại |"))
def test_what_may_not_be_meant_so_is_advice_in_these_words(texts: Texts, cell: str, message: str) -> None:
    found = texts.render(examples(cell)[0])
    assert found.problems == []
    assert message in vietnamese(found.advice)


def test_limits_are_those_of_the_code() -> None:
    for limit in (limits.MOST_MARKS, limits.MOST_FOOTNOTES, limits.MOST_ABBREVIATIONS, MAX_DEPTH):
        assert re.search(rf"\b{limit}\b", TEXT)
    assert (limits.MARK_SHARE, limits.MOST_REFERENCES) == (10, limits.MOST_FOOTNOTES)
