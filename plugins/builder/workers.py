"""A process for each task, so that whatever happens in one happens to nobody else.

`concurrent.futures.ProcessPoolExecutor` will not do: one killed worker breaks its whole pool, and a stuck one cannot be
stopped. Each process is forked from a clean server process that has the libraries loaded (a few milliseconds), never
from the threaded parent.
"""

from __future__ import annotations

import errno
import fcntl
import gc
import json
import multiprocessing
import os
import resource
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

from plugins.builder import fork_server
from plugins.languages import MESSAGES
from plugins.portal.division import LENDER, PartFailedError, PartKilledError
from plugins.portal.liveness import LISTENER
from plugins.releases.rights import READABLE

P = ParamSpec("P")
T = TypeVar("T")

MEMORY_LIMIT = 4 * 2**30
"""Bytes of address space a task may take; what needs more is a mistake or an attack."""
DENIALS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE, errno.ENFILE}
)
"""Errors of the machine, not of a site."""
BREATH, BREATHS = 1.0, 4
"""Silence is counted in so many seconds at a time, and at least in so many times. Where this program is stopped
meanwhile (SIGSTOP, a frozen container, a paused machine), its tasks mostly are too, and none of them is stuck."""
FROM_OUTSIDE = frozenset({-signal.SIGKILL, -signal.SIGTERM})
"""Ends of a process that its task is not to blame for: a system short of memory, or whoever ends programs by name."""
ATTEMPTS = 10
"""How often a process is asked for, where the one that they are forked from has been killed meanwhile."""
A_MOMENT = 0.1
"""Seconds between two of these."""
SAFE_PATH = "PYTHONSAFEPATH"
"""Python's own variable: the working directory is no place for modules."""
PRELOADED = ["plugins.collecting", "__main__", "plugins.builder.linking"]
"""Loaded once in the server process; without `__main__` every child would run the console script's imports again."""
WARMED = "plugins.builder.warming"
"""Loaded after all others."""
WARMING = "PORTAL_WARMING"
"""The variable that tells it the folders of catalogues and their language, as JSON."""
RUNS = "runs"
"""What a capability loads only in Pelican's runs, where it is so called; the server passes over what is not there."""


class WorkerError(Exception):
    """A task did not come to its end; the message says how it ended."""


class WorkerCrashedError(WorkerError):
    """The task raised; the message is the last line, `details` the traceback."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message, details)
        self.details = details

    def __str__(self) -> str:
        return str(self.args[0])


class WorkerKilledError(WorkerError):
    """The process was killed or broke down; the message is the signal's name, or the number of what ended it."""

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message, exit_code)
        self.exit_code = exit_code
        """As `multiprocessing` has it, a signal's number below zero; None where nobody knows."""

    def __str__(self) -> str:
        return str(self.args[0])


class WorkerLostError(WorkerKilledError):
    """The machine that the process ran on went away with it, and so did others before; carries the last one's name."""


class WorkerStuckError(WorkerError):
    """The process gave no sign of life for its time limit and was killed."""


class WorkerDeniedError(WorkerError):
    """The system refused the process what it needs, such as room on the disk."""

    def __init__(self, number: int, path: str) -> None:
        super().__init__(number, path)
        self.number = number
        """Of the error, as `errno` has it."""
        self.path = path


@dataclass(frozen=True)
class Words:
    """Catalogues that every task reads."""

    folders: tuple[str, ...] = ()
    language: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Words:
        return cls((str(MESSAGES), settings["THEME"]), settings["DEFAULT_LANG"])


def get_ready(modules: Sequence[str], words: Words = Words(), *, forked: bool = False) -> None:
    """Begin to load the libraries, these modules and words, in the process that all tasks are forked from.

    Returns at once. Where that process runs already, nothing happens. `forked` where this one has read no content yet.
    """
    preloaded = [*PRELOADED, *modules, *(f"{name}.{RUNS}" for name in modules), WARMED]
    multiprocessing.get_context("forkserver").set_forkserver_preload(preloaded)
    # Python started with a command looks for modules where it was started: anybody's `jinja2.py` may lie there.
    with _environment({SAFE_PATH: "1", WARMING: json.dumps([words.folders, words.language])}):
        fork_server.ensure_running(forked=forked)


class ProcessPerTaskExecutor(Executor):
    """Runs each call in a process of its own, at most `workers` at a time, none silent for `silence_limit` seconds.

    One that is killed from outside is made once more: what it was to leave may be there in part, and is written anew.
    How long a call takes is not limited, for a site may be of any size; but it has to give signs of life. One that can
    divide its work is lent the processes that no other call needs.
    A call and its result are pickled between our own processes; results are small, records go through files.
    `modules` and `words` are loaded once for all processes.
    """

    def __init__(self, workers: int, silence_limit: float, modules: Sequence[str] = (), words: Words = Words()) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="site")
        self._silence_limit = silence_limit
        self._lock = threading.Lock()
        self._seats = _Seats(workers)
        self._running: set[BaseProcess] = set()
        self._given_up = False
        self._modules, self._words = modules, words
        self._context = multiprocessing.get_context("forkserver")

    def get_ready(self) -> None:
        """Begin to load the libraries, in the process that tasks are forked from: there will be something to do.

        Where nothing turns out to be, nobody has loaded them. Returns at once.
        """
        get_ready(self._modules, self._words)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.get_ready()
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Who cancels what waits has no use for what runs either: its processes are killed."""
        if cancel_futures:
            with self._lock:
                self._given_up = True
                for process in self._running:
                    process.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def _run(self, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
        with self._seats.taken() as seats:
            try:
                return self._run_in(seats, fn, args, kwargs)
            except WorkerKilledError as error:
                if error.exit_code not in FROM_OUTSIDE:
                    raise
            seats.lend(0)  # what it had been lent ended with it
            return self._run_in(seats, fn, args, kwargs)

    def _run_in(
        self, seats: _TakenSeats, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> T:
        receiver, sender = self._context.Pipe(duplex=False)
        granted, grants = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_task, args=(sender, granted, fn, args, kwargs), daemon=True)
        self._start(process)
        sender.close()
        granted.close()
        try:
            answer = self._answer(receiver, grants, seats)
        except (EOFError, OSError):  # it said nothing, or died in the middle of its answer
            process.join()
            raise WorkerKilledError(_ending(process.exitcode), process.exitcode) from None
        finally:
            process.kill()
            process.join()
            with self._lock:
                self._running.discard(process)
            receiver.close()
            grants.close()
        if isinstance(answer, WorkerError):
            raise answer
        value: T = answer.value
        return value

    def _answer(self, receiver: Connection, grants: Connection, seats: _TakenSeats) -> _Result | WorkerError:
        """What the process says in the end, however long it takes."""
        silent = 0.0
        while silent < self._silence_limit:
            wait = min(BREATH, self._silence_limit / BREATHS)
            if not receiver.poll(wait):
                silent += wait  # and not what the clock says: this program, or all of them, may have been stopped
                continue
            silent = 0.0
            message: _Result | WorkerError | _Wish | None = receiver.recv()
            if isinstance(message, _Wish):
                grants.send(seats.lend(message.processes))
            elif message is not None:
                return message
        return WorkerStuckError(f"{self._silence_limit:g}")

    def _start(self, process: BaseProcess) -> None:
        with self._lock:
            if self._given_up:
                raise WorkerKilledError(_ending(-signal.SIGKILL), -signal.SIGKILL)
            for _ in range(ATTEMPTS - 1):
                try:
                    process.start()
                    break
                except (EOFError, ConnectionError):  # the process that it was to be forked from was killed over it
                    time.sleep(A_MOMENT)  # until the system knows that it has ended
                    self.get_ready()
            else:
                process.start()
            self._running.add(process)


class _Seats:
    """How many processes may work at a time. Tasks wait for one; what no task waits for is lent to those at work."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting = 0
        self._changed = threading.Condition()

    @contextmanager
    def taken(self) -> Iterator[_TakenSeats]:
        """One for a task, and what it is lent."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: self._free)
            self._waiting -= 1
            self._free -= 1
        seats = _TakenSeats(self)
        try:
            yield seats
        finally:
            self.exchange(1 + seats.lent, 0)

    def exchange(self, returned: int, wanted: int) -> int:
        """Takes back what was lent, and gives how many of those wanted may be used now."""
        with self._changed:
            self._free += returned
            lent = max(0, min(wanted, self._free - self._waiting))
            self._free -= lent
            self._changed.notify_all()
            return lent


class _TakenSeats:
    """What one task has."""

    def __init__(self, seats: _Seats) -> None:
        self._seats = seats
        self.lent = 0
        """Beside its own."""

    def lend(self, wanted: int) -> int:
        """As many as are free, in the place of those that were lent before."""
        self.lent = self._seats.exchange(self.lent, wanted)
        return self.lent


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """What processes that start meanwhile are given."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)  # another thread may have been here
            if value is not None:
                os.environ[name] = value


@dataclass(frozen=True)
class _Result:
    """What a task gave."""

    value: Any


@dataclass(frozen=True)
class _Wish:
    """A task asks for so many processes beside its own, and gives back those that it had."""

    processes: int


class _Lender:
    """Asks the parent for processes, and waits for what it says: it says it at once."""

    def __init__(self, sender: Connection, granted: Connection) -> None:
        self._sender = sender
        self._granted = granted

    @contextmanager
    def __call__(self, wanted: int) -> Iterator[int]:
        try:
            yield self._ask(wanted)
        finally:
            self._ask(0)

    def _ask(self, wanted: int) -> int:
        self._sender.send(_Wish(wanted))
        lent: int = self._granted.recv()
        return lent


class _SignsOfLife:
    """Tells the parent that the process goes on; at most a few times a second, for each wakes a thread there."""

    def __init__(self, sender: Connection, interval: float = 0.25) -> None:
        self._sender = sender
        self._interval = interval
        self._due = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + self._interval
            self._sender.send(None)


def _end_with_parent() -> None:
    """Be killed when the process that gave the task ends, however it ends: nobody is left to wait for us.

    It holds the other end of a pipe; the system tells of its closing, whatever we are busy with.
    """
    parent = multiprocessing.parent_process()
    if parent is None or sys.platform != "linux":
        return
    pipe = int(parent.sentinel)
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:  # closed before we listened
        os._exit(1)


def _task(
    sender: Connection,
    granted: Connection,
    fn: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    _end_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and decides
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # held back where libraries were loaded
    gc.freeze()  # what was loaded for all tasks is no garbage of this one
    os.umask(READABLE)
    LISTENER.set(_SignsOfLife(sender))
    LENDER.set(_Lender(sender, granted))
    outcome: _Result | WorkerError
    try:
        outcome = _Result(fn(*args, **kwargs))
    except OSError as error:
        outcome = _denied(error) or _crashed(error)
    except PartFailedError as error:
        outcome = _denied_part(error) or WorkerCrashedError(str(error), error.details)
    except PartKilledError as error:
        outcome = WorkerKilledError(_ending(error.exit_code), error.exit_code)
    except Exception as error:  # noqa: BLE001  # the process's edge: the parent makes a Problem of it
        outcome = _crashed(error)
    sender.send(outcome)
    sender.close()


def _crashed(error: Exception) -> WorkerCrashedError:
    last = traceback.format_exception_only(error)[-1].strip()
    return WorkerCrashedError(last, traceback.format_exc())


def _denied(error: OSError) -> WorkerDeniedError | None:
    """What no site is to blame for: it reads only what the build itself has written."""
    if error.errno in DENIALS:
        return WorkerDeniedError(error.errno, str(error.filename2 or error.filename or ""))
    return None


def _denied_part(error: PartFailedError) -> WorkerDeniedError | None:
    if error.number is not None and error.number in DENIALS:
        return WorkerDeniedError(error.number, error.path)
    return None


def _ending(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        names = {int(known): known.name for known in signal.Signals}
        return names.get(-exit_code, f"signal {-exit_code}")
    return f"exit code {exit_code}"
