"""The pages of statistics and of the look-up, as they are built: with figures, with odd ones, and without any."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from plugins.portal.dossiers import DossierCounts, Pending, Received, Resolved
from tests.dossiers.made_up import AS_OF, counts, keep, publish, row, statistics, totals_only
from tests.provinces import ROOT, SmallProvince

MARKUP = 'Lĩnh vực <b>lạ</b> & "khác" <script>alert(1)</script>'
DOUBTED = DossierCounts(
    received=Received(total=100, online=40, in_person=50, carried_over=5),
    resolved=Resolved(total=90, early=70, on_time=15, overdue=2),
    pending=Pending(total=10, within=6, overdue=4),
)
FIGURES = statistics(
    row("so-y-te", DOUBTED),
    row("co-quan-la", counts(10**9, 999_999_990, 40), name="Cơ quan lạ"),
    total=counts(200, 150, 10),
    fields=[row("ho-tich"), row("la", name=MARKUP), row("khong-tach", totals_only(7, 5))],
    channels=[row("online"), row("in_person"), row("post")],
    months=[row("2018-12", counts(90, 80)), row("2019-01", counts(300, 200))],
)
NATIONAL = "national_procedure_url: 'https://dichvucong.example.vn/p/thu-tuc.html?ma={code}'\n"
LOOKUP = "https://tracuu.example.vn/cong"


def built(folder: SmallProvince, lookup_url: str = "") -> SmallProvince:
    report = folder.build(DOSSIER_LOOKUP_URL=lookup_url)
    assert folder.problems(report) == []
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """A province of which a backend has told, and whose editors wrote down earlier periods."""
    province = SmallProvince.of(tmp_path_factory.mktemp("told"))
    keep(province.folder / "state", FIGURES)
    record = (province.content / "province/province.yaml").read_text("utf-8")
    province.write("province/province.yaml", f"{record}{NATIONAL}")
    province.write("province/dossier-figures.yaml", (ROOT / "content/province/dossier-figures.yaml").read_text("utf-8"))
    return built(province, LOOKUP)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """A province without any figures and without a backend."""
    return built(SmallProvince.of(tmp_path_factory.mktemp("silent")))


def page(province: SmallProvince, address: str) -> HtmlElement:
    return html.document_fromstring(province.page(address))


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def texts(root: HtmlElement, path: str) -> list[str]:
    return [words(element) for element in root.xpath(path)]


def form(root: HtmlElement, section: str) -> HtmlElement:
    [table] = root.xpath(f"//section[@aria-labelledby='{section}']//table[@class='form']")
    return table


# With figures


def test_figures_stand_with_their_moment_period_and_source(told: SmallProvince) -> None:
    [said] = texts(page(told, "so-lieu"), "//p[@data-known='total']")

    assert said == (
        "Số liệu đến 24/09/2019 10:15 · lấy về lúc 24/09/2019 10:16 · hồ sơ từ 01/01/2019 đến 24/09/2019 "
        "· Nguồn: motcua.example.vn"
    )


def test_headline_has_each_rate_with_its_formula_in_figures(told: SmallProvince) -> None:
    figures = texts(page(told, "so-lieu"), "//dl[@data-row='total']/div")

    assert figures == [
        "Hồ sơ tiếp nhận 200",
        "Đã giải quyết 150 / 200 = 75,00% 150",
        "Trước và đúng hạn trên số đã giải quyết (112 + 28) / 150 93,33%",
        "Đang giải quyết trong đó quá hạn: 10 50",
    ]


def test_table_of_agencies_has_the_numbered_columns_of_the_form(told: SmallProvince) -> None:
    table = form(page(told, "so-lieu"), "theo-co-quan")

    assert texts(table, "thead/tr[3]/td") == [f"({number})" for number in range(1, 14)]
    assert texts(table, "thead/tr[1]/th") == ["STT", "Cơ quan", "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"]
    assert texts(table, "thead/tr[2]/th")[:5] == [
        "Tổng số = 4+5+6", "Trực tuyến", "Trực tiếp, bưu chính", "Từ kỳ trước", "Tổng số = 8+9+10",
    ]  # fmt: skip
    assert texts(table, "tbody/tr[1]/*") == [
        "1", "Sở Y tế", "100(1)", "40", "50", "5", "90(2)", "70", "15", "2", "10", "6", "4",
    ]  # fmt: skip


def test_huge_figures_and_names_of_others_are_written_out(told: SmallProvince) -> None:
    table = form(page(told, "so-lieu"), "theo-co-quan")

    assert texts(table, "tbody/tr[2]/*")[:3] == ["2", "Cơ quan lạ", "1.000.000.000"]
    assert texts(table, "tfoot/tr/th") == ["Cộng các dòng trên", "Toàn tỉnh, theo nguồn"]
    assert texts(table, "tfoot/tr/td[2]") == ["1.000.000.100", "200"]


def test_every_mark_leads_to_a_footnote_that_says_what_is_stated_and_computed(told: SmallProvince) -> None:
    root = page(told, "so-lieu")
    links = form(root, "theo-co-quan").xpath(".//sup/a")

    assert [link.get("aria-label") for link in links] == ["Chú thích 1", "Chú thích 2"]
    assert [words(root.get_element_by_id(link.get("href")[1:])) for link in links] == [
        "Sở Y tế: cột 3 ghi 100; cộng các cột 4 + 5 + 6 được 95.",
        "Sở Y tế: cột 7 ghi 90; cộng các cột 8 + 9 + 10 được 87.",
    ]


def test_name_with_markup_is_text(told: SmallProvince) -> None:
    root = page(told, "so-lieu")

    assert texts(form(root, "theo-linh-vuc"), "tbody/tr/th") == ["Hộ tịch", MARKUP, "khong-tach"]
    assert root.xpath("//main//script") == []


def test_what_the_source_does_not_say_is_no_zero(told: SmallProvince) -> None:
    table = form(page(told, "so-lieu"), "theo-linh-vuc")

    assert texts(table, "tbody/tr[3]/td")[1:] == ["7", "–", "–", "–", "5", "–", "–", "–", "–", "–", "–"]


def test_months_and_channels_have_names_of_ours(told: SmallProvince) -> None:
    root = page(told, "so-lieu")

    assert texts(form(root, "theo-thang"), "tbody/tr/th") == ["12/2018", "1/2019"]
    assert texts(form(root, "theo-kenh"), "tbody/tr/th") == ["Trực tuyến", "Trực tiếp", "Qua bưu chính"]


def test_table_stands_before_its_chart(told: SmallProvince) -> None:
    [section] = page(told, "so-lieu").xpath("//section[@aria-labelledby='theo-thang']")

    assert [element.tag for element in section.iter("table", "figure")] == ["table", "figure"]


def test_every_chart_says_what_it_shows_or_stands_beside_the_words(told: SmallProvince) -> None:
    root = page(told, "so-lieu")
    [trend] = root.xpath("//svg[@class='months']")
    bars = root.xpath("//section[@aria-labelledby='dung-han']//td[svg]")

    assert trend.get("role") == "img"
    assert trend.get("aria-label") == (
        "Biểu đồ cột của 2 tháng. Tiếp nhận nhiều nhất vào tháng 1/2019: 270 hồ sơ; "
        "ít nhất vào tháng 12/2018: 81 hồ sơ. Bảng có đủ mọi số liệu."
    )
    assert texts(bars[0], "span[@class='unseen']") == ["Trước hạn: 70, Đúng hạn: 15, Quá hạn: 2"]
    silent = root.xpath("//svg[not(@role='img')]")
    assert [svg.get("aria-hidden") for svg in silent] == ["true"] * len(silent)
    assert len(silent) >= len(bars) == 2


def test_charts_need_no_style_attribute(told: SmallProvince) -> None:
    for address in ("so-lieu", "so-lieu/so-y-te"):
        assert page(told, address).xpath("//svg")
        assert page(told, address).xpath("//*[@style] | //style") == []
    assert page(told, "").xpath("//*[@style] | //style") == []


def test_processing_time_is_median_and_ninth_tenth(told: SmallProvince) -> None:
    root = page(told, "so-lieu")

    assert "Một nửa số hồ sơ được giải quyết xong trong 2,5 ngày làm việc; chín phần mười xong trong 11 ngày" in words(
        root
    )
    assert texts(root, "//section[@aria-labelledby='dung-han']//tbody/tr/td[last()]") == ["–", "11"]


def test_published_rate_that_does_not_match_is_flagged_beside_ours(told: SmallProvince) -> None:
    rows = page(told, "so-lieu").xpath("//table[contains(@class, 'periods')]/tbody/tr")

    assert [words(cell) for cell in rows[1].xpath("td")] == [
        "64.786", "60.903", "45.249", "11.391",
        "93,00% = (45.249 + 11.391) / 60.903 Đã giải quyết trên tiếp nhận: 94,01%",
        "94,28% không khớp Tỷ lệ đã công bố không khớp với phép tính từ số liệu đã công bố.",
    ]  # fmt: skip
    assert [words(cell) for cell in rows[0].xpath("td")][:3] == [
        "khoảng 111.500", "khoảng 108.200", "khoảng 105.600 gộp hai loại",
    ]  # fmt: skip


def test_agency_has_a_page_of_its_own_with_its_own_footnotes(told: SmallProvince) -> None:
    root = page(told, "so-lieu/so-y-te")

    assert texts(root, "//table/tbody/tr[1]/*") == ["(3)", "Tiếp nhận: Tổng số = 4+5+6", "100(1)"]
    assert texts(root, "//section[@class='doubts']//li")[0].startswith("Sở Y tế: cột 3 ghi 100")
    assert texts(root, "//dl[@data-row='so-y-te']/div/dd") == ["100", "90", "94,44%", "10"]


def test_agency_without_a_row_says_that_nothing_is_known(told: SmallProvince) -> None:
    root = page(told, "so-lieu/so-tu-phap")

    assert texts(root, "//p[@data-unknown]") == ["Chưa có số liệu của Sở Tư pháp."]
    assert root.xpath("//dl[@data-row='so-tu-phap']/@hidden") == [""]
    assert texts(page(told, "so-lieu"), "//details[@class='silent']//li") == ["Sở Tư pháp"]


def test_home_of_the_province_has_the_figures_of_the_build(told: SmallProvince) -> None:
    home = page(told, "")

    [sentence] = texts(home, "//section[@aria-labelledby='ho-so']//p[@class='told']")
    shares = home.xpath("//section[@aria-labelledby='ho-so']//*[@data-bar]/*/@data-part")

    assert sentence == (
        "Đã nhận 200 hồ sơ, giải quyết xong 150, trong đó 93,33% sớm hoặc đúng hạn. Còn 10 hồ sơ quá hạn."
    )
    assert shares == ["early", "on_time", "overdue"]
    assert home.xpath("//section[@aria-labelledby='ho-so']//a/@href") == ["/so-lieu/", "/tra-cuu-ho-so/"]


def test_home_of_an_agency_knows_none_and_leads_to_its_page(told: SmallProvince) -> None:
    [section] = page(told, "so-y-te").xpath("//section[@aria-labelledby='ho-so']")

    assert section.xpath(".//dl/@hidden") == [""]
    assert set(texts(section, ".//dd")) == {""}
    assert section.xpath(".//a/@href") == ["/so-lieu/so-y-te/", "/tra-cuu-ho-so/"]


def test_downloads_hold_what_the_page_shows(told: SmallProvince) -> None:
    hrefs = page(told, "so-lieu").xpath("//a[@download]/@href")
    table, document = [(told.output / href.lstrip("/")).read_text("utf-8") for href in hrefs]
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))

    assert list(dict.fromkeys(entry["grouping"] for entry in rows)) == [
        "total", "agency", "field", "channel", "month", "published",
    ]  # fmt: skip
    assert json.loads(document)["rows"]["field"][1]["name"] == MARKUP


def test_screen_readers_are_told_nothing_by_themselves(told: SmallProvince) -> None:
    for address in ("", "so-lieu", "so-lieu/so-y-te", "so-y-te"):
        root = page(told, address)
        loud = "@aria-live[. != 'off'] or @role = 'alert' or @role = 'status'"
        assert len(root.xpath("//*[@data-live]")) == 1
        assert root.xpath("//main//*[@data-figure]")
        # The search box says how many suggestions there are, to who types in it.
        assert root.xpath(f"//main//*[{loud}][not(ancestor::*[contains(@class, 'search-box')])]") == []


def test_pages_are_in_sitemap_site_map_and_footer(told: SmallProvince) -> None:
    sitemaps = (told.output / "sitemaps/province.xml").read_text("utf-8")
    agency = (told.output / "sitemaps/so-y-te.xml").read_text("utf-8")

    for address in ("so-lieu/", "tra-cuu-ho-so/"):
        assert f"/{address}</loc>" in sitemaps
        assert len(page(told, "so-do-cong").xpath(f"//main//a[@href='/{address}']")) == 1
        assert page(told, "so-y-te/lien-he").xpath(f"//footer//a[@href='/{address}']")
    assert "/so-lieu/so-y-te/</loc>" in agency


def test_same_figures_give_the_same_pages(told: SmallProvince) -> None:
    before = told.files()
    shutil.rmtree(told.build_folder)
    report = told.build(DOSSIER_LOOKUP_URL=LOOKUP)

    assert {entry.outcome for entry in report.sites} == {"built"}
    assert told.files() == before


@pytest.mark.parametrize(
    ("name", "limit"),
    [("live.js", 2_200), ("tables.js", 1_200), ("lookup.js", 3_000), ("code.js", 1_000), ("figures.js", 700)],
)
def test_scripts_are_small(name: str, limit: int) -> None:
    """Packed with gzip: the Brotli of web servers takes a tenth less."""
    assert len(gzip.compress((ROOT / "theme/static/dossiers" / name).read_bytes(), 9)) <= limit


def test_file_for_browsers_is_there_from_the_beginning(told: SmallProvince) -> None:
    live = json.loads((told.output / "live/dossiers.json").read_text("utf-8"))

    assert (live["as_of"], live["stale"]) == (FIGURES.as_of.isoformat(), False)
    assert live["rows"]["total"]["received"]["total"] == 200


def test_file_for_browsers_has_no_packed_copy_that_would_grow_old(told: SmallProvince) -> None:
    public = SmallProvince(told.folder)
    public.build(conf="publishconf.py", OUTPUT_PATH=str(told.folder / "public"))

    assert (told.folder / "public" / "so-lieu" / "index.html.gz").is_file()
    assert sorted(path.name for path in (told.folder / "public" / "live").iterdir()) == [
        "alert.json",
        "dossiers.json",
        "release.json",
        "releases.atom",
    ]


def test_newer_figures_are_in_the_next_build_though_nobody_wrote_anything(tmp_path: Path) -> None:
    province = built(SmallProvince.of(tmp_path))
    keep(province.folder / "state", statistics(total=counts(200, 150, 10)))

    report = province.build()

    assert [entry.slug for entry in report.sites if entry.outcome == "built"] == ["portal"]
    assert not page(province, "so-lieu").xpath("//dl[@data-row='total']/@hidden")
    assert json.loads((province.output / "live/dossiers.json").read_text("utf-8"))["as_of"] == AS_OF.isoformat()


def test_refresh_changes_the_release_that_is_shown_and_no_version_of_it(tmp_path: Path) -> None:
    province = built(SmallProvince.of(tmp_path))
    publish(province.output, FIGURES)

    [version] = province.build_folder.glob("sites/portal/*/www/live/dossiers.json")
    assert json.loads((province.output / "live/dossiers.json").read_text("utf-8"))["as_of"]
    assert json.loads(version.read_text("utf-8"))["as_of"] is None


# Without figures


def test_file_for_browsers_says_that_nothing_is_known(silent: SmallProvince) -> None:
    live = json.loads((silent.output / "live/dossiers.json").read_text("utf-8"))

    assert (live["as_of"], live["stale"], live["rows"]) == (None, True, {})


def test_page_without_figures_says_so(silent: SmallProvince) -> None:
    root = page(silent, "so-lieu")

    assert texts(root, "//p[@data-unknown='total']") == [
        "Chưa có số liệu hiện tại: cổng chưa lấy được số liệu nào từ hệ thống một cửa."
    ]
    assert root.xpath("//main//table") == []
    assert root.xpath("//dl[@data-row='total']/@hidden") == [""]
    assert texts(page(silent, ""), "//p[@data-unknown='total']")[0].startswith("Chưa có số liệu")


def test_earlier_periods_are_shown_without_current_figures(silent: SmallProvince) -> None:
    silent.write("province/dossier-figures.yaml", (ROOT / "content/province/dossier-figures.yaml").read_text("utf-8"))
    root = page(built(silent), "so-lieu")

    assert texts(root, "//p[@data-unknown='total']")[0].endswith("Bên dưới là số liệu các kỳ trước.")
    assert len(root.xpath("//table[contains(@class, 'periods')]/tbody/tr")) == 2


def test_damaged_figures_are_none(silent: SmallProvince) -> None:
    (silent.folder / "state").mkdir(exist_ok=True)
    (silent.folder / "state" / "last-good.json").write_text('{"version": 1, "snap', "utf-8")

    assert texts(page(built(silent), "so-lieu"), "//p[@data-unknown='total']")


# The look-up


def test_look_up_asks_the_address_of_the_settings_and_nothing_else(told: SmallProvince) -> None:
    root = page(told, "tra-cuu-ho-so")
    [lookup] = root.xpath("//form[@id='tra-cuu']")

    assert lookup.get("data-backend") == LOOKUP
    assert (lookup.get("action"), lookup.get("method"), lookup.get("hidden")) == (None, None, "")
    assert lookup.xpath(".//input/@name") == []
    assert told.page("tra-cuu-ho-so").count("tracuu.example.vn") == 1
    assert len(root.xpath("//noscript//p")) == 1


def test_look_up_shows_no_code_that_nobody_has(told: SmallProvince) -> None:
    page_text = told.page("tra-cuu-ho-so")

    assert not re.search(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", page_text)
    assert "Mã ghi trên giấy tiếp nhận và trong tin nhắn. Có thể bỏ" in page_text
    assert "Mã gồm mã cơ quan, ngày nộp (năm, tháng, ngày) và số thứ tự." in page_text


def test_look_up_shows_the_code_of_the_settings(told: SmallProvince) -> None:
    code = "000.00.08.H30-180102-0001"
    province = SmallProvince(told.folder)
    province.build(DOSSIER_LOOKUP_URL=LOOKUP, DOSSIER_LOOKUP_EXAMPLE=code)
    codes = set(re.findall(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-\d+-\d+", province.page("tra-cuu-ho-so")))
    built(told, LOOKUP)

    assert codes == {code}


def test_build_sees_what_the_environment_says(told: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over the settings' file, in pages and for what they are built from."""
    code = "000.00.08.H30-180102-0002"
    monkeypatch.setenv("DOSSIER_LOOKUP_EXAMPLE", code)
    monkeypatch.setenv("DOSSIER_LOOKUP_URL", "https://khac.example.vn")
    province = SmallProvince(told.folder)
    province.build(DOSSIER_LOOKUP_URL=LOOKUP, DOSSIER_STALE_AFTER=24)
    shown = province.page("tra-cuu-ho-so")
    monkeypatch.undo()
    built(told, LOOKUP)

    assert code in shown
    assert "khac.example.vn" in shown
    assert "khac.example.vn" not in told.page("tra-cuu-ho-so")


def test_look_up_explains_the_ten_national_states(told: SmallProvince) -> None:
    entries = page(told, "tra-cuu-ho-so").xpath("//dl[contains(@class, 'states')]/div")

    assert [entry.get("data-state") for entry in entries] == [str(number) for number in range(1, 11)]
    assert [words(entry.xpath("dt/span")[0]) for entry in entries] == [
        "Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ",
        "Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ", "Dừng xử lý", "Đã xử lý xong",
        "Đã trả kết quả",
    ]  # fmt: skip
    assert all(len(entry.xpath("dd")) == 2 and all(texts(entry, "dd")) for entry in entries)


def test_look_up_without_a_backend_leads_elsewhere(silent: SmallProvince) -> None:
    root = page(silent, "tra-cuu-ho-so")

    assert root.xpath("//form[@id='tra-cuu']") == []
    assert not re.search("lookup.js", silent.page("tra-cuu-ho-so"))
    assert "chưa tra cứu được" in texts(root, "//p[@class='banner']")[0]
    assert {"/don-vi/", "/lien-he/"} <= set(root.xpath("//section[@aria-labelledby='cach-khac']//a/@href"))


def test_look_up_leads_to_the_home_of_the_national_portal_that_the_province_names(told: SmallProvince) -> None:
    hrefs = page(told, "tra-cuu-ho-so").xpath("//section[@aria-labelledby='cach-khac']//a/@href")

    assert [href for href in hrefs if href.startswith("http")] == ["https://dichvucong.example.vn/"]
