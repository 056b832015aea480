"""Building the portal: take the sources, compile what has changed, link, publish, report."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.builder.claims import Claims, settle_claims
from plugins.builder.compile_stage import CompileStage, breakdown
from plugins.builder.content_history import CodedFiles, ContentHistory, read_history
from plugins.builder.digests import LinkInputs, code_digest, engine_digest, search_digest
from plugins.builder.jobs import (
    CatalogueJob,
    Compiled,
    LinkJob,
    LinkOutcome,
    SearchFacts,
    SearchJob,
    Version,
    Workplace,
)
from plugins.builder.kinds import load_kinds
from plugins.builder.linking import build_catalogue, build_search, link_province
from plugins.builder.loss import SoMany, check_pages, check_sites, counted
from plugins.builder.profiling import timed
from plugins.builder.refusals import told_in_a_sentence
from plugins.builder.releases import (
    assemble,
    check_output,
    empty_trash,
    mend_rights,
    releases_of,
    show,
    spare_release,
    sweep,
    take_pages,
)
from plugins.builder.reports import BuildProfile, BuildReport, Journal, Listener, Outcome, SiteReport, pages_of
from plugins.builder.site_settings import portable, run_plugins, shaping, shaping_linked
from plugins.builder.sources import CheckedShared, SharedRecords, Sources, check_shared, shared_in_force, take_sources
from plugins.builder.store import CATALOGUE, PORTAL, SEARCH, SiteStore, site_store
from plugins.builder.workers import READABLE, ProcessPerTaskExecutor, WorkerDeniedError, WorkerError
from plugins.dossiers.settings import with_environment
from plugins.portal.advice import far_ahead
from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.files import replace_text
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import RemovedRecord, SiteManifest, cards_of
from plugins.portal.page_places import missing_places
from plugins.portal.problems import PortalError, Problem, did_you_mean, in_order, text
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE, stored
from plugins.portal.site_reading import PROVINCE_RECORD, agency_slugs
from plugins.portal.stages import in_stage, profiling
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml

ATTEMPTS = 5
"""How often sites are linked until all links of a build lead somewhere."""
CACHE = "cache.sqlite"
"""In the build folder: what any build worked out, of whatever content."""
LINKED = (CATALOGUE, SEARCH, PORTAL)
"""Pages about all sites, in the order in which they go into a release."""
LINKING, CATALOGUING, SEARCHING = f"{PORTAL}: link", f"{PORTAL}: catalogue", f"{PORTAL}: search"
"""How profiles call what is done about all sites."""
LINKERS = 2
"""Processes for linking, beside those that compile: nobody's slow site keeps them busy."""


def build_portal(
    settings: Mapping[str, Any],
    only: tuple[str, ...] = (),
    jobs: int | None = None,
    listener: Listener = lambda progress: None,
    executor: Executor | None = None,
    linkers: Executor | None = None,
    *,
    profile: bool = False,
) -> BuildReport:
    """Build the portal of the content folder `PATH` into `OUTPUT_PATH`.

    `only` builds these agencies (the others stay as they are shown) and the province; `jobs` is how many sites are
    compiled at a time. `executor` compiles sites and `linkers` does what is about all of them, each in the place of
    processes of the build's own; of a task that fails they raise a `WorkerError`. Raises `PortalError` if it cannot run
    at all; whatever is wrong in the content is reported. With `profile` the report says where the time went.
    A script calls it under `if __name__ == "__main__"`: the processes that compile import the script.
    """
    started = time.monotonic()
    settings = with_environment(settings)
    folder = build_folder(settings)
    with ExitStack() as around:
        around.enter_context(told_in_a_sentence(folder))
        around.enter_context(_readable_by_all())
        around.enter_context(_one_at_a_time(folder))
        linkers = linkers or around.enter_context(_executor(settings, LINKERS))
        workers = executor or around.enter_context(_executor(settings, jobs or settings["PORTAL_JOBS"] or cores()))
        stages = around.enter_context(profiling()) if profile else None
        prepared = _prepared(settings, only, listener, linkers, profile=profile)
        report = prepared.run(workers) if isinstance(prepared, _Build) else prepared
    if stages is not None:
        tasks = prepared.journal.profiles if isinstance(prepared, _Build) else []
        report = replace(report, profile=BuildProfile(stages.seconds, tasks))
    return replace(report, seconds=time.monotonic() - started)


def cores() -> int:
    """How many processes can work at a time."""
    return len(os.sched_getaffinity(0))


@contextmanager
def _executor(settings: Mapping[str, Any], workers: int) -> Iterator[Executor]:
    executor = ProcessPerTaskExecutor(workers, settings["PORTAL_SITE_TIME_LIMIT"], run_plugins(settings))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _readable_by_all() -> Iterator[None]:
    """What is built is there to be read by a web server, whatever the umask of the one who builds."""
    before = os.umask(READABLE)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two builds of one folder wait for each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class ShownSite:
    """A site as the portal shows it."""

    manifest: SiteManifest
    version: CompiledVersion


def shown_sites(settings: Mapping[str, Any]) -> dict[str, ShownSite]:
    """The sites that the portal shows, by slug; empty where nothing has been built."""
    content = Path(settings["PATH"])
    slugs, _ = agency_slugs(content, str(content))
    stores = [site_store(memory(settings) / "sites", slug) for slug in ("", *slugs)]
    shown = ((store.shown(), store.version(store.shown_digest())) for store in stores)
    return {manifest.slug: ShownSite(manifest, version) for manifest, version in shown if manifest is not None}


@dataclass
class _Build:
    """One build under way. The province's own folder has the empty slug."""

    settings: Mapping[str, Any]
    memory: Path
    sources: Sources
    history: ContentHistory
    claims: Claims
    kinds: Kinds
    stage: CompileStage
    linkers: Executor
    journal: Journal
    release: Path | None = None

    @in_stage("compile")
    def run(self, executor: Executor) -> BuildReport:
        """Compile, link, publish. What is ready is shown although slower sites take longer."""
        jobs = self.stage.plan()
        self.journal.expected = len(jobs) + 1
        few = len(jobs) * 2 <= len(self.stage.slugs) and bool(self._store("").shown_digest())
        outcome = None
        emptied = (
            self.linkers.submit(empty_trash, str(releases_of(Path(self.settings["OUTPUT_PATH"])))) if jobs else None
        )
        for complete in self.stage.run(executor, jobs, impatient=few):
            if self.stage.only_read:
                continue
            outcome = self._settle(executor) if complete else self._link(as_they_are=self.stage.slugs)
            if outcome is not None:
                self._publish(outcome, complete=complete)
        if emptied is not None:
            wait([emptied])  # what it could not remove waits for the next build
        return self._report(outcome)

    def _settle(self, executor: Executor) -> _LinkedPages | None:
        """Link; where links of a site turn out to lead elsewhere than was thought, compile it once more and link again.

        What a site has does not depend on what its links lead to, so that once is enough unless a process breaks down.
        """
        as_they_are = [slug for slug in self.stage.slugs if self.stage.only and stored(slug) not in self.stage.only]
        for _ in range(ATTEMPTS):
            pages = self._link(as_they_are)
            if pages is None or not pages.outcome.unlinked:
                return pages
            for _complete in self.stage.run(executor, self.stage.again(pages.outcome.unlinked)):
                pass
        return self._link(self.stage.slugs)

    @in_stage("link")
    def _link(self, as_they_are: Sequence[str]) -> _LinkedPages | None:
        """The pages about all sites from the versions that are ready; None where building them broke down."""
        versions = tuple(self.stage.ready())
        place = self.stage.place
        removed = self._removed()
        inputs = LinkInputs(
            shared=place.shared_fingerprint,
            settings=shaping_linked(self.settings),
            figures=self.sources.figures.fingerprint,
            removed=[f"{record.agency}/{record.code} {record.removed}" for record in removed],
            owners=sorted(self.claims.owners.items()),
        )
        job = LinkJob(
            place=place,
            inputs=inputs,
            versions=versions,
            removed=removed,
            owners=tuple(sorted(self.claims.owners.items())),
            as_they_are=tuple(as_they_are),
        )
        digest = job.digest()
        foreseen: dict[str, Future[Compiled]] = {}
        if not self._store(PORTAL).has(digest):
            foreseen = self._begin_search(versions)
            linked = self._do([self.linkers.submit(timed(place, LINKING, link_province), job)])
            if linked is None:
                return None
            digest = linked[0].digest
        folder = self._store(PORTAL).version(digest).folder
        outcome = LinkOutcome.model_validate_json((folder / "linked.json").read_bytes())
        pages = _LinkedPages(outcome, {CATALOGUE: outcome.catalogue, SEARCH: outcome.search, PORTAL: digest})
        parts = outcome.unlinked or self._build_parts(outcome, folder, foreseen)
        wait(foreseen.values())
        return pages if parts else None

    def _begin_search(self, versions: Sequence[Version]) -> dict[str, Future[Compiled]]:
        """Put search together while linking decides, as if it will show the newest good version of each site.

        By the digest of what is made: if linking decides otherwise, it is not asked for.
        """
        place = self.stage.place
        shown: dict[str, tuple[str, SiteManifest]] = {}
        for version in versions:
            for digest in (version.digest, version.last_good):
                manifest = place.store(version.slug).manifest(digest) if digest else None
                if manifest is not None and not manifest.problems:
                    shown[version.slug] = (digest, manifest)
                    break
        if PROVINCE not in shown:
            return {}
        own = shown[PROVINCE][1]
        counted = [(slug, manifest.search) for slug, (_, manifest) in sorted(shown.items())]
        digest = search_digest(place.engine, counted, own.synonyms.model_dump_json())
        if self._store(SEARCH).has(digest):
            return {}
        facts = self.memory / "search-facts.json"
        replace_text(facts, SearchFacts.of(own).model_dump_json())
        taken = tuple(Version(slug, made) for slug, (made, _) in shown.items())
        job = SearchJob(place, digest, taken, str(facts.resolve()))
        return {digest: self.linkers.submit(timed(place, SEARCHING, build_search), job)}

    @in_stage("catalogue and search")
    def _build_parts(self, outcome: LinkOutcome, linked: Path, begun: Mapping[str, Future[Compiled]]) -> bool:
        """Build the catalogue and search if what they are made of has changed; whether both go with the rest."""
        place = self.stage.place
        versions = tuple(Version(slug, digest) for slug, digest in outcome.shown.items())
        running: list[Future[Compiled]] = []
        if not self._store(CATALOGUE).has(outcome.catalogue):
            facts = str((linked / "catalogue.json").resolve())
            job = CatalogueJob(place, outcome.catalogue, versions, facts)
            running.append(self.linkers.submit(timed(place, CATALOGUING, build_catalogue), job))
        if outcome.search in begun:
            running.append(begun[outcome.search])
        elif not self._store(SEARCH).has(outcome.search):
            facts = str((linked / "search.json").resolve())
            again = SearchJob(place, outcome.search, versions, facts)
            running.append(self.linkers.submit(timed(place, SEARCHING, build_search), again))
        return self._do(running) is not None

    def _do(self, running: Sequence[Future[Compiled]]) -> list[Compiled] | None:
        """Wait for jobs over all sites; None where one of them did not come to its end."""
        done = []
        for future in running:
            try:
                done.append(future.result())
                self.journal.take(PORTAL, done[-1])
            except WorkerDeniedError:
                raise
            except WorkerError as error:
                self.journal.blame(PORTAL, breakdown(f"{self.sources.shown}/province", error))
        return done if len(done) == len(running) else None

    def _store(self, name: str) -> SiteStore:
        return self.stage.place.store(name)

    def _removed(self) -> tuple[RemovedRecord, ...]:
        """The procedures that were taken out of a folder, in order of code."""
        names = {code: _name_in(removal.before, self.kinds) for code, removal in self.history.removed.items()}
        return tuple(
            RemovedRecord(
                code=left.code, agency=left.agency, name=names.get(left.code) or left.code, removed=left.moment
            )
            for left in self.history.departures
        )

    @in_stage("release")
    def _publish(self, pages: _LinkedPages, *, complete: bool) -> None:
        """Show what linking decided, unless the pages about all sites cannot be shown and never were."""
        over_all = {name: self._good(name, digest) for name, digest in pages.versions.items()}
        if not all(over_all.values()):
            return
        versions = {stored(slug): digest for slug, digest in pages.outcome.shown.items()} | over_all
        if not self.settings["PORTAL_ALLOW_LOSS"]:
            after = counted(self._store(name).manifest(digest) for name, digest in versions.items() if digest)
            check_pages(self._counted_shown(), after, self._words_of_kinds())
        output, limit = Path(self.settings["OUTPUT_PATH"]), self.settings["PORTAL_KEPT_RELEASES"]
        releases = releases_of(output)
        for name, digest in versions.items():
            take_pages(releases, name, digest, self._store(name).www(digest))
        release = assemble(releases, versions, LINKED, spare_release(releases, output, limit))
        mend_rights(release)
        # Only what goes together becomes the last good versions.
        for name, digest in versions.items():
            self._store(name).show(digest)
        show(release, output)
        self.release = release
        if complete:
            sweep(releases, output, limit)
            self._sweep_stores(versions)

    def _sweep_stores(self, versions: Mapping[str, str]) -> None:
        """Forget versions that are neither shown nor new, and the sites of folders that are no more."""
        for name, digest in versions.items():
            slug = PROVINCE if name == STORED_PROVINCE else name
            self._store(name).sweep({digest, self.stage.versions.get(slug, digest)})
            self._store(name).forget_schedules(self.stage.inputs.get(slug, ""))
        known = {STORED_PROVINCE, *LINKED, *self.sources.agencies, *self.claims.refused}
        for folder in (self.memory / "sites").iterdir():
            if folder.name not in known:
                shutil.rmtree(folder)

    def _counted_shown(self) -> Mapping[str, int]:
        stores = (SiteStore(entry) for entry in (self.memory / "sites").iterdir())
        return counted(store.manifest(digest) for store in stores if (digest := store.shown_digest()))

    def _words_of_kinds(self) -> dict[str, SoMany]:
        language = self.settings["DEFAULT_LANG"]
        return {kind.name: partial(kind.so_many, language) for kind in self.kinds}

    def _good(self, name: str, digest: str) -> str:
        """That version of linked pages if it has no problems, else the one shown before; empty if there is none."""
        store = self._store(name)
        manifest = store.manifest(digest)
        if manifest is None or not manifest.problems:
            return digest
        self.journal.blame(PORTAL, *manifest.problems)
        return store.shown_digest()

    def _report(self, pages: _LinkedPages | None) -> BuildReport:
        rows = [self._row(slug, pages.outcome if pages else None) for slug in self.stage.slugs]
        return BuildReport((*rows, self._portal_row()), self.release, 0.0, self.history.note)

    def _row(self, slug: str, outcome: LinkOutcome | None) -> SiteReport:
        name = stored(slug)
        store = self._store(slug)
        digest = "" if outcome is not None and slug in outcome.left_out else store.shown_digest()
        manifest = store.manifest(digest) if digest else None
        newest = self.stage.versions.get(slug, "")
        new = store.manifest(newest)
        problems = in_order([*self.journal.problems.get(slug, ()), *_told(outcome, slug, new)])
        advice: list[Problem] = [*(outcome.advice.get(slug, ()) if outcome else ())]
        for version in (manifest, new):
            advice += version.advice if version else ()
        today = self.stage.place.now.date()
        advice += self._overdue(manifest, today) if manifest else ()
        advice += far_ahead(new.far_dates, today) if new else ()
        advice += missing_places(new.references, self._pages_over_all()) if new else ()
        result: Outcome = "built" if name in self.journal.built else "unchanged"
        if manifest is None:
            result = "left out"
        elif newest != digest:
            result = "kept"
        seconds = self.journal.seconds.get(name, 0.0)
        return SiteReport(name, result, pages_of(manifest), seconds, problems, in_order(advice))

    def _overdue(self, manifest: SiteManifest, today: date) -> Iterator[Problem]:
        """What the passing of time has made odd in what a site shows."""
        for kind in self.kinds:
            for card in cards_of(manifest, kind.name, kind.card_type):
                yield from kind.overdue(card, today)

    def _pages_over_all(self) -> list[Path]:
        """The folders of the pages that are written when all sites are known."""
        stores = [self._store(name) for name in (CATALOGUE, PORTAL)]
        return [store.www(digest) for store in stores if (digest := store.shown_digest())]

    def _portal_row(self) -> SiteReport:
        stores = [self._store(name) for name in LINKED]
        manifests = [manifest for store in stores if (manifest := store.manifest(store.shown_digest())) is not None]
        problems = in_order(self.journal.problems.get(PORTAL, ()))
        result: Outcome = "built" if PORTAL in self.journal.built else "unchanged"
        if self.release is None or problems:
            result = "kept" if self._store(PORTAL).shown_digest() else "left out"
        advice = in_order(advice for manifest in manifests for advice in manifest.advice)
        seconds = self.journal.seconds.get(PORTAL, 0.0)
        return SiteReport(PORTAL, result, sum(map(pages_of, manifests)), seconds, problems, advice)


@dataclass(frozen=True)
class _LinkedPages:
    """What linking decided, and the versions of the pages about all sites that go with it."""

    outcome: LinkOutcome
    versions: Mapping[str, str]


def _told(outcome: LinkOutcome | None, slug: str, new: SiteManifest | None) -> Sequence[Problem]:
    """What is wrong with a site's newest version, also where linking did not come to its end."""
    if outcome is not None:
        return outcome.problems.get(slug, ())
    return new.problems if new else ()


@in_stage("sources")
def _prepared(
    settings: Mapping[str, Any], only: Sequence[str], listener: Listener, linkers: Executor, *, profile: bool
) -> _Build | BuildReport:
    """Take the sources and find out what they are: all that comes later works from what is taken here.

    Where no site can be built, for the records that all of them share were never good, they are read to tell what is
    wrong besides; a report is given where these records bring down the process that reads them.
    """
    check_output(Path(settings["OUTPUT_PATH"]))
    settings = {**settings, "PORTAL_HANDBOOK": _handbook(settings)}
    kinds = load_kinds(settings["PORTAL_KINDS"])
    content, kept = Path(settings["PATH"]), memory(settings)
    sources = take_sources(settings, kept / "snapshot", shown_name(settings), kinds)
    journal = Journal(listener)
    engine = engine_digest(sources.theme.fingerprint, _overrides(settings), shaping(settings))
    breakdowns: list[Problem] = []
    shared, problems = shared_in_force(sources, kept / "shared", engine, partial(_checked, linkers, breakdowns))
    only_read = shared is None
    if shared is None:
        if breakdowns:
            return _nothing_to_build(problems)
        shared = SharedRecords(sources.content, f"none {sources.province.fingerprint}", ())
    claims = settle_claims(sources, content, shared.protocol)
    sources = sources.without(claims.refused)
    _check_names(only, sources.agencies)
    if not settings["PORTAL_ALLOW_LOSS"] and not only_read:
        check_sites(_agencies_shown(kept / "sites"), sources.agencies, shared.protocol)
    journal.blame("", *sources.problems, *claims.refused.values())
    for slug, doubled in claims.problems.items():
        journal.blame(slug, *doubled)
    history = _history(content, kept, sources, claims)
    place = Workplace(
        content=str(sources.content),
        shared=str(shared.folder),
        shown=sources.shown,
        stores=str(kept / "sites"),
        code=code_digest(shaping(settings)),
        engine=engine,
        cache=str(build_folder(settings) / CACHE),
        shared_fingerprint=shared.fingerprint,
        now=datetime.now(ZoneInfo(settings["TIMEZONE"])).replace(tzinfo=None),
        settings=_settings_of_jobs(settings, sources),
        profile=profile,
    )
    stage = CompileStage(
        place=place,
        sources=sources,
        history=history,
        journal=journal,
        notes=kept,
        only=frozenset(only),
        taken=claims.pages_that_agencies_have,
        others_codes=claims.doubled,
        refused={"": problems} if problems else {},
        only_read=only_read,
    )
    return _Build(settings, kept, sources, history, claims, kinds, stage, linkers, journal)


def _nothing_to_build(problems: tuple[Problem, ...]) -> BuildReport:
    """The report of a build that ended before it began."""
    return BuildReport((SiteReport(STORED_PROVINCE, "left out", 0, 0.0, problems),), None, 0.0)


def _checked(executor: Executor, breakdowns: list[Problem], content: str, shown: str) -> str:
    """What a check of the shared records says; a process that breaks down over them is a problem of theirs."""
    try:
        return executor.submit(check_shared, content, shown).result()
    except WorkerDeniedError:
        raise
    except WorkerError as error:
        problem = breakdown(f"{shown}/province/{PROVINCE_RECORD}", error)
        breakdowns.append(problem)
        return CheckedShared(problems=(problem,)).model_dump_json()


def _check_names(only: Sequence[str], agencies: Collection[str]) -> None:
    for slug in only:
        if slug not in agencies and slug != STORED_PROVINCE:
            hint = did_you_mean(slug, [*agencies, STORED_PROVINCE])
            raise PortalError(text('unknown agency "{slug}" ({hint})', slug=slug, hint=hint))


def _agencies_shown(stores: Path) -> list[str]:
    names = [entry.name for entry in stores.iterdir()] if stores.is_dir() else []
    return [
        name for name in names if name not in (STORED_PROVINCE, *LINKED) and SiteStore(stores / name).shown_digest()
    ]


def _settings_of_jobs(settings: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    """Plain values, with the copies that the build took in the place of what people go on editing."""
    return portable(settings) | {
        "PORTAL_BUILD_PATH": str(build_folder(settings)),
        "THEME": str(sources.theme.folder),
        "DOSSIER_STATE_PATH": str(sources.figures.folder),
    }


def _handbook(settings: Mapping[str, Any]) -> str:
    """The text of the editors' handbook; empty where the portal has none, as one whose settings lie elsewhere."""
    name = settings["PORTAL_HANDBOOK"]
    if not name or not settings["PORTAL_PREVIEW"]:
        return ""
    try:
        return Path(root(settings), name).read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        message = text("the handbook cannot be read: {file} (see the setting PORTAL_HANDBOOK)", file=name)
        raise PortalError(message) from error


def _overrides(settings: Mapping[str, Any]) -> list[Path]:
    return [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]


def _history(content: Path, kept: Path, sources: Sources, claims: Claims) -> ContentHistory:
    """What became of the files that are named after codes; empty where there are no such kinds of content."""
    files = CodedFiles([kind.folder for kind in sources.kinds.coded])
    present = {(slug, code) for slug, code in sources.coded_files if code not in claims.others_codes(slug)}
    return read_history(content, kept / "history.json", files, present=present)


def _name_in(written: str, kinds: Kinds) -> str:
    """The name in a file that was named after a code; empty where the file was not in order."""
    try:
        fields = parse_yaml(written)
    except YamlError:
        return ""
    records = ((kind.codes, validate(kind.model, fields, "")[0]) for kind in kinds.coded)
    return next((codes.name(record) for codes, record in records if codes is not None and record is not None), "")


def root(settings: Mapping[str, Any]) -> Path:
    """The project's folder: relative paths of settings begin there, wherever the command was started."""
    return Path(settings["PORTAL_ROOT"]).resolve()


def build_folder(settings: Mapping[str, Any]) -> Path:
    """Where builds remember what they have made."""
    return Path(root(settings), settings["PORTAL_BUILD_PATH"])


def memory(settings: Mapping[str, Any]) -> Path:
    """Where builds of one content folder remember; two folders' agencies have the same names."""
    content = Path(settings["PATH"]).resolve()
    mark = hashlib.blake2b(str(content).encode(), digest_size=4).hexdigest()
    return build_folder(settings) / f"{content.name}-{mark}"


def shown_name(settings: Mapping[str, Any]) -> str:
    """The content folder as reports name it: from the project's folder, if it lies there."""
    content = Path(settings["PATH"])
    try:
        return content.resolve().relative_to(root(settings)).as_posix()
    except ValueError:
        return content.as_posix()
