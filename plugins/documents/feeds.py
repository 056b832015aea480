"""Feeds of the documents of a type, of a field and of the province itself; each site's own is that of any kind."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.documents.lists import DocumentLists
from plugins.feeds import Feed, FeedItem
from plugins.portal.province import Province


def feeds(lists: DocumentLists, province: Province, language: str, most: int) -> Iterator[Feed]:
    """The newest `most` documents of each list that has a feed of its own."""
    root = province.url.rstrip("/")

    def item(card: DocumentCard) -> FeedItem:
        return FeedItem(
            f"{root}/{card.url}",
            DOCUMENT.called_in_feeds(card, language),
            card.summary,
            card.moment,
            card.modified or card.moment,
            card.agency_name or province.name,
        )

    for url, heading, cards in lists.feeds():
        newest = sorted(cards, key=lambda card: (card.moment, card.url), reverse=True)[:most]
        title = f"{DOCUMENT.many.say(language)}: {heading} – {province.name}"
        yield Feed(title, f"{root}/{url}", language, tuple(map(item, newest)))
