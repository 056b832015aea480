"""The guard against losing much at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from plugins.builder.loss import (
    ANY_PAGE,
    WITHDRAWN,
    SoMany,
    check_pages,
    check_quarantine,
    check_sites,
    losing_most,
    nobody,
)
from plugins.portal.kinds import entries_of
from plugins.portal.problems import LossError, Problem, text
from plugins.releases.records import QuarantinedSite
from tests.portal.contents import KINDS
from tests.provinces import SmallProvince


def refused(check: Callable[..., None], *arguments: object) -> str:
    """Why it is; empty where it is not."""
    try:
        check(*arguments)
    except LossError as error:
        return str(error)
    return ""


ARTICLE = "---\ntitle: Tin {number}\ndate: 2019-09-22\nsummary: S\n---\nX\n"
NAMES = [f"so-{letter}" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    ("shown", "present"),
    [
        (NAMES, NAMES),
        (NAMES, NAMES[2:]),
        (NAMES, [*NAMES[1:], "so-moi"]),
        (NAMES[:2], NAMES[:1]),
        ([], []),
        ([], NAMES),
        ([], NAMES[5:]),
    ],
)
def test_little_may_go_without_a_question(shown: list[str], present: list[str]) -> None:
    assert refused(check_sites, shown, present, NAMES if shown == [] and present else []) == ""


def test_agencies_of_which_somebody_says_what_became_of_them_are_not_missed() -> None:
    assert refused(check_sites, NAMES, NAMES[5:], [], lambda: NAMES[:3]) == ""
    assert "3 of 10 agencies are missing (so-c, so-d, so-e)" in refused(
        check_sites, NAMES, NAMES[5:], [], lambda: NAMES[:2]
    )


def test_pages_that_lead_on_from_now_are_not_missed() -> None:
    assert refused(check_pages, {ANY_PAGE: 1_000}, {ANY_PAGE: 700}, {}, nobody, 100) == ""
    assert "250 of 1000 pages" not in refused(check_pages, {ANY_PAGE: 1_000}, {ANY_PAGE: 700}, {}, nobody, 49)


@pytest.mark.parametrize(
    ("shown", "present", "protocol", "told"),
    [
        (NAMES, NAMES[3:], [], "3 of 10 agencies are missing (so-a, so-b, so-c)"),
        (NAMES, [], [], "10 of 10 agencies are missing (so-a, so-b, so-c, so-d, so-e, …)"),
        (NAMES[:1], [], [], "1 of 1 agencies are missing (so-a)"),
        ([], NAMES[:4], NAMES, "6 of 10 agencies are missing (so-e, so-f, so-g, so-h, so-i, …)"),
        ([], [], NAMES, "10 of 10 agencies are missing"),
    ],
)
def test_much_may_not(shown: list[str], present: list[str], protocol: list[str], told: str) -> None:
    why = refused(check_sites, shown, present, protocol)
    assert told in why
    assert "--allow-loss" in why


def test_many_pages_may_not_disappear_at_once() -> None:
    pages = [({ANY_PAGE: before}, {ANY_PAGE: after}) for before, after in [(1_000, 800), (100, 0), (0, 0)]]
    assert [refused(check_pages, *both) for both in pages] == ["", "", ""]
    assert "300 of 1000 pages would disappear" in refused(check_pages, {ANY_PAGE: 1_000}, {ANY_PAGE: 700})


NAMED = {
    "article": "news articles",
    "page": "standing pages",
    "procedure": "procedures",
    "legal-document": 'entries of the kind "Văn bản"',
}


@pytest.mark.parametrize(("kind", "named"), NAMED.items())
@pytest.mark.parametrize(
    ("before", "after", "may"),
    [(3, 1, True), (3, 0, True), (4, 0, False), (8, 2, True), (8, 1, False), (1930, 500, True), (1930, 400, False)],
)
def test_nearly_all_of_one_kind_may_not_disappear(kind: str, named: str, before: int, after: int, *, may: bool) -> None:
    whole = {ANY_PAGE: 9_000, "article": 40, "page": 40, "procedure": 40, kind: before}
    words: dict[str, SoMany] = {kind.name: partial(kind.so_many, "vi") for kind in KINDS}
    words["legal-document"] = partial(entries_of, "Văn bản")
    why = refused(check_pages, whole, whole | {kind: after}, words)
    assert why == "" if may else f"{before - after} of {before} {named} would disappear" in why
    assert ("--allow-loss" in why) is not may


def test_kind_that_was_there_and_is_unknown_now_is_named_as_manifests_have_it() -> None:
    assert '9 of 9 entries of the kind "event"' in refused(check_pages, {"event": 9}, {})


@pytest.mark.parametrize(
    ("folder", "named", "written"),
    [
        ("news/2019", "news articles", ARTICLE),
        ("pages", "standing pages", "---\ntitle: Trang {number}\n---\nX\n"),
        ("procedures", "procedures", ""),
    ],
)
def test_content_without_a_kind_in_all_folders_changes_nothing(
    folder: str, named: str, written: str, tmp_path: Path
) -> None:
    province = SmallProvince.of(tmp_path)
    record = (province.content / "agencies/so-y-te/procedures/1.004616.yaml").read_text("utf-8")
    for number in range(4):
        code = f"1.00900{number}"
        name = f"x-{number}.md" if written else f"{code}.yaml"
        text = written.format(number=number) if written else record.replace("1.004616", code)
        province.write(f"agencies/so-y-te/{folder}/{name}", text)
    province.build()
    before = province.files()
    for path in list(province.content.glob(f"*/**/{folder.partition('/')[0]}")):
        shutil.rmtree(path)

    with pytest.raises(LossError, match=rf"nothing is changed, for \d of \d {named} would disappear"):
        province.build()
    assert province.files() == before

    province.build(PORTAL_ALLOW_LOSS=True)
    assert province.files() != before


def in_quarantine(number: int) -> list[QuarantinedSite]:
    problem = Problem(path="content/agencies/so-a/agency.yaml", line=3, field="name", message=text("is missing"))
    return [QuarantinedSite(site=f"so-{letter}", kept=True, problems=(problem,)) for letter in "abcdefghij"[:number]]


@pytest.mark.parametrize(("number", "sites", "share"), [(2, 2, 0.25), (2, 50, 0), (5, 20, 0.25), (10, 10, 1)])
def test_few_may_always_be_in_quarantine(number: int, sites: int, share: float) -> None:
    assert refused(check_quarantine, in_quarantine(number), sites, share) == ""


@pytest.mark.parametrize(("number", "sites", "share"), [(3, 11, 0.25), (3, 50, 0), (6, 20, 0.25)])
def test_many_in_quarantine_stop_what_is_to_be_shown_with_the_first_problem_of_each(
    number: int, sites: int, share: float
) -> None:
    why = refused(check_quarantine, in_quarantine(number), sites, share)
    first, *lines = why.splitlines()
    assert f"{number} of {sites} sites" in first
    assert "--allow-loss" in first
    assert lines[0] == "  so-a: content/agencies/so-a/agency.yaml:3: name: is missing"
    assert len(lines) == number


def test_sites_that_lose_most_are_named_first() -> None:
    before = {name: {ANY_PAGE: number} for name, number in {"so-a": 300, "so-b": 900, "so-c": 10}.items()}
    losing = losing_most(before, {"so-a": {ANY_PAGE: 100}, "so-c": {ANY_PAGE: 10}})
    why = refused(check_pages, {ANY_PAGE: 1_210}, {ANY_PAGE: 110}, {}, losing)
    assert "1100 of 1210 pages would disappear (so-b: 900, so-a: 200): " in why


def test_shared_fault_leaves_what_is_shown_until_it_is_said_to_be_meant(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for slug in ("so-a", "so-b"):
        province.write(f"agencies/{slug}/agency.yaml", f"name: {slug}\nkind: department\nsummary: S\n")
    province.build(PORTAL_MOST_QUARANTINED=0.25)
    before = province.files()
    for slug in ("so-a", "so-b", "so-y-te"):
        province.write(f"agencies/{slug}/agency.yaml", "name: [\n")

    with pytest.raises(LossError, match="3 of 5 sites") as refusal:
        province.build(PORTAL_MOST_QUARANTINED=0.25)
    assert "so-y-te: content/agencies/so-y-te/agency.yaml:1: " in str(refusal.value)
    assert province.files() == before

    assert len(province.build(PORTAL_MOST_QUARANTINED=0.25, PORTAL_ALLOW_LOSS=True).problems) >= 3


def test_agency_may_remove_most_of_what_is_its_own(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    shutil.rmtree(province.content / "agencies/so-y-te/news")
    assert province.build().problems == ()
    assert not province.shows("so-y-te/tin-tuc/2019/tiem-chung")


def test_content_without_its_agencies_changes_nothing_until_it_is_said_to_be_meant(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    shutil.rmtree(province.content / "agencies")

    with pytest.raises(LossError, match="2 of 2 agencies are missing"):
        province.build()
    assert province.files() == before

    province.build(PORTAL_ALLOW_LOSS=True)
    assert not province.shows("so-y-te")
    province.build()


def test_content_without_most_of_its_pages_changes_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for number in range(150):
        province.write(f"agencies/so-y-te/pages/trang-{number}.md", f"---\ntitle: Trang {number}\n---\nX\n")
    province.build()
    before = province.files()
    for number in range(140):
        province.delete(f"agencies/so-y-te/pages/trang-{number}.md")

    with pytest.raises(LossError, match=r"^nothing is changed, for 140 of \d+ pages would disappear"):
        province.build()

    assert province.files() == before


def test_first_build_of_half_a_checkout_is_refused(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    named = "".join(f"- so-{letter}\n" for letter in "abcdefgh")
    province.edit("province/province.yaml", "most_used", f"agency_order:\n{named}most_used")

    with pytest.raises(LossError, match="8 of 8 agencies are missing"):
        province.build()

    assert not province.output.exists()


def test_check_compares_with_what_is_shown_and_not_with_what_it_saw_last(tmp_path: Path) -> None:
    """It builds aside: a loss is told the first time too."""
    province = SmallProvince.of(tmp_path)
    for number in range(20):
        province.write(f"agencies/so-y-te/news/2019/tin-{number}.md", ARTICLE.format(number=number))
    province.build()
    shutil.rmtree(province.content / "agencies/so-y-te/news")
    build, output = str(tmp_path / "aside"), str(tmp_path / "aside-output")

    with pytest.raises(LossError, match="22 of 24 news articles"):
        province.build(PORTAL_BUILD_PATH=build, OUTPUT_PATH=output, PORTAL_SHOWN_BUILD_PATH=str(tmp_path / "build"))


def many_agencies(folder: Path, *, with_news: bool) -> SmallProvince:
    """The base province with ten more agencies."""
    province = SmallProvince.of(folder)
    record = (province.content / "agencies/so-y-te/agency.yaml").read_text("utf-8")
    for name in NAMES:
        province.write(f"agencies/{name}/agency.yaml", record.replace("Sở Y tế", f"Sở {name[-1].upper()}"))
        if with_news:
            province.write(f"agencies/{name}/news/2019/tin.md", ARTICLE.format(number=1))
    return province


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("forgotten", [True, False])
def test_what_builds_remember_may_be_deleted_and_agencies_are_still_missed(
    forgotten: bool, noted: bool, tmp_path: Path
) -> None:
    """Also where the release that is shown has no note beside it."""
    province = many_agencies(tmp_path, with_news=False)
    assert province.build().problems == ()
    before = province.files()
    if forgotten:
        shutil.rmtree(tmp_path / "build")
    if not noted:
        for note in province.releases.glob("*.json"):
            note.unlink()
    for name in NAMES[:8]:
        shutil.rmtree(province.content / "agencies" / name)

    with pytest.raises(LossError, match="8 of 12 agencies are missing"):
        province.build()
    assert province.files() == before

    province.build(PORTAL_ALLOW_LOSS=True)
    assert not province.shows(NAMES[0])


@pytest.mark.parametrize("forgotten", [True, False])
def test_what_builds_remember_may_be_deleted_and_drafts_of_all_news_are_still_a_loss(
    forgotten: bool, tmp_path: Path
) -> None:
    province = many_agencies(tmp_path, with_news=True)
    assert province.build(conf="publishconf.py").problems == ()
    before = province.files()
    if forgotten:
        shutil.rmtree(tmp_path / "build")
    for path in province.content.glob("**/news/**/*.md"):
        path.write_text(path.read_text("utf-8").replace("---\n", "---\nstatus: draft\n", 1), "utf-8")

    with pytest.raises(LossError, match=r"1\d of 1\d news articles would disappear"):
        province.build(conf="publishconf.py")
    assert province.files() == before


def test_pages_of_a_release_that_has_no_note_are_counted_one_by_one(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for number in range(150):
        province.write(f"agencies/so-y-te/pages/trang-{number}.md", f"---\ntitle: Trang {number}\n---\nX\n")
    province.build()
    shutil.rmtree(tmp_path / "build")
    for note in province.releases.glob("*.json"):
        note.unlink()
    for number in range(140):
        province.delete(f"agencies/so-y-te/pages/trang-{number}.md")

    with pytest.raises(LossError, match=r"^nothing is changed, for \d+ of \d+ pages would disappear"):
        province.build()


def test_check_misses_what_is_shown_although_builds_remember_nothing(tmp_path: Path) -> None:
    province = many_agencies(tmp_path, with_news=False)
    province.build()
    for name in NAMES[:8]:
        shutil.rmtree(province.content / "agencies" / name)
    build, output = str(tmp_path / "aside"), str(tmp_path / "aside-output")

    with pytest.raises(LossError, match="8 of 12 agencies are missing"):
        province.build(PORTAL_BUILD_PATH=build, OUTPUT_PATH=output, PORTAL_SHOWN_OUTPUT_PATH=str(province.output))


@pytest.mark.parametrize(("withdrawn", "refuses"), [(4, False), (1, False), (0, True)])
def test_what_its_own_record_takes_off_the_portal_is_not_missed(withdrawn: int, *, refuses: bool) -> None:
    before = {ANY_PAGE: 9, "article": 4, WITHDRAWN: 3}

    assert bool(refused(check_pages, before, {ANY_PAGE: 9, WITHDRAWN: 3 + withdrawn})) is refuses
    assert refused(check_pages, before, {ANY_PAGE: 9, "article": 4}) == ""  # what comes back
