"""What a file of a version says that can be checked: where it leads, what leads to it, and whether it is well-formed.

Pages are read by a tokeniser of our own: `html.parser` takes four times as long and says nothing of a tag that is left
open, and what lxml reads it mends. Ours is stricter than HTML, for we wrote the page: every element is closed.

A page without a fault is read at once (`page_pieces`). Where anything is not as it should be, it is read again from its
beginning, tag by tag, and each fault told with its line.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree

from plugins.portal import addresses
from plugins.portal.problems import Text, text
from plugins.releases.page_pieces import (
    BARE,
    FOREIGN,
    RAW_NAMES,
    VOID,
    Piece,
    is_from_the_root,
    pieces_of,
    tag_of,
    without_query,
)
from plugins.releases.records import ReleaseModel


class FileFacts(ReleaseModel):
    """What was found in one file."""

    digest: str = ""
    """Of its bytes."""
    links: tuple[str, ...] = ()
    """Addresses of the portal that it leads to or is made of, with `#` and the place where one is meant; sorted."""
    ids: tuple[str, ...] = ()
    leads_on: str = ""
    """Where a page leads that says at once where it is now; empty where it is no such page."""
    is_page: bool = False
    noindex: bool = False
    published: str = ""
    """The moment of an article as the page says it."""
    listed: tuple[str, ...] = ()
    """Addresses that a sitemap lists."""
    faults: tuple[Text, ...] = ()
    """What is wrong with it by itself."""


_TOKEN: Final = re.compile(
    r"""<!--.*?-->|<!doctype[^>]*>|</([a-z][\w:-]*)\s*>|<([a-z][\w:-]*)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>|<""",
    re.IGNORECASE | re.DOTALL,
)
_SHARED: Final = ("og:image", "og:url")
_REFRESH: Final = re.compile(r"\s*\d+\s*;\s*url\s*=\s*(.*)", re.IGNORECASE)
_CSS_URL: Final = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)""")
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_XML: Final = ("xml", "atom", "svg")
_JSON: Final = ("json", "jsonld", "webmanifest")
MOST_FAULTS: Final = 10
"""Of one page that are noted."""
READ: Final = frozenset(("html", "css", *_XML, *_JSON))
"""Endings of the files that are read."""


def facts_of_file(path: str, content: bytes, portal: str) -> FileFacts:
    """The facts of a file at a path of the portal, whose public address is `portal`. Raises nothing for bad content."""
    ending = path.rpartition(".")[2]
    try:
        written = content.decode("utf-8")
        if ending == "html":
            return _Page(path, portal).facts(written)
        if ending == "css":
            return _css(path, written, portal)
        return _xml(path, content, portal) if ending in _XML else _json(path, written, portal)
    except UnicodeDecodeError:
        return FileFacts(faults=(text("it is not written in UTF-8"),))
    except ElementTree.ParseError as error:
        line, _ = error.position
        return FileFacts(faults=(text("it is no XML (line {line})", line=line),))
    except json.JSONDecodeError as error:
        return FileFacts(faults=(text("it is no JSON (line {line})", line=error.lineno),))


def address_on_portal(url: str, path: str, portal: str) -> str | None:
    """The address that a link in the file at `path` leads to, with its fragment; None where it leaves the portal."""
    if is_from_the_root(url):  # nearly every link
        return without_query(url)
    if url.startswith("#"):
        return without_query(f"{addresses.answered_by(path)}{url}")
    try:
        whole = url if url.startswith("https://") else urljoin(f"{portal}/{addresses.answered_by(path)}", url.strip())
        inside = addresses.path_on_portal(whole, portal)
    except ValueError:
        return url  # no address at all: nothing answers it
    return None if inside is None else without_query(inside)


class _Page:
    """Reads one page."""

    def __init__(self, path: str, portal: str) -> None:
        self._path, self._portal = path, portal
        self._open: list[str] = []
        self._ids: list[str] = []
        self._links: set[str] = set()
        self._urls: set[str] = set()
        self._faults: list[Text] = []
        self._main_headings = 0
        self._title = self._lang = self._published = ""
        self._refresh: str | None = None
        self._noindex = False

    def facts(self, html: str) -> FileFacts:
        if (pieces := pieces_of(html)) is not None:
            self._take(pieces)
        else:
            self._read(html)
        self._judge()
        leads_on = self._address(self._refresh) if self._refresh is not None else None
        elsewhere = (target for url in self._urls if (target := self._address(url)) is not None)
        return FileFacts(
            links=tuple(sorted({*self._links, *elsewhere})),
            ids=tuple(sorted(set(self._ids))),
            leads_on=f"/{leads_on}" if leads_on is not None else "",
            is_page=True,
            noindex=self._noindex,
            published=self._published,
            faults=tuple(self._faults),
        )

    def _take(self, pieces: Iterable[Piece]) -> None:
        """What a page says in which nothing is out of order."""
        for piece in pieces:
            self._ids += piece.ids
            self._links |= piece.links
            self._urls |= piece.urls
            self._title = self._title or "".join(piece.titles[:1])
            for name, values in piece.telling:
                self._tell(name, values)

    def _address(self, url: str) -> str | None:
        return address_on_portal(url, self._path, self._portal)

    def _read(self, html: str) -> None:
        position = 0
        while (token := _TOKEN.search(html, position)) is not None:
            position = token.end()
            closed, opened, attributes = token.groups()
            if opened is not None:
                name = opened.lower()
                self._begin(name, attributes)
                if name in RAW_NAMES and not self._in_foreign():
                    position = self._raw(name, html, position)
            elif closed is not None:
                self._end(closed.lower(), html, token.start())
            elif token.group() == "<":
                self._fault(text('there is a "<" that begins no tag (line {line})', line=_line(html, token.start())))

    def _raw(self, name: str, html: str, position: int) -> int:
        """Pass over what is no markup; gives where the element ends."""
        end = html.find(f"</{name}", position)
        if end < 0:
            return position  # then it is told as left open
        if name == "title":
            self._title = self._title or html[position:end].strip()
        return end

    def _begin(self, name: str, written: str) -> None:
        values, urls = tag_of(name, written) if "=" in written else BARE
        if "id" in values:
            self._ids.append(values["id"])
        self._urls.update(urls)
        self._tell(name, values)
        if name in VOID or (written.endswith("/") and self._in_foreign()):
            return
        self._open.append(name)

    def _tell(self, name: str, values: Mapping[str, str]) -> None:
        """What an element says by being there."""
        if name == "meta":
            self._meta(values)
        elif name == "h1":
            self._main_headings += 1
        elif name == "html":
            self._lang = values.get("lang", "")

    def _in_foreign(self) -> bool:
        return any(name in self._open for name in FOREIGN)

    def _meta(self, values: Mapping[str, str]) -> None:
        content = values.get("content", "")
        if values.get("http-equiv", "").lower() == "refresh" and (refresh := _REFRESH.fullmatch(content)):
            self._refresh = refresh.group(1).strip("'\" ")
            self._urls.add(self._refresh)
        elif values.get("name") == "robots":
            self._noindex = "noindex" in content
        elif values.get("property") in _SHARED:
            self._urls.add(content)
        elif values.get("property") == "article:published_time":
            self._published = content

    def _end(self, name: str, html: str, position: int) -> None:
        if self._open and self._open[-1] == name:
            self._open.pop()
        elif name in self._open:
            while (left := self._open.pop()) != name:
                self._fault(_left_open(left, _line(html, position)))
        else:
            self._fault(text("</{name}> closes nothing (line {line})", name=name, line=_line(html, position)))

    def _judge(self) -> None:
        for name in reversed(self._open):
            self._fault(text("<{name}> is not closed", name=name))
        for name, times in Counter(self._ids).items():
            if times > 1:
                self._fault(text('the id "{name}" is there {times} times', name=name, times=times))
        if not self._lang:
            self._fault(text("it does not say which language it is in"))
        if not self._title:
            self._fault(text("it has no title"))
        if self._main_headings != 1:
            self._fault(text("it has {number} main headings (h1) in the place of one", number=self._main_headings))

    def _fault(self, fault: Text) -> None:
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(fault)


def _line(html: str, position: int) -> int:
    return html.count("\n", 0, position) + 1


def _left_open(name: str, line: int) -> Text:
    return text("<{name}> is not closed (line {line})", name=name, line=line)


def _css(path: str, written: str, portal: str) -> FileFacts:
    urls = (next(filter(None, groups), "") for groups in _CSS_URL.findall(_CSS_COMMENT.sub("", written)))
    # A place alone is one of the page that has the style.
    return FileFacts(links=_inside((url for url in urls if url and not url.startswith("#")), path, portal))


def _xml(path: str, content: bytes, portal: str) -> FileFacts:
    # What we wrote ourselves; Python's expat refuses entities that grow.
    root = ElementTree.fromstring(content)  # noqa: S314
    urls, located, ids = set(), set(), set()
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in ("href", "src"):
                urls.add(value)
            elif name == "id":
                ids.add(value)
        if isinstance(element.tag, str) and element.tag.endswith("}loc"):
            located.add((element.text or "").strip())
    is_index = root.tag.endswith("}sitemapindex")
    return FileFacts(
        links=_inside(urls | located, path, portal),
        ids=tuple(sorted(ids)),
        listed=() if is_index else _inside(located, path, portal),
    )


def _json(path: str, written: str, portal: str) -> FileFacts:
    given = json.loads(written)
    if not path.endswith(".webmanifest") or not isinstance(given, dict):
        return FileFacts()
    parts = [given, *given.get("icons", ()), *given.get("shortcuts", ())]
    urls = {part[name] for part in parts for name in ("src", "url", "start_url", "scope") if name in part}
    return FileFacts(links=_inside(urls, path, portal))


def _inside(urls: Iterator[str] | set[str], path: str, portal: str) -> tuple[str, ...]:
    inside = {address_on_portal(url, path, portal) for url in urls}
    return tuple(sorted(address for address in inside if address is not None))
