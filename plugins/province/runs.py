"""What the pages about all sites are made of in the run that links: home, directory, problems, sitemaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.manifest import AgencyCard, SiteManifest, cards_of
from plugins.portal.placeholders import (
    LEADING_ON,
    LED_TO,
    NAME_OF_LED_TO,
    WHY_WITHDRAWN,
    WITHDRAWN_ADDRESS,
    WITHDRAWN_ON,
)
from plugins.portal.problems import Problem, Translate, in_order
from plugins.portal.province import Figure
from plugins.portal.site_names import PROVINCE, stored
from plugins.portal.site_run import SETTING, SiteRun, site_run
from plugins.portal.vocabulary import AGENCY_KINDS
from plugins.province.components import ComponentsGenerator

SITEMAP_SIZE = 50_000
"""Addresses in one sitemap, as sitemaps.org allows."""


def grouped(agencies: Iterable[AgencyCard], language: str) -> list[tuple[str, list[AgencyCard]]]:
    """Agencies by what their kind is called, kinds in the vocabulary's order, agencies in the given one."""
    kinds = list(AGENCY_KINDS)
    ordered = sorted(agencies, key=lambda card: kinds.index(card.kind))
    of_kind = groupby(ordered, key=lambda card: card.kind)
    return [(AGENCY_KINDS[kind].say(language), list(cards)) for kind, cards in of_kind]


@dataclass(frozen=True)
class District:
    """A district in the telephone book: itself, and its communes with their counters."""

    card: AgencyCard
    agency: Agency


def districts(agencies: Iterable[AgencyCard], manifests: Iterable[SiteManifest]) -> list[District]:
    """The agencies that have communes, in the given order."""
    known = {manifest.slug: manifest.agency for manifest in manifests}
    return [
        District(card, agency) for card in agencies if (agency := known.get(card.slug)) is not None and agency.communes
    ]


@dataclass(frozen=True)
class FigureGroup:
    """Figures of the province that have day and source in common, which are said once."""

    as_of: str
    source: str | None
    figures: tuple[Figure, ...]


def figure_groups(figures: Iterable[Figure]) -> list[FigureGroup]:
    """In the order of the first figure of each."""
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.as_of, figure.source), []).append(figure)
    return [FigureGroup(as_of, source, tuple(alike)) for (as_of, source), alike in groups.items()]


@dataclass(frozen=True)
class ProblemLine:
    """A problem as the board of problems shows it."""

    location: str
    """`path:line`."""
    field: str
    """Empty where no field is meant."""
    message: str
    hint: str
    """What to do; empty where nothing is said."""

    @classmethod
    def of(cls, problem: Problem, translate: Translate) -> ProblemLine:
        hint = problem.hint.render(translate) if problem.hint else ""
        return cls(problem.location, problem.field, problem.message.render(translate), hint)


def _lists_of_kinds(run: SiteRun, language: str) -> list[tuple[str, str]]:
    """Title and address of the list of all sites, of each kind that any of them has something of.

    Without those that stand in the province's menu.
    """
    own = run.linked.own.cards
    present = [kind for kind in run.kinds.listed_in(run.linked.all_manifests) if kind.has_list]
    further = [kind for kind in present if not kind.in_menu(None, kind.name in own)]
    return [(kind.many.say(language), kind.list_of(PROVINCE)) for kind in further]


class ProvinceGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Puts the sites into the pages about all of them, and writes notices and sitemaps."""

    def generate_context(self) -> None:
        neighbours = site_run(self.settings).linked
        names = {card.slug: card.name for card in neighbours.agencies}
        self.context["figure_groups"] = figure_groups(site_run(self.settings).shared.province.figures)
        active = [card for card in neighbours.agencies if card.state == "active"]
        self.context["agency_groups"] = grouped(active, self.settings["DEFAULT_LANG"])
        self.context["former_agencies"] = [card for card in neighbours.agencies if card.state != "active"]
        self.context["agency_names"] = names
        self.context["districts"] = districts(active, neighbours.manifests)
        self.context["lists_of_kinds"] = _lists_of_kinds(site_run(self.settings), self.settings["DEFAULT_LANG"])
        translate = load_catalogue(MESSAGES, self.settings["DEFAULT_LANG"]).gettext
        owners = {PROVINCE: site_run(self.settings).shared.province.name, **names}
        self.context["problems"] = [
            (owners.get(slug, slug), [ProblemLine.of(problem, translate) for problem in problems])
            for slug, problems in sorted(neighbours.problems.items())
        ]
        self.context["advice"] = [
            (owners.get(manifest.slug, manifest.slug), [ProblemLine.of(problem, translate) for problem in advice])
            for manifest in neighbours.all_manifests
            if (advice := in_order([*manifest.advice, *neighbours.advice.get(manifest.slug, ())]))
        ]

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("unavailable")
        for card in site_run(self.settings).linked.agencies:
            if not card.available:
                writer.write_file(addresses.saved_as(card.url), template, self.context, url=card.url, card=card)
        self._write_sitemaps()
        self._leave_page_that_leads_on()

    def _leave_page_that_leads_on(self) -> None:
        """One page for all addresses that are led on when a release is put together, and one for what was withdrawn."""
        opened = site_run(self.settings).earlier.now.open
        opened.mkdir(exist_ok=True)
        target, name = Markup(LED_TO), Markup(NAME_OF_LED_TO)  # noqa: S704  # ours
        template = self.get_template("moved")
        page = template.render({**self.context, "heading": name, "target_url": target})
        (opened / LEADING_ON).write_text(page, encoding="utf-8", newline="")
        since, why = Markup(WITHDRAWN_ON), Markup(WHY_WITHDRAWN)  # noqa: S704  # ours
        page = template.render({**self.context, "withdrawn_on": since, "reason": why})
        (opened / WITHDRAWN_ADDRESS).write_text(page, encoding="utf-8", newline="")

    def _write_sitemaps(self) -> None:
        """One sitemap a site, and their index: `sitemap.xml`, `sitemaps/<slug>.xml`."""
        run = site_run(self.settings)
        root = run.shared.province.url.rstrip("/")
        home = addresses.site_home(PROVINCE)
        fixed = (home, addresses.PROCEDURES, addresses.AGENCIES, addresses.STATISTICS, addresses.LOOKUP)
        events = [f"{addresses.LIFE_EVENTS}{event.slug}/" for event in run.linked.own.life_events]
        of_kinds = [kind.list_of(PROVINCE) for kind in run.kinds.listed_in(run.linked.all_manifests) if kind.has_list]
        lists = {stored(PROVINCE): [*fixed, *addresses.LISTS, *events, *of_kinds, *_pages(run.linked.own)]}
        lists |= {
            m.slug: [*_pages(m), addresses.catalogue_of(m.slug), addresses.statistics_of(m.slug)]
            for m in run.linked.manifests
        }
        folder = Path(self.output_path)
        (folder / "sitemaps").mkdir(exist_ok=True)
        changed = _last_changes(run)
        maps: list[tuple[str, str]] = []
        for slug, urls in lists.items():
            for start in range(0, max(1, len(urls)), SITEMAP_SIZE):
                name = f"sitemaps/{slug}{f'-{start // SITEMAP_SIZE + 1}' if start else ''}.xml"
                located = [(f"{root}/{url}", changed.get(url, "")) for url in urls[start : start + SITEMAP_SIZE]]
                maps.append((f"{root}/{name}", max((day for _, day in located), default="")))
                _write_xml(folder / name, "urlset", "url", located)
        _write_xml(folder / "sitemap.xml", "sitemapindex", "sitemap", maps)
        unlisted = run.preview or run.shared.province.demonstration
        rules = "Disallow: /\n" if unlisted else f"Allow: /\nSitemap: {root}/sitemap.xml\n"
        (folder / "robots.txt").write_text(f"User-agent: *\n{rules}", encoding="utf-8")


def _pages(manifest: SiteManifest) -> list[str]:
    """What search engines are to find: no old versions, and nothing that leads on or was withdrawn."""
    passed_over = {*manifest.moved, *manifest.withdrawn}
    pages = (address for address in manifest.addresses if address.endswith("/") and address not in passed_over)
    return [address for address in pages if not addresses.is_past_version(address)]


def _last_changes(run: SiteRun) -> dict[str, str]:
    """By address the day of the last change, where it is known: of records, and of homes, which show the newest."""
    changed: dict[str, str] = {}
    for manifest in run.linked.all_manifests:
        cards = (card for kind in run.kinds for card in cards_of(manifest, kind.name, kind.card_type))
        own = {card.url: card.modified.date().isoformat() for card in cards if card.modified}
        changed |= own
        if own:
            changed[addresses.site_home(manifest.slug)] = max(own.values())
    if changed:
        changed[addresses.site_home(PROVINCE)] = max(changed.values())
    return changed


def _write_xml(path: Path, root: str, entry: str, locations: list[tuple[str, str]]) -> None:
    """Whole addresses, each with the day of its last change; empty where it is not known."""
    lines = "".join(
        f"<{entry}><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{entry}>\n"
        for url, day in locations
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</{root}>\n",
        encoding="utf-8",
    )


def add_generators(pelican: Pelican) -> tuple[type, ...]:
    settings = pelican.settings
    if SETTING not in settings or site_run(settings).kind != "portal":
        return ()
    return (ProvinceGenerator, ComponentsGenerator) if site_run(settings).preview else (ProvinceGenerator,)


def connect() -> None:
    signals.get_generators.connect(add_generators)
