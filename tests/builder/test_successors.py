"""An agency that is no more names those that do its work now: their names of today, whoever is built or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.provinces import SmallProvince, site

OLD = """\
name: Sở Cũ
kind: department
summary: Đã thôi.
lifecycle: {{state: {state}, date: 2019-07-01, successors: [{to}]}}
"""
BOTH = (("/so-y-te/", "Sở Y tế"), ("/so-tu-phap/", "Sở Tư pháp"))
NEWS = "---\ntitle: Tin cũ\ndate: 2019-02-01\nsummary: S\n---\nA.\n"
PROCEDURE = "code: '1.000905'\nname: Cấp giấy\nfield: ho-tich\nperformed_by: [province]\n"
PAGES = (
    "so-cu", "so-cu/tin-tuc", "so-cu/tin-tuc/2019/tin", "so-cu/gioi-thieu", "so-cu/lien-he", "so-cu/tim-kiem",
    "so-cu/thu-tuc", "so-cu/thu-tuc/1.000905",
)  # fmt: skip
"""Every kind of page that an agency has."""


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    made = SmallProvince.of(tmp_path)
    end(made, "merged", "so-y-te, so-tu-phap")
    made.write("agencies/so-cu/news/2019/tin.md", NEWS)
    made.write("agencies/so-cu/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nA.\n")
    made.write("agencies/so-cu/procedures/1.000905.yaml", PROCEDURE)
    return made


def end(province: SmallProvince, state: str, successors: str, slug: str = "so-cu") -> None:
    province.write(f"agencies/{slug}/agency.yaml", OLD.format(state=state, to=successors))


def rename(province: SmallProvince, slug: str, name: str) -> None:
    file = province.content / "agencies" / slug / "agency.yaml"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([f"name: {name}", *lines[1:], ""]), "utf-8")


def banner(province: SmallProvince, address: str) -> HtmlElement:
    [found] = html.document_fromstring(province.page(address)).xpath("//main/*[@class='banner warn']")
    return found


def successors(province: SmallProvince, address: str = "so-cu") -> tuple[tuple[str | None, str], ...]:
    """The link and the words of each successor that a page names."""
    entries = banner(province, address).xpath(".//li | .//span[@class='successor']")
    return tuple(
        (next(iter(entry.xpath("a/@href")), None), " ".join(entry.text_content().split())) for entry in entries
    )


def test_successors_are_links_with_their_names_whatever_became_of_the_agency(province: SmallProvince) -> None:
    states = ("merged", "split", "renamed", "dissolved")
    for state in states:
        end(province, state, "so-y-te, so-tu-phap", f"so-{state}")
    province.build()

    assert {state: successors(province, f"so-{state}") for state in states} == dict.fromkeys(states, BOTH)


def test_every_kind_of_page_names_them_and_leaves_nothing_open(province: SmallProvince) -> None:
    report = province.build()

    assert province.problems(report) == []
    assert {page: successors(province, page) for page in PAGES} == dict.fromkeys(PAGES, BOTH)
    assert [name for name, body in province.files().items() if b"<!--portal:" in body] == []


def test_name_that_a_successor_takes_later_is_said_without_building_the_old_agency_anew(
    province: SmallProvince,
) -> None:
    province.build()
    rename(province, "so-y-te", "Sở Y tế & <Dân số>")
    report = province.build()

    assert site(report, "so-cu").outcome == "unchanged"
    assert {page: successors(province, page)[0] for page in PAGES} == dict.fromkeys(
        PAGES, ("/so-y-te/", "Sở Y tế & <Dân số>")
    )


def test_successor_that_the_portal_does_not_show_is_no_link(province: SmallProvince) -> None:
    province.write("agencies/so-moi/agency.yaml", "name: Sở Mới\nkind: department\nsummary: Mới.\n")
    end(province, "merged", "so-moi")
    province.build()
    assert successors(province) == (("/so-moi/", "Sở Mới"),)

    (province.content / "agencies/so-moi/agency.yaml").unlink()
    (province.content / "agencies/so-moi").rmdir()
    province.build()

    assert successors(province) == ((None, "so-moi (cơ quan không có trên cổng này)"),)


def test_pages_of_the_public_portal_link_as_the_others_do(province: SmallProvince) -> None:
    province.build(conf="publishconf.py")
    home = html.document_fromstring(province.page("so-cu")).xpath("//a[@class='brand']/@href")[0]

    assert successors(province)[0] == (f"{home}so-y-te/", "Sở Y tế")
    packed = {name for name in province.files() if name.startswith("so-cu/") and name.endswith(".gz")}
    assert "so-cu/index.html.gz" in packed


def test_only_what_others_complete_is_kept_open(province: SmallProvince) -> None:
    province.build()
    versions = province.build_folder.rglob("open/**/*.html")
    opened = {path.relative_to(province.build_folder).parts[1] for path in versions}

    assert {"so-cu", "province"} <= opened, "the banner, and the communes of the province's procedure"
    assert "so-y-te" not in opened
