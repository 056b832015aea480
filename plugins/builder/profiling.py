"""Where the time of a build goes, by stage and by process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from plugins.builder.jobs import Compiled, TaskProfile, Workplace
from plugins.portal.stages import profiling

Job = TypeVar("Job")


def timed(workplace: Workplace, name: str, task: Callable[[Job], Compiled]) -> Callable[[Job], Compiled]:
    """The task, which tells how long its stages took where the build is profiled; else the task as it is."""
    return partial(_timed, name, task) if workplace.profile else task


def _timed(name: str, task: Callable[[Job], Compiled], job: Job) -> Compiled:
    started = time.perf_counter()
    with profiling() as profile:
        done = task(job)
    return replace(done, profile=TaskProfile(name, time.perf_counter() - started, profile.seconds))
