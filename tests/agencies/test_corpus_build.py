"""A made-up province of middle size builds whole, and its numbers agree."""

from __future__ import annotations

import json
from pathlib import Path

from plugins.corpus import CorpusPlan, write_corpus
from tests.provinces import SmallProvince, site


def test_province_of_middle_size_builds_whole_and_one_edit_touches_one_agency(tmp_path: Path) -> None:
    province = SmallProvince(tmp_path)
    write_corpus(province.content, CorpusPlan(agencies=12, procedures=300, news=600, pages=60))

    report = province.build()

    assert province.problems(report) == []
    assert len(report.sites) == 14
    index = json.loads((province.output / "api/v1/procedures.json").read_text(encoding="utf-8"))["procedures"]
    assert len({row["code"] for row in index}) == 300
    assert all((province.output / row["url"].strip("/") / "index.html").is_file() for row in index)
    assert all((province.output / "thu-tuc" / row["code"] / "index.html").is_file() for row in index)
    articles = [path for path in province.files() if "/tin-tuc/20" in f"/{path}"]
    assert len(articles) == 600
    slug = report.sites[1].slug
    province.write(f"agencies/{slug}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    again = province.build()

    assert [entry.slug for entry in again.sites if entry.outcome == "built"] == [slug, "portal"]
    assert site(again, slug).pages == report.sites[1].pages + 1
