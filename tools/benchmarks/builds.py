"""Builds of a made-up province and Hugo's of the same content, in turn, after the same edits."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal

from plugins.builder import building
from plugins.portal.files import remove
from plugins.portal.problems import PortalError
from tools.benchmarks.edits import Edits, Expected, Targets
from tools.benchmarks.hugo import Hugo, HugoSite, found_hugo
from tools.benchmarks.machine import Machine
from tools.benchmarks.process import Cost, measured
from tools.corpus import CorpusPlan, add_documents, write_corpus

Case = Literal[
    "cold", "cold with caches", "theme", "article", "procedure", "agency", "synonym", "nothing",
    "article beside documents", "document",
]  # fmt: skip
ROUND: tuple[Case, ...] = ("cold", "cold with caches", "theme", "article", "procedure", "agency", "synonym", "nothing")
"""In the order of a round."""
WITH_DOCUMENTS: tuple[Case, ...] = ("article beside documents", "document")
"""Afterwards, when documents have been added: half as many as there are news."""
CASES = ROUND + WITH_DOCUMENTS
OURS_ALONE: frozenset[Case] = frozenset({"synonym", *WITH_DOCUMENTS})
"""Hugo has no search and no documents: there is nothing for it to do."""
Told = Callable[[str], None]

ROOT = Path(building.__file__).parents[2]
"""The project: its theme, settings and code are measured."""
CACHE = getattr(building, "CACHE", "cache.sqlite")
"""The file of the build folder that a machine may hand to the next, as CI does."""
_LEAST = CorpusPlan(agencies=5, procedures=30, news=60, pages=12)
"""Less has not all that is edited."""
_GONE = ".gone"
"""How the name of what was put aside ends."""
_FORGOTTEN_AFTER = 65
"""Seconds: ext4 gives out nothing that was removed less than a minute ago."""
_TIME_LIMIT = 4 * 3600.0
"""Seconds of one build."""
_SETTINGS = """import sys

sys.path.insert(0, {root!r})
from publishconf import *

PORTAL_ROOT = {folder!r}
PATH = "content"
THEME = "theme"
DOSSIER_BACKEND_URL = ""
"""
_COMMITTING = {
    "GIT_AUTHOR_NAME": "Bench",
    "GIT_AUTHOR_EMAIL": "bench@example.vn",
    "GIT_COMMITTER_NAME": "Bench",
    "GIT_COMMITTER_EMAIL": "bench@example.vn",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@dataclass(frozen=True)
class Weight:
    """What an output consists of: whether both did the same work shows here."""

    pages: int
    """Files of HTML."""
    page_bytes: int
    """Of all of them."""
    files: int
    article: float
    """Bytes of the middle article's page."""
    procedure: float
    """Bytes of the middle procedure's page."""

    @classmethod
    def of(cls, output: Path) -> Weight:
        """Of a folder; links are followed, as a web server does."""
        sizes = {
            file.relative_to(output).as_posix(): file.stat().st_size
            for folder, _, names in os.walk(output, followlinks=True)
            for file in (Path(folder, name) for name in names)
        }
        pages = {path: size for path, size in sizes.items() if path.endswith(".html")}
        articles = [size for path, size in pages.items() if re.search(r"tin-tuc/\d{4}/[^/]+/index\.html$", path)]
        procedures = [size for path, size in pages.items() if re.search(r"/thu-tuc/\d\.\d{6}/index\.html$", path)]
        return cls(len(pages), sum(pages.values()), len(sizes), median(articles), median(procedures))


@dataclass(frozen=True)
class Measured:
    """A case, once for each round."""

    case: Case
    portal: tuple[Cost, ...]
    hugo: tuple[Cost, ...]
    """Empty where Hugo has nothing to do."""


@dataclass(frozen=True)
class BuildBenchmark:
    """All that was measured."""

    machine: Machine
    hugo_version: str
    plan: CorpusPlan
    runs: int
    weights: Mapping[Literal["portal", "hugo"], Weight]
    cases: tuple[Measured, ...]


def plan_of(scale: float) -> CorpusPlan:
    """The corpus of a scale: 1 is a province with 50 agencies; raises a `PortalError` where it is none."""
    if not scale > 0:
        raise PortalError(f"there is nothing to measure: use a --scale of more than 0, got {scale:g}")
    whole, least = CorpusPlan(), _LEAST
    return CorpusPlan(
        agencies=max(least.agencies, round(whole.agencies * scale)),
        procedures=max(least.procedures, round(whole.procedures * scale)),
        news=max(least.news, round(whole.news * scale)),
        pages=max(least.pages, round(whole.pages * scale)),
    )


def benchmark_builds(scale: float, runs: int, told: Told, folder: Path | None = None) -> BuildBenchmark:
    """Measure; `told` is called with what is being done.

    All happens in `folder`, which must be missing or empty and is left as it is in the end, or in a temporary one.
    """
    plan = plan_of(scale)
    if runs < 1:
        raise PortalError(f"there is nothing to measure: use --runs of 1 or more, got {runs}")
    hugo = found_hugo()
    if shutil.which("git") is None:
        raise PortalError("the content is kept in git, which is not installed: sudo apt install git")
    with _workshop(folder) as workshop:
        told(f"writing {plan.files} files of content")
        bench = _Bench.prepared(workshop, plan, hugo)
        return bench.run(plan, runs, told)


@contextmanager
def _workshop(folder: Path | None) -> Iterator[Path]:
    if folder is None:
        with TemporaryDirectory(prefix="portal-bench-") as temporary:
            yield Path(temporary).resolve()
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PortalError(f"{folder} is not an empty folder: name one that does not exist yet")
    folder.mkdir(parents=True, exist_ok=True)
    yield folder.resolve()


def _put_aside(*paths: Path) -> None:
    """Let what is there be gone, without removing it before something is measured.

    For a minute ext4 looks at each file that was removed before it makes one: who begins anew in a fresh clone has
    removed nothing, and would be measured with what a hundred thousand removed files cost whoever writes the most.
    """
    for path in paths:
        if os.path.lexists(path):
            path.rename(path.with_name(f"{path.name}.{secrets.token_hex(4)}{_GONE}"))


def _remove_what_is_gone(*folders: Path) -> None:
    """Remove what was put aside, a gigabyte or two a run, and wait until the file system has forgotten it."""
    for folder in folders:
        for path in folder.glob(f"*{_GONE}"):
            remove(path)
    time.sleep(_FORGOTTEN_AFTER)


@dataclass(frozen=True)
class _Portal:
    """A repository as an operator has it, with what builds leave beside it."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def theme(self) -> Path:
        return self.folder / "theme"

    @property
    def output(self) -> Path:
        return self.folder / "public"

    def prepare(self, plan: CorpusPlan) -> None:
        write_corpus(self.content, plan)
        shutil.copytree(ROOT / "theme", self.theme)
        settings = _SETTINGS.format(root=str(ROOT), folder=str(self.folder))
        (self.folder / "benchconf.py").write_text(settings, encoding="utf-8")
        ignored = f"/build/\n/public\n/public.*\n*{_GONE}\n__pycache__/\n"
        (self.folder / ".gitignore").write_text(ignored, encoding="utf-8")
        self._git("init", "--quiet")

    def commit(self) -> None:
        """What is public is committed."""
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", "Edit")

    def _git(self, *arguments: str) -> None:
        command = ["git", "-C", str(self.folder), "-c", "gc.auto=0", *arguments]
        done = subprocess.run(  # noqa: S603  # no shell, and nothing of the content in the command
            command, env=os.environ | _COMMITTING, capture_output=True, text=True, check=False, timeout=_TIME_LIMIT
        )
        if done.returncode:
            raise PortalError(f"git could not keep the content: {done.stderr.strip()}")

    def forget(self, *, keep_caches: bool) -> None:
        """As after a fresh clone, or in CI with its cache."""
        build, aside = self.folder / "build", self.folder / "kept"
        caches = [file for file in build.rglob(f"{CACHE}*") if file.is_file()] if keep_caches else []
        for file in caches:
            kept = aside / file.relative_to(build)
            kept.parent.mkdir(parents=True, exist_ok=True)
            file.rename(kept)
        _put_aside(build, self.folder / "public.releases", self.output)
        if caches:
            aside.rename(build)

    def build(self) -> Cost:
        command = [sys.executable, "-m", "plugins.command_line", "publish", "--settings", "benchconf.py"]
        # With compiled modules kept, as an operator has them.
        environment = {
            name: value
            for name, value in os.environ.items()
            if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("DOSSIER_")
        }
        return measured(command, self.folder, environment, _TIME_LIMIT)


@dataclass(frozen=True)
class _ByHugo:
    """Hugo's copy of it."""

    site: HugoSite
    hugo: Hugo

    @property
    def cache(self) -> Path:
        return self.site.folder / "cache"

    def forget(self, *, keep_caches: bool) -> None:
        gone = [self.site.output] if keep_caches else [self.site.output, self.cache, self.site.folder / "resources"]
        _put_aside(*gone)

    def build(self) -> Cost:
        command: list[str | Path] = [
            self.hugo.program,
            "--source",
            self.site.folder,
            "--cacheDir",
            self.cache,
            "--quiet",
        ]
        return measured(command, self.site.folder, os.environ, _TIME_LIMIT)


@dataclass
class _Bench:
    """Both, with what is edited in them."""

    portal: _Portal
    by_hugo: _ByHugo
    costs: dict[Case, dict[str, list[Cost]]] = field(default_factory=dict)
    turns: int = 0
    """Edits so far."""

    @classmethod
    def prepared(cls, workshop: Path, plan: CorpusPlan, hugo: Hugo) -> _Bench:
        portal = _Portal(workshop / "portal")
        portal.folder.mkdir()
        portal.prepare(plan)
        site = HugoSite(workshop / "hugo", portal.content)
        site.write(portal.theme)
        return cls(portal, _ByHugo(site, hugo))

    @cached_property
    def edits(self) -> Edits:
        return Edits(self.portal.content, Targets.of(self.portal.content))

    def run(self, plan: CorpusPlan, runs: int, told: Told) -> BuildBenchmark:
        self.edits.synonym(0)
        for number in range(runs):
            if number:
                _remove_what_is_gone(self.portal.folder, self.by_hugo.site.folder)
            for case in ROUND:
                told(f"run {number + 1} of {runs}: {case}")
                self._measure(case, number)
        weights: dict[Literal["portal", "hugo"], Weight] = {
            "portal": Weight.of(self.portal.output),
            "hugo": Weight.of(self.by_hugo.site.output),
        }
        told("adding documents")
        add_documents(self.portal.content, replace(plan, documents=plan.news // 2))
        self.portal.commit()
        self.portal.build()
        for number in range(runs):
            for case in WITH_DOCUMENTS:
                told(f"run {number + 1} of {runs}: {case}")
                self._measure(case, number)
        cases = [
            Measured(case, *(tuple(self.costs[case].get(name, ())) for name in ("portal", "hugo"))) for case in CASES
        ]
        machine = Machine.here(self.portal.folder)
        return BuildBenchmark(machine, self.by_hugo.hugo.version, plan, runs, weights, tuple(cases))

    def _measure(self, case: Case, number: int) -> None:
        """One case, by both in the order that alternates from run to run."""
        self.turns += 1
        expected = self._edit(case)
        self.portal.commit()
        contestants: list[tuple[str, _Portal | _ByHugo, Path]] = [("portal", self.portal, self.portal.output)]
        if case not in OURS_ALONE:
            contestants.append(("hugo", self.by_hugo, self.by_hugo.site.output))
        for name, contestant, output in contestants[:: -1 if number % 2 else 1]:
            os.sync()  # nobody pays for what the other has left to be written
            cost = contestant.build()
            for text in expected:
                text.check(output, name)
            self.costs.setdefault(case, {}).setdefault(name, []).append(cost)

    def _edit(self, case: Case) -> Sequence[Expected]:
        edits, site = self.edits, self.by_hugo.site
        match case:
            case "cold" | "cold with caches":
                for contestant in (self.portal, self.by_hugo):
                    contestant.forget(keep_caches=case != "cold")
                return edits.nothing()
            case "theme":
                return edits.theme([self.portal.theme / "templates" / "base.html", site.base_template], self.turns)
            case "article" | "article beside documents":
                return self._taken_over(edits.article(self.turns), edits.targets.article)
            case "document":
                return edits.document(self.turns)
            case "procedure":
                return self._taken_over(edits.procedure(self.turns), edits.targets.procedure)
            case "agency":
                return self._taken_over(edits.agency(self.turns), f"agencies/{edits.targets.agency}/agency.yaml")
            case "synonym":
                return edits.synonym(self.turns)
            case "nothing":
                return edits.nothing()

    def _taken_over(self, expected: Sequence[Expected], path: str) -> Sequence[Expected]:
        self.by_hugo.site.take(self.portal.content / path)
        return expected
