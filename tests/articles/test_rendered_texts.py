"""A text is rendered again where anything that it was made of has changed, and only there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.provinces import SmallProvince

ARTICLE = "agencies/so-y-te/news/2019/lien-ket.md"
PAGE = "so-y-te/tin-tuc/2019/lien-ket"
FRONT = "---\ntitle: Liên kết\ndate: 2019-05-06 07:00\nsummary: Các liên kết.\n---\n"
TEXT = (
    "Xem [trang]({filename}/pages/moi.md), [tệp]({static}/media/moi.txt), [cơ quan](agency:so-tu-phap), "
    "[thủ tục](procedure:1.001193).\n"
)


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Mới\n---\nMới.\n")
    made.write("agencies/so-y-te/media/moi.txt", "tệp")
    made.write(ARTICLE, FRONT + TEXT)
    made.build(PORTAL_PREVIEW=False)
    return made


def prose(province: SmallProvince) -> str:
    [found] = re.findall(r'<div class="prose">(.*?)</div>', province.page(PAGE), re.DOTALL)
    return str(found)


def test_text_is_taken_from_the_cache_although_the_version_before_is_gone(province: SmallProvince) -> None:
    before = province.files()
    for folder in (province.build_folder, province.releases):
        folder.rename(folder.with_name(f"old-{folder.name}"))
    province.output.unlink()
    assert (province.folder / "build" / "cache.sqlite").is_file()
    province.build(PORTAL_PREVIEW=False)
    assert province.files() == before


CHANGES = {
    "page withdrawn": lambda p: p.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Mới\nstatus: draft\n---\nMới.\n"),
    "agency gone": lambda p: p.rename("agencies/so-tu-phap", "agencies/so-khac"),
    "text": lambda p: p.write(ARTICLE, f"{FRONT}{TEXT}Thêm.\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_text_says_what_a_clean_build_says_after_a_change_of_what_it_leads_to(
    change: str, province: SmallProvince, tmp_path: Path
) -> None:
    before = prose(province)
    CHANGES[change](province)
    province.build(PORTAL_PREVIEW=False, PORTAL_ALLOW_LOSS=True)
    after = prose(province)
    clean = SmallProvince(tmp_path / "clean")
    (tmp_path / "clean").mkdir()
    province.content.rename(clean.content)
    clean.build(PORTAL_PREVIEW=False)
    assert after == prose(clean)
    assert after != before


@pytest.mark.parametrize("gone", ["pages/moi.md", "media/moi.txt"])
def test_link_to_a_file_that_is_no_more_is_told_of_a_text_that_has_not_changed(
    gone: str, province: SmallProvince
) -> None:
    province.delete(f"agencies/so-y-te/{gone}")
    [problem] = province.build(PORTAL_PREVIEW=False).problems
    assert problem.path.endswith(ARTICLE)
    assert gone in problem.render()
