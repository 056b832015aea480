"""The site as its pages see it: its menu, its addresses, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_run import SiteRun
from plugins.portal.sites import FileLink


@dataclass(frozen=True)
class MenuEntry:
    """One entry of a site's menu."""

    title: str
    url: str


@dataclass(frozen=True)
class SiteView:
    """A site's name and addresses; all without a leading slash."""

    slug: str
    name: str
    home_url: str
    lists: Mapping[str, str]
    """The address of its list of each kind of content, by the kind's name."""
    offers: frozenset[str]
    """The kinds whose lists stand in its menu, by name."""
    contact_url: str
    feed_url: str | None
    """None where the site has nothing of what the feed is of."""
    logo_url: str | None
    menu: tuple[MenuEntry, ...]

    @classmethod
    def of(cls, run: SiteRun, translate: Callable[[str], str], language: str) -> SiteView:
        """The view of the run's site; `translate` says the portal's own words in its language."""
        site, kinds = run.site, run.kinds
        name = site.agency.name if site.agency else run.shared.province.site_name
        feed = kinds.with_feed
        if run.neighbours is not None:
            own = run.neighbours.own
            cards = list(kinds.menu_cards(own))
            has_feed = feed is not None and feed.name in own.cards
            return cls._of(site.slug, name, site.agency, kinds, own.cards, cards, has_feed, translate, language)
        public = {entry.kind for entry in site.entries if entry.public}
        cards = [
            (kind.menu_title(card), card.url)
            for kind in kinds
            if kind.menu_title is not None
            for _, card in site.listed(kind, run.shared)
        ]
        has_feed = feed is not None and bool(site.of(feed))
        return cls._of(site.slug, name, site.agency, kinds, public, cards, has_feed, translate, language)

    @classmethod
    def of_manifest(
        cls, manifest: SiteManifest, kinds: Kinds, translate: Callable[[str], str], language: str
    ) -> SiteView:
        """The view of an agency's site as its manifest tells of it: the same as in its own run."""
        slug, agency = manifest.slug, manifest.agency
        name = agency.name if agency else slug
        has_feed = kinds.with_feed is not None and kinds.with_feed.feed_of(slug) in manifest.addresses
        cards = list(kinds.menu_cards(manifest))
        return cls._of(slug, name, agency, kinds, manifest.cards, cards, has_feed, translate, language)

    @classmethod
    def _of(
        cls,
        slug: str,
        name: str,
        agency: Agency | None,
        kinds: Kinds,
        own: Collection[str],
        cards: Sequence[tuple[str, str]],
        has_feed: bool,
        translate: Callable[[str], str],
        language: str,
    ) -> SiteView:
        offered = [kind for kind in kinds if kind.in_menu(agency, kind.name in own)]
        lists = [MenuEntry(kind.many.say(language), kind.list_of(slug)) for kind in offered]
        return cls(
            slug=slug,
            name=name,
            home_url=addresses.site_home(slug),
            lists={kind.name: kind.list_of(slug) for kind in kinds},
            offers=frozenset(kind.name for kind in offered),
            contact_url=addresses.contact_of(slug),
            feed_url=kinds.with_feed.feed_of(slug) if kinds.with_feed and has_feed else None,
            logo_url=addresses.media(slug, agency.logo) if agency and agency.logo else None,
            menu=tuple(_menu(slug, lists, cards, translate)),
        )


def _menu(
    slug: str, lists: Sequence[MenuEntry], cards: Sequence[tuple[str, str]], _: Callable[[str], str]
) -> list[MenuEntry]:
    entries = [MenuEntry(_("Home"), addresses.site_home(slug)), *lists]
    if not slug:
        entries.append(MenuEntry(_("Agencies and districts"), addresses.AGENCIES))
    entries += [MenuEntry(*card) for card in cards]
    return [*entries, MenuEntry(_("Contact"), addresses.contact_of(slug))]


@dataclass(frozen=True)
class TextView:
    """An article or a page as its template sees it: all that it shows, and nothing of other texts."""

    title: str
    content: str
    """HTML."""
    source: BaseModel
    """The record."""
    draft: bool
    date: datetime | None
    """None for a page."""
    picture_url: str | None
    attachment_links: tuple[FileLink, ...]

    @classmethod
    def of(cls, content: Any) -> TextView:
        """Of what Pelican made of a text."""
        told = content.metadata
        return cls(
            title=content.title,
            content=content.content,
            source=told["source"],
            draft=told["draft"],
            date=told.get("date"),
            picture_url=told.get("picture_url"),
            attachment_links=tuple(told.get("attachment_links", ())),
        )


class Assets:
    """Files of the theme, with their content's mark in the address: they may be kept for ever."""

    def __init__(self, theme: str) -> None:
        self._static = Path(theme) / "static"

    def url(self, name: str) -> str:
        """The address of a file of the theme's static folder."""
        return f"theme/{name}?v={_content_digest(self._static / name)}"


@cache
def _content_digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest()
