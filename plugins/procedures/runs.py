"""What procedures do in Pelican's runs: pages of each site, the catalogue, and what others leave open for it."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal.site_run import SETTING, site_run
from plugins.procedures.fillers import ProcedureFillers
from plugins.procedures.linked_generators import CatalogueGenerator, PortalGenerator
from plugins.procedures.site_generator import ProceduresGenerator

GENERATORS = {
    "site": ProceduresGenerator,
    "catalogue": CatalogueGenerator,
    "filled": ProcedureFillers,
    "portal": PortalGenerator,
}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes its own procedures; the catalogue is made of what all sites tell of theirs."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def connect() -> None:
    signals.get_generators.connect(add_generator)
