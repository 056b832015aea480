"""`python -m tools.illustrations [SITE ...]`: draw the pictures of all sites, or of those named, anew."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from tools.illustrations.emblems import OF_AGENCIES, emblem
from tools.illustrations.rendering import render
from tools.illustrations.scenes import drawn

WANTED = Path(__file__).with_name("wanted.yaml")
CONTENT = Path(__file__).parents[2] / "content"
EMBLEM_WIDTH = 192
SCENE_WIDTH = 960


def main(sites: Sequence[str]) -> None:
    total = 0
    for slug, sign in OF_AGENCIES.items():
        if not sites or slug in sites:
            folder = CONTENT / "agencies" / slug
            colour = yaml.safe_load((folder / "agency.yaml").read_text("utf-8"))["colour"]
            total += render(emblem(sign, colour), folder / "media" / "bieu-trung.webp", EMBLEM_WIDTH, lossless=True)
    for site, pictures in yaml.safe_load(WANTED.read_text("utf-8")).items():
        folder = CONTENT / ("province" if site == "province" else f"agencies/{site}") / "media"
        for name, (scene, light, seed) in pictures.items():
            if not sites or site in sites:
                total += render(drawn(scene, light, seed), folder / name, SCENE_WIDTH)
    print(f"{total} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
