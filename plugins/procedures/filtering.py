"""The catalogue for the page that filters it: all facets of all procedures in one small file.

A field, agency, level or mode is an index into the facet's values, audiences and performing levels a bit mask over
them: the file is a tenth of the index's size, and a phone filters it at once.
"""

from __future__ import annotations

from plugins.portal import addresses
from plugins.procedures.api import json_text
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.catalogue import Catalogue
from plugins.procedures.facets import Facet

FACETS_FILE = f"{addresses.PROCEDURES}facets.json"
STATUSES = ("in_force", "suspended")


def facets_text(catalogue: Catalogue) -> str:
    """The file, in the catalogue's order."""
    values = {facet.slug: list(facet.parts(catalogue.cards)) for facet in catalogue.facets}
    places = {slug: {value.slug: position for position, value in enumerate(listed)} for slug, listed in values.items()}
    facets = [
        {
            "name": facet.slug,
            "label": facet.label.say(catalogue.language),
            "values": [[value.slug, value.name] for value in values[facet.slug]],
        }
        for facet in catalogue.facets
    ]
    rows = [
        [card.code, card.name, *(_bits(facet, places[facet.slug], card) for facet in catalogue.facets), _status(card)]
        for card in catalogue.cards
    ]
    return json_text({"facets": facets, "rows": rows})


def _bits(facet: Facet, places: dict[str, int], card: ProcedureCard) -> int:
    positions = [places[value.slug] for value in facet.values_of(card)]
    return sum(1 << position for position in positions) if facet.overlapping else positions[0]


def _status(card: ProcedureCard) -> int:
    return STATUSES.index(card.status)
