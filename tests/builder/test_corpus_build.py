"""A made-up province of middle size builds whole, and its numbers agree."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from tests.provinces import SmallProvince, files_below, site
from tools.corpus import CorpusPlan, write_corpus


def test_province_of_middle_size_builds_whole_and_one_edit_touches_one_agency(tmp_path: Path) -> None:
    province = SmallProvince(tmp_path)
    write_corpus(province.content, CorpusPlan(agencies=12, procedures=300, news=600, pages=60))

    report = province.build(own_processes=True)

    assert province.problems(report) == []
    assert len(report.sites) == 14
    lists = [province.output / f"api/v1/procedures{page}.json" for page in ("", ".2")]
    index = [row for path in lists for row in json.loads(path.read_text(encoding="utf-8"))["items"]]
    assert len({row["code"] for row in index}) == 300
    assert all((province.output / urlsplit(row["url"]).path.strip("/") / "index.html").is_file() for row in index)
    assert all((province.output / "thu-tuc" / row["code"] / "index.html").is_file() for row in index)
    articles = [
        path
        for path in province.files()
        if re.search(r"(?:^|/)tin-tuc/20\d\d/[^/]+/index\.html$", path) and "/trang/" not in path
    ]
    assert len(articles) == 600
    slug = report.sites[1].slug
    province.write(f"agencies/{slug}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    again = province.build(own_processes=True)

    assert [entry.slug for entry in again.sites if entry.outcome == "built"] == [slug, "portal"]
    assert site(again, slug).pages == report.sites[1].pages + 1


def test_every_number_of_the_catalogue_is_that_of_the_rows_of_its_list(tmp_path: Path) -> None:
    province = SmallProvince(tmp_path)
    write_corpus(province.content, CorpusPlan(agencies=12, procedures=300, news=0, pages=0))
    province.build(own_processes=True)
    numbers: dict[str, set[int]] = {}
    rows: Counter[str] = Counter()
    for path in files_below(province.output / "thu-tuc"):
        if path.name != "index.html":
            continue
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        listed = page.xpath("//*[@id='danh-sach']//li[@class='row']")
        address = re.sub(r"/trang/\d+$", "", path.parent.relative_to(province.output / "thu-tuc").as_posix())
        assert len(listed) <= 50, address
        rows[address] += len(listed)
        for element in page.xpath("//*[@data-count]"):
            numbers.setdefault(element.get("data-count"), set()).add(int(element.text_content().replace(".", "")))
    totals = {key: min(said) for key, said in numbers.items()}

    assert {key: said for key, said in numbers.items() if len(said) > 1} == {}
    assert totals["tong"] == rows["tat-ca"] == 300
    pairs = {key for key in totals if key.count("/") == 3}
    assert len(pairs) > 20
    lists = {key: total for key, total in totals.items() if "/" in key and "tich-luy" not in key}
    assert {key: rows[key] for key in lists} == lists
    for facet in ("linh-vuc", "co-quan", "muc-do", "chu-cai"):
        assert sum(total for key, total in lists.items() if key.startswith(f"{facet}/") and key not in pairs) == 300
    assert [key for key in lists if key.startswith("hinh-thuc/")] == []  # nobody knows one
