"""Documented means tested: every setting of ours stands in docs/settings.md with the values that it has."""

from __future__ import annotations

import re

import pytest
from pelican.settings import read_settings

from tests.provinces import ROOT

ROW = re.compile(r"^\| `(\w+)` \| ([^|]*?) \| ([^|]*?) ?\| (.+) \|$", re.MULTILINE)
FOLDER_OF_SETTINGS = "the folder of `pelicanconf.py`"
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def documented() -> dict[str, tuple[str, str]]:
    """By setting what is said of a desk and of the public; where nothing is said of the public, it is the same."""
    found = ROW.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))
    assert len(found) == len({name for name, *_ in found})
    return {name: (desk, public or desk) for name, desk, public, _ in found}


def written(value: object) -> str:
    """A value as the page writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return NUMBERS[len(value)]
    if isinstance(value, str):
        return f"`{value}`" if value else '`""`'
    return f"`{value}`" if isinstance(value, dict) else str(value)


def names_in(conf: str) -> set[str]:
    """The settings of ours that a file gives a value."""
    text = (ROOT / conf).read_text(encoding="utf-8")
    return set(re.findall(r"^((?:PORTAL|DOSSIER)_\w+) = ", text, re.MULTILINE))


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names_in("pelicanconf.py"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", sorted(documented()))
def test_setting_is_documented_with_its_values(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    values = {}
    for conf in ("pelicanconf.py", "publishconf.py"):
        # Pelican makes paths whole as it reads them; what the file says is what is documented.
        said = read_settings(conf)[name]
        values[conf] = written(said.removeprefix(f"{ROOT}/") if isinstance(said, str) else said)
        if said == str(ROOT):
            values[conf] = FOLDER_OF_SETTINGS

    assert (values["pelicanconf.py"], values["publishconf.py"]) == documented()[name]


def test_every_setting_of_ours_is_documented_and_no_other_is() -> None:
    ours = names_in("pelicanconf.py") | names_in("publishconf.py")

    assert len(ours) >= 14
    assert {name for name in documented() if name.startswith(("PORTAL_", "DOSSIER_"))} == ours
