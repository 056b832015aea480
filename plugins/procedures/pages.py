"""A procedure as its page sees it: every answer ready, nothing left to work out in a template."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import segno
from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.agency import Counter
from plugins.portal.data_blocks import data_block
from plugins.portal.identifiers import fold
from plugins.portal.placeholders import placeholder
from plugins.portal.procedure import (
    Channel,
    Fee,
    Form,
    LegalBasis,
    Paper,
    PaperCase,
    Procedure,
    StepCase,
    TimeLimit,
)  # fmt: skip
from plugins.portal.province import LegalStatus
from plugins.portal.shared import Shared
from plugins.portal.site_names import is_agency
from plugins.portal.sites import Site
from plugins.portal.vocabulary import CHANNELS, PERFORMING_LEVELS
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.changes import Change
from plugins.procedures.performers import in_many_places
from plugins.procedures.structured_data import government_service
from plugins.procedures.wording import fee_words, limit_words, says_when

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

    @property
    def to_bring(self) -> int:
        """How many papers there are to bring."""
        return sum(paper.to_bring for paper in self.papers)


@dataclass(frozen=True)
class StepCaseView:
    """The steps of one case."""

    case: str | None
    steps: tuple[str, ...]
    numbered: bool
    """Whether the page numbers them: many records do it themselves, `Bước 1: ...`."""

    @classmethod
    def of(cls, case: StepCase) -> StepCaseView:
        numbers_itself = case.steps[0].casefold().startswith("bước")
        return cls(case.case, case.steps, numbered=len(case.steps) > 1 and not numbers_itself)


@dataclass(frozen=True)
class AnswerView:
    """A time limit or a fee of one way to file."""

    words: str
    note: str | None = None
    """What is said besides; the words themselves are the note where there is no number."""
    url: str | None = None
    """Where the rate is laid down."""


@dataclass(frozen=True)
class ChannelView:
    """A way to file, with what it takes."""

    name: str
    note: str | None
    url: str | None
    time_limits: tuple[AnswerView, ...]
    fees: tuple[AnswerView, ...]

    @classmethod
    def of(cls, channel: Channel, language: str) -> ChannelView:
        def answer(entry: TimeLimit | Fee, words: str, url: str | None = None) -> AnswerView:
            return AnswerView(words, None if entry.amount is None else entry.note, url)

        return cls(
            name=CHANNELS[channel.kind].say(language),
            note=channel.note,
            url=channel.url,
            time_limits=tuple(answer(limit, limit_words(limit, language)) for limit in channel.time_limits),
            fees=tuple(answer(fee, fee_words(fee, language), fee.url) for fee in channel.fees),
        )


@dataclass(frozen=True)
class WaysView:
    """Ways to file that take and cost the same."""

    channels: tuple[ChannelView, ...]

    @property
    def time_limits(self) -> tuple[AnswerView, ...]:
        return self.channels[0].time_limits

    @property
    def fees(self) -> tuple[AnswerView, ...]:
        return self.channels[0].fees

    @classmethod
    def of(cls, channels: Iterable[ChannelView]) -> tuple[WaysView, ...]:
        """In the order of the first of each."""
        alike: dict[object, list[ChannelView]] = {}
        for channel in channels:
            alike.setdefault((channel.time_limits, channel.fees), []).append(channel)
        return tuple(cls(tuple(together)) for together in alike.values())


@dataclass(frozen=True)
class SummaryView:
    """The answers that people come for; those that hold for some ways to file only say for which."""

    levels: str
    """The levels at which it is performed, where nothing else beside says so: `Cấp huyện, cấp xã`."""
    papers: int
    """Kinds of paper to bring, of all cases."""
    times: tuple[str, ...]
    times_everywhere: bool
    """Whether there are several ways to file, of which each gives the same time limits."""
    times_depend: bool
    """Whether the channels tell in which case each time limit holds."""
    fees: tuple[str, ...]
    fees_everywhere: bool
    fees_depend: bool
    has_online_channel: bool
    """Whether the record has a way to file online."""
    online_url: str | None
    """Where to file online."""

    @classmethod
    def of(
        cls, procedure: Procedure, papers: Iterable[PaperCaseView], language: str, *, owned_by_agency: bool
    ) -> SummaryView:
        channels = procedure.channels
        online = [channel for channel in channels if channel.kind == "online"]
        return cls(
            levels=_levels_unsaid(procedure, language, owned_by_agency=owned_by_agency),
            papers=sum(case.to_bring for case in papers),
            times=_each_once(channels, _limits_in(language), language),
            times_everywhere=_alike_everywhere(channels, _limits_in(language)),
            times_depend=any(says_when(limit) for channel in channels for limit in channel.time_limits),
            fees=_each_once(channels, _fees_in(language), language),
            fees_everywhere=_alike_everywhere(channels, _fees_in(language)),
            fees_depend=any(says_when(fee) for channel in channels for fee in channel.fees),
            has_online_channel=bool(online),
            online_url=next((channel.url for channel in online if channel.url), None),
        )


def _limits_in(language: str) -> Callable[[Channel], Iterable[str]]:
    return lambda channel: (limit_words(limit, language) for limit in channel.time_limits)


def _fees_in(language: str) -> Callable[[Channel], Iterable[str]]:
    return lambda channel: (fee_words(fee, language) for fee in channel.fees)


def _alike_everywhere(channels: Sequence[Channel], words_of: Callable[[Channel], Iterable[str]]) -> bool:
    """Whether there are several ways to file, and all give the same answers."""
    return len(channels) > 1 and len({frozenset(words_of(channel)) for channel in channels}) == 1


def _each_once(
    channels: Iterable[Channel], words_of: Callable[[Channel], Iterable[str]], language: str
) -> tuple[str, ...]:
    """The answers of all channels; one that not all of them give is followed by those that do."""
    kinds: dict[str, list[str]] = {}
    for channel in (everyone := tuple(channels)):
        for words in dict.fromkeys(words_of(channel)):
            kinds.setdefault(words, []).append(CHANNELS[channel.kind].say(language))
    return tuple(
        words if len(giving) == len(everyone) else f"{words} ({', '.join(dict.fromkeys(giving))})"
        for words, giving in kinds.items()
    )


def level_words(levels: Iterable[str], language: str) -> str:
    """`Cấp huyện, cấp xã`."""
    names = [PERFORMING_LEVELS[level].say(language) for level in levels]
    return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])])


def _levels_unsaid(procedure: Procedure, language: str, *, owned_by_agency: bool) -> str:
    """Bodies such as `UBND cấp xã` say their level themselves, and an agency of the province is the province's."""
    written = fold(" ".join([procedure.reception_address or "", *procedure.performing_bodies]))
    is_said = [
        fold(PERFORMING_LEVELS[level].vi) in written or (level == "province" and owned_by_agency)
        for level in procedure.performed_by
    ]
    return "" if any(is_said) else level_words(procedure.performed_by, language)


@dataclass(frozen=True)
class LegalBasisView:
    """A document on which the procedure rests, with what became of it."""

    document: LegalBasis
    status: LegalStatus | None


@dataclass(frozen=True)
class HistoryEntry:
    """What one change said otherwise."""

    moment: datetime
    commit: str
    """The beginning of the commit's name."""
    changes: tuple[Change, ...]
    past_url: str | None
    """The page as it stood before; None where that version cannot be read any more."""


@dataclass(frozen=True)
class PastVersion:
    """Marks a page as one that was replaced."""

    until: datetime
    """When what it says was replaced; where nothing of that was, when its record was written anew."""
    commit: str
    current_url: str
    holds: bool = False
    """Whether what it says of the procedure is the same today: only keywords or days of review are not."""


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
    qr_address: str
    """What the code for telephones leads to; empty where the page has none."""
    national_url: str | None
    counters: tuple[Counter, ...]
    places: Markup
    summary: SummaryView
    ways: tuple[WaysView, ...]
    papers: tuple[PaperCaseView, ...]
    steps: tuple[StepCaseView, ...]
    levels: str
    """All levels at which it is performed."""
    legal_basis: tuple[LegalBasisView, ...]
    related: tuple[Markup, ...]
    successor: Markup | None
    structured_data: Markup
    history: tuple[HistoryEntry, ...] = ()
    past: PastVersion | None = None

    @property
    def in_force(self) -> bool:
        """Whether a dossier may be filed by this page."""
        return self.procedure.status == "in_force" and self.past is None

    @property
    def says_how(self) -> bool:
        """Whether anything is known of paying online and of the post."""
        known = (self.procedure.online_payment, self.procedure.postal_reception, self.procedure.postal_return)
        return any(fact is not None for fact in known)

    @property
    def lists_cases(self) -> bool:
        """Whether the papers have so many cases that the reader chooses one first."""
        return sum(case.case is not None for case in self.papers) > 2

    @property
    def qr(self) -> Markup:
        """Drawn when the page is rendered, and not for one that is taken over."""
        return qr_code(self.qr_address) if self.qr_address else Markup()


@dataclass(frozen=True)
class PageMaker:
    """Makes the views of one site's procedures."""

    site: Site
    shared: Shared
    site_url: str
    """What stands before an address in a link: empty where links begin at the root."""
    names: Mapping[str, str]
    """Names of the site's own procedures, by code."""
    language: str = "vi"
    """Of the portal's own words."""

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
            qr_address=f"{root}/{permalink}",
            national_url=national.replace("{code}", card.code) if national else None,
            counters=() if many and not self._performs_itself(procedure) else self._counters,
            places=_html("places", card.code) if many else Markup(),
            **self._of_record(procedure),
            related=tuple(self._link(code) for code in procedure.related),
            successor=self._link(procedure.successor) if procedure.successor else None,
            structured_data=Markup(),
        )
        described = government_service(procedure, card, self.shared.province, self.site.agency, self.language)
        block = Markup(data_block(described))  # noqa: S704  # made harmless there
        return replace(view, structured_data=block)

    def past(self, view: ProcedureView, before: Procedure, url: str, past: PastVersion) -> ProcedureView:
        """The page as it stood before a change: nothing on it can be filed, ticked or found."""
        return replace(
            view,
            procedure=before,
            url=url,
            field_name=self.shared.field_name(before.field),
            national_url=None,
            counters=(),
            places=Markup(),
            **self._of_record(before),
            related=tuple(self._link(code, by_code=True) for code in before.related),
            successor=self._link(before.successor, by_code=True) if before.successor else None,
            structured_data=Markup(),
            qr_address="",
            history=(),
            past=past,
        )

    def _of_record(self, procedure: Procedure) -> dict[str, Any]:
        """What a page, present or past, makes of the record alone."""
        papers = tuple(self._papers(procedure.papers))
        return {
            "summary": SummaryView.of(procedure, papers, self.language, owned_by_agency=is_agency(self.site.slug)),
            "ways": WaysView.of(ChannelView.of(channel, self.language) for channel in procedure.channels),
            "papers": papers,
            "steps": tuple(map(StepCaseView.of, procedure.steps)),
            "levels": level_words(procedure.performed_by, self.language),
            "legal_basis": tuple(self._legal_basis(procedure)),
        }

    @property
    def _counters(self) -> tuple[Counter, ...]:
        return self.site.agency.receiving if self.site.agency else self.shared.province.counters

    def _performs_itself(self, procedure: Procedure) -> bool:
        """Whether the owner too receives dossiers of a procedure that many perform."""
        return is_agency(self.site.slug) or "province" in procedure.performed_by

    def _papers(self, cases: Iterable[PaperCase]) -> Iterable[PaperCaseView]:
        for case in cases:
            papers = []
            seen: dict[str, int] = {}
            for paper in case.papers:
                # Two papers of one name are told apart by their order, no matter what stands between them.
                seen[paper.name] = seen.get(paper.name, 0) + 1
                identity = json.dumps([case.case, paper.name, seen[paper.name]], ensure_ascii=False)
                papers.append(
                    PaperView(
                        key=hashlib.blake2b(identity.encode(), digest_size=4).hexdigest(),
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

    def _link(self, code: str, *, by_code: bool = False) -> Markup:
        """Another procedure by its name; one of another site by its code alone where the page is not to be filled."""
        if code in self.names:
            return procedure_link(self.site_url, code, self.names[code])
        return Markup.escape(code) if by_code else _html("procedure", code)


def procedure_link(site_url: str, code: str, name: str) -> Markup:
    """The way to a procedure."""
    return Markup('<a href="{}/{}">{}</a>').format(site_url, addresses.permalink(code), name)


def _html(kind: str, argument: str) -> Markup:
    return Markup(placeholder(kind, argument))  # noqa: S704  # a code is digits and a dot


def qr_code(address: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M) of an address, as an inline drawing without a size."""
    drawn = segno.make_qr(address, error="m", mask=QR_MASK, boost_error=False)
    return Markup(drawn.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))  # noqa: S704  # digits
