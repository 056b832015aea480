"""Pages of records as they really come: cases named twice, names as long as sentences, one place that receives all."""

from __future__ import annotations

import re

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.provinces import SmallProvince

LONG_NAME = "Đăng ký thay đổi " + ", ".join(f"loại việc thứ {number}" for number in range(1, 13))
PROCEDURE = f"""\
code: '1.000009'
name: {LONG_NAME}
field: ho-tich
performed_by: [province]
performing_agencies: [so-y-te]
online_level: 3
decision: {{number: 1234/QĐ-UBND, date: 2019-08-15}}
papers:
  - papers:
      - {{name: Giấy chứng minh, show_only: true}}
  - case: Nộp thay người khác
    papers:
      - {{name: Tờ khai, originals: 1}}
      - {{name: Giấy ủy quyền, originals: 1, copies: 2}}
  - case: Nộp thay người khác
    papers:
      - {{name: Tờ khai, originals: 1}}
  - case: Chỉ cần xem
    papers:
      - name: Không phải nộp gì
"""
FILED = """\
code: '1.000010'
name: Cấp giấy nộp được mọi cách
field: ho-tich
performed_by: [district]
channels:
  - {kind: in_person, time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 5000}]}
  - {kind: online, url: 'https://nop.example/', time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 0}]}
  - {kind: post, time_limits: [{amount: 3, unit: day}], fees: [{kind: fee, amount: 5000}]}
"""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    built = SmallProvince.of(tmp_path_factory.mktemp("pages"))
    built.write("province/procedures/1.000009.yaml", PROCEDURE)
    built.write("province/procedures/1.000010.yaml", FILED)
    report = built.build()
    assert built.problems(report) == []
    return built


@pytest.fixture(scope="module")
def page(province: SmallProvince) -> HtmlElement:
    return html.document_fromstring(province.page("thu-tuc/1.000009"))


def words(elements: list[HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


def test_every_box_has_a_label_of_its_own_where_a_case_is_named_twice(page: HtmlElement) -> None:
    ids = page.xpath("//@id")
    boxes = page.xpath("//input[@type='checkbox']/@id")
    labels = page.xpath("//section[@data-checklist]//label/@for")

    assert sorted(ids) == sorted(set(ids))
    assert len(boxes) == 4
    assert labels == boxes


def test_cases_are_listed_first_where_there_are_many(page: HtmlElement) -> None:
    links = page.xpath("//nav[@aria-labelledby='chon-truong-hop']//a")
    targets = [page.get_element_by_id(link.get("href")[1:]) for link in links]

    assert words(links) == ["Nộp thay người khác", "Nộp thay người khác", "Chỉ cần xem"]
    assert [words(target.xpath("h3")) for target in targets] == [[name] for name in words(links)]
    assert words(page.xpath("//div[contains(@class, 'every')]/h3")) == ["Mọi trường hợp"]


def test_case_without_papers_to_bring_is_not_counted(page: HtmlElement) -> None:
    counted = [bool(case.xpath("p[@role='status']")) for case in page.xpath("//div[starts-with(@class, 'case')]")]

    assert counted == [True, True, True, False]


def test_name_as_long_as_a_sentence_is_set_smaller(page: HtmlElement, province: SmallProvince) -> None:
    short = html.document_fromstring(province.page("thu-tuc/1.001193"))

    assert words(page.xpath("//h1[@class='long']")) == [LONG_NAME]
    assert short.xpath("//h1/@class") == []


def test_only_place_that_receives_it_lies_open(page: HtmlElement, province: SmallProvince) -> None:
    many = html.document_fromstring(province.page("thu-tuc/1.001193"))
    places = page.xpath("//details[@class='place']")

    assert [(place.get("id"), place.get("open") is not None) for place in places] == [("noi-nop-so-y-te", True)]
    assert not re.search("Chọn nơi", page.xpath("string(//section[@class='places'])"))
    assert many.xpath("//details[@class='place'][@open]") == []


def test_stamp_of_the_notice_names_the_version_and_the_announcing_decision(page: HtmlElement) -> None:
    [stamp] = words(page.xpath("//footer[@class='stamp']"))

    assert re.search(r"Bản [0-9a-f]{8}", stamp)
    assert "/thu-tuc/1.000009/" in stamp
    assert "Quyết định công bố: 1234/QĐ-UBND ngày 15/08/2019" in stamp


def test_what_nobody_knows_is_left_out_for_citizens(page: HtmlElement) -> None:
    asked = words(page.xpath("//section[@class='summary']//dt"))
    sections = page.xpath("//section/@aria-labelledby")

    assert page.xpath("//main//*[contains(@class, 'unknown')]") == []
    assert "Chưa" not in page.xpath("string(//main)")
    assert asked == ["Nơi nộp hồ sơ", "Cần mang gì", "Có làm qua mạng được không"]
    assert not {"cach-nop", "cac-buoc", "ket-qua", "can-cu"} & {*sections}
    assert [
        link for link in page.xpath("//nav//a/@href") if link[0] == "#" and not page.xpath(f"//*[@id='{link[1:]}']")
    ] == []


def test_plumbing_is_folded_into_one_place(page: HtmlElement) -> None:
    [folded] = page.xpath("//main//details[summary = 'Dành cho kỹ thuật']")
    version = page.xpath("string(//@data-version)")

    assert folded.get("open") is None
    assert {"JSON", version} <= {*words(folded.xpath(".//dd"))}
    assert page.xpath("//main//a[.='JSON'][not(ancestor::details)]") == []


def test_ways_to_file_that_take_and_cost_the_same_stand_together(province: SmallProvince) -> None:
    page = html.document_fromstring(province.page("thu-tuc/1.000010"))

    assert [words(way.xpath(".//h3")) for way in page.xpath("//ul[@class='ways']/li")] == [
        ["Trực tiếp", "Dịch vụ bưu chính"],
        ["Trực tuyến"],
    ]
    assert words(page.xpath("//dt[.='Mất bao lâu']/following-sibling::dd")) == ["3 ngày", "Nộp cách nào cũng vậy"]
    assert words(page.xpath("//dt[.='Tốn bao nhiêu']/following-sibling::dd")) == [
        "Lệ phí: 5.000 đồng (Trực tiếp, Dịch vụ bưu chính)",
        "Miễn phí (Trực tuyến)",
    ]


def test_way_to_file_stands_before_everything_else(province: SmallProvince) -> None:
    page = html.document_fromstring(province.page("thu-tuc/1.000010"))
    [filing] = page.xpath("//h1/following-sibling::p[contains(@class, 'filing')]")

    assert filing.xpath("a/@href") == ["https://nop.example/", "#noi-nop"]
    assert page.xpath("//p[contains(@class, 'filing')]/preceding-sibling::section") == []


def test_filter_of_a_list_knows_what_the_list_is_of_before_anything_is_loaded(province: SmallProvince) -> None:
    listed = html.document_fromstring(province.page("thu-tuc/linh-vuc/ho-tich"))
    [form] = listed.xpath("//form[@id='facets']")

    assert form.get("data-chosen-linh-vuc") == "ho-tich"
    assert words(form.xpath(".//select[@name='linh-vuc']/option[@selected]")) == ["Hộ tịch"]
    # Of modes and audiences nothing is known here: nobody is asked for one.
    assert words(form.xpath(".//label")) == ["Lĩnh vực", "Cơ quan", "Mức độ trực tuyến", "Cấp thực hiện"]
    assert form.get("data-all").endswith("/thu-tuc/tat-ca/")
    assert form.get("data-title").startswith(form.get("data-heading"))


def test_fields_of_open_data_are_not_called_fields_of_administration(province: SmallProvince) -> None:
    summaries = set(words(html.document_fromstring(province.page("api/v1")).xpath("//main//summary")))

    assert summaries
    assert all(summary.startswith("Các trường dữ liệu") for summary in summaries)
