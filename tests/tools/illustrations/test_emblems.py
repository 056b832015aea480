"""The marks of agencies: each has one, and each is a drawing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import etree

from tests.provinces import ROOT
from tools.illustrations.emblems import OF_AGENCIES, SIGNS, emblem

AGENCIES = sorted((ROOT / "content/agencies").iterdir())


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.name)
def test_every_agency_has_an_emblem_of_its_own_and_names_it(agency: Path) -> None:
    record = yaml.safe_load((agency / "agency.yaml").read_text("utf-8"))

    assert OF_AGENCIES[agency.name] in SIGNS
    assert (agency / record["logo"]).read_bytes()[8:12] == b"WEBP"


def test_no_two_agencies_of_one_colour_have_the_same_sign() -> None:
    colours = {a.name: yaml.safe_load((a / "agency.yaml").read_text("utf-8"))["colour"] for a in AGENCIES}

    assert len({(sign, colours[slug]) for slug, sign in OF_AGENCIES.items()}) == len(AGENCIES)


@pytest.mark.parametrize("sign", SIGNS)
def test_emblem_is_a_drawing_that_keeps_within_its_square(sign: str) -> None:
    [*shapes] = etree.fromstring(emblem(sign, "#106d6a")).iter("{http://www.w3.org/2000/svg}path")

    assert shapes[-1].get("d") == SIGNS[sign]
    assert re.fullmatch(r"[MmLlHhVvCcSsAaZz0-9 .,-]+", SIGNS[sign])
    assert all(0 <= int(start) <= 96 for start in re.findall(r"M(\d+)", SIGNS[sign]))
