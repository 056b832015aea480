"""The builder: each site compiled alone, the pages about all linked from their manifests, the whole released at once.

It knows folders, fingerprints, processes and git. What a page says does not belong here: that is for the plugins that
run in a build (`PORTAL_SITE_PLUGINS`).

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

import logging

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer

from plugins.builder.building import build_portal
from plugins.builder.display import BuildDisplay
from plugins.portal.site_run import SETTING

__all__ = ["build_portal", "register"]

logger = logging.getLogger(__name__)


class PortalGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Plain `pelican` in the project's root: builds the whole portal, and reports problems as Pelican does."""

    def generate_output(self, writer: Writer) -> None:
        display = BuildDisplay(console, self.settings["DEFAULT_LANG"])
        with display.progress() as listener:
            report = build_portal(self.settings, listener=listener)
        display.report(report)
        if report.problems:
            # An error to Pelican, so that `pelican --fatal errors` fails.
            logger.error("%d problems in the content", len(report.problems))


def add_generator(pelican: Pelican) -> type | None:
    return None if SETTING in pelican.settings else PortalGenerator


def register() -> None:
    signals.get_generators.connect(add_generator)
