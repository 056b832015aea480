"""The text of a document with places for its articles and clauses: `#dieu-5`, `#dieu-5-khoan-2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.portal.identifiers import slugify

_TAG = re.compile(r"<(?P<end>/?)(?P<name>h[2-6]|p|ol|ul|li|table)\b(?P<rest>[^>]*)>")
_ARTICLE = re.compile(r"(?:\s|<strong>|<b>|<em>)*(?P<label>Điều\s+(?P<number>\d{1,3}[a-zđ]?))\b")
_START = re.compile(r'\bstart="(\d+)"')
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Article:
    """An article of a text."""

    anchor: str
    label: str
    """`Điều 5`."""


@dataclass(frozen=True)
class AnchoredText:
    """HTML in which articles and clauses can be linked to."""

    html: str
    articles: tuple[Article, ...] = ()


def with_anchors(html: str) -> AnchoredText:
    """The sanitised HTML of a text, with an id at each article and at each clause of it.

    An article is a heading or a paragraph that begins with `Điều 5`; clauses are the numbers of lists below it. The
    first of one name has the id: an article that is quoted in another does not.
    """
    taken = set(_ID.findall(html))
    written: list[str] = []
    articles: list[Article] = []
    lists: list[int | None] = []  # for each list that is open: the number of its next clause, None where it has none
    position, current = 0, ""
    for tag in _TAG.finditer(html):
        name, opens = tag["name"], not tag["end"]
        if name in ("ol", "ul", "table"):
            _nest(lists, tag, opens=opens, counts=name == "ol" and not lists and bool(current))
        elif opens and name == "li" and lists and lists[-1] is not None:
            anchor = f"{current}-khoan-{lists[-1]}"
            lists[-1] += 1
            if anchor not in taken and "id=" not in tag["rest"]:
                taken.add(anchor)
                written += [html[position : tag.start()], f'<li{tag["rest"]} id="{anchor}">']
                position = tag.end()
        elif opens and not lists and (article := _ARTICLE.match(html, tag.end())) is not None:
            anchor = f"dieu-{slugify(article['number'])}"
            if anchor not in taken:
                taken.add(anchor)
                articles.append(Article(anchor, " ".join(article["label"].split())))
                written += [html[position : tag.end()], f'<span id="{anchor}"></span>']
                position, current = tag.end(), anchor
    return AnchoredText("".join([*written, html[position:]]), tuple(articles))


def _nest(lists: list[int | None], tag: re.Match[str], *, opens: bool, counts: bool) -> None:
    """Step into a list or table, or out of one."""
    if not opens:
        del lists[-1:]
        return
    start = _START.search(tag["rest"])
    lists.append((int(start[1]) if start else 1) if counts else None)
