"""Long lists in pages, each at an address of its own: the list's, and `trang/2/` and so on below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
PER_PAGE = 50
"""Rows of a page, of a list of short ones."""


@dataclass(frozen=True)
class Pager:
    """Where a page of a long list stands."""

    number: int
    pages: int
    total: int
    previous_url: str | None
    next_url: str | None


def paged(rows: Sequence[T], url: str) -> Iterator[tuple[str, Pager, Sequence[T]]]:
    """A list cut into pages: the address of each, its pager and its part of the list."""
    urls = page_addresses(len(rows), url)
    for page, address in enumerate(urls, 1):
        before = urls[page - 2] if page > 1 else None
        after = urls[page] if page < len(urls) else None
        pager = Pager(page, len(urls), len(rows), before, after)
        yield address, pager, rows[(page - 1) * PER_PAGE : page * PER_PAGE]


def page_addresses(total: int, url: str, per_page: int = PER_PAGE) -> list[str]:
    """The addresses of the pages of a list, the first of which is the list's own; an empty one has that alone."""
    return [url, *(f"{url}trang/{page}/" for page in range(2, -(-total // per_page) + 1))]
