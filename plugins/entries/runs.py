"""What every kind does in Pelican's runs that leaves its pages, lists and feeds to this plugin."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.entries.generators import LinkedEntriesGenerator, SiteEntriesGenerator
from plugins.entries.settled import SettledAddressesGenerator
from plugins.portal.site_run import SETTING, site_run


def add_generators(pelican: Pelican) -> list[type]:
    settings = pelican.settings
    if SETTING not in settings:
        return []
    run = site_run(settings)
    if run.kind == "site":
        written = () if all(kind.written_by_itself for kind in run.kinds) else (SiteEntriesGenerator,)
        return [*written, SettledAddressesGenerator]
    in_lists = run.kind == "portal" and not all(kind.written_by_itself for kind in run.kinds)
    return [LinkedEntriesGenerator] if in_lists else []


def connect() -> None:
    signals.get_generators.connect(add_generators)
