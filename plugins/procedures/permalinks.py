"""Addresses for ever: each code that a procedure has or had leads to where its page is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from plugins.portal import addresses
from plugins.portal.manifest import RemovedRecord
from plugins.procedures.cards import ProcedureCard

MAP = "permalinks.map"


@dataclass(frozen=True)
class Move:
    """An address that leads to another. Both without a leading slash."""

    address: str
    target: str
    name: str


@dataclass(frozen=True)
class Permalinks:
    """Where every code and every address of a procedure leads, now and ever."""

    cards: tuple[ProcedureCard, ...]
    """What is shown."""
    promised: Mapping[str, str]
    """Codes that cannot be shown now, with the broken agency: they lead to its home, where a notice says so."""
    removed: tuple[RemovedRecord, ...] = ()
    """What once was elsewhere, or is no more."""
    taken: Collection[str] = ()
    """Addresses at which sites that are shown have a page."""

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """The address and the name that each known code stands for."""
        waiting = {code: (addresses.site_home(slug), code) for code, slug in self.promised.items()}
        return waiting | {code: (card.url, card.name) for card in self.cards for code in card.codes}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """All that lead elsewhere, in order of address; none stands at the address of a procedure that is shown."""
        places = {addresses.permalink(code): url for code, url in self._places.items()}
        for past in self.removed:
            if past.agency not in addresses.RESERVED_AT_ROOT:  # such a folder never had a page
                nowhere = (addresses.permalink(past.code), past.name)
                places.setdefault(addresses.procedure(past.agency, past.code), self._places.get(past.code, nowhere))
        urls = {card.url for card in self.cards} | set(self.taken)
        return tuple(
            Move(address, target, name)
            for address, (target, name) in sorted(places.items())
            if address != target and address not in urls
        )

    @cached_property
    def gone(self) -> tuple[RemovedRecord, ...]:
        """The procedures that are nowhere now, in order of code; of each its last removal."""
        latest = {past.code: past for past in sorted(self.removed, key=lambda past: past.removed)}
        return tuple(past for code, past in sorted(latest.items()) if code not in self._places)


def map_text(moves: Iterable[Move]) -> str:
    """The moves, a pair a line; both addresses from the portal's root."""
    return "".join(f"/{move.address} /{move.target};\n" for move in moves)
