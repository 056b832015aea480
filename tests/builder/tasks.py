"""What workers are given in the tests: tasks that end well, and tasks that do not."""

from __future__ import annotations

import errno
import gc
import inspect
import json
import mmap
import os
import resource
import signal
import struct
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

from plugins import languages
from plugins.builder.workers import MEMORY_LIMIT
from plugins.portal.division import in_parts


def add(one: int, other: int = 0) -> int:
    return one + other


def give_back(given: str) -> str:
    return given


def pid() -> int:
    return os.getpid()


SAID = "Search"
"""A word of the theme's."""


def words_without_reading(folder: str) -> str:
    """What a catalogue says, in a process that can compile none."""
    with patch.object(languages, "compiled", side_effect=AssertionError("it is compiled again")):
        return languages.load_catalogue(folder, "vi").gettext(SAID)


def long_text(length: int) -> str:
    return "ố" * length


def address_space() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)


def interrupts_are_ignored() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def fail(message: str) -> None:
    raise ValueError(message)


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def fail_without_words() -> None:
    raise UnspeakableError


def exit_with(code: int) -> None:
    sys.exit(code)


def exit_at_once(code: int) -> None:
    os._exit(code)


def die_of(number: int) -> None:
    signal.signal(number, signal.SIG_DFL) if number not in (signal.SIGKILL, signal.SIGSTOP) else None
    os.kill(os.getpid(), number)
    time.sleep(60)


def die_at_first(times: str, number: int) -> int:
    """How often this was done, by a file that lists the times; the first time its process is killed."""
    with Path(times).open("a") as listed:
        listed.write(".")
    count = Path(times).stat().st_size
    if count == 1:
        die_of(number)
    return count


def die_half_way_through_the_answer() -> None:
    """Say that a thousand bytes are coming, write one, die."""
    frame = inspect.currentframe()
    while frame is not None and "sender" not in frame.f_locals:
        frame = frame.f_back
    assert frame is not None
    answer: Connection = frame.f_locals["sender"]
    os.write(answer.fileno(), struct.pack("!i", 1_000) + b"x")
    os.kill(os.getpid(), signal.SIGKILL)


def hang(mark: str) -> None:
    Path(mark).write_text(str(os.getpid()))
    time.sleep(600)


def hang_deaf(mark: str) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    hang(mark)


def eat_memory() -> int:
    return len(bytearray(64 * 2**30))


def eat_memory_bit_by_bit() -> int:
    reserved = mmap.mmap(-1, MEMORY_LIMIT * 7 // 8)  # costs nothing until it is written to
    hoard: list[bytearray] = []
    while not reserved.closed:
        hoard.append(bytearray(2**20))
    return len(hoard)


def recurse() -> None:
    recurse()


def unpicklable() -> object:
    return threading.Lock()


def meet(mine: str, others: str) -> bool:
    """Leave a mark and wait for the other's: true only where both run at one time."""
    Path(mine).touch()
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if Path(others).exists():
            return True
        time.sleep(0.01)
    return False


def alone(mark: str) -> bool:
    """Whether nobody else holds the mark while this runs."""
    try:
        handle = os.open(mark, os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return False
    time.sleep(0.05)
    os.close(handle)
    Path(mark).unlink()
    return True


def divided(number: int, share: int) -> list[tuple[int, list[int]]]:
    """For each part of so many numbers, the process that worked on it and the numbers."""

    def work(part: Sequence[int]) -> bytes:
        return json.dumps([os.getpid(), list(part)]).encode()

    return [tuple(json.loads(raw)) for raw in in_parts(range(number), work, share)]


def fail_in_a_part(kind: str, mark: str = "") -> None:
    """Break down in a process that was forked for a part."""
    first = os.getpid()

    def work(_: Sequence[int]) -> bytes:
        if os.getpid() != first:
            if kind == "raises":
                fail("không được")
            elif kind == "finds no room":
                raise OSError(errno.ENOSPC, "No space left on device", "/ở đâu")
            elif kind == "leaves":
                os._exit(3)
            elif kind == "is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            else:
                hang(mark)
        return b""

    in_parts(range(4), work, 2)


def collecting() -> tuple[int, int, int]:
    """How seldom this process looks for garbage."""
    return gc.get_threshold()


KNOWN: list[str] = []
"""What the program has noted before it gave a task."""


def surroundings() -> dict[str, object]:
    """What a task finds itself in; `server` is the process that it was forked from."""
    opened = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return {
        "known": KNOWN,
        "deaf": [number.name for number in signal.Signals if callable(signal.getsignal(number))],
        "files": [path for path in opened if path.endswith(".lock")],
        "server": os.getppid(),
    }
