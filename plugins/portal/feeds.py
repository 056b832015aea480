"""Feeds in their two forms, Atom (RFC 4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape as html_escape
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from plugins.portal.values import compact_json, rfc3339

ATOM, JSON = "feed.atom", "feed.json"
"""The names of the files of each list."""
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class FeedItem:
    """Something that was published or has changed. Addresses are whole; moments are Vietnam's, without a zone."""

    url: str
    title: str
    """Plain text, as the summary is."""
    summary: str
    published: datetime
    updated: datetime
    author: str
    html: str = ""
    """All of it; empty where the summary is to do."""
    picture: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """The newest of a list, newest first; a feed without items is none, for nothing would say how new it is."""

    title: str
    home: str
    """The page of the list, whole; the feed's id."""
    language: str
    items: tuple[FeedItem, ...]
    description: str = ""

    def atom(self) -> str:
        return "".join(self._atom())

    def _atom(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(self.language)}>'
        yield f"<title>{escape(self.title)}</title><id>{escape(self.home)}</id>"
        yield f'<link rel="alternate" href={quoteattr(self.home)}/>'
        yield f'<link rel="self" href={quoteattr(f"{self.home}{ATOM}")}/>'
        yield f"<updated>{rfc3339(max(item.updated for item in self.items))}</updated>\n"
        for item in self.items:
            yield f"<entry><title>{escape(item.title)}</title><id>{escape(item.url)}</id>"
            yield f'<link rel="alternate" href={quoteattr(item.url)}/>'
            yield f"<published>{rfc3339(item.published)}</published><updated>{rfc3339(item.updated)}</updated>"
            yield f"<author><name>{escape(item.author)}</name></author>"
            # HTML in feeds; what people wrote is plain text.
            yield f'<summary type="html">{escape(html_escape(item.summary, quote=False))}</summary>'
            if item.html:
                yield f'<content type="html">{escape(item.html)}</content>'
            yield "".join(f"<category term={quoteattr(tag)}/>" for tag in item.tags)
            yield "</entry>\n"
        yield "</feed>\n"

    def json(self) -> str:
        feed: dict[str, Any] = {
            "version": JSON_FEED,
            "title": self.title,
            "home_page_url": self.home,
            "feed_url": f"{self.home}{JSON}",
            "language": self.language,
        }
        if self.description:
            feed["description"] = self.description
        return compact_json(feed | {"items": [_json(item) for item in self.items]}) + "\n"


def _json(item: FeedItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.url,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "date_published": rfc3339(item.published),
        "date_modified": rfc3339(item.updated),
        "authors": [{"name": item.author}],
    }
    # Each item has a content.
    told |= {"content_html": item.html} if item.html else {"content_text": item.summary or item.title}
    if item.picture:
        told["image"] = item.picture
    return told | {"tags": list(item.tags)} if item.tags else told
