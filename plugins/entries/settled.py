"""Writes the pages at addresses of a site that show nothing any more: they lead on, or say what became of a record."""

from __future__ import annotations

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.site_run import site_run


class SettledAddressesGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """A page for each alias, and one for each record that is shown no more."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        template = self.get_template("moved")
        for address, entry in run.site.aliases.items():
            title = (
                run.kinds.named(entry.kind)
                .card_of(entry, run.site.slug, run.site.name, run.shared, run.site.pictures)
                .title
            )
            writer.write_page(addresses.saved_as(address), template, heading=title, target_url=entry.address)
        template = self.get_template("withdrawn")
        for entry in run.site.ended.values():
            kind = run.kinds.named(entry.kind)
            card = kind.card_of(entry, run.site.slug, run.site.name, run.shared, run.site.pictures)
            writer.write_file(
                addresses.saved_as(entry.address), template, self.context, url=entry.address, card=card, kind=kind,
                withdrawal=entry.withdrawn, list_url=kind.list_of(run.site.slug),
            )  # fmt: skip
