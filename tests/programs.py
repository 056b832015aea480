"""Programs that tests start: read line by line with patience, told to end, and never left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from types import MappingProxyType
from typing import IO

import pytest

from tests.provinces import ROOT
from tests.waiting import PATIENCE

SCRIPTS = Path(sys.executable).parent
"""The console scripts as a person has them: unlike `python -m`, they do not look for modules in the working folder."""
NOTHING_ELSE: Mapping[str, str] = MappingProxyType({})
TELLING_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def deaf() -> None:
    """To be inherited: as a shell ignores SIGINT for what it puts into the background, and worse."""
    for number in TELLING_TO_END:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, TELLING_TO_END)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def started_by(pid: int) -> list[int]:
    """The processes that a process started, and those that they started in turn."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(child) for listed in threads for child in listed.read_text(encoding="utf-8").split()]
    return [*own, *(inner for child in own if is_alive(child) for inner in started_by(child))]


class Program:
    """A program that runs; what it says is read as it comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self.process = process
        self.said = ""
        self._lines: Queue[str] = Queue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=_read, args=(process.stdout, self._lines.put), daemon=True),
            threading.Thread(target=_read, args=(process.stderr, self._errors.append), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def errors(self) -> str:
        return "".join(self._errors)

    def says(self, pattern: str, seconds: float = PATIENCE) -> re.Match[str]:
        """The first line of its output that has the pattern; fails if it does not come."""
        end = monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, end - monotonic()))
            except Empty:
                pytest.fail(f"it did not say {pattern!r} in {seconds:g} seconds, but:\n{self.said}{self.errors}")
            if not line:
                pytest.fail(f"it ended without saying {pattern!r}, and said:\n{self.said}{self.errors}")
            self.said += line
            if found := re.search(pattern, line):
                return found

    def ends(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it has ended; all that it said is then read."""
        try:
            code = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            pytest.fail(f"it did not end in {seconds:g} seconds, and said:\n{self.said}{self.errors}")
        for reader in self._readers:
            reader.join(timeout=seconds)
        while not self._lines.empty():
            self.said += self._lines.get_nowait()
        return code


def _read(stream: IO[str], take: Callable[[str], object]) -> None:
    with stream:
        for line in stream:
            take(line)
    take("")


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    inherits: Callable[[], None] | None = None,
    environment: Mapping[str, str] = NOTHING_ELSE,
    cwd: Path = ROOT,
) -> Iterator[Program]:
    """Start a program; `inherits` is done in its process first. It is killed if it still runs when the block ends."""
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=inherits,
    )
    try:
        yield Program(process)
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)
