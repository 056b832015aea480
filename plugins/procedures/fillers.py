"""What fills the places that pages left open for procedures: where one is performed, and what others are called."""

from __future__ import annotations

from markupsafe import Markup, escape
from pelican.generators import Generator

from plugins.portal.site_run import site_run
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.kinds import PROCEDURE
from plugins.procedures.pages import procedure_link
from plugins.procedures.places import places


class ProcedureFillers(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Knows the procedures of all sites; writes nothing."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        self._cards: dict[str, ProcedureCard] = {card.code: card for card in run.linked.everywhere(PROCEDURE)}
        self._sections: dict[object, str] = {}
        run.fillers["procedure"] = self._link
        run.fillers["places"] = self._places

    def _link(self, code: str) -> Markup:
        """A procedure by its name, as a link; its code, which people can ask for, where the portal has none of it."""
        card = self._cards.get(code)
        return procedure_link(self.settings["SITEURL"], code, card.name) if card is not None else escape(code)

    def _places(self, code: str) -> str:
        """The section of a procedure's places; the same for all that the same agencies perform."""
        card = self._cards.get(code)
        if card is None:  # of a site that stays as it was, whose procedure is by now another's
            return ""
        levels = tuple(sorted(card.performed_by))
        key = (card.agency_slug, levels, card.performing_agencies)
        if key not in self._sections:
            counters = places(card, site_run(self.settings).linked.manifests)
            template = self.get_template("places")
            self._sections[key] = template.render({**self.context, "places": counters, "levels": levels})
        return self._sections[key]
