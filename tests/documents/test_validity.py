"""What becomes of documents, by their days and by what others do to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.documents.validity import Register
from tests.documents.cards import card, relation

OLD = "03/2015/QĐ-UBND"


def told(*cards: Any, of: int = 0) -> tuple[Any, Any, Any]:
    register = Register(cards)
    state = register.state(cards[of])
    return state.validity, state.since, state.by.number if state.by else None


def test_document_applies_from_its_first_day_to_its_last() -> None:
    issued: dict[str, Any] = {"issued": "2019-01-01", "effective_from": date(2019, 2, 1)}

    assert told(card(OLD, **issued, has_begun=False))[:2] == ("not_yet", date(2019, 2, 1))
    assert told(card(OLD, **issued))[:2] == ("in_force", date(2019, 2, 1))
    ended = card(OLD, **issued, has_ended=True, effective_to=date(2019, 3, 1))
    assert told(ended) == ("expired", date(2019, 3, 2), None)


def test_nothing_is_guessed_where_no_day_is_said() -> None:
    assert told(card(OLD, effective_from=None, has_begun=None))[0] is None


@pytest.mark.parametrize(
    ("does", "validity"),
    [
        (relation("replaces", OLD), "expired"), (relation("repeals", OLD), "expired"),
        (relation("repeals", OLD, part="Điều 5"), "partly_expired"), (relation("amends", OLD), "partly_expired"),
        (relation("suspends", OLD), "suspended"), (relation("based_on", OLD), "in_force"),
        (relation("refers_to", OLD), "in_force"), (relation("corrects", OLD), "in_force"),
    ],
)  # fmt: skip
def test_what_another_document_does_is_derived(does: dict[str, Any], validity: str) -> None:
    old, new = card(OLD, "2015-01-01"), card("12/2019/QĐ-UBND", "2019-04-15", does)

    assert told(old, new)[0] == validity
    assert told(new, old)[0] == "in_force"


def test_relation_counts_from_the_day_of_the_document_that_says_so() -> None:
    old = card(OLD, "2015-01-01")
    new = card("12/2019/QĐ-UBND", "2019-04-15", relation("replaces", "3/2015/QDUBND"), has_begun=False)
    state = Register([old, new]).state(old)

    assert state.validity == "in_force"
    assert state.to_come is not None
    assert state.to_come.source == new


def test_suspension_ends_with_the_document_that_brought_it() -> None:
    old, brake = card(OLD, "2015-01-01"), card("9/2018/QĐ-UBND", "2018-01-01", relation("suspends", OLD))
    off = card("12/2019/QĐ-UBND", "2019-04-15", relation("repeals", "09/2018/QĐ-UBND"))

    assert told(old, brake)[0] == "suspended"
    assert told(old, brake, off)[0] == "in_force"


def test_chain_of_changes_is_told_by_the_last() -> None:
    old = card(OLD, "2015-01-01")
    first = card("1/2017/QĐ-UBND", "2017-01-01", relation("amends", OLD))
    second = card("1/2018/QĐ-UBND", "2018-01-01", relation("amends", OLD))

    assert told(old, first, second) == ("partly_expired", date(2018, 1, 1), "01/2018/QĐ-UBND")


def test_documents_that_end_each_other_are_both_over() -> None:
    one = card("1/2018/QĐ-UBND", "2018-01-01", relation("replaces", "2/2018/QĐ-UBND"))
    other = card("2/2018/QĐ-UBND", "2018-01-01", relation("replaces", "1/2018/QĐ-UBND"))

    assert (told(one, other)[0], told(other, one)[0]) == ("expired", "expired")


def test_number_without_a_year_is_that_of_the_year_before() -> None:
    cards = [card("45/KH-UBND", f"{year}-03-01", type="plan") for year in (2017, 2018, 2020)]
    new = card("9/KH-UBND", "2019-01-01", relation("replaces", "45/KH-UBND"))
    named = card("8/KH-UBND", "2019-01-01", relation("replaces", "45/KH-UBND", issued="2017-03-01"))
    register = Register([*cards, new, named])

    assert register.meant(new, new.relations[0]) == cards[1]
    assert register.meant(named, named.relations[0]) == cards[0]
    assert register.of_number("45/KH-UBND") is None


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"written_status": "in_force"}, False),
        ({"written_status": "not_yet"}, True),
        ({"written_status": "expired"}, True),
        ({"written_status": "expired", "expiry_reason": "Luật khác"}, False),
        ({"written_status": "partly_expired"}, True),
        ({"written_status": "partly_expired", "expired_part": "Điều 3"}, False),
        ({"written_status": "in_force", "has_ended": True, "effective_to": date(2019, 5, 1)}, True),
        ({"written_status": "in_force", "has_begun": False}, True),
        ({"written_status": "in_force", "has_begun": None, "effective_from": None}, False),
    ],
)
def test_written_status_that_contradicts_is_told(given: dict[str, Any], *, wrong: bool) -> None:
    one = card(OLD, **given)
    register = Register([one])

    assert (register.contradiction(one) is not None) is wrong
    assert (register.state(one).validity == given["written_status"]) is not wrong
