"""Addresses that stay: by agency, year and number, and by the number alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.portal import addresses
from plugins.portal.identifiers import slugify
from plugins.portal.site_names import PROVINCE


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

    A number alone leads to the last document that has it.
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
        last = max(several, key=lambda card: (card.issued, card.url))
        by_address[address] = Move(address, last.number, last.url)
    return [by_address[address] for address in sorted(by_address)]
