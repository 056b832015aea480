"""Pages of documents in a built province: what they say of themselves, of others, and where they are found."""

from __future__ import annotations

import json
import re

import brotli
import feedparser
import pytest
from lxml import html

from plugins.builder.folders import shown_sites
from plugins.documents.site_generator import FIRST
from plugins.portal import addresses
from plugins.portal.synonyms import SynonymList
from plugins.search.kinds import OTHERS
from plugins.search.linking import linked_index, speech
from plugins.search.reference import Searcher
from tests.provinces import SmallProvince

OLD = """\
number: 03/2015/QĐ-SYT
type: decision
title: Quy định <cũ> về tiêm chủng
issued: 2015-03-02
effective_from: 2015-03-12
issuers: [{agency: Sở Y tế, position: Giám đốc, name: Nguyễn Văn Mẫu}]
field: duoc-pham
"""
NEW = """\
---
number: 12/2019/QĐ-SYT
type: decision
title: Quy định mới về tiêm chủng
issued: 2019-04-15
effective_from: 2019-05-01
summary: Nơi tiêm phải niêm yết giá.
relations:
  - {kind: replaces, number: 3/2015/QĐ-SYT}
  - {kind: based_on, number: 63/2010/NĐ-CP}
files: [{file: media/lich-tiem.csv, name: Phụ lục}]
---
## Điều 1. Phạm vi

1. Trong tỉnh.
2. Ngoài tỉnh.

Điều 2. Hiệu lực

Xem [khoản hai](#dieu-1-khoan-2).
"""
REPEAL = """\
number: 20/2019/QĐ-UBND
type: decision
title: Bãi bỏ văn bản
issued: 2019-06-01
effective_from: 2019-06-11
relations: [{kind: repeals, number: 01/2018/QĐ-STP}]
"""
REPEALED = """\
number: 01/2018/QĐ-STP
type: decision
title: Thủ tục của Sở Tư pháp
issued: 2018-01-02
effective_from: 2018-01-12
"""
ASKED = """\
type: decision
title: Dự thảo về phí
issued: 2019-02-01
consultation:
  begins: 2019-02-01
  ends: 2019-03-01
  agency: Sở Y tế
  email: gop-y@thunghiem.example
  answers: [{about: Điều 1, by: Hội Thử, opinion: Thêm chữ., answer: Đã thêm., taken: true}]
"""
NEW_PAGE, OLD_PAGE = "so-y-te/van-ban/2019/12-2019-qd-syt/", "so-y-te/van-ban/2015/3-2015-qd-syt/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProvince, str]:
    """The province, and all that its editors are advised."""
    made = SmallProvince.of(tmp_path_factory.mktemp("documents"))
    for path, written in {
        "agencies/so-y-te/documents/2015/cu.yaml": OLD,
        "agencies/so-y-te/media/2019-15-2019-qd-syt.csv": "a\n",
        "agencies/so-y-te/documents/2019/moi.md": NEW,
        "agencies/so-y-te/documents/2019/du-thao-phi.yaml": ASKED,
        "agencies/so-y-te/documents/2019/mo.yaml": ASKED.replace("2019-03-01", "2099-03-01").replace("phí", "lệ phí"),
        "agencies/so-tu-phap/documents/2018/a.yaml": REPEALED,
        "province/documents/2019/bai-bo.yaml": REPEAL,
    }.items():
        made.write(path, written)
    made.edit("agencies/so-y-te/procedures/1.004616.yaml", "performed_by:",
              "legal_basis: [{title: Quyết định tiêm, number: 12/2019/QD-SYT}]\nperformed_by:")  # fmt: skip
    made.edit("agencies/so-tu-phap/procedures/2.000488.yaml", "performed_by:",
              "legal_basis: [{title: Quyết định, number: 01/2018/QĐ-STP}]\nperformed_by:")  # fmt: skip
    made.write("province/pages/van-ban-moi.md", "---\ntitle: T\n---\n[Cũ](document:03/2015/QĐ-SYT) "
               "[không](document:99/2015/QĐ-SYT)\n")  # fmt: skip
    report = made.build(PORTAL_PREVIEW=False, PORTAL_CHECK_RELEASES=True)
    assert made.problems(report) == []
    return made, "\n".join(made.advice(report))


@pytest.fixture(scope="module")
def province(built: tuple[SmallProvince, str]) -> SmallProvince:
    return built[0]


def page(province: SmallProvince, address: str) -> html.HtmlElement:
    return html.document_fromstring(province.page(address))


def words(province: SmallProvince, address: str, path: str) -> str:
    return " ".join(" ".join(part.text_content() for part in page(province, address).xpath(path)).split())


def test_page_says_what_the_record_says(province: SmallProvince) -> None:
    main = words(province, OLD_PAGE, "//main")

    assert words(province, OLD_PAGE, "//h1") == "Quy định <cũ> về tiêm chủng"
    for said in ("Quyết định 03/2015/QĐ-SYT", "02/03/2015", "12/03/2015", "Giám đốc: Nguyễn Văn Mẫu", "Dược"):
        assert said in main


def test_status_and_relations_are_told_on_both_sides(province: SmallProvince) -> None:
    status = "//*[contains(@class,'standing')]"

    assert words(province, NEW_PAGE, status).startswith("Còn hiệu lực từ ngày 01/05/2019.")
    assert words(province, OLD_PAGE, status).startswith("Hết hiệu lực toàn bộ từ ngày 01/05/2019.")
    assert words(province, OLD_PAGE, "//*[@class='timeline']/li").startswith(
        "01/05/2019 Bị thay thế bởi 12/2019/QĐ-SYT"
    )
    assert "Thay thế 03/2015/QĐ-SYT" in words(province, NEW_PAGE, "//*[@class='timeline']")
    days = page(province, NEW_PAGE).xpath("//*[@class='timeline']//time/@datetime")
    assert days == sorted(days)
    assert "Căn cứ 63/2010/NĐ-CP" in words(province, NEW_PAGE, "//*[@class='timeline']")


def test_what_another_site_repeals_is_told(province: SmallProvince) -> None:
    repealed = "so-tu-phap/van-ban/2018/1-2018-qd-stp/"

    assert "Hết hiệu lực toàn bộ từ ngày 11/06/2019" in words(province, repealed, "//main")
    assert "/van-ban/2019/20-2019-qd-ubnd/" in page(province, repealed).xpath("//main//a/@href")


def test_procedures_that_rest_on_it_are_linked(province: SmallProvince) -> None:
    links = page(province, NEW_PAGE).xpath("//section[@aria-labelledby='thu-tuc-can-cu']//a/@href")

    assert links == ["/so-y-te/thu-tuc/1.004616/"]


def test_page_of_a_procedure_says_what_became_of_what_it_rests_on(province: SmallProvince) -> None:
    repealed = "so-tu-phap/thu-tuc/2.000488/"

    assert "Hết hiệu lực toàn bộ từ ngày 11/06/2019 · 20/2019/QĐ-UBND" in words(province, repealed, "//main")
    assert f"/{NEW_PAGE}" in page(province, "so-y-te/thu-tuc/1.004616/").xpath("//main//a/@href")
    assert "Hết hiệu lực" not in words(province, "so-y-te/thu-tuc/1.004616/", "//main")


def test_link_by_number_leads_to_the_document_or_is_shown_as_text(province: SmallProvince) -> None:
    assert page(province, "van-ban-moi/").xpath("//main//a[text()='Cũ']/@href") == ["/van-ban/so/03-2015-qd-syt/"]
    assert page(province, "van-ban-moi/").xpath("//main//a[text()='không']") == []


def test_owners_are_told_of_what_rests_on_documents_that_ended(built: tuple[SmallProvince, str]) -> None:
    told = built[1]

    assert "procedures/2.000488.yaml:" in told
    assert "01/2018/QĐ-STP has not applied since 11/06/2019" in told
    assert "pages/van-ban-moi.md:4: 03/2015/QĐ-SYT has not applied since 01/05/2019" in told


def test_articles_and_clauses_have_places(province: SmallProvince) -> None:
    places = page(province, NEW_PAGE).xpath("//*[starts-with(@id,'dieu-')]/@id")

    assert places == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-2"]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("van-ban/so-y-te/2019/12-2019-qd-syt/", f"/{NEW_PAGE}"), ("van-ban/so/12-2019-qd-syt/", f"/{NEW_PAGE}"),
        ("van-ban/so/3-2015-qd-syt/", f"/{OLD_PAGE}"), ("van-ban/so/03-2015-qd-syt/", f"/{OLD_PAGE}"),
        ("van-ban/so/20-2019-qd-ubnd/", "/van-ban/2019/20-2019-qd-ubnd/"),
    ],
)  # fmt: skip
def test_addresses_that_stay_lead_to_the_page(province: SmallProvince, address: str, target: str) -> None:
    assert page(province, address).xpath("//main//a/@href") == [target]


def test_page_says_how_to_cite_it(province: SmallProvince) -> None:
    cited = words(province, NEW_PAGE, "//*[@class='cite']")

    assert cited == (
        "Quyết định 12/2019/QĐ-SYT ngày 15/04/2019: Quy định mới về tiêm chủng "
        "https://thunghiem.example/van-ban/so-y-te/2019/12-2019-qd-syt/"
    )


@pytest.mark.parametrize(
    ("address", "urls"),
    [
        ("van-ban/2015/", [OLD_PAGE]),
        ("van-ban/co-quan/tinh/", ["van-ban/2019/20-2019-qd-ubnd/"]),
        ("van-ban/linh-vuc/duoc-pham/", [OLD_PAGE]),
        ("van-ban/hieu-luc/het-hieu-luc/", ["so-tu-phap/van-ban/2018/1-2018-qd-stp/", OLD_PAGE]),
        ("so-tu-phap/van-ban/", ["so-tu-phap/van-ban/2018/1-2018-qd-stp/"]),
    ],
)
def test_lists_have_the_newest_first(province: SmallProvince, address: str, urls: list[str]) -> None:
    rows = page(province, address).xpath("//ul[contains(@class,'results')]/li/a/@href")

    assert rows == [f"/{url}" for url in urls]


def test_home_of_an_agency_names_its_newest(province: SmallProvince) -> None:
    newest = page(province, "so-y-te/").xpath("//section[@aria-labelledby='van-ban']")[0]
    listed = page(province, "so-y-te/van-ban/").xpath("//ul[contains(@class,'results')]/li/a/@href")

    assert newest.xpath("./ul/li/a/@href") == listed[:FIRST]
    assert newest.xpath("./p/a/@href") == ["/so-y-te/van-ban/"]


def test_list_of_all_leads_to_every_list(province: SmallProvince) -> None:
    links = set(page(province, "van-ban/").xpath("//details//a/@href"))

    assert {"/van-ban/2019/", "/van-ban/loai/quyet-dinh/", "/so-y-te/van-ban/", "/van-ban/co-quan/tinh/"} <= links
    assert all(province.shows(link.lstrip("/")) for link in links)


def test_open_consultation_stands_first_and_takes_letters(province: SmallProvince) -> None:
    url = "so-y-te/van-ban/2019/mo/"

    assert page(province, "van-ban/").xpath("//*[@aria-labelledby='dang-lay-y-kien']//a/@href") == [f"/{url}"]
    assert "Đang lấy ý kiến" in words(province, url, "//main")
    assert page(province, url).xpath("//@data-until") == ["2099-03-01"]
    [letter] = page(province, url).xpath("//a[starts-with(@href,'mailto:gop-y@')]/@href")
    assert "subject=G%C3%B3p%20%C3%BD" in letter


def test_closed_consultation_says_what_was_taken_up(province: SmallProvince) -> None:
    url = "so-y-te/van-ban/2019/du-thao-phi/"

    assert "Việc lấy ý kiến đã kết thúc." in words(province, url, "//main")
    assert page(province, url).xpath("//@data-until") == []
    assert page(province, url).xpath("//a[starts-with(@href,'mailto:gop-y@')]") == []
    assert words(province, url, "//tbody/tr/td[1]") == "Thêm chữ. (Hội Thử)"
    assert words(province, url, "//tbody/tr/td[2]") == "Tiếp thu: Đã thêm."


def test_data_for_programs_says_type_force_and_relations(province: SmallProvince) -> None:
    blocks = page(province, OLD_PAGE).xpath("//script[@type='application/ld+json']/text()")
    [data] = [told for told in map(json.loads, blocks) if "Legislation" in told["@type"]]

    assert data["legislationIdentifier"] == "03/2015/QĐ-SYT"
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert data["eli:repealed_by"] == ["12/2019/QĐ-SYT"]
    assert data["name"] == "Quy định <cũ> về tiêm chủng"


def test_feeds_and_data_have_them_all(province: SmallProvince) -> None:
    of_site = feedparser.parse(province.files()["so-y-te/van-ban/feed.atom"])
    rows = json.loads(province.files()["api/v1/documents.json"])["items"]

    assert {entry.published[-6:] for entry in of_site.entries} == {"+07:00"}
    assert next(entry.link for entry in of_site.entries) == f"https://thunghiem.example/{NEW_PAGE}"
    assert next(entry.title for entry in of_site.entries) == "Quyết định 12/2019/QĐ-SYT: Quy định mới về tiêm chủng"
    assert len(feedparser.parse(province.files()["van-ban/feed.atom"]).entries) == len(rows) == 6


def test_lists_for_programs_say_what_became_of_each_document(province: SmallProvince) -> None:
    """As pages do: what another has repealed must not look as if it applied."""
    files = province.files()
    for name in ("api/v1/documents.json", "api/v1/agencies/so-y-te/documents.json"):
        rows = {row["number"]: row for row in json.loads(files[name])["items"]}
        old = {field: rows["03/2015/QĐ-SYT"][field] for field in ("status", "status_since", "status_by")}
        assert old == {"status": "expired", "status_since": "2019-05-01", "status_by": "12/2019/QĐ-SYT"}
        assert rows["12/2019/QĐ-SYT"]["status"] == "in_force"
        assert rows["12/2019/QĐ-SYT"]["status_by"] == ""
    schema = json.loads(files[addresses.api_schema("documents")])
    assert {"status", "status_since", "status_by"} <= set(schema["$defs"]["Item"]["required"])


def test_types_fields_and_the_province_itself_have_feeds_that_their_lists_name(province: SmallProvince) -> None:
    files = province.files()
    for list_url, title, total in (
        ("van-ban/loai/quyet-dinh/", "Quyết định", 6), ("van-ban/linh-vuc/duoc-pham/", "Dược phẩm", 1),
        ("van-ban/co-quan/tinh/", "Tỉnh Thử Nghiệm", 1),
    ):  # fmt: skip
        feed = feedparser.parse(files[f"{list_url}feed.atom"])
        assert (feed.feed.title, len(feed.entries)) == (f"Văn bản: {title} – Tỉnh Thử Nghiệm", total)
        assert len(json.loads(files[f"{list_url}feed.json"])["items"]) == total
        assert f"/{list_url}feed.atom" in page(province, list_url).xpath("//link[@rel='alternate']/@href")
    assert "/van-ban/feed.atom" in page(province, "van-ban/2019/").xpath("//link[@rel='alternate']/@href")


def test_script_has_the_same_documents_and_values_as_the_links(province: SmallProvince) -> None:
    files = province.files()
    told = json.loads(files["van-ban/facets.json"])
    listed = page(province, "van-ban/")
    form = listed.get_element_by_id("facets")

    assert [row[0] for row in told["rows"]] == [
        href[1:] for href in listed.xpath("//ul[@class='rows results']/li/a/@href")
    ]
    assert form.get("data-source") == "/van-ban/facets.json"
    assert form.xpath(".//select/@name") == [facet["name"] for facet in told["facets"]]
    for at, facet in enumerate(told["facets"]):
        links = listed.xpath(f"//details[@id='theo-{facet['name']}']//li")
        totals = [sum(row[2 + at] == value for row in told["rows"]) for value in range(len(facet["values"]))]
        assert [" ".join(link.text_content().split()) for link in links] == [
            f"{name} ({total})" for (_, name), total in zip(facet["values"], totals, strict=True)
        ]
    assert page(province, "van-ban/2019/").get_element_by_id("facets").get("data-chosen-nam") == "2019"


def test_search_knows_number_and_title(province: SmallProvince) -> None:
    index = b"".join(body for name, body in province.files().items() if name.startswith("tim-kiem/tin/"))

    assert "Quyết định 12/2019/QĐ-SYT: Quy định mới về tiêm chủng".encode() in index
    assert b"12/2019/qd-syt" in index


@pytest.mark.parametrize(
    ("query", "address"),
    [
        *((query, NEW_PAGE) for query in ("12/2019/QĐ-SYT", "12/2019/qd-syt", "12/qd-syt", "QD 12", "12 2019 qd syt")),
        *((query, OLD_PAGE) for query in ("03/2015/QĐ-SYT", "3/2015/QĐ-SYT", "3/2015/qd-syt", "3/QĐ-SYT", "03/qd-syt")),
        ("quy định mới tiêm chủng", NEW_PAGE),
    ],
)
def test_number_and_title_find_the_document_first(province: SmallProvince, query: str, address: str) -> None:
    sites = shown_sites(province.settings())
    searcher = Searcher(
        linked_index(OTHERS, {slug: site.version for slug, site in sites.items()}), speech(SynonymList())
    )

    assert searcher.find(query, 3)[0].card.url == address


def test_page_is_small(province: SmallProvince) -> None:
    assert len(brotli.compress(province.page(NEW_PAGE).encode())) <= 14 * 1024


def test_menu_and_sitemaps_lead_to_them(province: SmallProvince) -> None:
    assert "/so-y-te/van-ban/" in page(province, "so-y-te/").xpath("//nav[contains(@class,'menu')]//a/@href")
    assert f"https://thunghiem.example/{NEW_PAGE}".encode() in province.files()["sitemaps/so-y-te.xml"]
    assert b"https://thunghiem.example/van-ban/<" in province.files()["sitemaps/province.xml"]


def test_nothing_is_left_open(province: SmallProvince) -> None:
    opened = [name for name, body in province.files().items() if b"<!--portal:" in body]

    assert opened == []
    assert re.search(r"\{\{|\{%", province.page(NEW_PAGE)) is None


def test_file_whose_name_begins_like_a_day_that_there_is_not_is_offered(built: tuple[SmallProvince, str]) -> None:
    assert built[0].has("so-y-te/media/2019-15-2019-qd-syt.csv")
