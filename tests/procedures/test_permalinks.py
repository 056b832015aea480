"""Addresses for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.portal.manifest import RemovedRecord
from plugins.procedures.cards import ProcedureCard
from plugins.procedures.permalinks import Move, Permalinks, map_text
from tests.procedures.cards import AGENCIES, card


def removed(code: str, agency: str, day: int = 1, name: str = "Thủ tục cũ") -> RemovedRecord:
    moment = datetime(2019, 9, day, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return RemovedRecord(code=code, agency=agency, name=name, removed=moment)


def permalinks(
    *cards: ProcedureCard, promised: Mapping[str, str] | None = None, past: tuple[RemovedRecord, ...] = ()
) -> Permalinks:
    return Permalinks(cards, promised or {}, past)


def targets(links: Permalinks) -> dict[str, str]:
    return {move.address: move.target for move in links.moves}


def test_every_code_leads_to_the_page_wherever_its_owner_stands() -> None:
    own = card("1.000001", other_codes=("1.000001.000.00.00.H30",))
    theirs = card("1.000002", agency_slug="so-y-te", other_codes=("2.000009", "T-HGI-123456-TT"))

    assert [(move.address, move.target) for move in permalinks(own, theirs).moves] == [
        ("thu-tuc/1.000001.000.00.00.H30/", "thu-tuc/1.000001/"),
        ("thu-tuc/1.000002/", "so-y-te/thu-tuc/1.000002/"),
        ("thu-tuc/2.000009/", "so-y-te/thu-tuc/1.000002/"),
        ("thu-tuc/T-HGI-123456-TT/", "so-y-te/thu-tuc/1.000002/"),
    ]


def test_code_of_a_broken_site_leads_to_its_agency() -> None:
    moves = permalinks(promised={"1.000003": "so-y-te"}).moves

    assert moves == (Move("thu-tuc/1.000003/", "so-y-te/", "1.000003"),)


def test_address_that_a_procedure_left_leads_to_where_it_is() -> None:
    now = card("1.000002", agency_slug="so-y-te", title="Cấp giấy")
    links = permalinks(now, past=(removed("1.000002", "so-tu-phap"), removed("1.000002", "so-xay-dung")))

    assert Move("so-tu-phap/thu-tuc/1.000002/", "so-y-te/thu-tuc/1.000002/", "Cấp giấy") in links.moves
    assert targets(links)["so-xay-dung/thu-tuc/1.000002/"] == "so-y-te/thu-tuc/1.000002/"
    assert links.gone == ()


def test_address_of_a_procedure_under_its_old_code_leads_to_the_new_one() -> None:
    now = card("1.000002", agency_slug="so-y-te", other_codes=("1.000009",))

    assert targets(permalinks(now, past=(removed("1.000009", "so-y-te"),))) == {
        "thu-tuc/1.000002/": "so-y-te/thu-tuc/1.000002/",
        "thu-tuc/1.000009/": "so-y-te/thu-tuc/1.000002/",
        "so-y-te/thu-tuc/1.000009/": "so-y-te/thu-tuc/1.000002/",
    }


def test_procedure_that_left_the_province_is_found_at_its_permalink() -> None:
    now = card("1.000002", agency_slug="so-y-te")

    assert targets(permalinks(now, past=(removed("1.000002", ""),))) == {
        "thu-tuc/1.000002/": "so-y-te/thu-tuc/1.000002/"
    }


def test_address_of_a_removed_procedure_leads_to_its_permalink_which_says_when() -> None:
    past = (removed("1.000002", "so-tu-phap", 3), removed("1.000002", "so-y-te", 9), removed("1.000001", "", 5))
    links = permalinks(past=past)

    assert targets(links) == {
        "so-tu-phap/thu-tuc/1.000002/": "thu-tuc/1.000002/",
        "so-y-te/thu-tuc/1.000002/": "thu-tuc/1.000002/",
    }
    assert [(past.code, past.removed.day) for past in links.gone] == [("1.000001", 5), ("1.000002", 9)]


def test_procedure_whose_owner_is_broken_is_not_gone() -> None:
    links = permalinks(promised={"1.000002": "so-y-te"}, past=(removed("1.000002", "so-tu-phap"),))

    assert targets(links)["so-tu-phap/thu-tuc/1.000002/"] == "so-y-te/"
    assert links.gone == ()


def test_site_that_still_shows_a_procedure_keeps_its_address() -> None:
    """Its file has been moved away, but the agency is broken: its last good version stays."""
    kept = card("1.000002", agency_slug="so-tu-phap")
    links = permalinks(kept, past=(removed("1.000002", "so-tu-phap"),))

    assert targets(links) == {"thu-tuc/1.000002/": "so-tu-phap/thu-tuc/1.000002/"}


def test_folder_that_never_had_a_page_has_none_now() -> None:
    links = permalinks(past=(removed("1.000002", "catalogue"), removed("1.000002", "theme")))

    assert links.moves == ()
    assert [past.code for past in links.gone] == ["1.000002"]


CODES = st.sampled_from(["1.000001", "1.000002", "2.000003"])
FOLDERS = st.sampled_from(["", "so-y-te", "so-tu-phap", "so-xay-dung"])


@given(
    st.dictionaries(CODES, FOLDERS.filter(lambda folder: folder in AGENCIES)),
    st.dictionaries(CODES, FOLDERS.filter(bool)),
    st.lists(st.tuples(CODES, FOLDERS, st.integers(1, 28))),
)
@settings(max_examples=200)
def test_no_address_leads_in_a_circle_or_nowhere(
    owners: dict[str, str], promised: dict[str, str], past: list[tuple[str, str, int]]
) -> None:
    cards = [card(code, agency_slug=agency) for code, agency in owners.items()]
    links = permalinks(*cards, promised=promised, past=tuple(removed(*entry) for entry in past))
    ends = {card.url for card in cards} | {f"{slug}/" for slug in promised.values()}
    ends |= {f"thu-tuc/{past.code}/" for past in links.gone}

    assert {move.target for move in links.moves} <= ends
    assert len(targets(links)) == len(links.moves)
    assert not targets(links).keys() & ends
    for code, agency, _ in past:
        address = f"{agency}/thu-tuc/{code}/".lstrip("/")
        assert address in targets(links).keys() | ends


def test_map_has_one_pair_a_line() -> None:
    links = permalinks(card("1.000002", agency_slug="so-y-te"), promised={"1.000003": "so-tu-phap"})
    text = map_text(links.moves)

    assert text == "/thu-tuc/1.000002/ /so-y-te/thu-tuc/1.000002/;\n/thu-tuc/1.000003/ /so-tu-phap/;\n"
    assert all(re.fullmatch(r"/[\w./-]+ /[\w./-]+;", line) for line in text.splitlines())
