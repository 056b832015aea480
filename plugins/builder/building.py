"""Building the portal: prepare, plan, compile, link, publish, report."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from plugins.builder.cluster import cluster_executor
from plugins.builder.folders import build_folder
from plugins.builder.link_stage import LinkedPages, LinkStage
from plugins.builder.preparation import Prepared, prepare
from plugins.builder.publishing import Publisher, address_guard
from plugins.builder.refusals import told_in_a_sentence
from plugins.builder.reporting import Reporter
from plugins.builder.reports import BuildProfile, BuildReport, Journal, Listener
from plugins.builder.site_settings import run_plugins
from plugins.builder.store import forget_manifests
from plugins.builder.workers import ProcessPerTaskExecutor, Words, WorkerError
from plugins.dossiers.settings import with_environment
from plugins.portal.problems import BuildFolderError, Text, text
from plugins.portal.site_names import PROVINCE, stored
from plugins.portal.stages import in_stage, profiling
from plugins.releases.pruning import empty_trash, trash_of
from plugins.releases.rights import readable_by_all

ATTEMPTS = 5
"""How often sites are linked until all links of a build lead somewhere."""
LINKERS = 3
"""Processes for linking and removing, beside those that compile: nobody's slow site keeps them busy."""
A_MOMENT = 0.2
"""Seconds that a build waits for what is removed beside it."""
MOST_THROWN_AWAY = 500
"""Folders that may be left to the next build, one for each site of a portal that is gone. With more it waits."""


def build_portal(
    settings: Mapping[str, Any],
    only: tuple[str, ...] = (),
    jobs: int | None = None,
    listener: Listener = lambda progress: None,
    executor: Executor | None = None,
    linkers: Executor | None = None,
    *,
    profile: bool = False,
    cluster: str = "",
) -> BuildReport:
    """Build the portal of the content folder `PATH` into `OUTPUT_PATH`.

    `only` builds these agencies (the others stay as they are shown) and the province; `jobs` is how many sites are
    compiled at a time. `executor` compiles sites and `linkers` does what is about all of them, each in the place of
    processes of the build's own; of a task that fails they raise a `WorkerError`. `cluster` is the address of a Dask
    cluster that compiles sites, such as `dask://10.0.0.5:8786`. Raises `PortalError` if it cannot run
    at all; whatever is wrong in the content is reported. With `profile` the report says where the time went.
    A script calls it under `if __name__ == "__main__"`: the processes that compile import the script.
    """
    started = time.monotonic()
    settings = with_environment(settings)
    folder = build_folder(settings)
    with ExitStack() as around:
        around.enter_context(told_in_a_sentence(folder))
        around.enter_context(readable_by_all())
        around.enter_context(_one_at_a_time(folder))
        around.callback(forget_manifests)
        linkers = linkers or around.enter_context(_executor(settings, LINKERS))
        if cluster:
            executor = around.enter_context(cluster_executor(cluster, settings))
        workers = executor or around.enter_context(_executor(settings, jobs or settings["PORTAL_JOBS"] or cores()))
        stages = around.enter_context(profiling()) if profile else None
        journal = Journal(listener)
        prepared = prepare(settings, only, journal, linkers, _getting_ready(linkers), profile=profile)
        report = _run(prepared, workers, linkers) if isinstance(prepared, Prepared) else prepared
    if stages is not None:
        report = replace(report, profile=BuildProfile(stages.seconds, journal.profiles))
    return replace(report, seconds=time.monotonic() - started)


def await_running_build(settings: Mapping[str, Any]) -> None:
    """Return when no build of the same folder runs. Raises `PortalError` as a build would."""
    folder = build_folder(settings)
    with told_in_a_sentence(folder), readable_by_all(), _one_at_a_time(folder):
        pass


def cores() -> int:
    """How many processes can work at a time."""
    return len(os.sched_getaffinity(0))


@contextmanager
def _executor(settings: Mapping[str, Any], workers: int) -> Iterator[Executor]:
    limit, modules, words = settings["PORTAL_SITE_TIME_LIMIT"], run_plugins(settings), Words.of(settings)
    executor = ProcessPerTaskExecutor(workers, limit, modules, words)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _getting_ready(executor: Executor) -> Callable[[], None]:
    """What lets an executor of our own load its libraries beforehand; others are ready."""
    return executor.get_ready if isinstance(executor, ProcessPerTaskExecutor) else lambda: None


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two builds of one folder wait for each other."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:  # of a folder that is there, such as /proc
        raise BuildFolderError(
            text("cannot build: {path}: no folder can be made there; set PORTAL_BUILD_PATH to another one", path=folder)
        ) from error
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@in_stage("compile")
def _run(build: Prepared, workers: Executor, linkers: Executor) -> BuildReport:
    """Plan, compile, link, publish, report. What is ready is shown although slower sites take longer."""
    jobs = build.stage.plan()
    build.journal.expected = len(jobs) + 1
    few = len(jobs) * 2 <= len(build.stage.slugs) and bool(build.store(PROVINCE).current_digest())
    guard = address_guard(build)
    links, publisher = LinkStage(build, linkers, guard), Publisher(build, guard)
    removing = _Removing(linkers, publisher.releases)
    pages = None
    for complete in build.stage.run(workers, jobs, impatient=few):
        if build.stage.only_read:
            continue
        pages = _settle(build, links, workers) if complete else links.link(as_they_are=build.stage.slugs)
        if pages is not None:
            publisher.publish(pages, complete=complete)
    report = Reporter(build, publisher.release, publisher.held, publisher.notes).report(
        pages.outcome if pages else None
    )
    notes = guard.told() if guard is not None else ()
    return replace(report, notes=(*notes, *publisher.told, *removing.ended()))


class _Removing:
    """What releases before have left is removed beside a build, and no build is long because of it.

    What is there when a build has ended is left to the next one. Where so much is left that builds do not keep up with
    it, the disk comes first.
    """

    def __init__(self, linkers: Executor, releases: Path) -> None:
        thrown_away = trash_of(releases)
        self._is_much = len(thrown_away) > MOST_THROWN_AWAY
        self._emptied = linkers.submit(empty_trash, releases) if thrown_away else None

    def ended(self) -> tuple[Text, ...]:
        """Wait no longer than a moment, for the executor ends it; gives what cannot be removed."""
        if self._emptied is None:
            return ()
        with suppress(WorkerError, FutureTimeoutError):  # or its process broke down: the next build goes on
            return self._emptied.result(None if self._is_much else A_MOMENT)
        return ()


def _settle(build: Prepared, links: LinkStage, workers: Executor) -> LinkedPages | None:
    """Link; where links of a site turn out to lead elsewhere than was thought, compile it once more and link again.

    What a site has does not depend on what its links lead to, so that once is enough unless a process breaks down.
    """
    stage = build.stage
    as_they_are = [slug for slug in stage.slugs if stage.only and stored(slug) not in stage.only]
    for _ in range(ATTEMPTS):
        pages = links.link(as_they_are)
        if pages is None or not pages.outcome.unlinked:
            return pages
        for _complete in stage.run(workers, stage.again(pages.outcome.unlinked)):
            pass
    return links.link(stage.slugs)
