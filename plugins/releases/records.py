"""What stands beside a release: what is in it, of which commit, and what is not in it and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.portal.files import read_file, replace_text
from plugins.portal.problems import PortalError, Problem, text
from plugins.portal.release_names import SHORT
from plugins.releases.layout import release_folders

MOST_PROBLEMS = 20
"""Of a quarantined site that are noted: others' must not drown in them."""


class ReleaseModel(BaseModel):
    """A part of what is noted of releases; what a later program adds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class QuarantinedSite(ReleaseModel):
    """A site whose newest version is not in a release."""

    site: str
    """The name of its folder."""
    kept: bool
    """Whether its last good version is in the release; else nothing of it is."""
    problems: tuple[Problem, ...] = ()
    """By files of the content folder, whose name they begin with."""
    more: int = 0
    """How many further problems it has."""


class ReleaseRecord(ReleaseModel):
    """What is known of a release."""

    versions: dict[str, str] = {}
    """The digest of each site's version."""
    entries: dict[str, tuple[str, ...]] = {}
    """By name at the top: the folders of pages, from the releases' folder on, that have something there."""
    counts: dict[str, int] = {}
    """How many pages and entries of each kind there are, as the build counted them; empty where it did not."""
    manifests: dict[str, str] = {}
    """The SHA-256 of the list of each version's files."""
    number: int = 0
    """They count up, whatever the clock does; 0 where an older program put it together."""
    published: datetime | None = None
    """When it was put together, or came of a build again after others."""
    commit: str = ""
    """The git commit that was built; empty where it was a folder as it lay there."""
    commits: dict[str, str] = {}
    """By site the newest commit whose state of its folder the release shows; nothing where it is not known."""
    changed: tuple[str, ...] = ()
    """The sites of which the release before had another version, or none; also those that it had alone."""
    quarantined: tuple[QuarantinedSite, ...] = ()
    moved: dict[str, str] = {}
    """Addresses that lead on, each with the one that it leads to."""
    withdrawn: tuple[str, ...] = ()
    """Addresses of pages that say that they were withdrawn."""

    @property
    def sites(self) -> frozenset[str]:
        return frozenset(self.versions)


def facts_of(
    before: ReleaseRecord | None,
    versions: Mapping[str, str],
    commit: str,
    as_they_were: Collection[str],
    now: datetime,
) -> ReleaseRecord:
    """What is noted of a build: `before` is the newest release, `as_they_were` are sites that it has not renewed."""
    known = before or ReleaseRecord()
    names = {*versions, *known.versions} if before else set(versions)
    commits = {name: known.commits.get(name, "") if name in as_they_were else commit for name in versions}
    return ReleaseRecord(
        published=now,
        commit=commit,
        commits={name: shown_commit for name, shown_commit in sorted(commits.items()) if shown_commit},
        changed=tuple(sorted(name for name in names if versions.get(name) != known.versions.get(name))),
    )


@dataclass(frozen=True)
class Release:
    """A release that is there; `record` is None where what stands beside it cannot be read."""

    folder: Path
    record: ReleaseRecord | None

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def short(self) -> str:
        return self.name[:SHORT]

    @property
    def is_whole(self) -> bool:
        """Whether all that it leads to is there, as far as a look at the top tells."""
        if self.record is None or not self.record.entries:
            return False
        return all((self.folder / name).exists() for name in self.record.entries)


def record_file(release: Path) -> Path:
    return release.with_name(f"{release.name}.json")


def read_record(release: Path) -> ReleaseRecord | None:
    """What stands beside a release; None where there is nothing that can be read."""
    try:
        return ReleaseRecord.model_validate_json(read_file(record_file(release)))
    except (OSError, ValidationError):
        return None


def write_record(release: Path, record: ReleaseRecord) -> None:
    replace_text(record_file(release), written_record(record))


def written_record(record: ReleaseRecord) -> str:
    return record.model_dump_json() + "\n"


def in_order(releases: Path) -> list[Release]:
    """All releases, the oldest first: by their numbers, and where they have none by their times."""
    known = [Release(folder, read_record(folder)) for folder in release_folders(releases)]
    times = {release.name: release.folder.stat().st_mtime_ns for release in known}
    return sorted(known, key=lambda release: (_number(release), times[release.name], release.name))


def newest_record(releases: Path) -> ReleaseRecord | None:
    """What is known of the newest release; None where there is none, or nothing is known of any."""
    return next((release.record for release in reversed(in_order(releases)) if release.record is not None), None)


def _number(release: Release) -> int:
    return release.record.number if release.record is not None else 0


def named_release(releases: Path, beginning: str) -> Release:
    """The one release whose id begins so. Raises `PortalError` where there is none, or more than one."""
    matching = [release for release in in_order(releases) if release.name.startswith(beginning.lower())]
    if not matching or not beginning:
        raise PortalError(text('no release is called "{name}"; portal releases lists them', name=beginning))
    if len(matching) > 1:
        names = ", ".join(release.short for release in matching)
        raise PortalError(
            text(
                '"{name}" is the beginning of several releases: {names}; write more of it', name=beginning, names=names
            )
        )
    return matching[0]
