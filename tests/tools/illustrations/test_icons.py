"""The icons of the installed portal are those of its emblem, as large as they say, and small to fetch."""

from __future__ import annotations

import struct

import pytest

from plugins.presentation.installing import ICONS
from tools.illustrations.icons import STATIC, WIDTHS, icon


def test_what_is_drawn_is_what_the_manifest_names() -> None:
    assert WIDTHS == ICONS


@pytest.mark.parametrize("width", WIDTHS)
def test_icon_is_as_wide_as_it_says(width: int) -> None:
    content = (STATIC / f"icons/{width}.png").read_bytes()

    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (width, width)
    assert len(content) < 12_000


def test_emblem_stands_whole_within_the_icon() -> None:
    drawing = icon((STATIC / "mark.svg").read_text("utf-8"))

    assert drawing.count("<svg") == drawing.count("</svg>") == 1
    assert "translate(8 8)" in drawing
