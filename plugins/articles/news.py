"""What homes and lists show of the news: a site's own, and those of all sites."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pelican.generators import Generator

from plugins.articles.cards import ArticleCard
from plugins.articles.kinds import ARTICLE
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.site_run import site_run

FIRST = 6
"""Articles on an agency's home."""
LISTED = 5
"""Beside the lead on the province's home."""
NEWS_SHOWN = 12
OWN_NEWS_SHOWN = 6
AGENCY_NEWS_SHOWN = 50


@dataclass(frozen=True)
class FirstNews:
    """The newest articles of a site, for its home."""

    articles: tuple[Any, ...]
    """As Pelican gives them."""
    has_more: bool

    @classmethod
    def of(cls, articles: Sequence[Any]) -> FirstNews:
        return cls(tuple(articles[:FIRST]), len(articles) > FIRST)


@dataclass(frozen=True)
class HomeView:
    """What the province's home shows of the news: its own first, and no article twice."""

    own_news: tuple[ArticleCard, ...]
    other_news: tuple[ArticleCard, ...]

    @property
    def lead(self) -> ArticleCard | None:
        """What stands first and large: of the province's own the one that editors feature, or has a picture."""
        pictured = [card for card in self.own_news if card.picture_url]
        featured = [card for card in self.own_news if card.featured]
        return next(iter([*featured, *pictured, *self.own_news, *self.other_news]), None)

    @property
    def listed(self) -> tuple[ArticleCard, ...]:
        """The newest of all besides."""
        return tuple(latest([card for card in (*self.own_news, *self.other_news) if card != self.lead], LISTED))

    @classmethod
    def of(cls, own: Iterable[ArticleCard], agencies: Iterable[ArticleCard]) -> HomeView:
        own = tuple(own)
        first = latest(own, OWN_NEWS_SHOWN)
        urls = {card.url for card in first}
        newest = latest([*own, *agencies], NEWS_SHOWN)
        return cls(tuple(first), tuple(card for card in newest if card.url not in urls))


def latest(cards: Iterable[ArticleCard], number: int) -> list[ArticleCard]:
    """The newest articles; of one minute, in order of address."""
    return heapq.nsmallest(number, cards, key=lambda card: (-card.date.timestamp(), card.url))


def news_of(manifest: SiteManifest) -> tuple[ArticleCard, ...]:
    """The news of a site, newest first."""
    return cards_of(manifest, ARTICLE.name, ArticleCard)


class NewsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Tells the pages about all sites what there is of news; writes nothing."""

    def generate_context(self) -> None:
        neighbours = site_run(self.settings).linked
        theirs = [card for manifest in neighbours.manifests for card in news_of(manifest)]
        self.context["home"] = HomeView.of(news_of(neighbours.own), theirs)
        self.context["agency_news"] = latest(theirs, AGENCY_NEWS_SHOWN)
