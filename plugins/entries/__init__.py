"""What every content kind gets without code of its own: pages, lists of a site and of all, feeds, answers of the API.

It loops over the kinds of the run (`PORTAL_KINDS`) and names none. What only one kind shows does not belong here: a
kind that wants other pages writes them with a plugin of its own.
"""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.entries.generators import LinkedEntriesGenerator, SiteEntriesGenerator
from plugins.portal.site_run import SETTING, site_run


def add_generator(pelican: Pelican) -> type | None:
    settings = pelican.settings
    if SETTING not in settings:
        return None
    run = site_run(settings)
    if all(kind.written_by_itself for kind in run.kinds):
        return None
    return {"site": SiteEntriesGenerator, "portal": LinkedEntriesGenerator}.get(run.kind)


def register() -> None:
    signals.get_generators.connect(add_generator)
