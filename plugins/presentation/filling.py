"""Completes the pages that sites left open, when all sites are known: their placeholders, of whatever kind."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from markupsafe import escape
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.liveness import sign_of_life
from plugins.portal.placeholders import fill, filled_in, placeholders
from plugins.portal.site_run import site_run
from plugins.portal.value_digest import value_digest

_BETWEEN = "|"
"""In keys of pages: the digest of what its site left, that of all that its placeholders say, and each of these."""


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
            for address, digest in manifest.open_pages.items():
                file = addresses.saved_as(address)
                source = run.linked.versions[manifest.slug].open / file
                run.pending[file] = partial(self._fill, file, source, digest)

    def _fill(self, file: str, source: Path, digest: str) -> None:
        sign_of_life()
        run = site_run(self.settings)
        earlier, page = run.earlier, ""
        made_of, _, rest = earlier.key_before(file).partition(_BETWEEN)
        if made_of == digest:  # what it leaves open is known, and need not be looked for
            left_open = tuple(rest.split(_BETWEEN)[1:])
        else:
            page = source.read_text(encoding="utf-8")
            left_open = tuple(placeholders(page))
        fillings = {placeholder: fill(placeholder, run.fillers) for placeholder in left_open}
        filled_with = value_digest(list(fillings.values()))
        if earlier.take_over(file, _BETWEEN.join((digest, filled_with, *left_open))):
            return
        path = Path(self.output_path, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        page = page or source.read_text(encoding="utf-8")
        path.write_text(filled_in(page, fillings), encoding="utf-8", newline="")
