"""What a command took is told with all processes that it started, also of those that outlive it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from tests.programs import is_alive
from tests.waiting import until
from tools.benchmarks.process import measured

MEGABYTE = 1_000_000
BUSY = "import time\nwhile time.process_time() < 0.3: pass"
STARTS_ANOTHER = f"""
import subprocess, sys
held = bytearray({60 * MEGABYTE})
subprocess.run([sys.executable, "-c", "import time; held = bytearray({80 * MEGABYTE}); time.sleep(0.5)"])
"""
LEAVES_ANOTHER = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {BUSY!r}])
"""
NEVER_ENDS = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(600)
"""


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    cost = measured([sys.executable, "-c", STARTS_ANOTHER], tmp_path, os.environ, 60)

    assert 140 * MEGABYTE < cost.memory < 240 * MEGABYTE
    assert cost.wall > 0.5


def test_process_that_outlives_the_command_is_counted_for_what_it_took(tmp_path: Path) -> None:
    assert measured([sys.executable, "-c", LEAVES_ANOTHER], tmp_path, os.environ, 60).cpu > 0.3


def test_command_that_fails_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no room')"]

    with pytest.raises(PortalError, match=r"ended with 1: no room$"):
        measured(command, tmp_path, os.environ, 60)


def test_nothing_is_left_of_a_command_that_takes_too_long(tmp_path: Path) -> None:
    noted = tmp_path / "pid"

    with pytest.raises(PortalError, match="had not ended after 2 seconds"):
        measured([sys.executable, "-c", NEVER_ENDS, str(noted)], tmp_path, os.environ, 2)
    left = int(noted.read_text(encoding="utf-8"))
    until(lambda: not is_alive(left), "the end of what it started")
    assert not is_alive(left)
