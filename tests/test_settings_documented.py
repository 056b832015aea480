"""Documented means tested: every setting of ours stands in docs/settings.md."""

from __future__ import annotations

import re

from tests.provinces import ROOT


def test_every_portal_setting_is_documented_with_its_value() -> None:
    conf = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    settings = re.findall(r"^(PORTAL_\w+) = (.+)$", conf, re.MULTILINE)

    assert len(settings) >= 7
    assert [name for name, _ in settings if f"`{name}`" not in text] == []


def test_no_setting_is_documented_that_is_not_there() -> None:
    conf = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    assert sorted(name for name in re.findall(r"`(PORTAL_\w+)`", text) if f"{name} =" not in conf) == []
