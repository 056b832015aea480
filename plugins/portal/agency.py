"""Agencies: who they are, where their counters stand, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.portal.fields import (
    AgencyCode,
    Colour,
    Conflict,
    ContentModel,
    Day,
    EmailAddress,
    Many,
    MediaPath,
    Sentence,
    Slug,
    WebAddress,
    Word,
)  # fmt: skip
from plugins.portal.opening import opening
from plugins.portal.phones import Phone
from plugins.portal.picture import Picture
from plugins.portal.vocabulary import AgencyKind, LifecycleState


class Contact(ContentModel):
    """How to reach an agency; what is not known stays out rather than being made up."""

    address: Sentence | None = None
    phone: Phone | None = None
    email: EmailAddress | None = None
    website: WebAddress | None = None
    map: WebAddress | None = None
    """A page that shows the address on a map."""


class OpeningHours(ContentModel):
    """When a counter is open: days and times as people say them."""

    days: Word
    """Such as `Thứ Hai - Thứ Sáu`."""
    times: Many[Word]
    """Such as `07:00-11:00` and `13:00-17:00`."""


class Counter(ContentModel):
    """A place where dossiers are received and results handed out (bộ phận một cửa)."""

    known_by = "name"

    name: Word
    address: Sentence | None = None
    phone: Phone | None = None
    map: WebAddress | None = None
    hours: Many[OpeningHours] = ()
    note: Sentence | None = None

    @property
    def opening(self) -> str:
        """Its hours for a script (plugins/portal/opening.py); empty where they cannot be read."""
        return opening((hours.days, hours.times) for hours in self.hours)


def _an_end_has_a_date(lifecycle: Lifecycle) -> Iterator[Conflict]:
    if lifecycle.state != "active" and lifecycle.date is None:
        yield Conflict("lifecycle_without_date", about={"state": lifecycle.state})


def _what_goes_on_has_successors(lifecycle: Lifecycle) -> Iterator[Conflict]:
    if lifecycle.state in ("merged", "split", "renamed") and not lifecycle.successors:
        yield Conflict("lifecycle_without_successor", about={"state": lifecycle.state})


class Lifecycle(ContentModel):
    """What became of an agency: renames, mergers and splits leave their mark for ever."""

    checks = (_an_end_has_a_date, _what_goes_on_has_successors)

    state: LifecycleState = "active"
    date: Day | None = None
    """The day from which the state holds."""
    successors: Many[Slug] = ()
    basis: Sentence | None = None
    """The decision or resolution."""


class CommuneUnit(ContentModel):
    """A commune, ward or township of a district: name and the statistical code of the unit (mã ĐVHC)."""

    known_by = "code"

    name: Word
    code: Word
    counters: Many[Counter] = ()


class Head(ContentModel):
    """Who answers for an agency: by office, and by name where the agency wants to."""

    office: Word
    """Such as `Giám đốc`."""
    name: Word | None = None
    phone: Phone | None = None
    reception: Sentence | None = None
    """When and where people are received (lịch tiếp công dân)."""


class Agency(ContentModel):
    """One agency of the province: the file `agency.yaml` of its folder; the folder's name is its slug."""

    name: Word
    short_name: Word | None = None
    name_en: Word | None = None
    kind: AgencyKind
    code: AgencyCode | None = None
    parent: Slug | None = None
    """The agency it belongs to, by slug."""
    summary: Sentence
    """What it does, in one or two sentences: shown in lists and by search engines."""
    colour: Colour | None = None
    """Its own accent colour; the theme keeps it readable."""
    logo: MediaPath | None = None
    picture: Picture | None = None
    """Of the place or the work: shown on its home."""
    head: Head | None = None
    duties: Many[Sentence] = ()
    """What it does, in a few short points."""
    contact: Contact = Contact()
    counters: Many[Counter] = ()
    communes: Many[CommuneUnit] = ()
    """For a district: its communes, wards and townships."""
    lifecycle: Lifecycle = Lifecycle()
    predecessors: Many[Slug] = ()
    """Agencies that have no folder any more and whose place it took: their addresses lead to its pages."""
    sample: bool = False
    """True where address, hours or texts are made up for a demonstration: every page of the agency says so."""

    @property
    def receiving(self) -> tuple[Counter, ...]:
        """Its counters where it is active: who is no more receives nothing, wherever dossiers were handed in."""
        return self.counters if self.lifecycle.state == "active" else ()


LEVEL_OF_KIND: dict[str, str] = {"district": "district", "commune": "commune"}
"""The level that all agencies of a kind perform."""


def performs_by_level(agency: Agency) -> bool:
    """Whether the agency performs procedures that others own because all agencies of its kind do."""
    return agency.kind in LEVEL_OF_KIND
