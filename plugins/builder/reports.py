"""What became of a build: of each site, and of the whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from plugins.builder.jobs import Compiled, TaskProfile
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, Text

Outcome = Literal["built", "unchanged", "kept", "left out"]
"""Built anew; nothing had changed; the last good version is shown; nothing can be shown."""


@dataclass(frozen=True)
class SiteReport:
    """What became of one site in this build."""

    slug: str
    outcome: Outcome
    pages: int
    """Pages of the version that is shown."""
    seconds: float
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    """What should be looked at in the version that is shown; it keeps nothing from being shown."""


@dataclass(frozen=True)
class BuildProfile:
    """Where the time of a build went."""

    stages: Mapping[str, float]
    """Seconds that the build itself spent in each stage, also waiting for processes."""
    tasks: Sequence[TaskProfile]
    """Of each process, in the order of their ends; they run beside each other."""


@dataclass(frozen=True)
class BuildReport:
    """What became of the whole build; the province's own folder first, then agencies by slug, linked pages last."""

    sites: tuple[SiteReport, ...]
    release: Path | None
    """What was put together, shown unless it is `held`; None where nothing can be shown yet."""
    seconds: float
    note: Text | None = None
    """Why the history of procedures is not told, or not all of it."""
    profile: BuildProfile | None = None
    """Where the time went, if that was asked for."""
    commit: str = ""
    """The full name of the git commit that was built, where it was one and not the folder as it lay there."""
    held: Text | None = None
    """Why the release does not go live, where an older one is held."""
    notes: tuple[Text, ...] = ()
    """What became of published addresses that whoever builds should know."""
    of_release: tuple[Text, ...] = ()
    """What common static hosts would not take of the release."""

    def of(self, names: Collection[str]) -> BuildReport:
        """What concerns these sites only."""
        return replace(self, sites=tuple(site for site in self.sites if site.slug in names))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for site in self.sites for problem in site.problems)

    @property
    def advice(self) -> tuple[Problem, ...]:
        return tuple(problem for site in self.sites for problem in site.advice)


@dataclass(frozen=True)
class Progress:
    """Told as the build goes on."""

    done: int
    total: int
    slug: str
    """The site that has just been built."""


Listener = Callable[[Progress], None]


@dataclass
class Journal:
    """What has happened so far in a build; sites under the names that reports have for them."""

    listener: Listener
    built: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """Beside those that manifests and linking tell of."""
    profiles: list[TaskProfile] = field(default_factory=list)
    """Of the processes that told where their time went."""
    expected: int = 0
    """How many sites, and linked pages, will be built."""

    def note(self, name: str, seconds: float | None = None) -> None:
        """A site, or the linked pages, has been built, or tried."""
        self.built.add(name)
        if seconds is not None:
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.listener(Progress(len(self.built), max(self.expected, len(self.built)), name))

    def take(self, name: str, done: Compiled) -> None:
        """A process has done what it had to do for that site, or for the linked pages."""
        if done.profile is not None:
            self.profiles.append(done.profile)
        self.note(name, done.seconds)

    def blame(self, name: str, *problems: Problem) -> None:
        self.problems.setdefault(name, []).extend(problems)


def pages_of(manifest: SiteManifest | None) -> int:
    """How many pages a version has."""
    return sum(address.endswith("/") or not address for address in manifest.addresses) if manifest else 0
