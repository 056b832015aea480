"""Writes what is about the documents of all sites: lists, and what their pages left open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from markupsafe import Markup
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.documents.cards import DocumentCard
from plugins.documents.feeds import feeds
from plugins.documents.kinds import DOCUMENT
from plugins.documents.lists import DocumentLists, Row
from plugins.documents.pages import Connections, Standing
from plugins.documents.permanent import permanent_address
from plugins.documents.structured_data import legislation
from plugins.documents.validity import Register
from plugins.portal import addresses
from plugins.portal.manifest import CodedCard
from plugins.portal.site_run import site_run
from plugins.rendered_rows import RenderedRows

ROWS = "document-rows.json"
"""Where a version remembers the rows of its lists."""


class LinkedDocumentsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The lists of all sites and of each."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        register = Register(run.linked.everywhere(DOCUMENT))
        if not register.cards:
            return
        lists = DocumentLists(register, run.shared.province.name, self.settings["DEFAULT_LANG"])
        template, site_of = self.get_template("documents"), self.settings["JINJA_GLOBALS"]["site_of"]
        sites = {manifest.slug: manifest for manifest in run.linked.all_manifests}
        views = {slug: site_of(manifest) for slug, manifest in sites.items()}
        row = self.get_template("documents/row")
        site_url = self.settings["SITEURL"]

        def rendered(listed: Row, of_all: bool) -> str:
            # As lists of all sites show it, or those of its own.
            return str(row.render({"SITEURL": site_url, "row": listed, "of_all": of_all}))

        rows = RenderedRows(run.earlier, ROWS, rendered)
        for page in lists.pages():
            manifest, of_all = sites[page.site], not page.site
            writer.write_page(
                addresses.saved_as(page.url),
                template,
                site=views[page.site],
                agency=manifest.agency,
                list=replace(page, rows=()),  # what the page shows of them is in its rows
                rows=[rows.of((listed.url, of_all), listed, of_all) for listed in page.rows],
                all_url=DOCUMENT.list_of(page.site),
            )
        for address, make, made_of in lists.filter_files():
            writer.write_text(address, make, address, made_of)
        for feed in feeds(lists, run.shared.province, self.settings["DEFAULT_LANG"], self.settings["FEED_MAX_ITEMS"]):
            address = feed.home.removeprefix(f"{run.shared.province.url.rstrip('/')}/")
            writer.write_text(f"{address}{addresses.ATOM_FEED}", feed.atom, feed)
            writer.write_text(f"{address}{addresses.JSON_FEED}", feed.json, feed)
        rows.write_down()


class DocumentFillers(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Knows what fills the places that pages left open for documents."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        self.register = Register(run.linked.everywhere(DOCUMENT))
        self._by_placeholder = {card.placeholder_key: card for card in self.register.cards}
        self._by_slug: dict[str, list[DocumentCard]] = defaultdict(list)
        for card in self.register.cards:
            self._by_slug[card.slug].append(card)
        self._resting: dict[str, list[CodedCard]] = defaultdict(list)
        for manifest in run.linked.all_manifests:
            for _, record in run.kinds.coded_cards(manifest):
                for number in dict.fromkeys(record.cites):
                    document = self.register.of_number(number)
                    if document is not None:
                        self._resting[document.url].append(record)
        run.fillers["document-standing"] = self._standing
        run.fillers["document-connections"] = self._connections
        run.fillers["document-citation"] = self._citation

    def _standing(self, key: str) -> str:
        """Whether the document applies, and its data for programs."""
        card = self._by_placeholder.get(key)
        if card is None:
            return ""
        root = site_run(self.settings).shared.province.url.rstrip("/")
        language = self.settings["DEFAULT_LANG"]
        data = legislation(card, self.register, root, permanent_address(card), language)
        return self._part("standing", card, standing=Standing.of(card, self.register)) + data

    def _connections(self, key: str) -> str:
        card = self._by_placeholder.get(key)
        if card is None:
            return ""
        connections, resting = Connections.of(card, self.register), self._resting.get(card.url, ())
        if not connections.steps and not resting:  # as most, and a template takes a while to say nothing
            return ""
        return self._part("connections", card, connections=connections, resting=resting)

    def _citation(self, key: str) -> str:
        """What became of the one document that a number and a year may mean; nothing where there are several."""
        slug, _, year = key.partition(".")
        cards = [card for card in self._by_slug.get(slug, ()) if not year or str(card.year) == year]
        if len(cards) != 1:
            return ""
        return self._part("citation", cards[0], standing=Standing.of(cards[0], self.register))

    def _part(self, name: str, card: DocumentCard, **values: object) -> Markup:
        template = self.get_template(f"documents/{name}")
        # All else that a template could be told takes longer to hand over than this to render.
        told = {"SITEURL": self.settings["SITEURL"], "card": card, **values}
        return Markup(template.render(told))  # noqa: S704  # a template's output
