"""What sites are called: the province's own, and those of agencies; each name of theirs is written here alone.

A site is known by its slug. The province's own is empty, for its addresses begin at the root. Folders of content, of
versions and of reports need a name, and so does a list that is filtered by agency; no agency can have either
(`addresses.RESERVED_AT_ROOT`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

PROVINCE = ""
"""The slug of the province's own site."""
STORED_PROVINCE = "province"
"""Its folder: of content, of versions; and its name in reports."""
LISTED_PROVINCE = "tinh"
"""What stands for it in the address of a filtered list."""
AGENCIES = "agencies"
"""The folder of content that holds a folder for each agency."""


CATALOGUE: Final = "catalogue"
"""The linked pages about all procedures, in the store; no agency can have this name."""
PERMANENT: Final = "permanent"
"""The addresses that lead to records for ever, in the store, where there are any; no agency can have this name."""
FILLED: Final = "filled"
"""The pages that sites left open, in the store; no agency can have this name."""
SEARCH = "search"
"""The linked files for search, in the store; no agency can have this name."""
PORTAL = "portal"
"""The other linked pages in the store, and all of them in reports; no agency can have this name either."""
LINKED = (CATALOGUE, PERMANENT, FILLED, SEARCH, PORTAL)
"""Pages about all sites, in the order in which they go into a release."""


def is_agency(slug: str) -> bool:
    """Whether a site is an agency's, and not the province's own."""
    return slug != PROVINCE


def stored(slug: str) -> str:
    """The name of a site's folder in the store, and in reports."""
    return slug if is_agency(slug) else STORED_PROVINCE


def listed(slug: str) -> str:
    """What stands for a site in the address of a filtered list."""
    return slug if is_agency(slug) else LISTED_PROVINCE


def folder_of(slug: str) -> str:
    """The folder that a site is written in, from the content folder: `province`, or such as `agencies/so-y-te`."""
    return f"{AGENCIES}/{slug}" if is_agency(slug) else STORED_PROVINCE


def site_of(path: str) -> str:
    """The slug of the site in whose folder a file lies; `path` is from the content folder."""
    parts = path.split("/", 2)
    return parts[1] if parts[0] == AGENCIES and len(parts) > 2 else PROVINCE


def with_province(agencies: Iterable[str]) -> tuple[str, ...]:
    """All sites: the province's own, then those of these agencies."""
    return (PROVINCE, *agencies)
