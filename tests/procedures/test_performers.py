"""Who performs a procedure, in a few words."""

from __future__ import annotations

import pytest

from plugins.procedures.cards import ProcedureCard
from plugins.procedures.performers import performer, province_group
from tests.procedures.cards import card

PROVINCE = "Tỉnh Thử"
OWN = card(performed_by=("province",))
COMMUNE = card(performed_by=("commune",))
BOTH = card(performed_by=("district", "commune"))
NAMED = card(performed_by=("province", "district"), performing_agencies=("so-y-te", "huyen-a"))
AGENCY = card(agency_slug="so-y-te", agency_name="Sở Y tế", performed_by=("province",))


@pytest.mark.parametrize(
    ("procedure", "expected"),
    [
        (AGENCY, "Sở Y tế"),
        (OWN, PROVINCE),
        (COMMUNE, "UBND cấp xã"),
        (BOTH, "UBND cấp huyện, UBND cấp xã"),
        (card(performed_by=("province", "district")), "Cấp tỉnh, UBND cấp huyện"),
        (NAMED, "Nhiều cơ quan cùng thực hiện"),
    ],
)
def test_performer_is_who_citizens_go_to(procedure: ProcedureCard, expected: str) -> None:
    assert performer(procedure, PROVINCE) == expected


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([], PROVINCE),
        ([OWN, AGENCY], PROVINCE),
        ([COMMUNE], "UBND cấp xã"),
        ([COMMUNE, BOTH, NAMED], "UBND cấp huyện, UBND cấp xã"),
        ([OWN, COMMUNE], "Tỉnh Thử, UBND cấp xã"),
        ([NAMED], "Nhiều cơ quan cùng thực hiện"),
    ],
    ids=["nothing", "the province's own", "communes", "districts and communes", "both", "named agencies"],
)
def test_what_the_province_owns_is_named_after_those_that_perform_it(cards: list[ProcedureCard], expected: str) -> None:
    assert province_group(cards, PROVINCE) == expected
