"""Compile and link as a whole: what is built, what is not, and that the same content gives the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from plugins.articles.news import news_of
from plugins.builder import building
from plugins.builder.compile_stage import CompileStage
from plugins.builder.store import SiteStore
from plugins.portal import addresses, problems
from plugins.portal.problems import ContentFolderError, PortalError, SettingsError
from plugins.portal.release_names import ANSWERS
from plugins.procedures.kinds import procedures_of
from plugins.releases.layout import TRASH, VERSIONS
from tests.here import Here
from tests.pictures.drawn import png
from tests.provinces import ROOT, SmallProvince, site
from tests.waiting import PATIENCE


class Beside(Here):
    """Removes in a thread, and does all else at once."""

    def __init__(self, removing: ThreadPoolExecutor) -> None:
        super().__init__()
        self._removing = removing

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is vars(building)["empty_trash"]:
            return self._removing.submit(fn, *args, **kwargs)
        return super().submit(fn, *args, **kwargs)


def test_second_build_of_unchanged_content_builds_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()

    report = province.build()

    assert {entry.outcome for entry in report.sites} == {"unchanged"}


def noting(happened: list[str], name: str, function: Callable[..., object]) -> Callable[..., object]:
    """The function, which says that it was called."""

    def called(*arguments: object) -> object:
        happened.append(name)
        return function(*arguments)

    return called


def test_libraries_are_loaded_for_a_change_and_not_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of what a build without changes would take; after one they are loaded before anybody knows what follows."""
    province = SmallProvince.of(tmp_path)
    province.build(own_processes=True)
    happened: list[str] = []
    for owner, name in ((forkserver, "ensure_running"), (CompileStage, "plan")):
        monkeypatch.setattr(owner, name, noting(happened, name, getattr(owner, name)))

    province.build(own_processes=True)
    unchanged = happened.copy()
    happened.clear()
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    province.build(own_processes=True)

    assert unchanged == ["plan"]
    assert happened.index("ensure_running") < happened.index("plan")


def test_build_after_an_edit_builds_nothing_either(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")
    province.write("agencies/so-tu-phap/pages/hong.md", "không có phần đầu")
    province.build()

    report = province.build()

    assert {entry.outcome for entry in report.sites} == {"unchanged", "kept"}
    assert site(report, "portal").outcome == "unchanged"


def test_edit_builds_its_agency_and_the_linked_pages_only(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.write("agencies/so-y-te/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build()

    assert {entry.slug: entry.outcome for entry in report.sites} == {
        "province": "unchanged",
        "so-tu-phap": "unchanged",
        "so-y-te": "built",
        "portal": "built",
    }
    assert province.shows("so-y-te/moi")


def test_named_site_is_built_and_the_others_stay(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    for slug in ("so-y-te", "so-tu-phap"):
        province.write(f"agencies/{slug}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    report = province.build("so-y-te")

    assert site(report, "so-y-te").outcome == "built"
    assert province.shows("so-y-te/moi")
    assert not province.shows("so-tu-phap/moi")


def test_no_agency_can_take_a_name_that_the_portal_uses_itself(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build(conf="publishconf.py")

    names = {path.name for path in province.output.iterdir() if path.is_dir()}

    ours = names - {"so-y-te", "so-tu-phap", "gioi-thieu"}
    assert {"sitemaps", "theme", "api", "thu-tuc"} <= ours <= addresses.RESERVED_AT_ROOT


def test_removed_agency_disappears(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("province/news/2019/tin-cua-tinh.md", "---\ntitle: T\ndate: 2019-01-01\nsummary: S\n---\nX\n")
    province.write("province/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nX\n")
    province.build()
    for path in sorted((province.content / "agencies/so-y-te").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (province.content / "agencies/so-y-te").rmdir()

    report = province.build()

    assert report.problems == ()
    assert not province.shows("so-y-te")


def test_unknown_site_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match=r'^unknown agency "so-yte" \(did you mean "so-y-te"\?\)$'):
        SmallProvince.of(tmp_path).build("so-yte")


def test_folder_without_a_province_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    with pytest.raises(ContentFolderError, match="no folder province/ in it: is this a content folder"):
        SmallProvince(tmp_path).build()


def test_output_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.output.mkdir()
    (province.output / "keep.txt").write_text("quan trọng")

    with pytest.raises(SettingsError, match="exists and is not a link to a release"):
        province.build()

    assert (province.output / "keep.txt").read_text() == "quan trọng"


@pytest.mark.parametrize(("much", "told"), [(0, 1), (1, 0)])
def test_build_leaves_to_the_next_what_takes_long_to_remove(
    much: int, told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    thrown_away = Path(f"{province.output}.releases", TRASH, "0")
    thrown_away.mkdir(parents=True)
    goes_on, has_ended = Event(), Event()

    def remove(_: Path) -> tuple[problems.Text, ...]:
        if not much:
            goes_on.set()
        assert goes_on.wait(PATIENCE)
        has_ended.set()
        return (problems.text("{path}: stays", path=thrown_away),)

    monkeypatch.setattr(building, "empty_trash", remove)
    monkeypatch.setattr(building, "MOST_THROWN_AWAY", much)
    with ThreadPoolExecutor(1) as beside:
        report = province.build(linkers=Beside(beside))
        assert has_ended.is_set() == (not much)
        goes_on.set()

    assert len(report.notes) == told
    assert {entry.outcome for entry in report.sites} == {"unchanged"}


@pytest.mark.parametrize("links", [False, True])
def test_any_executor_compiles_sites_and_links_them(links: bool, tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    with ThreadPoolExecutor(1) as executor:
        report = province.build(executor=executor, linkers=executor if links else None, own_processes=True)

    assert report.problems == ()
    assert province.shows("so-y-te/thu-tuc/1.004616")


def test_two_builds_are_byte_identical_whatever_the_hash_seed_and_the_workers(tmp_path: Path) -> None:
    built = []
    for number, (seed, jobs) in enumerate((("0", "1"), ("1", "2"), ("4242", "2"))):
        province = SmallProvince.of(tmp_path / str(number))
        portal = [sys.executable, "-m", "plugins.command_line", "build", "--jobs", jobs]
        places = ["--content", str(province.content), "--output", str(province.output)]
        done = subprocess.run(
            [*portal, *places],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr) == (0, "")
        built.append((province.files(), province.output.resolve().name))

    assert len(built[0][0]) > 20
    assert built[0] == built[1] == built[2]


def test_drafts_are_shown_on_a_desk_and_nowhere_else(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-y-te/news/2019/nhap.md",
        "---\ntitle: Bản nháp\ndate: 2019-09-25\nsummary: Nháp.\nstatus: draft\n---\nNháp.\n",
    )

    province.build()
    assert province.shows("so-y-te/tin-tuc/2019/nhap")
    assert "Bản nháp" not in province.page("")

    report = province.build(conf="publishconf.py")
    assert report.problems == ()
    assert not province.shows("so-y-te/tin-tuc/2019/nhap")


def test_published_pages_have_compressed_copies_and_name_the_host_only_where_they_are_known_by_it(
    tmp_path: Path,
) -> None:
    province = SmallProvince.of(tmp_path)

    province.build(conf="publishconf.py")

    page = province.page("so-y-te/tin-tuc/2019/tiem-chung")
    assert 'href="/thu-tuc/1.001193/"' in page
    naming = [line.split()[0] for line in page.splitlines() if "https://thunghiem.example" in line]
    # Canonical address, address and picture for who passes it on, and what search engines are told.
    assert naming == ["<link", "<meta", "<meta", "<script", "<script"]
    assert "noindex" not in page
    assert (province.output / "index.html.gz").is_file()
    assert "Sitemap: https://thunghiem.example/sitemap.xml" in (province.output / "robots.txt").read_text()


def test_links_in_texts_lead_to_permalinks_agencies_files_and_other_texts(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)

    province.build()

    page = province.page("so-y-te/tin-tuc/2019/nha-thuoc")
    for address in ("/thu-tuc/1.004616/", "/so-tu-phap/", "/so-y-te/tin-tuc/2019/tiem-chung/"):
        assert f'href="{address}"' in page


def test_logo_of_an_agency_stands_in_its_header(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    (province.content / "agencies/so-y-te/media/logo.png").write_bytes(png())
    province.write(
        "agencies/so-y-te/agency.yaml", "name: Sở Y tế\nkind: department\nsummary: Y tế.\nlogo: media/logo.png\n"
    )

    report = province.build()

    assert report.problems == ()
    assert '<img src="/so-y-te/media/logo.png" alt="" width="32" height="32">' in province.page("so-y-te")


def test_picture_of_the_province_is_a_file_of_its_own_folder(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    record = (province.content / "province/province.yaml").read_text("utf-8")
    province.write("province/province.yaml", f"{record}picture:\n  file: media/song.png\n  text: Sông\n")

    [problem] = province.build().problems
    assert problem.path.endswith("content/province/province.yaml")
    assert problem.line == record.count("\n") + 2
    assert '"media/song.png"' in problem.render()

    (province.content / "province/media").mkdir(exist_ok=True)
    (province.content / "province/media/song.png").write_bytes(png())
    assert province.build().problems == ()
    assert (province.output / "media/song.png").is_file()


def test_demonstration_asks_search_engines_to_leave_it_alone(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build(conf="publishconf.py")
    assert "Allow: /\n" in (province.output / "robots.txt").read_text().splitlines(keepends=True)
    assert "noindex" not in province.page("so-y-te")

    record = (province.content / "province/province.yaml").read_text("utf-8")
    province.write("province/province.yaml", f"{record}demonstration: true\n")
    province.build(conf="publishconf.py")
    assert (province.output / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    pages = {name: content for name, content in province.files().items() if name.endswith(".html")}
    assert len(pages) > 20
    assert [name for name, content in pages.items() if b'<meta name="robots" content="noindex">' not in content] == []


def test_sitemaps_list_no_page_that_is_not_to_be_indexed(tmp_path: Path) -> None:
    """Where the portal is real: of a demonstration no page is to be indexed, and robots.txt names no sitemap."""
    province = SmallProvince.of(tmp_path)
    province.build(conf="publishconf.py")
    files = province.files()
    locations = [
        location.removeprefix("https://thunghiem.example/")
        for name, content in files.items()
        if name.startswith("sitemaps/")
        for location in re.findall(r"<loc>(.*?)</loc>", content.decode())
    ]

    assert len(locations) > 10
    assert [a for a in locations if b'content="noindex"' in files[addresses.saved_as(a)]] == []


def test_script_in_a_text_is_gone_from_the_page(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-y-te/pages/doc-hai.md",
        '---\ntitle: "<script>alert(1)</script>"\n---\n<script>alert(2)</script><p onclick="alert(3)">Chữ</p>\n\n'
        "<style>p {}</style><b onmouseover=alert(4)>bấm</b>\n",
    )

    report = province.build()

    assert report.problems == ()
    assert {advice.line for advice in site(report, "so-y-te").advice} == {4, 6}
    page = province.page("so-y-te/doc-hai")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for hostile in ("<script>alert", "onclick", "onmouseover", "<style>"):
        assert hostile not in page


def test_links_and_frames_that_are_not_taken_are_told(tmp_path: Path) -> None:
    """A reader would miss them: they are no matter of looks."""
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-y-te/pages/doc-hai.md",
        '---\ntitle: Trang\n---\n<a href="javascript:alert(4)">bấm</a>\n\n<iframe src="https://evil.example"></iframe>\n',
    )

    report = province.build()

    assert [problem.line for problem in report.problems] == [4, 6]
    assert not province.shows("so-y-te/doc-hai")


def test_releases_are_kept_up_to_the_limit_and_the_shown_one_always(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for number in range(4):
        province.write("agencies/so-y-te/pages/moi.md", f"---\ntitle: Lần {number}\n---\nMới.\n")
        province.build(PORTAL_KEPT_RELEASES=2)

    folders = [path.name for path in province.releases.iterdir() if path.is_dir()]
    releases = set(folders) - {VERSIONS, TRASH, ANSWERS}

    assert len(releases) == 2
    assert province.output.resolve().name in releases
    assert "Lần 3" in province.page("so-y-te/moi")


def test_release_made_of_an_old_one_is_as_if_made_anew(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    agency, moved = "agencies/so-y-te/agency.yaml", "province/pages/moi.md"
    good = (province.content / agency).read_text(encoding="utf-8")
    steps = [
        (moved, "---\ntitle: Mới\n---\nMới.\n"),
        ("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Mới\n---\nMới.\n"),
        (agency, "name: ["),
        (moved, "---\ntitle: Mới hơn\n---\nMới hơn.\n"),
        (agency, good),
        ("agencies/so-tu-phap/pages/moi.md", "---\ntitle: Mới hơn\n---\nMới hơn.\n"),
    ]
    province.build(PORTAL_KEPT_RELEASES=2)
    for path, text in steps:
        province.write(path, text)
        province.build(PORTAL_KEPT_RELEASES=2)
        used_again = province.files()
        for release in province.releases.iterdir():
            if release.is_dir() and release.name not in (VERSIONS, TRASH, ANSWERS):
                shutil.rmtree(release)
        province.output.unlink()
        province.build(PORTAL_KEPT_RELEASES=2)
        assert province.files() == used_again, path
        # Two releases again, so that the next step has an old one to use.
        other = province.write("agencies/so-y-te/pages/khac.md", f"---\ntitle: {len(path)}\n---\nKhác.\n")
        province.build(PORTAL_KEPT_RELEASES=2)
        other.unlink()
        province.build(PORTAL_KEPT_RELEASES=2)


def test_removed_releases_are_made_anew_and_a_broken_site_is_left_out_with_a_notice(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    province.write("agencies/so-y-te/agency.yaml", "name: [")
    shutil.rmtree(province.releases)

    report = province.build()

    assert [site.outcome for site in report.sites if site.slug == "so-y-te"] == ["left out"]
    assert province.files()["so-tu-phap/index.html"] == before["so-tu-phap/index.html"]
    assert "so-y-te" in province.page("so-y-te")


def test_manifest_holds_what_the_province_shows(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()

    manifest = SiteStore(province.build_folder / "sites" / "so-y-te").current()

    assert manifest is not None
    assert [card.title for card in news_of(manifest)] == ["Mở nhà thuốc", "Lịch tiêm chủng"]
    assert [(card.code, card.online_level) for card in procedures_of(manifest)] == [("1.004616", 3)]
    assert {(r.kind, r.target) for r in manifest.references} == {
        ("procedure", "1.001193"),
        ("procedure", "1.004616"),
        ("agency", "so-tu-phap"),
    }
    assert "so-y-te/tin-tuc/2019/tiem-chung/" in manifest.addresses
