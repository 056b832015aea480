"""Putting the sites together, and letting the whole appear at once."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.files import replace_durably
from plugins.portal.problems import SettingsError
from plugins.releases.composing import CollisionError, assemble, take_pages
from plugins.releases.layout import foreign_entries, release_id
from plugins.releases.pruning import empty_trash, spare_release, sweep, trash_of
from plugins.releases.showing import show

LINKED = "portal"
CATALOGUE = "catalogue"
OVER_ALL = (CATALOGUE, LINKED)


def pages(folder: Path, *files: str) -> Path:
    """A site's pages; each says whose it is."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{folder.parent.name}: {file}", encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def held(release: Path) -> dict[str, str]:
    """What a web server finds in it, through whatever links there are."""
    files = (Path(folder, name) for folder, _, names in os.walk(release, followlinks=True) for name in names)
    return {path.relative_to(release).as_posix(): path.read_text(encoding="utf-8") for path in files}


VERSIONS = {LINKED: "1", CATALOGUE: "1", "so-y-te": "2", "so-tu-phap": "3"}


def version(releases: Path, name: str) -> Path:
    """The pages of a site as the releases have them."""
    return releases / "versions" / name / VERSIONS[name]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """Releases to be, with the versions of `VERSIONS`."""
    folder = tmp_path / "releases"
    pages(version(folder, LINKED), "index.html", "live/figures.json")
    pages(version(folder, CATALOGUE), "thu-tuc/1.000001/index.html")
    pages(version(folder, "so-y-te"), "so-y-te/index.html", "so-y-te/media/a.pdf")
    pages(version(folder, "so-tu-phap"), "so-tu-phap/index.html")
    return folder


def test_release_holds_every_file_of_every_site(releases: Path) -> None:
    release = assemble(releases, VERSIONS, OVER_ALL)
    assert held(release) == {
        "index.html": "portal: index.html",
        "live/figures.json": "portal: live/figures.json",
        "thu-tuc/1.000001/index.html": "catalogue: thu-tuc/1.000001/index.html",
        "so-y-te/index.html": "so-y-te: so-y-te/index.html",
        "so-y-te/media/a.pdf": "so-y-te: so-y-te/media/a.pdf",
        "so-tu-phap/index.html": "so-tu-phap: so-tu-phap/index.html",
    }
    assert release.name == release_id(VERSIONS)


def test_folder_that_one_site_has_is_one_link_and_one_where_two_meet_is_a_folder_of_links(releases: Path) -> None:
    pages(version(releases, CATALOGUE), "so-y-te/thu-tuc/index.html")
    release = assemble(releases, VERSIONS, OVER_ALL)
    assert str((release / "so-tu-phap").readlink()) == "../versions/so-tu-phap/3/so-tu-phap"
    together = (release / "so-y-te").resolve()
    assert together.parent.parent == releases / "versions/_together"
    assert str((together / "thu-tuc").readlink()) == "../of/catalogue/thu-tuc"
    assert str((together / "media").readlink()) == "../of/so-y-te/media"
    assert str((together.parent / "of/catalogue").readlink()) == "../../../../versions/catalogue/1/so-y-te"


def test_what_meets_in_the_same_way_is_put_together_once_and_goes_with_the_last_release(
    releases: Path, tmp_path: Path
) -> None:
    pages(version(releases, CATALOGUE), "so-y-te/thu-tuc/index.html")
    first = assemble(releases, VERSIONS, OVER_ALL)
    os.utime(first, (100, 100))
    pages(releases / "versions/so-tu-phap/4", "so-tu-phap/index.html")
    second = assemble(releases, VERSIONS | {"so-tu-phap": "4"}, OVER_ALL)
    assert (first / "so-y-te").readlink() == (second / "so-y-te").readlink()
    pages(releases / "versions/so-y-te/3", "so-y-te/index.html")
    third = assemble(releases, VERSIONS | {"so-y-te": "3"}, OVER_ALL)
    show(third, tmp_path / "output")
    sweep(releases, tmp_path / "output", 1)
    assert [path.name for path in (releases / "versions/_together").iterdir()] == [
        (third / "so-y-te").resolve().parent.name
    ]
    assert "so-y-te/thu-tuc/index.html" in held(third)


def test_releases_and_what_they_lead_to_can_be_moved_together(releases: Path, tmp_path: Path) -> None:
    release = assemble(releases, VERSIONS, OVER_ALL)
    before = held(release)
    releases.rename(tmp_path / "elsewhere")
    assert held(tmp_path / "elsewhere" / release.name) == before


def test_what_is_written_into_a_shown_release_changes_no_version(releases: Path) -> None:
    release = assemble(releases, VERSIONS, OVER_ALL)
    replace_durably(release / "live/figures.json", b"newer", 0o644)
    assert (version(releases, LINKED) / "live/figures.json").read_text(encoding="utf-8") == "portal: live/figures.json"
    assert held(release)["live/figures.json"] == "newer"


@pytest.mark.parametrize("elsewhere", [False, True])
def test_pages_that_are_taken_are_where_the_build_looks_for_them(
    elsewhere: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if elsewhere:  # as between two file systems

        def refused(source: Path, target: Path) -> None:
            if not source.name.endswith(".new"):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            os.replace(source, target)  # noqa: PTH105

        monkeypatch.setattr(Path, "rename", refused)
    made = pages(tmp_path / "store" / "abc" / "www", "so-y-te/index.html")
    content = held(made)
    for _ in range(2):
        taken = take_pages(tmp_path / "releases", "so-y-te", "abc", made)
        assert taken == tmp_path / "releases/versions/so-y-te/abc"
        assert held(taken) == held(made) == content
        assert made.resolve() == taken


def test_a_disk_that_is_full_is_told_by_its_number_and_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    made = pages(tmp_path / "store" / "abc" / "www", "so-y-te/index.html")
    taken = take_pages(tmp_path / "releases", "so-y-te", "abc", made)  # what a build finds taken already is copied
    shutil.rmtree(taken.parent)
    taken.parent.mkdir()
    made.unlink()
    made.symlink_to(pages(tmp_path / "elsewhere", "so-y-te/index.html"))
    monkeypatch.setattr("plugins.releases.composing.link_or_copy", refused)

    with pytest.raises(OSError, match="No space left") as told:
        take_pages(tmp_path / "releases", "so-y-te", "abc", made)

    assert told.value.errno == errno.ENOSPC
    assert str(told.value.filename).startswith(str(tmp_path / "releases"))
    assert not taken.exists()


def test_pages_are_where_the_build_looks_also_when_all_is_moved(tmp_path: Path) -> None:
    made = pages(tmp_path / "project/build/abc/www", "so-y-te/index.html")
    take_pages(tmp_path / "project/public.releases", "so-y-te", "abc", made)
    (tmp_path / "project").rename(tmp_path / "moved")
    assert held(tmp_path / "moved/build/abc/www") == {"so-y-te/index.html": "abc: so-y-te/index.html"}


def test_pages_of_another_portals_releases_are_copied(tmp_path: Path) -> None:
    made = pages(tmp_path / "store" / "abc" / "www", "so-y-te/index.html")
    first = take_pages(tmp_path / "one", "so-y-te", "abc", made)
    second = take_pages(tmp_path / "two", "so-y-te", "abc", made)
    shutil.rmtree(first)
    assert held(second) == {"so-y-te/index.html": "abc: so-y-te/index.html"}


def test_copy_that_a_kill_left_unfinished_is_made_anew(tmp_path: Path) -> None:
    made = pages(tmp_path / "store" / "abc" / "www", "so-y-te/index.html")
    take_pages(tmp_path / "one", "so-y-te", "abc", made)
    pages(tmp_path / "two/versions/so-y-te/abc.new", "half.html")
    assert "half.html" not in held(take_pages(tmp_path / "two", "so-y-te", "abc", made))


def test_release_of_the_same_versions_is_made_once(releases: Path) -> None:
    first = assemble(releases, VERSIONS, OVER_ALL)
    (first / "mark").touch()
    assert assemble(releases, VERSIONS, OVER_ALL) == first
    assert (first / "mark").exists()


def test_half_made_release_of_a_killed_build_is_made_anew(releases: Path) -> None:
    half = releases / f"{release_id(VERSIONS)}.new"
    pages(half, "half.html")
    release = assemble(releases, VERSIONS, OVER_ALL)
    assert "half.html" not in held(release)
    assert not half.exists()


def test_notice_in_an_agencys_place_gives_way_to_the_agency(releases: Path) -> None:
    pages(version(releases, LINKED), "so-y-te/index.html", "so-y-te/notice.css", "so-noi-vu/index.html")
    files = held(assemble(releases, VERSIONS, OVER_ALL))
    assert files["so-y-te/index.html"] == "so-y-te: so-y-te/index.html"
    assert "so-y-te/notice.css" not in files
    assert files["so-noi-vu/index.html"] == "portal: so-noi-vu/index.html"


def test_two_sites_with_one_file_are_both_named_and_nothing_appears(releases: Path) -> None:
    pages(version(releases, "so-tu-phap"), "so-y-te/media/a.pdf")
    with pytest.raises(CollisionError, match=r"^two sites have the file so-y-te/media/a\.pdf") as caught:
        assemble(releases, VERSIONS, OVER_ALL)
    assert "so-y-te" in str(caught.value).partition("a.pdf")[2]
    assert "so-tu-phap" in str(caught.value)
    assert not (releases / release_id(VERSIONS)).exists()


def test_file_where_another_site_has_a_folder_is_a_collision(releases: Path) -> None:
    pages(version(releases, "so-tu-phap"), "so-y-te")
    with pytest.raises(CollisionError):
        assemble(releases, VERSIONS, OVER_ALL)


def test_links_in_a_sites_pages_are_not_followed(releases: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("bí mật", encoding="utf-8")
    (version(releases, "so-y-te") / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    release = assemble(releases, VERSIONS, OVER_ALL)

    assert (release / "so-y-te" / "index.html").is_file()
    assert not os.path.lexists(release / "out")


def test_catalogue_has_pages_at_an_agencys_address(releases: Path) -> None:
    pages(version(releases, CATALOGUE), "so-y-te/thu-tuc/index.html")
    files = held(assemble(releases, VERSIONS, OVER_ALL))

    assert files["so-y-te/thu-tuc/index.html"] == "catalogue: so-y-te/thu-tuc/index.html"
    assert files["so-y-te/index.html"] == "so-y-te: so-y-te/index.html"


def test_page_of_an_old_catalogue_does_not_stay_with_an_agency(releases: Path) -> None:
    pages(version(releases, CATALOGUE), "so-y-te/thu-tuc/index.html", "so-y-te/thu-tuc/trang/2/index.html")
    old = assemble(releases, VERSIONS, OVER_ALL)
    pages(releases / "versions" / CATALOGUE / "2", "so-y-te/thu-tuc/index.html", "moi.html")
    later = VERSIONS | {CATALOGUE: "2"}
    used_again = assemble(releases, later, OVER_ALL, old)
    files = held(used_again)

    assert not old.exists()
    assert files["so-y-te/thu-tuc/index.html"] == "catalogue: so-y-te/thu-tuc/index.html"
    assert "so-y-te/thu-tuc/trang/2/index.html" not in files
    shutil.rmtree(used_again)
    assert files == held(assemble(releases, later, OVER_ALL))


def test_release_of_one_edit_touches_what_it_changes_however_many_sites_there_are(releases: Path) -> None:
    many = VERSIONS | {f"so-{number}": "1" for number in range(100)}
    for name in many.keys() - VERSIONS.keys():
        pages(releases / "versions" / name / "1", f"{name}/index.html")
    old = assemble(releases, many, OVER_ALL)
    before = {path.name: path.lstat().st_ino for path in old.iterdir()}
    pages(releases / "versions" / "so-7" / "2", "so-7/index.html")
    new = assemble(releases, many | {"so-7": "2"}, OVER_ALL, old)
    after = {path.name: path.lstat().st_ino for path in new.iterdir()}

    assert {name for name in after if before.get(name) != after[name]} <= {"so-7", "live"}
    assert str((new / "so-7").readlink()) == "../versions/so-7/2/so-7"


def news(releases: Path, digest: str, *files: str) -> dict[str, str]:
    """Versions in which the province's news meets a list of all news, which has these files."""
    pages(releases / "versions/province/1", *(f"tin-tuc/2019/tin-{number}/index.html" for number in range(50)))
    pages(releases / "versions" / LINKED / digest, "index.html", *files)
    return {LINKED: digest, "province": "1"}


def nodes(folder: Path) -> dict[str, int]:
    """By name the number under which the file system has what lies in a folder."""
    return {path.name: path.lstat().st_ino for path in folder.iterdir()}


def test_folder_where_two_meet_is_made_of_the_one_before_and_only_what_changed_is_new(releases: Path) -> None:
    old = assemble(releases, news(releases, "1", "tin-tuc/2019/index.html"), (LINKED,))
    before = nodes(old / "tin-tuc/2019")
    new = assemble(releases, news(releases, "2", "tin-tuc/2019/index.html"), (LINKED,), old)

    together = (new / "tin-tuc").resolve().parent
    assert nodes(new / "tin-tuc/2019") == before
    assert {path.name for path in (together / "of").iterdir()} == {LINKED, "province"}
    assert (new / "tin-tuc/2019/index.html").resolve().is_relative_to(releases / "versions" / LINKED / "2")
    assert list((releases / "versions/_together").iterdir()) == [together]


def test_folder_where_two_meet_leads_to_none_that_met_there_before(releases: Path) -> None:
    first = news(releases, "1", "tin-tuc/2019/index.html") | {CATALOGUE: "1"}
    pages(version(releases, CATALOGUE), "tin-tuc/a/index.html")
    old = assemble(releases, first, (CATALOGUE, LINKED))
    pages(releases / "versions" / CATALOGUE / "2", "index.css")
    new = assemble(releases, first | {CATALOGUE: "2"}, (CATALOGUE, LINKED), old)

    assert {path.name for path in ((new / "tin-tuc").resolve().parent / "of").iterdir()} == {LINKED, "province"}
    assert "tin-tuc/a/index.html" not in held(new)


def test_folder_where_two_meet_stays_where_another_release_has_it(releases: Path) -> None:
    first = news(releases, "1", "tin-tuc/2019/index.html", "a.html")
    old = assemble(releases, first, (LINKED,))
    pages(releases / "versions/so-y-te/2", "so-y-te/index.html")
    other = assemble(releases, first | {"so-y-te": "2"}, (LINKED,))
    shown = held(other)
    assemble(releases, news(releases, "2", "tin-tuc/2020/index.html"), (LINKED,), old)

    assert held(other) == shown


def test_folder_where_two_meet_stays_where_nobody_knows_what_another_release_has(releases: Path) -> None:
    first = news(releases, "1", "tin-tuc/2019/index.html")
    old = assemble(releases, first, (LINKED,))
    other = assemble(releases, first | {"so-y-te": "2"}, (LINKED,))
    shown = held(other)
    other.with_name(f"{other.name}.json").write_text("{", encoding="utf-8")
    assemble(releases, news(releases, "2", "tin-tuc/2020/index.html"), (LINKED,), old)

    assert held(other) == shown


trees = st.sets(st.sampled_from(["a", "b/a", "b/b", "b/c/a", "c/a", "c/b/a", "c/b/b", "d/d/d/d"]))
"""What the list of all news may have below its folder."""


@given(trees, trees)
def test_release_made_of_another_has_what_one_that_is_made_anew_has(
    tmp_path_factory: pytest.TempPathFactory, first: set[str], second: set[str]
) -> None:
    """Links become folders and folders become links, wherever two begin or cease to meet."""
    releases = tmp_path_factory.mktemp("releases")

    def versions(digest: str, names: set[str]) -> dict[str, str]:
        return news(releases, digest, *(f"tin-tuc/{name}/x.html" for name in names)) | {"so-y-te": "2"}

    pages(releases / "versions/so-y-te/2", *(f"tin-tuc/{name}/y.html" for name in ("b", "c/b")))
    old = assemble(releases, versions("1", first), (LINKED,))
    reused = held(new := assemble(releases, versions("2", second), (LINKED,), old))
    shutil.rmtree(new)
    shutil.rmtree(releases / "versions/_together")

    assert reused == held(assemble(releases, versions("2", second), (LINKED,)))


def test_versions_go_with_the_last_release_that_leads_to_them(releases: Path, tmp_path: Path) -> None:
    first = assemble(releases, VERSIONS, OVER_ALL)
    os.utime(first, (100, 100))
    pages(releases / "versions" / "so-y-te" / "9", "so-y-te/index.html")
    second = assemble(releases, VERSIONS | {"so-y-te": "9"}, OVER_ALL)
    show(second, tmp_path / "output")

    sweep(releases, tmp_path / "output", 2)
    assert version(releases, "so-y-te").is_dir()
    sweep(releases, tmp_path / "output", 1)
    assert not version(releases, "so-y-te").exists()
    assert set(held(second)) == set(held(tmp_path / "output"))
    assert (releases / "versions" / "so-y-te" / "9").is_dir()
    assert version(releases, "so-tu-phap").is_dir()


def test_versions_that_went_are_removed_by_the_next_build(releases: Path, tmp_path: Path) -> None:
    for digest in ("8", "9"):
        pages(releases / "versions" / "so-y-te" / digest, "so-y-te/index.html")
        show(assemble(releases, VERSIONS | {"so-y-te": digest}, OVER_ALL), tmp_path / "output")
        sweep(releases, tmp_path / "output", 1)
        pages(version(releases, "so-y-te"), "so-y-te/index.html")  # as an edit that was taken back
    show(assemble(releases, VERSIONS, OVER_ALL), tmp_path / "output")
    sweep(releases, tmp_path / "output", 1)
    shown = held(tmp_path / "output")
    assert len(list((releases / "trash").iterdir())) >= 2
    assert trash_of(releases)

    assert empty_trash(releases) == ()

    assert trash_of(releases) == []
    assert held(tmp_path / "output") == shown


def test_what_cannot_be_removed_is_told_and_keeps_nothing_else_there(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trash = releases / "trash"
    for name in ("0", "1", "2"):
        (trash / name).mkdir(parents=True)
    (trash / "3").write_text("x")
    (trash / "4").symlink_to(releases)
    remove = shutil.rmtree

    def refuse(path: Path) -> None:
        if path.name == "1":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "in it")
        remove(path)

    monkeypatch.setattr(shutil, "rmtree", refuse)

    [told] = empty_trash(releases)

    assert [path.name for path in trash.iterdir()] == ["1"]
    assert told.render().startswith(f"{trash}/1: is not needed any more and cannot be removed: Permission denied;")


def test_no_version_goes_while_nobody_knows_where_a_release_leads(releases: Path, tmp_path: Path) -> None:
    release = assemble(releases, VERSIONS, OVER_ALL)
    release.with_name(f"{release.name}.json").write_text("{", encoding="utf-8")
    sweep(releases, tmp_path / "output", 1)
    assert "so-y-te/index.html" in held(release)


versions = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4)


@given(versions, versions)
def test_releases_have_one_name_only_where_they_have_the_same_versions(
    one: dict[str, str], other: dict[str, str]
) -> None:
    assert (release_id(one) == release_id(other)) == (one == other)


def test_versions_that_run_together_when_joined_are_told_apart() -> None:
    assert (
        len({release_id(each) for each in ({"ab": "c"}, {"a": "bc"}, {"abc": ""}, {"": "abc"}, {"a": "b", "c": ""})})
        == 5
    )


def test_name_of_a_release_does_not_depend_on_the_order() -> None:
    assert release_id(dict(reversed(VERSIONS.items()))) == release_id(VERSIONS)


def test_output_is_a_link_that_can_be_moved_with_its_folder(tmp_path: Path) -> None:
    release = pages(tmp_path / "a" / "releases" / "r1", "index.html")
    output = tmp_path / "a" / "www" / "output"
    show(release, output)
    assert str(output.readlink()) == "../releases/r1"
    (tmp_path / "a").rename(tmp_path / "b")
    assert (tmp_path / "b" / "www" / "output" / "index.html").is_file()


def test_another_release_takes_the_place_in_one_step(tmp_path: Path) -> None:
    first, second = (pages(tmp_path / "releases" / name, "index.html") for name in ("r1", "r2"))
    output = tmp_path / "output"
    show(first, output)
    show(second, output)
    assert output.resolve() == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "releases"]


def test_showing_the_same_release_again_leaves_the_link_alone(tmp_path: Path) -> None:
    release = pages(tmp_path / "releases" / "r1", "index.html")
    show(release, tmp_path / "output")
    before = (tmp_path / "output").lstat().st_ino
    show(release, tmp_path / "output")
    assert (tmp_path / "output").lstat().st_ino == before


def test_left_over_of_a_killed_build_does_not_stop_the_next(tmp_path: Path) -> None:
    release = pages(tmp_path / "releases" / "r1", "index.html")
    (tmp_path / ".output.new").symlink_to("nowhere")
    show(release, tmp_path / "output")
    assert (tmp_path / "output").resolve() == release
    assert not (tmp_path / ".output.new").is_symlink()


def test_dangling_link_and_empty_folder_give_way(tmp_path: Path) -> None:
    release = pages(tmp_path / "releases" / "r1", "index.html")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "empty").mkdir()
    for output in (tmp_path / "dangling", tmp_path / "empty"):
        show(release, output)
        assert output.resolve() == release


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_not_ours_is_left_alone(kind: str, tmp_path: Path) -> None:
    release = pages(tmp_path / "releases" / "r1", "index.html")
    output = tmp_path / "output"
    mine = output / "mine.txt" if kind == "folder" else output
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("của tôi", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"output: exists and is not a link to a release; remove it or set OUTPUT_PATH$"
    ):
        show(release, output)
    assert mine.read_text(encoding="utf-8") == "của tôi"


def test_output_in_a_linked_folder_leads_to_the_release(tmp_path: Path) -> None:
    release = pages(tmp_path / "here" / "releases" / "r1", "index.html")
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "near").symlink_to("far/away", target_is_directory=True)
    show(release, tmp_path / "near" / "output")
    assert (tmp_path / "near" / "output" / "index.html").is_file()


def aged(releases: Path, *ages: tuple[str, int]) -> None:
    for name, age in ages:
        os.utime(pages(releases / name, "index.html"), (age, age))


def called(letters: str) -> set[str]:
    return {letter * 32 for letter in letters}


@pytest.mark.parametrize(
    ("shown", "kept", "left"),
    [("d", 2, "cd"), ("a", 2, "ad"), ("a", 1, "ad"), ("a", 0, "ad"), ("b", 9, "abcd"), (None, 2, "cd")],
)
def test_oldest_releases_go_and_neither_the_shown_nor_the_newest_ever(
    shown: str | None, kept: int, left: str, tmp_path: Path
) -> None:
    releases, output = tmp_path / "output.releases", tmp_path / "output"
    aged(releases, ("c" * 32, 300), ("a" * 32, 100), ("d" * 32, 400), ("b" * 32, 200))
    if shown is not None:
        show(releases / (shown * 32), output)
    sweep(releases, output, kept)
    assert {path.name for path in releases.iterdir()} == called(left)


def test_releases_of_one_moment_go_in_order_of_name(tmp_path: Path) -> None:
    releases = tmp_path / "output.releases"
    aged(releases, ("b" * 32, 100), ("a" * 32, 100), ("c" * 32, 100))
    sweep(releases, tmp_path / "output", 1)
    assert {path.name for path in releases.iterdir()} == called("c")


def test_what_is_not_ours_among_releases_is_neither_used_nor_removed(tmp_path: Path) -> None:
    releases, output = tmp_path / "output.releases", tmp_path / "output"
    aged(releases, ("a" * 32, 100), ("b" * 32, 200), ("backup", 50))
    (releases / "note.txt").write_text("của tôi", encoding="utf-8")
    sweep(releases, output, 1)
    assert {path.name for path in releases.iterdir()} == {*called("b"), "backup", "note.txt"}
    assert spare_release(releases, output, 1) == releases / ("b" * 32)
    assert foreign_entries(releases) == ["backup", "note.txt"]
