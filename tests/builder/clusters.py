"""Dask clusters of real processes on this machine, as an operator starts them on several."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

from tests.programs import Program, running
from tests.provinces import ROOT
from tests.waiting import PATIENCE, until

IDLE = "600"
"""Seconds after which a scheduler ends by itself, whatever became of the tests; its workers end soon after it."""


@dataclass
class Cluster:
    """A scheduler, and workers that do one task at a time, by the name that they have with it."""

    folder: Path
    scheduler_address: str
    """As Dask has it."""
    scheduler: Program
    programs: ExitStack
    """They are killed in the end: a worker that is told to end as its scheduler does may wait for it for ever."""
    workers: dict[str, Program] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """As a build is given it."""
        return self.scheduler_address.replace("tcp:", "dask:")

    def start(self, *names: str, cwd: Path = ROOT, code: Path = ROOT, options: tuple[str, ...] = ()) -> None:
        """Start workers, and wait until they are there; `code` is the folder that they import the plugins from."""
        given = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--death-timeout", "60", *options)
        local = str(self.folder / "local")
        for name in names:
            command = _command("worker", self.scheduler_address, "--name", name, "--local-directory", local, *given)
            program = running(command, environment={"PYTHONPATH": str(code)}, cwd=cwd)
            self.workers[name] = self.programs.enter_context(program)
        with self.asked() as client:
            client.wait_for_workers(len(self.workers), timeout=PATIENCE)

    def kill(self, name: str) -> None:
        """As a machine goes that loses its power."""
        process = self.workers.pop(name).process
        process.kill()
        process.wait(PATIENCE)

    def at_work(self) -> str:
        """The name of the worker that has the last task that is left; empty where there are several, or none."""
        with self.asked() as client:
            left = [address for address, tasks in client.processing().items() for _ in tasks]
            known = client.scheduler_info()["workers"]
            return str(known[left[0]]["name"]) if len(left) == 1 and left[0] in known else ""

    @contextmanager
    def asked(self) -> Iterator[Client]:
        with Client(self.scheduler_address, timeout=PATIENCE, set_as_default=False) as client:
            yield client


@contextmanager
def running_cluster(folder: Path, *names: str, failures: int = 3) -> Iterator[Cluster]:
    """A cluster with these workers, on free ports; a task may lose as many workers as `failures` and one more."""
    folder.mkdir()
    file = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--idle-timeout", IDLE, "--scheduler-file", str(file))
    allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures), "PYTHONPATH": str(ROOT)}
    with ExitStack() as programs:
        scheduler = programs.enter_context(running(_command("scheduler", *options), environment=allowed))
        until(lambda: file.is_file() and file.read_text().endswith("}"), "the scheduler")
        cluster = Cluster(folder, json.loads(file.read_text())["address"], scheduler, programs)
        if names:
            cluster.start(*names)
        yield cluster


def _command(kind: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments]
