"""Whole small provinces to build: `tests/sites/base`, and cases that lay a few files over it."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from plugins.builder.building import build_portal
from plugins.builder.reports import BuildReport, SiteReport
from plugins.portal import addresses
from plugins.portal.problems import Problem
from tests.here import Here, keep_engine, keep_theme, remembering_by_content

ROOT = Path(__file__).parents[1]
SITES = Path(__file__).parent / "sites"
BASE = "base"
DATED = {addresses.LIVE_RELEASE, addresses.LIVE_RELEASES}
"""Written when a release goes live: no two builds have the same."""
CAPABILITIES = ["plugins.articles", "plugins.procedures", "plugins.documents"]
"""What every province publishes."""


def files_below(folder: Path) -> list[Path]:
    """Every file that is found below a folder, as a web server finds it: releases are made of links."""
    walked = os.walk(folder, followlinks=True)
    return sorted(Path(inside, name) for inside, _, names in walked for name in names)


@dataclass(frozen=True)
class SmallProvince:
    """A province of its own in a temporary folder."""

    folder: Path

    @classmethod
    def of(cls, folder: Path, case: str = BASE) -> SmallProvince:
        """The base province, with the files of a case over it."""
        province = cls(folder)
        shutil.copytree(SITES / BASE, province.content, dirs_exist_ok=True)
        if case != BASE:
            province.lay_over(case)
        return province

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def releases(self) -> Path:
        """Where its releases are kept."""
        return self.folder / "output.releases"

    @property
    def build_folder(self) -> Path:
        """Where its versions are kept."""
        [folder] = (self.folder / "build").glob("content-*")
        return folder

    def lay_over(self, case: str) -> None:
        ignored = shutil.ignore_patterns("expected.txt")
        shutil.copytree(SITES / case, self.content, dirs_exist_ok=True, ignore=ignored)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the content folder."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        """Put other words into a file of the content folder."""
        written = (self.content / path).read_text(encoding="utf-8")
        assert old in written
        self.write(path, written.replace(old, new))

    def rename(self, old: str, new: str) -> None:
        (self.content / old).rename(self.content / new)

    def delete(self, path: str) -> None:
        (self.content / path).unlink()

    def settings(self, conf: str = "pelicanconf.py", **override: Any) -> dict[str, Any]:
        places = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "PORTAL_BUILD_PATH": str(self.folder / "build"),
            "THEME": str(ROOT / "theme"),
            "DOSSIER_STATE_PATH": str(self.folder / "state"),
            "PORTAL_KEEP_ADDRESSES": False,  # tests of addresses keep them
        }
        settings: dict[str, Any] = read_settings(str(ROOT / conf), override=places | override)
        return settings

    def build(
        self,
        *sites: str,
        conf: str = "pelicanconf.py",
        executor: Executor | None = None,
        linkers: Executor | None = None,
        own_processes: bool = False,
        cluster: str = "",
        **override: Any,
    ) -> BuildReport:
        """Build it in this process, which takes a third of the time, or in processes of its own as in earnest.

        With the address of a `cluster` its sites are compiled there.

        Tests about processes, what they may do and how they end, need these, and those that build several at a time.
        """
        settings = self.settings(conf, **override)
        if own_processes or cluster:
            remember = keep_engine(self.folder / "build")
            keep_theme(self.folder / "build")
            report = build_portal(settings, sites, jobs=2, executor=executor, linkers=linkers, cluster=cluster)
            remember()
            return report
        here = Here()
        with remembering_by_content():
            return build_portal(settings, sites, jobs=2, executor=executor or here, linkers=linkers or here)

    def page(self, address: str) -> str:
        """What the portal answers at an address."""
        return (self.output / address / "index.html").read_text(encoding="utf-8")

    def shows(self, address: str) -> bool:
        return (self.output / address / "index.html").is_file()

    def has(self, address: str) -> bool:
        """Whether the portal has a file at that address."""
        return (self.output / address).is_file()

    def problems(self, report: BuildReport) -> list[str]:
        """The problems as an editor reads them, with the content folder named `content`."""
        return [self._rendered(problem) for problem in report.problems]

    def advice(self, report: BuildReport) -> list[str]:
        """What should be looked at, as an editor reads it."""
        return [self._rendered(problem) for problem in report.advice]

    def _rendered(self, problem: Problem) -> str:
        return problem.render().replace(self.content.as_posix(), "content")

    def pages(self) -> set[str]:
        """Every page of the built portal."""
        return {path for path in self.files() if path.endswith(".html")}

    def files(self) -> dict[str, bytes]:
        """Every file of the built portal, also below folders that are links, but for those that say when it was."""
        root = self.output.resolve()
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in files_below(root)}
        return {name: content for name, content in files.items() if name not in DATED}


def site(report: BuildReport, slug: str) -> SiteReport:
    """What became of one site."""
    return next(entry for entry in report.sites if entry.slug == slug)
