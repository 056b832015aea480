"""What every content kind gets without code of its own: pages, lists of a site and of all, feeds.

It loops over the kinds of the run (`PORTAL_KINDS`) and names none. What only one kind shows does not belong here: a
kind that wants other pages writes them with a plugin of its own.
"""

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


def register() -> None:
    signals.get_generators.connect(add_generators)
