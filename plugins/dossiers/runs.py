"""What statistics do in Pelican's runs: their pages, and what all pages know of figures that are renewed."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.dossiers import live
from plugins.dossiers.generators import StatisticsGenerator
from plugins.portal.site_run import SETTING, site_run


def add_generator(pelican: Pelican) -> type | None:
    """Statistics are of all sites."""
    settings = pelican.settings
    return StatisticsGenerator if SETTING in settings and site_run(settings).kind == "portal" else None


def prepare_settings(pelican: Pelican) -> None:
    """What pages say to the script that renews figures, also a site's own, which is compiled before there are any."""
    settings = pelican.settings
    if SETTING in settings:
        every = live.seconds_between(preview=site_run(settings).preview)
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {"seconds_between_figures": every}


def connect() -> None:
    signals.initialized.connect(prepare_settings)
    signals.get_generators.connect(add_generator)
