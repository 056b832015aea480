"""Content kinds: all that the rest of the house knows of what a province publishes, one description each.

A capability exports its kinds as `KINDS`, and `PORTAL_KINDS` in the settings names the capability: reading, linking,
manifests, schemas, lists, search, menus, sitemaps, feeds and the API loop over them and know none by name. Kinds are
handed to whoever needs them; this package imports none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel

from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.entries import Entry, Source, Withdrawal
from plugins.portal.file_places import MEDIA
from plugins.portal.identifiers import SLUG, is_slug
from plugins.portal.manifest import Card, CodedCard, SiteManifest, cards_of
from plugins.portal.picture import ShownPicture
from plugins.portal.problems import Problem, SettingsError, Text, text
from plugins.portal.record_files import AGENCY, OWN_FILES, schema_of
from plugins.portal.shared import Shared
from plugins.portal.site_names import PROVINCE, is_agency
from plugins.portal.vocabulary import Language, Term
from plugins.portal.yaml_source import Loc

RecordT = TypeVar("RecordT", bound=BaseModel)
CardT = TypeVar("CardT", bound=Card)


@dataclass(frozen=True)
class Around:
    """What a kind may ask of besides a record, and nothing else: so that what it gives depends on nothing else."""

    site: str
    """The slug; empty for the province's own."""
    source: Source
    """The record's file, and where in it each field stands."""
    shared: Shared
    """What all sites read."""
    to_come: bool = False
    """Whether it is dated later than now: that is told already."""
    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)
    """For its card: the pictures of its site, by their files in media/."""


@dataclass(frozen=True)
class MenuCard:
    """An entry that stands in the menu of its site."""

    title: str
    url: str
    language: Language | None
    """None for the portal's own."""


@dataclass(frozen=True)
class Target:
    """What a record says of something else: linking looks whether it is there."""

    kind: str
    """The name of a kind whose records have codes, or `agency`, `address` or `number`."""
    name: str
    """A code, an agency's slug, an address without its leading slash, or the number of a document, wherever it is."""
    loc: Loc


@dataclass(frozen=True)
class Remark:
    """What is odd in a record; what `stops` keeps the site's new version from being shown."""

    loc: Loc
    message: Text
    hint: Text
    stops: bool = False
    names_field: bool = True
    """False where the message is about the file as a whole."""
    once: str = ""
    """A mark of what it is about, where the first record of a site that is about it says it for all."""


@dataclass(frozen=True)
class Codes:
    """What is said of codes that lead to records of a kind."""

    is_one: Callable[[str], bool]
    """Whether it is a code that an editor writes, not one that is known besides."""
    name: Callable[[Any], str]
    """What people call a record."""
    none: Callable[[str], Text]
    """That no record has the code."""
    look_for: Text
    """What to do then."""
    removed: Callable[[str, str], Text]
    """That the record with the code was removed, and the day."""
    twice: Callable[[str, str], Text]
    """That the code has several files, and which."""
    owned: Callable[[str], Text]
    """What to do then with a file of the code that is not shown; that of this agency is."""
    leads_twice: Callable[[str, str], Text]
    """That a code which is known besides leads to several records, and their files."""
    former: Callable[[bytes], Collection[str]]
    """The former codes that a file lists, as far as can be told without reading it as a record; of any bytes."""
    is_former: Callable[[str, str], Text]
    """That a code is a former one of the record in a file."""
    former_owned: Callable[[str], Text]
    """What to do then with a file of the code; the record is this agency's."""


@dataclass(frozen=True)
class Later(Generic[RecordT]):
    """What a record says from a moment on: it is told, and until then the record is taken for another one."""

    loc: Loc
    moment: datetime
    """In Vietnam, without a zone."""
    message: Text | None
    """None where it goes without saying."""
    meanwhile: RecordT
    """May speak of an earlier moment, and is another record until then."""


@dataclass(frozen=True)
class Facet:
    """A side from which results of search are narrowed down."""

    name: str
    """In addresses."""
    label: Term
    """What stands above its choices."""
    tag: str = ""
    """Where a result shows its value as a tag: the class of the tag, before the value's slug. Slug 0 is no value."""


@dataclass(frozen=True)
class Indexed:
    """What search counts of an entry, in the order of its weight, and the line below its name in a result."""

    title: str
    keywords: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    summary: str = ""
    counted: str = ""
    """What of the title is counted, where that is not all of it."""
    meta: str = ""
    also: tuple[str, ...] = ()
    """What is counted as the title is: a code."""
    facets: tuple[tuple[str, str, str], ...] = ()
    """What results may be narrowed by: name, slug and words of each of the kind's `facets`."""
    weight: float = 1.0
    """Less than 1 for what should stand behind others."""


@dataclass(frozen=True)
class Listing(Generic[RecordT, CardT]):
    """The public entries of one kind in one site, for search."""

    entries: Sequence[tuple[RecordT, CardT]]
    site_name: str
    """Empty for the province's own."""
    shared: Shared
    language: str


def entries_of(kind: str, number: int, out_of: int) -> Text:
    """So many of so many entries of a kind that people call so."""
    return text('{number} of {all} entries of the kind "{kind}"', number=number, all=out_of, kind=kind)


def _no_targets(record: Any) -> Iterable[Target]:
    return ()


def _no_files(record: Any) -> Iterable[tuple[Loc, str]]:
    return ()


def _no_remarks(record: Any, around: Around) -> Iterable[Remark]:
    return ()


def _nothing_overdue(card: Any, today: date) -> Iterable[Problem]:
    return ()


def _nothing_between(
    manifests: Mapping[str, SiteManifest], shared: Shared, content: str
) -> Iterable[tuple[str, Problem]]:
    return ()


def _as_it_is(card: Any, shared: Shared) -> Any:
    return card


def _below_its_list(record: Any, slug: str) -> str:
    return f"{slug}/"


_SLUG_ALONE = re.compile(rf"(?:{SLUG.pattern})/")


@dataclass(frozen=True)
class Leading:
    """An address that leads to the page of a record."""

    address: str
    heading: str
    """What the record is called there."""
    target: str


@dataclass(frozen=True)
class Derived(Generic[CardT]):
    """What is told of a record that only the records of all sites together say, as that another has ended it."""

    model: type[BaseModel]
    """What it is: its fields stand beside those of cards, whose names they must not have."""
    of: Callable[[Sequence[CardT]], Mapping[str, BaseModel]]
    """Of the cards of all sites, by the addresses of their pages; all of them are there."""

    def told_of(self, kind: str, cards: Sequence[CardT]) -> Mapping[str, BaseModel]:
        """What `of` gives, looked at: raises `KindError` where it tells nothing of a card, or what is no `model`."""
        told = self.of(cards)
        if not isinstance(told, Mapping):
            raise KindError(
                text('the kind "{name}": what is derived must be given by the addresses of cards', name=kind)
            )
        for card in cards:
            if not isinstance(told.get(card.url), self.model):
                message = text('the kind "{name}": derived says nothing of the card "{url}"', name=kind, url=card.url)
                raise KindError(message)
        return told


@dataclass(frozen=True)
class ContentKind(Generic[RecordT, CardT]):
    """One kind of content.

    What has no default is all that a kind must say. Functions are pure: they see a record and nothing
    else, so that what they give depends on nothing else.
    """

    name: str
    """In schemas, manifests and search; letters, digits and hyphens."""
    many: Term
    """What people call its list."""
    folder: str
    """In a site's folder; its files lie directly in it."""
    model: type[RecordT]
    card_type: type[CardT]
    card: Callable[[RecordT, Around], Mapping[str, object]]
    """The fields of a card but for its address and its site."""
    home: str | None = ""
    """Below a site's home, the address of its list, such as `van-ban/`. The folder's name where it is empty; None
    where it has no list and its pages stand at the site's home."""
    page: Callable[[RecordT, str], str] = _below_its_list
    """Below the list, the address of the page of a record with a slug."""
    page_form: re.Pattern[str] = _SLUG_ALONE
    """What `page` gives looks so: who names an address that a record had before may name no other."""
    suffix: Literal[".yaml", ".md"] = ".md"
    with_texts: bool = False
    """Whether a record that could stand alone may have a text: then its file is `.md`."""
    nested: bool = False
    """Whether files may lie in folders of its folder."""
    called: tuple[str, ...] = ()
    """What else people call its folder."""
    belongs: Text | None = None
    """Where its texts belong, as an editor is told; its folder where there is nothing to say."""
    codes: Codes | None = None
    """Where its files are named after a code that one record of the whole portal has, so that others name the record
    by it: its card is a `CodedCard` then, and `page` has the code for a slug."""
    order: Callable[[CardT], Any] = field(default=lambda card: card.title)
    """By what cards are sorted in lists."""
    is_public: Callable[[RecordT], bool] = field(default=lambda record: True)
    public_from: Callable[[RecordT], tuple[Loc, datetime] | None] = field(default=lambda record: None)
    """The field that says when a record becomes public, and when that is, in Vietnam, without a zone."""
    public_until: Callable[[RecordT], tuple[Loc, datetime] | None] = field(default=lambda record: None)
    """The field that says until when a record is public, and that moment, at which it is public no more; as above."""
    withdrawal: Callable[[RecordT], Withdrawal | None] = field(default=lambda record: None)
    """From when on a record is shown no more, and why, where it says so."""
    aliases: Callable[[RecordT], Sequence[str]] = field(default=lambda record: ())
    """Addresses that its page had before, each with a leading slash; in the record's field `aliases`."""
    later: Callable[[RecordT], Later[RecordT] | None] = field(default=lambda record: None)
    """What a record says of a day that is to come, if it does."""
    targets: Callable[[RecordT], Iterable[Target]] = _no_targets
    files: Callable[[RecordT], Iterable[tuple[Loc, str]]] = _no_files
    """What of media/ it shows or offers."""
    remarks: Callable[[RecordT, Around], Iterable[Remark]] = _no_remarks
    as_called_now: Callable[[CardT, Shared], CardT] = _as_it_is
    """A card of a site that is kept as it was, with the names that what all sites share has now."""
    overdue: Callable[[CardT, date], Iterable[Problem]] = _nothing_overdue
    """What the passing of time has made odd: looked for when a build is reported, for no page changes by it."""
    between: Callable[[Mapping[str, SiteManifest], Shared, str], Iterable[tuple[str, Problem]]] = _nothing_between
    """What sites, by slug, should know of each other, each with the slug of who should; besides the sites it sees what
    all read, and the content folder as people see it in reports."""
    some: Callable[[int, int], Text] | None = None
    """Says so many of so many of its entries; by `many` where it is None."""
    indexed: Callable[[RecordT, str], Indexed] | None = None
    """What search counts, in a language; None where it is not to find it. Results may be narrowed down by kind and
    site besides its own facets, and the line below a name ends with the site's."""
    indexed_together: Callable[[Listing[RecordT, CardT]], Iterable[tuple[CardT, Indexed]]] | None = None
    """The same of all entries of a site, where one's depends on the others; in the order of the index."""
    facets: tuple[Facet, ...] = ()
    """The sides from which its results are narrowed down, in order: those of which `Indexed.facets` says values."""
    sought_first: bool = False
    """Whether it is what most people come for: search has an index of its own for it, small and loaded first."""
    in_menu: Callable[[Agency | None, bool], bool] = field(default=lambda agency, has_any: has_any)
    """Whether a site shows the list in its menu: of an agency, or of the province where it is None, and whether it
    has anything of it."""
    menu_title: Callable[[CardT], str] | None = None
    """What each entry is called in the menu of its site; None where it does not stand there."""
    language_of: Callable[[CardT], Language] | None = None
    """The language of each entry; None where all are in the portal's own. One in another is no entry of the menu: the
    header leads to it from every page."""
    feed_moment: Callable[[CardT], datetime] | None = None
    """When a card's entry was published or changed, as feeds say it; None where there is no feed."""
    feed_title: Callable[[CardT, str], str] | None = None
    """What feeds in a language call a card's entry; None where that is its title."""
    api: str = ""
    """Its name below `/api/v1/`; empty where programs are not given it."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What the model's fields mean, in Vietnamese."""
    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    """The closed lists of its own of which answers of the API have the keys, by their names."""
    written_by_itself: bool = False
    """Whether a plugin of its own writes its pages, lists and feeds."""
    answered_by_itself: bool = False
    """Whether a plugin of its own writes its answers of the API."""
    own_pages: bool = False
    """Whether a plugin of its own writes its pages and lists alone."""
    in_catalogue: bool = False
    """Whether lists and pages about all sites are made of its cards with the catalogue and open pages."""
    leading: Callable[[Sequence[CardT]], Iterable[Leading]] | None = None
    """Of the cards of all sites, further addresses that lead to their pages for ever; None where there are none."""
    derived: Derived[CardT] | None = None
    """What the lists of the API tell of an entry besides its card; None where that is nothing."""
    evidence: Callable[[str], str] | None = None
    """By the address of a page, where it is told what was seen of the signatures in its files; none are looked at."""
    may_be_unfinished: Callable[[RecordT], bool] | None = None
    """Whether a record that is not in order, as far as it is right, says that it is a draft which may lack fields: what
    is wrong with it is told, and keeps the rest of its site from nothing; none may."""

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """Raises `KindError` where something is not said that each kind must say: the language would not name it."""
        needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
        missing = [name for name in needed[len(values) :] if name not in named]
        if (values or named) and missing:
            name = values[0] if values else named.get("name", "?")
            raise KindError(text('the kind "{name}" has no {fields}: add it', name=name, fields=", ".join(missing)))
        return super().__new__(cls)

    def menu_card(self, card: CardT) -> MenuCard:
        """What the menu of its site has of an entry; only for kinds with `menu_title`."""
        if self.menu_title is None:
            raise TypeError(f"entries of {self.name} stand in no menu")
        return MenuCard(self.menu_title(card), card.url, self.language_of(card) if self.language_of else None)

    def so_many(self, language: str, number: int, out_of: int) -> Text:
        """So many of so many of its entries."""
        return self.some(number, out_of) if self.some else entries_of(self.many.say(language), number, out_of)

    def called_in_feeds(self, card: CardT, language: str) -> str:
        """What feeds call a card's entry."""
        return self.feed_title(card, language) if self.feed_title is not None else card.title

    @property
    def list_address(self) -> str:
        """Below a site's home."""
        return "" if self.home is None else self.home or f"{self.folder}/"

    @property
    def has_list(self) -> bool:
        """Whether its entries stand in a list of their own, and its feed with it."""
        return self.home is not None

    @property
    def has_feed(self) -> bool:
        return self.has_list and self.feed_moment is not None

    def address(self, site: str, record: RecordT, slug: str) -> str:
        """The page of an entry, without a leading slash. Raises `PageAddressError` for one that is none of its own."""
        page = self.page(record, slug)
        if not isinstance(page, str) or not _BELOW.fullmatch(page) or page.partition("/")[0] in _FEEDS:
            raise PageAddressError(page)
        return f"{self.list_of(site)}{page}"

    def could_be_at(self, site: str, address: str, taken: Collection[str]) -> bool:
        """Whether a record of a site may have a page there, or may have had one; `taken` are names at its home.

        Of records with codes it is the code that tells.
        """
        below = address.removeprefix(self.list_of(site))
        if self.codes is not None or not address.startswith(self.list_of(site)):
            return False
        return self.page_form.fullmatch(below) is not None and (self.has_list or below.rstrip("/") not in taken)

    def list_of(self, site: str) -> str:
        """The list of a site; of the province, of all sites."""
        return f"{addresses.site_home(site)}{self.list_address}"

    def feed_of(self, site: str) -> str:
        return f"{self.list_of(site)}{addresses.ATOM_FEED}"

    def json_feed_of(self, site: str) -> str:
        """The same as JSON Feed."""
        return f"{self.list_of(site)}{addresses.JSON_FEED}"

    @property
    def slug(self) -> str:
        """What stands for it where results of search are narrowed."""
        return self.many.slug or self.list_address.rstrip("/") or self.name

    @property
    def is_answered(self) -> bool:
        """Whether programs are given it as any kind."""
        return bool(self.api) and not self.answered_by_itself

    def card_of(
        self,
        entry: Entry[RecordT],
        site: str,
        site_name: str,
        shared: Shared,
        pictures: Mapping[str, ShownPicture] = {},
    ) -> CardT:
        """What others see of an entry; `pictures` are those of its site."""
        return self.card_type.model_validate(
            {
                **self.card(entry.record, Around(site, entry.source, shared, pictures=pictures)),
                "url": entry.address,
                "agency_slug": site,
                "agency_name": site_name,
            }
        )

    def takes(self, inside: str) -> bool:
        """Whether a file of a site's folder is one of this kind."""
        # Asked of every file for every kind before each build: a path's own methods take ten times as long.
        folder, _, below = inside.partition("/")
        _, slash, name = below.rpartition("/")
        if folder != self.folder or (slash and not self.nested):
            return False
        suffix = ".md" if self.with_texts and name.endswith(".md") else self.suffix
        return len(name) > len(suffix) and name.endswith(suffix)


AnyKind = ContentKind[Any, Any]


class KindError(SettingsError):
    """Kinds that cannot be together, or one that cannot be at all; names all that are concerned."""

    def __init__(self, message: Text, *positions: int) -> None:
        """The positions are those of the kinds that are concerned, among all that were given."""
        super().__init__(message)
        self.message = message
        self.positions = positions


class PageAddressError(ValueError):
    """What a kind's `page` gave is no address below its list."""


class Kinds:
    """The kinds of a portal, in the order of the settings. Raises `KindError` for what cannot be meant."""

    def __init__(self, kinds: Sequence[AnyKind] = ()) -> None:
        for position, kind in enumerate(kinds):
            fault = _fault(kind)
            if fault is not None:
                raise KindError(fault, position)
        for what, key in _UNIQUE:
            _check_unique(kinds, what, key)
        self._kinds = tuple(kinds)
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_folder = {kind.folder: kind for kind in kinds}

    def __iter__(self) -> Iterator[AnyKind]:
        return iter(self._kinds)

    def of_file(self, inside: str) -> AnyKind | None:
        """The kind that a file of a site's folder is of."""
        kind = self._by_folder.get(inside.partition("/")[0])
        return kind if kind is not None and kind.takes(inside) else None

    def menu_cards(self, manifest: SiteManifest) -> Iterator[MenuCard]:
        """What stands in the menu of a site besides lists."""
        for kind in self._kinds:
            if kind.menu_title is not None:
                for card in cards_of(manifest, kind.name, kind.card_type):
                    yield kind.menu_card(card)

    @property
    def growing_old(self) -> tuple[AnyKind, ...]:
        """Those of whose cards the passing of time makes something odd: of no others they have to be read for that."""
        return tuple(kind for kind in self._kinds if kind.overdue is not _nothing_overdue)

    @property
    def renamed(self) -> tuple[AnyKind, ...]:
        """Those whose cards have names of what all sites share."""
        return tuple(kind for kind in self._kinds if kind.as_called_now is not _as_it_is)

    @property
    def with_feed(self) -> AnyKind | None:
        """The kind whose feed every page of a site names: the first that has one."""
        return next((kind for kind in self._kinds if kind.has_feed), None)

    def coded_cards(self, manifest: SiteManifest) -> Iterator[tuple[AnyKind, CodedCard]]:
        """Everything of a site that is known by a code."""
        for kind in self.coded:
            for card in cards_of(manifest, kind.name, kind.card_type):
                yield kind, card

    @property
    def coded(self) -> list[AnyKind]:
        """Those whose records are known by a code."""
        return [kind for kind in self._kinds if kind.codes]

    @property
    def in_catalogue(self) -> list[AnyKind]:
        """Those whose lists are written where all sites are known."""
        return [kind for kind in self._kinds if kind.codes or kind.in_catalogue]

    def former_codes(self, written: bytes) -> Collection[str]:
        """The former codes that a file of a kind with codes lists, as far as its bytes tell."""
        return {code for kind in self.coded if kind.codes is not None for code in kind.codes.former(written)}

    @property
    def targets(self) -> frozenset[str]:
        """Of what records may say something that linking looks for: `Target.kind`."""
        return frozenset(("agency", "address", "number", *(kind.name for kind in self.coded)))

    def named(self, name: str) -> AnyKind:
        return self._by_name[name]

    def linked_addresses(self, manifests: Sequence[SiteManifest]) -> Iterator[str]:
        """Where lists of all sites and of the API stand, when these sites are shown."""
        for kind in self.listed_in(manifests):
            if kind.has_list:
                yield kind.list_of(PROVINCE)
            if kind.has_feed:
                yield from (kind.feed_of(PROVINCE), kind.json_feed_of(PROVINCE))
        for kind in self.answered_in(manifests):
            total = sum(len(told_of(manifest, kind)) for manifest in manifests)
            yield from addresses.api_lists(kind.api, total)
            for manifest in manifests:
                if is_agency(manifest.slug) and (own := len(told_of(manifest, kind))):
                    yield from addresses.api_lists(kind.api, own, manifest.slug)
            yield from (addresses.api_schema(kind.api), addresses.api_document_schema(kind.api))

    def listed_in(self, manifests: Sequence[SiteManifest]) -> list[AnyKind]:
        """The kinds that any of these sites has something of, but for those that write their own pages."""
        present = {name for manifest in manifests for name in manifest.cards}
        return [kind for kind in self._kinds if kind.name in present and not kind.written_by_itself]

    def answered_in(self, manifests: Sequence[SiteManifest]) -> list[AnyKind]:
        """The kinds that any of these sites has something of, and that programs are given as any kind."""
        present = {name for manifest in manifests for name in manifest.cards}
        return [kind for kind in self._kinds if kind.name in present and kind.is_answered]

    @property
    def reserved(self) -> frozenset[str]:
        """First parts of addresses that no page and no agency may take."""
        return frozenset(kind.list_address.partition("/")[0] for kind in self._kinds if kind.list_address)


def told_of(manifest: SiteManifest, kind: AnyKind) -> list[tuple[Card, Mapping[str, Any]]]:
    """What programs are told of a site's entries of a kind: each card, and the same as the manifest has it.

    Menus know of pages that are none yet.
    """
    hidden = set(manifest.drafts) if kind.menu_title is not None else ()
    cards: Sequence[Card] = cards_of(manifest, kind.name, kind.card_type)
    pairs = zip(cards, manifest.cards.get(kind.name, ()), strict=True)
    return [(card, written) for card, written in pairs if card.url not in hidden]


_FEEDS = (addresses.ATOM_FEED, addresses.JSON_FEED)
_QUERY = "q"
"""The query in addresses of search, beside its facets."""
_BELOW = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*/)+")
"""What `page` may give: one part or several, none of them a step up, and the slash of a page at its end."""
NAMES_TAKEN = frozenset((*map(schema_of, (*OWN_FILES, AGENCY)), "site", "address", "number", "words"))
"""Names of what are no kinds: records with a schema of their own, and what references may lead to."""
API_NAMES_TAKEN = frozenset(
    ("agencies", "alerts", "counters", "fields", "index", "life-events", "openapi", "province", "schemas",
     "statistics", "catalog", "context", "en", "legal-status", "terms")
)  # fmt: skip
"""Names below `/api/v1/` that are no kind's, or those of a kind that writes its answers itself."""
_UNIQUE: tuple[tuple[str, Callable[[AnyKind], str]], ...] = (
    ("name", lambda kind: kind.name),
    ("folder", lambda kind: kind.folder),
    ("address", lambda kind: kind.list_address),
    ("api", lambda kind: kind.api),
    ("many.slug", lambda kind: kind.slug),
)


def _check_unique(kinds: Sequence[AnyKind], what: str, key: Callable[[AnyKind], str]) -> None:
    known: dict[str, int] = {}
    for position, kind in enumerate(kinds):
        value = key(kind)
        if value and value in known:
            message = text(
                'the kinds "{first}" and "{second}" have the same {what}, "{value}": give one of them another',
                first=kinds[known[value]].name,
                second=kind.name,
                what=what,
                value=value,
            )
            raise KindError(message, known[value], position)
        known[value] = position


def _fault(kind: AnyKind) -> Text | None:
    """What keeps a kind from being one."""
    if not isinstance(kind.name, str) or not is_slug(kind.name):
        return text('the kind "{name}": its name must be letters, digits and hyphens', name=kind.name)
    if kind.name in NAMES_TAKEN:
        return text('the kind "{name}": the portal has something else of this name: give it another', name=kind.name)
    return _fault_of_types(kind) or _fault_of_functions(kind) or _fault_of_values(kind) or _fault_of_address(kind)


_FUNCTIONS = {f.name: str(f.type).endswith(" | None") for f in fields(ContentKind) if str(f.type)[:9] == "Callable["}
"""The fields that are functions, each with whether it may be none."""


def _fault_of_types(kind: AnyKind) -> Text | None:
    if not (isinstance(kind.model, type) and issubclass(kind.model, BaseModel)):
        return text('the kind "{name}" has no model: name a pydantic model', name=kind.name)
    if not (isinstance(kind.card_type, type) and issubclass(kind.card_type, Card)):
        return text('the kind "{name}": card_type must be a Card', name=kind.name)
    if kind.codes is not None and not (isinstance(kind.codes, Codes) and issubclass(kind.card_type, CodedCard)):
        return text('the kind "{name}": card_type must be a CodedCard', name=kind.name)
    if not isinstance(kind.many, Term):
        return text('the kind "{name}": many must be a Term', name=kind.name)
    if not isinstance(kind.called, tuple):
        return text('the kind "{name}": called must be a tuple of names', name=kind.name)
    if not (isinstance(kind.facets, tuple) and all(isinstance(facet, Facet) for facet in kind.facets)):
        return text('the kind "{name}": facets must be a tuple of Facet', name=kind.name)
    if kind.derived is not None and not _is_derived(kind.derived, kind.card_type):
        return text('the kind "{name}": derived must be a Derived whose fields no card has', name=kind.name)
    if not isinstance(kind.meanings, Mapping):
        return text('the kind "{name}": meanings must say what each field means', name=kind.name)
    return None


def _fault_of_functions(kind: AnyKind) -> Text | None:
    for name, may_be_none in _FUNCTIONS.items():
        function = getattr(kind, name)
        if not callable(function) and not (function is None and may_be_none):
            return text('the kind "{name}": {field} must be a function', name=kind.name, field=name)
    return None


def _is_derived(derived: object, card: type[Card]) -> bool:
    if not (isinstance(derived, Derived) and callable(derived.of) and isinstance(derived.model, type)):
        return False
    return issubclass(derived.model, BaseModel) and not derived.model.model_fields.keys() & card.model_fields.keys()


def _fault_of_values(kind: AnyKind) -> Text | None:
    if kind.suffix not in (".yaml", ".md"):
        return text('the kind "{name}": its suffix must be .md or .yaml, not "{suffix}"', name=kind.name,
                    suffix=kind.suffix)  # fmt: skip
    if not isinstance(kind.api, str) or (kind.api and not is_slug(kind.api)):
        return text('the kind "{name}": api "{api}" must be letters, digits and hyphens', name=kind.name, api=kind.api)
    if kind.api in API_NAMES_TAKEN and not kind.answered_by_itself:
        return text('the kind "{name}": the API has "{api}" already: give it another', name=kind.name, api=kind.api)
    if kind.many.slug and not is_slug(kind.many.slug):
        return text('the kind "{name}": many.slug "{slug}" must be letters, digits and hyphens', name=kind.name,
                    slug=kind.many.slug)  # fmt: skip
    odd = next((facet.name for facet in kind.facets if not is_slug(facet.name) or facet.name == _QUERY), None)
    if odd is not None:
        return text('the kind "{name}": its facet "{facet}" must be letters, digits and hyphens, and not "{query}"',
                    name=kind.name, facet=odd, query=_QUERY)  # fmt: skip
    if not isinstance(kind.folder, str) or not is_slug(kind.folder) or kind.folder == MEDIA:
        return text('the kind "{name}": a site has a folder "{folder}" of its own, or it is none', name=kind.name,
                    folder=kind.folder)  # fmt: skip
    return None


def _fault_of_address(kind: AnyKind) -> Text | None:
    if kind.home is None:
        return None
    address = kind.list_address if isinstance(kind.home, str) else str(kind.home)
    first = address.removesuffix("/")
    taken = addresses.RESERVED_AT_ROOT - addresses.LISTS_OF_KINDS
    if address.endswith("/") and is_slug(first) and first not in taken:
        return None
    return text(
        'the kind "{name}": its address "{address}" must be one part below a site, such as "su-kien/", and none '
        "that the portal has",
        name=kind.name,
        address=address,
    )
