"""A procedure as its page sees it: every answer ready, nothing left to work out in a template."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import segno
from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.agency import Counter
from plugins.portal.manifest import ProcedureCard
from plugins.portal.procedure import Form, LegalBasis, Paper, PaperCase, Procedure
from plugins.portal.province import LegalStatus
from plugins.portal.sites import Shared, Site
from plugins.procedures.changes import Change
from plugins.procedures.places import in_many_places, name_hole, places_hole
from plugins.procedures.structured_data import government_service

QR_MASK = 2
"""Fixed: trying all eight masks takes four times as long, and any of them can be read."""


@dataclass(frozen=True)
class FormView:
    """A form to fill in; without an address where only its name is known."""

    name: str
    url: str | None
    """Ready for a link: that of a file of this portal begins with a slash."""
    kind: str | None = None
    """Such as `DOCX`."""
    size: int | None = None
    """In bytes."""


@dataclass(frozen=True)
class PaperView:
    """A paper of the checklist."""

    key: str
    """The same for the same paper of the same case, whatever changes around it."""
    paper: Paper
    to_bring: bool
    """False where the entry only explains the others."""
    forms: tuple[FormView, ...]


@dataclass(frozen=True)
class PaperCaseView:
    """The papers of one case."""

    case: str | None
    papers: tuple[PaperView, ...]


@dataclass(frozen=True)
class LegalBasisView:
    """A document on which the procedure rests, with what became of it."""

    document: LegalBasis
    status: LegalStatus | None


@dataclass(frozen=True)
class ProcedureLink:
    """The way to another procedure."""

    url: str
    name: Markup


@dataclass(frozen=True)
class HistoryEntry:
    """What one change said otherwise."""

    moment: datetime
    mark: str
    """The beginning of the commit's name."""
    changes: tuple[Change, ...]
    past_url: str | None
    """The page as it stood before; None where that version cannot be read any more."""


@dataclass(frozen=True)
class PastVersion:
    """Marks a page as one that was replaced."""

    until: datetime
    mark: str
    current_url: str


@dataclass(frozen=True)
class ProcedureView:
    """A procedure as its page sees it. Addresses have no leading slash."""

    procedure: Procedure
    card: ProcedureCard
    url: str
    permalink_url: str
    api_url: str
    field_name: str
    field_url: str
    agency_slug: str
    agency_name: str
    version: str
    qr: Markup
    national_url: str | None
    counters: tuple[Counter, ...]
    places: Markup
    papers: tuple[PaperCaseView, ...]
    legal_basis: tuple[LegalBasisView, ...]
    related: tuple[ProcedureLink, ...]
    successor: ProcedureLink | None
    structured_data: Markup
    history: tuple[HistoryEntry, ...] = ()
    past: PastVersion | None = None

    @property
    def is_open(self) -> bool:
        """Whether only linking can complete the page."""
        return bool(self.places) or any("<!--" in link.name for link in self._links)

    @property
    def _links(self) -> tuple[ProcedureLink, ...]:
        return (*self.related, self.successor) if self.successor else self.related


@dataclass(frozen=True)
class PageMaker:
    """Makes the views of one site's procedures."""

    site: Site
    shared: Shared
    site_url: str
    """What stands before an address in a link: empty where links begin at the root."""
    names: Mapping[str, str]
    """Names of the site's own procedures, by code."""

    def view(self, card: ProcedureCard, procedure: Procedure, field_url: str) -> ProcedureView:
        """The page of a procedure as it is now."""
        root = self.shared.province.url.rstrip("/")
        permalink = addresses.permalink(card.code)
        national = self.shared.province.national_procedure_url
        many = in_many_places(card)
        view = ProcedureView(
            procedure=procedure,
            card=card,
            url=card.url,
            permalink_url=permalink,
            api_url=addresses.procedure_document(card.code),
            field_name=card.field_name,
            field_url=field_url,
            agency_slug=card.agency_slug,
            agency_name=card.agency_name or self.shared.province.name,
            version=card.version,
            qr=qr_code(f"{root}/{permalink}"),
            national_url=national.replace("{code}", card.code) if national else None,
            counters=() if many and not self._performs_itself(procedure) else self._counters,
            places=places_hole() if many else Markup(),
            papers=tuple(self._papers(procedure.papers)),
            legal_basis=tuple(self._legal_basis(procedure)),
            related=tuple(self._link(code) for code in procedure.related),
            successor=self._link(procedure.successor) if procedure.successor else None,
            structured_data=Markup(),
        )
        described = government_service(procedure, card, self.shared.province, self.site.agency)
        return replace(view, structured_data=_data_block(described))

    def past(self, view: ProcedureView, before: Procedure, url: str, past: PastVersion) -> ProcedureView:
        """The page as it stood before a change: nothing on it can be filed, ticked or found."""
        field_name = self.shared.fields.get(before.field, before.field)
        return replace(
            view,
            procedure=before,
            url=url,
            field_name=field_name,
            national_url=None,
            counters=(),
            places=Markup(),
            papers=tuple(self._papers(before.papers)),
            legal_basis=tuple(self._legal_basis(before)),
            related=tuple(self._link(code, by_code=True) for code in before.related),
            successor=self._link(before.successor, by_code=True) if before.successor else None,
            structured_data=Markup(),
            qr=Markup(),
            history=(),
            past=past,
        )

    @property
    def _counters(self) -> tuple[Counter, ...]:
        return self.site.agency.counters if self.site.agency else self.shared.province.counters

    def _performs_itself(self, procedure: Procedure) -> bool:
        """Whether the owner too receives dossiers of a procedure that many perform."""
        return bool(self.site.slug) or "province" in procedure.performed_by

    def _papers(self, cases: Iterable[PaperCase]) -> Iterable[PaperCaseView]:
        for case in cases:
            papers = []
            seen: dict[str, int] = {}
            for paper in case.papers:
                # Two papers of one name are told apart by their order, no matter what stands between them.
                seen[paper.name] = seen.get(paper.name, 0) + 1
                said = json.dumps([case.case, paper.name, seen[paper.name]], ensure_ascii=False)
                papers.append(
                    PaperView(
                        key=hashlib.blake2b(said.encode(), digest_size=4).hexdigest(),
                        paper=paper,
                        to_bring=bool(paper.originals or paper.copies or paper.show_only),
                        forms=tuple(self._form(form) for form in paper.forms),
                    )
                )
            yield PaperCaseView(case.case, tuple(papers))

    def _form(self, form: Form) -> FormView:
        if form.file is not None and form.file in self.site.media:
            link = self.site.file_link(form.file)
            return FormView(form.name, f"{self.site_url}/{link.url}", link.kind, link.size)
        return FormView(form.name, form.url)

    def _legal_basis(self, procedure: Procedure) -> Iterable[LegalBasisView]:
        for document in procedure.legal_basis:
            status = self.shared.legal_status.get((document.number or "").casefold())
            yield LegalBasisView(document, status)

    def _link(self, code: str, *, by_code: bool = False) -> ProcedureLink:
        own = Markup.escape(self.names.get(code, code)) if by_code or code in self.names else name_hole(code)
        return ProcedureLink(addresses.permalink(code), own)


def qr_code(address: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M) of an address, as an inline drawing without a size."""
    drawn = segno.make_qr(address, error="m", mask=QR_MASK, boost_error=False)
    return Markup(drawn.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))  # noqa: S704  # digits


def _data_block(described: Mapping[str, object]) -> Markup:
    """Data for search engines; no browser runs it, and nothing in it can end it."""
    written = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    safe = written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704  # made harmless above
