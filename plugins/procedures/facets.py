"""The sides from which procedures are looked for: field, agency, online level and mode, audience, performing level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from plugins.portal.identifiers import fold
from plugins.portal.site_names import is_agency, listed
from plugins.portal.vocabulary import AUDIENCES, ONLINE_LEVELS, ONLINE_MODES, PERFORMING_LEVELS, Term
from plugins.procedures.cards import ProcedureCard

FIELD, AGENCY, LEVEL = "linh-vuc", "co-quan", "muc-do"
"""The facets by which results of search are narrowed down too."""
UNKNOWN = "chua-xac-dinh"
_NO_LEVEL = Term("Chưa xác định mức độ", "Level not determined")
_NO_MODE = Term("Chưa xác định hình thức", "Mode not determined")

Position = tuple[int, str]
"""Where a value stands among the others of its facet."""


@dataclass(frozen=True)
class Value:
    """One value of a facet: what stands in addresses, and what people read."""

    slug: str
    name: str
    position: Position = (0, "")


@dataclass(frozen=True)
class Facet:
    """One side of a procedure."""

    slug: str
    """In the addresses of lists and in the choices of the page that filters."""
    label: Term
    values_of: Callable[[ProcedureCard], tuple[Value, ...]]
    position: int
    """Its place among the facets."""
    overlapping: bool = False
    """Whether a procedure may have more than one value: the parts then add up to more than the whole."""

    def parts(self, cards: Iterable[ProcedureCard]) -> dict[Value, list[ProcedureCard]]:
        """The values that these procedures have, in order, each with those that have it."""
        by_value: dict[Value, list[ProcedureCard]] = defaultdict(list)
        for card in cards:
            for value in self.values_of(card):
                by_value[value].append(card)
        return dict(sorted(by_value.items(), key=lambda entry: (entry[0].position, entry[0].slug)))


def all_facets(province_group: str, language: str = "vi") -> tuple[Facet, ...]:
    """The facets in the order of addresses and of the page that filters.

    `province_group` says who performs what the province owns; values of closed lists are named in `language`.
    """

    def agency(card: ProcedureCard) -> tuple[Value, ...]:
        return _agency(card.agency_slug, card.agency_name if is_agency(card.agency_slug) else province_group)

    return (
        Facet(FIELD, Term("Lĩnh vực", "Field"), _field, 0),
        Facet(AGENCY, Term("Cơ quan", "Agency"), agency, 1),
        Facet(LEVEL, Term("Mức độ trực tuyến", "Online level"), partial(_level, language), 2),
        Facet("hinh-thuc", Term("Hình thức trực tuyến", "Online mode"), partial(_mode, language), 3),
        Facet("doi-tuong", Term("Đối tượng", "Audience"), partial(_audiences, language), 4, overlapping=True),
        Facet(
            "cap-thuc-hien",
            Term("Cấp thực hiện", "Performing level"),
            partial(_performing, language),
            5,
            overlapping=True,
        ),
    )


@cache
def _agency(slug: str, name: str) -> tuple[Value, ...]:
    return (Value(listed(slug), name, (int(is_agency(slug)), fold(name))),)


def _field(card: ProcedureCard) -> tuple[Value, ...]:
    return _named_field(card.field, card.field_name)


@cache
def _named_field(slug: str, name: str) -> tuple[Value, ...]:
    return (Value(slug, name, (0, fold(name))),)


def _level(language: str, card: ProcedureCard) -> tuple[Value, ...]:
    if card.online_level is None:
        return (Value(UNKNOWN, _NO_LEVEL.say(language), (9, "")),)
    return (Value(str(card.online_level), ONLINE_LEVELS[card.online_level].say(language), (card.online_level, "")),)


def _mode(language: str, card: ProcedureCard) -> tuple[Value, ...]:
    if card.online_mode is None:
        return (Value(UNKNOWN, _NO_MODE.say(language), (9, "")),)
    return (_of_terms(ONLINE_MODES, card.online_mode, language),)


def _audiences(language: str, card: ProcedureCard) -> tuple[Value, ...]:
    return tuple(_of_terms(AUDIENCES, key, language) for key in dict.fromkeys(card.audiences))


def _performing(language: str, card: ProcedureCard) -> tuple[Value, ...]:
    return tuple(_of_terms(PERFORMING_LEVELS, key, language) for key in dict.fromkeys(card.performed_by))


@cache
def _term(slug: str, name: str, position: int) -> Value:
    return Value(slug, name, (position, ""))


def _of_terms(terms: dict[str, Term], key: str, language: str) -> Value:
    return _term(terms[key].slug, terms[key].say(language), list(terms).index(key))


def initial(card: ProcedureCard) -> Value:
    """The letter under which a procedure stands in the list from A to Z: Đ is one of its own."""
    name = card.name.casefold().removeprefix("thủ tục").lstrip()
    first = next((character for character in name if character.isalnum()), "")
    if first in ("đ", "ð"):
        return Value("dd", "Đ", (0, "d~"))
    letter = fold(first)
    return Value(letter, letter.upper(), (0, letter)) if "a" <= letter <= "z" else Value("so", "0-9", (1, ""))
