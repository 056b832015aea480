"""From SVG to the WebP that a site's `media/` holds."""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import Any

MOST_BYTES = 40_000
"""Of a picture: the whole demonstration has some hundred."""


def render(svg: str, file: Path, width: int, *, lossless: bool = False) -> int:
    """Write a drawing as WebP, `width` pixels wide, and give its bytes; raises `ValueError` where it is too large."""
    # Only who draws has these two; they are in no lock file.
    resvg: Any = importlib.import_module("resvg_py")
    image: Any = importlib.import_module("PIL.Image")
    drawn = image.open(io.BytesIO(bytes(resvg.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))))
    file.parent.mkdir(parents=True, exist_ok=True)
    if lossless:
        drawn.convert("RGBA").save(file, lossless=True, quality=100, method=6)
    else:
        drawn.convert("RGB").save(file, quality=82, method=6)
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{file}: {size} bytes, more than {MOST_BYTES}")
    return size
