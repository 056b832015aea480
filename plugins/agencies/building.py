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
from pathlib import Path
from typing import Any, Literal

from plugins.agencies.compiling import Job, LinkOutcome, compile_site, link_province, read_shared
from plugins.agencies.digests import engine_digest, link_digest, site_digest
from plugins.agencies.releases import assemble, check_output, show, spare_release, sweep
from plugins.agencies.site_settings import portable, shaping
from plugins.agencies.store import PORTAL, PROVINCE, SiteStore, replace_text, site_store
from plugins.agencies.workers import ProcessPerTaskExecutor, WorkerCrashedError, WorkerError, WorkerKilledError
from plugins.portal.manifest import ProcedureCard, SiteManifest
from plugins.portal.problems import ContentFolderError, PortalError, Problem, did_you_mean, text
from plugins.portal.sites import agency_slugs

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


@dataclass(frozen=True)
class BuildReport:
    """What became of the whole build; the province's own folder first, then agencies by slug, linked pages last."""

    sites: tuple[SiteReport, ...]
    release: Path | None
    """None where nothing can be shown yet."""
    seconds: float

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for site in self.sites for problem in site.problems)


@dataclass(frozen=True)
class Progress:
    """Told as the build goes on."""

    done: int
    total: int
    slug: str
    """The site that has just been built."""


Listener = Callable[[Progress], None]


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
            jobs or settings["PORTAL_JOBS"] or os.cpu_count() or 1, settings["PORTAL_SITE_TIME_LIMIT"]
        )
        try:
            report = build.run(own, listener)
        finally:
            if executor is None:
                own.shutdown(cancel_futures=True)
    return replace(report, seconds=time.monotonic() - started)


def shown_procedures(settings: Mapping[str, Any]) -> list[ProcedureCard]:
    """The catalogue as the portal shows it; empty where nothing has been built."""
    content = Path(settings["PATH"])
    slugs, _ = agency_slugs(content, str(content))
    manifests = (site_store(_stores(settings), slug).shown() for slug in ("", *slugs))
    return [card for manifest in manifests if manifest is not None for card in manifest.procedures]


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
            digest = site_digest(self.engine, self.content, slug, agencies)
            self.versions[slug] = digest
            if not store.has(digest):
                job = self._job(slug, digest, agencies=agencies)
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
            promised=tuple(sorted(path.stem for path in (self.content / inside / "procedures").glob("*.yaml"))),
            problems=(problem,),
        )
        store.keep(name, manifest)
        self.versions[job.slug] = name

    def _link(self, executor: Executor, listener: Listener) -> tuple[LinkOutcome | None, str]:
        versions = tuple((slug, self.versions[slug], self._last_good(slug)) for slug in ("", *self.agencies))
        digest = link_digest(self.engine, self.content, versions)
        store = SiteStore(self.stores / PORTAL)
        if not store.has(digest):
            job = self._job("", digest, versions=versions)
            try:
                self.seconds[PORTAL] = executor.submit(link_province, job).result()
            except WorkerError as error:
                self.problems[PORTAL] = [_breakdown(f"{self.shown}/province", error)]
                return None, digest
            self.built.add(PORTAL)
            listener(Progress(len(self.built), len(self.built), PORTAL))
        return LinkOutcome.model_validate_json((store.version(digest) / "linked.json").read_bytes()), digest

    def _last_good(self, slug: str) -> str:
        """The version that stays if the new one is refused; empty where the new one is it, or there is none."""
        shown = site_store(self.stores, slug).shown_digest()
        return "" if shown == self.versions[slug] else shown

    def _publish(self, outcome: LinkOutcome, linked: str) -> Path | None:
        """Show what linking decided; None where the pages about all sites cannot be shown and never were."""
        store = SiteStore(self.stores / PORTAL)
        manifest = store.manifest(linked)
        if manifest is not None and manifest.problems:
            self.problems[PORTAL] = list(manifest.problems)
            linked = store.shown_digest()
        if not linked:
            return None
        versions = {slug or PROVINCE: digest for slug, digest in outcome.shown.items()} | {PORTAL: linked}
        folders = {name: SiteStore(self.stores / name).www(digest) for name, digest in versions.items()}
        releases = self.stores.parent / "releases"
        output, limit = Path(self.settings["OUTPUT_PATH"]), self.settings["PORTAL_KEPT_RELEASES"]
        release = assemble(releases, versions, folders, PORTAL, spare_release(releases, output, limit))
        # Only what goes together becomes the last good versions.
        for name, digest in versions.items():
            SiteStore(self.stores / name).show(digest)
        show(release, output)
        sweep(releases, output, limit)
        for name, digest in versions.items():
            new = self.versions.get("" if name == PROVINCE else name, digest)
            SiteStore(self.stores / name).sweep({digest, new})
        return release

    def _report(self, outcome: LinkOutcome | None, release: Path | None) -> BuildReport:
        for slug, found in (outcome.problems if outcome else {}).items():
            self.problems.setdefault(slug, []).extend(found)
        rows = [self._row(slug, outcome) for slug in ("", *self.agencies)]
        rows.append(self._portal_row(release))
        return BuildReport(tuple(rows), release, 0.0)

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
        return SiteReport(name, result, _pages(store.manifest(digest)), self.seconds.get(name, 0.0), problems)

    def _portal_row(self, release: Path | None) -> SiteReport:
        store = SiteStore(self.stores / PORTAL)
        problems = tuple(self.problems.get(PORTAL, ()))
        result: Outcome = "built" if PORTAL in self.built else "unchanged"
        if release is None or problems:
            result = "kept" if store.shown_digest() else "left out"
        pages = _pages(store.manifest(store.shown_digest()))
        return SiteReport(PORTAL, result, pages, self.seconds.get(PORTAL, 0.0), problems)


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
