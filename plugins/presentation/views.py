"""The site as its pages see it: its menu, its addresses, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from plugins.languages import IN_WHOLE
from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.kinds import Kinds, MenuCard
from plugins.portal.manifest import SiteManifest
from plugins.portal.picture import ShownPicture
from plugins.portal.province import Province
from plugins.portal.site_names import is_agency
from plugins.portal.site_run import SiteRun
from plugins.portal.sites import FileLink
from plugins.portal.vocabulary import Language
from plugins.presentation.filters import current, in_words
from plugins.presentation.theme_files import fonts, script, sheets, style_sheet

MOST_IN_MENU = 7
"""Entries that stand on one line of a desk's screen."""
LANGUAGES: Mapping[Language, str] = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class MenuEntry:
    """One entry of a site's menu."""

    title: str
    url: str
    language: str | None = None
    """Of the page that it leads to, where that is another than the menu's."""


@dataclass(frozen=True)
class LanguageEntry:
    """A way to what a site says in another language."""

    name: str
    """In that language."""
    url: str
    language: Language


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
    feed_of: str
    """What people call that of which the feed is; empty where no kind has one."""
    logo_url: str | None
    picture: ShownPicture | None
    """That stands for the agency."""
    menu: tuple[MenuEntry, ...]
    """At most `MOST_IN_MENU`."""
    further: tuple[MenuEntry, ...]
    """What the menu has no room for: it stands in the footer."""
    languages: tuple[LanguageEntry, ...]
    """Where to read on in other languages: the first page in each; the site's home in the portal's own."""
    contact_in: tuple[LanguageEntry, ...] = ()
    """How to reach the site, in other languages."""

    def whereabouts(self, here: str) -> tuple[str, ...]:
        """What the menu and the tools beside it say of the page `here`: pages with the same have the same header."""
        tool = here if here in (addresses.SEARCH, addresses.LOOKUP) else ""
        return (tool, *(current(entry.url, here, self.home_url) for entry in self.menu))

    @classmethod
    def of(
        cls, run: SiteRun, translate: Callable[[str], str], language: str, own_language: str | None = None
    ) -> SiteView:
        """The view of the run's site, as pages in a language see it; `translate` says the portal's own words in it.

        `own_language` is the portal's own, where the pages are in another.
        """
        site, kinds = run.site, run.kinds
        name = _name_of(site.agency, run.shared.province, language)
        feed = kinds.with_feed
        if run.neighbours is not None:
            own = run.neighbours.own
            cards = list(kinds.menu_cards(own))
            has_feed = feed is not None and feed.name in own.cards
            return cls._of(
                site.slug, name, site.agency, None, kinds, own.cards, cards, has_feed, translate, language, own_language
            )
        public = {entry.kind for entry in site.entries if entry.public}
        cards = [
            kind.menu_card(card)
            for kind in kinds
            if kind.menu_title is not None
            for _, card in site.listed(kind, run.shared)
        ]
        has_feed = feed is not None and bool(site.of(feed))
        view = cls._of(
            site.slug, name, site.agency, site.own_picture, kinds, public, cards, has_feed, translate, language,
            own_language,
        )  # fmt: skip
        return view.with_english_of(run.shared.province, language)

    @classmethod
    def of_manifest(
        cls, manifest: SiteManifest, kinds: Kinds, province: Province, translate: Callable[[str], str], language: str
    ) -> SiteView:
        """The view of an agency's site as its manifest tells of it: the same as in its own run."""
        slug, agency = manifest.slug, manifest.agency
        name = agency.name if agency else slug
        has_feed = kinds.with_feed is not None and kinds.with_feed.feed_of(slug) in manifest.addresses
        cards = list(kinds.menu_cards(manifest))
        view = cls._of(
            slug, name, agency, manifest.picture, kinds, manifest.cards, cards, has_feed, translate, language
        )
        return view.with_english_of(province, language)

    def with_english_of(self, province: Province, language: str) -> SiteView:
        """An agency without pages in English leads to the province's, where that has an English name."""
        if self.languages or not is_agency(self.slug) or not province.site_name_en or language in IN_WHOLE:
            return self
        return replace(self, languages=(LanguageEntry(LANGUAGES["en"], addresses.ENGLISH, "en"),))

    @classmethod
    def _of(
        cls,
        slug: str,
        name: str,
        agency: Agency | None,
        picture: ShownPicture | None,
        kinds: Kinds,
        own: Collection[str],
        cards: Sequence[MenuCard],
        has_feed: bool,
        translate: Callable[[str], str],
        language: str,
        own_language: str | None = None,
    ) -> SiteView:
        offered = [kind for kind in kinds if kind.has_list and kind.in_menu(agency, kind.name in own)]
        lists = [MenuEntry(kind.many.say(language), kind.list_of(slug), own_language) for kind in offered]
        spoken = [card for card in cards if card.language == language or (not card.language and not own_language)]
        is_spoken = own_language is not None and any(card.language == language for card in cards)
        contact_url = addresses.contact_in(slug, language) if is_spoken else addresses.contact_of(slug)
        entries = _menu(slug, lists, spoken, translate, contact_url, own_language)
        languages = _languages(slug, cards, language, own_language)
        # Where there is no room for all, the last of the pages go; how to reach the site stays.
        room = MOST_IN_MENU if len(entries) <= MOST_IN_MENU else MOST_IN_MENU - 1
        menu = entries[:room] if room == MOST_IN_MENU else [*entries[:room], entries[-1]]
        return cls(
            slug=slug,
            name=name,
            home_url=addresses.site_home(slug),
            lists={kind.name: kind.list_of(slug) for kind in kinds},
            offers=frozenset(kind.name for kind in offered),
            contact_url=contact_url,
            feed_url=kinds.with_feed.feed_of(slug) if kinds.with_feed and has_feed else None,
            feed_of=kinds.with_feed.many.say(language) if kinds.with_feed else "",
            logo_url=addresses.media(slug, agency.logo) if agency and agency.logo else None,
            picture=picture,
            menu=tuple(menu),
            further=tuple(entry for entry in entries if entry not in menu),
            languages=languages,
            contact_in=tuple(
                replace(
                    entry,
                    url=addresses.contact_of(slug) if own_language else addresses.contact_in(slug, entry.language),
                )
                for entry in languages
                if own_language or entry.language in IN_WHOLE
            ),
        )


def _name_of(agency: Agency | None, province: Province, language: str) -> str:
    if agency is not None:
        return in_words(agency.name, agency.name_en, language=language)
    return in_words(province.site_name, province.site_name_en, language=language)


def _languages(
    slug: str, cards: Sequence[MenuCard], language: str, own_language: str | None
) -> tuple[LanguageEntry, ...]:
    homes: dict[str, str] = {own_language: addresses.site_home(slug)} if own_language else {}
    for card in cards:
        if card.language is not None and card.language != language:
            homes.setdefault(card.language, card.url)
    return tuple(LanguageEntry(name, homes[spoken], spoken) for spoken, name in LANGUAGES.items() if spoken in homes)


def _menu(
    slug: str,
    lists: Sequence[MenuEntry],
    cards: Sequence[MenuCard],
    _: Callable[[str], str],
    contact_url: str,
    own_language: str | None,
) -> list[MenuEntry]:
    entries = [MenuEntry(_("Home"), addresses.site_home(slug), own_language), *lists]
    if not is_agency(slug):
        entries.append(MenuEntry(_("Agencies and districts"), addresses.AGENCIES, own_language))
    entries += [MenuEntry(card.title, card.url) for card in cards]
    return [*entries, MenuEntry(_("Contact"), contact_url)]


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
    picture: ShownPicture | None
    attachment_links: tuple[FileLink, ...]
    topic_links: tuple[Any, ...]
    """What it is about, each with the address of a list, or none."""
    related: tuple[Any, ...]
    """Other texts of the site that go with it."""
    translations: tuple[LanguageEntry, ...]
    """Where the same is said in other languages."""

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
            picture=told.get("picture"),
            attachment_links=tuple(told.get("attachment_links", ())),
            topic_links=tuple(told.get("topic_links", ())),
            related=tuple(told.get("related", ())),
            translations=tuple(
                LanguageEntry(LANGUAGES[language], url, language) for language, url in told.get("translations", ())
            ),
        )


class Assets:
    """Files of the theme, with their content's mark in the address: they may be kept for ever."""

    def __init__(self, theme: str) -> None:
        self._theme = Path(theme)
        self._digests: dict[str, str] = {}

    def url(self, name: str) -> str:
        """The address of a file of the theme's static folder, or of one of its style sheets."""
        if name not in self._digests:
            self._digests[name] = self._digest(name)
        return f"theme/{name}?v={self._digests[name]}"

    def _digest(self, name: str) -> str:
        if name in sheets(self._theme):
            return _digest(style_sheet(self._theme, name).encode())
        if name.endswith(".js"):
            return _digest(script(self._theme, name).encode())
        return _content_digest(self._theme / "static" / name)

    def fonts(self) -> list[str]:
        """The addresses of the fonts, which browsers had better ask for before they have read the style sheet."""
        return [f"theme/{font.name}?v={font.digest}" for font in fonts()]


@cache
def _content_digest(path: Path) -> str:
    return _digest(path.read_bytes())


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=4).hexdigest()
