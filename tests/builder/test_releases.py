"""Putting the sites together, and letting the whole appear at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.builder.releases import CollisionError, assemble, release_id, show, sweep
from plugins.portal.problems import SettingsError

LINKED = "portal"
CATALOGUE = "catalogue"
OVER_ALL = (CATALOGUE, LINKED)


def pages(folder: Path, *files: str) -> Path:
    """A site's pages; each says whose it is."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{folder.name}: {file}", encoding="utf-8")
    folder.mkdir(exist_ok=True)
    return folder


def held(release: Path) -> dict[str, str]:
    found = (path for path in release.rglob("*") if path.is_file())
    return {path.relative_to(release).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    return {
        LINKED: pages(tmp_path / "sites" / LINKED, "index.html"),
        CATALOGUE: pages(tmp_path / "sites" / CATALOGUE, "thu-tuc/1.000001/index.html"),
        "so-y-te": pages(tmp_path / "sites" / "so-y-te", "so-y-te/index.html", "so-y-te/media/a.pdf"),
        "so-tu-phap": pages(tmp_path / "sites" / "so-tu-phap", "so-tu-phap/index.html"),
    }


VERSIONS = {LINKED: "1", CATALOGUE: "1", "so-y-te": "2", "so-tu-phap": "3"}


def test_release_holds_every_file_of_every_site(tmp_path: Path, folders: dict[str, Path]) -> None:
    release = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    assert held(release) == {
        "index.html": "portal: index.html",
        "thu-tuc/1.000001/index.html": "catalogue: thu-tuc/1.000001/index.html",
        "so-y-te/index.html": "so-y-te: so-y-te/index.html",
        "so-y-te/media/a.pdf": "so-y-te: so-y-te/media/a.pdf",
        "so-tu-phap/index.html": "so-tu-phap: so-tu-phap/index.html",
    }
    assert [path.name for path in (tmp_path / "releases").iterdir() if path.is_dir()] == [release_id(VERSIONS)]


def test_files_are_shared_with_the_sites_and_take_no_room(tmp_path: Path, folders: dict[str, Path]) -> None:
    release = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    assert (release / "index.html").samefile(folders[LINKED] / "index.html")


def test_release_outlives_the_versions_that_it_was_made_of(tmp_path: Path, folders: dict[str, Path]) -> None:
    release = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    (folders["so-y-te"] / "so-y-te" / "index.html").unlink()
    assert (release / "so-y-te" / "index.html").read_text(encoding="utf-8") == "so-y-te: so-y-te/index.html"


def test_release_of_the_same_versions_is_made_once(tmp_path: Path, folders: dict[str, Path]) -> None:
    first = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    (first / "mark").touch()
    assert assemble(tmp_path / "releases", VERSIONS, {}, OVER_ALL) == first
    assert (first / "mark").exists()


def test_half_made_release_of_a_killed_build_is_made_anew(tmp_path: Path, folders: dict[str, Path]) -> None:
    half = tmp_path / "releases" / f"{release_id(VERSIONS)}.new"
    pages(half, "half.html")
    release = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    assert "half.html" not in held(release)
    assert not half.exists()


def test_notice_in_an_agencys_place_gives_way_to_the_agency(tmp_path: Path, folders: dict[str, Path]) -> None:
    pages(folders[LINKED], "so-y-te/index.html", "so-y-te/notice.css", "so-noi-vu/index.html")
    found = held(assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL))
    assert found["so-y-te/index.html"] == "so-y-te: so-y-te/index.html"
    assert "so-y-te/notice.css" not in found
    assert found["so-noi-vu/index.html"] == "portal: so-noi-vu/index.html"


def test_two_sites_with_one_file_are_both_named_and_nothing_appears(tmp_path: Path, folders: dict[str, Path]) -> None:
    pages(folders["so-tu-phap"], "so-y-te/media/a.pdf")
    with pytest.raises(CollisionError, match=r"^two sites have the file so-y-te/media/a\.pdf") as caught:
        assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    assert "so-y-te" in str(caught.value).partition("a.pdf")[2]
    assert "so-tu-phap" in str(caught.value)
    assert not (tmp_path / "releases" / release_id(VERSIONS)).exists()


def test_file_where_another_site_has_a_folder_is_a_collision(tmp_path: Path, folders: dict[str, Path]) -> None:
    pages(folders["so-tu-phap"], "so-y-te")
    with pytest.raises(CollisionError):
        assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)


def test_links_in_a_sites_pages_are_not_followed(tmp_path: Path, folders: dict[str, Path]) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("bí mật", encoding="utf-8")
    (folders["so-y-te"] / "so-y-te" / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    release = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)

    # As a web server would look for it, through whatever links there are.
    assert (release / "so-y-te" / "index.html").is_file()
    assert not (release / "so-y-te" / "out" / "secret.txt").exists()
    assert not os.path.lexists(release / "so-y-te" / "out")


def test_catalogue_has_pages_at_an_agencys_address(tmp_path: Path, folders: dict[str, Path]) -> None:
    pages(folders[CATALOGUE], "so-y-te/thu-tuc/index.html")
    found = held(assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL))

    assert found["so-y-te/thu-tuc/index.html"] == "catalogue: so-y-te/thu-tuc/index.html"
    assert found["so-y-te/index.html"] == "so-y-te: so-y-te/index.html"


def test_page_of_an_old_catalogue_does_not_stay_with_an_agency(tmp_path: Path, folders: dict[str, Path]) -> None:
    pages(folders[CATALOGUE], "so-y-te/thu-tuc/index.html", "so-y-te/thu-tuc/trang/2/index.html")
    old = assemble(tmp_path / "releases", VERSIONS, folders, OVER_ALL)
    folders[CATALOGUE] = pages(tmp_path / "sites" / "catalogue-2", "so-y-te/thu-tuc/index.html")
    found = held(assemble(tmp_path / "releases", VERSIONS | {CATALOGUE: "2"}, folders, OVER_ALL, old))

    assert found["so-y-te/thu-tuc/index.html"] == "catalogue-2: so-y-te/thu-tuc/index.html"
    assert "so-y-te/thu-tuc/trang/2/index.html" not in found
    assert found == held(assemble(tmp_path / "others", VERSIONS | {CATALOGUE: "2"}, folders, OVER_ALL))


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


@pytest.mark.parametrize(
    ("shown", "kept", "left"),
    [
        ("r4", 2, {"r3", "r4"}),
        ("r1", 2, {"r1", "r4"}),
        ("r1", 1, {"r1"}),
        ("r1", 0, {"r1"}),
        ("r2", 9, {"r1", "r2", "r3", "r4"}),
        (None, 2, {"r3", "r4"}),
    ],
)
def test_oldest_releases_go_and_the_shown_one_never(
    shown: str | None, kept: int, left: set[str], tmp_path: Path
) -> None:
    releases, output = tmp_path / "releases", tmp_path / "output"
    aged(releases, ("r3", 300), ("r1", 100), ("r4", 400), ("r2", 200))
    if shown is not None:
        show(releases / shown, output)
    sweep(releases, output, kept)
    assert {path.name for path in releases.iterdir()} == left


def test_releases_of_one_moment_go_in_order_of_name(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    aged(releases, ("b", 100), ("a", 100), ("c", 100))
    sweep(releases, tmp_path / "output", 1)
    assert [path.name for path in releases.iterdir()] == ["c"]
