"""Content folders that are git repositories: what is told of a procedure's past comes from there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.provinces import SmallProvince
from tests.waiting import PATIENCE


def git(folder: Path, *words: str, day: str = "2019-09-24") -> None:
    """Run git in a folder, without the settings of the machine."""
    moment = f"{day}T09:00:00+07:00"
    quiet: Mapping[str, str] = {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_NAME": "An", "GIT_AUTHOR_EMAIL": "an@example.vn",
        "GIT_COMMITTER_NAME": "An", "GIT_COMMITTER_EMAIL": "an@example.vn",
    }  # fmt: skip
    subprocess.run(
        ["git", *words], cwd=folder, env=os.environ | quiet, check=True, capture_output=True, timeout=PATIENCE
    )


def begin(province: SmallProvince) -> None:
    """Make the province's content a repository in which nothing is committed yet."""
    git(province.content, "-c", "init.defaultBranch=main", "init")


def commit(province: SmallProvince, path: str, written: str | None, day: str) -> None:
    """Write a file of the content, or remove it, and commit all that is there."""
    if written is None:
        (province.content / path).unlink()
    else:
        province.write(path, written)
    git(province.content, "add", "-A")
    git(province.content, "commit", "-m", "Sửa", day=day)


@dataclass
class Repository:
    """A repository of its own in a temporary folder; each commit is a day later than the one before."""

    root: Path
    day: int = 0

    @classmethod
    def in_(cls, root: Path) -> Repository:
        """A new one in a folder, which may hold files already."""
        root.mkdir(parents=True, exist_ok=True)
        repository = cls(root)
        repository.git("init", "--quiet")
        return repository

    def git(self, *arguments: str) -> str:
        moment = f"2026-03-{self.day:02}T20:00:00+00:00" if self.day else "2026-03-01T20:00:00+00:00"
        who = ("-c", "user.name=Người thử", "-c", "user.email=thu@example.vn", "-c", "init.defaultBranch=main")
        dates = {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+00:00"}
        command = ["git", *who, "-C", str(self.root), *arguments]
        return subprocess.run(
            command, env=os.environ | dates, check=True, timeout=PATIENCE, capture_output=True, text=True
        ).stdout

    def write(self, path: str, written: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written.encode() if isinstance(written, str) else written)
        return file

    def commit(self) -> str:
        """Commit all that is in the folder; returns the commit's name."""
        self.day += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", f"ngày {self.day}")
        return self.git("rev-parse", "HEAD").strip()

    def save(self, path: str, written: str | bytes) -> str:
        self.write(path, written)
        return self.commit()

    def move(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
