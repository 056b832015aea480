"""Texts as Pelican reads them: whatever was read and found good is published."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from tests.portal.contents import ARTICLE, PAGE
from tests.provinces import SmallProvince

Form = Literal["NFC", "NFD"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_is_published_whether_its_name_is_composed_or_decomposed(form: Form, tmp_path: Path) -> None:
    """A Mac writes names decomposed; nobody can see the difference."""
    province = SmallProvince.of(tmp_path)
    for path, written in (("pages/Đề án mới.md", PAGE), ("news/2019/Tin mới.md", ARTICLE)):
        province.write(unicodedata.normalize(form, f"agencies/so-y-te/{path}"), f"{written}Chữ.\n")

    report = province.build("so-y-te")

    assert report.problems == ()
    assert province.shows("so-y-te/de-an-moi")
    assert province.shows("so-y-te/tin-tuc/2019/tin-moi")


def test_no_text_disappears_without_a_word(tmp_path: Path) -> None:
    """Names that are hard to write down: each is published, or its editor is told why not."""
    province = SmallProvince.of(tmp_path)
    names = {"mot-đ́.md": "mot-d", "hai [2J].md": "hai-2j", "__pycache__/ba.md": "ba", "bon (1).md": "bon-1"}
    for name in names:
        province.write(f"agencies/so-y-te/news/2019/{name}", f"{ARTICLE}Chữ.\n")

    report = province.build("so-y-te")

    told = {problem.path.rpartition("/")[2][:3] for problem in report.problems}
    shown = {slug for slug in names.values() if province.shows(f"so-y-te/tin-tuc/2019/{slug}")}
    assert shown | {slug for slug in names.values() if slug[:3] in told} == set(names.values())
