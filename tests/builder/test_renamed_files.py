"""Published pages that git renamed: their old addresses lead on, links to them stay, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from plugins.builder.reports import BuildReport
from plugins.procedures import permalinks
from plugins.releases.records import Release, ReleaseRecord, read_record
from plugins.releases.verifying import verify
from tests.provinces import SmallProvince
from tests.repositories import Repository

pytestmark = pytest.mark.heavy

NEWS, PAGES, MEDIA = (f"agencies/so-y-te/{folder}" for folder in ("news/2019", "pages", "media"))
LINKING = "---\ntitle: Xem thêm\n---\nXem [bài về tiêm chủng](/so-y-te/tin-tuc/2019/tiem-chung/) của Sở Y tế.\n"


def publish(province: SmallProvince) -> BuildReport:
    return province.build(conf="publishconf.py", PORTAL_KEEP_ADDRESSES=True, PORTAL_COMPRESS=False)


def record(province: SmallProvince) -> ReleaseRecord:
    known = read_record(province.output.resolve())
    assert known is not None
    return known


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProvince, BuildReport]:
    """A province that published, and then an article, a file and a whole agency with another name."""
    province = SmallProvince.of(tmp_path_factory.mktemp("renamed"))
    province.write("province/pages/xem-them.md", LINKING)
    province.write("agencies/so-y-te/pages/tai-lieu.md", LINKING.replace("Xem thêm", "Tài liệu"))
    province.write(f"{MEDIA}/mau.csv", "a,b\n1,2\n")
    province.edit(f"{NEWS}/nha-thuoc.md", "---\n", "---\nattachments: [media/mau.csv]\n")
    git = Repository.in_(province.content)
    git.commit()
    assert publish(province).problems == ()
    git.move(f"{NEWS}/tiem-chung.md", f"{NEWS}/tiem-chung-mo-rong.md")
    git.move(f"{MEDIA}/mau.csv", f"{MEDIA}/mau-moi.csv")
    province.edit(f"{NEWS}/nha-thuoc.md", "media/mau.csv", "media/mau-moi.csv")
    province.edit(f"{NEWS}/nha-thuoc.md", "tiem-chung.md", "tiem-chung-mo-rong.md")
    province.edit(f"{NEWS}/nha-thuoc.md", "agency:so-tu-phap", "agency:so-phap-che")
    git.move("agencies/so-tu-phap", "agencies/so-phap-che")
    git.commit()
    return province, publish(province)


LED_ON = {
    "so-y-te/tin-tuc/2019/tiem-chung/": "so-y-te/tin-tuc/2019/tiem-chung-mo-rong/",
    "so-y-te/media/mau.csv": "so-y-te/media/mau-moi.csv",
    "so-tu-phap/": "so-phap-che/",
    "so-tu-phap/tin-tuc/2019/ho-tich/": "so-phap-che/tin-tuc/2019/ho-tich/",
    "so-tu-phap/tin-tuc/": "so-phap-che/tin-tuc/",
    "so-tu-phap/lien-he/": "so-phap-che/lien-he/",
    "so-lieu/so-tu-phap/": "so-lieu/so-phap-che/",
}


def test_everything_has_gone_live_and_old_addresses_lead_on(renamed: tuple[SmallProvince, BuildReport]) -> None:
    province, report = renamed

    assert (report.problems, report.notes) == ((), ())
    assert record(province).moved.items() >= LED_ON.items()
    for old, new in LED_ON.items():
        if old.endswith("/"):
            assert f'content="0; url=/{new}"' in province.page(old)
    assert not province.has("so-y-te/media/mau.csv")
    assert verify(Release(province.output.resolve(), record(province))).differences == ()


def test_old_addresses_are_in_no_list_and_no_sitemap(renamed: tuple[SmallProvince, BuildReport]) -> None:
    province, _ = renamed
    where_it_was = ("so-tu-phap/", "so-lieu/so-tu-phap/", permalinks.MAP)

    naming = [name for name, content in province.files().items() if b"/so-tu-phap/" in content]

    assert [name for name in naming if not name.startswith(where_it_was)] == []


def test_links_to_an_old_address_stay_and_who_wrote_them_is_told(renamed: tuple[SmallProvince, BuildReport]) -> None:
    province, report = renamed

    for page in ("xem-them", "so-y-te/tai-lieu"):
        assert 'href="/so-y-te/tin-tuc/2019/tiem-chung/"' in province.page(page)
    told = [advice for advice in province.advice(report) if "tiem-chung-mo-rong" in advice]
    assert {advice.partition(": ")[0] for advice in told} == {
        "content/agencies/so-y-te/pages/tai-lieu.md:4", "content/province/news/2019/tin-cua-tinh.md:6",
        "content/province/pages/xem-them.md:4",
    }  # fmt: skip


def test_clean_build_makes_the_same_pages(renamed: tuple[SmallProvince, BuildReport], tmp_path: Path) -> None:
    province, _ = renamed
    again = SmallProvince(tmp_path)
    again.build(conf="publishconf.py", PATH=str(province.content), PORTAL_COMPRESS=False, PORTAL_COMMIT="HEAD")

    here, there = province.files(), again.files()
    assert there.keys() >= {f"{old}index.html" for old in LED_ON if old.endswith("/")}
    assert {name: here.get(name) for name in there} == there


def test_page_that_is_written_at_an_old_address_is_shown_there(renamed: tuple[SmallProvince, BuildReport]) -> None:
    province, _ = renamed
    written = (province.content / f"{NEWS}/tiem-chung-mo-rong.md").read_text("utf-8")
    province.write(f"{NEWS}/tiem-chung.md", written.replace("title: ", "title: Bài mới, "))

    report = publish(province)

    assert report.problems == ()
    assert "Bài mới, " in province.page("so-y-te/tin-tuc/2019/tiem-chung")
    assert "so-y-te/tin-tuc/2019/tiem-chung/" not in record(province).moved


def test_names_as_macos_writes_them_lead_on_and_two_of_one_name_are_told(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    git = Repository.in_(province.content)
    written = "---\ntitle: Lịch tiêm\ndate: 2019-09-20\nsummary: Tháng Mười.\n---\nMọi trạm y tế, từ thứ Hai.\n"
    decomposed, composed = (normalize(form, f"{NEWS}/lịch tiêm.md") for form in ("NFD", "NFC"))
    province.write(decomposed, written)
    git.commit()
    assert publish(province).problems == ()
    assert province.shows("so-y-te/tin-tuc/2019/lich-tiem")

    province.write(composed, written.replace("Mười", "Mười Một"))
    [told] = province.problems(publish(province))
    assert told.startswith(f"content/{composed}: two files have this name")
    assert "Mười Một" not in province.page("so-y-te/tin-tuc/2019/lich-tiem")

    province.delete(composed)
    git.move(decomposed, normalize("NFD", f"{NEWS}/lịch tiêm mới.md"))
    git.commit()
    assert publish(province).problems == ()
    assert record(province).moved["so-y-te/tin-tuc/2019/lich-tiem/"] == "so-y-te/tin-tuc/2019/lich-tiem-moi/"
