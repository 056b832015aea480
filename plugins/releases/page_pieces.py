"""Tags as we write them, and pieces of pages that are read at once where nothing is wrong with them.

A piece that stands on several pages of a site, its header or its footer, is read once for those that follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import unquote

VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
FOREIGN: Final = ("svg", "math")
RAW_NAMES: Final = ("script", "style", "textarea", "title")
_TAGS: Final = re.compile(
    r"""<(?:/([a-z][a-z0-9-]*)>"""
    r"""|(script|style|textarea|title)((?:\s[^<>"']*+(?:"[^"]*+"[^<>"']*+)*+)?)>([^<]*+)(?=</)"""
    r"""|([a-z][a-z0-9-]*)([^<>"']*+(?:"[^"]*+"[^<>"']*+)*+)>"""
    r"""|(!doctype[^>]*>)|)"""
)
"""Tags as we write them: ended; whole, without markup in it; begun; what is no tag; and what is none of these."""
_PIECE: Final = re.compile(r"<(?:header|main|footer|nav)\b")
"""Where a page is taken apart: what follows often is the same as on the page before."""
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_LINKING: Final = ("href", "src", "poster", "action", "formaction", "xlink:href")
_TELLING: Final = ("h1", "html", "meta")
"""Elements that say something by being there."""
MOST_REMEMBERED: Final = 2**14
"""Tags, and links: those of a site's header, menu and footer are on each of its pages."""
PIECES_REMEMBERED: Final = 64
"""Pieces of pages: enough for headers and footers, which come back on the next page, among texts that do not."""


class Tag(NamedTuple):
    """What the attributes of a tag say."""

    values: Mapping[str, str]
    urls: tuple[str, ...]
    """That it leads to, or is made of."""


@lru_cache(maxsize=MOST_REMEMBERED)
def tag_of(name: str, written: str) -> Tag:
    """Of a tag with that name; `written` is what stands between its name and its end."""
    values: dict[str, str] = {}
    for attribute, in_double, in_single, bare in _ATTRIBUTE.findall(written):
        value = in_double or in_single or bare
        values[attribute.lower()] = unescape(value) if "&" in value else value
    urls = [values[attribute] for attribute in _LINKING if attribute in values]
    if name == "object" and "data" in values:
        urls.append(values["data"])
    for attribute in ("srcset", "imagesrcset"):
        if attribute in values:
            urls += (part.split()[0] for part in values[attribute].split(",") if part.strip())
    return Tag(values, tuple(urls))


BARE: Final = Tag({}, ())


def is_from_the_root(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//")


@lru_cache(maxsize=MOST_REMEMBERED)
def without_query(inside: str) -> str:
    """Of a path with what may follow it: its address, and the place where one is meant."""
    address, _, fragment = inside.partition("#")
    address = address.partition("?")[0].lstrip("/")
    target = f"{address}#{fragment}" if fragment else address
    return unquote(target) if "%" in target else target


class Piece(NamedTuple):
    """What a piece of a page says, if nothing in it is wrong."""

    ends: tuple[str, ...]
    """Elements that it ends and does not begin, in turn."""
    begins: tuple[str, ...]
    """Elements that it begins and does not end, the innermost last."""
    ids: tuple[str, ...]
    links: frozenset[str]
    """Addresses of the portal."""
    urls: frozenset[str]
    """What else it leads to: whether that is of the portal, depends on the page."""
    titles: tuple[str, ...]
    telling: tuple[tuple[str, Mapping[str, str]], ...]
    """Elements that say something by being there, with their attributes."""


@lru_cache(maxsize=PIECES_REMEMBERED)
def _piece(html: str) -> Piece | None:
    """What a piece of a page says; None where anything may be wrong with it, or depends on what stands around it."""
    reading = _Reading()
    for ended, whole, of_whole, content, begun, of_begun, other in _TAGS.findall(html):
        if ended:
            if not reading.end(ended):
                return None
        elif whole:
            reading.tell(whole, of_whole, content)
            reading.begin(whole, of_whole)
        elif begun:
            if begun in RAW_NAMES and not reading.foreign:
                return None
            reading.tell(begun, of_begun)
            reading.begin(begun, of_begun)
        elif not other:
            return None
    return None if reading.foreign else reading.piece()


class _Reading:
    """What was read of a piece."""

    def __init__(self) -> None:
        self.foreign = 0
        """Elements around that are foreign to HTML."""
        self._ended: list[str] = []
        self._begun: list[str] = []
        self._ids: list[str] = []
        self._urls: set[str] = set()
        self._titles: list[str] = []
        self._telling: list[tuple[str, Mapping[str, str]]] = []

    def end(self, name: str) -> bool:
        """Whether an element may end here."""
        if not self._begun:
            self._ended.append(name)
        elif self._begun.pop() != name:
            return False
        self.foreign -= name in FOREIGN
        return True

    def begin(self, name: str, written: str) -> None:
        if name not in VOID and not (self.foreign and written.endswith("/")):
            self._begun.append(name)
            self.foreign += name in FOREIGN

    def tell(self, name: str, written: str, content: str = "") -> None:
        tag = tag_of(name, written) if "=" in written else BARE
        if "id" in tag.values:
            self._ids.append(tag.values["id"])
        self._urls.update(tag.urls)
        if name in _TELLING:
            self._telling.append((name, tag.values))
        elif name == "title" and not self.foreign:
            self._titles.append(content.strip())

    def piece(self) -> Piece:
        inside = {url for url in self._urls if is_from_the_root(url)}
        return Piece(
            ends=tuple(self._ended),
            begins=tuple(self._begun),
            ids=tuple(self._ids),
            links=frozenset(map(without_query, inside)),
            urls=frozenset(self._urls - inside),
            titles=tuple(self._titles),
            telling=tuple(self._telling),
        )


def pieces_of(html: str) -> list[Piece] | None:
    """The pieces of a page in which every element is ended; None where anything may be wrong."""
    pieces: list[Piece] = []
    begun: list[str] = []
    cuts = (0, *(cut.start() for cut in _PIECE.finditer(html)), len(html))
    for begin, end in pairwise(cuts):
        if (piece := _piece(html[begin:end])) is None:
            return None
        for name in piece.ends:
            if not begun or begun.pop() != name:
                return None
        begun += piece.begins
        pieces.append(piece)
    return None if begun else pieces
