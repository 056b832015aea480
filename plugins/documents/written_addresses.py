"""Where the pages about all documents will stand: known before they are written, so that links are checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.documents.lists import DocumentLists
from plugins.documents.permanent import leading_to
from plugins.documents.validity import Register
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest, cards_of


def written_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Every address that is written where these sites are shown."""
    register = Register(card for manifest in manifests for card in cards_of(manifest, DOCUMENT.name, DocumentCard))
    lists = DocumentLists(register)
    yield from lists.addresses()
    yield from (address for address, *_ in lists.filter_files())
    for url, *_ in lists.feeds():
        yield from (f"{url}{addresses.ATOM_FEED}", f"{url}{addresses.JSON_FEED}")
    yield from (way.address for way in leading_to(register.cards))
