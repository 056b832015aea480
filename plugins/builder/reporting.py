"""What is told of a build when it is over: a row for each site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plugins.builder.jobs import LinkOutcome
from plugins.builder.preparation import Prepared
from plugins.builder.quarantine import problems_of
from plugins.builder.reports import BuildReport, Outcome, SiteReport, pages_of
from plugins.portal.advice import far_ahead
from plugins.portal.manifest import SiteManifest, cards_of
from plugins.portal.page_places import missing_places
from plugins.portal.problems import Problem, Text, in_order
from plugins.portal.site_names import CATALOGUE, FILLED, LINKED, PORTAL, stored


class Reporter:
    """Makes the report of a build."""

    def __init__(
        self, build: Prepared, release: Path | None, held: Text | None = None, notes: tuple[Text, ...] = ()
    ) -> None:
        self._build = build
        self._release = release
        self._held = held
        self._notes = notes

    def report(self, outcome: LinkOutcome | None) -> BuildReport:
        """How the build went; `outcome` is what linking decided last, None where it never came to its end."""
        rows = [self._row(slug, outcome) for slug in self._build.stage.slugs]
        sites = (*rows, self._portal_row())
        note = self._build.history.note
        return BuildReport(
            sites, self._release, 0.0, note, commit=self._build.commit, held=self._held, of_release=self._notes
        )

    def _row(self, slug: str, outcome: LinkOutcome | None) -> SiteReport:
        name = stored(slug)
        store = self._build.store(slug)
        digest = "" if outcome is not None and slug in outcome.left_out else store.current_digest()
        manifest = store.manifest(digest) if digest else None
        newest = self._build.stage.versions.get(slug, "")
        new = store.manifest(newest)
        problems = problems_of(self._build, slug, outcome)
        advice: list[Problem] = [*(outcome.advice.get(slug, ()) if outcome else ())]
        for version in (manifest, new):
            advice += version.advice if version else ()
        today = self._build.stage.workplace.now.date()
        advice += self._overdue(manifest, today) if manifest else ()
        advice += far_ahead(new.far_dates, today) if new else ()
        advice += missing_places(new.references, self._pages_over_all()) if new else ()
        result: Outcome = "built" if name in self._build.journal.built else "unchanged"
        if manifest is None:
            result = "left out"
        elif newest != digest:
            result = "kept"
        seconds = self._build.journal.seconds.get(name, 0.0)
        return SiteReport(name, result, pages_of(manifest), seconds, problems, in_order(advice))

    def _overdue(self, manifest: SiteManifest, today: date) -> Iterator[Problem]:
        """What the passing of time has made odd in what a site shows."""
        for kind in self._build.kinds.growing_old:
            for card in cards_of(manifest, kind.name, kind.card_type):
                yield from kind.overdue(card, today)

    def _pages_over_all(self) -> list[Path]:
        """The folders of the pages that are written when all sites are known."""
        stores = [self._build.store(name) for name in (CATALOGUE, FILLED, PORTAL)]
        return [store.www(digest) for store in stores if (digest := store.current_digest())]

    def _portal_row(self) -> SiteReport:
        stores = [self._build.store(name) for name in LINKED]
        manifests = [manifest for store in stores if (manifest := store.manifest(store.current_digest())) is not None]
        problems = in_order(self._build.journal.problems.get(PORTAL, ()))
        result: Outcome = "built" if PORTAL in self._build.journal.built else "unchanged"
        if self._release is None or problems:
            result = "kept" if self._build.store(PORTAL).current_digest() else "left out"
        advice = in_order(advice for manifest in manifests for advice in manifest.advice)
        seconds = self._build.journal.seconds.get(PORTAL, 0.0)
        return SiteReport(PORTAL, result, sum(map(pages_of, manifests)), seconds, problems, advice)
