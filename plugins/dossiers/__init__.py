"""Dossier statistics: pulled from a backend, judged, kept, put where browsers find them, and shown.

Dossiers of persons do not belong here, nor what asks an agency's database: that is plugins/gateway.

Its layers are a contract in pyproject.toml. Nothing a backend does gets further than `refresh`, and pages read what it
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pelican import Pelican, signals

from plugins.dossiers import downloads, live
from plugins.dossiers.downloads import ANSWERS
from plugins.dossiers.generators import StatisticsGenerator
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_run import SETTING, site_run

__all__ = ["ANSWERS", "add_generator", "linked_addresses", "prepare_settings", "register"]


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


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the pages and files of statistics stand, of the province and of each agency."""
    yield from (addresses.statistics_of(manifest.slug) for manifest in manifests)
    yield from (downloads.TABLE, downloads.DOCUMENT, live.ADDRESS)
    yield from (addresses.api_list(downloads.STATISTICS), addresses.api_schema(downloads.STATISTICS))


def register() -> None:
    signals.initialized.connect(prepare_settings)
    signals.get_generators.connect(add_generator)
