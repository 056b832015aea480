"""What documents do in Pelican's runs: pages of each site, lists of all, and what other kinds cite."""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.documents.linked_generators import DocumentFillers, LinkedDocumentsGenerator
from plugins.documents.pages import cited_document
from plugins.documents.site_generator import DocumentsGenerator
from plugins.portal.site_run import SETTING, site_run

GENERATORS = {"site": DocumentsGenerator, "catalogue": LinkedDocumentsGenerator, "filled": DocumentFillers}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes the pages of its documents; lists are made of what all sites tell of theirs."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def offer_citations(pelican: Pelican) -> None:
    """Templates of other kinds leave a place for a document that a record rests on as `cited_document`."""
    settings = pelican.settings
    if SETTING in settings and site_run(settings).kind == "site":
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {"cited_document": cited_document}


def connect() -> None:
    signals.initialized.connect(offer_citations)
    signals.get_generators.connect(add_generator)
