"""What search does in Pelican's runs: counts of each site, an index of all, and what templates know of it."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.portal.site_run import SETTING, site_run
from plugins.search.generators import LinkedSearchGenerator, SiteSearchGenerator
from plugins.search.views import SearchView

GENERATORS = {"site": SiteSearchGenerator, "search": LinkedSearchGenerator}


def add_generator(pelican: Pelican) -> type | None:
    """Every site counts what can be found in it; search over all sites is made of their counts."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def tell_templates(pelican: Pelican) -> None:
    """Every page may have a search box."""
    settings = pelican.settings
    if SETTING in settings:
        view = SearchView.of(site_run(settings).kinds, settings["DEFAULT_LANG"])
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {"search_view": view}


def connect() -> None:
    signals.initialized.connect(tell_templates)
    signals.get_generators.connect(add_generator)
