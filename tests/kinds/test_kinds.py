"""A kind of content that lives here appears everywhere, with one line of settings and none changed elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import html
from pydantic import BaseModel

from plugins.builder.kinds import load_kinds
from plugins.portal.kinds import AnyKind, KindError, Kinds
from plugins.portal.schemas import write_schemas
from plugins.procedures.kinds import CODES
from tests.kinds import KINDS
from tests.provinces import CAPABILITIES, ROOT, SmallProvince, site
from tests.shown import ToldData

KIND = KINDS[0]
HERE = [*CAPABILITIES, "tests.kinds"]
NOTICE = """\
---
title: Nghỉ <lễ> & trực
summary: Bộ phận một cửa nghỉ, có người trực.
until: 2019-09-05
about: ['2.000488']
---
Xem [thủ tục](procedure:2.000488), *từ dừa nước* trở đi.
"""
HOME, ROOT_LIST = "so-y-te/thong-bao/", "thong-bao/"
PAGE = f"{HOME}nghi-le/"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    made = SmallProvince.of(tmp_path_factory.mktemp("kinds"))
    made.write("agencies/so-y-te/notices/nghi-le.md", NOTICE)
    made.write("agencies/so-y-te/notices/nhap.md", NOTICE.replace("---\nXem", "status: draft\n---\nXem"))
    made.write("agencies/so-tu-phap/notices/moi.md", NOTICE.replace("Nghỉ <lễ> & trực", "Mới").replace("2019", "2020"))
    report = made.build(PORTAL_PREVIEW=False, PORTAL_KINDS=HERE)
    assert made.problems(report) == []
    return made


def links(province: SmallProvince, address: str) -> list[str]:
    page = html.document_fromstring(province.page(address))
    return [str(link) for link in page.xpath("//main//a/@href")]


def test_page_says_what_the_file_says(province: SmallProvince) -> None:
    page = html.document_fromstring(province.page(PAGE))

    assert page.xpath("//h1")[0].text_content() == "Nghỉ <lễ> & trực"
    assert page.xpath("//em")[0].text_content() == "từ dừa nước"
    assert "/thu-tuc/2.000488/" in links(province, PAGE)


def test_lists_have_their_own_and_that_of_the_province_all_in_order(province: SmallProvince) -> None:
    assert [link for link in links(province, HOME) if not link.endswith("atom")] == [f"/{PAGE}"]
    assert links(province, ROOT_LIST)[:2] == ["/so-tu-phap/thong-bao/moi/", f"/{PAGE}"]


def test_draft_is_nowhere_in_public(province: SmallProvince) -> None:
    assert not province.shows(f"{HOME}nhap/")
    assert [name for name, body in province.files().items() if b"thong-bao/nhap" in body] == []


def test_menu_of_a_site_leads_to_its_list_on_every_page_of_it(province: SmallProvince) -> None:
    for address in ("so-y-te/", "so-y-te/thu-tuc/", PAGE):
        page = html.document_fromstring(province.page(address))
        assert f"/{HOME}" in page.xpath("//nav[contains(@class,'menu')]//a/@href"), address


def test_list_of_all_sites_is_linked_from_the_site_map(province: SmallProvince) -> None:
    """Pages of the province alone do not know what agencies have: its menu has what all its pages can have."""
    assert links(province, "so-do-cong/").count("/thong-bao/") == 1
    assert links(province, "so-do-cong/").count("/tin-tuc/") == 1
    assert "/thong-bao/" not in html.document_fromstring(province.page("")).xpath("//nav//a/@href")


def test_sitemaps_have_pages_and_lists(province: SmallProvince) -> None:
    files = province.files()

    assert f"https://thunghiem.example/{PAGE}".encode() in files["sitemaps/so-y-te.xml"]
    assert b"https://thunghiem.example/thong-bao/<" in files["sitemaps/province.xml"]


def test_feeds_say_what_pages_say(province: SmallProvince) -> None:
    of_site = feedparser.parse(province.files()[f"{HOME}feed.atom"])
    of_all = feedparser.parse(province.files()["thong-bao/feed.atom"])

    assert [(entry.link, entry.title) for entry in of_site.entries] == [
        (f"https://thunghiem.example/{PAGE}", "Nghỉ <lễ> & trực")
    ]
    assert [entry.title for entry in of_all.entries] == ["Mới", "Nghỉ <lễ> & trực"]


def test_feed_that_pages_name_is_called_after_its_kind(province: SmallProvince, tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/so-y-te/notices/nghi-le.md", NOTICE)
    made.build(PORTAL_KINDS=["tests.kinds", *CAPABILITIES])
    named = "//link[@type='application/atom+xml' and starts-with(@title, $kind)]/@href"

    assert html.document_fromstring(made.page("so-y-te/")).xpath(named, kind="Thông báo của ") == [f"/{HOME}feed.atom"]
    assert "Thông báo (Atom)</a>" in made.page("so-y-te/")
    assert html.document_fromstring(province.page("")).xpath(named, kind="Tin tức của ") == ["/tin-tuc/feed.atom"]


def test_api_has_the_cards_of_all_and_says_so(province: SmallProvince) -> None:
    files = province.files()
    rows = json.loads(files["api/v1/notices.json"])["items"]
    whole = "https://thunghiem.example/"
    document = json.loads(files[rows[1]["document"].removeprefix(whole)])

    assert [row["agency"] for row in rows] == ["so-tu-phap", "so-y-te"]
    assert (rows[1]["url"], rows[1]["until"]) == (f"{whole}{PAGE}", "2019-09-05T00:00:00+07:00")
    assert {name: document[name] for name in rows[1]} == rows[1]
    assert document["record"]["about"] == ["2.000488"]
    assert f'<a href="{whole}thu-tuc/2.000488/" rel="noopener">' in document["html"]
    assert {"/api/v1/notices.json", "/api/v1/schemas/notices.schema.json"} <= {
        f"/{name}" for name in files if name in province.page("api/v1/") + str(files["api/v1/index.json"])
    }


def test_what_its_pages_show_is_in_the_data(province: SmallProvince) -> None:
    files = province.files()
    told = ToldData(files.__getitem__, files, "https://thunghiem.example/")

    assert "notices" in told.kinds()
    assert told.unsaid_of("notices", lambda address: html.document_fromstring(province.page(address))) == (2, [])


def test_search_finds_title_text_and_kind(province: SmallProvince) -> None:
    files = province.files()
    index = b"".join(body for name, body in files.items() if name.startswith("tim-kiem/tin/"))

    assert "Nghỉ <lễ> & trực".encode() in index.replace(b"\\u003c", b"<").replace(b"\\u0026", b"&")
    assert "Thông báo" in str(json.loads(files["tim-kiem/tin.json"])["facets"])


def test_schema_explains_its_fields(tmp_path: Path) -> None:
    [path] = [path for path in write_schemas(tmp_path, kinds=Kinds(KINDS)) if path.name == "notice.schema.json"]

    assert json.loads(path.read_text("utf-8"))["properties"]["until"]["description"] == "ngày cuối cùng còn hiệu lực"


def test_what_is_wrong_is_told_with_file_line_and_remedy(tmp_path: Path) -> None:
    broken = SmallProvince.of(tmp_path)
    notice = NOTICE.replace("until: 2019-09-05", "until: 1019-09-05\nforms: [media/khong.pdf]\nnguoi-ky: An")
    broken.write("agencies/so-y-te/notices/sai.md", notice.replace("2.000488", "2.000489"))
    broken.write("agencies/so-y-te/notices/sai.yaml", "title: a\n")
    report = broken.build(PORTAL_KINDS=HERE)
    told = "\n".join(broken.problems(report))

    assert site(report, "so-tu-phap").outcome == "built"
    assert "content/agencies/so-y-te/notices/sai.md:6: nguoi-ky: unknown field" in told
    assert "content/agencies/so-y-te/notices/sai.yaml: its name does not end in .md" in told


def test_remarks_stop_or_advise_and_files_are_looked_for(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/so-y-te/notices/cu.md", NOTICE.replace("2019-09-05", "1999-09-05\nforms: [media/khong.pdf]"))
    made.write(
        "agencies/so-tu-phap/notices/lap.md", NOTICE.replace("Bộ phận một cửa nghỉ, có người trực.", "Nghỉ <lễ> & trực")
    )
    report = made.build(PORTAL_KINDS=HERE)
    told = "\n".join(made.problems(report))

    assert "content/agencies/so-y-te/notices/cu.md:4: until: it lies before 01/01/2000" in told
    assert 'content/agencies/so-y-te/notices/cu.md:5: forms[0]: there is no file "media/khong.pdf"' in told
    assert "content/agencies/so-tu-phap/notices/lap.md:3: summary: the same as the title (say more)" in made.advice(
        report
    )
    assert not made.shows(f"{HOME}cu/")
    assert made.shows("so-tu-phap/thong-bao/lap/")


def test_link_to_it_is_checked_like_any(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/so-y-te/notices/nghi-le.md", NOTICE.replace("2.000488", "2.999999"))
    made.write("province/pages/lien-ket.md", f"---\ntitle: T\n---\n[a](/{PAGE}) [b](/{ROOT_LIST}) [c](/{HOME}khong/)\n")
    report = made.build(PORTAL_KINDS=HERE)
    advice = "\n".join(made.advice(report))

    assert made.problems(report) == []
    assert [link for link in links(made, "lien-ket/") if "thong-bao" in link] == [f"/{PAGE}", f"/{ROOT_LIST}"]
    assert 'notices/nghi-le.md:5: about[0]: there is no procedure "2.999999"' in advice
    assert f'"/{HOME}khong/"' in advice


def test_agency_and_page_cannot_take_its_address(tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/thong-bao/agency.yaml", "name: Cơ quan\nkind: other\nsummary: S\n")
    made.write("province/pages/thong-bao.md", "---\ntitle: T\n---\n")
    told = "\n".join(made.problems(made.build(PORTAL_KINDS=HERE)))

    assert "content/agencies/thong-bao: the portal uses this address itself" in told
    assert "content/province/pages/thong-bao.md: the address /thong-bao/ is taken" in told


def test_kind_without_files_changes_nothing(tmp_path: Path) -> None:
    without, having = SmallProvince.of(tmp_path / "a"), SmallProvince.of(tmp_path / "b")
    without.build()
    having.build(PORTAL_KINDS=HERE)

    assert having.files() == without.files()


class Other(BaseModel):
    title: str


CLASHING: dict[str, tuple[dict[str, Any], str]] = {
    "declared twice": ({}, 'the kinds "notice" and "notice" have the same name'),
    "a folder of another": ({"name": "other", "home": "khac/"}, 'the kinds "notice" and "other" have the same folder'),
    "an address of another": (
        {"name": "other", "folder": "others"},
        'the kinds "notice" and "other" have the same address, "thong-bao/"',
    ),
    "an answer of another": (
        {"name": "other", "folder": "others", "home": "khac/"},
        'the kinds "notice" and "other" have the same api, "notices"',
    ),
    "no model": ({"name": "other", "model": None}, 'the kind "other" has no model'),
    "a card that is none": ({"name": "other", "card_type": Other}, 'the kind "other": card_type must be a Card'),
    "a folder that sites have": (
        {"name": "other", "folder": "media"},
        'the kind "other": a site has a folder "media"',
    ),
    "no name": ({"name": "Cái khác"}, 'the kind "Cái khác": its name must be'),
    "an address outside": (
        {"name": "other", "home": "../x/"},
        'the kind "other": its address "../x/" must be one part',
    ),
    "an address of the portal": ({"name": "other", "home": "lien-he/"}, 'its address "lien-he/" must be one part'),
    "an address of news": (
        {"name": "other", "folder": "others", "home": "tin-tuc/"},
        'the kinds "article" and "other" have the same address, "tin-tuc/"',
    ),
    "a folder of news": (
        {"name": "other", "folder": "news", "home": "khac/"},
        'the kinds "article" and "other" have the same folder, "news"',
    ),
    "codes without a card for them": (
        {"name": "other", "codes": CODES},
        'the kind "other": card_type must be a CodedCard',
    ),
}


@pytest.mark.parametrize("changed", CLASHING)
def test_kind_that_cannot_be_is_told_at_once_with_all_concerned(changed: str) -> None:
    otherwise, message = CLASHING[changed]
    other: AnyKind = replace(KIND, **otherwise)

    with pytest.raises(KindError) as told:
        Kinds([*load_kinds(CAPABILITIES), KIND, other])
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("module", "message"), [("tests.nowhere", "there is no module tests.nowhere"), ("tests.provinces", "has no KINDS")]
)
def test_module_without_kinds_is_told(module: str, message: str) -> None:
    with pytest.raises(KindError, match=message):
        load_kinds([module])


def test_no_part_of_the_portal_knows_it() -> None:
    files = [path for folder in ("plugins", "theme") for path in (ROOT / folder).rglob("*")]
    written = {path: path.read_text("utf-8") for path in files if path.suffix in (".py", ".html", ".js", ".po")}

    assert len(written) > 200
    assert [path for path, text in written.items() if KIND.list_address in text or "tests.kinds" in text] == []


def test_documentation_shows_all_of_its_code() -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/extending.md").read_text("utf-8"), re.DOTALL)

    assert code == (ROOT / "tests/kinds/__init__.py").read_text("utf-8")


def test_documentation_names_every_field_of_a_kind() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/extending.md").read_text("utf-8"), re.MULTILINE)

    assert documented == [field.name for field in fields(KIND)]


def test_province_without_documents_has_its_pages(tmp_path: Path) -> None:
    """Templates show what plugins of kinds give them, where there is such a kind."""
    province = SmallProvince.of(tmp_path)
    report = province.build(PORTAL_KINDS=[name for name in CAPABILITIES if name != "plugins.documents"])

    assert [problem.render() for site in report.sites for problem in site.problems] == []
    assert "Sở Y tế" in province.page("so-y-te/")
