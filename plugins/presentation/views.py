"""The site as its pages see it: its menu, its addresses, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plugins.portal import addresses
from plugins.portal.agency import Agency, performs_by_level
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import PageCard, SiteManifest
from plugins.portal.site_run import SiteRun

FIRST = 6
"""Articles on an agency's home."""


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
    news_url: str
    procedures_url: str
    contact_url: str
    feed_url: str | None
    """None where the site has no articles yet."""
    has_procedures: bool
    logo_url: str | None
    menu: tuple[MenuEntry, ...]

    @classmethod
    def of(cls, run: SiteRun, translate: Callable[[str], str], language: str) -> SiteView:
        """The view of the run's site; `translate` says the portal's own words in its language."""
        site = run.site
        name = site.agency.name if site.agency else run.shared.province.site_name
        own = {entry.kind for entry in site.entries if entry.public}
        if run.neighbours is not None:
            own = set(run.neighbours.own.cards)
        lists = _lists(run.kinds, site.slug, own, language)
        return cls._of(site.slug, name, site.agency, run.pages, lists, run.has_news, bool(site.procedures), translate)

    @classmethod
    def of_manifest(
        cls, manifest: SiteManifest, kinds: Kinds, translate: Callable[[str], str], language: str
    ) -> SiteView:
        """The view of an agency's site as its manifest tells of it: the same as in its own run."""
        name = manifest.agency.name if manifest.agency else manifest.slug
        has_news = addresses.feed(manifest.slug) in manifest.addresses
        own = bool(manifest.procedures)
        lists = _lists(kinds, manifest.slug, manifest.cards, language)
        return cls._of(manifest.slug, name, manifest.agency, manifest.pages, lists, has_news, own, translate)

    @classmethod
    def _of(
        cls,
        slug: str,
        name: str,
        agency: Agency | None,
        pages: tuple[PageCard, ...],
        lists: Sequence[MenuEntry],
        has_news: bool,
        own_procedures: bool,
        translate: Callable[[str], str],
    ) -> SiteView:
        home = addresses.site_home(slug)
        has_procedures = own_procedures or agency is None or performs_by_level(agency)
        return cls(
            slug=slug,
            name=name,
            home_url=home,
            news_url=home + addresses.NEWS,
            procedures_url=addresses.catalogue_of(slug),
            contact_url=addresses.contact_of(slug),
            feed_url=addresses.feed(slug) if has_news else None,
            has_procedures=has_procedures,
            logo_url=addresses.media(slug, agency.logo) if agency and agency.logo else None,
            menu=tuple(_menu(slug, pages, lists, has_procedures, translate)),
        )


@dataclass(frozen=True)
class FirstNews:
    """The newest articles of a site, for its home."""

    articles: tuple[Any, ...]
    """As Pelican gives them."""
    has_more: bool

    @classmethod
    def of(cls, articles: Sequence[Any]) -> FirstNews:
        return cls(tuple(articles[:FIRST]), len(articles) > FIRST)


def _lists(kinds: Kinds, slug: str, own: Collection[str], language: str) -> list[MenuEntry]:
    """The lists of content kinds that a site has something of."""
    return [
        MenuEntry(kind.many.say(language), kind.list_of(slug)) for kind in kinds if kind.in_menu and kind.name in own
    ]


def _menu(
    slug: str,
    pages: tuple[PageCard, ...],
    lists: Sequence[MenuEntry],
    has_procedures: bool,
    _: Callable[[str], str],
) -> list[MenuEntry]:
    home = addresses.site_home(slug)
    entries = [MenuEntry(_("Home"), home), MenuEntry(_("News"), home + addresses.NEWS)]
    if has_procedures:
        entries.append(MenuEntry(_("Administrative procedures"), addresses.catalogue_of(slug)))
    if not slug:
        entries.append(MenuEntry(_("Agencies and districts"), addresses.AGENCIES))
    entries += lists
    entries += [MenuEntry(page.menu, page.url) for page in pages]
    return [*entries, MenuEntry(_("Contact"), addresses.contact_of(slug))]


class Assets:
    """Files of the theme, with their content's mark in the address: they may be kept for ever."""

    def __init__(self, theme: str) -> None:
        self._static = Path(theme) / "static"

    def url(self, name: str) -> str:
        """The address of a file of the theme's static folder."""
        return f"theme/{name}?v={_mark(self._static / name)}"


@cache
def _mark(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest()
