"""Where a procedure is performed: by its owner, by every district or commune, or by the agencies that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.portal import addresses
from plugins.portal.agency import LEVEL_OF_KIND, Agency, CommuneUnit, Counter
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import is_agency
from plugins.procedures.cards import ProcedureCard


@dataclass(frozen=True)
class CommunePlace:
    """A commune with its counters, as they are called below its name."""

    name: str
    counters: tuple[Counter, ...]

    @classmethod
    def of(cls, commune: CommuneUnit) -> CommunePlace:
        return cls(commune.name, tuple(_below(commune.name, counter) for counter in commune.counters))


def _below(name: str, counter: Counter) -> Counter:
    """The counter without the name that stands above it: `Bộ phận Một cửa xã B` is that of `Xã B`."""
    short = counter.name[: -len(name)].rstrip(" ,-–") if counter.name.casefold().endswith(name.casefold()) else ""
    return counter.model_copy(update={"name": short}) if short else counter


@dataclass(frozen=True)
class PerformingAgency:
    """An agency that performs a procedure, with its counters and those of its communes."""

    slug: str
    name: str
    url: str
    """Its site."""
    counters: tuple[Counter, ...]
    communes: tuple[CommunePlace, ...]
    """Of a district, where communes perform the procedure too."""


def performs(manifest: SiteManifest, card: ProcedureCard) -> bool:
    """Whether an agency performs a procedure that another owns."""
    agency = manifest.agency
    if agency is None or agency.lifecycle.state != "active" or card.agency_slug == manifest.slug:
        return False
    if card.performing_agencies:
        return manifest.slug in card.performing_agencies
    return not is_agency(card.agency_slug) and _by_level(agency, card)


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


def places(card: ProcedureCard, agencies: Iterable[SiteManifest]) -> tuple[PerformingAgency, ...]:
    """Who performs the procedure besides its owner, in the order of the agencies."""
    return tuple(
        _place_of(manifest.agency, manifest.slug, card)
        for manifest in agencies
        if performs(manifest, card)
        if manifest.agency is not None
    )


def _place_of(agency: Agency, slug: str, card: ProcedureCard) -> PerformingAgency:
    by_communes = "commune" in card.performed_by and not card.performing_agencies
    own = LEVEL_OF_KIND.get(agency.kind)
    itself = bool(card.performing_agencies) or own in card.performed_by
    return PerformingAgency(
        slug=slug,
        name=agency.name,
        url=addresses.site_home(slug),
        counters=agency.counters if itself else (),
        communes=tuple(map(CommunePlace.of, agency.communes)) if by_communes else (),
    )


def anchor(slug: str) -> str:
    """Where an agency's counter stands on the page of a procedure that many perform."""
    return f"noi-nop-{slug}"


def performed_by(manifest: SiteManifest, cards: Iterable[ProcedureCard]) -> Iterator[ProcedureCard]:
    """The procedures of others that an agency performs."""
    return (card for card in cards if performs(manifest, card))
