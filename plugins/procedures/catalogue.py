"""The catalogue of all procedures, counted. Every number on the portal is derived here, so that sums agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from plugins.portal import addresses
from plugins.portal.identifiers import fold
from plugins.portal.paging import PER_PAGE, page_addresses
from plugins.portal.vocabulary import ONLINE_LEVELS, Term
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.facets import AGENCY, FIELD, LEVEL, UNKNOWN, Facet, Value, all_facets, initial
from plugins.procedures.performers import province_group

ALL = Term("Tất cả thủ tục", "All procedures")
ABOLISHED = Term(
    "Thủ tục đã bãi bỏ",
    "Abolished procedures",
    "Các thủ tục này không còn áp dụng và không được tính trong số thủ tục của tỉnh.",
    "These procedures no longer apply, and are not counted among those of the province.",
)
LETTER = Term(
    "Chữ cái",
    "Letter",
    "Xếp theo chữ cái đầu của tên; không tính hai chữ “Thủ tục” đứng đầu.",
    "By the first letter of the name, without the word for procedure at its beginning.",
)


@dataclass(frozen=True)
class Count:
    """How many procedures have a value of a facet, and where they are listed."""

    key: str
    """Such as `linh-vuc/ho-tich`: names the number on every page that shows it."""
    slug: str
    name: str
    url: str
    total: int


@dataclass(frozen=True)
class LevelCount:
    """How many procedures stand at an online level of TT 32/2017; None for those whose level is not known."""

    level: int | None
    exact: int
    cumulative: int | None
    """At this level or a higher one; None where the level is not known."""
    url: str | None
    """The list of those at exactly this level; None where there is none."""


@dataclass(frozen=True)
class Counts:
    """The catalogue in numbers: of procedures that are not abolished.

    Levels (exact), modes, fields and agencies each add up to the total; audiences and performing levels overlap.
    """

    total: int
    abolished: int
    abolished_url: str
    by_level: tuple[LevelCount, ...]
    by_mode: tuple[Count, ...]
    by_field: tuple[Count, ...]
    by_agency: tuple[Count, ...]
    by_audience: tuple[Count, ...]
    by_performing: tuple[Count, ...]
    levels_known: bool = True
    """Whether a level is known of any procedure: where none is, nobody is asked for one."""
    modes_known: bool = True


@dataclass(frozen=True)
class Refinement:
    """The ways to narrow a list down by one facet."""

    label: str
    links: tuple[Count, ...]


@dataclass(frozen=True)
class Chosen:
    """A value that a list is narrowed down to."""

    facet: str
    label: str
    slug: str
    value: str
    remove_url: str
    """The list without it."""


@dataclass(frozen=True)
class Listing:
    """A list of procedures with an address of its own."""

    url: str
    heading: str
    cards: Sequence[ProcedureCard]
    chosen: tuple[Chosen, ...] = ()
    refinements: tuple[Refinement, ...] = ()
    explanation: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether its heading says what it lists; all others are named by the values that were chosen."""
        return self.url == addresses.ALL_PROCEDURES or not self.can_be_filtered

    @property
    def can_be_filtered(self) -> bool:
        """Whether it is one of the lists that the form of facets leads to."""
        return self.url != addresses.ABOLISHED

    @property
    def total(self) -> int:
        return len(self.cards)


Choice = tuple[Facet, Value]


class Catalogue:
    """All procedures of the province, and the lists that lead to them.

    A list narrowed down twice has an address of its own where it helps: where the larger of its two lists takes more
    than a page, and where it is neither of them.
    """

    def __init__(self, cards: Iterable[ProcedureCard], province_name: str, language: str = "vi") -> None:
        """`language` is that of the portal's own words."""
        self.language = language
        everything = in_order(cards)
        self.cards = [card for card in everything if card.status != "abolished"]
        self.abolished = [card for card in everything if card.status == "abolished"]
        self.facets = all_facets(province_group(self.cards, province_name, language), language)
        self._parts = {facet.slug: facet.parts(self.cards) for facet in self.facets}

    @cached_property
    def counts(self) -> Counts:
        by = {facet.slug: self._counted(facet) for facet in self.facets}
        return Counts(
            total=len(self.cards),
            abolished=len(self.abolished),
            abolished_url=addresses.ABOLISHED,
            by_level=tuple(self._levels(by[LEVEL])),
            by_mode=by["hinh-thuc"],
            by_field=by[FIELD],
            by_agency=by[AGENCY],
            by_audience=by["doi-tuong"],
            by_performing=by["cap-thuc-hien"],
            levels_known=self._is_known(LEVEL),
            modes_known=self._is_known("hinh-thuc"),
        )

    @property
    def known_facets(self) -> tuple[Facet, ...]:
        """The facets of which something is known: what the page that filters offers."""
        return tuple(facet for facet in self.facets if self._is_known(facet.slug))

    def _is_known(self, facet: str) -> bool:
        return any(value.slug != UNKNOWN for value in self._parts[facet])

    @cached_property
    def letters(self) -> tuple[Count, ...]:
        """The initials of names, from A to Z."""
        return tuple(
            Count(f"chu-cai/{value.slug}", value.slug, value.name, _letter_url(value), len(cards))
            for value, cards in self._by_letter.items()
        )

    @cached_property
    def _by_letter(self) -> dict[Value, list[ProcedureCard]]:
        return Facet("chu-cai", LETTER, _initials, len(self.facets)).parts(self.cards)

    def listings(self) -> Iterator[Listing]:
        """Every list that has an address: all, by one facet, by two, by letter, abolished."""
        yield Listing(
            addresses.ALL_PROCEDURES, ALL.say(self.language), self.cards, (), self._refinements((), self.cards)
        )
        for choices, cards in self._narrowed_lists():
            yield self._listing(choices, cards)
        for letter, cards in self._by_letter.items():
            yield Listing(_letter_url(letter), letter.name, cards, explanation=LETTER.explain(self.language))
        if self.abolished:
            heading = ABOLISHED.say(self.language)
            yield Listing(addresses.ABOLISHED, heading, self.abolished, explanation=ABOLISHED.explain(self.language))

    def addresses(self) -> Iterator[str]:
        """The address of every page of every list: the same as of `listings`, without making them."""
        yield from page_addresses(len(self.cards), addresses.ALL_PROCEDURES)
        for choices, cards in self._narrowed_lists():
            yield from page_addresses(len(cards), list_url(*choices))
        for letter, cards in self._by_letter.items():
            yield from page_addresses(len(cards), _letter_url(letter))
        if self.abolished:
            yield from page_addresses(len(self.abolished), addresses.ABOLISHED)

    def _narrowed_lists(self) -> Iterator[tuple[tuple[Choice, ...], Sequence[ProcedureCard]]]:
        """The lists by one facet and by two, with what they are narrowed down to."""
        for facet in self.facets:
            for value, cards in self._parts[facet.slug].items():
                yield ((facet, value),), cards
        for first, second in combinations(self.facets, 2):
            for part, cards in self._parts[first.slug].items():
                for other, narrowed in second.parts(cards).items():
                    if self._helps((first, part), (second, other), len(narrowed)):
                        yield ((first, part), (second, other)), narrowed

    def _helps(self, first: Choice, second: Choice, together: int) -> bool:
        """Whether the list narrowed down by both has an address of its own."""
        sizes = [len(self._parts[facet.slug][value]) for facet, value in (first, second)]
        return max(sizes) > PER_PAGE and 0 < together < min(sizes)

    def _listing(self, choices: tuple[Choice, ...], cards: Sequence[ProcedureCard]) -> Listing:
        chosen = tuple(
            Chosen(
                facet.slug,
                facet.label.say(self.language),
                value.slug,
                value.name,
                list_url(*(c for c in choices if c != choice)),
            )
            for choice in choices
            for facet, value in (choice,)
        )
        heading = " – ".join(value.name for _, value in choices)
        return Listing(list_url(*choices), heading, cards, chosen, self._refinements(choices, cards))

    def _refinements(self, choices: tuple[Choice, ...], cards: Sequence[ProcedureCard]) -> tuple[Refinement, ...]:
        if len(cards) <= PER_PAGE or len(choices) > 1:
            return ()
        refinements = []
        for facet in self.facets:
            if any(facet is chosen for chosen, _ in choices):
                continue
            links = tuple(self._narrowed(choices, facet, cards))
            if links:
                refinements.append(Refinement(facet.label.say(self.language), links))
        return tuple(refinements)

    def _narrowed(self, choices: tuple[Choice, ...], facet: Facet, cards: Sequence[ProcedureCard]) -> Iterator[Count]:
        for value, narrowed in facet.parts(cards).items():
            total = len(narrowed)
            if total == len(cards):
                continue
            wanted = (*choices, (facet, value))
            if len(wanted) == 2 and not self._helps(wanted[0], wanted[1], total):
                wanted = ((facet, value),)  # it lies within this list wholly
            yield Count(_key(*wanted), value.slug, value.name, list_url(*wanted), total)

    def _counted(self, facet: Facet) -> tuple[Count, ...]:
        return tuple(
            Count(_key((facet, value)), value.slug, value.name, list_url((facet, value)), len(cards))
            for value, cards in self._parts[facet.slug].items()
        )

    def _levels(self, counted: Sequence[Count]) -> Iterator[LevelCount]:
        exact = {count.slug: count for count in counted}
        for level in ONLINE_LEVELS:
            at_least = sum(1 for card in self.cards if card.online_level is not None and card.online_level >= level)
            here = exact.get(str(level))
            yield LevelCount(level, here.total if here else 0, at_least, here.url if here else None)
        if UNKNOWN in exact:
            yield LevelCount(None, exact[UNKNOWN].total, None, exact[UNKNOWN].url)


def in_order(cards: Iterable[ProcedureCard]) -> list[ProcedureCard]:
    """By name as people look it up, then by code."""
    return sorted(cards, key=lambda card: (fold(card.name), card.code))


def list_url(*choices: Choice) -> str:
    """The address of the list narrowed down by these, in the order of the facets."""
    if not choices:
        return addresses.ALL_PROCEDURES
    return f"{addresses.PROCEDURES}{_key(*choices)}/"


def field_list(card: ProcedureCard) -> str:
    """The list of all procedures of a procedure's field; of an abolished one, that of abolished ones.

    A field of which no other procedure is in force has no list.
    """
    if card.status == "abolished":
        return addresses.ABOLISHED
    return f"{addresses.PROCEDURES}linh-vuc/{card.field}/"


def _key(*choices: Choice) -> str:
    return "/".join(f"{facet.slug}/{value.slug}" for facet, value in sorted(choices, key=lambda c: c[0].position))


def _letter_url(letter: Value) -> str:
    return f"{addresses.PROCEDURES}chu-cai/{letter.slug}/"


def _initials(card: ProcedureCard) -> tuple[Value, ...]:
    return (initial(card),)
