"""What the API does in Pelican's runs: documents of each site, lists and descriptions of all."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.open_data.generators import PortalAnswersGenerator, SiteAnswersGenerator
from plugins.portal.site_run import SETTING, site_run

GENERATORS = {"site": SiteAnswersGenerator, "portal": PortalAnswersGenerator}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes the documents of its own pages; lists are made of what all sites tell."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def connect() -> None:
    signals.get_generators.connect(add_generator)
