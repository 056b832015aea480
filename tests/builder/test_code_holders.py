"""Who has had a code since when: files that move, come back, are copied and renumbered, in real repositories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.builder.claims import Claims, ClaimsMemory, settle_claims
from plugins.builder.sources import take_sources
from tests.portal.contents import KINDS
from tests.provinces import SmallProvince, site
from tests.repositories import Repository

CODE, NEW = "1.000001", "1.000002"
OWNER, CLAIMANT = "so-y-te", "404"
"""Where nobody knows who was first, the claimant comes before the owner."""
TEXT = "".join(f"name: Cấp giấy phép hoạt động {line}\n" for line in range(20))
EDITED = TEXT.replace("hoạt động 3", "kinh doanh 3").replace("hoạt động 7", "kinh doanh 7")
REWRITTEN = "name: Viết lại\n"
RECORD = "".join(f"summary: Sở Y tế {line}\n" for line in range(10))


def file(slug: str, code: str = CODE) -> str:
    return f"agencies/{slug}/procedures/{code}.yaml"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


@pytest.fixture
def git(province: SmallProvince) -> Repository:
    """A repository in which the owner has the code."""
    repository = Repository.in_(province.content)
    repository.git("checkout", "-q", "-b", "main")
    repository.write("agencies/so-y-te/agency.yaml", RECORD)
    repository.write("agencies/404/agency.yaml", "name: Khác\nsummary: Không giống\n")
    repository.save(file(OWNER), TEXT)
    return repository


def claims(province: SmallProvince, content: Path | None = None, memory: ClaimsMemory | None = None) -> Claims:
    content = content or province.content
    sources = take_sources(province.settings(), content, province.folder / "snapshot", "content", KINDS)
    return settle_claims(sources, content, (), memory)


def owner(province: SmallProvince, code: str = CODE) -> str | None:
    return claims(province).owners.get(code)


def delete(git: Repository, path: str) -> None:
    (git.root / path).unlink()


def rename_folder(git: Repository, old: str = OWNER, new: str = "so-yte") -> None:
    git.move(f"agencies/{old}", f"agencies/{new}")


def whole_folder_edited(git: Repository, written: str) -> None:
    rename_folder(git)
    git.write(file("so-yte"), written)
    git.write(file(CLAIMANT), TEXT)


def file_only(git: Repository, written: str) -> None:
    git.move(file(OWNER), file("so-yte"))
    git.write(file("so-yte"), TEXT)
    git.write(file(CLAIMANT), written)


MOVED_AND_CLAIMED: dict[str, Callable[[Repository], None]] = {
    "folder, as it was; an exact copy": lambda git: whole_folder_edited(git, TEXT),
    "folder, edited; an exact copy": lambda git: whole_folder_edited(git, EDITED),
    "folder, rewritten; an exact copy": lambda git: whole_folder_edited(git, REWRITTEN),
    "file; an edited copy": lambda git: file_only(git, EDITED),
    "file; a text of its own": lambda git: file_only(git, REWRITTEN),
}


@pytest.mark.parametrize("how", ["not committed", "one commit", "one merge", "octopus", "one branch"])
@pytest.mark.parametrize("change", MOVED_AND_CLAIMED.values(), ids=MOVED_AND_CLAIMED)
def test_file_that_continues_the_owners_keeps_the_code_from_a_claim_of_the_same_moment(
    change: Callable[[Repository], None], how: str, province: SmallProvince, git: Repository
) -> None:
    if how == "not committed":
        change(git)
    elif how == "one commit":
        change(git)
        git.commit()
    else:
        git.git("checkout", "-q", "-b", "mot")
        if how == "one merge":
            change(git)
            git.commit()
        elif how == "one branch":  # the claim first
            change(git)
            written = (git.root / file("so-yte")).read_text("utf-8")
            claimed = (git.root / file(CLAIMANT)).read_text("utf-8")
            git.git("stash", "-q", "-u")
            git.save(file(CLAIMANT), claimed)
            if (git.root / file(OWNER)).exists():
                rename_folder(git)
            git.save(file("so-yte"), written)
        else:
            change(git)
            claimed = (git.root / file(CLAIMANT)).read_text("utf-8")
            delete(git, file(CLAIMANT))
            git.commit()
            git.git("checkout", "-q", "-b", "hai", "main")
            git.save(file(CLAIMANT), claimed)
            git.git("checkout", "-q", "main")
        git.git("checkout", "-q", "main")
        git.day += 1
        git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot", *(["hai"] if how == "octopus" else []))
    assert owner(province) == "so-yte"


def test_file_that_is_rewritten_on_its_way_in_a_branch_keeps_its_code_from_an_exact_copy_there(
    province: SmallProvince, git: Repository
) -> None:
    """What one merge brought is told by what its commits did."""
    git.git("checkout", "-q", "-b", "mot")
    git.move(file(OWNER), file("so-yte", NEW))
    git.commit()
    git.save(file(CLAIMANT), TEXT)
    git.move(file("so-yte", NEW), file("so-yte"))
    git.commit()
    git.save(file("so-yte"), REWRITTEN)
    git.git("checkout", "-q", "main")
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    assert owner(province) == "so-yte"


def test_of_two_new_files_in_one_merge_the_earlier_on_its_branch_is_first(
    province: SmallProvince, git: Repository
) -> None:
    git.git("checkout", "-q", "-b", "mot")
    git.save(file(OWNER, NEW), TEXT)
    git.save(file(CLAIMANT, NEW), TEXT)
    git.git("checkout", "-q", "main")
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    assert owner(province, NEW) == OWNER


def test_of_two_equal_copies_in_the_place_of_one_file_the_order_decides(
    province: SmallProvince, git: Repository
) -> None:
    git.move(file(OWNER), file("so-tu-phap"))
    git.save(file(CLAIMANT), TEXT)
    assert owner(province) == CLAIMANT
    git.save(file("so-y-te"), TEXT)
    assert owner(province) == CLAIMANT, "what was handed over is not the first one's any more"


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("claimed", ["meanwhile", "before", "with the removal undone"])
def test_file_that_was_removed_and_comes_back_is_the_first_ones_still(
    claimed: str, *, committed: bool, province: SmallProvince, git: Repository
) -> None:
    if claimed == "before":
        git.save(file(CLAIMANT), TEXT)
    delete(git, file(OWNER))
    removal = git.commit()
    if claimed == "meanwhile":
        git.save(file(CLAIMANT), TEXT)
        assert owner(province) is None
    if claimed == "with the removal undone":
        git.write(file(CLAIMANT), TEXT)
        git.write(file(OWNER), EDITED)
    else:
        git.git("revert", "--no-commit", removal)
    if committed:
        git.commit()
    assert owner(province) == OWNER


def test_removal_that_is_undone_again_and_again_changes_nothing(province: SmallProvince, git: Repository) -> None:
    delete(git, file(OWNER))
    last = git.commit()
    git.save(file(CLAIMANT), TEXT)
    for _ in range(3):
        git.day += 1
        git.git("revert", "--no-edit", last)
        last = git.git("rev-parse", "HEAD").strip()
    assert owner(province) == OWNER


def test_file_that_comes_back_after_its_folder_was_renamed_is_the_first_ones_still(
    province: SmallProvince, git: Repository
) -> None:
    delete(git, file(OWNER))
    git.commit()
    git.save(file(CLAIMANT), TEXT)
    rename_folder(git)
    git.commit()
    git.save(file("so-yte"), REWRITTEN)
    assert owner(province) == "so-yte"


def test_removal_in_a_branch_in_which_another_claims_the_code_is_undone_for_the_first_one(
    province: SmallProvince, git: Repository
) -> None:
    git.git("checkout", "-q", "-b", "mot")
    delete(git, file(OWNER))
    removal = git.commit()
    git.save(file(CLAIMANT), EDITED)
    git.git("checkout", "-q", "main")
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    git.day += 1
    git.git("revert", "--no-edit", removal)
    assert owner(province) == OWNER


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("claimed", ["before", "with it"])
def test_folder_that_is_renamed_file_by_file_keeps_its_codes(
    claimed: str, *, merged: bool, province: SmallProvince, git: Repository
) -> None:
    if claimed == "before":
        git.save(file(CLAIMANT), TEXT)
    if merged:
        git.git("checkout", "-q", "-b", "mot")
    git.move("agencies/so-y-te/agency.yaml", "agencies/so-yte/agency.yaml")
    git.commit()
    delete(git, file(OWNER))
    git.commit()
    git.write(file(CLAIMANT), TEXT)
    git.save(file("so-yte"), EDITED)
    if merged:
        git.git("checkout", "-q", "main")
        git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    assert owner(province) == "so-yte"


def test_folders_that_change_their_names_with_each_other_keep_their_codes(
    province: SmallProvince, git: Repository
) -> None:
    git.save(file(CLAIMANT, NEW), REWRITTEN)
    for old, new in {OWNER: "x", CLAIMANT: OWNER, "x": CLAIMANT}.items():
        rename_folder(git, old, new)
        git.commit()
    git.write(file(CLAIMANT, NEW), REWRITTEN)
    git.save(file(OWNER), TEXT)
    assert claims(province).owners == {CODE: CLAIMANT, NEW: OWNER}


def test_file_that_is_moved_to_another_agency_is_handed_over_for_good(province: SmallProvince, git: Repository) -> None:
    git.git("checkout", "-q", "-b", "mot")
    git.move(file(OWNER), file("so-tu-phap"))
    git.commit()
    git.git("checkout", "-q", "main")
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    git.save(file(OWNER), TEXT)
    assert owner(province) == "so-tu-phap"


def test_name_that_was_mistyped_is_held_since_it_was_mended(province: SmallProvince, git: Repository) -> None:
    git.save(file(OWNER, "1.00003"), TEXT)
    git.save(file(CLAIMANT, "1.000003"), TEXT)
    git.move(file(OWNER, "1.00003"), file(OWNER, "1.000003"))
    git.commit()
    assert owner(province, "1.000003") == CLAIMANT


RENUMBERED = f"{TEXT}superseded_codes: ['{CODE}']\n"


def renumber(git: Repository, written: str = RENUMBERED) -> None:
    git.move(file(OWNER), file(OWNER, NEW))
    git.write(file(OWNER, NEW), written)


def renumbered_then_claimed(git: Repository) -> None:
    renumber(git)
    git.commit()
    git.save(file(CLAIMANT), TEXT)


def claimed_then_renumbered(git: Repository) -> None:
    git.save(file(CLAIMANT), TEXT)
    renumber(git)
    git.commit()


def in_one_merge(git: Repository) -> None:
    git.git("checkout", "-q", "-b", "mot")
    git.save(file(CLAIMANT), TEXT)
    renumber(git)
    git.commit()
    git.git("checkout", "-q", "main")
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")


def at_once(git: Repository) -> None:
    renumber(git)
    git.write(file(CLAIMANT), TEXT)


def at_once_and_committed(git: Repository) -> None:
    at_once(git)
    git.commit()


def rewritten(git: Repository) -> None:
    renumber(git, f"{REWRITTEN}superseded_codes:\n- '{CODE}' # cũ\n")
    git.commit()
    git.save(file(CLAIMANT), TEXT)


def rewritten_at_once(git: Repository) -> None:
    renumber(git, f"{REWRITTEN}superseded_codes: ['{CODE}']\n")
    git.save(file(CLAIMANT), TEXT)


def renamed_folder_too(git: Repository) -> None:
    renumber(git)
    rename_folder(git)
    git.save(file(CLAIMANT), TEXT)
    git.move("agencies/so-yte", f"agencies/{OWNER}")
    git.commit()


@pytest.mark.parametrize(
    "change",
    [
        renumbered_then_claimed,
        claimed_then_renumbered,
        in_one_merge,
        at_once,
        at_once_and_committed,
        rewritten,
        rewritten_at_once,
        renamed_folder_too,
    ],
)
def test_former_code_is_held_like_a_current_one(
    change: Callable[[Repository], None], province: SmallProvince, git: Repository
) -> None:
    change(git)
    settled = claims(province)
    assert settled.owners == {CODE: OWNER}
    [problem] = settled.doubled[CLAIMANT].values()
    assert problem.path == f"content/{file(CLAIMANT)}"
    assert file(OWNER, NEW) in problem.message.render()


LISTED = f"{TEXT}superseded_codes: ['1.000009']\n"


@pytest.mark.parametrize("first", [OWNER, CLAIMANT])
def test_former_code_that_never_had_a_file_is_held_since_it_is_listed(
    first: str, province: SmallProvince, git: Repository
) -> None:
    steps = {OWNER: (file(OWNER), LISTED), CLAIMANT: (file(CLAIMANT, "1.000009"), TEXT)}
    git.save(*steps[first])
    git.save("province/pages/moi.md", "---\ntitle: Mới\n---\nMới.\n")
    git.save(*next(step for slug, step in steps.items() if slug != first))
    git.save(file(OWNER), LISTED + "summary: Sửa\n")
    assert owner(province, "1.000009") == first


def test_of_two_records_that_list_one_former_code_the_first_has_it(province: SmallProvince, git: Repository) -> None:
    git.save(file(OWNER), LISTED)
    git.save(file(CLAIMANT, "1.000005"), LISTED)
    assert owner(province, "1.000009") == OWNER


def test_who_lists_anothers_code_as_a_former_one_gets_nothing(province: SmallProvince, git: Repository) -> None:
    git.save(file(CLAIMANT, "1.000005"), f"superseded_codes: ['{CODE}']\n")
    settled = claims(province)
    assert (dict(settled.owners), dict(settled.doubled)) == ({CODE: OWNER}, {})


def test_listing_counts_no_more_than_a_file_where_nobody_knows_who_was_first(province: SmallProvince) -> None:
    province.write(file(OWNER), TEXT)
    province.write(file(CLAIMANT, "1.000005"), f"superseded_codes: ['{CODE}']\n")
    assert owner(province) == OWNER


def test_shallow_clone_says_that_it_does_not_know_and_decides_by_the_order(
    province: SmallProvince, git: Repository, tmp_path: Path
) -> None:
    git.save(file(CLAIMANT), TEXT)
    assert claims(province).problem_of_history("content") == ()
    git.git("clone", "--quiet", "--depth", "1", f"file://{git.root}", str(tmp_path / "clone"))

    settled = claims(province, tmp_path / "clone")

    [problem] = settled.problem_of_history("content")
    assert problem.path == "content"
    assert CODE in problem.message.render()
    assert problem.hint is not None
    assert "git fetch --unshallow" in problem.hint.render()
    assert settled.owners == {CODE: CLAIMANT}
    Repository(tmp_path / "clone").git("fetch", "--quiet", "--unshallow")
    whole = claims(province, tmp_path / "clone")
    assert (whole.owners, whole.unknown) == ({CODE: OWNER}, None)


def test_build_in_a_shallow_clone_tells_the_province_once(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = SmallProvince.of(tmp_path / "whole")
    git = Repository.in_(whole.content)
    git.commit()
    git.write("agencies/404/agency.yaml", "name: Khác\nkind: department\nsummary: S\n")
    written = (whole.content / "agencies/so-y-te/procedures/1.004616.yaml").read_text("utf-8")
    git.save("agencies/404/procedures/1.004616.yaml", written)
    shallow = SmallProvince(tmp_path)
    git.git("clone", "--quiet", "--depth", "1", f"file://{git.root}", str(shallow.content))

    for _ in range(2):
        told = [line for line in shallow.problems(shallow.build()) if "unshallow" in line]

        assert told == [
            "content: who had these codes first is not known, the order of protocol decides: 1.004616 "
            "(the content lies in a shallow clone, whose history is cut off; run git fetch --unshallow)"
        ]


def test_shallow_clone_in_which_nobody_asks_for_anothers_code_says_nothing(
    province: SmallProvince, git: Repository, tmp_path: Path
) -> None:
    git.git("clone", "--quiet", "--depth", "1", f"file://{git.root}", str(tmp_path / "clone"))
    assert claims(province, tmp_path / "clone").problem_of_history("content") == ()


def test_old_address_of_a_renumbered_procedure_leads_to_its_owners_and_the_claimant_is_told(
    province: SmallProvince,
) -> None:
    git = Repository.in_(province.content)
    git.commit()
    old, new = "agencies/so-y-te/procedures/1.004616.yaml", "agencies/so-y-te/procedures/1.009616.yaml"
    written = (province.content / old).read_text("utf-8")
    git.move(old, new)
    git.save(new, written.replace("1.004616", "1.009616") + "superseded_codes: ['1.004616']\n")
    province.write("agencies/404/agency.yaml", "name: Khác\nkind: department\nsummary: S\n")
    province.write("agencies/404/pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\nX\n")
    git.save("agencies/404/procedures/1.004616.yaml", written)

    report = province.build()

    assert [line.partition(": ")[2] for line in province.problems(report)] == [
        'code: "1.004616" is the former code of the procedure in content/agencies/so-y-te/procedures/1.009616.yaml '
        "(its address leads to that procedure of so-y-te; remove this file, or ask so-y-te to take the code out of "
        "superseded_codes)"
    ]
    assert {entry.outcome for entry in report.sites} <= {"built", "unchanged"}
    assert site(report, "404").problems != ()
    assert "url=/so-y-te/thu-tuc/1.009616/" in province.page("thu-tuc/1.004616/")
    assert not province.shows("404/thu-tuc/1.004616")
    assert province.shows("404/gioi-thieu")


@pytest.fixture
def memory(tmp_path: Path) -> ClaimsMemory:
    return ClaimsMemory(tmp_path / "memory", "1")


def steps_of_many_kinds(git: Repository) -> Iterator[None]:
    """Changes, each committed or not, of which several ask for codes of others."""
    git.save(file(CLAIMANT), TEXT)
    yield
    git.save(file("so-tu-phap", NEW), LISTED)
    yield
    delete(git, file(OWNER))
    yield
    git.commit()
    yield
    git.save(file("so-tu-phap"), EDITED)
    rename_folder(git)
    yield
    git.commit()
    git.save(file("so-yte"), REWRITTEN)
    yield
    git.git("checkout", "-q", "-b", "mot")
    git.move(file("so-yte"), file(OWNER))
    git.save(file("404", NEW), TEXT)
    yield
    git.git("checkout", "-q", "main")
    yield
    git.git("merge", "-q", "--no-ff", "-m", "nhập", "mot")
    yield
    git.git("reset", "-q", "--hard", "HEAD~2")
    yield
    renumbered = file("so-tu-phap", "1.000009")
    git.save(renumbered, TEXT)
    yield
    git.write(file("so-tu-phap", NEW), EDITED)
    git.git("add", "--all")
    git.git("commit", "-q", "--amend", "-m", "viết lại")
    yield


def test_what_is_remembered_and_what_is_new_decide_as_reading_anew(
    province: SmallProvince, git: Repository, memory: ClaimsMemory
) -> None:
    decided = []
    for _ in steps_of_many_kinds(git):
        decided.append(claims(province))
        assert claims(province, memory=memory) == decided[-1]
        assert claims(province, memory=memory) == decided[-1], "once more with all that is remembered"
    assert len({str(settled.owners) for settled in decided}) > 4


def test_second_build_reads_new_commits_only(province: SmallProvince, git: Repository, memory: ClaimsMemory) -> None:
    git.save(file(CLAIMANT), TEXT)
    claims(province, memory=memory)
    kept = memory.lineages.file
    kept.write_text(kept.read_text("utf-8").replace("[0.0,0.0]", "[9.0,0.0]"), "utf-8")
    assert claims(province, memory=memory).owners == {CODE: CLAIMANT}
    git.save(file("so-tu-phap"), TEXT)
    assert claims(province, memory=memory).owners == {CODE: CLAIMANT}
    assert claims(province, memory=ClaimsMemory(memory.folder, "2")).owners == {CODE: OWNER}, "of another engine"


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"version":2}', '{"files":{"a":1}}', '{"commit":"--all"}'])
def test_damaged_memory_is_found_out_anew(
    damage: str, province: SmallProvince, git: Repository, memory: ClaimsMemory
) -> None:
    renumbered_then_claimed(git)
    settled = claims(province, memory=memory)
    for kept in (memory.lineages.file, memory.former_codes):
        whole = kept.read_bytes()
        kept.write_text(damage, "utf-8")
        assert claims(province, memory=memory) == settled
        assert kept.read_bytes() == whole


def test_shallow_clone_remembers_nothing_of_what_it_does_not_know(
    province: SmallProvince, git: Repository, memory: ClaimsMemory, tmp_path: Path
) -> None:
    git.save(file(CLAIMANT), TEXT)
    clone = Repository(tmp_path / "clone")
    git.git("clone", "--quiet", "--depth", "1", f"file://{git.root}", str(clone.root))
    claims(province, clone.root, memory)
    clone.git("fetch", "--quiet", "--unshallow")
    assert claims(province, clone.root, memory).owners == {CODE: OWNER}


def test_repository_without_a_commit_tells_nothing_and_is_no_problem(province: SmallProvince) -> None:
    Repository.in_(province.content)
    province.write(file(OWNER), TEXT)
    province.write(file(CLAIMANT), TEXT)
    settled = claims(province)
    assert (settled.owners, settled.unknown) == ({CODE: CLAIMANT}, None)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("superseded_codes: ['1.004616', 1.000002]\nname: '1.000003'\n", {"1.004616", "1.000002"}),
        ("superseded_codes:\n- '1.004616' # 1.000003\n\n  - \"1.000002\"\nname: x\n", {"1.004616", "1.000002"}),
        ("superseded_codes: [\n '1.004616',\n# 1.000003\n '1.000002'\n]\nx: 1.000003\n", {"1.004616", "1.000002"}),
        ("name: x\r\nsuperseded_codes: # cũ\r\n  - '1.004616'\r\n", {"1.004616"}),
        ("superseded_codes: ['1.004616.000.00.00.H30', '11.0046161']\n", set()),
        ("papers:\n  superseded_codes: ['1.004616']\n", set()),
        ("superseded_codes:", set()),
        ("related: ['1.004616']\n", set()),
    ],
)
def test_former_codes_are_read_from_any_text(written: str, codes: set[str]) -> None:
    assert KINDS.former_codes(written.encode()) == codes
