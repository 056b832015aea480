"""The process that all others of a build are forked from, itself forked from the one that builds where that can be.

`multiprocessing` starts its server as a new Python, which loads all libraries again: as much work as all else that an
edit takes, on each machine whose cores are busy. A process with one thread, which has read no content yet, is as clean
as a new one and has loaded most of them.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker, util
from typing import Any

_STANDARD = 3
"""Descriptors below are those of standard input, output and errors."""
_MOST_DESCRIPTORS = 2**20
"""Linux gives out no more, unless somebody asks for it."""


def ensure_running(*, forked: bool) -> None:
    """Start it where it does not run; `forked` where this process has read nothing that tasks must not know.

    What was to be loaded (`set_forkserver_preload`) is loaded there. Returns at once.
    """
    # Started first: once it runs, it lets through every signal that was held back before.
    resource_tracker.ensure_running()
    # A terminal sends it to all its processes; what becomes of a build is for the parent to say.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        if forked and threading.active_count() == 1:  # threads would be missing there, with what they hold locked
            with _forking():
                forkserver.ensure_running()
        else:
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _forking() -> Iterator[None]:
    """Meanwhile, what `multiprocessing` would start is forked."""
    start = util.spawnv_passfds

    def fork(path: bytes, args: Sequence[Any], passfds: Sequence[int]) -> int:
        sys.stdout.flush()  # what waits to be written is ours to write
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            _run_anew(str(args[-1]), passfds)
        return process

    util.spawnv_passfds = fork
    try:
        yield
    finally:
        util.spawnv_passfds = start


def _run_anew(command: str, descriptors: Sequence[int]) -> None:
    """Do what a new Python would do that is told this command, with these files open beside the standard ones."""
    code = 1
    try:
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):  # a new program hears of none, and goes on ignoring what it ignored
                signal.signal(number, signal.SIG_DFL)
        _close_but(descriptors)
        gc.freeze()  # what is there already is no garbage
        exec(command, {"__name__": "__main__"})  # noqa: S102  # of its making: its server's `main`, with numbers
    except SystemExit:
        code = 0  # nobody is left who would start a task
    except BaseException:  # noqa: BLE001  # the process's edge
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _close_but(descriptors: Sequence[int]) -> None:
    """Leave open what a new program would find open, and these."""
    # Where a command was started without a standard input, a file of its own has that number.
    own = [number for number in range(_STANDARD) if number not in descriptors and not _goes_on(number)]
    for number in own:
        os.close(number)
    below = _STANDARD
    for descriptor in sorted(number for number in descriptors if number >= _STANDARD):
        os.closerange(below, descriptor)
        below = descriptor + 1
    os.closerange(below, _MOST_DESCRIPTORS)


def _goes_on(descriptor: int) -> bool:
    """Whether a program that this one starts would have it, or nobody has it."""
    try:
        return os.get_inheritable(descriptor)
    except OSError:
        return True
