"""Feeds in their two forms, Atom (RFC 4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from plugins.portal import addresses
from plugins.portal.values import VIETNAM, compact_json, rfc3339

VERSION = "https://jsonfeed.org/version/1.1"


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
        feed = Atom1Feed(
            title=self.title, link=self.home, feed_guid=self.home, feed_url=f"{self.home}{addresses.ATOM_FEED}",
            description=self.description, language=self.language,
        )  # fmt: skip
        for item in self.items:
            feed.add_item(
                title=item.title, link=item.url, unique_id=item.url, author_name=item.author,
                # HTML in feeds; what people wrote is plain text.
                description=escape(item.summary, quote=False), content=item.html or None,
                pubdate=item.published.replace(tzinfo=VIETNAM), updateddate=item.updated.replace(tzinfo=VIETNAM),
                categories=item.tags,
            )  # fmt: skip
        return str(feed.writeString("utf-8"))

    def json(self) -> str:
        feed: dict[str, Any] = {
            "version": VERSION,
            "title": self.title,
            "home_page_url": self.home,
            "feed_url": f"{self.home}{addresses.JSON_FEED}",
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
