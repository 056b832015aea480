"""Addresses for ever: each code that a procedure has or had leads to where its page is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.portal import addresses
from plugins.portal.manifest import ProcedureCard

MAP = "permalinks.map"


@dataclass(frozen=True)
class Move:
    """An address that leads to another. Both without a leading slash."""

    address: str
    target: str
    name: str


def moves(cards: Iterable[ProcedureCard], promised: Mapping[str, str]) -> Iterator[Move]:
    """All of them in order of code; `promised` are codes that cannot be shown now, with the broken agency.

    Where a code's owner cannot show it, its permalink leads to the owner, where a notice says so.
    """
    found: dict[str, Move] = {
        code: Move(addresses.permalink(code), addresses.site_home(slug), code) for code, slug in promised.items()
    }
    for card in cards:
        for code in card.codes:
            if addresses.permalink(code) != card.url:
                found[code] = Move(addresses.permalink(code), card.url, card.name)
    return (move for _, move in sorted(found.items()))


def map_text(found: Iterable[Move]) -> str:
    """The moves for a web server, to answer them itself: the inside of an nginx `map`."""
    return "".join(f"/{move.address} /{move.target};\n" for move in found)
