"""Sites compiled on a Dask cluster: the machines share the build folder, and link and release stay on this one.

What travels is small: a job, which says where in the build folder its content was copied to, and what came of it. On
its machine each site has a process of its own with the limits that it has here. Dask pickles what it sends, so a
cluster is closed: whoever can speak to its scheduler can run anything on its machines.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from plugins.builder.digests import TreeDigest, code_digest
from plugins.builder.folders import CACHE, build_folder
from plugins.builder.jobs import CompileJob
from plugins.builder.site_settings import run_plugins, shaping
from plugins.builder.workers import ProcessPerTaskExecutor, WorkerDeniedError, WorkerError, WorkerLostError
from plugins.portal.files import replace_text
from plugins.portal.problems import PortalError, SettingsError, Text, text

if TYPE_CHECKING:
    import distributed

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 10.0
"""Seconds in which the scheduler has to answer and a first worker to be there."""
WITHOUT_WORKERS = 60.0
"""Seconds that a build waits for a worker after the last one went."""
LOOK = 1.0
"""Seconds between two looks at whether there are workers, and on a worker whether its build goes on."""
BEACON = "cluster"
"""The file in the build folder by which workers see that they share it, and that the build goes on."""


@dataclass(frozen=True)
class Terms:
    """What a worker has to have in common with the machine that builds, and what it needs to know beside jobs."""

    beacon: str
    """A file in the build folder."""
    token: str
    """What it says as long as the build goes on."""
    plugins: Mapping[str, tuple[str, ...]]
    """The settings that name modules."""
    overrides: tuple[str, ...]
    """Folders of templates outside of the build folder."""
    code: str
    """The fingerprint of code and libraries."""
    templates: str
    """The fingerprint of the templates there."""
    silence_limit: float
    modules: tuple[str, ...]
    """Loaded once for all processes."""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Terms:
        plugins = {name: tuple(settings[name]) for name in ("PORTAL_SITE_PLUGINS", "PORTAL_KINDS")}
        overrides = tuple(map(str, settings["THEME_TEMPLATES_OVERRIDES"]))
        return cls(
            beacon=str((build_folder(settings) / BEACON).absolute()),
            token=secrets.token_hex(16),
            plugins=plugins,
            overrides=overrides,
            code=code_digest(shaping(settings)),
            templates=_templates(overrides),
            silence_limit=settings["PORTAL_SITE_TIME_LIMIT"],
            modules=tuple(run_plugins(settings)),
        )

    def goes_on(self) -> bool:
        """Whether the build does, as far as can be seen in the folder that it shares."""
        try:
            return Path(self.beacon).read_text("ascii") == self.token
        except (FileNotFoundError, NotADirectoryError):
            return False

    def unmet(self) -> Text | None:
        """Asked on a worker: why it cannot build for that machine."""
        if multiprocessing.current_process().daemon:
            return text("it may start no processes: start it with --no-nanny")
        if not self.goes_on():
            return text("it does not see the build folder {folder} as it is here", folder=Path(self.beacon).parent)
        if code_digest(self.plugins) != self.code:
            return text("its code or its libraries are others: install what is installed here, and start it again")
        if _templates(self.overrides) != self.templates:
            return text("the templates in {folders} are others there", folders=", ".join(self.overrides))
        return None


def _templates(folders: tuple[str, ...]) -> str:
    digest = TreeDigest()
    for folder in map(Path, folders):
        digest.add("override")
        if folder.is_dir():
            digest.add_tree(folder)
    return digest.hex()


def carry_out(terms: Terms, task: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Asked on a worker: do a task in a process of its own, for as long as the build goes on."""
    from distributed import get_worker

    worker = get_worker()
    if reason := terms.unmet():  # also a worker that came when the build had begun
        raise _unfit(worker.address, reason)
    # A file of SQLite suffers from several machines: each has its own, for all its workers.
    cache = str(Path(worker.local_directory).parent / CACHE)
    given = [replace(a, workplace=replace(a.workplace, cache=cache)) if isinstance(a, CompileJob) else a for a in args]
    executor = ProcessPerTaskExecutor(1, terms.silence_limit, terms.modules)
    try:
        running = executor.submit(task, *given, **kwargs)
        while not wait([running], timeout=LOOK).done and terms.goes_on():
            pass
        if not running.done():
            executor.shutdown(cancel_futures=True)
        return running.result()
    except WorkerDeniedError as error:
        raise WorkerDeniedError(error.number, f"{worker.address}: {error.path}") from error
    finally:
        executor.shutdown(cancel_futures=True)


def _unfit(worker: str, reason: Text) -> SettingsError:
    return SettingsError(text("worker {worker} of the cluster cannot build: {reason}", worker=worker, reason=reason))


class ClusterExecutor(Executor):
    """Runs calls on the workers of a cluster, as many at a time as these have threads.

    A task that fails raises `WorkerError`, as on this machine; a cluster that is lost raises `PortalError`.
    """

    def __init__(self, client: distributed.Client, terms: Terms) -> None:
        self._client = client
        self._terms = terms
        self._lock = threading.Lock()
        self._running: dict[Future[Any], distributed.Future[Any]] = {}
        self._ended = threading.Event()
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        # pure: another task each time, whatever it is given; a scheduler remembers those that it knows.
        remote = self._client.submit(carry_out, self._terms, fn, *args, **kwargs, pure=False)
        with self._lock:
            self._running[future] = remote
        remote.add_done_callback(lambda done: self._take(future, done))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Whoever cancels ends what runs, too: its workers see that the build does not go on."""
        self._ended.set()
        with self._lock:
            left = list(self._running.values())
        if cancel_futures and left:
            self._client.cancel(left, force=True)

    def _take(self, future: Future[T], remote: distributed.Future[T]) -> None:
        try:
            value = remote.result()
        except CancelledError:
            self._fail(future, PortalError(text("the scheduler of the cluster has gone: start it and build again")))
        except Exception as error:  # noqa: BLE001  # whatever a scheduler, a worker or a task may raise
            self._fail(future, _told(error))
        else:
            with self._lock:
                if self._running.pop(future, None) is not None:
                    future.set_result(value)

    def _fail(self, future: Future[Any], error: Exception) -> None:
        with self._lock:
            if self._running.pop(future, None) is not None:
                future.set_exception(error)

    def _watch(self) -> None:
        """A scheduler without workers waits for ever: a build does not."""
        seen = time.monotonic()
        while not self._ended.wait(LOOK):
            try:
                told: Mapping[str, Any] = self._client.scheduler_info()
                present = bool(told.get("workers", True))  # of a scheduler that has gone the client knows nothing
            except OSError:  # a scheduler that does not answer says nothing of workers; if it is lost, futures tell
                present = True
            if present:
                seen = time.monotonic()
            if time.monotonic() - seen > WITHOUT_WORKERS:
                for future in list(self._running):
                    self._fail(future, _no_workers())


def _told(error: Exception) -> Exception:
    from distributed import KilledWorker

    if isinstance(error, WorkerError | PortalError):
        return error
    if isinstance(error, KilledWorker):
        return WorkerLostError(error.last_worker.address)
    return PortalError(text("the cluster cannot build: {reason}", reason=f"{type(error).__name__}: {error}"))


def _no_workers() -> PortalError:
    return PortalError(text("the cluster has no worker: start some, and build again"))


@contextmanager
def cluster_executor(address: str, settings: Mapping[str, Any]) -> Iterator[Executor]:
    """An executor on the cluster whose scheduler has that address, such as `dask://10.0.0.5:8786`.

    Raises `SettingsError` where there is none or a worker is unfit, and `PortalError` where it has no workers.
    """
    terms = Terms.of(settings)
    with _connected(address) as client:
        replace_text(Path(terms.beacon), terms.token)
        executor = ClusterExecutor(client, terms)
        try:
            _check(client, terms)
            yield executor
        finally:
            Path(terms.beacon).unlink(missing_ok=True)
            executor.shutdown(cancel_futures=True)


@contextmanager
def _connected(address: str) -> Iterator[distributed.Client]:
    try:
        import dask

        with dask.config.set({"logging.distributed": "critical"}):  # what matters is told in a sentence
            from distributed import Client
    except ImportError as error:
        raise SettingsError(
            text("building on a cluster needs more to be installed: pip install -e .[cluster]")
        ) from error
    try:
        client = Client(_scheduler(address), timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        raise SettingsError(text("no scheduler answers at {address}", address=address)) from error
    try:
        yield client
    finally:
        client.close(timeout=PATIENCE)


def _scheduler(address: str) -> str:
    """The address as Dask has it."""
    try:
        parts = urlsplit(address)
        if parts.scheme in ("dask", "tcp", "tls") and parts.hostname and parts.port:
            return f"{'tcp' if parts.scheme == 'dask' else parts.scheme}://{parts.netloc}"
    except ValueError:  # a port that is none
        pass
    raise SettingsError(text('"{address}" is no address of a cluster: write dask://HOST:PORT', address=address))


def _check(client: distributed.Client, terms: Terms) -> None:
    """Each worker that is there is asked before anything is built: all of them or none."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise _no_workers() from error
    answers = client.run(terms.unmet, on_error="return")
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):
            reason = f"{type(answer).__name__}: {answer}"
            raise _unfit(worker, text("{reason} (is it started from an environment like this one?)", reason=reason))
        if answer is not None:
            raise _unfit(worker, answer)
