"""Showing what was linked: a release, unless too much would be lost, and what is not needed any more forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from plugins.builder.link_stage import LinkedPages
from plugins.builder.loss import SoMany, check_pages, counted
from plugins.builder.preparation import Prepared
from plugins.builder.releases import (
    assemble,
    mend_rights,
    releases_of,
    show,
    spare_release,
    sweep,
    take_pages,
)
from plugins.builder.shown import counts_shown
from plugins.builder.store import LINKED, PORTAL
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE, stored
from plugins.portal.stages import in_stage


class Publisher:
    """Shows versions of sites together."""

    def __init__(self, build: Prepared) -> None:
        self._build = build
        self.release: Path | None = None
        """What is shown; None where this build has shown nothing."""

    @property
    def releases(self) -> Path:
        """The folder of the releases."""
        return releases_of(Path(self._build.settings["OUTPUT_PATH"]))

    @in_stage("release")
    def publish(self, pages: LinkedPages, *, complete: bool) -> None:
        """Show what linking decided, unless the pages about all sites cannot be shown and never were."""
        over_all = {name: self._good(name, digest) for name, digest in pages.versions.items()}
        if not all(over_all.values()):
            return
        versions = {stored(slug): digest for slug, digest in pages.outcome.digests.items()} | over_all
        counts = counted(self._build.store(name).manifest(digest) for name, digest in versions.items() if digest)
        if not self._build.settings["PORTAL_ALLOW_LOSS"]:
            check_pages(counts_shown(self._build.settings), counts, self._words_of_kinds())
        output, limit = Path(self._build.settings["OUTPUT_PATH"]), self._build.settings["PORTAL_KEPT_RELEASES"]
        releases = self.releases
        for name, digest in versions.items():
            take_pages(releases, name, digest, self._build.store(name).www(digest))
        release = assemble(releases, versions, LINKED, spare_release(releases, output, limit), counts)
        mend_rights(release)
        # Only what goes together becomes the last good versions.
        for name, digest in versions.items():
            self._build.store(name).show(digest)
        show(release, output)
        self.release = release
        if complete:
            sweep(releases, output, limit)
            self._sweep_stores(versions)

    def _sweep_stores(self, versions: Mapping[str, str]) -> None:
        """Forget versions that are neither shown nor new, and the sites of folders that are no more."""
        for name, digest in versions.items():
            slug = PROVINCE if name == STORED_PROVINCE else name
            self._build.store(name).sweep({digest, self._build.stage.versions.get(slug, digest)})
            self._build.store(name).forget_schedules(self._build.stage.inputs.get(slug, ""))
        known = {STORED_PROVINCE, *LINKED, *self._build.sources.agencies, *self._build.claims.refused}
        for folder in (self._build.memory / "sites").iterdir():
            if folder.name not in known:
                shutil.rmtree(folder)

    def _words_of_kinds(self) -> dict[str, SoMany]:
        language = self._build.settings["DEFAULT_LANG"]
        return {kind.name: partial(kind.so_many, language) for kind in self._build.kinds}

    def _good(self, name: str, digest: str) -> str:
        """That version of linked pages if it has no problems, else the one shown before; empty if there is none."""
        store = self._build.store(name)
        manifest = store.manifest(digest)
        if manifest is None or not manifest.problems:
            return digest
        self._build.journal.blame(PORTAL, *manifest.problems)
        return store.current_digest()
