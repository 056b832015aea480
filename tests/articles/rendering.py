"""Texts rendered one by one, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from plugins.articles.links import Rendered
from plugins.articles.markup import Renderer
from plugins.portal.entries import Entry
from plugins.portal.problems import Problem
from tests.portal.contents import SHOWN

HERE = f"{SHOWN}/pages/trang.md"
FIRST_LINE = 4
"""Of the Markdown, behind the front matter of `PAGE`."""


class Texts:
    """Renders one text after another as the same page of a site."""

    def __init__(self, renderer: Renderer, page: Entry[Any]) -> None:
        self._renderer = renderer
        self._page = page

    def render(self, body: str) -> Rendered:
        return self._renderer.render(replace(self._page, body=body))

    def html(self, body: str) -> str:
        return self.render(body).html

    def problems(self, body: str) -> list[tuple[int, str]]:
        """Lines, counted from 1 in the body, and sentences."""
        return told(self.render(body).problems)

    def advice(self, body: str) -> list[tuple[int, str]]:
        return told(self.render(body).advice)


def told(remarks: list[Problem]) -> list[tuple[int, str]]:
    return [((remark.line or 0) - FIRST_LINE + 1, remark.message.render()) for remark in remarks]


class _Shown(HTMLParser):
    """What a page says: its text, what stands for pictures, and what is said of links and abbreviations."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.said += [" ", said.get("alt") or "", " ", said.get("title") or "", " "]

    def handle_endtag(self, tag: str) -> None:
        self.said.append(" ")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def is_shown(word: str, line: str, html: str, shown: frozenset[str]) -> bool:
    """Whether a page says a word of a line: alone, or grown together with what stood behind a tag (`T</font>hông`)."""
    return word in shown or ((f">{word}" in line or f"{word}<" in line) and word in "".join(_Shown(html).said))


def words_of(written: str) -> list[str]:
    return re.findall(r"[^\W_]+", written)


def shown_words(html: str) -> list[str]:
    """The words that a reader of the page sees or hears."""
    return words_of("".join(_Shown(html).said))
