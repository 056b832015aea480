"""Writes the pages of procedures: each on its owner's site, and on the province's the catalogue and the permalinks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.portal import addresses
from plugins.portal.cards import procedure_card
from plugins.portal.manifest import ProcedureCard
from plugins.portal.procedure import Procedure
from plugins.portal.site_run import site_run
from plugins.procedures.catalogue import agency_url, count, field_url, in_order, paged

API_INDEX = "api/v1/procedures.json"
ALL = f"{addresses.PROCEDURES}tat-ca/"


@dataclass(frozen=True)
class ProcedureView:
    """A procedure as its page sees it."""

    procedure: Procedure
    url: str
    permalink_url: str
    field_name: str
    agency_slug: str
    agency_name: str
    card: ProcedureCard

    def file_url(self, inside: str) -> str:
        """The address of a form that lies in the owner's media folder."""
        return addresses.media(self.agency_slug, inside)


class ProceduresGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The procedures that this site owns."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        views = []
        for source in run.site.procedures:
            card = procedure_card(run.site, run.shared, source)
            permalink = addresses.permalink(card.code)
            owner = run.site.agency.name if run.site.agency else run.shared.province.name
            views.append(
                ProcedureView(source.record, card.url, permalink, card.field_name, card.agency_slug, owner, card)
            )
        ordered = {card.code: position for position, card in enumerate(in_order(view.card for view in views))}
        self.context["procedures"] = sorted(views, key=lambda view: ordered[view.procedure.code])
        self.context["counts"] = count([view.card for view in views], run.shared.province.name)

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("procedure")
        for view in self.context["procedures"]:
            writer.write_file(addresses.saved_as(view.url), template, self.context, url=view.url, view=view)


class CatalogueGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """The province's catalogue of all agencies' procedures."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        self.neighbours = run.linked
        self.own = in_order(self.neighbours.own.procedures)
        self.cards = in_order(self.neighbours.procedures)
        by_code = {card.code: card for card in self.cards}
        self.context["counts"] = count(self.cards, run.shared.province.name)
        self.context["most_used"] = [by_code[code] for code in run.shared.province.most_used if code in by_code]
        self.context["catalogue"] = self.cards

    def generate_output(self, writer: Writer) -> None:
        self._write_lists(writer)
        self._write_permalinks(writer)
        self._write_index()

    def _write_lists(self, writer: Writer) -> None:
        province = site_run(self.settings).shared.province
        counts = self.context["counts"]
        lists: list[tuple[str, str | None, list[ProcedureCard]]] = [
            (ALL, None, self.cards),  # the template names it
            (agency_url(""), province.name, self.own),
        ]
        for field in counts.by_field:
            lists.append((field_url(field.slug), field.name, [c for c in self.cards if c.field == field.slug]))
        template = self.get_template("catalogue_list")
        for url, heading, cards in lists:
            for address, pager, part in paged(cards, url):
                writer.write_file(
                    addresses.saved_as(address),
                    template,
                    self.context,
                    url=address,
                    heading=heading,
                    procedures=part,
                    pager=pager,
                )

    def _write_permalinks(self, writer: Writer) -> None:
        """The address of every code of every agency leads to where its page is now."""
        template = self.get_template("moved")
        moves = [(card.code, card.name, card.url) for card in self.cards if card.agency_slug]
        # Where a code's owner cannot show it, its permalink leads to the owner, where a notice says so.
        moves += [(code, code, addresses.site_home(slug)) for code, slug in self.neighbours.promised.items()]
        for code, name, target in moves:
            address = addresses.permalink(code)
            writer.write_file(
                addresses.saved_as(address), template, self.context, url=address, heading=name, target_url=target
            )

    def _write_index(self) -> None:
        """The index that the search page reads: `{"procedures": [{code, name, level, mode, agency, field, url}]}`."""
        rows: list[dict[str, Any]] = [
            {
                "code": card.code,
                "name": card.name,
                "level": card.online_level,
                "mode": card.online_mode,
                "agency": card.agency_slug,
                "agency_name": card.agency_name,
                "field": card.field,
                "field_name": card.field_name,
                "url": f"/{card.url}",
            }
            for card in sorted(self.cards, key=lambda card: card.code)
        ]
        path = Path(self.output_path) / API_INDEX
        path.parent.mkdir(parents=True, exist_ok=True)
        index = json.dumps({"procedures": rows}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_text(index + "\n", encoding="utf-8")
