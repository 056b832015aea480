"""What git knows of commits and files, for whoever asks whether they are live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.builder.git_session import GitError, Session, session
from plugins.portal.problems import PortalError, text

TIME_LIMIT = 30.0
"""In seconds, for all questions together."""


class NoRepositoryError(PortalError):
    """Git cannot be asked about a folder."""


class ContentRepository:
    """A repository that is asked; what it does not know is an empty answer."""

    def __init__(self, git: Session, root: Path) -> None:
        self._git = git
        self.root = root

    def commit(self, name: str) -> str:
        return self._answer(lambda: self._git.full_name(name))

    def contains(self, later: str, earlier: str) -> bool:
        first, last = self.commit(earlier), self.commit(later)
        return bool(first and last) and self._asked("merge-base", first, last) == first

    def blob(self, commit: str, path: str) -> str:
        return self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}")

    def ever(self, path: str) -> bool:
        return bool(self._asked("log", "-1", "--format=%H", "HEAD", "--", f":(top,literal){path}"))

    def changed(self, commit: str) -> tuple[str, ...]:
        words = ("diff-tree", "--no-commit-id", "--name-only", "-r", "-z", "--root", "-m", "--first-parent")
        return tuple(filter(None, self._asked(*words, "--end-of-options", self.commit(commit)).split("\0")))

    def blob_of(self, path: Path) -> str:
        """The id of a file as it lies there; empty where there is none."""
        if not path.is_file():
            return ""
        return self._asked("hash-object", "--no-filters", "--", str(path.absolute()))

    def _asked(self, *words: str) -> str:
        return self._answer(lambda: self._git.says(*words).strip())

    def _answer(self, ask: Callable[[], str]) -> str:
        try:
            return ask()
        except GitError as error:
            if self._git.late.is_set():
                raise PortalError(
                    text("git has not answered within {seconds} seconds", seconds=self._git.time_limit)
                ) from error
            return ""


@contextmanager
def content_repository(folder: Path) -> Iterator[ContentRepository]:
    """The repository that a folder lies in; raises `NoRepositoryError` where there is none."""
    try:
        with session(folder, TIME_LIMIT) as git:
            yield ContentRepository(git, git.top())
    except GitError as error:
        raise NoRepositoryError(
            text(
                "{path}: git cannot be asked about it: {reason}",
                path=folder,
                reason=error.note or text("it lies in no git repository"),
            )
        ) from error
