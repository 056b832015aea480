"""Work on many things divided among processes, each forked from the one that has read them all.

Whoever runs a task in a process of its own may lend it more while nobody else needs them (`LENDER`); without one the
work is done here, part by part. What comes of a part is bytes: what agencies wrote crosses from one process to another
as JSON or as numbers, never as a pickle. The process of a part has the limits of the one that it was forked from and
ends with it; if it breaks down, so does the work.

PartFailedError    the work on a part raised
PartKilledError    its process was killed, or left without an answer
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import BinaryIO, NoReturn, TypeVar

T = TypeVar("T")
Lender = Callable[[int], AbstractContextManager[int]]
"""Lends as many processes as are asked for, or fewer, while the context is open; gives how many."""

LENDER: ContextVar[Lender] = ContextVar("lender")
"""Who lends processes; not set where nobody does."""
ROUND = 4
"""Shares that a process takes at a time when some are lent: then they are given back, in case that tasks wait. To fork
a large site's process takes 10 to 20 ms, and what both write to is copied."""
_FAILED = 1
"""The exit code of a process that tells what the work raised."""
_PR_SET_PDEATHSIG = 1


class PartFailedError(Exception):
    """The work on a part raised; the message is the last line, `details` the traceback."""

    def __init__(self, message: str, details: str, number: int | None = None, path: str = "") -> None:
        super().__init__(message)
        self.details = details
        self.number = number
        """Of an error of the system, as `errno` has it, with the path that it is about."""
        self.path = path

    @classmethod
    def of(cls, error: Exception) -> PartFailedError:
        """What is told of an error that was raised in another process."""
        last = traceback.format_exception_only(error)[-1].strip()
        details = "".join(traceback.format_exception(error))
        if isinstance(error, OSError):
            return cls(last, details, error.errno, str(error.filename2 or error.filename or ""))
        return cls(last, details)

    def to_json(self) -> bytes:
        return json.dumps([str(self), self.details, self.number, self.path]).encode()


class PartKilledError(Exception):
    """The process of a part was killed or broke down."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code
        """As `multiprocessing` has it, a signal's number below zero."""


def in_parts(items: Sequence[T], work: Callable[[Sequence[T]], bytes], share: int) -> list[bytes]:
    """What comes of the work on each part of the items, in their order.

    `share` is how many items are worth a process. `work` may be done in one that is gone afterwards: all that counts is
    what it gives, and the files that it writes.
    """
    results: list[bytes] = []
    begin = 0
    while begin < len(items):
        with _lent(-(-(len(items) - begin) // share) - 1) as helpers:
            at_once = items[begin : begin + share * (ROUND * (helpers + 1) if helpers else 1)]
            size = -(-len(at_once) // (helpers + 1))
            results += _worked_on([at_once[at : at + size] for at in range(0, len(at_once), size)], work)
        begin += len(at_once)
    return results


def _lent(wanted: int) -> AbstractContextManager[int]:
    lender = LENDER.get(None)
    return lender(wanted) if lender is not None and wanted else nullcontext(0)


def _worked_on(parts: Sequence[Sequence[T]], work: Callable[[Sequence[T]], bytes]) -> list[bytes]:
    """The first part is worked on here, each other in a process of its own."""
    children: list[_Child | None] = []
    try:
        for part in parts[1:]:
            children.append(_forked(work, part))
        own = work(parts[0])
        others = zip(children, parts[1:], strict=True)
        return [own, *(work(part) if child is None else child.answer() for child, part in others)]
    finally:
        for child in children:
            if child is not None:
                child.end()


def _forked(work: Callable[[Sequence[T]], bytes], part: Sequence[T]) -> _Child | None:
    """A process that works on the part; None where the system has no room for one."""
    parent = os.getpid()
    reader, writer = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return None
    if pid == 0:
        _work_and_leave(work, part, writer, parent)
    os.close(writer)
    return _Child(pid, os.fdopen(reader, "rb"))


@dataclass
class _Child:
    """A process that was forked for a part."""

    pid: int
    stream: BinaryIO
    """What it answers."""
    has_ended: bool = False

    def answer(self) -> bytes:
        """Waits for its end."""
        answer = self.stream.read()
        exit_code = self._exit_code()
        if exit_code == _FAILED and answer:
            raise PartFailedError(*json.loads(answer))
        if exit_code:
            raise PartKilledError(exit_code)
        return answer

    def end(self) -> None:
        self.stream.close()
        if not self.has_ended:
            os.kill(self.pid, signal.SIGKILL)
            self._exit_code()

    def _exit_code(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        self.has_ended = True
        return os.waitstatus_to_exitcode(status)


def _work_and_leave(work: Callable[[Sequence[T]], bytes], part: Sequence[T], writer: int, parent: int) -> NoReturn:
    """In the process that was forked: nothing of the one that it was forked from is ended or closed here."""
    exit_code = _FAILED
    try:
        end_with(parent)
        gc.freeze()  # a look for garbage would write to all that is the parent's, and so copy it
        try:
            answer, failure = work(part), None
        except Exception as error:  # noqa: BLE001  # the process's edge: the parent raises it
            answer, failure = b"", PartFailedError.of(error)
        with os.fdopen(writer, "wb") as stream:
            stream.write(answer if failure is None else failure.to_json())
        exit_code = 0 if failure is None else _FAILED
    finally:
        os._exit(exit_code)


def end_with(parent: int) -> None:
    """Be killed when the process that forked this one ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we listened
        os._exit(_FAILED)
