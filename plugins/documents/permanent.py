"""Addresses that stay: by agency, year and number, and by the number alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.portal import addresses
from plugins.portal.identifiers import slugify
from plugins.portal.site_names import PROVINCE, is_agency


def permanent_address(card: DocumentCard) -> str:
    """`van-ban/<agency>/<year>/<number>/`; of a document of the province itself, its page."""
    below = card.url.removeprefix(DOCUMENT.list_of(card.agency_slug))
    return f"{DOCUMENT.list_of(PROVINCE)}{addresses.site_home(card.agency_slug)}{below}"


@dataclass(frozen=True)
class Move:
    """An address that leads to a document."""

    address: str
    heading: str
    target: str


def moves(cards: Iterable[DocumentCard]) -> list[Move]:
    """Every address that leads to the page of a document, in order.

    A number alone leads to the province's document, or to the only agency's that has it, and of several years to the
    last; where agencies have it alike, to the list of all.
    """
    by_address: dict[str, Move] = {}
    by_number: dict[str, list[DocumentCard]] = defaultdict(list)
    for card in cards:
        heading = card.number or card.title
        if (address := permanent_address(card)) != card.url:
            by_address[address] = Move(address, heading, card.url)
        for written in {slugify(card.number), card.slug} if card.number else ():
            by_number[addresses.numbered(written)].append(card)
    for address, several in by_number.items():
        own = [card for card in several if not is_agency(card.agency_slug)] or several
        last = max(own, key=lambda card: (card.issued, card.url))
        is_clear = len({card.agency_slug for card in own}) == 1
        by_address[address] = Move(address, last.number, last.url if is_clear else DOCUMENT.list_of(PROVINCE))
    return [by_address[address] for address in sorted(by_address)]
