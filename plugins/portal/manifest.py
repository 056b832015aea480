"""`site.json`: what a compiled site gives to the rest of the portal, its object file.

It holds everything that the province needs and nothing else: the province never reads an agency's sources. Its JSON
Schema is published with the content schemas (`portal schema`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

from plugins.portal.agency import Agency
from plugins.portal.dossier_figures import PublishedPeriod
from plugins.portal.phones import Phone
from plugins.portal.picture import ShownPicture
from plugins.portal.problems import Problem
from plugins.portal.province import LifeEvent
from plugins.portal.site_names import PROVINCE
from plugins.portal.synonyms import SynonymList
from plugins.portal.vocabulary import LifecycleState

VERSION: Literal[1] = 1


class ManifestModel(BaseModel):
    """A part of the manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid")


CardT = TypeVar("CardT", bound="Card")


class Reference(ManifestModel):
    """Something that a site says of another, to be checked when all are known."""

    kind: str
    """The name of a kind whose records have codes; or `agency`, `address`, `number` or `words`."""
    target: str
    """A code, an agency's slug, an address without its leading slash, a document's number, or words that texts should
    have."""
    fragment: str = ""
    """The place on the page at an address; empty where the page as a whole is meant."""
    path: str
    line: int | None
    field: str = ""
    """Empty where it is a link in a text."""

    @property
    def key(self) -> str:
        """What it names, such as `agency:so-y-te`."""
        return f"{self.kind}:{self.target}"


class FarDate(ManifestModel):
    """A day of a record that may be mistyped, for it lies far ahead of what a build can know."""

    path: str
    line: int | None
    field: str
    day: date


class FieldPosition(ManifestModel):
    """Where a file says something."""

    field: str
    line: int


class Card(ManifestModel):
    """What lists, menus, feeds and the API say of an entry of a content kind; kinds add what theirs have besides."""

    title: str
    url: str
    """Of its page, without a leading slash."""
    summary: str = ""
    agency_slug: str = PROVINCE
    """Of its site; empty for the province's own."""
    agency_name: str = ""
    modified: datetime | None = None
    """When what it says last changed, in Vietnam, without a zone; None where nobody knows."""


class CodedCard(Card):
    """The card of a kind whose records are known by a code in the whole portal."""

    code: str
    other_codes: tuple[str, ...] = ()
    """Local and superseded codes that lead to it."""
    places: dict[str, FieldPosition] = {}
    """Where its file says what others may have to be told of: by the code, agency or field that it is about."""
    path: str = ""
    """Its file, to name it when another site has the same code."""
    cites: tuple[str, ...] = ()
    """Numbers of documents on which it rests."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that leads to it, its own first."""
        return (self.code, *self.other_codes)


@dataclass
class _CardReader:
    """Reads the cards of a manifest as what they are, once."""

    _read: dict[str, tuple[tuple[dict[str, Any], ...], tuple[Any, ...]]] = field(default_factory=dict, compare=False)

    def cards(self, raw: tuple[dict[str, Any], ...], kind: str, card: type[CardT]) -> tuple[CardT, ...]:
        known = self._read.get(kind)
        if known is None or known[0] is not raw:  # a copy of the manifest with other cards shares this reader
            known = self._read[kind] = (raw, tuple(card.model_validate(fields) for fields in raw))
        return known[1]


class Settlement(ManifestModel):
    """What a site's file says of an address at which nothing stands: where it leads, or that it was withdrawn."""

    to: str | None
    """The address that it leads to, without a leading slash; None where it was withdrawn."""
    withdrawn: date | None
    reason: str
    path: str
    line: int | None
    field: str


class SiteManifest(ManifestModel):
    """One compiled site."""

    version: Literal[1] = VERSION
    slug: str
    digest: str
    """Of everything that the site was built from; equal digests give equal bytes."""
    agency: Agency | None
    """None for the province's own site."""
    picture: ShownPicture | None = None
    """That stands for the agency."""
    name_line: int | None = None
    """Where the agency's record has its name."""
    cards: dict[str, tuple[dict[str, Any], ...]] = {}
    """Of what is public, by the name of its kind and in the order of its lists: `cards_of` reads them as what they
    are. Nothing of kinds that the site has nothing of."""
    life_events: tuple[LifeEvent, ...] = ()
    """Of the province's own folder."""
    synonyms: SynonymList = SynonymList()
    """Of the province's own folder."""
    dossier_figures: tuple[PublishedPeriod, ...] = ()
    """What was published of earlier periods; of the province's own folder."""
    search: str = ""
    """The digest of what search knows of the site; empty where it offers nothing to find."""
    references: tuple[Reference, ...] = ()
    unlinked: tuple[str, ...] = ()
    """Targets of links that its texts show as text, because they led nowhere; sorted."""
    addresses: tuple[str, ...] = ()
    """Every address that the site answers, sorted."""
    moved: dict[str, str] = {}
    """Addresses that the site's own pages had, each with the one that it leads to now."""
    withdrawn: tuple[str, ...] = ()
    """Addresses of pages that say that they were withdrawn: they are among the addresses, and have no cards."""
    settled: dict[str, Settlement] = {}
    """By address at which the site has nothing, what its file says of it."""
    drafts: tuple[str, ...] = ()
    """Addresses of what is not public yet: drafts, and what is dated later; sorted."""
    scheduled: tuple[datetime, ...] = ()
    """When the passing of time will change the site, in Asia/Ho_Chi_Minh; in order."""
    promised: tuple[str, ...] = ()
    """The codes that procedure files are named after, also of those that cannot be read: others link to them."""
    untaken: tuple[str, ...] = ()
    """Of a site that could not be compiled: files and folders that could not be taken, as seen from its folder; sorted.
    What their pages would be nobody knows."""
    problems: tuple[Problem, ...] = ()
    """Of a site that could not be compiled; then it offers no cards and its addresses are promises only."""
    advice: tuple[Problem, ...] = ()
    """What should be looked at, but keeps nothing from being shown."""
    far_dates: tuple[FarDate, ...] = ()
    """Days that may lie far ahead: only the day of a build can tell."""
    open_pages: dict[str, str] = {}
    """Pages with places that only linking can fill, by address: the digest of what stands in them."""
    _cards: _CardReader = PrivateAttr(default_factory=_CardReader)

    def with_cards(self, kind: str, cards: Sequence[Card]) -> SiteManifest:
        """The manifest with these cards of a kind instead of its own."""
        kept = {name: of_kind for name, of_kind in self.cards.items() if name != kind}
        if cards:
            kept[kind] = tuple(card.model_dump(mode="json") for card in cards)
        return self.model_copy(update={"cards": kept})


def cards_of(manifest: SiteManifest, kind: str, card: type[CardT]) -> tuple[CardT, ...]:
    """A site's cards of one kind, in the order of its lists."""
    return manifest._cards.cards(manifest.cards.get(kind, ()), kind, card)


class RemovedRecord(ManifestModel):
    """A record with a code that was taken out of a folder: its address there leads on for ever.

    It leads to where the procedure is now; where it is nowhere, its permalink says so.
    """

    code: str
    agency: str
    """The folder's slug; empty for the province's own."""
    name: str
    """The code, where no name is known."""
    removed: datetime
    """When it was, in Asia/Ho_Chi_Minh."""


class AgencyCard(ManifestModel):
    """What the directory shows of an agency."""

    slug: str
    name: str
    short_name: str | None
    kind: str
    parent: str | None = None
    """The slug of the agency it belongs to."""
    summary: str
    phone: Phone | None = None
    url: str
    available: bool
    """False where there is no version of its site that can be shown."""
    counts: dict[str, int] = {}
    """How many it has of each kind of content, by the kind's name."""
    state: LifecycleState
    since: date | None = None
    """The day from which the state holds; None where it is active."""
    successors: tuple[str, ...] = ()
    """The slugs of those that do its work now."""
