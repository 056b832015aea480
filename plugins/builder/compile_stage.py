"""Every site's version brought up to date: which ones are to be compiled, and what came of it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from plugins.builder.compiling import compile_site
from plugins.builder.content_history import ContentHistory
from plugins.builder.digests import SiteInputs, site_digest
from plugins.builder.jobs import HISTORY, Compiled, CompileJob, Version, Workplace
from plugins.builder.profiling import timed
from plugins.builder.refusals import breakdown
from plugins.builder.reports import Journal
from plugins.builder.sources import Sources, note_obstacles
from plugins.builder.workers import (
    WorkerCrashedError,
    WorkerDeniedError,
    WorkerError,
)
from plugins.portal.alerts import alerts_digest, concerning
from plugins.portal.files import replace_text
from plugins.portal.manifest import SiteManifest
from plugins.portal.media import is_picture, may_be_signed
from plugins.portal.problems import Problem
from plugins.portal.site_names import folder_of, is_agency, stored, with_province
from plugins.portal.stages import in_stage

PATIENCE = 5.0
"""Seconds that a site which is ready waits for slower ones before it is shown without them."""
SIZE_CLASS = 200
"""Files: sites whose numbers of files differ by less are as large as each other."""


@dataclass
class CompileStage:
    """The sites of a build. The province's own folder has the empty slug."""

    workplace: Workplace
    sources: Sources
    history: ContentHistory
    journal: Journal
    notes: Path
    """A folder for what sites' processes are told in files."""
    only: frozenset[str] = frozenset()
    """Sites that are compiled; empty for all. The others stay as they are shown."""
    taken: tuple[str, ...] = ()
    """The agencies' addresses that the province's own pages ask for."""
    others_codes: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By site, the codes that it has a file for and that are another's."""
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Sites that cannot be shown whatever their folders hold, and why. They are read, so that all is told at once."""
    only_read: bool = False
    """Whether nothing is built: what is wrong with the sites is found, and that is all."""
    versions: dict[str, str] = field(default_factory=dict)
    """The newest version of each site: a digest in its store."""
    inputs: dict[str, str] = field(default_factory=dict)
    """What each is made from, whatever the time."""
    _running: dict[Future[Compiled], CompileJob] = field(default_factory=dict)

    @property
    def slugs(self) -> tuple[str, ...]:
        return with_province(self.sources.agencies)

    @in_stage("plan")
    def plan(self) -> list[CompileJob]:
        """What is to be compiled."""
        jobs: list[CompileJob] = []
        for slug in self.slugs:
            current = self.workplace.store(slug).current_digest()
            if slug not in self.refused and self.only and stored(slug) not in self.only and current:
                self.versions[slug] = current
            else:
                jobs += self._jobs(slug, self.workplace.store(slug).unlinked)
        return jobs

    def again(self, unlinked: Mapping[str, tuple[str, ...]]) -> list[CompileJob]:
        """What is to be compiled once more because its links lead somewhere else than was thought."""
        return [job for slug, keys in unlinked.items() for job in self._jobs(slug, keys)]

    def _jobs(self, slug: str, unlinked: tuple[str, ...]) -> Iterable[CompileJob]:
        """The site's job, unless the version that it would make is there."""
        codes = self.sources.codes(slug)
        taken = () if is_agency(slug) else self.taken
        others_codes = tuple(sorted(self.others_codes.get(slug, ())))
        files = self.sources.tree(slug).files.items()
        checked = tuple(item for item in files if may_be_signed(item[0]))
        inputs = site_digest(
            self.workplace.engine,
            SiteInputs(
                slug=slug,
                shared=self.workplace.shared_fingerprint,
                folder=self.sources.tree(slug).fingerprint,
                history=self.history.digest(codes),
                taken=taken,
                others_codes=others_codes,
                unlinked=unlinked,
                refused=[problem.render() for problem in self.refused.get(slug, ())],
                only_read=self.only_read,
                alerts=alerts_digest(concerning(self.workplace.alerts, slug)),
                trust=self.workplace.trust_fingerprint if checked else "",
            ),
        )
        store = self.workplace.store(slug)
        digest = store.version_at(inputs, self.workplace.now)
        store.unlinked = unlinked
        self.inputs[slug], self.versions[slug] = inputs, digest
        if not store.has(digest):
            name = stored(slug)
            yield CompileJob(
                workplace=self.workplace,
                slug=slug,
                digest=digest,
                inputs=inputs,
                taken=taken,
                others_codes=others_codes,
                obstacles=note_obstacles(self.notes / "obstacles", name, self.sources.tree(slug)),
                pictures=tuple(item for item in files if is_picture(item[0])),
                checked=checked,
                history=self._history_file(name, codes),
                unlinked=unlinked,
                refused=self.refused.get(slug, ()),
                only_read=self.only_read,
            )

    def _history_file(self, name: str, codes: Iterable[str]) -> str:
        """Where a site's process reads what became of its procedures; empty where nothing is known."""
        known = {code: revisions for code in codes if (revisions := self.history.of(code))}
        if not known:
            return ""
        path = self.notes / "history" / f"{name}.json"
        replace_text(path, HISTORY.dump_json(known).decode())
        return str(path)

    def run(self, executor: Executor, jobs: Iterable[CompileJob], *, impatient: bool = False) -> Iterator[bool]:
        """Compile them; True is given when all is done.

        With `impatient`, False is given when something has been ready for a while that slower sites hold up.
        """
        self._running = {
            executor.submit(timed(self.workplace, stored(job.slug), compile_site), job): job
            for job in self._in_turn(list(jobs))
        }
        ready_since = None
        while self._running:
            done, _ = wait(self._running, timeout=PATIENCE / 5, return_when=FIRST_COMPLETED)
            for future in done:
                self._take(self._running.pop(future), future)
            now = time.monotonic()
            ready_since = ready_since or (now if done else None)
            if impatient and self._running and ready_since is not None and now - ready_since > PATIENCE:
                ready_since = None
                yield False
        yield True

    def _in_turn(self, jobs: list[CompileJob]) -> list[CompileJob]:
        """Small sites first where something is shown already: they are edits that somebody waits for.

        Where nothing is shown, the largest first: all is done soonest when no large site is the last.
        """
        first_build = not any(self.workplace.store(slug).current_digest() for slug in self.slugs)

        def size(job: CompileJob) -> int:
            classes = len(self.sources.tree(job.slug).files) // SIZE_CLASS
            return -classes if first_build else classes

        return sorted(jobs, key=lambda job: (size(job), job.slug))

    def _take(self, job: CompileJob, future: Future[Compiled]) -> None:
        name = stored(job.slug)
        try:
            self.journal.take(name, future.result())
        except WorkerDeniedError:
            raise
        except WorkerError as error:
            self._keep_failure(job, error)
            self.journal.note(name)

    def _keep_failure(self, job: CompileJob, error: WorkerError) -> None:
        """A worker that broke down leaves a problem like any other; its site is tried again in the next build."""
        if isinstance(error, WorkerCrashedError):
            replace_text(self.workplace.store(job.slug).folder / "traceback.txt", error.details)
        self._keep_problems(job.slug, (*job.refused, breakdown(self._path(job.slug), error)))

    def _keep_problems(self, slug: str, problems: tuple[Problem, ...]) -> None:
        """A version that says why there is none."""
        store = self.workplace.store(slug)
        last_good = store.current()
        written = "\n".join(problem.render() for problem in problems)
        digest = f"failed-{hashlib.blake2b(written.encode(), digest_size=8).hexdigest()}"
        manifest = SiteManifest(
            slug=slug,
            digest=digest,
            agency=last_good.agency if last_good else None,
            promised=tuple(code for code in self.sources.codes(slug) if code not in self.others_codes.get(slug, ())),
            untaken=("",),
            problems=problems,
        )
        store.keep(digest, manifest)
        self.versions[slug] = digest

    def _path(self, slug: str) -> str:
        return f"{self.sources.display_path}/{folder_of(slug)}"

    def ready(self) -> list[Version]:
        """The versions to link now: the newest, or of a site that is still being compiled the one that is shown."""
        compiling = {job.slug for job in self._running.values()}
        digests = {
            slug: self.workplace.store(slug).current_digest() if slug in compiling else self.versions[slug]
            for slug in self.slugs
        }
        return [self._version(slug, digest) for slug, digest in digests.items() if digest]

    def _version(self, slug: str, digest: str) -> Version:
        current = self.workplace.store(slug).current_digest()
        return Version(slug, digest, "" if current == digest else current)
