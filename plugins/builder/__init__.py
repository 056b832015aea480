"""The builder: each site compiled alone, the pages about all linked from their manifests, the whole released at once.

It knows folders, fingerprints, processes and git. What a page says does not belong here: that is for the plugins that
run in a build (`PORTAL_SITE_PLUGINS`).

Its layers are a contract in pyproject.toml. What building needs is imported when it begins: who needs a part of this
package need not wait for the whole.
"""

from __future__ import annotations

from pelican import Pelican, signals

__all__ = ["register"]


def add_generator(pelican: Pelican) -> type | None:
    """What builds the portal in plain `pelican`; none within one of the runs of which a build is made."""
    from plugins.builder.whole_portal import PortalGenerator
    from plugins.portal.site_run import SETTING

    return None if SETTING in pelican.settings else PortalGenerator


def register() -> None:
    signals.get_generators.connect(add_generator)
