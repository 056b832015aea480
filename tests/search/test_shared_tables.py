"""The tables that hold Python and the browser together, as Python reads them; engine.test.mjs reads them too."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from plugins.search import queries
from plugins.search.keyboards import meant
from plugins.search.log import FITS
from plugins.search.queries import speech_of, understand
from plugins.search.syllables import codes, exact, folded, may_mean, syllables
from tests.provinces import ROOT


def table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found


TEXTS = table("syllables.json")
QUERIES = table("queries.json")
SPEECH = speech_of(**QUERIES["speech"])
VOCABULARY = {word[:-1]: int(word[-1]) for word in QUERIES["words"].split()}


def typed(row: dict[str, Any]) -> str:
    """What is typed: something many times over, or a query, or both."""
    piece, times = row.get("repeated", ("", 0))
    return str(piece) * int(times) + str(row.get("query", ""))


def test_an_answer_fits_from_the_same_share_on_in_logs_and_in_browsers() -> None:
    [share] = re.findall(r"^const FIT = ([0-9.]+);", (ROOT / "theme/static/search/finding.js").read_text("utf-8"), re.M)

    assert float(share) == FITS


def weight(factors: str) -> float:
    return math.prod(float(QUERIES["weights"].get(factor, factor)) for factor in factors.split("*"))


@pytest.mark.parametrize("row", TEXTS["texts"], ids=lambda row: ascii(row["text"]))
def test_text_is_made_of_these_syllables_and_codes(row: dict[str, Any]) -> None:
    found = syllables(row["text"])

    assert found == [unicodedata.normalize("NFD", syllable) for syllable in row["syllables"]]
    assert [folded(syllable) for syllable in found] == row["folded"]
    assert [exact(syllable) for syllable in found] == row["exact"]
    assert codes(row["text"]) == row["codes"]


@pytest.mark.parametrize(("keys", "expected"), TEXTS["meant"])
def test_keys_of_telex_and_vni_mean_this_syllable(keys: str, expected: str | None) -> None:
    found = meant(keys)

    assert (found and unicodedata.normalize("NFC", found)) == expected


@pytest.mark.parametrize(("keys", "other", "expected"), TEXTS["may_mean"])
def test_syllable_may_mean_one_with_more_marks_but_no_others(keys: str, other: str, expected: bool) -> None:
    assert may_mean(syllables(keys)[0], syllables(other)[0]) is expected


def test_weights_of_the_table_are_those_of_queries() -> None:
    assert {f"{name}_WEIGHT": value for name, value in QUERIES["weights"].items()} == {
        name: value for name, value in vars(queries).items() if name.endswith("_WEIGHT")
    }


def readings(need: queries.Need) -> list[str]:
    """Each reading's terms, with their weights where they have one."""
    return [
        " ".join(clause.term + (f":{clause.weight:g}" if clause.weight else "") for clause in reading)
        for reading in need.readings
    ]


@pytest.mark.parametrize("row", QUERIES["queries"], ids=lambda row: ascii(typed(row))[:40])
def test_query_is_understood_as_these_clauses_needs_and_corrections(row: dict[str, Any]) -> None:
    understood = understand(typed(row), VOCABULARY, SPEECH)

    found = [(clause.term, clause.weight) for clause in understood.clauses]
    assert found == [(term, weight(factors)) for term, factors in map(str.split, row["clauses"])]
    assert [[round(need.share, 3), readings(need)] for need in understood.needs] == row["needs"]
    assert {near: list(known) for near, known in understood.corrections.items()} == row["corrections"]
