"""Administrative procedures, a kind of content: their pages and history, the catalogue, permalinks, and the API.

Other kinds of content do not belong here, nor how the national database writes procedures (plugins/importing).

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal import addresses
from plugins.portal.site_run import SETTING, site_run
from plugins.procedures.api import ANSWERS
from plugins.procedures.fillers import ProcedureFillers
from plugins.procedures.kinds import KINDS
from plugins.procedures.linked_addresses import linked_addresses
from plugins.procedures.linked_generators import CatalogueGenerator, PortalGenerator
from plugins.procedures.site_generator import ProceduresGenerator

__all__ = [
    "ANSWERS",
    "FIXED_ADDRESSES",
    "GENERATORS",
    "KINDS",
    "TEMPLATES",
    "add_generator",
    "linked_addresses",
    "register",
]

TEMPLATES = {"catalogue": {"catalogue": addresses.PROCEDURES}}
"""Pages that are made of a template alone, by run."""
FIXED_ADDRESSES = (*addresses.LISTS, *addresses.LIST_FOLDERS)
"""Pages that every portal has besides."""
GENERATORS = {
    "site": ProceduresGenerator,
    "catalogue": CatalogueGenerator,
    "filled": ProcedureFillers,
    "portal": PortalGenerator,
}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes its own procedures; the catalogue is made of what all sites tell of theirs."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def register() -> None:
    signals.get_generators.connect(add_generator)
