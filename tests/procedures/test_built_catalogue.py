"""The catalogue as it is built: pages in many places, lists, permalinks, numbers, the API, and what a change does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.provinces import SmallProvince, site
from tests.repositories import Repository

DISTRICT = """\
name: UBND huyện A
kind: district
summary: Huyện A.
counters:
  - name: Một cửa huyện A
    address: 1 đường Chính
communes:
  - name: Xã B
    code: '31001'
    counters:
      - name: Một cửa xã B
        address: 3 đường Làng
"""
SHARED = """\
code: '1.000101'
name: Đăng ký kết hôn
field: ho-tich
performed_by: [district, commune]
local_codes: ['1.000101.000.00.00.H30']
superseded_codes: ['2.000999', 'T-HGI-123456-TT']
audiences: [citizen]
online_level: 3
online_mode: partial
related: ['2.000488']
"""
GONE = """\
code: '1.000102'
name: Cấp giấy cũ
field: ho-tich
performed_by: [province]
status: abolished
effective_to: 2018-12-31
successor: '1.000101'
"""
ALONE = "code: '1.000104'\nname: Cấp giấy\nfield: ho-tich\nperformed_by: [province]\n"
LIFE_EVENTS = """\
life_events:
  - slug: ket-hon
    name: Kết hôn
    summary: Trước khi cưới.
    steps:
      - title: Đăng ký
        text: Cả hai cùng đến.
        procedures: ['1.000101', '2.000488']
"""


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    made = SmallProvince.of(tmp_path)
    made.write("agencies/ubnd-huyen-a/agency.yaml", DISTRICT)
    made.write("province/procedures/1.000101.yaml", SHARED)
    made.write("province/procedures/1.000102.yaml", GONE)
    made.write("province/life-events.yaml", LIFE_EVENTS)
    return made


def parsed(province: SmallProvince, address: str) -> HtmlElement:
    return html.document_fromstring(province.page(address))


def links(page: HtmlElement) -> list[str]:
    return [str(link) for link in page.xpath("//main//a/@href")]


def numbers(page: HtmlElement) -> dict[str, set[int]]:
    """Every number that a page shows, by what it counts; one key may stand there more than once."""
    found: dict[str, set[int]] = {}
    for element in page.xpath("//*[@data-count]"):
        digits = "".join(re.findall(r"\d", element.text_content()))
        found.setdefault(str(element.get("data-count")), set()).add(int(digits))
    return found


def test_counters_of_communes_are_shown_with_all_that_is_known(province: SmallProvince) -> None:
    counters = """\
      - name: Điểm tiếp nhận ấp 2
        phone: (0293) 3878 890
        map: https://map.example/2
        note: Chỉ nhận hồ sơ giấy.
        hours: [{days: Thứ Hai, times: ['08:00-10:00']}]
"""
    province.write("agencies/ubnd-huyen-a/agency.yaml", DISTRICT + counters)
    province.build()

    items = parsed(province, "thu-tuc/1.000101/").xpath("//*[@id='noi-nop-ubnd-huyen-a']//li/ul/li")

    assert [re.sub(r"\s+", " ", str(item.text_content())).strip() for item in items] == [
        "Một cửa – 3 đường Làng",
        "Điểm tiếp nhận ấp 2 (Xem địa chỉ trên bản đồ) · Điện thoại: (0293) 3878 890 · Thứ Hai: 08:00-10:00 · "
        "Chỉ nhận hồ sơ giấy.",
    ]
    assert [str(link) for link in items[1].xpath(".//a/@href")] == ["https://map.example/2", "tel:02933878890"]


def test_page_of_what_many_perform_lists_every_counter(province: SmallProvince) -> None:
    assert province.problems(province.build()) == []
    page = parsed(province, "thu-tuc/1.000101/")
    [place] = page.xpath("//*[@id='noi-nop-ubnd-huyen-a']")
    said = " ".join(place.text_content().split())

    assert "Một cửa huyện A" in said
    assert "1 đường Chính" in said
    assert "Xã B Một cửa – 3 đường Làng" in said
    assert "<!--portal" not in province.page("thu-tuc/1.000101/")


def test_commune_is_asked_for_where_communes_receive_it(province: SmallProvince) -> None:
    """And nobody is asked where districts alone do."""
    alone = SHARED.replace("1.000101", "1.000105").replace("[district, commune]", "[district]")
    province.write("province/procedures/1.000105.yaml", "\n".join(alone.splitlines()[:4]) + "\n")
    province.build()
    asked = [
        bool(parsed(province, f"thu-tuc/{code}/").xpath("//select[@id='xa-cua-ban']"))
        for code in ("1.000101", "1.000105")
    ]

    assert asked == [True, False]
    assert "1 xã, phường, thị trấn tiếp nhận" in parsed(province, "thu-tuc/1.000101/").text_content()


def test_what_a_procedure_does_not_say_is_told_to_editors(province: SmallProvince) -> None:
    province.write("province/procedures/1.000104.yaml", ALONE)
    province.build()
    told = [
        re.sub(r"\s+", " ", str(item.text_content())).strip()
        for item in parsed(province, "kiem-tra/").xpath("//section[@aria-labelledby='con-thieu']//li")
    ]

    assert (
        "Cấp giấy: Quyết định công bố, Đối tượng thực hiện, Trình tự thực hiện, Cách thức thực hiện, Thành phần hồ sơ, "
        "Kết quả, Căn cứ pháp lý, Mức độ dịch vụ công trực tuyến, Rà soát gần nhất" in told
    )
    assert not [line for line in told if line.startswith("Cấp giấy cũ")]  # nobody files what is abolished


@pytest.mark.parametrize("known", [True, False])
def test_level_is_asked_for_only_where_one_is_known(province: SmallProvince, known: bool) -> None:
    for file in (province.content / "province/procedures", *province.content.glob("agencies/*/procedures")):
        for record in file.glob("*.yaml"):
            lines = record.read_text("utf-8").splitlines()
            kept = [line for line in lines if known or not line.startswith("online_")]
            record.write_text("\n".join(kept) + "\n", "utf-8")
    province.build()
    listed, catalogue = parsed(province, "thu-tuc/linh-vuc/ho-tich/"), parsed(province, "thu-tuc/")

    assert bool(listed.xpath("//select[@name='muc-do']")) is known
    assert bool(catalogue.xpath("//h2[@id='theo-muc-do']")) is known
    assert "Chưa xác định" not in listed.xpath("//main")[0].text_content()


def test_page_of_what_many_perform_follows_their_counters(province: SmallProvince) -> None:
    province.build()
    province.write("agencies/ubnd-huyen-a/agency.yaml", DISTRICT.replace("1 đường Chính", "2 đường Mới"))
    report = province.build()

    assert site(report, "province").outcome == "unchanged"
    assert "2 đường Mới" in province.page("thu-tuc/1.000101/")
    assert "1 đường Chính" not in province.page("thu-tuc/1.000101/")


def test_related_procedure_of_another_site_is_named(province: SmallProvince) -> None:
    province.build()
    [related] = [
        link
        for link in parsed(province, "thu-tuc/1.000101/").xpath("//main//a")
        if link.get("href").endswith("2.000488/")
    ]

    assert related.text_content().strip() not in ("", "2.000488")


def test_procedure_that_the_portal_has_not_is_named_by_its_code_and_no_link(province: SmallProvince) -> None:
    """Whether it went before or after the page that names it was made; who names it is told."""
    province.write("province/procedures/1.000102.yaml", GONE.replace("1.000101", "1.000999"))
    province.build()
    before = links(parsed(province, "thu-tuc/1.000101/"))
    province.delete("agencies/so-tu-phap/procedures/2.000488.yaml")
    report = province.build()
    page, abolished = parsed(province, "thu-tuc/1.000101/"), parsed(province, "thu-tuc/1.000102/")

    assert "/thu-tuc/2.000488/" in before
    assert [link for link in links(page) + links(abolished) if "2.000488" in link or "1.000999" in link] == []
    assert "2.000488" in page.xpath("//*[@aria-labelledby='lien-quan']")[0].text_content()
    assert "1.000999" in abolished.xpath("//main")[0].text_content()
    assert [line for line in province.advice(report) if "related" in line or "successor" in line] != []


def test_agencys_own_catalogue_has_what_it_performs_and_leads_to_its_counter(province: SmallProvince) -> None:
    province.build()
    page = parsed(province, "ubnd-huyen-a/thu-tuc/")

    assert "/thu-tuc/1.000101/#noi-nop-ubnd-huyen-a" in links(page)
    assert "Một cửa huyện A" in page.text_content()
    assert "/ubnd-huyen-a/thu-tuc/" in [str(link) for link in page.xpath("//nav//a/@href")]
    assert "/thu-tuc/1.000101/" not in [link.partition("#")[0] for link in links(parsed(province, "so-y-te/thu-tuc/"))]


@pytest.mark.parametrize("code", ["1.000101.000.00.00.H30", "2.000999", "T-HGI-123456-TT"])
def test_old_and_local_codes_lead_to_the_page_for_ever(province: SmallProvince, code: str) -> None:
    province.build()
    [target] = parsed(province, f"thu-tuc/{code}/").xpath("//meta[@http-equiv='refresh']/@content")

    assert target == "0; url=/thu-tuc/1.000101/"
    assert f"/thu-tuc/{code}/ /thu-tuc/1.000101/;\n" in (province.output / "permalinks.map").read_text(encoding="utf-8")


def test_procedure_that_changes_its_owner_keeps_its_permalink(province: SmallProvince) -> None:
    province.build()
    (province.content / "province" / "procedures" / "1.000101.yaml").unlink()
    province.write("agencies/so-tu-phap/procedures/1.000101.yaml", SHARED)
    assert province.problems(province.build()) == []

    assert "url=/so-tu-phap/thu-tuc/1.000101/" in province.page("thu-tuc/1.000101/")
    assert "url=/so-tu-phap/thu-tuc/1.000101/" in province.page("thu-tuc/2.000999/")
    assert parsed(province, "so-tu-phap/thu-tuc/1.000101/").xpath("//h1")[0].text_content().strip() == "Đăng ký kết hôn"


def test_code_that_two_procedures_name_is_reported_with_both_files(province: SmallProvince) -> None:
    taken = "code: '1.000103'\nname: Khác\nfield: ho-tich\nperformed_by: [province]\nsuperseded_codes: ['2.000999']\n"
    province.write("agencies/so-tu-phap/procedures/1.000103.yaml", taken)

    report = province.build()
    assert province.problems(report) == []
    assert province.advice(report) == [
        "content/agencies/so-tu-phap/procedures/1.000103.yaml:5: superseded_codes[0]: "
        'the code "2.000999" leads to more than one procedure: '
        "content/agencies/so-tu-phap/procedures/1.000103.yaml, content/province/procedures/1.000101.yaml "
        "(name it in one of them only)".replace("content/agencies", f"{province.content}/agencies")
        .replace("content/province", f"{province.content}/province")
        .replace(str(province.content), "content")
    ]
    assert province.shows("thu-tuc/2.000999/")


def test_abolished_procedure_keeps_its_page_with_its_successor(province: SmallProvince) -> None:
    province.build()
    page = parsed(province, "thu-tuc/1.000102/")
    rows = json.loads((province.output / "api/v1/procedures.json").read_text(encoding="utf-8"))["items"]

    assert "/thu-tuc/1.000101/" in links(page)
    assert "Đăng ký kết hôn" in page.text_content()
    assert "/thu-tuc/1.000102/" in links(parsed(province, "thu-tuc/da-bai-bo/"))
    assert "/thu-tuc/1.000102/" not in links(parsed(province, "thu-tuc/tat-ca/"))
    assert {row["code"]: row["status"] for row in rows}["1.000102"] == "abolished"


def test_life_event_leads_through_its_steps_to_procedures(province: SmallProvince) -> None:
    province.build()

    assert "/thu-tuc/su-kien/ket-hon/" in links(parsed(province, "thu-tuc/su-kien/"))
    assert {"/thu-tuc/1.000101/", "/so-tu-phap/thu-tuc/2.000488/"} <= set(
        links(parsed(province, "thu-tuc/su-kien/ket-hon/"))
    )


def test_life_event_with_an_unknown_code_is_shown_without_it_and_told(province: SmallProvince) -> None:
    province.build()
    province.write("province/life-events.yaml", LIFE_EVENTS.replace("'1.000101'", "'1.000109'"))
    report = province.build()

    assert report.problems == ()
    [advice] = [line for line in province.advice(report) if "life-events" in line]
    assert advice.startswith(
        "content/province/life-events.yaml:8: life_events[0].steps[0].procedures[0]: "
        'there is no procedure "1.000109" (did you mean one of these: 1.000101, 1.000102?)'
    )
    assert province.shows("thu-tuc/su-kien/ket-hon/")
    assert "1.000109" not in province.page("thu-tuc/su-kien/ket-hon")


def test_numbers_agree_on_every_page(province: SmallProvince) -> None:
    province.build()
    rows = json.loads((province.output / "api/v1/procedures.json").read_text(encoding="utf-8"))["items"]
    valid = [row for row in rows if row["status"] != "abolished"]
    found: dict[str, set[int]] = {}
    for address in ("", "thu-tuc/", "thu-tuc/tat-ca/", "tim-kiem/"):
        for key, said in numbers(parsed(province, address)).items():
            found.setdefault(key, set()).update(said)

    assert {key: said for key, said in found.items() if len(said) != 1} == {}
    assert found["tong"] == {len(valid)}
    for facet, of in (("linh-vuc", "field"), ("co-quan", "agency")):
        counted = {key.partition("/")[2]: min(said) for key, said in found.items() if key.startswith(f"{facet}/")}
        assert sum(counted.values()) == len(valid)
        assert counted == {
            value or "tinh": sum(row[of] == value for row in valid) for value in {row[of] for row in valid}
        }
    levels = {key.partition("/")[2]: min(said) for key, said in found.items() if key.startswith("muc-do/")}
    assert sum(levels.values()) == len(valid)
    assert levels["3"] == sum(row["level"] == 3 for row in valid)


def test_record_is_the_same_file_at_its_page_and_in_the_api(province: SmallProvince) -> None:
    province.build()
    document = province.output / "api/v1/procedures/2.000488.json"

    assert document.samefile(province.output / "so-tu-phap/thu-tuc/2.000488/thu-tuc.json")
    assert json.loads(document.read_text(encoding="utf-8"))["url"].endswith("/so-tu-phap/thu-tuc/2.000488/")


def test_what_leaves_the_portal_has_whole_addresses(province: SmallProvince) -> None:
    province.build()
    rows = json.loads((province.output / "api/v1/procedures.json").read_text(encoding="utf-8"))["items"]

    for row in rows:
        document = json.loads((province.output / f"api/v1/procedures/{row['code']}.json").read_text(encoding="utf-8"))
        shared = row.keys() & document.keys() - {"other_codes"}
        assert {name: row[name] for name in shared} == {name: document[name] for name in shared}
        for name in ("url", "permalink", "document"):
            assert row[name].startswith("https://thunghiem.example/"), row


def test_record_answers_under_every_code(province: SmallProvince) -> None:
    province.build()
    documents = province.output / "api/v1/procedures"
    rows = json.loads((province.output / "api/v1/procedures.json").read_text(encoding="utf-8"))["items"]
    others = [(row["code"], other) for row in rows for other in row["other_codes"]]

    assert others
    for code, other in others:
        assert (documents / f"{other}.json").read_bytes() == (documents / f"{code}.json").read_bytes()


def test_root_of_the_api_leads_to_its_version(province: SmallProvince) -> None:
    province.build()
    page = parsed(province, "api/")

    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/api/v1/"]
    assert page.xpath("//h1/text()") == ["Dữ liệu mở"]


def test_edit_of_news_builds_no_catalogue(province: SmallProvince) -> None:
    province.build()
    catalogue = province.build_folder / "sites" / "catalogue" / "shown"
    before = catalogue.read_text(encoding="utf-8")
    article = province.content / "agencies/so-tu-phap/news/2019/ho-tich.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
    report = province.build()

    assert site(report, "so-tu-phap").outcome == "built"
    assert catalogue.read_text(encoding="utf-8") == before
    assert "Thêm một dòng." in province.page("so-tu-phap/tin-tuc/2019/ho-tich/")
    assert province.shows("so-tu-phap/thu-tuc/")


def test_dead_law_is_said_on_every_page_that_cites_it_and_stops_none(province: SmallProvince) -> None:
    cited = "legal_basis:\n  - {number: 126/2014/NĐ-CP, title: Nghị định cũ}\n"
    province.write("province/procedures/1.000101.yaml", SHARED + cited)
    province.write("agencies/so-y-te/procedures/1.000104.yaml", f"{ALONE}{cited}")
    province.write("province/legal-status.yaml", "documents:\n  - {number: 126/2014/NĐ-CP, status: expired}\n")
    report = province.build()

    assert report.problems == ()
    assert [Path(said.path).name for said in report.advice] == ["1.000101.yaml", "1.000104.yaml"]
    for address in ("thu-tuc/1.000101/", "so-y-te/thu-tuc/1.000104/"):
        assert "Hết hiệu lực" in province.page(address)
    assert "126/2014/NĐ-CP" in province.page("kiem-tra/")


def test_form_on_the_portal_itself_must_exist(province: SmallProvince) -> None:
    root = re.search(r"^url: (\S+)", (province.content / "province/province.yaml").read_text(encoding="utf-8"), re.M)
    assert root is not None
    url = f"{root[1]}/so-y-te/media/khong-co.docx"
    forms = f"papers: [{{papers: [{{name: Đơn, originals: 1, forms: [{{name: Mẫu, url: '{url}'}}]}}]}}]\n"
    province.write("agencies/so-y-te/procedures/1.000104.yaml", f"{ALONE}{forms}")

    assert [problem.partition(" (")[0] for problem in province.problems(province.build())] == [
        "content/agencies/so-y-te/procedures/1.000104.yaml:5: papers[0].papers[0].forms[0].url: "
        'there is no page at "/so-y-te/media/khong-co.docx"'
    ]


def test_document_of_a_removed_procedure_says_that_it_is_gone(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    git = Repository.in_(province.content)
    git.commit()
    assert province.build().problems == ()
    [record] = sorted(province.content.glob("agencies/so-tu-phap/procedures/2.000488*.yaml"))
    record.unlink()
    git.commit()
    assert province.build().problems == ()

    answer = json.loads((province.output / "api/v1/procedures/2.000488.json").read_text("utf-8"))
    assert (answer["status"], answer["code"]) == (410, "2.000488")
    assert answer["url"].endswith("/thu-tuc/2.000488/")
    assert answer["removed"].endswith("+07:00")
