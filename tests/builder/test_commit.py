"""A build of a git commit: what people edit meanwhile is not in it, and nothing of theirs is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.portal.problems import ContentFolderError
from tests.provinces import ROOT, SmallProvince, files_below
from tests.repositories import Repository

NEWS = "agencies/so-y-te/news/2019/tiem-chung.md"
ARTICLE = "---\ntitle: Tiêm chủng {day}\ndate: 2019-09-22\nsummary: Trạm y tế mở cửa.\n---\nMời bà con đến.\n"
PAGE = "so-y-te/tin-tuc/2019/tiem-chung"


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    return SmallProvince.of(tmp_path)


@pytest.fixture
def repository(province: SmallProvince) -> Repository:
    """The content's, two commits of which have another article."""
    repository = Repository.in_(province.content)
    for day in ("thứ hai", "thứ ba"):
        repository.save(NEWS, ARTICLE.format(day=day))
    return repository


def lying_there(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with the time of its last change, but for what git remembers of trees besides."""
    paths = [path for path in files_below(folder) if "worktrees" not in path.parts]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def test_what_is_not_committed_is_neither_shown_nor_touched(province: SmallProvince, repository: Repository) -> None:
    province.write(NEWS, ARTICLE.format(day="chưa gửi"))
    province.write("agencies/so-y-te/news/2019/dang-viet.md", "---\ntitle: [\n")
    before = lying_there(province.content)

    report = province.build(PORTAL_COMMIT="HEAD")

    assert (report.problems, report.commit) == ((), repository.git("rev-parse", "HEAD").strip())
    assert "Tiêm chủng thứ ba" in province.page(PAGE)
    assert lying_there(province.content) == before


def test_any_commit_gives_what_its_own_files_give(
    province: SmallProvince, repository: Repository, tmp_path: Path
) -> None:
    clone = SmallProvince(tmp_path / "clone")
    repository.git("clone", "--quiet", str(province.content), str(clone.content))
    for commit in ("HEAD", "HEAD~1", "HEAD"):
        Repository(clone.content).git("checkout", "--quiet", repository.git("rev-parse", commit).strip())
        clone.build(PORTAL_PREVIEW=False)

        province.build(PORTAL_COMMIT=commit, PORTAL_PREVIEW=False)

        assert province.files() == clone.files()


def test_history_ends_with_the_commit(province: SmallProvince, repository: Repository) -> None:
    record = "agencies/so-y-te/procedures/1.004616.yaml"
    written = (province.content / record).read_text(encoding="utf-8")
    for price in (1_111, 2_222):
        repository.save(record, written.replace("name: ", f"name: Mức {price} ", 1))

    earlier = []
    for commit in ("HEAD", "HEAD~1"):
        province.build(PORTAL_COMMIT=commit)
        earlier.append(len([page for page in province.pages() if page.startswith("so-y-te/thu-tuc/1.004616/ban-cu/")]))

    assert earlier == [2, 1]


def test_theme_is_that_of_the_commit_where_it_lies_beside_the_content(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path / "project")
    theme = province.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    Repository.in_(province.folder).commit()
    style = theme / "styles" / "base.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n.not-committed { color: red }\n", encoding="utf-8")

    shown = []
    for commit in ("HEAD", ""):
        province.build(THEME=str(theme), PORTAL_COMMIT=commit)
        shown.append(any(b"not-committed" in content for content in province.files().values()))

    assert shown == [False, True]


@pytest.mark.parametrize("damage", ["file", "edit", "stranger", "link", "index", "folder", "note"])
def test_damaged_tree_is_made_anew(province: SmallProvince, repository: Repository, damage: str) -> None:
    province.build(PORTAL_COMMIT="HEAD~1")
    tree = province.build_folder / "commit"
    match damage:
        case "file":
            (tree / NEWS).unlink()
        case "edit":
            (tree / NEWS).write_text(ARTICLE.format(day="của ai"), encoding="utf-8")
        case "stranger":
            (tree / "agencies/so-y-te/news/2019/la.md").write_text(ARTICLE.format(day="lạ"), encoding="utf-8")
        case "link":
            (tree / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
        case "index":
            next((province.content / ".git" / "worktrees").glob("*/index")).write_bytes(b"DIRC")
        case "folder":
            shutil.rmtree(tree)
        case "note":
            shutil.rmtree(province.content / ".git" / "worktrees")

    for commit, day in (("HEAD~1", "thứ hai"), ("HEAD", "thứ ba")):
        report = province.build(PORTAL_COMMIT=commit)
        assert report.problems == ()
        assert f"Tiêm chủng {day}" in province.page(PAGE)
        assert not province.shows("so-y-te/tin-tuc/2019/la")


@pytest.mark.parametrize(
    ("commit", "reason"),
    [
        ("khong-co", "the content's repository has no such commit"),
        ("--output=/tmp/x", "the content's repository has no such commit"),
        ("HEAD:province", "the content's repository has no such commit"),
        ("HEAD~50", "the content's repository has no such commit"),
        ("a\nb", "the content's repository has no such commit"),
    ],
)
def test_commit_that_is_none_is_told(province: SmallProvince, repository: Repository, commit: str, reason: str) -> None:
    with pytest.raises(ContentFolderError, match=reason):
        province.build(PORTAL_COMMIT=commit)
    assert not province.output.exists()


def test_content_that_is_in_no_repository_is_told(province: SmallProvince) -> None:
    with pytest.raises(ContentFolderError, match="commit HEAD cannot be built: the content lies in no git repository"):
        province.build(PORTAL_COMMIT="HEAD")


def test_commit_without_the_content_is_told(tmp_path: Path) -> None:
    repository = Repository.in_(tmp_path / "project")
    repository.save("README.md", "Chưa có gì.\n")
    province = SmallProvince.of(tmp_path / "project")
    with pytest.raises(ContentFolderError, match="no folder province/ in it"):
        province.build(PORTAL_COMMIT="HEAD")


def test_scripts_of_the_repository_are_not_started(province: SmallProvince, repository: Repository) -> None:
    started = province.folder / "started"
    hook = province.content / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{started}'\n", encoding="utf-8")
    hook.chmod(0o755)

    province.build(PORTAL_COMMIT="HEAD")

    assert (started.exists(), repository.git("status", "--porcelain")) == (False, "")
