"""The lists of documents: of all sites and of each, newest first, and by type, field, year, issuer and status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.documents.validity import Register
from plugins.documents.vocabulary import DOCUMENT_TYPES, UNSTATED, VALIDITIES, title_of
from plugins.portal import addresses
from plugins.portal.identifiers import fold
from plugins.portal.paging import PER_PAGE, Pager, page_addresses, paged
from plugins.portal.site_names import PROVINCE, is_agency, listed
from plugins.portal.values import clipped, compact_json, day
from plugins.portal.vocabulary import Term

FACETS_FILE = "facets.json"
MOST_FILTERED = 3_000
"""Documents of a list that a script narrows down; of a longer one only the years are, and links narrow it."""
LONGEST_TITLE = 160
"""Letters of a title in what scripts load."""


@dataclass(frozen=True)
class Row:
    """A document in a list."""

    url: str
    named: str
    """Type and number: `Quyết định 12/2019/QĐ-UBND`."""
    card: DocumentCard
    validity: str | None
    status: str
    """Whether it applies, in words; empty where nothing is known."""


@dataclass(frozen=True)
class FacetLink:
    """A list that there is, with how many it has."""

    name: str
    url: str
    total: int


@dataclass(frozen=True)
class FacetLinks:
    """The lists by one side of documents."""

    slug: str
    label: Term
    links: tuple[FacetLink, ...]


@dataclass(frozen=True)
class Chosen:
    """A value of a facet that all documents of a list have."""

    facet: str
    slug: str
    name: str
    all_url: str
    """The list without it."""


@dataclass(frozen=True)
class Narrowing:
    """What a script narrows a list down by, several facets at once."""

    source: str
    """The address of the file with all documents of `all_url`."""
    all_url: str
    facets: tuple[tuple[str, str], ...]
    """Name and label of each."""
    chosen: Chosen | None


@dataclass(frozen=True)
class ListPage:
    """A page of a list."""

    url: str
    site: str
    """Whose documents it has; empty for those of all."""
    heading: str
    """The value that they have in common; empty for all."""
    rows: tuple[Row, ...]
    asking: tuple[Row, ...]
    """Drafts for comment that are open now, on the first page of all."""
    facets: tuple[FacetLinks, ...]
    pager: Pager
    narrowing: Narrowing | None
    feed_url: str


@dataclass(frozen=True)
class _List:
    """A list before it is cut into pages."""

    site: str
    heading: str
    url: str
    cards: Sequence[DocumentCard]
    has_feed: bool
    """Whether it has a feed of its own; else that of its site is named."""
    facets: tuple[FacetLinks, ...] = ()
    narrowing: Narrowing | None = None

    @property
    def feed_url(self) -> str:
        return f"{self.url}{addresses.ATOM_FEED}" if self.has_feed else DOCUMENT.feed_of(self.site)


@dataclass(frozen=True)
class _Value:
    slug: str
    name: str
    order: object


@dataclass(frozen=True)
class _Facet:
    name: str
    label: Term
    values_of: Callable[[DocumentCard], Iterable[_Value]]
    has_feed: bool = False

    is_of_years: bool = False


class DocumentLists:
    """All documents of the portal, and the lists that lead to them."""

    def __init__(self, register: Register, province_name: str = "", language: str = "vi") -> None:
        self.register = register
        self._language = language
        self._province_name = province_name
        self.cards = sorted(register.cards, key=lambda card: (DOCUMENT.order(card), card.url))
        self._facets = (
            _Facet("loai", Term("Loại văn bản", "Type"), self._type, has_feed=True),
            _Facet("nam", Term("Năm", "Year"), self._year, is_of_years=True),
            _Facet("linh-vuc", Term("Lĩnh vực", "Field"), self._field, has_feed=True),
            _Facet("hieu-luc", Term("Hiệu lực", "Status"), self._status),
        )
        self._issuer = _Facet("co-quan", Term("Cơ quan", "Agency"), self._agency)
        self._all_facets = (*self._facets, self._issuer)

    def _type(self, card: DocumentCard) -> Iterable[_Value]:
        term = DOCUMENT_TYPES[card.type]
        yield _Value(term.slug, term.say(self._language), list(DOCUMENT_TYPES).index(card.type))

    def _year(self, card: DocumentCard) -> Iterable[_Value]:
        yield _Value(f"{card.year:04d}", str(card.year), -card.year)

    def _field(self, card: DocumentCard) -> Iterable[_Value]:
        if card.field:
            yield _Value(card.field, card.field_name, fold(card.field_name))

    def _agency(self, card: DocumentCard) -> Iterable[_Value]:
        name = card.agency_name or self._province_name
        yield _Value(listed(card.agency_slug), name, (is_agency(card.agency_slug), fold(name)))

    def _status(self, card: DocumentCard) -> Iterable[_Value]:
        validity = self.register.state(card).validity
        term = UNSTATED if validity is None else VALIDITIES[validity]
        order = len(VALIDITIES) if validity is None else list(VALIDITIES).index(validity)
        yield _Value(term.slug, term.say(self._language), order)

    def row(self, card: DocumentCard) -> Row:
        validity = self.register.state(card).validity
        named = title_of(card.type, card.number, self._language)
        return Row(card.url, named, card, validity, VALIDITIES[validity].say(self._language) if validity else "")

    def pages(self) -> Iterator[ListPage]:
        """Every page of every list."""
        for made in self._lists:
            for address, pager, part in paged(made.cards, made.url):
                is_first = pager.number == 1
                asking = [card for card in made.cards if card.asks == "open"] if is_first and not made.heading else []
                yield ListPage(
                    address, made.site, made.heading, tuple(map(self.row, part)), tuple(map(self.row, asking)),
                    made.facets if is_first else (), pager, made.narrowing, made.feed_url,
                )  # fmt: skip

    def addresses(self) -> Iterator[str]:
        """The address of each of these pages."""
        for made in self._lists:
            yield from page_addresses(len(made.cards), made.url)

    def feeds(self) -> Iterator[tuple[str, str, Sequence[DocumentCard]]]:
        """Address, heading and documents of each list that has a feed beside those of sites."""
        return ((made.url, made.heading, made.cards) for made in self._lists if made.has_feed)

    def filter_files(self) -> Iterator[tuple[str, Callable[[], str], object]]:
        """The files for scripts: the address of each, what writes it, and all that it is written of."""
        for made in self._lists:
            own = made.narrowing
            if own is not None and own.source == f"{made.url}{FACETS_FILE}":
                facets = [facet for facet in self._all_facets if (facet.name, self._say(facet)) in own.facets]
                rows = [self.row(card) for card in made.cards]
                yield own.source, partial(self._filter_text, facets, rows), rows

    def _filter_text(self, facets: Sequence[_Facet], rows: Sequence[Row]) -> str:
        """A value of a facet is its position in the facet's list, -1 where a document has none."""
        parts = [self._parts(facet, [row.card for row in rows]) for facet in facets]
        positions = [{value: position for position, value in enumerate(part)} for part in parts]
        told = {
            "facets": [
                {"name": facet.name, "label": self._say(facet), "values": [[v.slug, v.name] for v in part]}
                for facet, part in zip(facets, parts, strict=True)
            ],
            "rows": [
                [row.url, row.named, *(
                    next((known[value] for value in facet.values_of(row.card)), -1)
                    for facet, known in zip(facets, positions, strict=True)
                ), 0]
                for row in rows
            ],
            "also": [
                [clipped(row.card.title, LONGEST_TITLE), day(row.card.issued, self._language), row.validity or ""]
                for row in rows
            ],
        }  # fmt: skip
        return compact_json(told) + "\n"

    def _say(self, facet: _Facet) -> str:
        return facet.label.say(self._language)

    def _parts(self, facet: _Facet, cards: Sequence[DocumentCard]) -> dict[_Value, list[DocumentCard]]:
        """The documents of each value, in the order of values."""
        parts: dict[_Value, list[DocumentCard]] = defaultdict(list)
        for card in cards:
            for value in facet.values_of(card):
                parts[value].append(card)
        return dict(sorted(parts.items(), key=lambda pair: (pair[0].order, pair[0].slug)))

    @cached_property
    def _lists(self) -> tuple[_List, ...]:
        return tuple(self._made_lists())

    def _made_lists(self) -> Iterator[_List]:
        by_site: dict[str, list[DocumentCard]] = defaultdict(list)
        for card in self.cards:
            by_site[card.agency_slug].append(card)
        if not self.cards:
            return
        own = by_site.pop(PROVINCE, [])
        by_issuer = [
            FacetLink(cards[0].agency_name or site, DOCUMENT.list_of(site), len(cards))
            for site, cards in by_site.items()
        ]
        by_issuer.sort(key=lambda link: (fold(link.name), link.url))
        everything = f"{DOCUMENT.list_of(PROVINCE)}co-quan/{listed(PROVINCE)}/"
        if own:
            by_issuer.insert(0, FacetLink(self._province_name, everything, len(own)))
            yield _List(PROVINCE, self._province_name, everything, own, has_feed=True)
        issuers = FacetLinks(self._issuer.name, self._issuer.label, tuple(by_issuer))
        yield from self._site_lists(PROVINCE, self.cards, (issuers,))
        for site, cards in sorted(by_site.items()):
            yield from self._site_lists(site, cards, ())

    def _site_lists(self, site: str, cards: Sequence[DocumentCard], more: tuple[FacetLinks, ...]) -> Iterator[_List]:
        """The list of a site; narrower ones where it takes more than a page, and always of all sites."""
        home = DOCUMENT.list_of(site)
        is_narrowed = len(cards) > PER_PAGE or not is_agency(site)
        is_filtered = is_narrowed and len(cards) <= MOST_FILTERED
        meant = [facet for facet in self._all_facets if facet is not self._issuer or not is_agency(site)]
        own = [facet for facet in meant if any(next(iter(facet.values_of(card)), None) for card in cards)]
        facets = []
        for facet in self._facets if is_narrowed else ():
            links = []
            for value, part in self._parts(facet, cards).items():
                url = f"{home}{value.slug}/" if facet.is_of_years else f"{home}{facet.name}/{value.slug}/"
                links.append(FacetLink(value.name, url, len(part)))
                narrowing = None
                if is_filtered:
                    chosen = Chosen(facet.name, value.slug, value.name, home)
                    narrowing = self._narrowing(home, own, chosen)
                elif facet.is_of_years and PER_PAGE < len(part) <= MOST_FILTERED:  # a year of a long list has a file
                    narrowing = self._narrowing(url, [other for other in own if other is not facet], None)
                has_feed = not is_agency(site) and facet.has_feed
                yield _List(site, value.name, url, part, has_feed, narrowing=narrowing)
            if links:
                facets.append(FacetLinks(facet.name, facet.label, tuple(links)))
        narrowing = self._narrowing(home, own, None) if is_filtered else None
        yield _List(site, "", home, cards, False, (*facets, *more), narrowing)

    def _narrowing(self, home: str, facets: Sequence[_Facet], chosen: Chosen | None) -> Narrowing:
        return Narrowing(f"{home}{FACETS_FILE}", home, tuple((f.name, self._say(f)) for f in facets), chosen)
