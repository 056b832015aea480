"""What homes and lists show of the news: a site's own, those of all sites, of one topic and of one year."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.articles.cards import ArticleCard
from plugins.articles.kinds import ARTICLE
from plugins.feeds import Feed, FeedItem
from plugins.portal import addresses
from plugins.portal.identifiers import SLUG_MAX_LENGTH, slugify
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.paging import page_addresses
from plugins.portal.picture import ShownPicture
from plugins.portal.site_run import site_run
from plugins.portal.whole_addresses import with_whole_addresses

FIRST = 6
"""Articles on an agency's home."""
LISTED = 5
"""Beside the lead on the province's home."""
NEWS_SHOWN = 12
OWN_NEWS_SHOWN = 6
PER_PAGE = 24
"""Of a list of all sites' news."""
MOST_PAGES = 5
"""Of such a list: an edit writes all of them anew. Each site's own list has all of its news, and the search as well."""
OFTEN = 2
"""Articles of a topic that is offered to narrow a list by; the others are linked from their articles."""
LEAD_AMONG = 4
"""What stands first and large is one of so many of the newest."""
RELATED = 4
"""Articles at the end of one."""


class Listed(Protocol):
    """What a list shows of an article, of whatever site."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def date(self) -> datetime: ...
    @property
    def picture(self) -> ShownPicture | None: ...


ListedT = TypeVar("ListedT", bound=Listed)


@dataclass(frozen=True)
class NewsItem:
    """What a list shows of an article of the site itself, also of a draft on a desk."""

    title: str
    url: str
    date: datetime
    summary: str
    picture: ShownPicture | None
    draft: bool
    agency_name: str = ""
    """Empty: whose it is goes without saying."""

    @classmethod
    def of(cls, article: Any) -> NewsItem:
        """Of an article as Pelican gives it."""
        return cls(article.title, article.url, article.date, article.source.summary, article.picture, article.draft)


def with_lead(items: Sequence[ListedT]) -> tuple[ListedT | None, tuple[ListedT, ...]]:
    """What stands first and large, and the others in their order: of the newest the first with a picture."""
    lead = next((item for item in items[:LEAD_AMONG] if item.picture), items[0] if items else None)
    return lead, tuple(item for item in items if item is not lead)


@dataclass(frozen=True)
class NewsList:
    """One page of a site's list."""

    lead: NewsItem | None
    """On the first page."""
    others: tuple[NewsItem, ...]

    @classmethod
    def of(cls, articles: Iterable[Any], number: int) -> NewsList:
        """The page with a number, of articles as Pelican gives them."""
        items = tuple(map(NewsItem.of, articles))
        return cls(*with_lead(items)) if number == 1 else cls(None, items)


@dataclass(frozen=True)
class FirstNews:
    """The newest articles of a site, for its home."""

    lead: NewsItem | None
    listed: tuple[NewsItem, ...]
    has_more: bool

    @classmethod
    def of(cls, articles: Sequence[Any]) -> FirstNews:
        """Of articles as Pelican gives them."""
        return cls(*with_lead([NewsItem.of(article) for article in articles[:FIRST]]), len(articles) > FIRST)


@dataclass(frozen=True)
class HomeView:
    """What the province's home shows of the news: its own first, and no article twice."""

    own_news: tuple[ArticleCard, ...]
    other_news: tuple[ArticleCard, ...]

    @property
    def lead(self) -> ArticleCard | None:
        """What stands first and large: of the province's own the one that editors feature, or has a picture."""
        pictured = [card for card in self.own_news if card.picture]
        featured = [card for card in self.own_news if card.featured]
        return next(iter([*featured, *pictured, *self.own_news, *self.other_news]), None)

    @property
    def listed(self) -> tuple[ArticleCard, ...]:
        """The newest of all besides."""
        return tuple(latest([card for card in (*self.own_news, *self.other_news) if card != self.lead], LISTED))

    @classmethod
    def of(cls, own: Iterable[ArticleCard], all_news: Sequence[ArticleCard]) -> HomeView:
        """Of the province's own news, and those of all sites, its own among them, newest first."""
        first = latest(own, OWN_NEWS_SHOWN)
        urls = {card.url for card in first}
        return cls(tuple(first), tuple(card for card in all_news[:NEWS_SHOWN] if card.url not in urls))


def latest(cards: Iterable[ArticleCard], number: int) -> list[ArticleCard]:
    """The newest articles; of one minute, in order of address."""
    return heapq.nsmallest(number, cards, key=ARTICLE.order)


def news_of(manifest: SiteManifest) -> tuple[ArticleCard, ...]:
    """The news of a site, newest first."""
    return cards_of(manifest, ARTICLE.name, ArticleCard)


@dataclass(frozen=True)
class NewsLink:
    """A list of news that there is, or a text that has none."""

    name: str
    url: str | None
    count: int = 0


@lru_cache(maxsize=4096)
def topic_slug(topic: str) -> str:
    """What stands for a topic in an address; empty where nothing of its name is left."""
    return slugify(topic)[:SLUG_MAX_LENGTH].strip("-")


def topic_link(topic: str) -> NewsLink:
    """A topic with its list, which every portal has where an article names it."""
    slug = topic_slug(topic)
    return NewsLink(topic, addresses.news_about(slug) if slug else None)


def related(articles: Sequence[Any]) -> Iterator[tuple[Any, tuple[NewsItem, ...]]]:
    """Each article of a site, newest first, with those that go with it: its neighbours in time, of its topics first.

    Neighbours, not the newest: a new article changes the pages of a few, not of all.
    """
    by_topic: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        for topic in _topics_of(article):
            by_topic[topic].append(number)
    at = {topic: {number: rank for rank, number in enumerate(numbers)} for topic, numbers in by_topic.items()}
    for number, article in enumerate(articles):
        alike = (n for topic in _topics_of(article) for n in _near(by_topic[topic], at[topic][number]))
        near = [*alike, *_near(range(len(articles)), number)]
        yield article, tuple(NewsItem.of(articles[n]) for n in islice(dict.fromkeys(near), RELATED))


def _topics_of(article: Any) -> list[str]:
    """By slug."""
    return [slug for slug in dict.fromkeys(map(topic_slug, article.source.topics)) if slug]


def _near(numbers: Sequence[int], rank: int) -> Iterator[int]:
    """The next older, the next newer, and so on outwards, as many as are shown."""
    for distance in range(1, RELATED + 1):
        for near in (rank + distance, rank - distance):
            if 0 <= near < len(numbers):
                yield numbers[near]


@dataclass(frozen=True)
class ListPage:
    """A page of a list of the news of all sites: of all, of a topic, or of a year."""

    url: str
    lead: ArticleCard | None
    """On the first page."""
    others: tuple[ArticleCard, ...]
    total: int
    """Of the whole list."""
    shortened: bool
    """Whether there are more than all its pages show, and it is the last."""
    number: int
    urls: tuple[str, ...]
    """Of all pages of the list."""
    topic: str = ""
    year: str = ""

    @property
    def previous_url(self) -> str | None:
        return self.urls[self.number - 2] if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.urls[self.number] if self.number < len(self.urls) else None


def list_addresses(url: str, total: int) -> tuple[str, ...]:
    """The pages of a list of so many articles; the first is the list's own address."""
    return tuple(page_addresses(min(total, PER_PAGE * MOST_PAGES), url, PER_PAGE))


def list_pages(url: str, cards: Sequence[ArticleCard], topic: str = "", year: str = "") -> Iterator[ListPage]:
    """The pages of a list of these articles, newest first."""
    urls = list_addresses(url, len(cards))
    newest = cards[: PER_PAGE * MOST_PAGES]
    for number, address in enumerate(urls, 1):
        part = newest[(number - 1) * PER_PAGE : number * PER_PAGE]
        lead, others = with_lead(part) if number == 1 else (None, tuple(part))
        shortened = number == len(urls) and len(cards) > len(newest)
        yield ListPage(address, lead, others, len(cards), shortened, number, urls, topic, year)


def by_topic(cards: Iterable[ArticleCard]) -> dict[str, tuple[str, list[ArticleCard]]]:
    """Topics by slug, each with how most write it and its articles, in their order; the topics with most first."""
    cards_of_topic: dict[str, list[ArticleCard]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for card in cards:
        for topic in dict.fromkeys(card.topics):
            if slug := topic_slug(topic):
                names[slug][topic] += 1
                if card not in cards_of_topic[slug][-1:]:  # two ways to write one topic
                    cards_of_topic[slug].append(card)
    ordered = sorted(cards_of_topic.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return {slug: (min(names[slug], key=lambda name: (-names[slug][name], name)), about) for slug, about in ordered}


def by_year(cards: Iterable[ArticleCard]) -> dict[int, list[ArticleCard]]:
    """The newest year first."""
    years: dict[int, list[ArticleCard]] = defaultdict(list)
    for card in cards:
        years[card.date.year].append(card)
    return dict(sorted(years.items(), reverse=True))


def everything(manifests: Iterable[SiteManifest]) -> list[ArticleCard]:
    """The news of all sites, newest first."""
    return sorted((card for manifest in manifests for card in news_of(manifest)), key=ARTICLE.order)


def written_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the lists of topics and years will stand."""
    cards = everything(manifests)
    yield from list_addresses(addresses.AGENCY_NEWS, len(cards))
    for slug, (_, about) in by_topic(cards).items():
        yield from list_addresses(addresses.news_about(slug), len(about))
    for year, of_year in by_year(cards).items():
        yield from list_addresses(addresses.news_of_year(year), len(of_year))
    yield addresses.TOPICS
    if cards:
        yield from (f"{addresses.AGENCY_NEWS}{name}" for name in (addresses.ATOM_FEED, addresses.JSON_FEED))


def feed_item(card: ArticleCard, root: str, author: str, html: str = "") -> FeedItem:
    """An article in a feed; `root` is the portal's address, `html` its text where the feed has it."""
    picture = f"{root}/{card.picture.url}" if card.picture else ""
    return FeedItem(
        f"{root}/{card.url}", card.title, card.summary, card.date, card.modified or card.date, author, html, picture,
        card.topics,
    )  # fmt: skip


class NewsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The lists of all sites' news, and what the home shows of it."""

    def generate_context(self) -> None:
        neighbours = site_run(self.settings).linked
        self._cards = everything(neighbours.all_manifests)
        self.context["home"] = HomeView.of(news_of(neighbours.own), self._cards)

    def generate_output(self, writer: Writer) -> None:
        topics, years = by_topic(self._cards), by_year(self._cards)
        lists = {
            "agencies": [
                NewsLink(card.name, ARTICLE.list_of(card.slug), count)
                for card in site_run(self.settings).linked.agencies
                if card.available and (count := card.counts.get(ARTICLE.name, 0))
            ],
            "topics": [
                NewsLink(name, addresses.news_about(slug), len(of))
                for slug, (name, of) in topics.items()
                if len(of) >= OFTEN
            ],
            "years": [NewsLink(str(year), addresses.news_of_year(year), len(of)) for year, of in years.items()],
        }
        pages = [
            list_pages(addresses.AGENCY_NEWS, self._cards),
            *(list_pages(addresses.news_about(slug), cards, topic=name) for slug, (name, cards) in topics.items()),
            *(list_pages(addresses.news_of_year(year), cards, year=str(year)) for year, cards in years.items()),
        ]
        template = self.get_template("agency_news")
        for page in chain.from_iterable(pages):
            writer.write_page(addresses.saved_as(page.url), template, news=page, lists=lists)
        heading = ARTICLE.many.say(self.settings["DEFAULT_LANG"])
        # The list of topics stands there where some are used often.
        target = f"{addresses.AGENCY_NEWS}#chu-de" if lists["topics"] else addresses.AGENCY_NEWS
        name = addresses.saved_as(addresses.TOPICS)
        writer.write_page(name, self.get_template("moved"), heading=heading, target_url=target)
        self._write_feed(writer)

    def _write_feed(self, writer: Writer) -> None:
        """The newest of all sites, in both forms."""
        province = site_run(self.settings).shared.province
        root = province.url.rstrip("/")
        newest = self._cards[: self.settings["FEED_MAX_ITEMS"]]
        items = tuple(feed_item(card, root, card.agency_name or province.name) for card in newest)
        if items:
            title = f"{ARTICLE.many.say(self.settings['DEFAULT_LANG'])} – {province.name}"
            feed = Feed(title, f"{root}/{addresses.AGENCY_NEWS}", self.settings["DEFAULT_LANG"], items)
            writer.write_text(f"{addresses.AGENCY_NEWS}{addresses.ATOM_FEED}", feed.atom, feed)
            writer.write_text(f"{addresses.AGENCY_NEWS}{addresses.JSON_FEED}", feed.json, feed)


class SiteFeedGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """A site's news as JSON Feed, with their texts; Pelican writes the same as Atom."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        root = run.shared.province.url.rstrip("/")
        newest = run.site.listed(ARTICLE, run.shared)[: self.settings["FEED_MAX_ITEMS"]]
        items = [
            feed_item(
                card, root, entry.record.author or self.settings["SITENAME"],
                with_whole_addresses(run.rendered[entry.source.inside], root),
            )
            for entry, card in newest
        ]  # fmt: skip
        if items:
            home = f"{root}/{ARTICLE.list_of(run.site.slug)}"
            feed = Feed(self.settings["SITENAME"], home, self.settings["DEFAULT_LANG"], tuple(items))
            writer.write_text(ARTICLE.json_feed_of(run.site.slug), feed.json, feed)
