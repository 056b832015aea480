"""What a change does to pages is in the changelog: a small province built by the code before it and after it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import needed
from tests.filled import fill
from tests.provinces import ROOT, SmallProvince
from tests.repositories import git
from tools.sameness import build, checked_out, commit_before, differences, mentions_pages

CONF = "publishconf"


def built(code: Path, into: Path) -> Path:
    """A province with something on every page, as the public has it."""
    province = SmallProvince.of(into / "made")
    fill(province, into / "var/dossiers")
    return build(code, province.content, into, CONF)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("now"))


def test_pages_that_a_change_makes_otherwise_are_told_in_the_changelog(tmp_path: Path, now: Path) -> None:
    with checked_out(needed.history(commit_before())) as code:
        try:
            before = built(code, tmp_path)
        except subprocess.CalledProcessError:
            lock = "requirements.lock"
            assert (code / lock).read_bytes() != (ROOT / lock).read_bytes()  # it needs libraries that are not here
            return
        untold = [] if mentions_pages(code, ROOT) else differences(before, now, without_theme=True)

    assert untold == [], (
        "not as they were: if that is meant, CHANGELOG.md says to operators or editors what is otherwise"
    )


def test_page_that_another_template_makes_is_seen_and_another_script_is_not(tmp_path: Path, now: Path) -> None:
    code = tmp_path / "code"
    shutil.copytree(ROOT / "theme", code / "theme")
    for name in ("plugins", "docs", "tools", "pelicanconf.py", "publishconf.py"):
        (code / name).symlink_to(ROOT / name)
    with (code / "theme/static/filtering.js").open("a", encoding="utf-8") as script:
        script.write("// another\n")
    template = code / "theme/templates/unavailable.html"
    template.write_text(template.read_text("utf-8").replace("</h1>", "!</h1>"), "utf-8")

    changed = differences(now, built(code, tmp_path / "made"), without_theme=True)

    assert changed == ["so-hong/index.html: differs"]


@pytest.mark.parametrize(
    ("section", "mentioned"), [("operators", True), ("editors", True), ("developers", False), ("", False)]
)
def test_what_developers_are_told_does_not_stand_for_what_others_see(
    section: str, *, mentioned: bool, tmp_path: Path
) -> None:
    written = "".join(f"### For {readers}\n- A.\n\n" for readers in ("operators", "editors", "developers"))
    for name, text in (("before", written), ("after", written.replace(f"For {section}\n", f"For {section}\n- B.\n"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "CHANGELOG.md").write_text(text, "utf-8")

    assert mentions_pages(tmp_path / "before", tmp_path / "after") == mentioned


def test_change_is_compared_to_the_commit_before_it_committed_or_not(tmp_path: Path) -> None:
    assert commit_before(tmp_path) is None

    git(tmp_path, "-c", "init.defaultBranch=main", "init")
    for text in ("A.\n", "B.\n"):
        (tmp_path / "CHANGELOG.md").write_text(text, "utf-8")
        git(tmp_path, "add", "-A")
        expected = None if text == "A.\n" else "HEAD"
        assert commit_before(tmp_path) == expected
        git(tmp_path, "commit", "-m", text)

    assert commit_before(tmp_path) == "HEAD^"
