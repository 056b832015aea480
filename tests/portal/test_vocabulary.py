"""The closed lists in both languages."""

from __future__ import annotations

import pytest

from plugins.portal import vocabulary
from plugins.portal.vocabulary import Term

LISTS = {name: terms for name, terms in vars(vocabulary).items() if name.isupper()}


@pytest.mark.parametrize("name", LISTS)
def test_every_term_is_there_in_both_languages_with_what_it_means(name: str) -> None:
    terms = LISTS[name].values()

    assert [term for term in terms if not (term.vi and term.en)] == []
    assert [term for term in terms if bool(term.plain_vi) != bool(term.plain_en)] == []


def test_term_is_said_and_explained_in_a_language() -> None:
    term = Term("Phí", "Charge", "Trả cho dịch vụ", "Paid for a service")

    assert (term.say("vi"), term.explain("vi")) == ("Phí", "Trả cho dịch vụ")
    assert (term.say("en"), term.explain("en")) == ("Charge", "Paid for a service")
