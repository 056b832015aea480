"""Who owns what two folders ask for, decided from the content and its history, never from what was built before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.builder.claims import settle_claims
from plugins.builder.code_holders import Claim, Present, holders
from plugins.builder.git_log import first_commits
from plugins.builder.sources import Sources, take_sources
from tests.portal.contents import KINDS
from tests.provinces import SmallProvince, site
from tests.repositories import Repository

CODE = "1.000001"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


def sources(province: SmallProvince) -> Sources:
    return take_sources(province.settings(), province.content, province.folder / "snapshot", "content", KINDS)


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


@pytest.mark.parametrize("depth", ["1", "2"])
def test_end_of_a_shallow_clone_tells_who_was_there_before(depth: str, province: SmallProvince, tmp_path: Path) -> None:
    git = Repository.in_(province.content)
    ask_for_the_code(province, "so-y-te")
    git.commit()
    province.write("province/pages/moi.md", PAGE)
    git.commit()
    ask_for_the_code(province, "so-tu-phap")
    git.commit()
    git.git("clone", "--quiet", "--depth", depth, f"file://{province.content}", str(tmp_path / "clone"))
    files = [f"agencies/{slug}/procedures/{CODE}.yaml" for slug in ("so-tu-phap", "so-y-te")]
    came = first_commits(tmp_path / "clone", files)
    first, last = (Claim(file, CODE) for file in reversed(files))
    present = Present(tmp_path / "clone", set(files))
    held = holders(tmp_path / "clone", ["**/procedures/**"], [first, last], present, lambda written: ()).moments
    assert (came[files[1]] < came[files[0]]) == (held[first] < held[last]) == (depth == "2")


A = f"agencies/so-y-te/procedures/{CODE}.yaml"
RECORD = "".join(f"name: Cấp giấy phép hoạt động {line}\n" for line in range(20))
FAR = f"agencies/so-yte/procedures/{CODE}.yaml"
MOVES = {
    "of the folder": [{A: FAR}],
    "twice": [{A: "agencies/y-te/procedures/1.000001.yaml"}, {"agencies/y-te/procedures/1.000001.yaml": FAR}],
    "away and back": [{A: FAR}, {FAR: A}, {A: FAR}],
    "over another ending": [{A: FAR.replace(".yaml", ".yml")}, {FAR.replace(".yaml", ".yml"): FAR}],
    "over another name in the folder": [{A: A.replace(CODE, "1.000009")}, {A.replace(CODE, "1.000009"): FAR}],
    "over a folder below": [{A: A.replace(CODE, f"cu/{CODE}")}, {A.replace(CODE, f"cu/{CODE}"): FAR}],
    "over a folder aside": [
        {A: f"agencies/cu/so-y-te/procedures/{CODE}.yaml"},
        {f"agencies/cu/so-y-te/procedures/{CODE}.yaml": FAR},
    ],
}


@pytest.mark.parametrize("edit", ["", "summary: Mới\n"], ids=["as it was", "edited"])
@pytest.mark.parametrize("moves", MOVES.values(), ids=MOVES)
def test_owner_that_renames_its_folder_or_its_file_keeps_the_code(
    moves: list[dict[str, str]], edit: str, province: SmallProvince
) -> None:
    git = Repository.in_(province.content)
    git.save(A, RECORD)
    ask_for_the_code(province, "zz")
    git.commit()
    for number, move in enumerate(moves):
        for old, new in move.items():
            git.move(old, new)
            git.write(new, RECORD + edit * (number + 1))
        if number < len(moves) - 1:
            git.commit()
    if len(moves) == 1:
        assert owner(province, "zz") == "so-yte"  # before it is committed
    git.commit()
    assert owner(province, "zz") == "so-yte"


def test_file_that_is_moved_in_one_commit_may_be_written_anew(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    git.save(A, RECORD)
    ask_for_the_code(province, "zz")
    git.commit()
    git.move(A, FAR)
    git.save(FAR, f"code: '{CODE}'\n")
    assert owner(province, "zz") == "so-yte"


def test_file_that_is_renamed_to_anothers_code_is_a_new_claim(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    git.save("agencies/so-y-te/procedures/1.000009.yaml", RECORD)
    ask_for_the_code(province, "zz")
    git.commit()
    git.move("agencies/so-y-te/procedures/1.000009.yaml", A)
    assert owner(province, "so-y-te") == "zz"
    git.commit()
    assert owner(province, "so-y-te") == "zz"


def test_copy_of_a_folder_is_no_move(province: SmallProvince) -> None:
    git = Repository.in_(province.content)
    git.save(A, RECORD)
    git.save("agencies/404/procedures/1.000001.yaml", RECORD)
    assert owner(province, "404") == "so-y-te"


def test_folder_that_is_refused_owns_no_code(province: SmallProvince) -> None:
    ask_for_the_code(province, "gioi-thieu", "so-y-te")
    assert owner(province) is None


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


def contested(province: SmallProvince) -> None:
    """An agency with all files of another in its folder, and a procedure and a page of its own."""
    province.write("agencies/404/agency.yaml", AGENCY)
    for file in sorted((province.content / "agencies/so-y-te/procedures").iterdir()):
        province.write(f"agencies/404/procedures/{file.name}", file.read_text("utf-8"))
    province.write("agencies/404/pages/gioi-thieu.md", PAGE)


@pytest.mark.parametrize("history", [True, False])
def test_agency_with_anothers_procedures_is_shown_without_these_and_the_owner_with_all(
    *, history: bool, province: SmallProvince, tmp_path: Path
) -> None:
    province.edit("province/province.yaml", "most_used", "agency_order: [so-y-te]\nmost_used")
    if history:
        Repository.in_(province.content).commit()
    province.build()
    before = province.files()
    contested(province)

    report = province.build()

    assert {entry.outcome for entry in report.sites} <= {"built", "unchanged"}
    codes = sorted(file.stem for file in (province.content / "agencies/so-y-te/procedures").iterdir())
    assert len(report.problems) == len(codes) > 0
    for code, problem in zip(codes, site(report, "404").problems, strict=True):
        assert problem.path.endswith(f"content/agencies/404/procedures/{code}.yaml")
        assert "so-y-te" in problem.render()
        assert province.shows(f"so-y-te/thu-tuc/{code}")
        assert not province.shows(f"404/thu-tuc/{code}")
    assert province.shows("404/gioi-thieu")
    own = {path for path in before if path.startswith("so-y-te/")}
    assert {path for path in province.files() if path.startswith("so-y-te/")} == own
    remembered = province.files()
    shutil.rmtree(tmp_path / "build")
    province.build()
    assert province.files() == remembered


def test_who_loses_a_procedure_to_another_stays_with_all_the_rest(province: SmallProvince) -> None:
    """Where nobody knows who was first, whoever comes after in order loses these procedures and nothing else."""
    province.build()
    contested(province)

    report = province.build()

    assert {entry.outcome for entry in report.sites} <= {"built", "unchanged"}
    assert {problem.path.split("/")[-3] for problem in report.problems} == {"so-y-te"}
    assert province.shows("so-y-te/tin-tuc/2019/tiem-chung")
    assert province.shows("404/thu-tuc/1.004616")


def test_agency_that_renames_its_folder_is_shown_whole_although_another_claims_its_code(
    province: SmallProvince,
) -> None:
    git = Repository.in_(province.content)
    git.commit()
    contested(province)
    git.commit()
    province.build()
    git.git("mv", "agencies/so-y-te", "agencies/so-yte")

    for _ in range(2):
        report = province.build()

        assert site(report, "so-yte").outcome in ("built", "unchanged")
        assert site(report, "so-yte").problems == ()
        assert province.shows("so-yte/thu-tuc/1.004616")
        assert province.shows("so-yte/tin-tuc/2019/tiem-chung")
        git.commit()


def test_what_sites_are_told_of_each_other_names_the_line_of_the_field(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    procedure = "name: Thử\nfield: duoc-pham\nperformed_by: [province]\nlocal_codes:\n  - T-1\n"
    folder = "agencies/so-y-te/procedures"
    province.write(f"{folder}/1.009991.yaml", f"{procedure}code: '1.009991'\n")
    province.write(f"{folder}/1.009992.yaml", f"{procedure}  - T-2\ncode: '1.009992'\n")
    report = province.build()
    told = [*province.problems(report), *province.advice(report)]

    assert [line.partition(": ")[0] + ": " + line.split(": ")[1] for line in told if "T-1" in line] == [
        f"content/{folder}/1.009991.yaml:5: local_codes[0]",
        f"content/{folder}/1.009992.yaml:5: local_codes[0]",
    ]


def test_namesake_and_foreign_list_are_told_with_the_line_of_the_field(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-tu-phap/procedures/1.009994.yaml",
        "name: Khác\nfield: duoc-pham\nperformed_by: [province]\ncode: '1.009994'\nperforming_agencies:\n"
        "  - so-tu-phap\n  - so-y-te\n",
    )
    province.write("agencies/so-moi/agency.yaml", "kind: department\nsummary: Mới.\nname: Sở Y tế\n")
    told = province.advice(province.build())

    listed = "content/agencies/so-tu-phap/procedures/1.009994.yaml:7: performing_agencies[1]: "
    assert any(line.startswith(listed) for line in told)
    assert any(line.startswith("content/agencies/so-moi/agency.yaml:3: name: ") for line in told)
