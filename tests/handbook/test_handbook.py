"""The editors' handbook: a page on a desk, made of the project's own documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.handbook.runs import handbook_html
from plugins.portal.problems import PortalError
from tests.provinces import ROOT, SmallProvince, site

ADDRESS = "kiem-tra/huong-dan/"


def test_every_part_and_every_link_within_the_handbook_leads_somewhere() -> None:
    handbook, contents = handbook_html((ROOT / "docs/content.md").read_text("utf-8"))
    page = html.document_fromstring(f"<main>{contents}{handbook}</main>")
    links = [link.removeprefix("#") for link in page.xpath("//a/@href") if link.startswith("#")]

    assert len(links) > 10
    assert set(links) - set(page.xpath("//@id")) == set()
    assert page.xpath("//comment() | //iframe | //b") == []
    assert [link for link in page.xpath("//a/@href") if link.endswith(".md")] == []


def test_tables_and_what_is_to_be_typed_stay_apart() -> None:
    handbook, _ = handbook_html("| a | b |\n| --- | --- |\n| `<b>` | c |\n\n    title: {{ x }}\n")

    assert "<td><code>&lt;b&gt;</code></td>" in handbook
    assert "<pre><code>title: {{ x }}" in handbook


def test_handbook_stands_on_the_desk_and_follows_its_file(tmp_path: Path) -> None:
    province, file = SmallProvince.of(tmp_path), tmp_path / "so-tay.md"
    file.write_text("# Sổ tay\n\n## Cách viết\n", "utf-8")
    province.build(PORTAL_HANDBOOK=str(file))
    before = province.page(ADDRESS)
    file.write_text("# Sổ tay mới\n", "utf-8")
    report = province.build(PORTAL_HANDBOOK=str(file))

    assert "Cách viết" in before
    assert "Sổ tay mới" in province.page(ADDRESS)
    assert f'href="/{ADDRESS}"' in province.page("kiem-tra/")
    assert site(report, "so-y-te").outcome == "unchanged"


@pytest.mark.parametrize(
    ("preview", "handbook"), [(True, ""), (True, "nowhere.md"), (False, str(ROOT / "docs/content.md"))]
)
def test_handbook_is_nowhere_in_public_or_where_there_is_none(tmp_path: Path, *, preview: bool, handbook: str) -> None:
    province = SmallProvince.of(tmp_path)
    province.build(PORTAL_PREVIEW=preview, PORTAL_HANDBOOK=handbook)

    assert province.shows("")
    assert not province.shows(ADDRESS)


def test_handbook_that_cannot_be_read_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match=r"the handbook cannot be read: .* \(see the setting PORTAL_HANDBOOK\)"):
        SmallProvince.of(tmp_path).build(PORTAL_HANDBOOK=str(tmp_path))
