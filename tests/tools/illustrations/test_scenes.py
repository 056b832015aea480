"""The pictures of the demonstration: what is drawn, and that what is wanted is there."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml
from lxml import etree

from tests.provinces import ROOT
from tools.illustrations.__main__ import WANTED
from tools.illustrations.rendering import MOST_BYTES
from tools.illustrations.scenes import LIGHTS, SCENES, drawn

PICTURES = [
    (site, name, *about)
    for site, pictures in yaml.safe_load(WANTED.read_text("utf-8")).items()
    for name, about in pictures.items()
]


@pytest.mark.parametrize("scene", SCENES)
def test_scene_is_the_same_drawing_each_time_and_another_by_another_chance(scene: str) -> None:
    once = drawn(scene, "day", 1)

    assert etree.fromstring(once).get("viewBox") == "0 0 1200 675"
    assert drawn(scene, "day", 1) == once
    assert drawn(scene, "day", 2) != once
    assert drawn(scene, "dusk", 1) != once


@pytest.mark.parametrize(("site", "name", "scene", "light", "seed"), PICTURES)
def test_picture_that_is_wanted_is_there_and_small(site: str, name: str, scene: str, light: str, seed: int) -> None:
    folder = ROOT / "content" / ("province" if site == "province" else f"agencies/{site}")

    assert scene in SCENES
    assert light in LIGHTS
    assert (folder / "media" / name).stat().st_size <= MOST_BYTES


def test_no_scene_stands_in_the_same_light_more_than_twice() -> None:
    often = {about: times for about, times in Counter((p[2], p[3]) for p in PICTURES).items() if times > 2}

    assert not often
