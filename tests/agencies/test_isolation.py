"""Whatever happens to one agency's process happens to nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.provinces import SmallProvince, site

PLUGINS = [
    "plugins.presentation", "plugins.articles", "plugins.procedures", "plugins.agencies.province_pages",
    "plugins.dossiers", "tests.agencies.misbehaving",
]  # fmt: skip
MISBEHAVIOURS = {
    "killed": "building the site was ended by force: SIGKILL",
    "exits": "building the site was ended by force: exit code 3",
    "stuck": "building the site took longer than 6 seconds",
    "raises": "building the site failed: RuntimeError: something broke",
    "eats memory": "building the site failed: MemoryError",
    "writes elsewhere": "the site would write to /so-tu-phap, outside its own address",
}


def misbehaving(what: str) -> dict[str, Any]:
    return {"PORTAL_SITE_PLUGINS": PLUGINS, "MISBEHAVIOUR": what, "PORTAL_SITE_TIME_LIMIT": 6}


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


def test_unreadable_province_record_changes_nothing_that_is_shown(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    province.write("province/province.yaml", "name: [")

    report = province.build()

    assert report.problems
    assert report.release is None
    assert province.files() == before


def test_newcomer_that_takes_an_owned_code_is_refused_and_the_owner_stays(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.lay_over("duplicate-code")

    report = province.build()

    assert [(s.slug, s.outcome) for s in report.sites if s.problems] == [("so-y-te", "kept")]
    assert "so-tu-phap/procedures/2.000488.yaml" in province.problems(report)[0]


def test_removed_page_is_reported_to_those_who_link_to_it_and_they_stay(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    (province.content / "agencies/so-y-te/procedures/1.004616.yaml").unlink()
    province.write(
        "agencies/so-y-te/news/2019/nha-thuoc.md", "---\ntitle: Mở\ndate: 2019-09-21\nsummary: Mở.\n---\nMở.\n"
    )
    province.write(
        "agencies/so-tu-phap/news/2019/ho-tich.md",
        "---\ntitle: Ngày\ndate: 2019-09-22\nsummary: Tư vấn.\n---\n[thuốc](procedure:1.004616)\n",
    )

    report = province.build()

    assert [(s.slug, s.outcome) for s in report.sites if s.problems] == [("so-tu-phap", "kept")]


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


def test_site_that_is_edited_while_it_is_built_is_shown_and_built_again(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    first = province.build(**misbehaving("is edited meanwhile"))

    assert (first.problems, site(first, "so-y-te").outcome) == ((), "built")
    assert "Thêm" not in province.page("so-y-te/gioi-thieu")
    # The same settings, so that nothing but the edit is new; it edits once more.
    second = province.build(**misbehaving("is edited meanwhile"))
    assert site(second, "so-y-te").outcome == "built"
    assert "Thêm" in province.page("so-y-te/gioi-thieu")


def test_crash_leaves_its_traceback_for_those_who_run_the_portal(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    province.build(**misbehaving("raises"))

    traceback = (province.build_folder / "sites" / "so-y-te" / "traceback.txt").read_text(encoding="utf-8")
    assert traceback.startswith("Traceback")
    assert 'raise RuntimeError("something broke")' in traceback
