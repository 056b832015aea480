"""The lists of documents: of all sites and of each, newest first, and by type, field, year, issuer and status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plugins.documents.cards import DocumentCard
from plugins.documents.kinds import DOCUMENT
from plugins.documents.validity import Register
from plugins.documents.vocabulary import DOCUMENT_TYPES, UNSTATED, VALIDITIES, title_of
from plugins.portal.identifiers import fold
from plugins.portal.paging import PER_PAGE, Pager, page_addresses, paged
from plugins.portal.site_names import PROVINCE, is_agency, listed
from plugins.portal.vocabulary import Term


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


@dataclass(frozen=True)
class _Value:
    slug: str
    name: str
    order: object


@dataclass(frozen=True)
class _Facet:
    slug: str
    """In addresses; empty for years, which stand there themselves."""
    label: Term
    values_of: Callable[[DocumentCard], Iterable[_Value]]


class DocumentLists:
    """All documents of the portal, and the lists that lead to them."""

    def __init__(self, register: Register, province_name: str = "", language: str = "vi") -> None:
        self.register = register
        self._language = language
        self._province_name = province_name
        self.cards = sorted(register.cards, key=lambda card: (DOCUMENT.order(card), card.url))
        self._facets = (
            _Facet("loai", Term("Loại văn bản", "Type"), self._type),
            _Facet("", Term("Năm", "Year"), self._year),
            _Facet("linh-vuc", Term("Lĩnh vực", "Field"), self._field),
            _Facet("hieu-luc", Term("Tình trạng hiệu lực", "Status"), self._status),
        )

    def _type(self, card: DocumentCard) -> Iterable[_Value]:
        term = DOCUMENT_TYPES[card.type]
        yield _Value(term.slug, term.say(self._language), list(DOCUMENT_TYPES).index(card.type))

    def _year(self, card: DocumentCard) -> Iterable[_Value]:
        yield _Value(f"{card.year:04d}", str(card.year), -card.year)

    def _field(self, card: DocumentCard) -> Iterable[_Value]:
        if card.field:
            yield _Value(card.field, card.field_name, fold(card.field_name))

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
        for site, heading, url, cards, facets in self._lists():
            for address, pager, part in paged(cards, url):
                is_first = pager.number == 1
                asking = [card for card in cards if card.asks == "open"] if is_first and not heading else []
                yield ListPage(
                    address, site, heading, tuple(map(self.row, part)), tuple(map(self.row, asking)),
                    facets if is_first else (), pager,
                )  # fmt: skip

    def addresses(self) -> Iterator[str]:
        """The address of each of these pages."""
        for _, _, url, cards, _ in self._lists():
            yield from page_addresses(len(cards), url)

    def _lists(self) -> Iterator[tuple[str, str, str, Sequence[DocumentCard], tuple[FacetLinks, ...]]]:
        """Site, heading, address and documents of each list, and the narrower ones that the list of all links."""
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
            yield PROVINCE, self._province_name, everything, own, ()
        issuers = FacetLinks("co-quan", Term("Cơ quan", "Agency"), tuple(by_issuer))
        yield from self._site_lists(PROVINCE, self.cards, (issuers,))
        for site, cards in sorted(by_site.items()):
            yield from self._site_lists(site, cards, ())

    def _site_lists(
        self, site: str, cards: Sequence[DocumentCard], more: tuple[FacetLinks, ...]
    ) -> Iterator[tuple[str, str, str, Sequence[DocumentCard], tuple[FacetLinks, ...]]]:
        """The list of a site; narrower ones where it takes more than a page, and always of all sites."""
        home = DOCUMENT.list_of(site)
        facets = []
        for facet in self._facets if len(cards) > PER_PAGE or not is_agency(site) else ():
            parts: dict[_Value, list[DocumentCard]] = defaultdict(list)
            for card in cards:
                for value in facet.values_of(card):
                    parts[value].append(card)
            links = []
            for value, part in sorted(parts.items(), key=lambda pair: (pair[0].order, pair[0].slug)):
                url = f"{home}{facet.slug}/{value.slug}/" if facet.slug else f"{home}{value.slug}/"
                links.append(FacetLink(value.name, url, len(part)))
                yield site, value.name, url, part, ()
            if links:
                facets.append(FacetLinks(facet.slug or "nam", facet.label, tuple(links)))
        yield site, "", home, cards, (*facets, *more)
