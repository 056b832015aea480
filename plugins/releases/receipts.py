"""The receipt: which release an address shows, in a small file that changes without a build."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.files import read_file, replace_text
from plugins.portal.problems import Problem, Translate
from plugins.releases.records import QuarantinedSite, Release, ReleaseModel, ReleaseRecord

VERSION: Literal[1] = 1


class SiteReceipt(ReleaseModel):
    """What a site shows."""

    version: str
    commit: str = ""
    """The newest commit whose state of its folder is shown; empty where that is not known."""
    since: datetime
    """When the version went live; it has stayed since."""


class ProblemReceipt(ReleaseModel):
    """What keeps a site's newest version from being shown."""

    path: str
    line: int | None = None
    field: str = ""
    told: str
    """In the portal's language, with the remedy."""

    @classmethod
    def of(cls, problem: Problem, translate: Translate) -> ProblemReceipt:
        remedy = f" ({problem.hint.render(translate)})" if problem.hint else ""
        told = problem.message.render(translate) + remedy
        return cls(path=problem.path, line=problem.line, field=problem.field, told=told)

    def sentence(self) -> str:
        position = self.path if self.line is None else f"{self.path}:{self.line}"
        return ": ".join([position, *([self.field] if self.field else []), self.told])


class QuarantineReceipt(ReleaseModel):
    """A site whose newest version is not shown."""

    site: str
    kept: bool
    problems: tuple[ProblemReceipt, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, site: QuarantinedSite, translate: Translate) -> QuarantineReceipt:
        problems = tuple(ProblemReceipt.of(problem, translate) for problem in site.problems)
        return cls(site=site.site, kept=site.kept, problems=problems, more=site.more)


class WaitingRelease(ReleaseModel):
    """The newest release, which is held back."""

    release: str
    commit: str = ""
    commits: dict[str, str] = Field(default={})
    """By site, as in a record."""
    published: datetime | None = None


class Receipt(ReleaseModel):
    """What an address shows; see docs/operations.md."""

    version: Literal[1] = VERSION
    release: str
    commit: str = ""
    published: datetime | None = None
    live_since: datetime
    pinned: bool = False
    waiting: WaitingRelease | None = None
    sites: dict[str, SiteReceipt] = Field(default={})
    """By the names of their folders; the pages about all sites are none."""
    quarantined: tuple[QuarantineReceipt, ...] = ()


def read_receipt(release: Path) -> Receipt | None:
    """The receipt of a release; None where there is none that can be read."""
    try:
        return Receipt.model_validate_json(read_file(release / addresses.LIVE_RELEASE))
    except (OSError, ValidationError):
        return None


def receipt_of(
    release: Release, live: Receipt | None, now: datetime, linked: Collection[str], language: str
) -> Receipt:
    """The receipt of a release that is live from now on, or already; `live` is that of what is shown until now."""
    record = release.record or ReleaseRecord()
    before = live.sites if live else {}
    sites = {}
    for name, version in sorted(record.versions.items()):
        if name in linked:
            continue
        stays = name in before and before[name].version == version
        since = before[name].since if stays else now
        sites[name] = SiteReceipt(version=version, commit=record.commits.get(name, ""), since=since)
    translate = load_catalogue(MESSAGES, language).gettext
    return Receipt(
        release=release.name,
        commit=record.commit,
        published=record.published,
        live_since=live.live_since if live and live.release == release.name else now,
        sites=sites,
        quarantined=tuple(QuarantineReceipt.of(site, translate) for site in record.quarantined),
    )


def held_receipt(receipt: Receipt, newest: Release | None) -> Receipt:
    """The receipt of a release that is held; `newest` is the one that waits, if there is one."""
    waiting = None
    if newest is not None and newest.name != receipt.release and newest.record is not None:
        record = newest.record
        waiting = WaitingRelease(
            release=newest.name, commit=record.commit, commits=record.commits, published=record.published
        )
    return receipt.model_copy(update={"pinned": True, "waiting": waiting})


def write_receipt(release: Path, receipt: Receipt) -> None:
    """Put it where browsers ask for it; what says the same is left alone."""
    if read_receipt(release) != receipt:
        replace_text(release / addresses.LIVE_RELEASE, receipt.model_dump_json(indent=1) + "\n")
