"""The process that tasks are forked from: forked itself where that can be, and as clean as a new one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import is_alive
from tests.provinces import ROOT
from tests.waiting import PATIENCE, until

PROGRAM = """
import json, signal, sys, threading
from pathlib import Path
from plugins.builder import fork_server
from plugins.builder.workers import ProcessPerTaskExecutor, get_ready
from tests.builder import tasks
if __name__ == "__main__":
    kind, lock = sys.argv[1:]
    if kind == "beside a thread":
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    tasks.KNOWN.append(kind)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
        signal.signal(number, lambda number, frame: None)
    held = Path(lock).open("w")
    print("before", end=", ")  # waits in our buffer
    get_ready([], forked=kind != "anew")
    with ProcessPerTaskExecutor(1, 60) as executor:
        told = executor.submit(tasks.surroundings).result(60)
    print("behind")
    print(json.dumps(told))
"""


ALONE = ["alone"]


@pytest.mark.parametrize(
    ("kind", "suffix", "known"),
    [("alone", "", ALONE), ("alone", "<&-", ALONE), ("beside a thread", "", []), ("anew", "", [])],
    ids=["alone", "without a standard input", "beside a thread", "anew"],
)
def test_tasks_know_what_is_loaded_and_hold_nothing(kind: str, suffix: str, known: list[str], tmp_path: Path) -> None:
    """A lock that a task holds outlives who took it; our handlers are not its, nor what we have yet to write."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {suffix}', "sh", sys.executable, "-c", PROGRAM, kind, tmp_path / "a.lock"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert (done.returncode, done.stderr) == (0, "")
    words, told = done.stdout.splitlines()
    assert words == "before, behind"
    facts = json.loads(told)
    server = facts.pop("server")
    assert facts == {"known": known, "deaf": [], "files": []}
    until(lambda: not is_alive(server), "the end of the server")
