"""Whether what a page shows is in the data: each text of it is compared with the JSON that programs get.

A text is taken apart at the signs that pages join facts with. A part is in the data if it stands in any answer as a
whole (cards of others, counters, days), also behind words of the theme, or if each of its words is one of the page's
own document, of the closed lists or of the theme.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from lxml.html import HtmlElement

from tests.provinces import ROOT

_WORD = re.compile(r"\d+(?:[.,/:]\d+)+|[^\W_]+")
"""A code, a day, an hour or an amount is one."""
_MARKUP = re.compile(r"<[^>]*>|%\(\w+\)s")
_JOINTS = re.compile(r"\s*(?:·|;|[:,–]\s|\s\()\s*")
HERE = timezone(timedelta(hours=7))
_COMMAND = {"portal", "documents", "verify", "trust", "dir"}
"""What may be typed to check a signature again."""
_UNSEEN = {"script", "style", "template", "svg"}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _parts(text: str) -> list[str]:
    return [_even(part).strip("().") for part in _JOINTS.split(text)]


def _counts(value: Any) -> Iterator[str]:
    """How many there are of something, which pages say of what they show closed."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if isinstance(value, list):
        yield str(len(value))
    for inner in inside:
        yield from _counts(inner)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
    elif value is not None:
        yield str(value)


def _as_people_read(text: str) -> Iterator[str]:
    """What a page may make of it: without markup, a moment as day and hour, an amount with points, a size in KB."""
    yield _MARKUP.sub(" ", text)
    if re.match(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text[:10])
        yield f"{day:%d/%m/%Y}"
        yield f"{day.day}/{day.month}/{day.year}"
        yield f"{day.day} {day:%B %Y}"
        if "T" in text:
            yield f"{datetime.fromisoformat(text).astimezone(HERE):%d/%m/%Y %H:%M}"
    if text.isdigit():
        yield f"{int(text):,}".replace(",", ".")
        yield f"{(int(text) + 1023) // 1024} KB"


class ToldData:
    """All that a portal answers programs: each JSON below its API and beside its pages."""

    def __init__(self, read: Callable[[str], bytes], files: Iterable[str], url: str) -> None:
        self._read = read
        self._files = [
            name for name in files
            if (name.startswith("api/v1/") and name.endswith(".json") and "/schemas/" not in name)
            or name.endswith("/index.json")
        ]  # fmt: skip
        self.url = url

    def at(self, address: str) -> Any:
        return json.loads(self._read(address.removeprefix(self.url)))

    def items(self, name: str) -> Iterator[Any]:
        """Of a list, page by page."""
        address = f"api/v1/{name}.json"
        while address:
            page = self.at(address)
            yield from page["items"]
            address = page["links"]["next"]

    @cached_property
    def _whole(self) -> set[str]:
        everything = (text for name in self._files for text in _strings(self.at(name)))
        forms = {form for text in everything for form in _as_people_read(text)}
        return {part for form in forms for part in (_even(form), *_parts(form))}

    @cached_property
    def _frame(self) -> set[str]:
        """Words of the theme and of closed lists, and the province's own."""
        sentences = [text for message in _catalogue() for text in _strings(message.string or "")]
        told = (*_strings(self.at("api/v1/terms.json")), *_strings(self.at("api/v1/province.json")))
        return _COMMAND.union(*(_words(_MARKUP.sub(" ", text)) for text in (*sentences, *told)))

    def kinds(self) -> list[str]:
        """The lists whose items have a document and a page each."""
        lists = [answer["name"] for answer in self.at("api/v1/index.json")["answers"] if answer["list"]]
        return [name for name in lists if any(item.get("document") for item in self.items(name))]

    def unsaid_of(self, name: str, page: Callable[[str], HtmlElement]) -> tuple[int, list[str]]:
        """How many pages of a list were looked at, and what of them is not in the data; a line for each text."""
        pages, lines = 0, dict[str, None]()
        for item in self.items(name):
            # An agency without a site has none.
            if item.get("document"):
                address = item["url"].removeprefix(self.url)
                document = self.at(item["document"])
                signed = [self.at(file["signatures"]) for file in document.get("files", ()) if file.get("signatures")]
                texts = self.unsaid(page(address).xpath("//main")[0], item, document, *signed)
                lines |= dict.fromkeys(f"{address}: {text}" for text in texts)
                pages += 1
        return pages, list(lines)

    def unsaid(self, page: HtmlElement, *documents: Any) -> list[str]:
        """The texts of a page that are in no answer, and not made of the words of these documents either."""
        own = {word for text in _strings(documents) for form in _as_people_read(text) for word in _words(form)}
        known = own | self._frame | set(_counts(documents))
        if any(document.get("record", {}).get("language") == "en" for document in documents):
            known |= {word for message in _catalogue() for text in _strings(message.id) for word in _words(text)}
        return [text.strip() for text in _texts(page) if not all(self._is_told(part, known) for part in _parts(text))]

    def _is_told(self, part: str, known: set[str]) -> bool:
        words = part.split()
        heads = (n for n in range(len(words)) if _words(" ".join(words[:n])) <= self._frame)
        return _words(part) <= known or any(" ".join(words[n:]) in self._whole for n in heads)


def _catalogue() -> Catalog:
    """Sentences of the theme."""
    with (ROOT / "theme/translations/vi.po").open("rb") as source:
        return read_po(source)


def _texts(element: HtmlElement) -> Iterator[str]:
    """Every text that is shown, each as far as no other element begins."""
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""
