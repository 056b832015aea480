"""JSON Schemas of the content files, made of the models that check them: editors' tools complete by them.

What a field means is said in Vietnamese, from `translations/fields.vi.yaml`, or in the models' own English.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from plugins.portal.agency import Agency
from plugins.portal.article import Article, Page
from plugins.portal.manifest import SiteManifest
from plugins.portal.procedure import Procedure
from plugins.portal.province import FieldList, Province

MODELS: dict[str, type[BaseModel]] = {
    "province": Province,
    "fields": FieldList,
    "agency": Agency,
    "article": Article,
    "page": Page,
    "procedure": Procedure,
    "site": SiteManifest,
}
SOURCE_LANGUAGE = "en"


@cache
def meanings(language: str) -> dict[str, dict[str, str]]:
    """What each field means, by model and field; empty for English, which stands in the models."""
    if language == SOURCE_LANGUAGE:
        return {}
    path = Path(__file__).parent / "translations" / f"fields.{language}.yaml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def schema_text(name: str, language: str = "vi") -> str:
    """The schema of one kind of file, as it is written."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | MODELS[name].model_json_schema()
    for model, part in [(MODELS[name].__name__, schema), *schema.get("$defs", {}).items()]:
        _describe(part, meanings(language).get(model, {}))
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _describe(part: dict[str, Any], said: dict[str, str]) -> None:
    for field, schema in part.get("properties", {}).items():
        schema.pop("title", None)  # the field's name in other letters
        if field in said:
            schema["description"] = said[field]


def write_schemas(folder: Path, language: str = "vi") -> list[Path]:
    """Write all schemas into a folder; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in MODELS:
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(name, language), encoding="utf-8")
        paths.append(path)
    return paths
