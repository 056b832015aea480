"""The content as a git repository: steps are commits, and some change what was committed before."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.sequences.desk import Desk
from tests.sequences.edits import Edit
from tests.waiting import PATIENCE

FIRST_DAY = 1_569_290_400
"""The first commit, in seconds since 1970: 2019-09-24 09:00 in Vietnam; each other is an hour later."""


@dataclass(frozen=True)
class History:
    """What was committed of a desk's content."""

    desk: Desk

    def git(self, *words: str) -> str:
        """Run git in the content folder, without the settings of the machine; gives what it says."""
        count = int(self._git("rev-list", "--all", "--count").strip() or 0) if (self._folder / ".git").exists() else 0
        return self._git(*words, moment=FIRST_DAY + 3600 * count)

    @property
    def _folder(self) -> Path:
        return self.desk.content

    def _git(self, *words: str, moment: int = FIRST_DAY) -> str:
        when = f"{moment} +0700"
        environment = {
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_NAME": "An", "GIT_AUTHOR_EMAIL": "an@example.vn",
            "GIT_COMMITTER_NAME": "An", "GIT_COMMITTER_EMAIL": "an@example.vn",
        }  # fmt: skip
        return subprocess.run(
            ["git", "-c", "core.quotePath=false", "-c", "gc.auto=0", *words],
            cwd=self._folder,
            env=os.environ | environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        ).stdout

    def begin(self) -> None:
        """Make a repository of the content, in which a procedure has changed once."""
        self._git("-c", "init.defaultBranch=main", "init", "--quiet")
        path = self._folder / "province/procedures/1.001193.yaml"
        written = path.read_text(encoding="utf-8")
        path.write_text(written.replace("8000", "7000"), encoding="utf-8")
        self.commit()
        path.write_text(written, encoding="utf-8")
        self.commit()

    def commit(self, *more: str) -> None:
        """Commit all that is there; nothing where nothing has changed."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Sửa", *more)

    def record(self, chance: Random) -> Iterator[str]:
        """Commit the step: most often as it is, sometimes by a merge, or in the place of the commit before."""
        how = chance.random()
        if how < 0.2:
            self.git("checkout", "--quiet", "-B", "side")
            self.commit()
            self.git("checkout", "--quiet", "main")
            self.git("merge", "--quiet", "--no-ff", "--message", "Nhập", "side")
            yield "(merged from a branch)"
        elif how < 0.3 and int(self.git("rev-list", "--count", "HEAD")) > 1:
            self.commit("--amend")
            yield "(amends the commit before)"
        else:
            self.commit()

    def clone(self, folder: Path) -> None:
        """A fresh clone, with other times and inodes."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._git("clone", "--quiet", "--branch", "main", str(self._folder), str(folder))


def commits_are_dropped(desk: Desk, chance: Random) -> str | None:
    """The branch goes back: what was committed last has never been."""
    history = History(desk)
    there = int(history.git("rev-list", "--count", "--first-parent", "HEAD"))
    back = chance.randrange(1, 3)
    if there <= back:
        return None
    history.git("reset", "--quiet", "--hard", f"HEAD~{back}")
    desk.broken.clear()
    return f"git reset --hard HEAD~{back}"


def commit_is_reverted(desk: Desk, chance: Random) -> str | None:
    """Another commit that takes the last one back."""
    history = History(desk)
    if history.git("rev-list", "--count", "--merges", "HEAD~1..HEAD").strip() != "0":
        return None
    history.git("revert", "--no-edit", "HEAD") if history.git("diff", "--name-only", "HEAD~1", "HEAD") else None
    desk.broken.clear()
    return "git revert HEAD"


def history_is_one_commit(desk: Desk, chance: Random) -> str:
    """As where somebody begins anew with what there is."""
    history = History(desk)
    history.git("checkout", "--quiet", "--orphan", "anew")
    history.commit()
    history.git("branch", "--quiet", "-M", "anew", "main")
    return "the whole history becomes one commit"


COMMITTED: Mapping[str, tuple[int, Edit]] = {
    "commits_are_dropped": (4, commits_are_dropped),
    "commit_is_reverted": (4, commit_is_reverted),
    "history_is_one_commit": (2, history_is_one_commit),
}
"""Edits of the history, each with how often it is made compared with those of the content."""
