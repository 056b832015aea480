"""A province goes through 2025: departments merge, one is split, one renamed, a district ends, communes join.

After every publish each address that was ever published answers: by a page, by one that leads on, or by one that says
what became of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import html

from plugins.portal import addresses
from plugins.releases.address_ledger import LET_GO, AddressLedger
from plugins.releases.records import Release, ReleaseRecord, read_record
from plugins.releases.verifying import verify
from tests.provinces import SmallProvince
from tests.repositories import Repository

pytestmark = pytest.mark.heavy

DISTRICT, UNITS = "huyen-chau-thanh", ("xa-dong-phuoc", "thi-tran-nga-sau")
PROCEDURE = "code: '{code}'\nname: {name}\nfield: ho-tich\nperformed_by: [province]\n"
NEWS = "---\ntitle: {title}\ndate: {year}-02-0{day} 08:00\nsummary: Tóm tắt.\n{more}---\nNội dung của bài {title}.\n"
ENDED = "lifecycle: {{state: {state}, date: {day}, successors: [{successors}], basis: '{basis}'}}\n"
COUNTERS = "counters:\n- {name: Bộ phận một cửa, hours: [{days: Thứ Hai - Thứ Sáu, times: ['07:00-11:00']}]}\n"
MARCH, APRIL, MAY, JULY, OCTOBER, DECEMBER = "March", "April", "May", "July", "October", "December"
OF_PROVINCE = """addresses:
- {address: /so-ha-tang/, withdrawn: {date: 2025-12-01, reason: Kho lưu trữ đã đóng & chuyển về Trung tâm Lưu trữ}}
- {address: /so-ha-tang/gioi-thieu/, to: /so-xay-dung/gioi-thieu/}
- {address: /so-tu-phap/, to: /so-noi-vu/}
"""
OF_HEALTH = """addresses:
- {address: /so-y-te/media/bieu-mau.csv, to: /so-y-te/gioi-thieu/}
- {address: /so-y-te/media/danh-sach.csv, withdrawn: {date: 2025-12-01, reason: Hết hiệu lực}}
- {address: /so-y-te/tin-tuc/2024/so-y-te-tin-2/, withdrawn: {date: 2025-12-01, reason: Đưa nhầm <tên>}}
"""


def agency(name: str, kind: str = "department", more: str = "") -> str:
    return f"name: {name}\nkind: {kind}\nsummary: {name} của tỉnh.\n{more}"


@dataclass(frozen=True)
class Published:
    """What a publish came to."""

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    lost: tuple[str, ...]
    """Addresses that were published and answer nothing now."""
    record: ReleaseRecord
    pages: Mapping[str, str] = field(repr=False)
    """Those that tests look at, by address."""


@dataclass
class Year:
    """The province, its repository, and what each publish came to by the month."""

    province: SmallProvince
    git: Repository
    published: dict[str, Published] = field(default_factory=dict)

    def publish(self, month: str, *looked_at: str) -> None:
        self.git.commit()
        report = self.province.build(
            conf="publishconf.py", PORTAL_KEEP_ADDRESSES=True, PORTAL_COMPRESS=False, DEFAULT_PAGINATION=2
        )
        known = read_record(self.province.output.resolve())
        assert known is not None
        assert verify(Release(self.province.output.resolve(), known)).differences == ()
        self.published[month] = Published(
            problems=tuple(self.province.problems(report)),
            notes=tuple(note.render() for note in report.notes),
            lost=tuple(sorted(address for address in self._ever_published() if not self._answers(address, known))),
            record=known,
            pages={address: self.province.page(address) for address in looked_at if self.province.shows(address)},
        )

    def _ever_published(self) -> set[str]:
        ledger = AddressLedger.beside(self.province.releases)
        known = {name: ledger.read(name) for name in ledger.names()}
        assert not [
            address for of_site in known.values() for address, standing in of_site.items() if standing == LET_GO
        ]
        return {address for of_site in known.values() for address in of_site}

    def _answers(self, address: str, record: ReleaseRecord) -> bool:
        """As a web server does; a file that leads on, or was withdrawn, has no page that says so."""
        if address in record.moved:
            target = record.moved[address]
            if target in record.moved or not (self.province.output / addresses.saved_as(target)).is_file():
                return False
        elif not address.endswith("/") and address in record.withdrawn:
            return True
        return (self.province.output / addresses.saved_as(address)).is_file() or (
            address in record.moved and not address.endswith("/")
        )


def write_agency(province: SmallProvince, slug: str, record: str, code: str = "", year: int = 2024) -> None:
    """With news on two pages of their list, a page, a file, and a procedure where there is a code."""
    folder = f"agencies/{slug}"
    province.write(f"{folder}/agency.yaml", record)
    for day in (1, 2, 3):
        more = "attachments: [media/bieu-mau.csv]\n" if day == 1 else ""
        written = NEWS.format(title=f"Tin {day} của {slug}", year=year, day=day, more=more)
        province.write(f"{folder}/news/{year}/{slug}-tin-{day}.md", written)
    province.write(f"{folder}/pages/gioi-thieu.md", f"---\ntitle: Giới thiệu {slug}\n---\nChức năng của {slug}.\n")
    province.write(f"{folder}/media/bieu-mau.csv", f"ma,ten\n1,{slug}\n")
    if code:
        province.write(f"{folder}/procedures/{code}.yaml", PROCEDURE.format(code=code, name=f"Thủ tục của {slug}"))


def begin(folder: Path) -> Year:
    province = SmallProvince.of(folder)
    write_agency(province, "so-ke-hoach", agency("Sở Kế hoạch và Đầu tư"), "1.000101")
    write_agency(province, "so-vat-gia", agency("Sở Vật giá"), "1.000102")
    write_agency(province, "so-ha-tang", agency("Sở Hạ tầng"), "1.000103")
    province.write("agencies/so-ha-tang/pages/about.md", "---\ntitle: About\nlanguage: en\n---\nWhat it does.\n")
    write_agency(province, "so-lao-dong", agency("Sở Lao động"), "1.000104")
    write_agency(province, "so-y-te", (province.content / "agencies/so-y-te/agency.yaml").read_text("utf-8"))
    province.write("agencies/so-y-te/media/danh-sach.csv", "ma\n1\n")
    province.edit(
        "agencies/so-y-te/news/2024/so-y-te-tin-1.md", "media/bieu-mau.csv", "media/bieu-mau.csv, media/danh-sach.csv"
    )
    communes = "communes:\n- {name: Xã Đông Phước, code: '31345'}\n- {name: Thị trấn Ngã Sáu, code: '31342'}\n"
    write_agency(province, DISTRICT, agency("Huyện Châu Thành", "district", f"{COUNTERS}{communes}"), "1.000105")
    git = Repository.in_(province.content)
    return Year(province, git)


def merge(year: Year) -> None:
    """Two departments become a third: one moves into its folder, the other is written anew there and removed."""
    province, git = year.province, year.git
    git.move("agencies/so-ke-hoach", "agencies/so-tai-chinh")
    province.write(
        "agencies/so-tai-chinh/agency.yaml", agency("Sở Tài chính", more="predecessors: [so-ke-hoach, so-vat-gia]\n")
    )
    old, new = (province.content / "agencies" / slug for slug in ("so-vat-gia", "so-tai-chinh"))
    git.move("agencies/so-vat-gia/procedures/1.000102.yaml", "agencies/so-tai-chinh/procedures/1.000102.yaml")
    kept = (old / "news/2024/so-vat-gia-tin-1.md").read_text("utf-8").replace("attachments: [media/bieu-mau.csv]\n", "")
    (new / "news/2024/so-vat-gia-tin-1.md").write_text(kept, "utf-8")
    shutil.rmtree(old)


def split(year: Year) -> None:
    """A department ends; its archive stays, and two others take its work over."""
    province, git = year.province, year.git
    end = ENDED.format(state="split", day="2025-04-01", successors="so-xay-dung, so-giao-thong", basis="NQ 12/NQ-HĐND")
    province.write("agencies/so-ha-tang/agency.yaml", agency("Sở Hạ tầng", more=f"name_en: Infrastructure\n{end}"))
    write_agency(province, "so-xay-dung", agency("Sở Xây dựng", more="name_en: Construction\n"), year=2025)
    write_agency(province, "so-giao-thong", agency("Sở Giao thông", more="name_en: Transport\n"), year=2025)
    git.move("agencies/so-ha-tang/procedures/1.000103.yaml", "agencies/so-xay-dung/procedures/1.000103.yaml")


def rename(year: Year) -> None:
    year.git.move("agencies/so-lao-dong", "agencies/so-noi-vu")
    year.province.write("agencies/so-noi-vu/agency.yaml", agency("Sở Nội vụ", more="predecessors: [so-lao-dong]\n"))


def end_district(year: Year) -> None:
    """The district ends and its communes join with sites of their own; its procedure is the province's now."""
    province, git = year.province, year.git
    end = ENDED.format(state="dissolved", day="2025-07-01", successors=", ".join(UNITS), basis="Luật 72/2025/QH15")
    communes = "communes:\n- {name: Xã Đông Phước, code: '31345'}\n- {name: Thị trấn Ngã Sáu, code: '31342'}\n"
    province.write(
        f"agencies/{DISTRICT}/agency.yaml", agency("Huyện Châu Thành", "district", f"{COUNTERS}{communes}{end}")
    )
    for slug, name in zip(UNITS, ("Xã Đông Phước", "Xã Ngã Sáu"), strict=True):
        write_agency(province, slug, agency(name, "commune", COUNTERS), year=2025)
    git.move(f"agencies/{DISTRICT}/procedures/1.000105.yaml", "province/procedures/1.000105.yaml")


def remove_archive(year: Year) -> None:
    """The district's archive goes: both communes say that they were part of it."""
    shutil.rmtree(year.province.content / "agencies" / DISTRICT)
    for slug in UNITS:
        year.province.edit(f"agencies/{slug}/agency.yaml", "kind: ", f"predecessors: [{DISTRICT}]\nkind: ")


def settle(year: Year) -> None:
    """What has no record any more is settled in `addresses.yaml`: whole agencies, files, an article."""
    province = year.province
    for slug in ("so-ha-tang", "so-tu-phap"):
        shutil.rmtree(province.content / "agencies" / slug)
    province.edit("agencies/so-y-te/news/2019/nha-thuoc.md", "agency:so-tu-phap", "agency:so-noi-vu")
    province.write("province/addresses.yaml", OF_PROVINCE)
    province.edit(
        "agencies/so-y-te/news/2024/so-y-te-tin-1.md", "attachments: [media/bieu-mau.csv, media/danh-sach.csv]\n", ""
    )
    for file in ("media/bieu-mau.csv", "media/danh-sach.csv", "news/2024/so-y-te-tin-2.md"):
        province.delete(f"agencies/so-y-te/{file}")
    province.write("agencies/so-y-te/addresses.yaml", OF_HEALTH)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    year = begin(tmp_path_factory.mktemp("year"))
    year.publish("January")
    merge(year)
    year.publish(MARCH)
    split(year)
    year.publish(APRIL, "so-ha-tang/tin-tuc/2024/so-ha-tang-tin-1", "so-ha-tang/about", "so-ha-tang/lien-he/en")
    rename(year)
    year.publish(MAY)
    end_district(year)
    year.publish(JULY, "don-vi", DISTRICT, f"{DISTRICT}/lien-he", "thu-tuc/1.001193")
    remove_archive(year)
    year.publish(OCTOBER)
    settle(year)
    year.publish(DECEMBER)
    return year


def test_nothing_is_lost_and_nobody_has_to_be_asked(year: Year) -> None:
    assert {month: step.problems for month, step in year.published.items() if step.problems} == {}
    assert {month: step.lost for month, step in year.published.items() if step.lost} == {}
    assert {month: step.notes for month, step in year.published.items() if step.notes} == {}


def test_pages_of_what_was_merged_lead_to_the_like_one_and_what_is_nowhere_home(year: Year) -> None:
    moved = year.published[MARCH].record.moved

    wanted = {
        "so-ke-hoach/": "so-tai-chinh/",
        "so-ke-hoach/tin-tuc/2024/so-ke-hoach-tin-1/": "so-tai-chinh/tin-tuc/2024/so-ke-hoach-tin-1/",
        "so-ke-hoach/media/bieu-mau.csv": "so-tai-chinh/media/bieu-mau.csv",
        "so-vat-gia/": "so-tai-chinh/",
        "so-vat-gia/gioi-thieu/": "so-tai-chinh/gioi-thieu/",
        "so-vat-gia/tin-tuc/2024/so-vat-gia-tin-1/": "so-tai-chinh/tin-tuc/2024/so-vat-gia-tin-1/",
        "so-vat-gia/tin-tuc/2024/so-vat-gia-tin-2/": "so-tai-chinh/",
        "so-vat-gia/tin-tuc/feed.atom": "so-tai-chinh/tin-tuc/feed.atom",
        "so-vat-gia/media/bieu-mau.csv": "so-tai-chinh/",  # that of the same name is another's
        "so-lieu/so-vat-gia/": "so-lieu/so-tai-chinh/",
    }
    assert {address: moved.get(address) for address in wanted} == wanted
    assert 'href="/so-tai-chinh/thu-tuc/1.000102/"' in year.province.page("thu-tuc/1.000102")


def test_pages_of_what_ended_in_several_lead_to_the_directory_but_for_what_one_of_them_has(year: Year) -> None:
    moved = year.published[OCTOBER].record.moved

    assert moved[f"{DISTRICT}/"] == "don-vi/"
    assert moved[f"{DISTRICT}/tin-tuc/2024/{DISTRICT}-tin-1/"] == "don-vi/"
    assert moved[f"{DISTRICT}/gioi-thieu/"] == f"{min(UNITS)}/gioi-thieu/"


def test_news_of_what_has_ended_are_read_for_as_long_as_its_folder_is_there(year: Year) -> None:
    assert year.province.shows("so-ha-tang/tin-tuc/2024/so-ha-tang-tin-1")


def test_what_has_no_record_any_more_is_settled_by_lines_of_addresses(year: Year) -> None:
    record, page = year.published[DECEMBER].record, year.province.page

    assert record.moved["so-y-te/media/bieu-mau.csv"] == "so-y-te/gioi-thieu/"
    assert record.moved["so-ha-tang/gioi-thieu/"] == "so-xay-dung/gioi-thieu/"
    assert record.moved["so-tu-phap/tin-tuc/2019/ho-tich/"] == "so-noi-vu/"
    withdrawn = {
        "so-y-te/media/danh-sach.csv", "so-y-te/tin-tuc/2024/so-y-te-tin-2/", "so-ha-tang/", "so-ha-tang/tin-tuc/",
        "so-ha-tang/tin-tuc/2024/so-ha-tang-tin-1/", "so-ha-tang/media/bieu-mau.csv", "so-ha-tang/tin-tuc/trang/2/",
    }  # fmt: skip
    assert withdrawn <= set(record.withdrawn)
    for address in ("so-ha-tang/tin-tuc/2024/so-ha-tang-tin-1", "so-ha-tang"):
        assert "01/12/2025" in page(address)
        assert "Kho lưu trữ đã đóng &amp; chuyển" in page(address)
    assert "Đưa nhầm &lt;tên&gt;" in page("so-y-te/tin-tuc/2024/so-y-te-tin-2")
    assert "<!--portal:" not in page("so-ha-tang")


def words(page: str, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in html.document_fromstring(page).xpath(path)]


def test_an_archive_says_on_every_page_in_its_language_since_when_and_who_does_its_work(year: Year) -> None:
    pages = year.published[APRIL].pages

    assert words(pages["so-ha-tang/tin-tuc/2024/so-ha-tang-tin-1"], "//main/p[@class='banner warn']") == [
        "Đã chia tách từ ngày 01/04/2025 (NQ 12/NQ-HĐND). Nhiệm vụ được chuyển cho: Sở Xây dựng, Sở Giao thông."
    ]
    for page in ("so-ha-tang/about", "so-ha-tang/lien-he/en"):
        [told] = words(pages[page], "//main/p[@class='banner warn']")
        assert told.startswith("Split from 1 April 2025")
        assert told.endswith("Its work is now done by: Sở Xây dựng, Sở Giao thông.")


def test_the_directory_has_who_is_no_more_apart_with_those_that_do_its_work(year: Year) -> None:
    page = year.published[JULY].pages["don-vi"]
    past = "//section[@aria-labelledby='da-thoi']"

    district, department = sorted(words(page, f"{past}//li"))
    assert district.startswith("Huyện Châu Thành Đã giải thể từ ngày 01/07/2025")
    assert district.endswith("Nhiệm vụ được chuyển cho: Xã Đông Phước, Xã Ngã Sáu")
    assert department.startswith("Sở Hạ tầng Đã chia tách từ ngày 01/04/2025")
    assert html.document_fromstring(page).xpath(f"{past}//small/a/@href") != []
    elsewhere = words(page, "//section[@aria-labelledby='theo-loai' or @aria-labelledby='theo-dia-ban']")
    assert not [section for section in elsewhere if "Huyện Châu Thành" in section]
    assert [section for section in elsewhere if "Xã Ngã Sáu" in section]


def test_dossiers_are_handed_in_where_the_work_is_done_now(year: Year) -> None:
    pages = year.published[JULY].pages

    [counters] = words(pages[f"{DISTRICT}/lien-he"], "//section[@aria-labelledby='noi-tiep-nhan']")
    assert counters == (
        "Nơi tiếp nhận hồ sơ và trả kết quả Nơi này không còn tiếp nhận hồ sơ. "
        "Hồ sơ nay nộp tại: Xã Đông Phước, Xã Ngã Sáu."
    )
    assert "07:00-11:00" not in pages[f"{DISTRICT}/lien-he"] + pages[DISTRICT]
    performers = pages["thu-tuc/1.001193"]
    assert "Xã Ngã Sáu" in performers
    assert "Huyện Châu Thành" not in performers
