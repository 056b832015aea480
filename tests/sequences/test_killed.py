"""Sequences of edits in which builds are killed at any moment, real ones, and the next goes on from what is there."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from random import Random

import pytest

from tests.programs import running
from tests.sequences.desk import Desk
from tests.sequences.sequence import Way, Workshop, shortest, steps_of, workshop
from tests.waiting import some_moment

pytestmark = pytest.mark.heavy

LONGEST = 1.5
"""Seconds from the beginning of a build in which it is killed: it takes about as long."""


def kill_a_build(desk: Desk, way: Way, chance: Random) -> str | None:
    """Begin a build and kill it, with all that it has started."""
    if chance.random() < 0.3:
        return None
    with running([sys.executable, "-m", "tests.sequences.building", desk.province.folder, way.conf]) as program:
        program.says("begins")
        some_moment(moment := chance.random() * LONGEST)
        program.process.kill()
        ended = program.ends()
    assert ended in (0, -signal.SIGKILL), program.errors
    return f"(a build is killed after {moment:.2f} seconds{', when it had ended' if ended == 0 else ''})"


@pytest.fixture(scope="module")
def killed() -> Iterator[Workshop]:
    with workshop(Way(disturb=kill_a_build)) as made:
        yield made


@pytest.mark.parametrize("number", range(6))
def test_build_after_a_killed_one_is_as_a_clean_one(number: int, killed: Workshop) -> None:
    assert shortest(killed.go, steps_of(f"killed {number}", killed.way)) == ""
