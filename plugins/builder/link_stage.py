"""The pages about all sites: linked, and put together from what the sites' versions give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path

from plugins.builder.address_guard import AddressGuard
from plugins.builder.digests import LinkInputs, search_digest
from plugins.builder.jobs import (
    CatalogueJob,
    Compiled,
    FillingJob,
    LinkJob,
    LinkOutcome,
    SearchFacts,
    SearchJob,
    Version,
)
from plugins.builder.linking import build_catalogue, build_search, fill_pages, link_province
from plugins.builder.preparation import Prepared
from plugins.builder.profiling import timed
from plugins.builder.refusals import breakdown
from plugins.builder.site_settings import shaping_linked
from plugins.builder.workers import WorkerDeniedError, WorkerError
from plugins.portal.alerts import alerts_digest
from plugins.portal.files import replace_text
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import RemovedRecord, SiteManifest
from plugins.portal.site_names import (
    CATALOGUE,
    FILLED,
    LINKED,
    PERMANENT,
    PORTAL,
    PROVINCE,
    SEARCH,
    STORED_PROVINCE,
    stored,
)
from plugins.portal.stages import in_stage
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml

LINKING, CATALOGUING = f"{PORTAL}: link", f"{PORTAL}: catalogue"
FILLING, SEARCHING = f"{PORTAL}: open pages", f"{PORTAL}: search"
"""How profiles call what is done about all sites."""


@dataclass(frozen=True)
class LinkedPages:
    """What linking decided, and the versions of the pages about all sites that go with it."""

    outcome: LinkOutcome
    versions: Mapping[str, str]


class LinkStage:
    """Links the versions that are ready, as often as it is asked to."""

    def __init__(self, build: Prepared, executor: Executor, guard: AddressGuard | None = None) -> None:
        self._build = build
        self._executor = executor
        self._guard = guard

    @in_stage("link")
    def link(self, as_they_are: Sequence[str]) -> LinkedPages | None:
        """The pages about all sites from the versions that are ready; None where building them broke down."""
        versions = tuple(self._build.stage.ready())
        workplace = self._build.stage.workplace
        gone = self._gone()
        removed = self._removed()
        inputs = LinkInputs(
            shared=workplace.shared_fingerprint,
            settings=shaping_linked(self._build.settings),
            figures=self._build.sources.figures.fingerprint,
            removed=[f"{record.agency}/{record.code} {record.removed}" for record in removed],
            owners=sorted(self._build.claims.owners.items()),
            alerts=alerts_digest(workplace.alerts),
            former=sorted(self._build.former.items()),
            missing=self._guard.missing(versions, gone) if self._guard is not None else (),
            gone=self._guard.gone(self._without_folder()) if self._guard is not None else (),
        )
        job = LinkJob(
            workplace=workplace,
            inputs=inputs,
            versions=versions,
            removed=removed,
            owners=tuple(sorted(self._build.claims.owners.items())),
            gone=gone,
            as_they_are=tuple(as_they_are),
        )
        digest = job.digest()
        foreseen: dict[str, Future[Compiled]] = {}
        outcome = self._known(digest)
        if outcome is None:
            foreseen = self._begin_search(versions)
            linked = self._do([self._executor.submit(timed(workplace, LINKING, link_province), job)])
            if linked is None:
                return None
            digest = linked[0].digest
            outcome = self._outcome(digest)
        folder = self._build.store(PORTAL).version(digest).folder
        pages = LinkedPages(outcome, _versions(outcome, digest))
        parts = outcome.unlinked or self._build_parts(outcome, folder, foreseen)
        wait(foreseen.values())
        return pages if parts else None

    def _outcome(self, digest: str) -> LinkOutcome:
        """What linking said as it wrote these pages."""
        written = self._build.store(PORTAL).version(digest).folder / "linked.json"
        return LinkOutcome.model_validate_json(written.read_bytes())

    def _known(self, digest: str) -> LinkOutcome | None:
        """The same where the pages are there, with what goes with them and is written when sites are linked."""
        if not self._build.store(PORTAL).has(digest):
            return None
        outcome = self._outcome(digest)
        whole = not outcome.permanent or self._build.store(PERMANENT).has(outcome.permanent)
        return outcome if whole else None

    def _begin_search(self, versions: Sequence[Version]) -> dict[str, Future[Compiled]]:
        """Put search together while linking decides, as if it will show the newest good version of each site.

        By the digest of what is made: if linking decides otherwise, it is not asked for.
        """
        workplace = self._build.stage.workplace
        candidates: dict[str, tuple[str, SiteManifest]] = {}
        for version in versions:
            for digest in (version.digest, version.last_good):
                manifest = workplace.store(version.slug).manifest(digest) if digest else None
                if manifest is not None and not manifest.problems:
                    candidates[version.slug] = (digest, manifest)
                    break
        if PROVINCE not in candidates:
            return {}
        own = candidates[PROVINCE][1]
        counted = [(slug, manifest.search) for slug, (_, manifest) in sorted(candidates.items())]
        digest = search_digest(workplace.engine, counted, own.synonyms.model_dump_json())
        if self._build.store(SEARCH).has(digest):
            return {}
        facts = self._build.memory / "search-facts.json"
        replace_text(facts, SearchFacts.of(own).model_dump_json())
        taken = tuple(Version(slug, made) for slug, (made, _) in candidates.items())
        job = SearchJob(workplace, digest, taken, str(facts.resolve()))
        return {digest: self._executor.submit(timed(workplace, SEARCHING, build_search), job)}

    @in_stage("catalogue and search")
    def _build_parts(self, outcome: LinkOutcome, linked: Path, begun: Mapping[str, Future[Compiled]]) -> bool:
        """Build the catalogue, what sites left open and search if what they are made of has changed.

        Whether all of them go with the rest.
        """
        workplace = self._build.stage.workplace
        versions = tuple(Version(slug, digest) for slug, digest in outcome.digests.items())
        running: list[Future[Compiled]] = []
        if not self._build.store(CATALOGUE).has(outcome.catalogue):
            facts = str((linked / "catalogue.json").resolve())
            job = CatalogueJob(workplace, outcome.catalogue, versions, facts)
            running.append(self._executor.submit(timed(workplace, CATALOGUING, build_catalogue), job))
        if not self._build.store(FILLED).has(outcome.filled):
            facts, opened = (str((linked / name).resolve()) for name in ("catalogue.json", "open.json"))
            filling = FillingJob(workplace, outcome.filled, versions, facts, opened)
            running.append(self._executor.submit(timed(workplace, FILLING, fill_pages), filling))
        if outcome.search in begun:
            running.append(begun[outcome.search])
        elif not self._build.store(SEARCH).has(outcome.search):
            facts = str((linked / "search.json").resolve())
            again = SearchJob(workplace, outcome.search, versions, facts)
            running.append(self._executor.submit(timed(workplace, SEARCHING, build_search), again))
        return self._do(running) is not None

    def _do(self, running: Sequence[Future[Compiled]]) -> list[Compiled] | None:
        """Wait for jobs over all sites; None where one of them did not come to its end."""
        done = []
        for future in running:
            try:
                done.append(future.result())
                self._build.journal.take(PORTAL, done[-1])
            except WorkerDeniedError:
                raise
            except WorkerError as error:
                own = f"{self._build.sources.display_path}/{STORED_PROVINCE}"
                self._build.journal.blame(PORTAL, breakdown(own, error))
        return done if len(done) == len(running) else None

    def _gone(self) -> tuple[Version, ...]:
        """The last versions of agencies that have published something and have no folder any more, where they are."""
        digests = ((name, self._build.store(name).current_digest()) for name in self._without_folder())
        return tuple(Version(name, digest) for name, digest in digests if digest)

    def _without_folder(self) -> list[str]:
        """The agencies that have published something and have no folder any more, in order."""
        names = self._guard.ledger.names() if self._guard is not None else set()
        known = {stored(slug) for slug in self._build.stage.slugs} | {*LINKED, *self._build.claims.refused}
        return sorted(names - known)

    def _removed(self) -> tuple[RemovedRecord, ...]:
        """The procedures that were taken out of a folder, in order of code."""
        names = {
            code: _name_in(removal.before, self._build.kinds) for code, removal in self._build.history.removed.items()
        }
        return tuple(
            RemovedRecord(
                code=left.code, agency=left.agency, name=names.get(left.code) or left.code, removed=left.moment
            )
            for left in self._build.history.departures
        )


def _versions(outcome: LinkOutcome, portal: str) -> dict[str, str]:
    lasting = {PERMANENT: outcome.permanent} if outcome.permanent else {}
    return {CATALOGUE: outcome.catalogue, **lasting, FILLED: outcome.filled, SEARCH: outcome.search, PORTAL: portal}


def _name_in(written: str, kinds: Kinds) -> str:
    """The name in a file that was named after a code; empty where the file was not in order."""
    try:
        fields = parse_yaml(written)
    except YamlError:
        return ""
    records = ((kind.codes, validate(kind.model, fields, "")[0]) for kind in kinds.coded)
    return next((codes.name(record) for codes, record in records if codes is not None and record is not None), "")
