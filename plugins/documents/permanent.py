"""Addresses that stay: by agency, year and number, and by the number alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from plugins.documents.cards import DocumentCard
from plugins.portal import addresses
from plugins.portal.identifiers import slugify
from plugins.portal.kinds import Leading
from plugins.portal.site_names import PROVINCE, is_agency

LIST = "van-ban/"
"""Where the documents of a site stand, below its home."""


def list_of(site: str) -> str:
    """The documents of a site; of the province, those of all sites."""
    return f"{addresses.site_home(site)}{LIST}"


def permanent_address(card: DocumentCard) -> str:
    """`van-ban/<agency>/<year>/<number>/`; of a document of the province itself, its page."""
    below = card.url.removeprefix(list_of(card.agency_slug))
    return f"{list_of(PROVINCE)}{addresses.site_home(card.agency_slug)}{below}"


def leading_to(cards: Iterable[DocumentCard]) -> list[Leading]:
    """Every address that leads to the page of a document, in order.

    A number alone leads to the province's document, or to the only agency's that has it, and of several years to the
    last; where agencies have it alike, to the list of all.
    """
    by_address: dict[str, Leading] = {}
    by_number: dict[str, list[DocumentCard]] = defaultdict(list)
    for card in cards:
        heading = card.number or card.title
        if (address := permanent_address(card)) != card.url:
            by_address[address] = Leading(address, heading, card.url)
        for written in {slugify(card.number), card.slug} if card.number else ():
            by_number[addresses.numbered(written)].append(card)
    for address, several in by_number.items():
        own = [card for card in several if not is_agency(card.agency_slug)] or several
        last = max(own, key=lambda card: (card.issued, card.url))
        is_clear = len({card.agency_slug for card in own}) == 1
        by_address[address] = Leading(address, last.number, last.url if is_clear else list_of(PROVINCE))
    return [by_address[address] for address in sorted(by_address)]
