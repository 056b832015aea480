"""Content and theme as a git commit has them: whatever people edit meanwhile, no checkout of theirs is touched.

    build/<content>/commit/...      the files of the commit, a working tree of git's beside the one that people have

Git brings it from one commit to the next by writing the files that differ, so that the snapshot of a build opens only
those. Its `HEAD` is the commit, so that the history of the content ends there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from plugins.builder.git_session import GitError, Session, session
from plugins.portal.problems import ContentFolderError, text

TIME_LIMIT = 300.0
"""In seconds, for writing all files of a commit; a province's take a few."""
_QUIETLY = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")
"""A checkout of the build's own starts nobody's scripts."""


@dataclass(frozen=True)
class CommitTree:
    """The files of one commit."""

    commit: str
    """Its full name."""
    repository: Path
    """Where people have their checkout."""
    folder: Path
    """Where the commit's files are."""

    def of(self, path: Path) -> Path:
        """Where the commit has what lies there in people's checkout; what lies outside of it is the same for both."""
        absolute = path.resolve()
        inside = absolute.is_relative_to(self.repository)
        return self.folder / absolute.relative_to(self.repository) if inside else path

    def settings(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The settings with the commit's folders; the content's own stays, by which builds remember."""
        overrides = [str(self.of(Path(folder))) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]
        return {**settings, "THEME": str(self.of(Path(settings["THEME"]))), "THEME_TEMPLATES_OVERRIDES": overrides}


def check_out(content: Path, name: str, folder: Path) -> CommitTree:
    """Bring `folder` to the commit that is called `name` in the repository of the content folder.

    Raises `ContentFolderError` where there is no such commit, or git cannot write its files.
    """
    try:
        with session(content, TIME_LIMIT) as git:
            repository = git.top()
            commit = _full_name(git, name)
            _bring(git, folder.absolute(), commit)
    except GitError as error:
        raise ContentFolderError(
            text(
                "commit {name} cannot be built: {reason}",
                name=name,
                reason=error.note or text("the content lies in no git repository"),
            )
        ) from error
    return CommitTree(commit, repository, folder.absolute())


def _full_name(git: Session, name: str) -> str:
    try:
        return git.full_name(name)
    except GitError as error:
        raise GitError(text("the content's repository has no such commit")) from error


def _bring(git: Session, folder: Path, commit: str) -> None:
    if _is_ours(git, folder):
        try:
            _write(git, folder, commit)
        except GitError:  # what git noted of the folder is damaged
            rmtree(folder)
        else:
            return
    if folder.exists():
        rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Twice, for git goes by what it noted of a tree there before, which may have been removed.
    git.says(*_QUIETLY, "worktree", "add", "--force", "--force", "--detach", "--no-checkout", str(folder), commit)
    _write(git, folder, commit)


def _write(git: Session, folder: Path, commit: str) -> None:
    git.says(*_QUIETLY, "-C", str(folder), "checkout", "--quiet", "--force", "--detach", commit)
    git.says(*_QUIETLY, "-C", str(folder), "clean", "--quiet", "-ffdx")


def _repository(git: Session, folder: Path) -> Path:
    printed = git.says("-C", str(folder), "rev-parse", "--path-format=absolute", "--git-common-dir")
    return Path(printed.rstrip("\n")).resolve()


def _is_ours(git: Session, folder: Path) -> bool:
    """Whether it is a working tree of this repository: git would else look for one further up, which is people's."""
    if not (folder / ".git").is_file():
        return False
    try:
        own, others = (_repository(git, where) for where in (folder, git.folder))
    except GitError:
        return False
    return own == others
