"""Documented means tested: what can be set, asked for and told stands in docs/dossiers.md, and nothing else does."""

from __future__ import annotations

import json
import re

from plugins.dossiers.failures import SENTENCES
from plugins.dossiers.mapping import _COLUMNS, MappingTerms
from plugins.dossiers.settings import DEFAULTS, TOKEN
from tests.provinces import ROOT

TEXT = (ROOT / "docs" / "dossiers.md").read_text("utf-8")


def first_cells() -> set[str]:
    """What the tables are about."""
    return {name for row in re.findall(r"^\| ([^|]+) \|", TEXT, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)}


def written(value: object) -> str:
    """A default as the page writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{json.dumps(value)}`" if isinstance(value, str | dict) else f"{value:g}"


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    rows = dict(re.findall(r"^\| `(DOSSIER_\w+)` \| ([^|]*?) ?\|", TEXT, re.MULTILINE))

    assert rows == {name: written(value) for name, value in DEFAULTS.items()} | {TOKEN: ""}


def test_every_reason_is_documented() -> None:
    assert SENTENCES.keys() - first_cells() == set()


def test_every_part_of_a_mapping_is_documented() -> None:
    assert {*MappingTerms.model_fields, *_COLUMNS} - set(re.findall(r"`([\w.]+)`", TEXT)) == set()


def test_nothing_is_documented_that_is_not_there() -> None:
    known = {*DEFAULTS, TOKEN, *SENTENCES, *MappingTerms.model_fields}

    assert {name for name in first_cells() if re.fullmatch(r"[A-Za-z_]+", name)} - known == set()
