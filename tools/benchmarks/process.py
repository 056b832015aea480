"""Runs a command and tells what it took, with all processes that it starts: `python -m tools.benchmarks.process`.

It is a program of its own because it takes in every process whose parent ends before it (a subreaper, as Linux calls
it): so what they took is counted too, and the program that measures keeps its own children to itself.
Memory is the proportional set size of all processes together, as the kernel has it in /proc/PID/smaps_rollup: pages
that two processes share are counted once. It is sampled, with pauses that keep the sampling below a tenth of one
processor's time; a peak between two samples is not seen.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from plugins.portal.problems import PortalError

_PR_SET_CHILD_SUBREAPER = 36
_SHORTEST_PAUSE = 0.02
_PAUSE_TO_COST = 10
_SHOWN_OF_FAILURE = 2_000
"""Characters."""


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    wall: float
    """Seconds until it ended."""
    cpu: float
    """Seconds of processors, of all processes together."""
    memory: int
    """Bytes at the highest, of all processes together."""


def measured(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], time_limit: float) -> Cost:
    """Run a command in that folder; a `PortalError` has what it said where it fails or takes longer than that."""
    root = Path(__file__).parents[2]
    program = [sys.executable, "-m", "tools.benchmarks.process", str(folder), *map(str, command)]
    path = os.pathsep.join(filter(None, [str(root), environment.get("PYTHONPATH", "")]))
    with subprocess.Popen(  # noqa: S603  # no shell, and nothing of the content in the command
        program,
        cwd=root,
        env={**environment, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            cost, output = process.communicate(timeout=time_limit)
        except subprocess.TimeoutExpired as error:
            raise PortalError(f"{command[0]} had not ended after {time_limit:g} seconds") from error
        finally:
            with suppress(ProcessLookupError):  # all has ended
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise PortalError(f"{command[0]} ended with {process.returncode}: {output[-_SHOWN_OF_FAILURE:].strip()}")
    return Cost(**json.loads(cost))


def main(arguments: Sequence[str]) -> int:
    """Run the command; its cost goes to standard output, what it says itself to standard error."""
    folder, *command = arguments
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=sys.stderr)  # noqa: S603  # see `measured`
    sampler = _Sampler()
    sampler.start()
    code, wall, cpu = 0, 0.0, 0.0
    for pid, status, seconds in _ended():
        cpu += seconds
        if pid == process.pid:
            code, wall = os.waitstatus_to_exitcode(status), time.perf_counter() - started
            process.returncode = code  # it is waited for already
    sampler.stop()
    if code:
        return code if code > 0 else 128 - code
    print(json.dumps(asdict(Cost(wall, cpu, sampler.highest))))
    return 0


def _ended() -> Iterator[tuple[int, int, float]]:
    """Each process that ends here, with its status and what it and those that it waited for took of processors."""
    while True:
        try:
            pid, status, usage = os.wait3(0)
        except ChildProcessError:
            return
        yield pid, status, usage.ru_utime + usage.ru_stime


class _Sampler:
    """Looks again and again how much memory the processes below this one have."""

    def __init__(self) -> None:
        self.highest = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, name="memory", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        pause = 0.0
        while not self._done.wait(pause):
            started = time.perf_counter()
            self.highest = max(self.highest, sum(map(_memory, list(_started_by(os.getpid())))))
            pause = max(_SHORTEST_PAUSE, _PAUSE_TO_COST * (time.perf_counter() - started))


def _started_by(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that they started in turn."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in listed.read_text("ascii").split()]
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
        for child in children:
            yield child
            yield from _started_by(child)


def _memory(pid: int) -> int:
    """Bytes; none of a process that has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    sizes = [line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")]
    return 1024 * sum(map(int, sizes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
