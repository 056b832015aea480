"""What is said of the API to programs and to people."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from plugins.open_data.description import api_files, description_text
from plugins.portal.answers import Answer, answers_of_kind
from plugins.portal.province import Province
from tests.kinds import KINDS as NOTICES
from tests.portal.contents import KINDS
from tests.provinces import ROOT, SmallProvince

PLUGINS = SmallProvince(ROOT).settings()["PORTAL_SITE_PLUGINS"]
PROVINCE = Province.model_validate(
    {
        "name": "Tỉnh Thử", "site_name": "Cổng thử", "summary": "S", "url": "https://thu.example/",
        "responsible": "Bà Thử", "contact": {"email": "thu@thu.example"},
        "data_licence": {"name": "CC BY 4.0", "url": "https://giayphep.example/"},
    }
)  # fmt: skip


def answers(language: str) -> list[Answer]:
    own = [answer for name in PLUGINS for answer in getattr(import_module(name), "api_answers", tuple)()]
    kinds = [kind for kind in (*KINDS, *NOTICES) if kind.is_answered]
    return [*own, *(answer for kind in kinds for answer in answers_of_kind(kind, language))]


def described(language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(description_text(answers(language), PROVINCE, language))
    return read


@pytest.mark.parametrize("language", ["vi", "en"])
def test_description_is_open_api(language: str) -> None:
    description = described(language)
    OpenAPIV31SpecValidator(description).validate()

    assert description["openapi"].startswith("3.1")
    assert description["info"]["license"] == {"name": "CC BY 4.0", "url": "https://giayphep.example/"}
    assert description["info"]["contact"]["email"] == "thu@thu.example"
    assert {f"/{answer.address}" for answer in answers(language)} <= description["paths"].keys()


def test_operations_have_names_of_their_own() -> None:
    paths = described("vi")["paths"]
    names = [path["get"]["operationId"] for path in paths.values()]

    assert len(names) == len(set(names)) > 20


def test_every_kind_is_described_by_itself() -> None:
    paths = described("vi")["paths"]

    assert {f"/api/v1/{kind.api}.json" for kind in (*KINDS, *NOTICES)} <= paths.keys()


def test_every_field_is_explained_in_vietnamese() -> None:
    files = api_files(answers("vi"), "vi")
    unexplained = [f"{file.path}: {field.name}" for file in files for field in file.fields if not field.meaning]

    assert sum(len(file.fields) for file in files) > 150
    assert unexplained == []


def test_words_are_in_the_language_of_the_description() -> None:
    vietnamese, english = described("vi"), described("en")

    assert vietnamese["paths"].keys() == english["paths"].keys()
    for path, told in vietnamese["paths"].items():
        assert told["get"]["summary"] != english["paths"][path]["get"]["summary"], path
