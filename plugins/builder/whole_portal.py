"""Plain `pelican` in the project's root: what `portal build` does, told as Pelican tells things."""

from __future__ import annotations

import logging

from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer

from plugins.builder.building import build_portal
from plugins.builder.display import BuildDisplay

logger = logging.getLogger(__name__)


class PortalGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Builds the whole portal, and reports problems as Pelican does."""

    def generate_output(self, writer: Writer) -> None:
        display = BuildDisplay(console, self.settings["DEFAULT_LANG"])
        with display.progress() as listener:
            report = build_portal(self.settings, listener=listener)
        display.report(report)
        if report.problems:
            # An error to Pelican, so that `pelican --fatal errors` fails.
            logger.error("%d problems in the content", len(report.problems))
