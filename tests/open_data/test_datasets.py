"""The open data as data sets, for catalogues of other portals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld

from plugins.open_data.datasets import catalog_text, described
from plugins.portal.answers import AnswerFrame
from plugins.portal.vocabulary import Language
from tests.open_data.test_description import PROVINCE, answers
from tests.profiles import DCAT_AP, classes_of, misfits

DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
FRAME = AnswerFrame.of(PROVINCE, "vi")


@pytest.fixture(scope="module")
def nodes() -> list[dict[str, Any]]:
    """Every node with a type, as a program reads it that knows JSON-LD and nothing of us."""
    catalog = json.loads(catalog_text(answers("vi"), FRAME, PROVINCE))
    flat: list[dict[str, Any]] = jsonld.flatten(catalog)
    return [node for node in flat if "@type" in node]


def test_catalog_fits_dcat_ap() -> None:
    catalog = json.loads(catalog_text(answers("vi"), FRAME, PROVINCE))

    assert classes_of(catalog) >= DCAT_AP.keys()
    assert misfits(catalog, DCAT_AP) == []


def test_every_list_is_a_data_set_with_its_files(nodes: list[dict[str, Any]]) -> None:
    sets = {node[f"{DCT}identifier"][0]["@value"]: node for node in nodes if f"{DCAT}Dataset" in node["@type"]}
    lists = {answer.name for answer in answers("vi") if answer.is_list}

    assert sets.keys() == lists
    assert len(sets["procedures"][f"{DCAT}distribution"]) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_search_engines_are_told_of_the_same_data_sets(language: Language) -> None:
    catalog: Any = described(answers(language), AnswerFrame.of(PROVINCE, language), PROVINCE)

    assert len(catalog["dataset"]) == sum(answer.is_list and not answer.parameters for answer in answers(language))
    for data_set in catalog["dataset"]:
        assert data_set["license"] == "https://giayphep.example/"
        assert data_set["name"]
        assert data_set["distribution"]
