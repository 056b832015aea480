"""What a procedure's page tells of its past, built from a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from tests.provinces import SmallProvince, site
from tests.repositories import begin, commit, git

ADDRESS = "so-tu-phap/thu-tuc/1.000201/"
FILE = "agencies/so-tu-phap/procedures/1.000201.yaml"
RECORD = """\
code: '1.000201'
name: Cấp phiếu
field: ho-tich
performed_by: [province]
channels:
  - kind: in_person
    fees:
      - kind: fee
        amount: 50000
papers:
  - papers:
      - name: Tờ khai
        originals: 1
"""
CHEAPER = RECORD.replace("50000", "30000")
NAMED_ANEW = CHEAPER.replace("Cấp phiếu", "Cấp phiếu mới")


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    """A province whose procedure has two changes behind it."""
    made = SmallProvince.of(tmp_path)
    begin(made)
    commit(made, FILE, RECORD, "2019-09-01")
    commit(made, FILE, CHEAPER, "2019-09-10")
    commit(made, FILE, NAMED_ANEW, "2019-09-20")
    return made


def parsed(province: SmallProvince, address: str) -> HtmlElement:
    return html.document_fromstring(province.page(address))


def past(province: SmallProvince) -> list[str]:
    """The addresses of old versions, the newest first."""
    links = parsed(province, ADDRESS).xpath("//main//a/@href")
    return [str(link).lstrip("/") for link in links if "/ban-cu/" in link]


def test_page_tells_what_changed_and_when_the_newest_first(province: SmallProvince) -> None:
    assert province.problems(province.build()) == []
    [section] = parsed(province, ADDRESS).xpath("//section[@aria-labelledby='lich-su']")
    said = " ".join(section.text_content().split())

    assert said.index("20/09/2019") < said.index("Cấp phiếu mới") < said.index("10/09/2019")
    assert said.index("50.000\u00a0đồng".replace("\u00a0", " ")) < said.index("30.000")


def test_page_stands_as_it_was_before_each_change(province: SmallProvince) -> None:
    province.build()
    newer, older = past(province)

    assert newer.startswith(f"{ADDRESS}ban-cu/2019-09-20-")
    assert parsed(province, newer).xpath("//h1")[0].text_content().strip() == "Cấp phiếu"
    assert "30.000" in province.page(newer)
    assert "50.000" in province.page(older)
    assert "30.000" not in province.page(older)


def test_old_version_is_marked_kept_from_search_and_cannot_be_ticked(province: SmallProvince) -> None:
    province.build(conf="publishconf.py", PORTAL_COMPRESS=False)
    page = parsed(province, past_address(province))

    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert str(page.xpath("//link[@rel='canonical']/@href")[0]).endswith(f"/{ADDRESS}")
    assert page.xpath("//input[@type='checkbox']") == []
    assert page.xpath("//script[@type='application/ld+json']") == []
    assert "ban-cu" not in (province.output / "sitemaps" / "so-tu-phap.xml").read_text(encoding="utf-8")
    assert "ban-cu" not in (province.output / "api/v1/procedures.json").read_text(encoding="utf-8")


def past_address(province: SmallProvince) -> str:
    [newer, _] = sorted((province.output / ADDRESS / "ban-cu").iterdir(), reverse=True)
    return f"{ADDRESS}ban-cu/{newer.name}/"


def test_history_goes_with_the_procedure_to_its_new_owner(province: SmallProvince) -> None:
    province.build()
    (province.content / FILE).unlink()
    commit(province, "agencies/so-y-te/procedures/1.000201.yaml", NAMED_ANEW, "2019-09-22")
    report = province.build()

    assert report.problems == ()
    assert province.page("so-y-te/thu-tuc/1.000201/").count("/ban-cu/") == 2
    assert "url=/so-y-te/thu-tuc/1.000201/" in province.page("thu-tuc/1.000201/")


def test_new_commit_elsewhere_builds_nothing_again(province: SmallProvince) -> None:
    province.build()
    git(province.content, "commit", "--allow-empty", "-m", "Trống", day="2019-09-25")
    report = province.build()

    assert {entry.outcome for entry in report.sites} == {"unchanged"}


def test_permalink_of_a_removed_procedure_says_so(province: SmallProvince) -> None:
    province.build()
    commit(province, FILE, None, "2019-09-23")
    report = province.build()
    page = parsed(province, "thu-tuc/1.000201/")

    assert report.problems == ()
    assert page.xpath("//h1")[0].text_content().strip() == "Cấp phiếu mới"
    assert "23/09/2019" in page.text_content()
    assert leads_to(province, ADDRESS) == "/thu-tuc/1.000201/"


def leads_to(province: SmallProvince, address: str) -> str:
    """Where a page that only says where another is sends its reader."""
    [content] = parsed(province, address).xpath("//meta[@http-equiv='refresh']/@content")
    return str(content).removeprefix("0; url=")


def test_address_that_a_procedure_had_leads_to_its_new_owner_for_ever(province: SmallProvince) -> None:
    """First one procedure moves, then its new owner's whole folder is renamed."""
    province.build(conf="publishconf.py")
    (province.content / FILE).unlink()
    commit(province, "agencies/so-y-te/procedures/1.000201.yaml", NAMED_ANEW, "2019-09-22")
    assert province.problems(province.build(conf="publishconf.py")) == []

    assert leads_to(province, ADDRESS) == "/so-y-te/thu-tuc/1.000201/"
    assert "/so-tu-phap/thu-tuc/1.000201/ /so-y-te/thu-tuc/1.000201/;" in (
        (province.output / "permalinks.map").read_text(encoding="utf-8")
    )

    (province.content / "agencies/so-y-te").rename(province.content / "agencies/so-suc-khoe")
    agency = (province.content / "agencies/so-suc-khoe/agency.yaml").read_text(encoding="utf-8")
    commit(province, "agencies/so-suc-khoe/agency.yaml", agency.replace("Sở Y tế", "Sở Sức khỏe"), "2019-09-23")
    province.build(conf="publishconf.py")

    for old in ("so-tu-phap/thu-tuc/1.000201/", "so-y-te/thu-tuc/1.000201/", "thu-tuc/1.000201/"):
        assert leads_to(province, old) == "/so-suc-khoe/thu-tuc/1.000201/"
    assert leads_to(province, "so-y-te/thu-tuc/1.004616/") == "/so-suc-khoe/thu-tuc/1.004616/"
    assert parsed(province, "so-suc-khoe/thu-tuc/1.000201/").xpath("//section[@aria-labelledby='lich-su']")


def test_procedure_that_comes_back_is_at_its_old_address(province: SmallProvince) -> None:
    (province.content / FILE).unlink()
    commit(province, "agencies/so-y-te/procedures/1.000201.yaml", NAMED_ANEW, "2019-09-22")
    province.build()
    (province.content / "agencies/so-y-te/procedures/1.000201.yaml").unlink()
    commit(province, FILE, NAMED_ANEW, "2019-09-23")
    report = province.build()

    assert report.problems == ()
    assert leads_to(province, "so-y-te/thu-tuc/1.000201/") == f"/{ADDRESS}"
    assert parsed(province, ADDRESS).xpath("//meta[@http-equiv='refresh']") == []


def test_agency_that_cannot_publish_its_farewell_keeps_its_page(province: SmallProvince) -> None:
    """The file is moved away, but the old owner breaks in the same commit: its last good version stays as it is."""
    province.build()
    (province.content / FILE).unlink()
    province.write("agencies/so-tu-phap/agency.yaml", "name: [\n")
    commit(province, "agencies/so-y-te/procedures/1.000201.yaml", NAMED_ANEW, "2019-09-22")
    report = province.build()

    assert [problem.path.rpartition("/")[2] for problem in report.problems][:1] == ["agency.yaml"]
    assert parsed(province, ADDRESS).xpath("//meta[@http-equiv='refresh']") == []
    assert parsed(province, ADDRESS).xpath("//h1")[0].text_content().strip() == "Cấp phiếu mới"


def test_version_that_is_not_in_order_by_todays_rules_is_not_shown(province: SmallProvince) -> None:
    commit(province, FILE, NAMED_ANEW + "feild: sai\n", "2019-09-21")
    commit(province, FILE, NAMED_ANEW, "2019-09-22")
    report = province.build()
    addresses = past(province)

    assert report.problems == ()
    assert len(addresses) == 3
    assert not any("2019-09-22" in address for address in addresses)


def test_without_git_there_is_no_history_and_nothing_is_wrong(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(FILE, RECORD)
    report = province.build()

    assert report.problems == ()
    assert report.note is None
    assert parsed(province, ADDRESS).xpath("//*[@id='lich-su']") == []
    assert site(report, "so-tu-phap").outcome == "built"


def test_change_of_keywords_and_review_days_is_not_told_and_its_old_page_holds(province: SmallProvince) -> None:
    commit(province, FILE, f"{NAMED_ANEW}keywords: [phiếu]\nreviewed: 2019-09-21\n", "2019-09-21")
    commit(province, FILE, f"{NAMED_ANEW}keywords: [phiếu, giấy]\nreviewed: 2019-09-22\n", "2019-09-22")
    province.build()
    history = parsed(province, ADDRESS).xpath("//section[@aria-labelledby='lich-su']")[0].text_content()
    folders = sorted((province.output / ADDRESS / "ban-cu").iterdir())
    banners = [
        " ".join(
            parsed(province, f"{ADDRESS}ban-cu/{folder.name}")
            .xpath("string(//main//div[@class='banner warn'])")
            .split()
        )
        for folder in folders
    ]

    assert len(past(province)) == 2
    assert "phiếu, giấy" not in history
    assert "22/09/2019" not in history
    assert [folder.name[:10] for folder in folders] == ["2019-09-10", "2019-09-20", "2019-09-21", "2019-09-22"]
    assert ["không còn áp dụng" in said for said in banners] == [True, True, False, False]
    assert all("vẫn như bản hiện nay" in said for said in banners[2:])


def test_old_page_before_keywords_alone_changed_was_replaced_when_the_text_was(province: SmallProvince) -> None:
    commit(province, FILE, f"{NAMED_ANEW}keywords: [phiếu]\n", "2019-09-21")
    commit(province, FILE, f"{RECORD}keywords: [phiếu]\n", "2019-09-25")
    province.build()
    [folder] = (province.output / ADDRESS / "ban-cu").glob("2019-09-21-*")
    page = parsed(province, f"{ADDRESS}ban-cu/{folder.name}")

    assert "đã được thay vào 25/09/2019" in page.xpath("string(//main//div[@class='banner warn'])")


def test_agencies_that_perform_it_are_told_by_their_names(province: SmallProvince) -> None:
    file = "province/procedures/1.000202.yaml"
    record = RECORD.replace("1.000201", "1.000202")
    for day, slugs in (("2019-09-20", "so-y-te"), ("2019-09-21", "so-tu-phap"), ("2019-09-22", "so-tu-phap, so-y-te")):
        commit(province, file, f"{record}performing_agencies: [{slugs}]\n", day)
    commit(province, file, f"{record}performing_agencies: [so-y-te, so-tu-phap]\n", "2019-09-23")
    report = province.build()
    history = parsed(province, "thu-tuc/1.000202").xpath("//section[@aria-labelledby='lich-su']")[0]
    told = [" ".join(entry.text_content().split()) for entry in history.xpath(".//details/ul/li")]

    assert province.problems(report) == []
    assert told == ["Đơn vị thực hiện: (chưa có) → Sở Y tế", "Đơn vị thực hiện: Sở Y tế → Sở Tư pháp"]
    assert len(history.xpath(".//details[@open]")) == len(told)  # only a long account is folded
