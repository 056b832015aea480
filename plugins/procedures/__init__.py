"""Administrative procedures: their pages, lists, permalinks and index."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal.site_run import SETTING, site_run
from plugins.procedures.generator import CatalogueGenerator, ProceduresGenerator


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes its own procedures; the province, when it is linked, the catalogue of all."""
    if SETTING not in pelican.settings:
        return None
    return CatalogueGenerator if site_run(pelican.settings).neighbours else ProceduresGenerator


def register() -> None:
    signals.get_generators.connect(add_generator)
