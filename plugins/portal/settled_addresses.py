"""What became of addresses at which nothing stands any more: the file `addresses.yaml` of the province or an agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from plugins.portal.fields import Conflict, ContentModel, Day, Many, PublishedAddress, Sentence, each_once


class Withdrawn(ContentModel):
    """Taken back: the address stays, and a page says since when and why."""

    date: Day
    reason: Sentence


def _one_of_both(settled: SettledAddress) -> Iterator[Conflict]:
    if settled.to is None and settled.withdrawn is None:
        yield Conflict("settled_without_end", about={"got": settled.address})
    elif settled.to is not None and settled.withdrawn is not None:
        yield Conflict("settled_twice", about={"got": settled.address})


class SettledAddress(ContentModel):
    """An address that was published: where it leads now, or that it was withdrawn."""

    known_by = "address"
    checks = (_one_of_both,)

    address: PublishedAddress
    """Of the province's file also the home of an agency that has no folder any more: then all of its addresses."""
    to: PublishedAddress | None = None
    """The page or file that it leads to."""
    withdrawn: Withdrawn | None = None


class SettledAddressList(ContentModel):
    """The file `addresses.yaml`."""

    checks = (each_once("address_twice", "addresses", "address"),)

    addresses: Annotated[Many[SettledAddress], Field(min_length=1)]
