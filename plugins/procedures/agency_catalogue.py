"""An agency's own catalogue: what it owns, and what it performs for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.portal.manifest import SiteManifest
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.catalogue import in_order
from plugins.procedures.kinds import procedures_of
from plugins.procedures.places import anchor, at_communes_only, performed_by


@dataclass(frozen=True)
class AgencyRow:
    """A procedure in an agency's catalogue: its own, or one that it performs for another."""

    card: ProcedureCard
    url: str
    """Of a procedure that many perform, the agency's own counter on its page."""
    performed: bool
    at_communes: bool = False
    """Whether it is the district's communes that receive it, not the agency itself."""


def agency_rows(manifest: SiteManifest, cards: Iterable[ProcedureCard]) -> Sequence[AgencyRow]:
    """An agency's catalogue: what it owns, and what of all procedures in force it performs for others."""
    own = {
        card.code: AgencyRow(card, card.url, False) for card in procedures_of(manifest) if card.status != "abolished"
    }
    theirs = {
        card.code: AgencyRow(card, f"{card.url}#{anchor(manifest.slug)}", True, at_communes_only(manifest, card))
        for card in performed_by(manifest, cards)
    }
    rows = own | theirs
    return [rows[card.code] for card in in_order(row.card for row in rows.values())]
