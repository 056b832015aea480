"""Content folders that are git repositories: what is told of a procedure's past comes from there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.provinces import SmallProvince


def git(folder: Path, *words: str, day: str = "2019-09-24") -> None:
    """Run git in a folder, without the settings of the machine."""
    moment = f"{day}T09:00:00+07:00"
    quiet: Mapping[str, str] = {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_NAME": "An", "GIT_AUTHOR_EMAIL": "an@example.vn",
        "GIT_COMMITTER_NAME": "An", "GIT_COMMITTER_EMAIL": "an@example.vn",
    }  # fmt: skip
    subprocess.run(["git", *words], cwd=folder, env=os.environ | quiet, check=True, capture_output=True)


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
