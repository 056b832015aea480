"""Who performs a procedure, in a few words: an owner is not always who citizens go to."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.portal.site_names import is_agency
from plugins.portal.vocabulary import AGENCY_KINDS, PERFORMING_LEVELS, Term
from plugins.procedures.cards import ProcedureCard

LEVELS_IN_MANY_PLACES = ("district", "commune")
"""Levels at which every agency of a kind performs what the province owns."""
MANY_AGENCIES = Term("Nhiều cơ quan cùng thực hiện", "Performed by many agencies")


def in_many_places(card: ProcedureCard) -> bool:
    """Whether others than its owner perform it, so that only linking knows where."""
    by_level = not is_agency(card.agency_slug) and any(level in card.performed_by for level in LEVELS_IN_MANY_PLACES)
    return bool(card.performing_agencies) or by_level


def performer(card: ProcedureCard, province_name: str, language: str = "vi") -> str:
    """Who performs it: its agency, or `UBND cấp xã` where the province owns what every commune performs."""
    if is_agency(card.agency_slug):
        return card.agency_name
    if card.performing_agencies:
        return MANY_AGENCIES.say(language)
    if not in_many_places(card):
        return province_name
    return ", ".join(_at_level(level, language) for level in dict.fromkeys(card.performed_by))


def province_group(cards: Iterable[ProcedureCard], province_name: str, language: str = "vi") -> str:
    """Who performs what the province owns, all of it: the name of one entry in a list of agencies."""
    owned = [card for card in cards if not is_agency(card.agency_slug)]
    names = [] if owned and all(map(in_many_places, owned)) else [province_name]
    for level in LEVELS_IN_MANY_PLACES:
        if any(level in card.performed_by and not card.performing_agencies for card in owned):
            names.append(_at_level(level, language))
    return ", ".join(names) or MANY_AGENCIES.say(language)


def _at_level(level: str, language: str) -> str:
    terms = AGENCY_KINDS if level in LEVELS_IN_MANY_PLACES else PERFORMING_LEVELS
    return terms[level].say(language)
