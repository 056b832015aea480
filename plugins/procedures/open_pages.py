"""Completes the pages that sites left open: where a procedure is performed, and names that only linking knows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from markupsafe import escape
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.placeholders import Filler, filled
from plugins.portal.site_run import Neighbours, site_run
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.kinds import PROCEDURE
from plugins.procedures.pages import procedure_link
from plugins.procedures.places import places


class OpenPagesGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Fills the placeholders of all sites' pages; a page that says what it said before is the same file again."""

    def generate_output(self, _: Writer) -> None:
        run = site_run(self.settings)
        neighbours = run.linked
        cards = {card.url: card for card in neighbours.everywhere(PROCEDURE)}
        fillers = self._names(neighbours) | run.fillers
        sections: dict[object, str] = {}
        for manifest in neighbours.all_manifests:
            for address in manifest.open_pages:
                file = addresses.saved_as(address)
                section: dict[str, Filler] = {}
                if address in cards:
                    section["places"] = partial(self._places_section, cards[address], sections)
                source = neighbours.versions[manifest.slug].open / file
                page = filled(source.read_text(encoding="utf-8"), fillers | section).encode()
                if not run.earlier.take_over(file, hashlib.blake2b(page, digest_size=16).hexdigest()):
                    path = Path(self.output_path, file)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(page)

    def _names(self, neighbours: Neighbours) -> dict[str, Filler]:
        procedures = {card.code: card.name for card in neighbours.everywhere(PROCEDURE)}
        agencies = {card.slug: card.name for card in neighbours.agencies}
        return {
            "procedure": partial(self._procedure_link, procedures),
            "agency": lambda slug: escape(agencies.get(slug, slug)),
            "agency-link": self.settings["JINJA_GLOBALS"]["agency_link"],
        }

    def _procedure_link(self, names: Mapping[str, str], code: str) -> str:
        """A procedure by its name, as a link; its code, which people can ask for, where the portal has none of it."""
        return procedure_link(self.settings["SITEURL"], code, names[code]) if code in names else escape(code)

    def _places_section(self, card: ProcedureCard, sections: dict[object, str], _: str) -> str:
        """The section of a procedure's places; the same for all that the same agencies perform."""
        levels = tuple(sorted(card.performed_by))
        key = (card.agency_slug, levels, card.performing_agencies)
        if key not in sections:
            counters = places(card, site_run(self.settings).linked.manifests)
            template = self.get_template("places")
            sections[key] = template.render({**self.context, "places": counters, "levels": levels})
        return sections[key]
