"""Writes the pages of one site's documents."""

from __future__ import annotations

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.documents.kinds import DOCUMENT
from plugins.documents.pages import document_view
from plugins.portal import addresses
from plugins.portal.site_run import site_run


class DocumentsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """A page for each document: what other sites have to do with it is left open."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        own = run.site.listed(DOCUMENT, run.shared)
        if not own:
            return
        template, text_html = self.get_template("document"), self.env.globals["text_html"]
        for entry, card in own:
            html = text_html(entry.source.inside) if entry.body else ""
            view = document_view(
                run.site, card, entry.record, html, public=entry.public, language=self.settings["DEFAULT_LANG"]
            )
            writer.write_file(addresses.saved_as(card.url), template, self.context, url=card.url, view=view)
