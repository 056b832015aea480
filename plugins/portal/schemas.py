"""JSON Schemas of the content files, made of the models that check them: editors' tools complete by them.

What a field means is said in Vietnamese, from `translations/fields.vi.yaml`, or in the models' own English.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from plugins.portal.agency import Agency
from plugins.portal.dossier_figures import DossierFigureList
from plugins.portal.kinds import AnyKind
from plugins.portal.manifest import SiteManifest
from plugins.portal.province import FieldList, LegalStatusList, LifeEventList, Province
from plugins.portal.record_files import (
    ADDRESSES,
    AGENCY,
    DOSSIER_FIGURES,
    FIELDS,
    LEGAL_STATUS,
    LIFE_EVENTS,
    PROVINCE_RECORD,
    SYNONYMS,
    schema_of,
)
from plugins.portal.settled_addresses import SettledAddressList
from plugins.portal.synonyms import SynonymList

MODELS: dict[str, type[BaseModel]] = {
    schema_of(PROVINCE_RECORD): Province,
    schema_of(FIELDS): FieldList,
    schema_of(LIFE_EVENTS): LifeEventList,
    schema_of(LEGAL_STATUS): LegalStatusList,
    schema_of(SYNONYMS): SynonymList,
    schema_of(DOSSIER_FIGURES): DossierFigureList,
    schema_of(ADDRESSES): SettledAddressList,
    schema_of(AGENCY): Agency,
    "site": SiteManifest,
}
"""Of the files of which there is one, and of what is made of them; kinds of content bring their own."""
SOURCE_LANGUAGE = "en"


@cache
def meanings(language: str) -> dict[str, dict[str, str]]:
    """What each field means, by model and field; empty for English, which stands in the models."""
    if language == SOURCE_LANGUAGE:
        return {}
    path = Path(__file__).parent / "translations" / f"fields.{language}.yaml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def schema_texts(kinds: Iterable[AnyKind] = (), language: str = "vi") -> dict[str, str]:
    """The schema of each kind of file by its name, as it is written."""
    schemas = {name: described_schema(model, language) for name, model in MODELS.items()}
    schemas |= {kind.name: kind_schema(kind, language) for kind in kinds}
    return {name: _written(schema) for name, schema in schemas.items()}


def _written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def kind_schema(kind: AnyKind, language: str = "vi") -> dict[str, Any]:
    """The schema of a content kind's files, its fields described in the kind's own words."""
    schema = described_schema(kind.model, language)
    if language != SOURCE_LANGUAGE:
        _describe(schema, dict(kind.meanings))
        for name, part in schema.get("$defs", {}).items():
            of_part = (key for key in kind.meanings if key.startswith(f"{name}."))
            _describe(part, {key.partition(".")[2]: kind.meanings[key] for key in of_part})
    return schema


def described_schema(model: type[BaseModel], language: str) -> dict[str, Any]:
    """The JSON Schema of a model, its fields described in that language."""
    identity = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema: dict[str, Any] = {**identity, **deepcopy(_schema_of(model))}
    known = meanings(language)
    for part in (schema, *schema.get("$defs", {}).values()):
        inherited: dict[str, str] = {}
        for name in part.pop(_BASES, ()):
            inherited |= known.get(name, {})
        _describe(part, inherited)
    return schema


@cache
def _schema_of(model: type[BaseModel]) -> JsonSchemaValue:
    """In English; the description of the open data asks for that of a list sixty times."""
    return model.model_json_schema(schema_generator=_Described)


class _Described(GenerateJsonSchema):
    """Describes fields by what stands below them in the models' source.

    Pydantic does so as it makes the models: then each start of a program reads the source of all of them.
    """

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, docstring in _attribute_docstrings(model).items():
            field = model.model_fields.get(name)
            described = made.get("properties", {}).get(name if field is None else field.alias or name)
            if described is not None:
                described.setdefault("description", docstring)
        made[_BASES] = [base.__name__ for base in reversed(model.__mro__)]
        return made


_BASES = "bases"
"""While a schema is made: the classes from which a part has its fields, the first first."""


def _attribute_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """By field, also by those that it inherits."""
    described: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            described |= _own_docstrings(base)
    return {name: docstring for name, docstring in described.items() if docstring}


@cache
def _classes_of(module: str) -> Mapping[str, ast.ClassDef]:
    """All classes in a module's source, by their qualified name; none where there is no source.

    `inspect.getsource` of a class reads and parses the whole module for each.
    """
    try:
        source = inspect.getsource(sys.modules[module])
    except (OSError, TypeError):
        return {}
    return dict(_named_classes(ast.parse(source), ""))


def _named_classes(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for child in ast.iter_child_nodes(node):
        inside = prefix
        if isinstance(child, ast.ClassDef):
            yield f"{prefix}{child.name}", child
            inside = f"{prefix}{child.name}."
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = f"{prefix}{child.name}.<locals>."
        yield from _named_classes(child, inside)


@cache
def _own_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """By field that the class itself has; empty where nothing stands below it, and of a class without a source."""
    written = _classes_of(model.__module__).get(model.__qualname__)
    if written is None:
        return {}
    docstrings: dict[str, str] = {}
    for statement, below in pairwise([*written.body, ast.Pass()]):
        match statement, below:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(value=ast.Constant(str(docstring))):
                docstrings[name] = inspect.cleandoc(docstring)
            case ast.AnnAssign(target=ast.Name(name)), _:
                docstrings[name] = ""
    return docstrings


def _describe(part: dict[str, Any], descriptions: dict[str, str]) -> None:
    for field, schema in part.get("properties", {}).items():
        schema.pop("title", None)  # the field's name in other letters
        if field in descriptions:
            schema["description"] = descriptions[field]


def write_schemas(folder: Path, language: str = "vi", kinds: Iterable[AnyKind] = ()) -> list[Path]:
    """Write all schemas into a folder; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, written in schema_texts(kinds, language).items():
        path = folder / f"{name}.schema.json"
        path.write_text(written, encoding="utf-8")
        paths.append(path)
    return paths
