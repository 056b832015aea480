"""The province: what all its sites share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from plugins.portal.agency import Contact, Counter
from plugins.portal.fields import (
    AgencyCode,
    ContentModel,
    Day,
    End,
    FieldPath,
    Many,
    Moment,
    ProcedureCode,
    Prose,
    Sentence,
    Slug,
    WebAddress,
    Word,
    each_once,
    ends_later,
)  # fmt: skip
from plugins.portal.phones import Phone
from plugins.portal.picture import Picture
from plugins.portal.vocabulary import LegalState, LifeEventGroup

_HOST = re.compile(r"https?://[^/?#]+/?", re.IGNORECASE)


def _with_code(address: str) -> str:
    if "{code}" not in address:
        raise PydanticCustomError("address_without_code", "not of this kind", {"got": address})
    return address


def _of_a_whole_host(address: str) -> str:
    """Addresses in pages begin at the root of the host, so the portal has a host of its own."""
    if not _HOST.fullmatch(address):
        raise PydanticCustomError("address_with_path", "not of this kind", {"got": address})
    return address


class Figure(ContentModel):
    """A figure of the province with its date and source; never one without the other."""

    known_by = "label"

    label: Word
    value: Word
    as_of: Word
    source: Sentence | None = None


class AdministrativeField(ContentModel):
    """A field of administration (lĩnh vực)."""

    slug: Slug
    name: Word


class FieldList(ContentModel):
    """The file `fields.yaml`."""

    checks = (each_once("field_twice", "fields", "slug"),)

    fields: Annotated[Many[AdministrativeField], Field(min_length=1)]


class LegalStatus(ContentModel):
    """What became of a document on which procedures rest."""

    number: Word
    """Such as `158/2005/NĐ-CP`, as procedures cite it."""
    status: LegalState
    since: Day | None = None
    """The day from which it holds."""
    replaced_by: Word | None = None
    """The number of the document that took its place."""
    note: Sentence | None = None


class LegalStatusList(ContentModel):
    """The file `legal-status.yaml`."""

    checks = (each_once("document_twice", "documents", "number"),)

    documents: Many[LegalStatus]


class LifeEventStep(ContentModel):
    """One step of a life event: what to do, and the procedures that it takes."""

    title: Word
    text: Prose | None = None
    procedures: Many[ProcedureCode] = ()


class LifeEvent(ContentModel):
    """Something that happens in a life or to a business, with the procedures that it takes, in order."""

    slug: Slug
    name: Word
    group: LifeEventGroup = "citizen"
    summary: Sentence
    steps: Annotated[Many[LifeEventStep], Field(min_length=1)]


class LifeEventList(ContentModel):
    """The file `life-events.yaml`."""

    checks = (each_once("life_event_twice", "life_events", "slug"),)

    life_events: Many[LifeEvent]


class Emergency(ContentModel):
    """What everybody in the province has to know now: a storm, a flood, an epidemic."""

    checks = (ends_later("publish_until", "publish_from"),)

    title: Word
    text: Sentence | None = None
    url: WebAddress | None = None
    """Where there is more, outside of the portal or on it."""
    publish_from: Moment | None = None
    """From when on it stands; a day alone means its beginning."""
    publish_until: End | None = None
    """Until when it stands; a day alone means its end."""


class DataLicence(ContentModel):
    """The licence under which everybody may use the portal's open data."""

    name: Word
    """Such as `CC BY 4.0`."""
    url: WebAddress
    """Where its terms stand."""


@dataclass(frozen=True)
class NoticeTime:
    """A moment at which a notice of the province appears, or is gone."""

    loc: FieldPath
    moment: datetime
    """In Vietnam, without a zone."""
    is_end: bool


class Province(ContentModel):
    """The file `province.yaml`."""

    checks = (ends_later("notice_until", "notice_from"),)

    name: Word
    """Such as `Tỉnh Hậu Giang`."""
    name_en: Word | None = None
    code: AgencyCode | None = None
    site_name: Word
    """The portal's name."""
    site_name_en: Word | None = None
    """What pages in English call it."""
    summary: Sentence
    url: Annotated[WebAddress, AfterValidator(_of_a_whole_host)]
    """The address at which the portal is published: scheme and host, without a slash at the end."""
    national_search_url: WebAddress | None = None
    """Where the national portal is searched: the search page leads there where nothing is found."""
    national_procedure_url: Annotated[WebAddress, AfterValidator(_with_code)] | None = None
    """Where the national portal shows a procedure; `{code}` stands for the procedure's code."""
    notice: Sentence | None = None
    """Said at the top of every page of every site, such as that this is a demonstration."""
    notice_en: Sentence | None = None
    notice_from: Moment | None = None
    """From when on it is said; a day alone means its beginning."""
    notice_until: End | None = None
    """Until when it is said; a day alone means its end."""
    picture: Picture | None = None
    """Of the province: shown on its home. The file lies in `media/` beside the record."""
    demonstration: bool = False
    """True where nothing is real: search engines are asked to leave the portal alone, wherever it is published."""
    responsible: Sentence | None = None
    """Who answers for the portal, as the law wants it in the footer."""
    hotline: Phone | None = None
    """The one number that answers everybody, such as `1022`: within reach on every page."""
    feedback_url: WebAddress | None = None
    """A form for what readers say of a page: each page then asks whether it was of use, and leads to the form."""
    data_licence: DataLicence | None = None
    """Under which programs may use what `/api/v1/` answers; where none is named, the answers say that there is none."""
    emergency: Emergency | None = None
    """Stands above everything on the home page until its end, or until it is taken out of the file."""
    contact: Contact = Contact()
    counters: Many[Counter] = ()
    most_used: Many[ProcedureCode] = ()
    ministry_last: bool = True
    """Whether search puts what a ministry alone handles behind what is handled in the province."""
    figures: Many[Figure] = ()
    agency_order: Many[Slug] = ()
    """Agencies in the order of protocol; those not named follow by name."""

    def at(self, now: datetime) -> Self:
        """The record as it is at a moment: without notices that do not stand then."""
        gone: dict[str, None] = {}
        if not _stands(self.notice_from, self.notice_until, now):
            gone |= {"notice": None, "notice_en": None}
        emergency = self.emergency
        if emergency is not None and not _stands(emergency.publish_from, emergency.publish_until, now):
            gone["emergency"] = None
        return self.model_copy(update=gone) if gone else self

    def notice_times(self) -> Iterator[NoticeTime]:
        """When notices appear and go, in no order."""
        if self.notice is not None:
            yield from _times(("notice_from",), self.notice_from, ("notice_until",), self.notice_until)
        if self.emergency is not None:
            begins, ends = ("emergency", "publish_from"), ("emergency", "publish_until")
            yield from _times(begins, self.emergency.publish_from, ends, self.emergency.publish_until)


def _stands(begins: datetime | None, ends: datetime | None, now: datetime) -> bool:
    return (begins is None or begins <= now) and (ends is None or now < ends)


def _times(
    begins_at: FieldPath, begins: datetime | None, ends_at: FieldPath, ends: datetime | None
) -> Iterator[NoticeTime]:
    if begins is not None:
        yield NoticeTime(begins_at, begins, is_end=False)
    if ends is not None:
        yield NoticeTime(ends_at, ends, is_end=True)
