"""What is not public yet: drafts, and what is dated later than now; on a desk it is shown, and told alike."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.builder import preparation
from plugins.builder.store import SiteStore
from plugins.portal.site_reading import load_site
from tests.portal.contents import ARTICLE, KINDS, PAGE, PROCEDURE, ContentFolder
from tests.provinces import SmallProvince, site

NOW = datetime(2019, 9, 24, 12, 0)
CONFS = ["pelicanconf.py", "publishconf.py"]


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


def article(day: str, body: str = "Nội dung.", more: str = "") -> str:
    return f"---\ntitle: Tin sắp đăng\ndate: {day}\nsummary: Tóm tắt.\n{more}---\n{body}\n"


class _At(datetime):
    """A clock that stands still."""

    moment = NOW

    @classmethod
    def now(cls, tz: object = None) -> _At:
        return cls.fromisoformat(cls.moment.isoformat())


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let builds begin at that time, as people in Vietnam say it."""
    monkeypatch.setattr(_At, "moment", moment)
    monkeypatch.setattr(preparation, "datetime", _At)


@pytest.mark.parametrize(
    ("day", "public"),
    [("2019-09-24", True), ("2019-09-24 12:00", True), ("2019-09-24 12:01", False), ("2091-09-24", False)],
)
def test_what_is_dated_later_is_not_public_and_told(day: str, public: bool, tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path)
    content.write("news/2019/tin.md", ARTICLE.replace("2019-09-24", day))
    for drafts in (True, False):
        loaded = load_site(content.folder, "content", "so-y-te", content.shared(), drafts=drafts, now=NOW, kinds=KINDS)
        assert [a.public for a in loaded.entries] == ([True] if public else [False] if drafts else [])
        assert loaded.scheduled == (() if public else (loaded.scheduled[0],))
        told = [advice.render() for advice in loaded.advice]
        assert [line.split(" before ")[0] for line in told] == (
            [] if public else ["content/agencies/so-y-te/news/2019/tin.md:3: date: is not public"]
        )


def test_article_appears_when_its_time_has_come(province: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-24 14:30"))
    at(monkeypatch, NOW)
    report = province.build(conf="publishconf.py")
    assert not province.shows("so-y-te/tin-tuc/2019/tin")
    assert "Tin sắp đăng" not in province.page("") + province.page("so-y-te")
    assert province.advice(report) == [
        "content/agencies/so-y-te/news/2019/tin.md:3: date: is not public before 24/09/2019 14:30 "
        "(mend the date if it is wrong)"
    ]

    at(monkeypatch, datetime(2019, 9, 24, 14, 29))
    assert {entry.outcome for entry in province.build(conf="publishconf.py").sites} == {"unchanged"}

    at(monkeypatch, datetime(2019, 9, 24, 14, 30))
    report = province.build(conf="publishconf.py")
    assert (site(report, "so-y-te").outcome, report.advice) == ("built", ())
    assert province.shows("so-y-te/tin-tuc/2019/tin")
    assert "Tin sắp đăng" in province.page("")

    at(monkeypatch, datetime(2019, 9, 25))
    assert {entry.outcome for entry in province.build(conf="publishconf.py").sites} == {"unchanged"}
    remembered = province.files()
    anew = SmallProvince.of(province.folder / "anew")
    anew.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-24 14:30"))
    anew.build(conf="publishconf.py")
    assert anew.files() == remembered


def test_two_moments_make_three_versions(province: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    for hour in (13, 14):
        province.write(f"agencies/so-y-te/news/2019/tin-{hour}.md", article(f"2019-09-24 {hour}:00"))
    shown = []
    for hour in (12, 13, 14):
        at(monkeypatch, datetime(2019, 9, 24, hour))
        province.build(conf="publishconf.py")
        shown.append([province.shows(f"so-y-te/tin-tuc/2019/tin-{number}") for number in (13, 14)])
    assert shown == [[False, False], [True, False], [True, True]]


def test_clock_that_runs_backwards_takes_an_article_back(
    province: SmallProvince, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-24 14:30"))
    for hour, public in ((12, False), (15, True), (12, False)):
        at(monkeypatch, datetime(2019, 9, 24, hour))
        province.build(conf="publishconf.py")
        assert province.shows("so-y-te/tin-tuc/2019/tin") == public


def test_on_a_desk_it_is_shown_and_marked(province: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)
    province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-24 14:30"))
    report = province.build()
    assert len(report.advice) == 1
    assert "noindex" in province.page("so-y-te/tin-tuc/2019/tin")
    assert "Tin sắp đăng" not in province.page("")


def test_agency_that_will_end_is_active_until_then(province: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    province.write(
        "agencies/so-y-te/agency.yaml",
        "name: Sở Y tế\nkind: department\nsummary: S\nlifecycle:\n  state: dissolved\n  date: 2019-10-01\n",
    )
    at(monkeypatch, NOW)
    report = province.build(conf="publishconf.py")
    assert province.advice(report) == [
        "content/agencies/so-y-te/agency.yaml:6: lifecycle.date: the agency is shown as active until 01/10/2019 "
        "(mend the date if it is wrong)"
    ]
    assert "giải thể" not in province.page("so-y-te").lower()

    at(monkeypatch, datetime(2019, 10, 1))
    assert province.build(conf="publishconf.py").advice == ()
    assert "giải thể" in province.page("so-y-te").lower()


def test_procedure_that_will_be_abolished_is_in_force_until_its_last_day_is_over(
    province: SmallProvince, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "agencies/so-y-te/procedures/1.004616.yaml"
    written = (province.content / path).read_text("utf-8")
    province.write(path, f"{written}status: abolished\neffective_to: 2019-09-30\nsuccessor: '2.000488'\n")
    at(monkeypatch, NOW)
    report = province.build(conf="publishconf.py")
    assert province.advice(report) == [
        "content/agencies/so-y-te/procedures/1.004616.yaml:7: effective_to: the procedure is shown as in force until "
        "30/09/2019 (mend the date if it is wrong)"
    ]
    assert "Đã bãi bỏ" not in province.page("so-y-te/thu-tuc/1.004616")
    assert "1.004616" in province.page("thu-tuc/linh-vuc/duoc-pham")

    at(monkeypatch, datetime(2019, 9, 30, 23, 59))
    assert {entry.outcome for entry in province.build(conf="publishconf.py").sites} == {"unchanged"}

    at(monkeypatch, datetime(2019, 10, 1))
    assert province.build(conf="publishconf.py").advice == ()
    assert "Đã bãi bỏ" in province.page("so-y-te/thu-tuc/1.004616")
    assert not province.shows("thu-tuc/linh-vuc/duoc-pham")


@pytest.mark.parametrize(
    ("inside", "written", "line", "field"),
    [
        ("news/2019/a.md", ARTICLE.replace("summary:", "modified: 2027-01-02 08:00\nsummary:"), 4, "modified"),
        ("pages/a.md", PAGE.replace("title:", "updated: 2027-01-02\ntitle:"), 2, "updated"),
        ("procedures/1.004616.yaml", f"{PROCEDURE}reviewed: 2027-01-02\n", 5, "reviewed"),
        ("procedures/1.004616.yaml", f"{PROCEDURE}decision: {{number: 1/QĐ, date: 2027-01-02}}\n", 5, "decision.date"),
        (
            "procedures/1.004616.yaml",
            f"{PROCEDURE}legal_basis:\n- {{title: Luật, issued: 2027-01-02}}\n",
            6,
            "legal_basis[0].issued",
        ),
    ],
)
def test_day_of_what_has_happened_that_is_still_to_come_is_told(
    inside: str, written: str, line: int, field: str, tmp_path: Path
) -> None:
    content = ContentFolder.of(tmp_path)
    content.write(inside, written)

    def told(now: datetime) -> list[str]:
        site = load_site(content.folder, "content", "so-y-te", content.shared(), drafts=False, now=now, kinds=KINDS)
        assert site.problems == ()
        return [f"{advice.line}: {advice.field}: {advice.message.render()}" for advice in site.advice]

    assert told(datetime(2026, 12, 31)) == [f"{line}: {field}: 02/01/2027 is still to come"]
    assert told(datetime(2027, 1, 2, 8)) == []


@pytest.mark.parametrize("conf", CONFS)
@pytest.mark.parametrize(
    "link",
    ["[nháp]({filename}nhap.md)", "[nháp](/so-y-te/tin-tuc/2019/nhap/)", "[nháp](agency:so-y-te/tin-tuc/2019/nhap/)"],
)
def test_link_to_a_draft_of_ones_own_is_told_and_holds_nothing_up(
    link: str, conf: str, province: SmallProvince
) -> None:
    province.write("agencies/so-y-te/news/2019/nhap.md", article("2019-09-20", more="status: draft\n"))
    province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-21", body=link))

    report = province.build(conf=conf)

    assert report.problems == ()
    assert province.advice(report) == [
        'content/agencies/so-y-te/news/2019/tin.md:6: the page at "/so-y-te/tin-tuc/2019/nhap/" is not public yet '
        "(its link is shown as text until it is published)"
    ]
    page = province.page("so-y-te/tin-tuc/2019/tin")
    assert ("nhap" in page) == (conf == "pelicanconf.py")
    assert "nháp" in page


@pytest.mark.parametrize("conf", CONFS)
def test_link_to_a_draft_of_another_agency_is_told(conf: str, province: SmallProvince) -> None:
    province.write("agencies/so-y-te/pages/nhap.md", "---\ntitle: Nháp\nstatus: draft\n---\nX\n")
    province.write("agencies/so-tu-phap/news/2019/tin.md", article("2019-09-21", body="[nháp](/so-y-te/nhap/)"))

    report = province.build(conf=conf)

    assert report.problems == ()
    assert [line.partition(" (")[0] for line in province.advice(report)] == [
        'content/agencies/so-tu-phap/news/2019/tin.md:6: the page at "/so-y-te/nhap/" is not public yet'
    ]


FILES = ("nhap.csv", "chung.csv", "khong-ai.csv", "mau-don.csv")


def test_files_that_only_drafts_use_are_not_published(province: SmallProvince) -> None:
    for name in FILES:
        province.write(f"agencies/so-y-te/media/{name}", "a,b\n")
    body = "[nháp]({static}/media/nhap.csv) [chung]({static}/media/chung.csv) [mẫu]({static}/media/mau-don.csv)"
    province.write("agencies/so-y-te/news/2019/nhap.md", article("2019-09-20", body, "status: draft\n"))
    province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-21", more="attachments: [media/chung.csv]\n"))
    province.edit(
        "agencies/so-y-te/procedures/1.004616.yaml",
        "code:",
        "papers:\n- papers:\n  - name: Đơn\n    originals: 1\n    forms:\n"
        "    - name: Mẫu\n      file: media/mau-don.csv\ncode:",
    )

    def offered() -> list[str]:
        return [name for name in FILES if (province.output / "so-y-te/media" / name).is_file()]

    assert province.build().problems == ()
    assert offered() == list(FILES)
    assert province.build(conf="publishconf.py").problems == ()
    assert offered() == ["chung.csv", "khong-ai.csv", "mau-don.csv"]


def test_schedules_of_what_is_no_more_are_forgotten(province: SmallProvince, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)
    for number in range(3):
        province.write("agencies/so-y-te/news/2019/tin.md", article("2019-09-24 14:30", body=f"Lần {number}."))
        province.build()
    store = SiteStore(province.build_folder / "sites" / "so-y-te")
    assert len(list(store.folder.glob("*.schedule"))) == 1


def test_page_in_draft_is_not_in_the_site(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path)
    content.write("pages/nhap.md", PAGE.replace("---\n", "---\nstatus: draft\n", 1))
    loaded = content.load(drafts=False)
    assert (loaded.entries, loaded.drafts) == ((), ("so-y-te/nhap/",))


@pytest.mark.parametrize("more", ["", "status: draft\n"])
def test_check_knows_the_files_that_are_published_with_an_article_to_come(more: str, province: SmallProvince) -> None:
    province.write("agencies/so-y-te/media/rieng.csv", "a,b\n")
    body = "[tệp]({static}/media/rieng.csv) và [không có]({static}/media/khong-co.csv)"
    province.write("agencies/so-y-te/news/2091/tin.md", article("2091-01-02", body, more))

    report = province.build(PORTAL_PREVIEW=False, PORTAL_CHECK_DRAFTS=True)

    told = [advice for advice in province.advice(report) if "csv" in advice]
    assert len(told) == 1
    assert "khong-co.csv" in told[0]
    assert not (province.output / "so-y-te/media/rieng.csv").exists()


@pytest.mark.parametrize("more", ["status: draft\n", ""], ids=["draft", "to come"])
def test_link_to_a_file_of_another_agency_that_only_such_an_article_uses_says_that_it_is_not_public_yet(
    more: str, province: SmallProvince, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOW)
    province.write("agencies/so-y-te/media/nhap.csv", "a,b\n")
    day = "2019-09-23" if more else "2019-10-01"
    province.write("agencies/so-y-te/news/2019/nhap.md", article(day, "[t]({static}/media/nhap.csv)", more))
    province.write("agencies/so-tu-phap/news/2019/tin.md", article("2019-09-23", "[x](/so-y-te/media/nhap.csv)"))
    report = province.build(conf="publishconf.py")

    assert [line for line in province.advice(report) if "so-tu-phap" in line] == [
        'content/agencies/so-tu-phap/news/2019/tin.md:6: the file at "/so-y-te/media/nhap.csv" is not public yet '
        "(its link is shown as text until it is published)"
    ]
    assert "nhap.csv" not in province.page("so-tu-phap/tin-tuc/2019/tin")


@pytest.mark.parametrize(("folder", "day"), [("2018", "2019-09-24"), ("2019", "2017-09-24"), ("2019", "2021-01-02")])
def test_year_of_an_article_that_is_not_its_folders_is_told_of_the_past_and_of_what_is_to_come(
    folder: str, day: str, tmp_path: Path
) -> None:
    content = ContentFolder.of(tmp_path)
    content.write(f"news/{folder}/tin.md", ARTICLE.replace("2019-09-24", day))
    loaded = load_site(content.folder, "content", "so-y-te", content.shared(), drafts=True, now=NOW, kinds=KINDS)
    told = [advice.render().partition(": ")[2] for advice in loaded.advice]

    hint = f"mend the date, or move the file to news/{day[:4]}/"
    assert f"date: the year is {day[:4]}, the folder's {folder} ({hint})" in told
