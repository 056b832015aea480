"""A process for each task, so that whatever happens in one happens to nobody else.

`concurrent.futures.ProcessPoolExecutor` will not do: one killed worker breaks its whole pool, and a stuck one cannot be
stopped. Each process is forked from a clean server process that has the libraries loaded (a few milliseconds), never
from the threaded parent.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MEMORY_LIMIT = 4 * 2**30
"""Bytes of address space a task may take; what needs more is a mistake or an attack."""
PRELOADED = ["__main__", "plugins.agencies.compiling"]
"""Loaded once in the server process; without `__main__` every child would run the console script's imports again."""


class WorkerError(Exception):
    """A task did not come to its end; the message says how it ended."""


class WorkerCrashedError(WorkerError):
    """The task raised; the message is the last line, `details` the traceback."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


class WorkerKilledError(WorkerError):
    """The process was killed or broke down; carries the signal's or the exit code's name."""


class WorkerStuckError(WorkerError):
    """The process took longer than its time limit and was killed."""


class ProcessPerTaskExecutor(Executor):
    """Runs each call in a process of its own, at most `workers` at a time, none longer than `time_limit` seconds.

    A call and its result are pickled between our own processes; results are small strings, records go through files.
    `modules` are loaded once for all processes.
    """

    def __init__(self, workers: int, time_limit: float, modules: Sequence[str] = ()) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="site")
        self._time_limit = time_limit
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([*PRELOADED, *modules])

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def _run(self, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_task, args=(sender, fn, args, kwargs), daemon=True)
        process.start()
        sender.close()
        try:
            if not receiver.poll(self._time_limit):
                raise WorkerStuckError(f"{self._time_limit:g}")
            error, details, result = receiver.recv()
        except (EOFError, OSError):  # it said nothing, or died in the middle of its answer
            process.join()
            raise WorkerKilledError(_ending(process.exitcode)) from None
        finally:
            process.kill()
            process.join()
            receiver.close()
        if error is not None:
            raise WorkerCrashedError(error, details)
        value: T = result
        return value


def _task(sender: Connection, fn: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and decides
    # A task lives for seconds and makes mostly what it keeps: looking for garbage was a fifth of its time.
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    outcome: tuple[str | None, str, object]
    try:
        outcome = (None, "", fn(*args, **kwargs))
    except Exception as error:  # noqa: BLE001  # the process's edge: the parent makes a Problem of it
        last = traceback.format_exception_only(error)[-1].strip()
        outcome = (last, traceback.format_exc(), None)
    sender.send(outcome)
    sender.close()


def _ending(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        names = {int(known): known.name for known in signal.Signals}
        return names.get(-exit_code, f"signal {-exit_code}")
    return f"exit code {exit_code}"
