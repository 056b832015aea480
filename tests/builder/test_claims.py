"""Who owns what two folders ask for, decided from the content and its history, never from what was built before."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.builder.claims import settle_claims
from plugins.builder.git_log import first_commits
from plugins.builder.sources import Sources, take_sources
from tests.provinces import SmallProvince, site
from tests.repositories import Repository

CODE = "1.000001"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


def sources(province: SmallProvince) -> Sources:
    return take_sources(province.settings(), province.folder / "snapshot", "content")


def ask_for_the_code(province: SmallProvince, *slugs: str) -> None:
    for slug in slugs:
        folder = f"agencies/{slug}" if slug else "province"
        province.write(f"{folder}/procedures/{CODE}.yaml", f"code: '{CODE}'\n")


def owner(province: SmallProvince, *protocol: str) -> str | None:
    return settle_claims(sources(province), province.content, protocol).owners.get(CODE)


def test_code_that_one_folder_asks_for_needs_no_decision(province: SmallProvince) -> None:
    ask_for_the_code(province, "so-y-te")
    assert owner(province) is None


def test_without_history_the_province_then_the_order_of_protocol_then_the_name_decides(province: SmallProvince) -> None:
    ask_for_the_code(province, "so-y-te", "so-tu-phap")
    assert owner(province) == "so-tu-phap"
    assert owner(province, "so-y-te", "so-tu-phap") == "so-y-te"
    ask_for_the_code(province, "")
    assert owner(province, "so-y-te") == ""


def test_who_committed_it_first_owns_it(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    ask_for_the_code(province, "so-y-te")
    git.commit()
    ask_for_the_code(province, "", "so-tu-phap")
    assert owner(province, "so-tu-phap") == "so-y-te"
    git.commit()
    assert owner(province, "so-tu-phap") == "so-y-te"


def test_code_that_was_given_away_and_is_asked_for_again_has_its_new_owner(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    ask_for_the_code(province, "so-y-te")
    git.commit()
    province.rename(f"agencies/so-y-te/procedures/{CODE}.yaml", f"agencies/so-tu-phap/procedures/{CODE}.yaml")
    git.commit()
    ask_for_the_code(province, "so-y-te")
    git.commit()
    assert owner(province, "so-y-te") == "so-tu-phap"


def test_what_came_in_one_commit_is_decided_as_without_history(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    ask_for_the_code(province, "so-y-te", "so-tu-phap")
    git.commit()
    assert owner(province, "so-y-te") == "so-y-te"


def test_end_of_a_shallow_clone_tells_nothing(province: SmallProvince, tmp_path: Path) -> None:
    git = Repository.in_(province.content)
    ask_for_the_code(province, "so-y-te")
    git.commit()
    ask_for_the_code(province, "so-tu-phap")
    git.commit()
    git.git("clone", "--quiet", "--depth", "1", f"file://{province.content}", str(tmp_path / "clone"))
    assert first_commits(tmp_path / "clone", [f"agencies/so-y-te/procedures/{CODE}.yaml"]) == {}


@pytest.mark.parametrize("name", ["lịch\ntiêm.md", "a b.md", "commit 0.md", "*.md", ":(top).md"])
def test_any_name_can_be_asked_for(name: str, province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    province.write(f"province/pages/{name}", "x")
    git.commit()
    assert list(first_commits(province.content, [f"province/pages/{name}"])) == [f"province/pages/{name}"]


def test_folder_without_a_repository_tells_nothing(tmp_path: Path) -> None:
    assert first_commits(tmp_path, ["a"]) == {}


PAGE = "---\ntitle: Sở Y tế\n---\nX\n"
AGENCY = "name: Giới thiệu\nkind: department\nsummary: S\n"


def test_folder_that_is_named_like_a_page_of_the_province_is_refused_and_all_others_publish(
    province: SmallProvince,
) -> None:
    province.write("agencies/gioi-thieu/agency.yaml", AGENCY)
    for path in ("agencies/so-y-te", "province"):
        province.write(f"{path}/pages/moi.md", "---\ntitle: Trang mới\n---\nMới.\n")

    for _ in range(2):
        report = province.build()

        assert province.problems(report) == [
            "content/agencies/gioi-thieu: the province has a page at this address: "
            "content/province/pages/gioi-thieu.md (choose another name for the folder)"
        ]
        assert {entry.outcome for entry in report.sites} <= {"built", "unchanged"}
        assert province.shows("moi")
        assert province.shows("so-y-te/moi")
        assert "Giới thiệu" in province.page("gioi-thieu")


@pytest.mark.parametrize("how", ["by protocol", "by history"])
def test_page_that_takes_the_address_of_an_agency_is_refused_where_the_agency_was_first(
    how: str, province: SmallProvince
) -> None:
    if how == "by history":
        Repository.in_(province.content).commit()
    else:
        province.edit("province/province.yaml", "most_used", "agency_order: [so-y-te]\nmost_used")
    province.build()
    province.write("province/pages/so-y-te.md", PAGE)

    report = province.build()

    assert province.problems(report) == [
        "content/province/pages/so-y-te.md: the address /so-y-te/ is taken (rename the file)"
    ]
    assert site(report, "province").outcome == "kept"
    assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")


def test_new_agency_does_not_rebuild_the_pages_of_the_province(province: SmallProvince) -> None:
    province.build()
    province.write("agencies/so-xay-dung/agency.yaml", AGENCY)

    report = province.build()

    assert {s.slug: s.outcome for s in report.sites}["province"] == "unchanged"
