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

from plugins.agencies.compiling import Job, LinkOutcome, compile_agency, link_province, read_shared
from plugins.agencies.digests import engine_digest, province_digest, site_digest
from plugins.agencies.releases import assemble, show, sweep
from plugins.agencies.site_settings import portable, shaping
from plugins.agencies.store import PROVINCE, SiteStore
from plugins.agencies.workers import ProcessPerTaskExecutor, WorkerCrashedError, WorkerError, WorkerKilledError
from plugins.portal.manifest import SiteManifest
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
    """What became of the whole build; sites in order of slug, the province's own first."""

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
                own.shutdown()
    return replace(report, seconds=time.monotonic() - started)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two builds of one folder wait for each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass
class _Build:
    """One build under way."""

    settings: Mapping[str, Any]
    content: Path
    shown: str
    stores: Path
    engine: str
    slugs: list[str]
    only: frozenset[str]
    problems: dict[str, list[Problem]]
    seconds: dict[str, float] = field(default_factory=dict)
    built: set[str] = field(default_factory=set)
    versions: dict[str, str] = field(default_factory=dict)
    """The new version of each agency: a digest in its store."""

    @classmethod
    def plan(cls, settings: Mapping[str, Any], only: tuple[str, ...]) -> _Build:
        content = Path(settings["PATH"])
        shown = _as_shown(content)
        if not (content / "province").is_dir():
            raise ContentFolderError(f"{shown}: no folder province/ in it: is this a content folder?")
        slugs, problems = agency_slugs(content, shown)
        for slug in only:
            if slug not in slugs and slug != PROVINCE:
                hint = did_you_mean(slug, [*slugs, PROVINCE]).render()
                raise PortalError(f'unknown agency "{slug}" ({hint})')
        engine = engine_digest(Path(settings["THEME"]), shaping(settings))
        stores = Path(settings["PORTAL_BUILD_PATH"]).resolve() / "sites"
        return cls(
            settings, content, shown, stores, engine, slugs, frozenset(only), {PROVINCE: problems} if problems else {}
        )

    def run(self, executor: Executor, listener: Listener) -> BuildReport:
        broken = executor.submit(read_shared, str(self.content), self.shown).result()
        if broken:
            self.problems[PROVINCE] = [Problem.model_validate_json(line) for line in broken.splitlines()]
            return self._report(None, {slug: SiteStore(self.stores / slug).shown_digest() for slug in self.slugs}, ())
        self._compile(executor, listener)
        outcome, province = self._link(executor, listener)
        if outcome is None:
            return self._report(None, {slug: SiteStore(self.stores / slug).shown_digest() for slug in self.slugs}, ())
        for slug, found in outcome.problems.items():
            self.problems.setdefault(slug, []).extend(found)
        return self._publish(outcome, province)

    def _compile(self, executor: Executor, listener: Listener) -> None:
        waiting: dict[Future[float], Job] = {}
        for slug in self.slugs:
            store = SiteStore(self.stores / slug)
            shown = store.shown_digest()
            if self.only and slug not in self.only and shown:
                self.versions[slug] = shown
                continue
            digest = site_digest(self.engine, self.content, slug)
            self.versions[slug] = digest
            kept = store.manifest(digest)
            if kept is not None and kept.digest == digest and (kept.problems or store.www(digest).is_dir()):
                continue
            job = self._job(slug, digest)
            waiting[executor.submit(compile_agency, job)] = job
        total = len(waiting) + 1
        for done, future in enumerate(as_completed(waiting), 1):
            job = waiting[future]
            self.built.add(job.slug)
            try:
                self.seconds[job.slug] = future.result()
            except WorkerError as error:
                self._keep_failure(job, error)
            listener(Progress(done, total, job.slug))

    def _job(self, slug: str, digest: str, versions: tuple[tuple[str, str, str], ...] = ()) -> Job:
        return Job(
            content=str(self.content.resolve()),
            shown=self.shown,
            slug=slug,
            digest=digest,
            engine=self.engine,
            store=str(self.stores),
            settings=portable(self.settings),
            versions=versions,
        )

    def _keep_failure(self, job: Job, error: WorkerError) -> None:
        """A worker that broke down leaves a problem like any other; its site is tried again in the next build."""
        problem = _breakdown(f"{self.shown}/agencies/{job.slug}", error)
        store = SiteStore(self.stores / job.slug)
        last_good = store.shown()
        procedures = (self.content / "agencies" / job.slug / "procedures").glob("*.yaml")
        name = f"failed-{hashlib.blake2b(problem.render().encode(), digest_size=8).hexdigest()}"
        manifest = SiteManifest(
            slug=job.slug,
            digest=name,
            agency=last_good.agency if last_good else None,
            promised=tuple(sorted(path.stem for path in procedures)),
            problems=(problem,),
        )
        store.keep(name, manifest)
        self.versions[job.slug] = name

    def _link(self, executor: Executor, listener: Listener) -> tuple[LinkOutcome | None, str]:
        versions = tuple((slug, self.versions[slug], self._last_good(slug)) for slug in self.slugs)
        digest = province_digest(self.engine, self.content, versions)
        store = SiteStore(self.stores / PROVINCE)
        kept = store.manifest(digest)
        if kept is None or kept.digest != digest or not (kept.problems or store.www(digest).is_dir()):
            try:
                self.seconds[PROVINCE] = executor.submit(link_province, self._job("", digest, versions)).result()
            except WorkerError as error:
                self.problems.setdefault(PROVINCE, []).append(_breakdown(f"{self.shown}/province", error))
                return None, digest
            self.built.add(PROVINCE)
            compiled = len(self.built)
            listener(Progress(compiled, compiled, PROVINCE))
        return LinkOutcome.model_validate_json((store.version(digest) / "linked.json").read_bytes()), digest

    def _last_good(self, slug: str) -> str:
        """The version that stays if the new one is refused; empty where the new one is it, or there is none."""
        shown = SiteStore(self.stores / slug).shown_digest()
        return "" if shown == self.versions[slug] else shown

    def _publish(self, outcome: LinkOutcome, province: str) -> BuildReport:
        store = SiteStore(self.stores / PROVINCE)
        manifest = store.manifest(province)
        if manifest is not None and manifest.problems:
            self.problems.setdefault(PROVINCE, []).extend(manifest.problems)
            province = store.shown_digest()
        for slug, digest in outcome.shown.items():
            SiteStore(self.stores / slug).show(digest)
        if not province:
            return self._report(None, outcome.shown, outcome.left_out)
        store.show(province)
        versions = {**outcome.shown, PROVINCE: province}
        folders = {slug: SiteStore(self.stores / slug).www(digest) for slug, digest in versions.items()}
        releases = self.stores.parent / "releases"
        release = assemble(releases, versions, folders, PROVINCE)
        output = Path(self.settings["OUTPUT_PATH"])
        show(release, output)
        sweep(releases, output, self.settings["PORTAL_KEPT_RELEASES"])
        for slug, digest in versions.items():
            SiteStore(self.stores / slug).sweep({digest, self.versions.get(slug, digest)})
        return self._report(release, outcome.shown, outcome.left_out)

    def _report(self, release: Path | None, shown: Mapping[str, str], left_out: tuple[str, ...]) -> BuildReport:
        rows = [self._row(PROVINCE, SiteStore(self.stores / PROVINCE).shown_digest())]
        rows += [self._row(slug, "" if slug in left_out else shown.get(slug, "")) for slug in self.slugs]
        return BuildReport(tuple(rows), release, 0.0)

    def _row(self, slug: str, digest: str) -> SiteReport:
        manifest = SiteStore(self.stores / slug).manifest(digest) if digest else None
        problems = tuple(self.problems.get(slug, ()))
        outcome: Outcome = "built" if slug in self.built else "unchanged"
        if problems and self.versions.get(slug) != digest:
            outcome = "kept"
        if manifest is None:
            outcome = "left out"
        pages = sum(address.endswith("/") or not address for address in manifest.addresses) if manifest else 0
        return SiteReport(slug, outcome, pages, self.seconds.get(slug, 0.0), problems)


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
