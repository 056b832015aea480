"""Whether a change of the code changes a page: builds of the same content by two commits, compared byte for byte.

    python -m tools.sameness [COMMIT] [CONTENT...]

COMMIT is what to compare to (HEAD), CONTENT folders to build (content/, and a made-up province of middle size). The
determinism tests compare builds of one version of the code with each other, and would not notice. A test does the same
with a small province for each change, and wants what differs to stand in the changelog (`mentions_pages`).
What a build does, and what a page should say, do not belong here: it only compares.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tarfile
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
MOST_NAMED = 20
"""Files named of those that differ."""


_VERSION = re.compile(rb"\?v=[0-9a-f]+")
"""What stands behind the address of a file of the theme, by what is in it."""
_DATED = {"live/release.json", "live/releases.atom"}
"""No two builds have the same."""
_FOR_DEVELOPERS = re.compile(r"^### For developers\n.*?(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_MADE_OF = ("plugins", "theme", "pelicanconf.py", "publishconf.py", "docs/content.md", "CHANGELOG.md")
"""What pages come from, and what tells of a change of them."""


def differences(before: Path, after: Path, *, without_theme: bool = False) -> list[str]:
    """The files that are not the same in both folders, or only in one; sorted, with what is the matter.

    `without_theme` leaves out the theme's own files, and by which of them a page is shown.
    """
    first, second = (_read(folder, without_theme=without_theme) for folder in (before, after))
    only = [f"{name}: only {'before' if name in first else 'after'}" for name in first.keys() ^ second.keys()]
    changed = [f"{name}: differs" for name in first.keys() & second.keys() if first[name] != second[name]]
    return sorted(only + changed)


def _read(folder: Path, *, without_theme: bool) -> dict[str, bytes]:
    if not without_theme:
        return {name: (folder / name).read_bytes() for name in _files(folder)}
    pages = (name for name in _files(folder) if not name.startswith("theme/"))
    return {name: _VERSION.sub(b"", (folder / name).read_bytes()) for name in pages}


def mentions_pages(before: Path, after: Path) -> bool:
    """Whether the changelog below a folder of code says more, or something else, to others than developers."""
    first, second = (_FOR_DEVELOPERS.sub("", (code / "CHANGELOG.md").read_text("utf-8")) for code in (before, after))
    return first != second


def commit_before(code: Path = ROOT) -> str | None:
    """What a change is to be compared to: the last commit, or the one before where all is committed.

    None where nobody knows: outside of a repository, and at its first commit.
    """

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=code, capture_output=True, text=True, check=False)  # noqa: S603, S607

    status = git("status", "--porcelain", "--", *_MADE_OF)
    commit = "HEAD" if status.stdout else "HEAD^"
    known = git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").returncode == 0
    return commit if known and status.returncode == 0 else None


def _files(folder: Path) -> set[str]:
    """Also through links: releases are made of them. Not those that say when a release went live."""
    files = (Path(inside, name) for inside, _, names in os.walk(folder, followlinks=True) for name in names)
    return {path.relative_to(folder).as_posix() for path in files} - _DATED


def build(code: Path, content: Path, into: Path, conf: str) -> Path:
    """The portal that the code of a folder makes of content with its settings `conf`.

    `CalledProcessError` where it makes none: two portals that are not there would be the same.
    """
    settings = into / "settings.py"
    into.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(code)!r})\nfrom {conf} import *\n"
        f"PORTAL_ROOT = {str(into)!r}\nPATH = {str(content)!r}\nTHEME = {str(code / 'theme')!r}\n"
        f"OUTPUT_PATH = {str(into / 'output')!r}\nPORTAL_BUILD_PATH = {str(into / 'build')!r}\n"
        f"PORTAL_HANDBOOK = {str(code / 'docs/content.md')!r}\nPORTAL_COMPRESS = False\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "plugins.command_line", "build", "--settings", str(settings)]
    # Its processes import nothing from the folder that it is started in: they would be those of the installed code.
    environment = os.environ | {"PYTHONPATH": str(code)}
    done = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    output = (into / "output").resolve()
    if done.returncode not in (0, 1) or not (output / "index.html").is_file():
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return output


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The code of a commit in a folder of its own, while the block runs."""
    with TemporaryDirectory() as folder:
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)  # noqa: S603, S607
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


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
            for line in changed[:MOST_NAMED]:
                print(f"  {line}")
            differing += len(changed)
    return int(differing > 0)
