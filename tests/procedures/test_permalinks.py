"""Addresses for ever."""

from __future__ import annotations

import re

from plugins.procedures.permalinks import Move, map_text, moves
from tests.procedures.cards import card


def test_every_code_leads_to_the_page_wherever_its_owner_stands() -> None:
    own = card("1.000001", other_codes=("1.000001.000.00.00.H30",))
    theirs = card("1.000002", agency_slug="so-y-te", other_codes=("2.000009", "T-HGI-123456-TT"))

    assert [(move.address, move.target) for move in moves([own, theirs], {})] == [
        ("thu-tuc/1.000001.000.00.00.H30/", "thu-tuc/1.000001/"),
        ("thu-tuc/1.000002/", "so-y-te/thu-tuc/1.000002/"),
        ("thu-tuc/2.000009/", "so-y-te/thu-tuc/1.000002/"),
        ("thu-tuc/T-HGI-123456-TT/", "so-y-te/thu-tuc/1.000002/"),
    ]


def test_code_of_a_broken_site_leads_to_its_agency() -> None:
    assert list(moves([], {"1.000003": "so-y-te"})) == [Move("thu-tuc/1.000003/", "so-y-te/", "1.000003")]


def test_map_for_a_web_server_has_one_pair_a_line() -> None:
    text = map_text(moves([card("1.000002", agency_slug="so-y-te")], {"1.000003": "so-tu-phap"}))

    assert text == "/thu-tuc/1.000002/ /so-y-te/thu-tuc/1.000002/;\n/thu-tuc/1.000003/ /so-tu-phap/;\n"
    assert all(re.fullmatch(r"/[\w./-]+ /[\w./-]+;", line) for line in text.splitlines())
