"""Writes what is about the documents of all sites: lists, addresses that stay, and what their pages left open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial

from markupsafe import Markup, escape
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.documents.cards import DocumentCard
from plugins.documents.feeds import feeds
from plugins.documents.kinds import DOCUMENT
from plugins.documents.lists import DocumentLists
from plugins.documents.pages import Connections, Standing
from plugins.documents.permanent import Move, moves, permanent_address
from plugins.documents.structured_data import legislation
from plugins.documents.validity import Register
from plugins.portal import addresses
from plugins.portal.manifest import CodedCard
from plugins.portal.placeholders import LED_TO, NAME_OF_LED_TO
from plugins.portal.site_run import site_run
from plugins.portal.value_digest import value_digest


class LinkedDocumentsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The lists of all sites and of each, and addresses that stay."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        register = Register(run.linked.everywhere(DOCUMENT))
        if not register.cards:
            return
        lists = DocumentLists(register, run.shared.province.name, self.settings["DEFAULT_LANG"])
        template, site_of = self.get_template("documents"), self.settings["JINJA_GLOBALS"]["site_of"]
        sites = {manifest.slug: manifest for manifest in run.linked.all_manifests}
        row = self.get_template("documents/row")
        rows: dict[tuple[str, bool], Markup] = {}
        for page in lists.pages():
            manifest, of_all = sites[page.site], not page.site
            for listed in page.rows:  # a document stands in some six lists: its row is made once
                if (listed.url, of_all) not in rows:
                    written = row.render({**self.context, "row": listed, "of_all": of_all})
                    rows[listed.url, of_all] = Markup(written)  # noqa: S704  # a template's own output
            writer.write_page(
                addresses.saved_as(page.url),
                template,
                site=site_of(manifest),
                agency=manifest.agency,
                list=replace(page, rows=()),  # what the page shows of them is in its rows
                rows=[rows[listed.url, of_all] for listed in page.rows],
                all_url=DOCUMENT.list_of(page.site),
            )
        for address, make, made_of in lists.filter_files():
            writer.write_text(address, make, address, made_of)
        for feed in feeds(lists, run.shared.province, self.settings["DEFAULT_LANG"], self.settings["FEED_MAX_ITEMS"]):
            address = feed.home.removeprefix(f"{run.shared.province.url.rstrip('/')}/")
            writer.write_text(f"{address}{addresses.ATOM_FEED}", feed.atom, feed)
            writer.write_text(f"{address}{addresses.JSON_FEED}", feed.json, feed)
        self._write_moves(writer, register)

    def _write_moves(self, writer: Writer, register: Register) -> None:
        """Two addresses for most documents, and of tens of thousands: one page is rendered, and filled for each."""
        template = self.get_template("moved")
        target, name = Markup(LED_TO), Markup(NAME_OF_LED_TO)  # noqa: S704  # ours
        page = template.render({**self.context, "heading": name, "target_url": target})
        digest = value_digest(page)
        for move in moves(register.cards):
            file = addresses.saved_as(move.address)
            writer.write_text(file, partial(_filled, page, move), digest, move.heading, move.target)


def _filled(page: str, move: Move) -> str:
    return page.replace(LED_TO, escape(move.target)).replace(NAME_OF_LED_TO, escape(move.heading))


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
