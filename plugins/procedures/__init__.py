"""Administrative procedures: their pages, lists, permalinks and index."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal.site_run import SETTING
from plugins.procedures.generator import CatalogueGenerator, ProceduresGenerator


def add_generators(pelican: Pelican) -> tuple[type, ...] | None:
    """Every site writes its own procedures; the province also writes the catalogue of all."""
    if SETTING not in pelican.settings:
        return None
    run = pelican.settings[SETTING]
    return (ProceduresGenerator, CatalogueGenerator) if run.neighbours else (ProceduresGenerator,)


def register() -> None:
    signals.get_generators.connect(add_generators)
