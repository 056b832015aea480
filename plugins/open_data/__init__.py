"""What programs are given of everything: lists and documents below `/api/v1/`, their description, and data sets.

It loops over the kinds of the run and knows agencies and the province; a capability that answers otherwise writes its
answers itself and says so in its `ANSWERS`. Pages for people do not belong here, but for the one that shows the API.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pelican import Pelican, signals

from plugins.open_data.agencies import ANSWERS
from plugins.open_data.generators import PortalAnswersGenerator, SiteAnswersGenerator, linked_names
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_run import SETTING, site_run

__all__ = ["ANSWERS", "FIXED_ADDRESSES", "add_generator", "linked_addresses", "register"]

FIXED_ADDRESSES = (addresses.API_ROOT, addresses.API, addresses.API_IN_ENGLISH)
"""Pages that every portal has."""
GENERATORS = {"site": SiteAnswersGenerator, "portal": PortalAnswersGenerator}


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the answers about agencies and the province stand, beside those of kinds."""
    return linked_names(manifests)


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes the documents of its own pages; lists are made of what all sites tell."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def register() -> None:
    signals.get_generators.connect(add_generator)
