"""Building the portal: compile what has changed, link, put together, show."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from plugins.agencies.compiling import (
    HISTORY,
    Job,
    LinkOutcome,
    build_catalogue,
    build_search,
    compile_site,
    link_province,
    read_shared,
)
from plugins.agencies.content_history import ContentHistory, read_history
from plugins.agencies.digests import LinkInputs, engine_digest, link_digest, site_digest
from plugins.agencies.releases import assemble, check_output, show, spare_release, sweep
from plugins.agencies.site_settings import portable, shaping, shaping_linked
from plugins.agencies.store import CATALOGUE, PORTAL, PROVINCE, SEARCH, SiteStore, replace_text, site_store
from plugins.agencies.workers import ProcessPerTaskExecutor, WorkerCrashedError, WorkerError, WorkerKilledError
from plugins.portal.advice import overdue
from plugins.portal.manifest import RemovedProcedure, SiteManifest
from plugins.portal.problems import ContentFolderError, PortalError, Problem, Text, did_you_mean, in_order, text
from plugins.portal.procedure import Procedure
from plugins.portal.sites import agency_slugs
from plugins.portal.validation import validate
from plugins.portal.yaml_source import YamlError, parse_yaml

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
class BuildReport:
    """What became of the whole build; the province's own folder first, then agencies by slug, linked pages last."""

    sites: tuple[SiteReport, ...]
    release: Path | None
    """None where nothing can be shown yet."""
    seconds: float
    note: Text | None = None
    """Why the history of procedures is not told, or not all of it."""

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

LINKED = (CATALOGUE, SEARCH, PORTAL)
"""Pages about all sites, in the order in which they go into a release."""


def build_portal(
    settings: Mapping[str, Any],
    only: tuple[str, ...] = (),
    jobs: int | None = None,
    listener: Listener = lambda progress: None,
    executor: Executor | None = None,
) -> BuildReport:
    """Build the portal of the content folder `PATH` into `OUTPUT_PATH`.

    `only` builds these agencies (the others stay as they are shown) and the province; `jobs` is how many sites are
    compiled at a time. Raises `PortalError` if it cannot run at all; whatever is wrong in the content is reported.
    A script calls it under `if __name__ == "__main__"`: the processes that compile import the script.
    """
    started = time.monotonic()
    with _one_at_a_time(Path(settings["PORTAL_BUILD_PATH"])):
        build = _Build.plan(settings, only)
        own = executor or ProcessPerTaskExecutor(
            jobs or settings["PORTAL_JOBS"] or os.cpu_count() or 1,
            settings["PORTAL_SITE_TIME_LIMIT"],
            settings["PORTAL_SITE_PLUGINS"],
        )
        try:
            report = build.run(own, listener)
        finally:
            if executor is None:
                own.shutdown(cancel_futures=True)
    return replace(report, seconds=time.monotonic() - started)


@dataclass(frozen=True)
class ShownSite:
    """A site as the portal shows it."""

    manifest: SiteManifest
    version: Path
    """The folder of its compiled version."""


def shown_sites(settings: Mapping[str, Any]) -> dict[str, ShownSite]:
    """The sites that the portal shows, by slug; empty where nothing has been built."""
    content = Path(settings["PATH"])
    slugs, _ = agency_slugs(content, str(content))
    stores = [site_store(_stores(settings), slug) for slug in ("", *slugs)]
    shown = ((store.shown(), store.version(store.shown_digest())) for store in stores)
    return {manifest.slug: ShownSite(manifest, version) for manifest, version in shown if manifest is not None}


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two builds of one folder wait for each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass
class _Build:
    """One build under way. The province's own folder has the empty slug."""

    settings: Mapping[str, Any]
    content: Path
    shown: str
    stores: Path
    engine: str
    agencies: tuple[str, ...]
    only: frozenset[str]
    problems: dict[str, list[Problem]]
    history: ContentHistory
    today: date
    """In Vietnam: what is overdue is looked for when a build is reported."""
    seconds: dict[str, float] = field(default_factory=dict)
    built: set[str] = field(default_factory=set)
    """The names of the sites that were built, as reports have them."""
    versions: dict[str, str] = field(default_factory=dict)
    """The new version of each site: a digest in its store."""

    @classmethod
    def plan(cls, settings: Mapping[str, Any], only: tuple[str, ...]) -> _Build:
        content = Path(settings["PATH"])
        shown = _as_shown(content)
        if not (content / "province").is_dir():
            raise ContentFolderError(f"{shown}: no folder province/ in it: is this a content folder?")
        check_output(Path(settings["OUTPUT_PATH"]))
        slugs, problems = agency_slugs(content, shown)
        for slug in only:
            if slug not in slugs and slug != PROVINCE:
                hint = did_you_mean(slug, [*slugs, PROVINCE]).render()
                raise PortalError(f'unknown agency "{slug}" ({hint})')
        return cls(
            settings=settings,
            content=content,
            shown=shown,
            stores=_stores(settings),
            engine=engine_digest(Path(settings["THEME"]), shaping(settings)),
            agencies=tuple(slugs),
            only=frozenset(only),
            problems={"": problems} if problems else {},
            history=read_history(content, _stores(settings).parent / "history.json"),
            today=datetime.now(ZoneInfo(settings["TIMEZONE"])).date(),
        )

    def run(self, executor: Executor, listener: Listener) -> BuildReport:
        try:
            broken = executor.submit(read_shared, str(self.content), self.shown).result()
            found = [Problem.model_validate_json(line) for line in broken.splitlines()]
        except WorkerError as error:
            found = [_breakdown(f"{self.shown}/province/province.yaml", error)]
        if found:
            self.problems[""] = found
            return self._report(None, None)
        self._compile(executor, listener)
        outcome, linked = self._link(executor, listener)
        return self._report(outcome, self._publish(outcome, linked) if outcome else None)

    def _compile(self, executor: Executor, listener: Listener) -> None:
        waiting: dict[Future[float], Job] = {}
        for slug in ("", *self.agencies):
            store = site_store(self.stores, slug)
            shown = store.shown_digest()
            if self.only and (slug or PROVINCE) not in self.only and shown:
                self.versions[slug] = shown
                continue
            agencies = () if slug else self.agencies
            mark = self.history.digest(self._codes(slug))
            digest = site_digest(self.engine, self.content, slug, agencies, mark)
            self.versions[slug] = digest
            if not store.has(digest):
                job = self._job(slug, digest, agencies=agencies, history_mark=mark, history=self._history_file(slug))
                waiting[executor.submit(compile_site, job)] = job
        for done, future in enumerate(as_completed(waiting), 1):
            job = waiting[future]
            name = job.slug or PROVINCE
            self.built.add(name)
            try:
                self.seconds[name] = future.result()
            except WorkerError as error:
                self._keep_failure(job, error)
            listener(Progress(done, len(waiting) + 1, name))

    def _codes(self, slug: str) -> tuple[str, ...]:
        """The codes that the procedure files of a folder are named after."""
        folder = self.content / (f"agencies/{slug}" if slug else "province") / "procedures"
        return tuple(sorted(path.stem for path in folder.glob("*.yaml")))

    def _history_file(self, slug: str) -> str:
        """Where a site's process reads what became of its procedures; empty where nothing is known."""
        found = {code: self.history.of(code) for code in self._codes(slug)}
        known = {code: revisions for code, revisions in found.items() if revisions}
        if not known:
            return ""
        path = self.stores.parent / "history" / f"{slug or PROVINCE}.json"
        replace_text(path, HISTORY.dump_json(known).decode())
        return str(path)

    def _job(self, slug: str, digest: str, **more: Any) -> Job:
        return Job(
            content=str(self.content.resolve()),
            shown=self.shown,
            slug=slug,
            digest=digest,
            engine=self.engine,
            store=str(self.stores),
            settings=portable(self.settings) | {"PORTAL_BUILD_PATH": str(self.stores.parents[1])},
            **more,
        )

    def _keep_failure(self, job: Job, error: WorkerError) -> None:
        """A worker that broke down leaves a problem like any other; its site is tried again in the next build."""
        inside = f"agencies/{job.slug}" if job.slug else "province"
        problem = _breakdown(f"{self.shown}/{inside}", error)
        store = site_store(self.stores, job.slug)
        if isinstance(error, WorkerCrashedError):
            replace_text(store.folder / "traceback.txt", error.details)
        last_good = store.shown()
        name = f"failed-{hashlib.blake2b(problem.render().encode(), digest_size=8).hexdigest()}"
        manifest = SiteManifest(
            slug=job.slug,
            digest=name,
            agency=last_good.agency if last_good else None,
            promised=self._codes(job.slug),
            problems=(problem,),
        )
        store.keep(name, manifest)
        self.versions[job.slug] = name

    def _link(self, executor: Executor, listener: Listener) -> tuple[LinkOutcome | None, str]:
        versions = tuple((slug, self.versions[slug], self._last_good(slug)) for slug in ("", *self.agencies))
        removed = self._removed()
        inputs = LinkInputs(
            settings=shaping_linked(self.settings),
            figures=Path(self.settings["DOSSIER_STATE_PATH"]),
            removed=[f"{procedure.code} {procedure.removed}" for procedure in removed],
        )
        digest = link_digest(self.engine, self.content, versions, inputs)
        store = SiteStore(self.stores / PORTAL)
        if not store.has(digest):
            job = self._job("", digest, versions=versions, removed=removed)
            try:
                self.seconds[PORTAL] = executor.submit(link_province, job).result()
            except WorkerError as error:
                self.problems[PORTAL] = [_breakdown(f"{self.shown}/province", error)]
                return None, digest
            self.built.add(PORTAL)
            listener(Progress(len(self.built), len(self.built), PORTAL))
        outcome = LinkOutcome.model_validate_json((store.version(digest) / "linked.json").read_bytes())
        return (outcome if self._build_parts(executor, outcome, store.version(digest)) else None), digest

    def _build_parts(self, executor: Executor, outcome: LinkOutcome, linked: Path) -> bool:
        """Build the catalogue and search if what they are made of has changed; whether both go with the rest."""
        versions = tuple((slug, digest, "") for slug, digest in outcome.shown.items())
        waiting: list[Future[float]] = []
        if not SiteStore(self.stores / CATALOGUE).has(outcome.catalogue):
            facts = str((linked / "catalogue.json").resolve())
            job = self._job("", outcome.catalogue, versions=versions, facts=facts)
            waiting.append(executor.submit(build_catalogue, job))
        if not SiteStore(self.stores / SEARCH).has(outcome.search):
            waiting.append(executor.submit(build_search, self._job("", outcome.search, versions=versions)))
        for future in waiting:
            try:
                self.seconds[PORTAL] = self.seconds.get(PORTAL, 0.0) + future.result()
                self.built.add(PORTAL)
            except WorkerError as error:
                self.problems.setdefault(PORTAL, []).append(_breakdown(f"{self.shown}/province", error))
        return not self.problems.get(PORTAL)

    def _removed(self) -> tuple[RemovedProcedure, ...]:
        """The procedures that once were in the content and are no more, in order of code."""
        return tuple(
            RemovedProcedure(code=code, name=_name_in(removal.before) or code, removed=removal.moment)
            for code, removal in sorted(self.history.removed.items())
        )

    def _last_good(self, slug: str) -> str:
        """The version that stays if the new one is refused; empty where the new one is it, or there is none."""
        shown = site_store(self.stores, slug).shown_digest()
        return "" if shown == self.versions[slug] else shown

    def _publish(self, outcome: LinkOutcome, linked: str) -> Path | None:
        """Show what linking decided; None where the pages about all sites cannot be shown and never were."""
        over_all = {name: self._good(name, digest) for name, digest in self._linked(outcome, linked).items()}
        if not all(over_all.values()):
            return None
        versions = {slug or PROVINCE: digest for slug, digest in outcome.shown.items()} | over_all
        folders = {name: SiteStore(self.stores / name).www(digest) for name, digest in versions.items()}
        releases = self.stores.parent / "releases"
        output, limit = Path(self.settings["OUTPUT_PATH"]), self.settings["PORTAL_KEPT_RELEASES"]
        release = assemble(releases, versions, folders, LINKED, spare_release(releases, output, limit))
        # Only what goes together becomes the last good versions.
        for name, digest in versions.items():
            SiteStore(self.stores / name).show(digest)
        show(release, output)
        sweep(releases, output, limit)
        for name, digest in versions.items():
            new = self.versions.get("" if name == PROVINCE else name, digest)
            SiteStore(self.stores / name).sweep({digest, new})
        return release

    @staticmethod
    def _linked(outcome: LinkOutcome, linked: str) -> dict[str, str]:
        return {CATALOGUE: outcome.catalogue, SEARCH: outcome.search, PORTAL: linked}

    def _good(self, name: str, digest: str) -> str:
        """That version of linked pages if it has no problems, else the one shown before; empty if there is none."""
        store = SiteStore(self.stores / name)
        manifest = store.manifest(digest)
        if manifest is None or not manifest.problems:
            return digest
        self.problems.setdefault(PORTAL, []).extend(manifest.problems)
        return store.shown_digest()

    def _report(self, outcome: LinkOutcome | None, release: Path | None) -> BuildReport:
        for slug, found in (outcome.problems if outcome else {}).items():
            self.problems.setdefault(slug, []).extend(found)
        rows = [self._row(slug, outcome) for slug in ("", *self.agencies)]
        rows.append(self._portal_row(release))
        return BuildReport(tuple(rows), release, 0.0, self.history.note)

    def _row(self, slug: str, outcome: LinkOutcome | None) -> SiteReport:
        name = slug or PROVINCE
        store = site_store(self.stores, slug)
        left_out = outcome is not None and slug in outcome.left_out
        digest = "" if left_out else store.shown_digest()
        problems = tuple(self.problems.get(slug, ()))
        result: Outcome = "built" if name in self.built else "unchanged"
        if not digest:
            result = "left out"
        elif problems and self.versions.get(slug) != digest:
            result = "kept"
        manifest = store.manifest(digest)
        advice = in_order([*manifest.advice, *overdue(manifest.procedures, self.today)]) if manifest else ()
        return SiteReport(name, result, _pages(manifest), self.seconds.get(name, 0.0), problems, advice)

    def _portal_row(self, release: Path | None) -> SiteReport:
        stores = [SiteStore(self.stores / name) for name in LINKED]
        manifests = [manifest for store in stores if (manifest := store.manifest(store.shown_digest())) is not None]
        problems = tuple(self.problems.get(PORTAL, ()))
        result: Outcome = "built" if PORTAL in self.built else "unchanged"
        if release is None or problems:
            result = "kept" if SiteStore(self.stores / PORTAL).shown_digest() else "left out"
        advice = in_order(advice for manifest in manifests for advice in manifest.advice)
        pages = sum(map(_pages, manifests))
        return SiteReport(PORTAL, result, pages, self.seconds.get(PORTAL, 0.0), problems, advice)


def _name_in(written: str) -> str:
    """The name in a procedure's file; empty where the file was not in order."""
    try:
        procedure, _ = validate(Procedure, parse_yaml(written), "")
    except YamlError:
        return ""
    return procedure.name if procedure else ""


def _pages(manifest: SiteManifest | None) -> int:
    return sum(address.endswith("/") or not address for address in manifest.addresses) if manifest else 0


def _stores(settings: Mapping[str, Any]) -> Path:
    """Where a content folder's versions are kept, apart from others': two folders' agencies have the same names."""
    content = Path(settings["PATH"]).resolve()
    mark = hashlib.blake2b(str(content).encode(), digest_size=4).hexdigest()
    return Path(settings["PORTAL_BUILD_PATH"]).resolve() / f"{content.name}-{mark}" / "sites"


def _breakdown(path: str, error: WorkerError) -> Problem:
    if isinstance(error, WorkerCrashedError):
        message = text("building the site failed: {reason}", reason=error)
    elif isinstance(error, WorkerKilledError):
        message = text("building the site was ended by force: {reason}", reason=error)
    else:
        message = text("building the site took longer than {limit} seconds", limit=error)
    return Problem(path=path, message=message, hint=text("look at its last change; tell those who run the portal"))


def _as_shown(content: Path) -> str:
    """The content folder as reports name it: from where the person stands, if it lies there."""
    try:
        return content.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return content.as_posix()
