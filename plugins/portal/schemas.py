"""JSON Schemas of the content files, made of the models that check them: editors' tools complete by them."""

from __future__ import annotations

import json
from pathlib import Path

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


def schema_text(name: str) -> str:
    """The schema of one kind of file, as it is written."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | MODELS[name].model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in MODELS:
        path = folder / f"{name}.schema.json"
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(path)
    return paths
