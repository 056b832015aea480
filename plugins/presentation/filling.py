"""Completes the pages that sites left open, when all sites are known: their placeholders, of whatever kind."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from markupsafe import escape
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.liveness import sign_of_life
from plugins.portal.placeholders import filled
from plugins.portal.site_run import site_run
from plugins.portal.value_digest import value_digest


class FillingGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Fills what kinds of content have fillers for, and the names of agencies.

    A page that says what it said before is the same file again.
    """

    def generate_context(self) -> None:
        run = site_run(self.settings)
        names = {card.slug: card.name for card in run.linked.agencies}
        run.fillers["agency"] = lambda slug: escape(names.get(slug, slug))
        run.fillers["agency-link"] = self.settings["JINJA_GLOBALS"]["agency_link"]

    def generate_output(self, _: Writer) -> None:
        run = site_run(self.settings)
        for manifest in run.linked.all_manifests:
            for address in manifest.open_pages:
                file = addresses.saved_as(address)
                source = run.linked.versions[manifest.slug].open / file
                run.pending[file] = partial(self._fill, file, source)

    def _fill(self, file: str, source: Path) -> None:
        sign_of_life()
        run = site_run(self.settings)
        page = filled(source.read_text(encoding="utf-8"), run.fillers)
        if not run.earlier.take_over(file, value_digest(page)):
            path = Path(self.output_path, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8", newline="")
