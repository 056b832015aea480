"""What programs are given of everything: lists and documents below `/api/v1/`, their description, and data sets.

It loops over the kinds of the run and knows agencies and the province; a capability that answers otherwise writes its
answers itself and says so in its `api_answers`. Pages for people do not belong here, but the one that shows the API.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest

if TYPE_CHECKING:
    from plugins.portal.answers import Answer

__all__ = ["FIXED_ADDRESSES", "api_answers", "linked_addresses", "register"]

FIXED_ADDRESSES = (addresses.API_ROOT, addresses.API, addresses.API_IN_ENGLISH)
"""Pages that every portal has."""


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the answers about agencies and the province stand, beside those of kinds."""
    from plugins.open_data.generators import linked_names

    return linked_names(manifests)


def api_answers() -> Sequence[Answer]:
    """What it answers in the API."""
    from plugins.open_data.agencies import ANSWERS

    return ANSWERS


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.open_data import runs

    runs.connect()
