"""The province's own site among sites: one value, and what stands for it where an empty name cannot.

Its slug is empty, for its addresses begin at the root. Folders of versions and reports need a name, and so does a list
that is filtered by agency; no agency can have either (`addresses.RESERVED_AT_ROOT`).
"""

from __future__ import annotations

PROVINCE = ""
"""The slug of the province's own site."""
STORED_PROVINCE = "province"
LISTED_PROVINCE = "tinh"


def stored(slug: str) -> str:
    """The name of a site's folder in the store, and in reports."""
    return slug or STORED_PROVINCE


def listed(slug: str) -> str:
    """What stands for a site in the address of a filtered list."""
    return slug or LISTED_PROVINCE
