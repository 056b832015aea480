"""What a site's records come to in its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.portal import addresses
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import AgencyCard, ArticleCard, PageCard, Place, ProcedureCard, Reference, SiteManifest
from plugins.portal.problems import Problem, in_order
from plugins.portal.procedure import Procedure
from plugins.portal.sites import ArticleSource, ProcedureSource, Shared, Site
from plugins.portal.yaml_source import Loc, field_name


def newest_first(articles: Iterable[ArticleSource]) -> list[ArticleSource]:
    """Articles by date, the newest first; of one minute, by slug."""
    return sorted(sorted(articles, key=lambda a: a.slug), key=lambda a: a.record.date, reverse=True)


@dataclass(frozen=True)
class Outcome:
    """What came of a site's run."""

    references: tuple[Reference, ...] = ()
    unlinked: tuple[str, ...] = ()
    """Targets of links that are shown as text, sorted."""
    written: tuple[str, ...] = ()
    """The addresses that it answers."""
    open_pages: Mapping[str, str] = field(default_factory=dict)
    """Pages with placeholders, by address: the digest of what stands in them."""
    counted: str = ""
    """The digest of what search knows of it."""


def manifest_of(site: Site, shared: Shared, digest: str, outcome: Outcome, kinds: Kinds | None = None) -> SiteManifest:
    """The manifest of a site that was compiled."""
    return SiteManifest(
        slug=site.slug,
        digest=digest,
        agency=site.agency,
        name_line=site.name_line,
        articles=tuple(article_card(site, a) for a in newest_first(site.articles) if a.public),
        pages=page_cards(site),
        procedures=tuple(
            procedure_card(site, shared, procedure)
            for procedure in sorted(site.procedures, key=lambda procedure: procedure.record.code)
        ),
        cards=entry_cards(site, kinds or Kinds()),
        life_events=site.life_events,
        synonyms=site.synonyms,
        dossier_figures=site.dossier_figures,
        search=outcome.counted,
        references=outcome.references,
        unlinked=outcome.unlinked,
        addresses=tuple(sorted({*outcome.written, *outcome.open_pages})),
        drafts=site.drafts,
        scheduled=site.scheduled,
        promised=site.promised,
        advice=site.advice,
        far_dates=site.far_dates,
        open_pages=dict(sorted(outcome.open_pages.items())),
    )


def failed_manifest(
    site: Site, digest: str, problems: Iterable[Problem], references: Iterable[Reference] = ()
) -> SiteManifest:
    """The manifest of a site that could not be compiled: its problems, and what it promises to others."""
    return SiteManifest(
        slug=site.slug,
        digest=digest,
        agency=site.agency,
        references=tuple(references),
        addresses=site.claims,
        drafts=site.drafts,
        scheduled=site.scheduled,
        promised=site.promised,
        problems=in_order(problems),
        advice=site.advice,
        far_dates=site.far_dates,
    )


def entry_cards(site: Site, kinds: Kinds) -> dict[str, tuple[dict[str, Any], ...]]:
    """The cards of what is public, by kind, in the order of lists; nothing of kinds that the site has nothing of."""
    cards = {
        kind.name: tuple(
            kind.card_of(site.slug, site.name, entry).model_dump(mode="json") for entry in site.of(kind) if entry.public
        )
        for kind in kinds
    }
    return {name: of_kind for name, of_kind in cards.items() if of_kind}


def page_cards(site: Site) -> tuple[PageCard, ...]:
    """The site's pages in the order of its menu."""
    ordered = sorted(site.pages, key=lambda page: (page.record.order, page.slug))
    return tuple(
        PageCard(
            title=page.record.title,
            menu=page.record.menu or page.record.title,
            url=addresses.page(site.slug, page.slug),
        )
        for page in ordered
    )


def article_card(site: Site, article: ArticleSource) -> ArticleCard:
    record = article.record
    return ArticleCard(
        title=record.title,
        url=addresses.article(site.slug, record.date, article.slug),
        date=record.date,
        summary=record.summary,
        featured=record.featured,
        picture_url=addresses.media(site.slug, record.picture.file) if record.picture else None,
        agency_slug=site.slug,
        agency_name=site.name,
    )


def procedure_card(site: Site, shared: Shared, procedure: ProcedureSource) -> ProcedureCard:
    record = procedure.record
    return ProcedureCard(
        code=record.code,
        name=record.name,
        url=addresses.procedure(site.slug, record.code),
        agency_slug=site.slug,
        agency_name=site.name,
        field=record.field,
        field_name=shared.field_name(record.field),
        online_level=record.online_level,
        online_mode=record.online_mode,
        performed_by=record.performed_by,
        audiences=record.audiences,
        status=record.status,
        other_codes=(*record.local_codes, *record.superseded_codes),
        keywords=record.keywords,
        performing_agencies=record.performing_agencies,
        effective_to=record.effective_to,
        review_by=record.review_by,
        version=version_mark(record),
        path=procedure.source.path,
        places=_places(procedure),
    )


def _places(procedure: ProcedureSource) -> dict[str, Place]:
    record, yaml = procedure.record, procedure.source.yaml
    named: dict[str, Loc] = {name: (name,) for name in ("review_by", "effective_to") if getattr(record, name)}
    for name in ("performing_agencies", "superseded_codes", "local_codes"):
        named |= {said: (name, index) for index, said in enumerate(getattr(record, name))}
    named[record.code] = ("code",)
    return {said: Place(field=field_name(loc), line=yaml.line_of(loc)) for said, loc in named.items()}


def version_mark(record: Procedure) -> str:
    """Eight digits that stand for all that a record says; printed on notices, so that an old one can be told."""
    said = record.model_dump_json(exclude_defaults=True)
    return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


def agency_card(manifest: SiteManifest, *, available: bool) -> AgencyCard:
    """What the directory shows of an agency, also of one whose record cannot be read."""
    agency = manifest.agency
    return AgencyCard(
        slug=manifest.slug,
        name=agency.name if agency else manifest.slug,
        short_name=agency.short_name if agency else None,
        kind=agency.kind if agency else "other",
        summary=agency.summary if agency else "",
        url=addresses.site_home(manifest.slug),
        available=available,
        procedures=len(manifest.procedures),
        articles=len(manifest.articles),
        state=agency.lifecycle.state if agency else "active",
    )
