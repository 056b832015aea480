"""Work on hostile bytes in a process of its own, with limits of time and memory: whatever they do ends there."""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NoReturn

from plugins.portal.division import end_with
from plugins.portal.liveness import sign_of_life

SECONDS = 10
"""Of the processor; the signatures of a file take a tenth of one."""
BYTES = 2**30
"""Of address space beside what the process has when it begins."""
PATIENCE = 300.0
"""Seconds of the clock, for a machine that has a lot to do."""
_EXHAUSTED, _BROKEN = 3, 4
"""The exit codes of a process that had no memory left, and of one that failed otherwise."""
_WHOLE = b"\n."
"""Ends an answer that is whole."""

Ending = Literal["exhausted", "broken", "late"]
"""The limits were reached; the process broke down; the machine had no time for it, and another time it may."""


def confined(work: Callable[[], bytes], seconds: int = SECONDS) -> bytes | Ending:
    """What the work gives, or how it ended without giving anything; never raises for what the work does.

    `seconds` are those of the processor that it may take.
    """
    parent = os.getpid()
    reader, writer = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return "late"
    if pid == 0:
        _work_and_leave(work, writer, seconds, parent)
    os.close(writer)
    told = None
    try:
        told = _told(reader)
    finally:
        os.close(reader)
        if told is None:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)  # one that has told all it had leaves at once, and how it left is to be known
    if told is None:
        return "late"
    if told.endswith(_WHOLE):
        return told.removesuffix(_WHOLE)
    exit_code = os.waitstatus_to_exitcode(status)
    return "exhausted" if exit_code in (_EXHAUSTED, -signal.SIGXCPU, -signal.SIGKILL) else "broken"


def _told(reader: int) -> bytes | None:
    """All that the process writes until it ends; None where it does not end."""
    told = bytearray()
    late = time.monotonic() + PATIENCE
    while time.monotonic() < late:
        sign_of_life()
        if select.select([reader], [], [], 0.2)[0]:
            part = os.read(reader, 2**16)
            if not part:
                return bytes(told)
            told += part
    return None


def _work_and_leave(work: Callable[[], bytes], writer: int, seconds: int, parent: int) -> NoReturn:
    """In the process that was forked: nothing of the one that it was forked from is ended or closed here."""
    exit_code = _EXHAUSTED
    try:
        end_with(parent)
        gc.freeze()  # a look for garbage would write to all that is the parent's, and so copy it
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_CPU, seconds)
        _limit(resource.RLIMIT_AS, _address_space() + BYTES)
        with os.fdopen(writer, "wb") as stream:
            stream.write(work() + _WHOLE)
        exit_code = 0
    except MemoryError:
        pass
    except Exception:  # noqa: BLE001  # the process's edge: how it ended is all that is told
        exit_code = _BROKEN
    finally:
        os._exit(exit_code)


def _limit(which: int, most: int) -> None:
    """Lower a limit; one that is lower stays."""
    _, hard = resource.getrlimit(which)
    lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (lower, hard))


def _address_space() -> int:
    """Bytes that the process has; without /proc as if it had none, and `BYTES` are all."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
