"""Whether a change of the code changes a page: builds of the same content by two commits, compared byte for byte.

    python -m tools.sameness [COMMIT] [CONTENT...]

COMMIT is what to compare to (HEAD), CONTENT folders to build (content/, and a made-up province of middle size). The
determinism tests compare builds of one version of the code with each other, and would not notice.
What a build does, and what a page should say, do not belong here: it only compares.
"""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.corpus import CorpusPlan, write_corpus

ROOT = Path(__file__).parents[2]
MIDDLE = CorpusPlan(agencies=12, procedures=300, news=600, pages=80, seed=1, procedures_from=None)
CONFS = ("publishconf", "pelicanconf")
"""In public and on a desk, which has pages of its own."""
SHOWN = 20
"""Files named of those that differ."""


def differences(before: Path, after: Path) -> list[str]:
    """The files that are not the same in both folders, or only in one; sorted, with what is the matter."""
    first, second = _files(before), _files(after)
    only = [f"{name}: only {'before' if name in first else 'after'}" for name in first ^ second]
    changed = [
        f"{name}: differs" for name in first & second if not filecmp.cmp(before / name, after / name, shallow=False)
    ]
    return sorted(only + changed)


def _files(folder: Path) -> set[str]:
    """Also through links: releases are made of them."""
    files = (Path(inside, name) for inside, _, names in os.walk(folder, followlinks=True) for name in names)
    return {path.relative_to(folder).as_posix() for path in files}


def build(code: Path, content: Path, into: Path, conf: str) -> Path:
    """The portal that the code of a folder makes of content with its settings `conf`.

    `CalledProcessError` where it makes none: two portals that are not there would be the same.
    """
    settings = into / "settings.py"
    into.mkdir(parents=True)
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(code)!r})\nfrom {conf} import *\n"
        f"PORTAL_ROOT = {str(into)!r}\nPATH = {str(content)!r}\nTHEME = {str(code / 'theme')!r}\n"
        f"OUTPUT_PATH = {str(into / 'output')!r}\nPORTAL_BUILD_PATH = {str(into / 'build')!r}\n"
        f"PORTAL_HANDBOOK = {str(code / 'docs/content.md')!r}\nPORTAL_COMPRESS = False\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "plugins.command_line", "build", "--settings", str(settings)]
    done = subprocess.run(command, cwd=code, capture_output=True, text=True, check=False)  # noqa: S603
    output = (into / "output").resolve()
    if done.returncode not in (0, 1) or not (output / "index.html").is_file():
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return output


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The code of a commit in a folder of its own, while the block runs."""
    with TemporaryDirectory() as folder:
        code = Path(folder, "code")
        subprocess.run(["git", "worktree", "add", "--detach", str(code), commit], cwd=ROOT, check=True)  # noqa: S603, S607
        try:
            yield code
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(code)], cwd=ROOT, check=True)  # noqa: S603, S607


def main(arguments: Sequence[str]) -> int:
    """Compare, and say what differs; 1 where anything does."""
    commit = arguments[0] if arguments else "HEAD"
    differing = 0
    with checked_out(commit) as before, TemporaryDirectory() as folder:
        contents = [Path(name).resolve() for name in arguments[1:]]
        if not contents:
            write_corpus(Path(folder, "corpus"), MIDDLE)
            contents = [ROOT / "content", Path(folder, "corpus")]
        for number, (content, conf) in enumerate(product(contents, CONFS)):
            built = [
                build(code, content, Path(folder, f"{number}-{name}"), conf)
                for name, code in (("before", before), ("after", ROOT))
            ]
            changed = differences(*built)
            print(f"{content.name}, {conf}: {len(_files(built[1]))} files, {len(changed)} not as {commit} has them")
            for line in changed[:SHOWN]:
                print(f"  {line}")
            differing += len(changed)
    return int(differing > 0)
