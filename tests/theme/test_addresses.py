"""Templates and scripts take addresses from `plugins/portal/addresses.py`: none is spelled a second time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.portal import addresses
from tests.provinces import ROOT

THEME = ROOT / "theme"
FIRST_NAMES = {
    value.partition("/")[0] for name, value in vars(addresses).items() if name.isupper() and isinstance(value, str)
}
SPELLED = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(FIRST_NAMES)))})/")


def files(folder: str, suffix: str) -> list[Path]:
    return sorted((THEME / folder).rglob(f"*{suffix}"))


@pytest.mark.parametrize(
    "text", ['href="{{ SITEURL }}/thu-tuc/"', "`/${agency}/lien-he/`", "'tim-kiem/tin/'", "/api/v1/"]
)
def test_spelled_address_is_seen(text: str) -> None:
    assert SPELLED.search(text)


@pytest.mark.parametrize("text", ['id="tin-tuc"', "{{ addresses.NEWS }}", "find(places, 'thu-tuc', query)"])
def test_name_that_is_no_address_is_none(text: str) -> None:
    assert not SPELLED.search(text)


@pytest.mark.parametrize("path", files("templates", ".html"), ids=lambda path: str(path.relative_to(THEME)))
def test_template_spells_no_address(path: Path) -> None:
    assert SPELLED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", files("static", ".js"), ids=lambda path: str(path.relative_to(THEME)))
def test_script_spells_no_address(path: Path) -> None:
    assert SPELLED.findall(path.read_text(encoding="utf-8")) == []
