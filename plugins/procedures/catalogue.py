"""The catalogue of all procedures, counted. Every number on the portal is derived here, so that sums agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.portal import addresses
from plugins.portal.identifiers import fold
from plugins.portal.manifest import ProcedureCard

PER_PAGE = 50


@dataclass(frozen=True)
class Count:
    """How many procedures a field or an agency has."""

    slug: str
    name: str
    url: str
    total: int


@dataclass(frozen=True)
class Counts:
    """The catalogue in numbers; each by-list adds up to the total."""

    total: int
    by_level: tuple[tuple[int | None, int], ...]
    """By exact online level (TT 32/2017), the unknown ones under None and last."""
    by_field: tuple[Count, ...]
    by_agency: tuple[Count, ...]


@dataclass(frozen=True)
class Pager:
    """Where a page of a long list stands."""

    number: int
    pages: int
    total: int
    previous_url: str | None
    next_url: str | None


def in_order(cards: Iterable[ProcedureCard]) -> list[ProcedureCard]:
    """By name as people look it up, then by code."""
    return sorted(cards, key=lambda card: (fold(card.name), card.code))


def count(cards: Sequence[ProcedureCard], province_name: str) -> Counts:
    levels = Counter(card.online_level for card in cards)
    fields = Counter((card.field, card.field_name) for card in cards)
    agencies = Counter((card.agency_slug, card.agency_name or province_name) for card in cards)
    return Counts(
        total=len(cards),
        by_level=tuple(sorted(levels.items(), key=lambda entry: (entry[0] is None, entry[0] or 0))),
        by_field=tuple(
            Count(slug, name, field_url(slug), total)
            for (slug, name), total in sorted(fields.items(), key=lambda entry: fold(entry[0][1]))
        ),
        by_agency=tuple(
            Count(slug, name, agency_url(slug), total)
            for (slug, name), total in sorted(agencies.items(), key=lambda entry: fold(entry[0][1]))
        ),
    )


def field_url(slug: str) -> str:
    """The list of a field's procedures."""
    return f"{addresses.PROCEDURES}linh-vuc/{slug}/"


def agency_url(slug: str) -> str:
    """The list of an agency's procedures: on its own site, or the province's own."""
    return f"{addresses.site_home(slug)}{addresses.PROCEDURES}" if slug else f"{addresses.PROCEDURES}cap-tinh/"


def paged(cards: Sequence[ProcedureCard], url: str) -> Iterable[tuple[str, Pager, Sequence[ProcedureCard]]]:
    """A list cut into pages: the address of each, its pager and its part of the list."""
    pages = max(1, -(-len(cards) // PER_PAGE))

    def address(page: int) -> str | None:
        if not 1 <= page <= pages:
            return None
        return url if page == 1 else f"{url}trang/{page}/"

    for page in range(1, pages + 1):
        pager = Pager(page, pages, len(cards), address(page - 1), address(page + 1))
        yield address(page) or url, pager, cards[(page - 1) * PER_PAGE : page * PER_PAGE]
