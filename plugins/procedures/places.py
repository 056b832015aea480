"""Where a procedure is performed: by its owner, by every district or commune, or by the agencies that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.agency import LEVEL_OF_KIND, Agency, CommuneUnit, Counter
from plugins.portal.manifest import ProcedureCard, SiteManifest

LEVELS_IN_MANY_PLACES = frozenset({"district", "commune"})
_HOLE = re.compile(r"<!--portal:(places|name)(?: ([0-9.]+))?-->")
"""Editors cannot write one: what they write is escaped, and comments do not survive the cleaning of Markdown."""


@dataclass(frozen=True)
class Place:
    """An agency that performs a procedure, with its counters and those of its communes."""

    slug: str
    name: str
    url: str
    """Its site."""
    counters: tuple[Counter, ...]
    communes: tuple[CommuneUnit, ...]
    """Of a district, where communes perform the procedure too."""


def in_many_places(card: ProcedureCard) -> bool:
    """Whether others than its owner perform it, so that only linking knows where."""
    by_level = not card.agency_slug and not LEVELS_IN_MANY_PLACES.isdisjoint(card.performed_by)
    return bool(card.performing_agencies) or by_level


def performs(manifest: SiteManifest, card: ProcedureCard) -> bool:
    """Whether an agency performs a procedure that another owns."""
    agency = manifest.agency
    if agency is None or agency.lifecycle.state != "active" or card.agency_slug == manifest.slug:
        return False
    if card.performing_agencies:
        return manifest.slug in card.performing_agencies
    return not card.agency_slug and _by_level(agency, card)


def _by_level(agency: Agency, card: ProcedureCard) -> bool:
    # A district's agency also shows what its communes perform: people look for it there.
    own = LEVEL_OF_KIND.get(agency.kind)
    return own in card.performed_by or (own == "district" and "commune" in card.performed_by and bool(agency.communes))


def at_communes_only(manifest: SiteManifest, card: ProcedureCard) -> bool:
    """Whether an agency shows a procedure only because its communes perform it."""
    agency = manifest.agency
    return (
        agency is not None and not card.performing_agencies and LEVEL_OF_KIND.get(agency.kind) not in card.performed_by
    )


def places(card: ProcedureCard, agencies: Iterable[SiteManifest]) -> tuple[Place, ...]:
    """Who performs the procedure besides its owner, in the order of the agencies."""
    return tuple(
        _place(manifest.agency, manifest.slug, card)
        for manifest in agencies
        if performs(manifest, card)
        if manifest.agency is not None
    )


def _place(agency: Agency, slug: str, card: ProcedureCard) -> Place:
    by_communes = "commune" in card.performed_by and not card.performing_agencies
    own = LEVEL_OF_KIND.get(agency.kind)
    itself = bool(card.performing_agencies) or own in card.performed_by
    return Place(
        slug=slug,
        name=agency.name,
        url=addresses.site_home(slug),
        counters=agency.counters if itself else (),
        communes=agency.communes if by_communes else (),
    )


def places_hole() -> Markup:
    """Stands in a page for the section of its places until linking fills it."""
    return Markup("<!--portal:places-->")


def name_hole(code: str) -> Markup:
    """Stands in a page for the name of a procedure of another site."""
    return Markup(f"<!--portal:name {code}-->")  # noqa: S704  # a code is digits and a dot


def filled(page: str, names: Mapping[str, str], section: Callable[[], str]) -> str:
    """The page with its open places filled; a code that is not shown stands for its own name."""

    def fill(hole: re.Match[str]) -> str:
        if hole[1] == "places":
            return section()
        return str(Markup.escape(names.get(hole[2], hole[2])))

    return _HOLE.sub(fill, page)


def anchor(slug: str) -> str:
    """Where an agency's counter stands on the page of a procedure that many perform."""
    return f"noi-nop-{slug}"


def performed_by(manifest: SiteManifest, cards: Iterable[ProcedureCard]) -> Iterator[ProcedureCard]:
    """The procedures of others that an agency performs."""
    return (card for card in cards if performs(manifest, card))
