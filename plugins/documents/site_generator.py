"""Writes the pages of one site's documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.documents.checking import CheckedFiles
from plugins.documents.evidence import Evidence
from plugins.documents.kinds import DOCUMENT
from plugins.documents.pages import document_view
from plugins.documents.panel import SignedFile, evidence_text
from plugins.documents.records import Document
from plugins.documents.remarks import remarks_on_files
from plugins.documents.vocabulary import title_of
from plugins.portal import addresses
from plugins.portal.answers import AnswerFrame
from plugins.portal.media import may_be_signed
from plugins.portal.site_run import SiteRun, site_run

FIRST = 3
"""Documents on the site's home."""


class DocumentsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """A page for each document: what other sites have to do with it is left open."""

    def generate_context(self) -> None:
        run, language = site_run(self.settings), self.settings["DEFAULT_LANG"]
        cards = sorted((card for _, card in run.site.listed(DOCUMENT, run.shared)), key=DOCUMENT.order)[:FIRST]
        self.context["first_documents"] = [(title_of(card.type, card.number, language), card) for card in cards]

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        own = run.site.listed(DOCUMENT, run.shared)
        if not own:
            return
        frame = AnswerFrame.of(run.shared.province, self.settings["DEFAULT_LANG"])
        template, text_html = self.get_template("document"), self.env.globals["text_html"]
        seen = _seen(run, [entry.record for entry, _ in own])
        for entry, card in own:
            html = text_html(entry.source.inside) if entry.body else ""
            signed = tuple(_signed(run, entry.record, seen))
            run.advice.extend(remarks_on_files(entry.record, entry.source, seen))
            view = document_view(
                run.site, card, entry.record, html, signed, public=entry.public, language=self.settings["DEFAULT_LANG"]
            )
            writer.write_file(addresses.saved_as(card.url), template, self.context, url=card.url, view=view)
            if signed:
                text = partial(evidence_text, card.url, signed, frame)
                writer.write_text(addresses.signatures_of(card.url), text, "signatures", card.url, signed, frame)


def _seen(run: SiteRun, documents: list[Document]) -> Mapping[str, Evidence]:
    """What was seen in the files of a site's documents, by file."""
    named = sorted({file.file for document in documents for file in document.files if may_be_signed(file.file)})
    files = [name for name in named if name in run.site.media]
    if not files:
        return {}
    checked = CheckedFiles(run.trust, run.cache, run.code)
    seen = checked.check([(run.site.media[name].path, run.fingerprints[name]) for name in files])
    return dict(zip(files, seen, strict=True))


def _signed(run: SiteRun, document: Document, seen: Mapping[str, Evidence]) -> Iterator[SignedFile]:
    for file in document.files:
        if file.file in seen:
            link = run.site.file_link(file.file)
            yield SignedFile.of(link.name, link.url, seen[file.file])
