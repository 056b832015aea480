"""Making sequences of edits, going through them with builds after each, and shortening one that fails.

A sequence follows from its number alone. Where an incremental build is not as a clean one, what is told is the shortest
sequence of steps in which that is so, each as a sentence, with what differs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from plugins.builder import snapshot
from plugins.builder.reports import BuildReport
from tests.provinces import SmallProvince
from tests.sequences.comparing import Built, differences
from tests.sequences.damage import damage_caches
from tests.sequences.desk import Desk
from tests.sequences.edits import EDITS
from tests.sequences.repository import COMMITTED, History
from tests.waiting import PATIENCE

MOST_STEPS = 5
OTHERWISE = "the incremental build is not as a clean one:"
SHOWN = 12
"""Differences told of."""
TICK = 20_000_000
"""Nanoseconds in which two changes of a file may have one time here, where builds follow each other at once: with the
two seconds of the product no file would ever be old enough not to be read again."""


@dataclass(frozen=True)
class Way:
    """How the builds of a sequence are made."""

    conf: str = "pelicanconf.py"
    committed: bool = False
    """The content is a repository; the clean build is one of a clone."""
    damaged: bool = False
    """Between builds, entries of caches are damaged."""
    disturb: Callable[[Desk, Way, Random], str | None] = lambda desk, way, chance: None
    """What happens between an edit and the build after it; it says what it did."""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def all_settings(self) -> dict[str, Any]:
        return {
            "PORTAL_KINDS": ["plugins.articles", "plugins.procedures", "plugins.documents", "tests.kinds"],
            "PORTAL_HANDBOOK": "",  # a tenth of a second in every build
            "PORTAL_ALLOW_LOSS": True,  # of so few, one is much
            **self.settings,
        }


@dataclass(frozen=True)
class Step:
    """An edit, and what is done after it."""

    edit: str
    seed: int
    compared: bool = False
    """With a clean build; the last step of a sequence always is."""


def steps_of(name: str, way: Way) -> tuple[Step, ...]:
    """The sequence of that name."""
    chance = Random(name)  # noqa: S311  # no secret
    edits = {**EDITS, **(COMMITTED if way.committed else {})}
    weights = [weight for weight, _ in edits.values()]
    chosen = chance.choices(list(edits), weights, k=chance.randrange(2, MOST_STEPS + 1))
    looked_at = chance.randrange(len(chosen))
    return tuple(
        Step(edit, chance.randrange(2**32), compared=number == looked_at) for number, edit in enumerate(chosen)
    )


@dataclass
class Workshop:
    """Folders in which sequences of one way are gone through, one after the other, each from the same first state."""

    folder: Path
    way: Way

    def __post_init__(self) -> None:
        """Build the first state; every sequence begins with a copy of it, at the place at which it was built."""
        self.work.mkdir()
        desk = Desk.new(self.work)
        if self.way.committed:
            History(desk).begin()
        first = self._build(desk)
        assert not any(first.problems.values()), first.problems
        self.work.rename(self._first)

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def _first(self) -> Path:
        return self.folder / "first"

    def go(self, steps: Sequence[Step]) -> tuple[list[str], list[str], int]:
        """Go through the steps; gives what was done, what differs at last, and after how many steps that was."""
        shutil.rmtree(self.work, ignore_errors=True)
        subprocess.run(["cp", "-a", str(self._first), str(self.work)], check=True, timeout=PATIENCE)
        desk = Desk(SmallProvince(self.work))
        told: list[str] = []
        for number, step in enumerate(steps, 1):
            chance = Random(step.seed)  # noqa: S311
            told += self.edit(desk, step, chance)
            incremental = self._build(desk)
            if step.compared or number == len(steps):
                found = self._compared(desk, incremental)
                if found:
                    return told, found, number
        if desk.broken:
            while mended := desk.mend():
                told.append(mended)
            if self.way.committed:
                History(desk).commit()
            if found := self._compared(desk, self._build(desk)):
                return told, found, len(steps)
        return told, [], len(steps)

    def edit(self, desk: Desk, step: Step, chance: Random) -> Iterator[str]:
        """Do what the step says, and what comes with it here; gives what was done."""
        _, edit = {**EDITS, **COMMITTED}[step.edit]
        if said := edit(desk, chance):
            yield said
        if self.way.committed:
            yield from History(desk).record(chance)
        if self.way.damaged:
            yield from damage_caches(desk.province.folder / "build", chance)
        if said := self.way.disturb(desk, self.way, chance):
            yield said

    def _build(self, desk: Desk) -> Built:
        return Built.of(desk.province, partial(build_here, desk, self.way))

    def _compared(self, desk: Desk, incremental: Built) -> list[str]:
        folder = self.folder / "clean"
        shutil.rmtree(folder, ignore_errors=True)
        clean = SmallProvince(folder)
        if self.way.committed:
            History(desk).clone(clean.content)
        else:
            shutil.copytree(desk.content, clean.content, symlinks=True, copy_function=shutil.copyfile)
        built = Built.of(clean, partial(build_here, replace(desk, province=clean), self.way, desk.province.folder))
        return differences(incremental, built, desk.words_about(built.left_out))


def build_here(desk: Desk, way: Way, furniture: Path | None = None) -> BuildReport:
    """A build by this process; theme and figures lie in the folder `furniture`, where it is not the desk's own."""
    return desk.province.build(conf=way.conf, **settings_of(desk, way, furniture))


def settings_of(desk: Desk, way: Way, furniture: Path | None = None) -> dict[str, Any]:
    """The settings of such a build; the content is called `content` in it, wherever it lies."""
    folder = furniture or desk.province.folder
    places = {"PORTAL_ROOT": desk.province.folder, "THEME": folder / "theme", "DOSSIER_STATE_PATH": folder / "state"}
    return way.all_settings | {name: str(place) for name, place in places.items()}


def shortest(go: Callable[[Sequence[Step]], tuple[list[str], list[str], int]], steps: Sequence[Step]) -> str:
    """The fewest of these steps after which something still differs, and what; empty where nothing does."""
    told, found, reached = go(steps)
    if not found:
        return ""
    steps = list(steps[:reached])
    number = len(steps)
    while number:
        number -= 1
        fewer = steps[:number] + steps[number + 1 :]
        if fewer:
            others = go(fewer)
            if others[1]:
                steps, (told, found, _) = fewer, others
    lines = [
        "after these steps",
        *(f"  {place}. {line}" for place, line in enumerate(told, 1)),
        OTHERWISE,
        *(f"  {line}" for line in found[:SHOWN]),
        *([f"  and {len(found) - SHOWN} more"] if len(found) > SHOWN else []),
    ]
    return "\n".join(lines)


@contextmanager
def workshop(way: Way) -> Iterator[Workshop]:
    """A workshop in memory where the machine has a file system there: a small build is mostly small files."""
    memory = Path("/dev/shm")  # noqa: S108
    place = str(memory) if os.access(memory, os.W_OK) else None
    with (
        TemporaryDirectory(dir=place, prefix="sequences-") as folder,
        patch.object(snapshot, "CLOCK_RESOLUTION", TICK),
    ):
        yield Workshop(Path(folder).resolve(), way)
