"""Writes the entries of content kinds: in each site its own, and the lists of all sites."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.feeds import Feed, FeedItem
from plugins.portal import addresses
from plugins.portal.files import replace_text
from plugins.portal.kinds import AnyKind
from plugins.portal.manifest import Card
from plugins.portal.site_names import PROVINCE, is_agency
from plugins.portal.site_run import site_run


class _Entries(Generator):  # type: ignore[misc]  # Pelican is not typed
    """What the pages of one site and those of all have in common."""

    def _write_list(self, writer: Writer, kind: AnyKind, site: str, cards: Sequence[Card]) -> None:
        url = kind.list_of(site)
        feed = kind.feed_of(site) if kind.has_feed else None
        if not kind.own_pages:
            writer.write_file(
                addresses.saved_as(url), self.get_template("entries"), self.context, url=url, kind=kind, cards=cards,
                feed_url=feed,
            )  # fmt: skip
        if feed is not None:
            self._write_feed(kind, site, cards)

    def _write_feed(self, kind: AnyKind, site: str, cards: Sequence[Card]) -> None:
        """The newest entries as Atom and as JSON Feed."""
        run, moment = site_run(self.settings), kind.feed_moment
        if moment is None or not cards:
            return
        root, province = run.shared.province.url.rstrip("/"), run.shared.province.name
        newest = sorted(cards, key=lambda card: (moment(card), card.url), reverse=True)
        language = self.settings["DEFAULT_LANG"]
        feed = Feed(
            f"{kind.many.say(language)} – {self.settings['SITENAME']}",
            f"{root}/{kind.list_of(site)}",
            language,
            tuple(
                FeedItem(
                    f"{root}/{card.url}", kind.called_in_feeds(card, language), card.summary, moment(card),
                    card.modified or moment(card), card.agency_name or province,
                )
                for card in newest[: self.settings["FEED_MAX_ITEMS"]]
            ),
        )  # fmt: skip
        self._write(kind.feed_of(site), feed.atom())
        self._write(kind.json_feed_of(site), feed.json())

    def _write(self, address: str, written: str) -> None:
        path = Path(self.output_path, address)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, written)


class SiteEntriesGenerator(_Entries):
    """One site's own entries, and its list of each kind; the province's list is that of all sites."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        text_html = self.env.globals["text_html"]
        template = self.get_template("entry")
        for kind in run.kinds:
            if kind.written_by_itself:
                continue
            own = run.site.listed(kind, run.shared)
            for entry, card in () if kind.own_pages else own:
                files = [run.site.file_link(file) for _, file in kind.files(entry.record) if file in run.site.media]
                html = text_html(entry.source.inside) if entry.body else ""
                writer.write_file(
                    addresses.saved_as(card.url), template, self.context, url=card.url, kind=kind, entry=entry,
                    card=card, html=html, files=files,
                )  # fmt: skip
            if own and is_agency(run.site.slug) and kind.has_list:
                self._write_list(writer, kind, run.site.slug, [card for _, card in own])


class LinkedEntriesGenerator(_Entries):
    """The lists of all sites."""

    def generate_output(self, writer: Writer) -> None:
        run = site_run(self.settings)
        for kind in run.kinds.listed_in(run.linked.all_manifests):
            if kind.has_list:
                self._write_list(writer, kind, PROVINCE, run.linked.cards(kind))
