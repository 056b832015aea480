"""Where the pages and files about all procedures will stand: known before they are written, so that links are checked.

Each address comes from what also writes it; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.paging import page_addresses
from plugins.portal.site_names import is_agency
from plugins.procedures import api, permalinks
from plugins.procedures.agency_catalogue import agency_rows
from plugins.procedures.catalogue import Catalogue
from plugins.procedures.filtering import FACETS_FILE
from plugins.procedures.kinds import procedures_of
from plugins.procedures.life_events import life_event_views


def written_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Every address that the catalogue answers where these sites are shown."""
    cards = [card for manifest in manifests for card in procedures_of(manifest)]
    catalogue = Catalogue(cards, province_name="")
    yield from catalogue.addresses()
    yield from (addresses.PROCEDURES, addresses.LIFE_EVENTS)
    of_agencies = Counter(card.agency_slug for card in cards)
    for manifest in manifests:
        yield from (view.url for view in life_event_views(manifest.life_events, {}))
        yield from (addresses.api_document(api.LIFE_EVENTS, event.slug) for event in manifest.life_events)
        if is_agency(manifest.slug):
            rows = agency_rows(manifest, catalogue.cards)
            yield from page_addresses(len(rows), addresses.catalogue_of(manifest.slug))
            if own := of_agencies[manifest.slug]:
                yield from addresses.api_lists(api.NAME, own, manifest.slug)
    for card in cards:
        yield card.url
        for code in card.codes:
            yield addresses.permalink(code)
            yield addresses.procedure_document(code)
    yield from _feeds(catalogue)
    yield from addresses.LIST_FOLDERS
    yield from (FACETS_FILE, permalinks.MAP, api.TABLE, api.CONTEXT)
    yield from addresses.api_lists(api.NAME, len(cards))
    yield from (addresses.api_list(name) for name in (api.FIELDS, api.LIFE_EVENTS, api.LEGAL_STATUS))
    yield from (addresses.api_document(api.FIELDS, slug) for slug in sorted({card.field for card in cards}))
    yield from (answer.schema_address for answer in api.ANSWERS if answer.schema_address)


def _feeds(catalogue: Catalogue) -> Iterator[str]:
    """Of what is known to have changed."""
    changed = [card for card in (*catalogue.cards, *catalogue.abolished) if card.modified is not None]
    of_fields = {card.field for card in changed}
    homes = [count.url for count in catalogue.counts.by_field if count.slug in of_fields]
    for home in (addresses.PROCEDURES, *homes) if changed else ():
        yield from (f"{home}{addresses.ATOM_FEED}", f"{home}{addresses.JSON_FEED}")
