"""The small file that the filtering page works from."""

from __future__ import annotations

import json

from hypothesis import given, settings

from plugins.procedures.cards import ProcedureCard
from plugins.procedures.catalogue import Catalogue
from plugins.procedures.filtering import facets_text
from tests.procedures.cards import card, catalogues


@given(catalogues(most=30))
@settings(max_examples=60)
def test_every_row_says_what_its_card_says(cards: list[ProcedureCard]) -> None:
    catalogue = Catalogue(cards, "Tỉnh Thử")
    read = json.loads(facets_text(catalogue))

    assert [row[0] for row in read["rows"]] == [card.code for card in catalogue.cards]
    for place, facet in enumerate(catalogue.facets, 2):
        names = [slug for slug, _ in read["facets"][place - 2]["values"]]
        for row, own in zip(read["rows"], catalogue.cards, strict=True):
            mark = row[place]
            said = {names[bit] for bit in range(len(names)) if mark >> bit & 1} if facet.overlapping else {names[mark]}
            assert said == {value.slug for value in facet.values_of(own)}


def test_suspended_procedure_is_marked() -> None:
    read = json.loads(facets_text(Catalogue([card(), card("1.000002", status="suspended")], "Tỉnh Thử")))

    assert [row[-1] for row in read["rows"]] == [0, 1]
