"""A Pelican plugin of the province's site: what it shows of all agencies, from their manifests alone."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.cards import article_card
from plugins.portal.manifest import AgencyCard, ArticleCard
from plugins.portal.site_run import SETTING, Neighbours, site_run
from plugins.portal.vocabulary import AGENCY_KINDS, Term

NEWS_SHOWN = 12
SITEMAP_SIZE = 50_000
"""Addresses in one sitemap, as sitemaps.org allows."""


def latest(cards: Iterable[ArticleCard], number: int) -> list[ArticleCard]:
    """The newest articles; of one minute, in order of address."""
    return heapq.nsmallest(number, cards, key=lambda card: (-card.date.timestamp(), card.url))


def grouped(agencies: Iterable[AgencyCard]) -> list[tuple[Term, list[AgencyCard]]]:
    """Agencies by kind, kinds in the vocabulary's order, agencies in the given one."""
    kinds = list(AGENCY_KINDS)
    ordered = sorted(agencies, key=lambda card: kinds.index(card.kind))
    return [(AGENCY_KINDS[kind], list(cards)) for kind, cards in groupby(ordered, key=lambda card: card.kind)]


class ProvinceGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Puts the agencies into the province's pages, and writes what is about all of them."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        neighbours = self._neighbours()
        theirs = [card for manifest in neighbours.manifests for card in manifest.articles]
        own = [article_card(run.site, article) for article in run.site.articles]
        names = {card.slug: card.name for card in neighbours.agencies}
        self.context["agency_groups"] = grouped(neighbours.agencies)
        self.context["agency_news"] = latest(theirs, NEWS_SHOWN)
        self.context["news"] = latest([*own, *theirs], NEWS_SHOWN)
        translate = load_catalogue(MESSAGES, self.settings["DEFAULT_LANG"]).gettext
        self.context["problems"] = [
            (names.get(slug, slug), [problem.render(translate) for problem in problems])
            for slug, problems in sorted(neighbours.problems.items())
        ]

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("unavailable")
        for card in self._neighbours().agencies:
            if not card.available:
                writer.write_file(addresses.saved_as(card.url), template, self.context, url=card.url, card=card)
        self._write_sitemaps()

    def _neighbours(self) -> Neighbours:
        neighbours = site_run(self.settings).neighbours
        if neighbours is None:
            raise TypeError("this plugin is for the province's site")
        return neighbours

    def _write_sitemaps(self) -> None:
        """One sitemap a site, and their index: `sitemap.xml`, `sitemaps/<slug>.xml`."""
        run = site_run(self.settings)
        root = run.shared.province.url.rstrip("/")
        own = [article_card(run.site, a).url for a in run.site.articles]
        own += [addresses.page(run.site.slug, page.slug) for page in run.site.pages]
        own += [addresses.procedure("", procedure.record.code) for procedure in run.site.procedures]
        lists = {"province": sorted(["", addresses.NEWS, addresses.PROCEDURES, addresses.AGENCIES, *own])}
        for manifest in self._neighbours().manifests:
            lists[manifest.slug] = [a for a in manifest.addresses if not a or a.endswith("/")]
        folder = Path(self.output_path)
        (folder / "sitemaps").mkdir(exist_ok=True)
        names = []
        for slug, urls in lists.items():
            for start in range(0, max(1, len(urls)), SITEMAP_SIZE):
                name = f"sitemaps/{slug}{f'-{start // SITEMAP_SIZE + 1}' if start else ''}.xml"
                names.append(name)
                _write_xml(folder / name, "urlset", "url", [f"{root}/{u}" for u in urls[start : start + SITEMAP_SIZE]])
        _write_xml(folder / "sitemap.xml", "sitemapindex", "sitemap", [f"{root}/{name}" for name in names])
        rules = "Disallow: /\n" if run.preview else f"Allow: /\nSitemap: {root}/sitemap.xml\n"
        (folder / "robots.txt").write_text(f"User-agent: *\n{rules}", encoding="utf-8")


def _write_xml(path: Path, root: str, entry: str, locations: list[str]) -> None:
    lines = "".join(f"<{entry}><loc>{escape(location)}</loc></{entry}>\n" for location in locations)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</{root}>\n",
        encoding="utf-8",
    )


def add_generators(pelican: Pelican) -> type | None:
    settings = pelican.settings
    return ProvinceGenerator if SETTING in settings and settings[SETTING].neighbours else None


def register() -> None:
    signals.get_generators.connect(add_generators)
