"""`python -m tools.illustrations.icons`: draw the icons of the installed portal, from its emblem, anew.

The emblem stands on its own colour and within four fifths of the width, for devices cut icons to a shape of theirs.
"""

from __future__ import annotations

import importlib
import io
import re
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parents[2] / "theme/static"
WIDTHS = (192, 512)
"""Pixels; what browsers want of a portal that can be installed."""
COLOURS = 64


def icon(emblem: str) -> str:
    """The drawing of an emblem, 64 wide, on a square of its colour."""
    inside = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", emblem.strip())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><path fill="#0a5a5c" d="M0 0h80v80H0z"/>'
        f'<circle cx="40" cy="40" r="32.500" fill="#fff"/><g transform="translate(8 8)">{inside}</g></svg>'
    )


def main() -> None:
    # Only who draws has these two; they are in no lock file.
    resvg: Any = importlib.import_module("resvg_py")
    image: Any = importlib.import_module("PIL.Image")
    drawing = icon((STATIC / "mark.svg").read_text("utf-8"))
    for width in WIDTHS:
        drawn = image.open(io.BytesIO(bytes(resvg.svg_to_bytes(svg_string=drawing, width=width))))
        file = STATIC / "icons" / f"{width}.png"
        file.parent.mkdir(exist_ok=True)
        drawn.convert("RGB").quantize(COLOURS).save(file, optimize=True)
        print(f"{file.name}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
