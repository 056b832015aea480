"""`python -m tools.illustrations [SITE ...]`: draw the pictures of all sites, or of those named, anew."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from tools.illustrations.emblems import OF_AGENCIES, emblem
from tools.illustrations.rendering import render

CONTENT = Path(__file__).parents[2] / "content"
EMBLEM_WIDTH = 192


def main(sites: Sequence[str]) -> None:
    total = 0
    for slug, sign in OF_AGENCIES.items():
        if not sites or slug in sites:
            folder = CONTENT / "agencies" / slug
            colour = yaml.safe_load((folder / "agency.yaml").read_text("utf-8"))["colour"]
            total += render(emblem(sign, colour), folder / "media" / "bieu-trung.webp", EMBLEM_WIDTH, lossless=True)
    print(f"{total} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
