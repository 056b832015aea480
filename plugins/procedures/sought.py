"""What search counts of procedures, and how a result shows one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from plugins.portal.kinds import Facet, Indexed, Listing
from plugins.portal.procedure import Procedure
from plugins.portal.site_names import listed
from plugins.portal.vocabulary import ONLINE_LEVELS, PERFORMING_LEVELS, PROCEDURE_STATUSES, Term
from plugins.procedures.acts import act_weight, without_saying_so
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.facets import AGENCY, FIELD, LEVEL
from plugins.procedures.performers import performer, province_group

PERFORMING_LEVEL = "cap"
"""The facet of the level that people go to."""
FACETS = (
    Facet(FIELD, Term("Lĩnh vực", "Field")),
    Facet(AGENCY, Term("Cơ quan", "Agency")),
    Facet(PERFORMING_LEVEL, Term("Cấp thực hiện", "Level")),
    Facet(LEVEL, Term("Mức độ", "Online level"), tag="level-"),
)
NO_LEVEL = Term("Chưa xác định", "Not determined")
NOT_IN_FORCE = 0.3
"""Weight of a procedure that is not in force: it is found, behind those that are."""
MINISTRY_ONLY = 0.7
"""Of one that nobody in the province handles."""
MOST_USED = 1.3
"""Of one that the province says most people need."""


NEAREST_FIRST = (*(level for level in reversed(PERFORMING_LEVELS) if level != "other"), "other")
"""Levels, where people go first before where they go last."""


def indexed(procedures: Listing[Procedure, ProcedureCard]) -> Iterator[tuple[ProcedureCard, Indexed]]:
    """The procedures that a site owns, those of one field together."""
    entries = sorted(procedures.entries, key=lambda entry: (entry[1].field, entry[1].code))
    province, language = procedures.shared.province.name, procedures.language
    in_force = (card for _, card in entries if card.status != "abolished")
    agency = procedures.site_name or province_group(in_force, province, language)
    of_province = procedures.shared.province
    most_used = frozenset(of_province.most_used)
    for record, card in entries:
        indexed = _indexed(card, record, agency, performer(card, province, language), language)
        yield card, replace(indexed, weight=_weight(card, most_used, of_province.ministry_last))


def _weight(card: ProcedureCard, most_used: Collection[str], ministry_last: bool) -> float:
    """What a procedure counts by itself, whatever is asked."""
    weight = act_weight(card.title)
    if card.status != "in_force":
        weight *= NOT_IN_FORCE
    if ministry_last and _by_ministry_alone(card):
        weight *= MINISTRY_ONLY
    return round(weight * MOST_USED if card.code in most_used else weight, 3)


def _by_ministry_alone(card: ProcedureCard) -> bool:
    return set(card.performed_by) == {"ministry"}


def _indexed(card: ProcedureCard, record: Procedure, agency: str, performers: str, language: str) -> Indexed:
    level = ONLINE_LEVELS[card.online_level].say(language) if card.online_level else ""
    status = PROCEDURE_STATUSES[card.status].say(language) if card.status != "in_force" else ""
    nearest = PERFORMING_LEVELS[next(name for name in NEAREST_FIRST if name in card.performed_by)]
    facets = (
        (FIELD, card.field, card.field_name),
        (AGENCY, listed(card.agency_slug), agency),
        (PERFORMING_LEVEL, nearest.slug, nearest.say(language)),
        (LEVEL, str(card.online_level or 0), level or NO_LEVEL.say(language)),
    )
    who = nearest.say(language) if _by_ministry_alone(card) else performers
    return Indexed(
        title=card.title,
        counted=without_saying_so(card.title),
        also=(card.code,),
        keywords=(*record.keywords, *card.other_codes),
        body=_body(card, record),
        summary=record.description or "",
        meta=" · ".join(filter(None, (card.code, card.field_name, who, level, status))),
        facets=facets,
    )


def _body(card: ProcedureCard, record: Procedure) -> tuple[str, ...]:
    """Without the steps, which say much the same of every procedure."""
    papers = (paper.name for case in record.papers for paper in case.papers)
    laws = (part for law in record.legal_basis for part in (law.number or "", law.title))
    return (
        record.description or "", card.field_name, card.agency_name, *record.performing_bodies,
        *(result.name for result in record.results), *(case.case or "" for case in record.papers), *papers,
        *record.conditions, *laws,
    )  # fmt: skip
