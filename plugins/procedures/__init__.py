"""Administrative procedures: their pages and history, the catalogue of all, permalinks, and the API.

Layers, left may be used by right:
(facets, changes, structured_data, places, wording) <- catalogue <- (pages, api, filtering, life_events, permalinks)
<- (site_generator, linked_generators) <- linked_addresses <- this.
"""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal.site_run import SETTING, site_run
from plugins.procedures.linked_addresses import linked_addresses
from plugins.procedures.linked_generators import CatalogueGenerator, PortalGenerator
from plugins.procedures.site_generator import ProceduresGenerator

__all__ = ["GENERATORS", "add_generator", "linked_addresses", "register"]

GENERATORS = {"site": ProceduresGenerator, "catalogue": CatalogueGenerator, "portal": PortalGenerator}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes its own procedures; the catalogue is made of what all sites tell of theirs."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def register() -> None:
    signals.get_generators.connect(add_generator)
