"""Whatever happens to one agency's process happens to nobody else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from plugins.builder import compile_stage
from plugins.languages import MESSAGES, load_catalogue
from tests.pictures.drawn import png
from tests.provinces import SmallProvince, site
from tests.repositories import Repository
from tests.waiting import until

PLUGINS = [
    "plugins.presentation", "plugins.articles", "plugins.procedures", "plugins.province",
    "plugins.search", "plugins.dossiers", "tests.builder.misbehaving",
]  # fmt: skip
MISBEHAVIOURS = {
    "killed": "building the site was ended by force: SIGKILL",
    "exits": "building the site was ended by force: exit code 3",
    "stuck": "building the site was ended: it had not gone on for 6 seconds",
    "raises": "building the site failed: RuntimeError: something broke",
    "eats memory": "building the site failed: MemoryError",
    "writes elsewhere": "the site would write to /so-tu-phap, outside its own address",
}


def misbehaving(what: str) -> dict[str, Any]:
    return {
        "PORTAL_SITE_PLUGINS": PLUGINS, "MISBEHAVIOUR": what, "PORTAL_SITE_TIME_LIMIT": 6, "own_processes": True,
    }  # fmt: skip


@pytest.mark.parametrize("what", MISBEHAVIOURS)
def test_last_good_site_stays_when_its_process_breaks_down(what: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.page("so-y-te/tin-tuc/2019/tiem-chung")
    province.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build(**misbehaving(what))

    [problem] = province.problems(report)
    assert problem.startswith(f"content/agencies/so-y-te: {MISBEHAVIOURS[what]}")
    assert site(report, "so-y-te").outcome == "kept"
    assert province.page("so-y-te/tin-tuc/2019/tiem-chung") == before
    assert province.shows("so-tu-phap/moi")


@pytest.mark.parametrize("what", ["killed", "stuck"])
def test_site_without_a_last_good_version_is_left_out_with_a_notice(what: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    report = province.build(**misbehaving(what))

    assert site(report, "so-y-te").outcome == "left out"
    assert "Trang của cơ quan này tạm thời chưa hiển thị được" in province.page("so-y-te")
    assert "so-y-te" in province.page("don-vi")
    assert province.shows("so-tu-phap/tin-tuc/2019/ho-tich")
    # Others link to its procedure: the permalink leads to the notice.
    assert 'href="/so-y-te/"' in province.page("thu-tuc/1.004616")


def test_site_that_broke_down_is_tried_again_although_nothing_changed(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build(**misbehaving("killed"))

    report = province.build(**misbehaving("nothing"))

    assert report.problems == ()
    assert site(report, "so-y-te").outcome == "built"
    assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")


def test_template_that_crashes_for_one_agency_stops_only_that_one(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "contact.html").write_text("{{ agency.counters[0].name }} {{ agency.nonsense }}", encoding="utf-8")
    province.write("agencies/so-tu-phap/agency.yaml", "name: Sở Tư pháp\nkind: department\nsummary: Tư pháp.\n")
    (templates / "contact.html").write_text(
        "{% if site.slug == 'so-y-te' %}{{ agency.nonsense.more }}{% endif %}<p>Liên hệ</p>", encoding="utf-8"
    )

    report = province.build(THEME_TEMPLATES_OVERRIDES=[str(templates)])

    [problem] = province.problems(report)
    assert problem.startswith("content/agencies/so-y-te: building the site failed: jinja2.exceptions.UndefinedError")
    assert province.page("so-tu-phap/lien-he") == "<p>Liên hệ</p>"


def test_broken_province_keeps_its_own_last_good_pages_while_agencies_publish(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.write("province/pages/hong.md", "không có phần đầu")
    province.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build()

    assert [p.path.rsplit("/", 1)[1] for p in report.problems] == ["hong.md"]
    assert site(report, "province").outcome == "kept"
    assert site(report, "portal").outcome == "built"
    assert province.shows("so-tu-phap/moi")
    assert province.shows("gioi-thieu")


SHARED_RECORDS = {
    "province.yaml": "name: [",
    "fields.yaml": "fields: KHẨN CẤP: bão số 5",
    "legal-status.yaml": "documents: 5",
}


@pytest.mark.parametrize("name", SHARED_RECORDS)
def test_last_good_record_stays_in_force_when_one_that_all_share_breaks(name: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("province/legal-status.yaml", "documents: []\n")
    province.build()
    province.write(f"province/{name}", SHARED_RECORDS[name])
    for slug in ("so-tu-phap", "so-y-te"):
        province.write(f"agencies/{slug}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    for _ in range(2):
        report = province.build()

        assert {problem.partition(":")[0] for problem in province.problems(report)} == {f"content/province/{name}"}
        assert {entry.slug: entry.outcome for entry in report.sites if entry.outcome == "kept"} == {"province": "kept"}
        assert province.shows("so-tu-phap/moi")
        assert province.shows("so-y-te/moi")
        assert "Tỉnh Thử Nghiệm" in province.page("")


def test_record_that_all_share_is_in_force_as_soon_as_it_is_mended(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    record = (province.content / "province/province.yaml").read_text(encoding="utf-8")
    province.build()
    province.write("province/province.yaml", "name: [")
    province.write(
        "province/fields.yaml", "fields:\n- {slug: duoc-pham, name: Thuốc}\n- {slug: ho-tich, name: Hộ tịch}\n"
    )
    province.build()
    province.write("province/province.yaml", record.replace("tỉnh Thử Nghiệm", "tỉnh Thử Mới"))

    report = province.build()

    assert report.problems == ()
    assert "Cổng thông tin điện tử tỉnh Thử Mới" in province.page("so-y-te")
    assert "Thuốc" in province.page("so-y-te/thu-tuc/1.004616")


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "fresh"])
@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ("- {slug: duoc-phamm, name: Dược phẩm}\n- {slug: ho-tich, name: Hộ tịch}\n", 'did you mean "duoc-phamm"?'),
        ("- {slug: ho-tich, name: Hộ tịch}\n", "add it"),
    ],
    ids=["mistyped", "deleted"],
)
def test_entry_that_the_list_of_fields_has_no_more_holds_no_agency_back(
    fields: str, hint: str, *, remembered: bool, tmp_path: Path
) -> None:
    province = SmallProvince.of(tmp_path)
    second = (province.content / "agencies/so-y-te/procedures/1.004616.yaml").read_text("utf-8")
    province.write("agencies/so-tu-phap/procedures/1.004617.yaml", second.replace("1.004616", "1.004617"))
    if remembered:
        province.build()
    province.write("province/fields.yaml", f"fields:\n{fields}")
    province.edit("agencies/so-y-te/pages/gioi-thieu.md", "title: ", "title: Mới ")

    report = province.build()

    assert report.problems == ()
    assert {entry.outcome for entry in report.sites} <= {"built", "unchanged"}
    assert "Mới" in province.page("so-y-te/gioi-thieu")
    for page in ("so-y-te/thu-tuc/1.004616", "thu-tuc/linh-vuc/duoc-pham"):
        assert "Duoc pham" in province.page(page)
    missing = (
        'content/province/fields.yaml: fields: the field "duoc-pham", which 2 procedures name, is not listed ({hint})'
    )
    assert missing.format(hint=hint) in province.advice(report)


@pytest.mark.parametrize(
    ("entry", "name"),
    [("- {slug: ho-tich, name: Hộ tịch mới}\n", "Hộ tịch mới"), ("", "Ho tich")],
    ids=["renamed", "deleted"],
)
def test_field_that_changes_while_a_site_is_kept_as_it_was_has_one_list_with_its_new_name(
    entry: str, name: str, tmp_path: Path
) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.write("agencies/so-tu-phap/pages/hong.md", "không có phần đầu")
    province.write("province/fields.yaml", f"fields:\n- {{slug: duoc-pham, name: Dược phẩm}}\n{entry}")
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build()

    assert {problem.partition(":")[0] for problem in province.problems(report)} == {
        "content/agencies/so-tu-phap/pages/hong.md"
    }
    assert (site(report, "so-tu-phap").outcome, site(report, "portal").outcome) == ("kept", "built")
    assert province.shows("so-y-te/moi")
    listed = province.page("thu-tuc/linh-vuc/ho-tich")
    assert name in listed
    assert {"Đăng ký khai sinh", "Cấp Phiếu lý lịch tư pháp"} <= set(re.findall(r">([^<>]+)</a>", listed))
    assert name in province.page("thu-tuc")

    province.delete("agencies/so-tu-phap/pages/hong.md")
    assert province.build().problems == ()
    document = (province.output / "api/v1/procedures/2.000488.json").read_bytes()
    assert document == (province.output / "so-tu-phap/thu-tuc/2.000488/thu-tuc.json").read_bytes()
    assert name in document.decode()


def test_agency_takes_the_address_of_a_page_that_the_province_removed_while_it_is_kept_as_it_was(
    tmp_path: Path,
) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("province/pages/so-moi.md", "---\ntitle: Về Sở Mới\n---\nSẽ có.\n")
    province.build()
    province.delete("province/pages/so-moi.md")
    province.write("province/pages/hong.md", "không có phần đầu")
    province.write("agencies/so-moi/agency.yaml", "name: Sở Mới\nkind: department\nsummary: Mới.\n")

    report = province.build()

    assert [problem.path.rsplit("/", 1)[1] for problem in report.problems] == ["hong.md"]
    assert (site(report, "province").outcome, site(report, "so-moi").outcome) == ("kept", "built")
    assert "Sẽ có" not in province.page("so-moi")
    assert province.shows("so-moi/lien-he")
    assert province.shows("gioi-thieu")


def test_nothing_is_built_while_a_record_that_all_share_was_never_good(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("province/province.yaml", "name: [")

    report = province.build()

    assert {problem.partition(":")[0] for problem in province.problems(report)} == {"content/province/province.yaml"}
    assert report.release is None
    assert not province.output.exists()


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "fresh"])
def test_who_takes_a_code_of_another_is_shown_without_it_whatever_was_built_before(
    *, remembered: bool, tmp_path: Path
) -> None:
    """By git so-tu-phap had the code first; by name so-cong-thuong would come before it."""
    province = SmallProvince.of(tmp_path)
    git = Repository.in_(province.content)
    git.commit()
    if remembered:
        province.build()
    code = (province.content / "agencies/so-tu-phap/procedures/2.000488.yaml").read_text(encoding="utf-8")
    province.write("agencies/so-cong-thuong/agency.yaml", "name: Sở Công Thương\nkind: department\nsummary: S\n")
    province.write("agencies/so-cong-thuong/procedures/2.000488.yaml", code)
    git.commit()

    report = province.build()

    assert [(s.slug, s.outcome) for s in report.sites if s.problems] == [("so-cong-thuong", "built")]
    assert "so-tu-phap/procedures/2.000488.yaml" in province.problems(report)[0]
    assert 'href="/so-tu-phap/thu-tuc/2.000488/"' in province.page("thu-tuc/2.000488")
    assert province.shows("so-cong-thuong")
    assert not province.shows("so-cong-thuong/thu-tuc/2.000488")


def _rename_a_page(province: SmallProvince) -> None:
    province.rename("agencies/so-y-te/news/2019/tiem-chung.md", "agencies/so-y-te/news/2019/lich-tiem.md")
    province.edit("agencies/so-y-te/news/2019/nha-thuoc.md", "tiem-chung.md", "lich-tiem.md")


REMOVALS: dict[str, Callable[[SmallProvince], object]] = {
    "a page is renamed": _rename_a_page,
    "a page is dated anew": lambda p: p.edit("agencies/so-y-te/news/2019/tiem-chung.md", "date: 2019", "date: 2018"),
    "a page is withdrawn": lambda p: p.edit(
        "agencies/so-y-te/news/2019/tiem-chung.md", "---\ntitle", "---\nstatus: draft\ntitle"
    ),
    "a procedure is deleted": lambda p: p.delete("agencies/so-y-te/procedures/1.004616.yaml"),
    "a picture is deleted": lambda p: p.delete("agencies/so-y-te/media/tram.png"),
    "the folder is renamed": lambda p: p.rename("agencies/so-y-te", "agencies/so-y-te-moi"),
}
LINKS = {
    "address": "[lịch](/so-y-te/tin-tuc/2019/tiem-chung/)",
    "agency": "[sở](agency:so-y-te)",
    "page of an agency": "[bài](agency:so-y-te/tin-tuc/2019/tiem-chung/)",
    "procedure": "[thuốc](procedure:1.004616)",
    "file": "[tệp](/so-y-te/media/lich-tiem.csv)",
    "picture": "![trạm y tế](/so-y-te/media/tram.png)",
    "picture in html": '<img alt="cửa trạm &amp; sân" src="/so-y-te/media/tram.png" title="a > b">',
    "html": '<a href="/so-y-te/tin-tuc/2019/tiem-chung/" title="a > b">lịch <strong>tiêm</strong></a>',
}


@pytest.mark.parametrize(
    ("what", "conf"),
    [*((what, "publishconf.py") for what in REMOVALS), ("a page is renamed", "pelicanconf.py")],
)
def test_what_one_agency_removes_freezes_nobody_who_links_to_it(what: str, conf: str, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    article = "---\ntitle: Tin\ndate: 2019-09-22\nsummary: S\n---\n" + "\n\n".join(LINKS.values()) + "\n"
    (province.content / "agencies/so-y-te/media/tram.png").write_bytes(png())
    for slug in ("agencies/so-tu-phap", "province"):
        province.write(f"{slug}/news/2019/lien-ket.md", article)
    assert province.build(conf=conf).advice == ()
    REMOVALS[what](province)
    province.write("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build(conf=conf)

    assert report.problems == ()
    assert "kept" not in {entry.outcome for entry in report.sites}
    assert province.shows("so-tu-phap/moi")
    told = {advice.partition(":")[0] for advice in province.advice(report)}
    assert {"content/agencies/so-tu-phap/news/2019/lien-ket.md", "content/province/news/2019/lien-ket.md"} <= told
    for page in (province.page("so-tu-phap/tin-tuc/2019/lien-ket"), province.page("tin-tuc/2019/lien-ket")):
        assert "lịch <strong>tiêm</strong>" in page
        addresses = re.findall(r'(?:href|src)="/(so-y-te/[^"#?]*|thu-tuc/1[^"#?]*)"', page)
        assert addresses
        dead = [address for address in addresses if not (province.shows(address) or province.has(address))]
        assert dead == [], "a link leads nowhere"
        assert len(re.findall("trạm y tế|cửa trạm &amp; sân", page)) == 2
        assert "portal-unlinked" not in page

    anew = SmallProvince.of(tmp_path / "anew")
    shutil.rmtree(anew.content)
    shutil.copytree(province.content, anew.content)
    anew.build(conf=conf)
    pages = {name for name in anew.files() if name.endswith("lien-ket/index.html")}
    assert len(pages) == 2
    assert {name: anew.files()[name] for name in pages} == {name: province.files()[name] for name in pages}


def test_link_is_there_again_when_what_it_leads_to_is(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    province.rename("agencies/so-y-te/procedures/1.004616.yaml", "agencies/so-y-te/1.004616.aside")
    (province.content / "agencies/so-y-te/1.004616.aside").rename(tmp_path / "1.004616.aside")
    province.build()
    (tmp_path / "1.004616.aside").rename(province.content / "agencies/so-y-te/procedures/1.004616.yaml")

    assert province.build().problems == ()
    assert province.files() == before


def test_killed_build_leaves_the_shown_portal_whole(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.pages()
    staged = province.build_folder / "sites" / "so-y-te" / "0123.new" / "www"
    staged.mkdir(parents=True)
    (staged / "half.html").write_text("<p>nửa trang")
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build()

    assert report.problems == ()
    assert before < province.pages()
    assert not staged.exists()


def test_site_that_is_edited_while_it_is_built_is_built_as_it_was_and_then_as_it_is(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    settings = misbehaving("is edited meanwhile") | {"EDITED": str(province.content / "agencies/so-y-te")}

    first = province.build(**settings)

    assert (first.problems, site(first, "so-y-te").outcome) == ((), "built")
    assert "Thêm" not in province.page("so-y-te/gioi-thieu")
    # The same settings, so that nothing but the edit is new; it edits once more.
    second = province.build(**settings)
    assert site(second, "so-y-te").outcome == "built"
    assert "Thêm" in province.page("so-y-te/gioi-thieu")


def test_site_that_works_on_is_let_work_however_long_it_takes(tmp_path: Path) -> None:
    """The limit counts silence, not size."""
    province = SmallProvince.of(tmp_path)
    waiting, limit = tmp_path / "waiting", 2
    waiting.touch()

    def worked_twice_as_long() -> bool:
        worked = waiting.with_suffix(".worked")
        return worked.exists() and float(worked.read_text()) > 2 * limit

    with ThreadPoolExecutor(1) as executor:
        settings = misbehaving("slow") | {"EDITED": str(waiting), "PORTAL_SITE_TIME_LIMIT": limit}
        building = executor.submit(province.build, **settings)
        until(lambda: worked_twice_as_long() or building.done(), "more work than the limit")
        assert not building.done()
        waiting.unlink()
        report = building.result(timeout=60)
    assert report.problems == ()
    assert site(report, "so-y-te").outcome == "built"


def test_slow_site_delays_nobody_elses_going_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_stage, "PATIENCE", 0.5)
    province = SmallProvince.of(tmp_path)
    for number in range(4):
        province.write(f"agencies/so-{number}/agency.yaml", f"name: Sở {number}\nkind: department\nsummary: S\n")
    waiting = tmp_path / "waiting"
    settings = misbehaving("slow") | {"EDITED": str(waiting)}
    province.build(**settings)
    waiting.touch()
    for slug in ("so-y-te", "so-tu-phap"):
        province.write(f"agencies/{slug}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    with ThreadPoolExecutor(1) as executor:
        building = executor.submit(province.build, **settings)
        until(lambda: province.shows("so-tu-phap/moi") or building.done())
        assert not building.done()
        assert not province.shows("so-y-te/moi")
        assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")
        waiting.unlink()
        report = building.result(timeout=60)
    assert report.problems == ()
    assert province.shows("so-y-te/moi")


def test_crash_leaves_its_traceback_for_those_who_run_the_portal(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    province.build(**misbehaving("raises"))

    traceback = (province.build_folder / "sites" / "so-y-te" / "traceback.txt").read_text(encoding="utf-8")
    assert traceback.startswith("Traceback")
    assert 'raise RuntimeError("something broke")' in traceback


def test_what_libraries_log_keeps_a_site_back_and_is_left_for_those_who_run_the_portal(tmp_path: Path) -> None:
    """Editors are told in their language that there is something, and nothing of it in another."""
    province = SmallProvince.of(tmp_path)
    province.build()
    report = province.build(**misbehaving("logs a warning"))

    [problem] = report.problems
    named = re.fullmatch(
        r"content/agencies/so-y-te: trang không dựng được đúng như phải có: lý do ghi trong (\S+) \([^)]+\)",
        problem.render(load_catalogue(MESSAGES, "vi").gettext).replace(str(province.content), "content"),
    )
    assert named
    assert (province.build_folder / named[1]).read_text(encoding="utf-8") == "Something looked odd in a file\n"
    assert site(report, "so-y-te").outcome == "kept"
