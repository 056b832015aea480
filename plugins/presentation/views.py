"""The site as its pages see it: its menu, its addresses, its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.site_run import SiteRun


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
    def of(cls, run: SiteRun, translate: Callable[[str], str]) -> SiteView:
        """The view of the run's site; `translate` says the portal's own words in the site's language."""
        site = run.site
        home = addresses.site_home(site.slug)
        return cls(
            slug=site.slug,
            name=site.agency.name if site.agency else run.shared.province.site_name,
            home_url=home,
            news_url=home + addresses.NEWS,
            procedures_url=home + addresses.PROCEDURES,
            contact_url=home + addresses.CONTACT,
            feed_url=addresses.feed(site.slug) if run.has_news else None,
            has_procedures=bool(site.procedures) or not site.slug,
            logo_url=addresses.media(site.slug, site.agency.logo) if site.agency and site.agency.logo else None,
            menu=tuple(_menu(run, home, translate)),
        )


def _menu(run: SiteRun, home: str, _: Callable[[str], str]) -> list[MenuEntry]:
    entries = [MenuEntry(_("Home"), home), MenuEntry(_("News"), home + addresses.NEWS)]
    if run.site.procedures or not run.site.slug:
        entries.append(MenuEntry(_("Administrative procedures"), home + addresses.PROCEDURES))
    if not run.site.slug:
        entries.append(MenuEntry(_("Agencies and districts"), addresses.AGENCIES))
    entries += [MenuEntry(page.menu, page.url) for page in run.pages]
    return [*entries, MenuEntry(_("Contact"), home + addresses.CONTACT)]


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
