"""Writes what is about all procedures: the catalogue's lists, agencies' catalogues, permalinks, and the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.feeds import Feed, FeedItem
from plugins.portal import addresses
from plugins.portal.answers import AnswerFrame, answer_text
from plugins.portal.files import link_or_copy
from plugins.portal.paging import paged
from plugins.portal.procedure import Procedure
from plugins.portal.site_run import Neighbours, site_run
from plugins.procedures import api, life_events, permalinks
from plugins.procedures.agency_catalogue import agency_rows
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.catalogue import LETTER, Catalogue, in_order
from plugins.procedures.facets import LEVEL
from plugins.procedures.filtering import FACETS_FILE, facets_text
from plugins.procedures.kinds import PROCEDURE, procedures_of
from plugins.procedures.labels import LABELS
from plugins.procedures.life_events import grouped, life_event_views
from plugins.procedures.permalinks import Permalinks
from plugins.rendered_rows import RenderedRows

FIELD_NAMES = LABELS[Procedure]
ROWS = "procedure-rows.json"
"""Where a version remembers the rows of its lists."""


class _OverAll(Generator):  # type: ignore[misc]  # Pelican is not typed
    """What pages about all procedures have in common."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        neighbours = run.linked
        self.catalogue = Catalogue(
            neighbours.everywhere(PROCEDURE), run.shared.province.name, self.settings["DEFAULT_LANG"]
        )
        by_code = {card.code: card for card in neighbours.everywhere(PROCEDURE)}
        self.life_events = life_event_views(neighbours.own.life_events, by_code)
        self.context["counts"] = self.catalogue.counts
        self.context["most_used"] = [by_code[code] for code in run.shared.province.most_used if code in by_code]
        self.context["life_events"] = self.life_events
        self.context["first_life_events"] = self.life_events[: life_events.FIRST]


class PortalGenerator(_OverAll):
    """Tells the other pages about all sites what there is in the catalogue; writes nothing."""

    def generate_context(self) -> None:
        super().generate_context()
        everything = site_run(self.settings).linked.everywhere(PROCEDURE)
        self.context["reviews"] = _by_review_day(everything)
        self.context["incomplete"] = [
            (card, tuple(FIELD_NAMES[name].say(self.settings["DEFAULT_LANG"]) for name in card.unsaid))
            for card in in_order(card for card in everything if card.unsaid and card.status == "in_force")
        ]


def _by_review_day(cards: Iterable[ProcedureCard]) -> list[ProcedureCard]:
    """The procedures that somebody is to check again, in order of the day."""
    dated = [(card.review_by, card) for card in cards if card.review_by is not None]
    return [card for _, card in sorted(dated, key=lambda entry: (entry[0], entry[1].code))]


class CatalogueGenerator(_OverAll):
    """The province's catalogue of all agencies' procedures."""

    def generate_context(self) -> None:
        super().generate_context()
        self.context["letters"] = self.catalogue.letters
        has_feed = any(home == f"{self._root}/{addresses.PROCEDURES}" for home, _, _ in self._changed)
        self.context["feed_url"] = f"{addresses.PROCEDURES}{addresses.ATOM_FEED}" if has_feed else None

    def generate_output(self, writer: Writer) -> None:
        neighbours = site_run(self.settings).linked
        self._write_lists(writer)
        self._write_folders(writer)
        self._write_life_events(writer)
        self._write_agency_catalogues(writer, neighbours)
        self._write_permalinks(writer, neighbours)
        self._write_api(writer, neighbours)
        self._write_feeds(writer)

    def _write_lists(self, writer: Writer) -> None:
        template = self.get_template("catalogue_list")
        labels = [(facet.slug, facet.label.say(self.catalogue.language)) for facet in self.catalogue.known_facets]
        row, site_url = self.get_template("catalogue_row"), self.settings["SITEURL"]

        def rendered(card: ProcedureCard) -> str:
            # All else that a template could be told takes longer to hand over than this to render.
            return str(row.render({"SITEURL": site_url, "card": card}))

        rows = RenderedRows(site_run(self.settings).earlier, ROWS, rendered)
        with_feed = {home.removeprefix(f"{self._root}/") for home, _, _ in self._changed}
        for listing in self.catalogue.listings():
            for address, pager, part in paged(listing.cards, listing.url):
                writer.write_page(
                    addresses.saved_as(address),
                    template,
                    listing=replace(listing, cards=()),  # what the page shows of them is in its rows
                    rows=[rows.of(card.code, card) for card in part],
                    pager=pager,
                    feed_url=f"{listing.url}{addresses.ATOM_FEED}" if listing.url in with_feed else None,
                    facets_url=FACETS_FILE,
                    facet_labels=labels,
                )
        rows.write_down()
        _write(writer, FACETS_FILE, facets_text(self.catalogue))

    def _write_life_events(self, writer: Writer) -> None:
        url = addresses.LIFE_EVENTS
        template = self.get_template("life_events")
        groups = grouped(self.life_events, self.catalogue.language)
        writer.write_file(addresses.saved_as(url), template, self.context, url=url, life_event_groups=groups)
        template = self.get_template("life_event")
        for view in self.life_events:
            writer.write_file(addresses.saved_as(view.url), template, self.context, url=view.url, life_event=view)

    def _write_agency_catalogues(self, writer: Writer, neighbours: Neighbours) -> None:
        """Each agency's own catalogue: what it owns and what it performs for others."""
        template = self.get_template("agency_catalogue")
        site_of = self.settings["JINJA_GLOBALS"]["site_of"]
        for manifest in neighbours.manifests:
            site = site_of(manifest)
            rows = agency_rows(manifest, self.catalogue.cards)
            own = [row.card for row in rows if not row.performed]
            for address, pager, part in paged(rows, addresses.catalogue_of(manifest.slug)):
                writer.write_page(
                    addresses.saved_as(address),
                    template,
                    site=site,
                    agency=manifest.agency,
                    rows=part,
                    pager=pager,
                    own_total=len(own),
                    received_total=sum(row.performed and not row.at_communes for row in rows),
                    commune_total=sum(row.at_communes for row in rows),
                    counters=manifest.agency.receiving if manifest.agency else (),
                )

    def _write_folders(self, writer: Writer) -> None:
        """Pages at addresses that people come to by cutting off the end of another, or by guessing."""
        language = self.settings["DEFAULT_LANG"]
        folders = []
        labels = [*(facet.label.say(language) for facet in self.catalogue.facets), LETTER.say(language)]
        counts = self.catalogue.counts
        # The catalogue has no part of levels and modes where nothing is known of them.
        unknown = () if counts.levels_known or counts.modes_known else (LEVEL, "hinh-thuc")
        for url, label in zip(addresses.LIST_FOLDERS, labels, strict=True):
            part = addresses.last_part(url)
            fragment = "" if part in unknown else f"#theo-{part}"
            folders.append((url, label, f"{addresses.PROCEDURES}{fragment}"))
        template = self.get_template("moved")
        for url, heading, target in folders:
            file = addresses.saved_as(url)
            writer.write_page(file, template, heading=heading, target_url=target)

    def _write_permalinks(self, writer: Writer, neighbours: Neighbours) -> None:
        template = self.get_template("moved")
        permanent = Permalinks(
            neighbours.everywhere(PROCEDURE),
            neighbours.promised,
            neighbours.removed,
            taken={address for manifest in neighbours.all_manifests for address in manifest.addresses},
        )
        for move in permanent.moves:
            writer.write_page(addresses.saved_as(move.address), template, heading=move.name, target_url=move.target)
        _write(writer, permalinks.MAP, permalinks.map_text(permanent.moves))
        template = self.get_template("gone")
        frame = AnswerFrame.of(site_run(self.settings).shared.province, self.settings["DEFAULT_LANG"])
        for removed in permanent.gone:
            url = addresses.permalink(removed.code)
            writer.write_file(addresses.saved_as(url), template, self.context, url=url, removed=removed)
            _write(writer, addresses.procedure_document(removed.code), api.removed_text(removed, frame))

    def _write_api(self, writer: Writer, neighbours: Neighbours) -> None:
        run = site_run(self.settings)
        frame = AnswerFrame.of(run.shared.province, self.settings["DEFAULT_LANG"])
        cards = neighbours.everywhere(PROCEDURE)
        index = api.rows(cards, frame.province, frame.root)
        lists = {count.slug: count.url for count in self.catalogue.counts.by_field}
        fields, of_fields = api.field_answers(cards, run.shared.fields, lists, frame)
        events, of_events = api.life_event_answers(neighbours.own.life_events, frame)
        rows = [row.model_dump(mode="json") for row in index]
        of_agencies: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row, written in zip(index, rows, strict=True):
            of_agencies[row.agency].append(written)
        texts = [
            *frame.list_texts(api.NAME, rows),
            *frame.list_texts(api.FIELDS, fields),
            *frame.list_texts(api.LIFE_EVENTS, events),
            *frame.list_texts(api.LEGAL_STATUS, api.legal_status_items(run.shared.legal_status.values())),
            *_documents(api.FIELDS, of_fields),
            *_documents(api.LIFE_EVENTS, of_events),
        ]
        for manifest in neighbours.manifests:
            if own := of_agencies[manifest.slug]:
                texts += frame.list_texts(api.NAME, own, manifest.slug)
        for address, text in texts:
            _write(writer, address, text)
        _write(writer, api.TABLE, api.table_text(index))
        _write(writer, api.CONTEXT, api.context_text(frame))
        for manifest in neighbours.all_manifests:
            for card in procedures_of(manifest):
                www = neighbours.versions[manifest.slug].www
                for code in card.codes:
                    target = Path(self.output_path, addresses.procedure_document(code))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    link_or_copy(www / addresses.record_of(card.url), target)

    def _write_feeds(self, writer: Writer) -> None:
        """What has changed lately, of all procedures and of each field, in both forms."""
        for home, title, items in self._changed:
            feed = Feed(title, home, self.settings["DEFAULT_LANG"], items)
            address = home.removeprefix(f"{self._root}/")
            writer.write_text(f"{address}{addresses.ATOM_FEED}", feed.atom, feed)
            writer.write_text(f"{address}{addresses.JSON_FEED}", feed.json, feed)

    @cached_property
    def _changed(self) -> list[tuple[str, str, tuple[FeedItem, ...]]]:
        """Each list of which something has changed as far as is known: its page, what it is called, the changes."""
        province = site_run(self.settings).shared.province.name
        language = self.settings["DEFAULT_LANG"]
        cards = [*self.catalogue.cards, *self.catalogue.abolished]
        changed = []
        lists = [(addresses.PROCEDURES, PROCEDURE.many.say(language), cards)]
        for count in self.catalogue.counts.by_field:
            lists.append((count.url, count.name, [card for card in cards if card.field == count.slug]))
        for url, name, own in lists:
            items = [
                FeedItem(
                    f"{self._root}/{card.url}", card.name, f"{card.code} · {card.field_name}", card.modified,
                    card.modified, card.agency_name or province,
                )
                for card in own
                if card.modified is not None
            ]  # fmt: skip
            newest = sorted(items, key=lambda item: (item.updated, item.url), reverse=True)
            if newest:
                most = self.settings["FEED_MAX_ITEMS"]
                changed.append((f"{self._root}/{url}", f"{name} – {province}", tuple(newest[:most])))
        return changed

    @property
    def _root(self) -> str:
        return site_run(self.settings).shared.province.url.rstrip("/")


def _write(writer: Writer, address: str, text: str) -> None:
    """Have a file written, or taken over where it says what it said."""
    writer.write_text(address, partial(str, text), text)


def _documents(name: str, documents: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each with its address."""
    return ((addresses.api_document(name, document["id"]), answer_text(document)) for document in documents)
