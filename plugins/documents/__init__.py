"""Published documents (văn bản), a kind of content: their numbers, what became of them, their pages and lists.

Other kinds of content do not belong here: what rests on a document is known by references to its number.

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

from pelican import Pelican, signals

from plugins.documents.kinds import KINDS
from plugins.documents.linked_addresses import linked_addresses
from plugins.documents.linked_generators import DocumentFillers, LinkedDocumentsGenerator
from plugins.documents.pages import cited_document
from plugins.documents.site_generator import DocumentsGenerator
from plugins.portal.site_run import SETTING, site_run

__all__ = ["GENERATORS", "KINDS", "add_generator", "linked_addresses", "register"]

GENERATORS = {"site": DocumentsGenerator, "catalogue": LinkedDocumentsGenerator, "filled": DocumentFillers}


def add_generator(pelican: Pelican) -> type | None:
    """Every site writes the pages of its documents; lists are made of what all sites tell of theirs."""
    return GENERATORS.get(site_run(pelican.settings).kind) if SETTING in pelican.settings else None


def offer_citations(pelican: Pelican) -> None:
    """Templates of other kinds leave a place for a document that a record rests on as `cited_document`."""
    settings = pelican.settings
    if SETTING in settings and site_run(settings).kind == "site":
        settings["JINJA_GLOBALS"] = settings["JINJA_GLOBALS"] | {"cited_document": cited_document}


def register() -> None:
    signals.initialized.connect(offer_citations)
    signals.get_generators.connect(add_generator)
