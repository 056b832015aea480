"""What a site's records come to in its manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plugins.portal import addresses
from plugins.portal.entries import Entry
from plugins.portal.kinds import AnyKind, Kinds
from plugins.portal.manifest import AgencyCard, Card, CodedCard, Reference, SiteManifest
from plugins.portal.problems import Problem, in_order
from plugins.portal.shared import Shared
from plugins.portal.sites import Site


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
    changed: Mapping[str, datetime] = field(default_factory=dict)
    """By code, when what a record says last changed."""
    counted: str = ""
    """The digest of what search knows of it."""


def manifest_of(site: Site, shared: Shared, digest: str, outcome: Outcome, kinds: Kinds) -> SiteManifest:
    """The manifest of a site that was compiled."""
    return SiteManifest(
        slug=site.slug,
        digest=digest,
        agency=site.agency,
        picture=site.own_picture,
        name_line=site.name_line,
        cards=site_cards(site, shared, kinds, outcome.changed),
        life_events=site.life_events,
        synonyms=site.synonyms,
        dossier_figures=site.dossier_figures,
        search=outcome.counted,
        references=outcome.references,
        unlinked=outcome.unlinked,
        addresses=tuple(sorted({*outcome.written, *outcome.open_pages})),
        moved={address: entry.address for address, entry in site.aliases.items()},
        withdrawn=site.withdrawn,
        settled=dict(site.settled),
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
        moved={address: entry.address for address, entry in site.aliases.items()},
        withdrawn=site.withdrawn,
        settled=dict(site.settled),
        drafts=site.drafts,
        scheduled=site.scheduled,
        promised=site.promised,
        untaken=tuple(sorted(site.told.paths)),
        problems=in_order(problems),
        advice=site.advice,
        far_dates=site.far_dates,
    )


def site_cards(
    site: Site, shared: Shared, kinds: Kinds, changed: Mapping[str, datetime] = {}
) -> dict[str, tuple[dict[str, Any], ...]]:
    """The cards of what is public, by kind, in the order of lists; nothing of kinds that the site has nothing of.

    `changed` says of records with codes when what they say last changed.
    """
    cards = {
        kind.name: tuple(
            _with_change(card, changed).model_dump(mode="json")
            for entry, card in site.listed(kind, shared)
            if _is_told(kind, entry)
        )
        for kind in kinds
    }
    return {name: of_kind for name, of_kind in cards.items() if of_kind}


def _with_change(card: Card, changed: Mapping[str, datetime]) -> Card:
    moment = changed.get(card.code) if isinstance(card, CodedCard) else None
    return card if moment is None else card.model_copy(update={"modified": moment.replace(tzinfo=None)})


def _is_told(kind: AnyKind, entry: Entry[Any]) -> bool:
    """Whether others see a card. Menus are the same on all pages of a site, also of those that are no pages yet."""
    return entry.public or kind.menu_title is not None


def agency_card(manifest: SiteManifest, *, available: bool) -> AgencyCard:
    """What the directory shows of an agency, also of one whose record cannot be read."""
    agency = manifest.agency
    return AgencyCard(
        slug=manifest.slug,
        name=agency.name if agency else manifest.slug,
        short_name=agency.short_name if agency else None,
        kind=agency.kind if agency else "other",
        parent=agency.parent if agency else None,
        summary=agency.summary if agency else "",
        phone=agency.contact.phone if agency else None,
        url=addresses.site_home(manifest.slug),
        available=available,
        counts={kind: len(cards) for kind, cards in manifest.cards.items()},
        state=agency.lifecycle.state if agency else "active",
        since=agency.lifecycle.date if agency and agency.lifecycle.state != "active" else None,
        successors=agency.lifecycle.successors if agency else (),
    )
