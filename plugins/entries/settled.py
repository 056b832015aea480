"""Writes the pages at addresses of a site that show nothing any more: they lead on, or say what became of a record."""

from __future__ import annotations

from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.languages import IN_WHOLE
from plugins.portal import addresses
from plugins.portal.entries import Entry
from plugins.portal.kinds import AnyKind
from plugins.portal.manifest import Card
from plugins.portal.site_run import site_run


class SettledAddressesGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """A page for each alias, and one for each record that is shown no more; each in the language of its record."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        template = self.get_template("moved")
        for address, entry in run.site.aliases.items():
            kind, card = self._card(entry)
            writer.write_page(
                addresses.saved_as(address), template, _language(kind, card), heading=card.title,
                target_url=entry.address,
            )  # fmt: skip
        template = self.get_template("withdrawn")
        for entry in run.site.ended.values():
            kind, card = self._card(entry)
            language = _language(kind, card)
            terms = kind.many.say(language or self.settings["DEFAULT_LANG"])
            writer.write_page(
                addresses.saved_as(entry.address), template, language, card=card, withdrawal=entry.withdrawn,
                list_url=kind.list_of(run.site.slug) if kind.has_list else "", list_name=terms,
            )  # fmt: skip

    def _card(self, entry: Entry[Any]) -> tuple[AnyKind, Card]:
        run = site_run(self.settings)
        kind = run.kinds.named(entry.kind)
        card: Card = kind.card_of(entry, run.site.slug, run.site.name, run.shared, run.site.pictures)
        return kind, card


def _language(kind: AnyKind, card: Card) -> str | None:
    """The language that a page is in altogether; None for the portal's own."""
    language = kind.language_of(card) if kind.language_of is not None else None
    return language if language in IN_WHOLE else None
