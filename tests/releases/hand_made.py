"""Releases of pages that were made by hand: what goes live without anything being built."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from plugins.portal.problems import Problem, text
from plugins.releases.composing import assemble
from plugins.releases.layout import VERSIONS, release_id
from plugins.releases.locking import publishing_alone
from plugins.releases.pins import Pin
from plugins.releases.pruning import spare_release, sweep
from plugins.releases.publication import Address, publish
from plugins.releases.records import QuarantinedSite, Release, facts_of, named_release, newest_record
from plugins.releases.rights import mend_rights

LINKED = ("catalogue", "portal")
HOUR = timedelta(hours=1)
MORNING = datetime(2019, 9, 24, 8, tzinfo=timezone(7 * HOUR))
BROKEN = QuarantinedSite(
    site="so-tu-phap",
    kept=True,
    problems=(
        Problem(path="content/agencies/so-tu-phap/news/2019/a.md", line=3, field="title", message=text("is missing")),
        Problem(path="content/agencies/so-tu-phap/agency.yaml", line=1, message=text("is missing")),
    ),
)


@dataclass
class HandMade:
    """A portal of two agencies, whose pages say which version they are of."""

    folder: Path
    versions: dict[str, str] = field(
        default_factory=lambda: {"portal": "1", "catalogue": "1", "so-y-te": "1", "so-tu-phap": "1"}
    )
    now: datetime = MORNING
    kept: int = 5
    moved: dict[str, str] = field(default_factory=dict)
    """Addresses that lead on in what is published next."""

    @property
    def output(self) -> Path:
        return self.folder / "public"

    @property
    def address(self) -> Address:
        return Address(self.output, LINKED, "vi")

    @property
    def releases(self) -> Path:
        return self.address.releases

    def pages(self, name: str) -> Path:
        """Of the version that is published next."""
        return self.releases / VERSIONS / name / self.versions[name]

    def publish(
        self, commit: str = "", quarantined: tuple[QuarantinedSite, ...] = (), **versions: str
    ) -> tuple[Release, Pin | None]:
        """Publish other versions of some sites (`so_y_te="2"`), an hour after what was published before."""
        self.now += HOUR
        self.versions |= {name.replace("_", "-"): version for name, version in versions.items()}
        for name in self.versions:
            self._write(name)
        as_they_were = [site.site for site in quarantined]
        with publishing_alone(self.releases):
            facts = facts_of(newest_record(self.releases), self.versions, commit, as_they_were, self.now)
            facts = facts.model_copy(update={"quarantined": quarantined, "moved": dict(self.moved)})
            is_new = not (self.releases / release_id(self.versions)).is_dir()
            spare = spare_release(self.releases, self.output, self.kept) if is_new else None
            release = assemble(self.releases, self.versions, LINKED, spare, facts)
            mend_rights(release)
            held = publish(self.address, release, self.now)
            sweep(self.releases, self.output, self.kept)
        return named_release(self.releases, release.name), held

    def _write(self, name: str) -> None:
        pages, version = self.pages(name), self.versions[name]
        if pages.is_dir():
            return
        files = {
            "portal": ["index.html", "404.html", "live/dossiers.json", "live/alert.json"],
            "catalogue": ["thu-tuc/1.000001/index.html", "so-y-te/thu-tuc/index.html"],
        }
        for file in files.get(name, [f"{name}/index.html", f"{name}/media/a.pdf", f"{name}/tin-tuc/2019/a/index.html"]):
            path = pages / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.content(name, version, file), encoding="utf-8")
            os.utime(path, (self.now.timestamp(),) * 2)  # no two versions of a file are of one second

    def content(self, name: str, version: str, file: str) -> str:
        """What a file says."""
        return f"{name} {version}: {file}"

    def page(self, address: str = "so-y-te/index.html") -> str:
        """What is shown at an address."""
        return (self.output / address).read_text(encoding="utf-8")

    @property
    def live(self) -> str:
        """The id of what is shown."""
        return self.output.resolve().name

    def held(self) -> dict[str, str]:
        """Every file that is shown, through whatever links there are."""
        walked = os.walk(self.output, followlinks=True)
        files = [Path(folder, name) for folder, _, names in walked for name in names]
        return {path.relative_to(self.output).as_posix(): path.read_text(encoding="utf-8") for path in files}
