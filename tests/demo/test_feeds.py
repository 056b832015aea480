"""Feeds as a reader takes them: far from the portal, so with whole addresses."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

import feedparser
import pytest
from lxml import html

from plugins.portal import addresses
from tests.demo.built import DemoPortal, links_of, listed

SHOWN = 20
"""FEED_MAX_ITEMS of pelicanconf.py."""
OFFSET = "+07:00"
ARTICLES = f"{addresses.NEWS}feed.atom"

Feeds = dict[str, Any]
"""What feedparser makes of each feed, by its address."""


@pytest.fixture(scope="module")
def feeds(portal: DemoPortal) -> Feeds:
    """Those of each site's news; of all sites', and of changed procedures, further below."""
    names = [name for name in portal.files if name.endswith(ARTICLES) and site(name) in ("", *portal.agencies)]
    found = {name: feedparser.parse(portal.read(name)) for name in names}
    assert sum(len(feed.entries) for feed in found.values()) > 150
    return found


def site(feed: str) -> str:
    return feed.removesuffix(f"{addresses.NEWS}feed.atom").rstrip("/")


def test_every_site_has_a_feed_that_its_news_name(portal: DemoPortal, feeds: Feeds) -> None:
    sites = ("", *portal.agencies)
    expected = {f"{addresses.site_home(slug)}{addresses.NEWS}feed.atom" for slug in sites}
    silent = []
    for slug in sites:
        news = f"{addresses.site_home(slug)}{addresses.NEWS}"
        named = portal.pages[news].xpath("//link[@rel='alternate' and @type='application/atom+xml']/@href")
        if [portal.inside(news, link) for link in named] != [(f"{news}feed.atom", "")]:
            silent.append(f"/{news}: {named}")

    assert set(feeds) == expected, listed(set(feeds) ^ expected)
    assert not silent, listed(silent)


def test_every_feed_is_well_formed(feeds: Feeds) -> None:
    wrong = [f"{name}: {feed.get('bozo_exception')}" for name, feed in feeds.items() if feed.bozo]
    wrong += [f"{name}: {feed.version}" for name, feed in feeds.items() if feed.version != "atom10"]

    assert not wrong, listed(wrong)


def test_feed_has_the_latest_articles_of_its_site(portal: DemoPortal, feeds: Feeds) -> None:
    wrong = []
    for name, feed in feeds.items():
        articles = len(portal.articles[site(name)])
        if len(feed.entries) != min(articles, SHOWN):
            wrong.append(f"{name}: {len(feed.entries)} entries, the site has {articles} articles")
        dates = [entry.published_parsed for entry in feed.entries]
        if dates != sorted(dates, reverse=True):
            wrong.append(f"{name}: not the newest first")

    assert not wrong, listed(wrong)


def test_entries_link_articles_of_their_site_by_whole_addresses(portal: DemoPortal, feeds: Feeds) -> None:
    wrong = [
        f"{name}: {entry.link}"
        for name, feed in feeds.items()
        for entry in feed.entries
        if not entry.link.startswith(portal.url)
        or entry.link.removeprefix(portal.url) not in portal.articles[site(name)]
    ]

    assert not wrong, listed(wrong)


def test_links_inside_entries_are_whole_and_lead_somewhere(portal: DemoPortal) -> None:
    wrong, looked_at = [], 0
    for name in (name for name in portal.files if name.endswith(f"{addresses.NEWS}feed.atom")):
        # As it was written: a lenient reader mends relative addresses on its own.
        for entry in feedparser.parse(portal.read(name), resolve_relative_uris=False).entries:
            for content in entry.get("content", ()):
                for link in links_of(html.fragment_fromstring(content.value, create_parent="div")):
                    inside = portal.inside("", link)
                    looked_at += 1
                    if ":" not in link or (inside and not portal.answers(inside[0])):
                        wrong.append(f"{name}: {entry.link}: {link}")

    assert looked_at > 50
    assert not wrong, listed(wrong)


def test_feed_names_itself_and_the_site_that_it_is_of(portal: DemoPortal, feeds: Feeds) -> None:
    wrong = []
    for name, feed in feeds.items():
        links = {link.rel: link.href for link in feed.feed.links}
        home = addresses.site_home(site(name))
        own = {"self": portal.url + name, "alternate": [portal.url + home, portal.url + home + addresses.NEWS]}
        if links.get("self") != own["self"] or links.get("alternate") not in own["alternate"]:
            wrong.append(f"{name}: {links}")

    assert not wrong, listed(wrong)


def test_ids_of_feeds_are_unique_in_the_portal(feeds: Feeds) -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for name, feed in feeds.items():
        named[feed.feed.id].append(name)
    shared = [
        f"{identifier}: {len(names)} feeds: {', '.join(names)}" for identifier, names in named.items() if names[1:]
    ]

    assert not shared, listed(shared)


def test_ids_of_entries_are_unique_in_the_portal(feeds: Feeds) -> None:
    times = Counter(entry.get("id", "") for feed in feeds.values() for entry in feed.entries)
    shared = [f"{identifier}: {number} entries" for identifier, number in times.items() if number > 1 or not identifier]

    assert not shared, listed(shared)


def test_dates_have_the_offset_of_vietnam(feeds: Feeds) -> None:
    wrong = [f"{name}: {feed.feed.updated}" for name, feed in feeds.items() if not feed.feed.updated.endswith(OFFSET)]
    wrong += [
        f"{name}: {entry.link}: {date}"
        for name, feed in feeds.items()
        for entry in feed.entries
        for date in (entry.published, entry.updated)
        if not date.endswith(OFFSET)
    ]

    assert not wrong, listed(wrong)


def test_entries_have_a_title_a_summary_and_text(feeds: Feeds) -> None:
    wrong = [
        f"{name}: {entry.link}"
        for name, feed in feeds.items()
        for entry in feed.entries
        if not (entry.title.strip() and entry.summary.strip() and entry.content[0].value.strip())
    ]

    assert not wrong, listed(wrong)


def test_no_author_is_nameless(feeds: Feeds) -> None:
    wrong = [
        f"{name}: {entry.link}"
        for name, feed in feeds.items()
        for entry in feed.entries
        for author in entry.get("authors", [])
        if not author.get("name")
    ]

    assert any(entry.get("authors") for feed in feeds.values() for entry in feed.entries)
    assert not wrong, listed(wrong)


def test_feeds_say_their_language(portal: DemoPortal) -> None:
    names = [name for name in portal.files if name.endswith(".atom") and name != addresses.LIVE_RELEASES]

    assert [name for name in names if b'xml:lang="vi"' not in portal.read(name)[:400]] == []


def test_feed_of_all_news_has_the_newest_of_all_sites(portal: DemoPortal) -> None:
    feed = feedparser.parse(portal.read(f"{addresses.AGENCY_NEWS}feed.atom"))
    items = json.loads(portal.read("api/v1/articles.json"))["items"][:SHOWN]

    assert not feed.bozo
    assert [(entry.link, entry.title) for entry in feed.entries] == [(item["url"], item["title"]) for item in items]
    assert feed.feed.id == f"{portal.url}{addresses.AGENCY_NEWS}"


def test_feeds_of_procedures_have_what_changed_last(portal: DemoPortal) -> None:
    procedures = json.loads(portal.read("api/v1/procedures.json"))["items"]
    fields = {item["id"]: item for item in json.loads(portal.read("api/v1/fields.json"))["items"]}
    of_all = {item["url"]: item for item in procedures if item["modified"]}
    lists = [(f"{portal.url}{addresses.PROCEDURES}", of_all)]
    for slug, field in fields.items():
        own = {url: item for url, item in of_all.items() if item["field"] == slug}
        lists += [(field["url"], own)] if own and field["procedures"] else []

    assert len(lists) > 5
    for home, own in lists:
        feed = feedparser.parse(portal.read(f"{home.removeprefix(portal.url)}feed.atom"))
        moments = [entry.updated for entry in feed.entries]
        assert not feed.bozo
        assert len(feed.entries) == min(len(own), SHOWN)
        assert moments == sorted(moments, reverse=True)
        assert all(entry.updated == own[entry.link]["modified"] for entry in feed.entries)
        assert feed.feed.updated == moments[0]


def test_json_feed_says_what_atom_says(portal: DemoPortal) -> None:
    names = [name for name in portal.files if name.endswith("/feed.json")]
    expected = [name for name in portal.files if name.endswith("/feed.atom")]
    assert [name.removesuffix(".json") for name in names] == [name.removesuffix(".atom") for name in expected]
    for name in names:
        feed, atom = json.loads(portal.read(name)), feedparser.parse(portal.read(name.replace(".json", ".atom")))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{portal.url}{name}"
        assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]
        assert [item["date_published"] for item in feed["items"]] == [entry.published for entry in atom.entries]
        for item in feed["items"]:
            assert item["id"] == item["url"]
            assert item.get("content_html", item.get("content_text"))
            assert ' href="/' not in item.get("content_html", "")
