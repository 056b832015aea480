"""Builds that are killed at any instant, from reading to sending: what is live is whole, and the next is as ever.

Every other one is killed at a moment, the rest before a change of the file system, of which putting together, showing,
pruning and sending have most. A handful is killed of builds in one process; with PORTAL_BUILD_KILLS=200 so many are, of
builds with processes of their own.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import pytest

from plugins.releases.destination_folder import FolderDestination
from plugins.releases.layout import ADDRESSES, TRASH
from plugins.releases.locking import publishing_alone
from plugins.releases.sending import send
from plugins.releases.showing import known_live_release
from plugins.releases.verifying import verify
from tests.programs import is_alive, started_by
from tests.provinces import DATED, SmallProvince
from tests.releases.destinations import files
from tests.releases.test_sending import changes_of, in_a_process, killed_at
from tests.waiting import some_moment, until

FEW = 5
KILLS = int(os.environ.get("PORTAL_BUILD_KILLS", str(FEW)))
"""How many builds are killed."""
STATES = 3
"""Of the content, in turn: with two releases kept, each is put together anew, and one goes each time."""


@dataclass
class Cycle:
    """A province whose content goes round, and what is published of each state when nobody disturbs it."""

    province: SmallProvince
    state: int = 0
    published: list[dict[str, bytes]] = field(default_factory=list)
    names: list[set[str]] = field(default_factory=list)
    """What lies among the releases then."""
    seconds: float = 0.0
    """That a publish takes."""
    changes: int = 0
    """Of the file system that the process of a publish makes itself."""

    @property
    def www(self) -> Path:
        return self.province.folder / "www"

    def edit(self) -> None:
        """Go on to the next state."""
        self.state = (self.state + 1) % STATES
        for path in ("agencies/so-y-te/news/2019/lan.md", "province/news/2019/lan.md"):
            written = f"---\ntitle: Lần {self.state}\ndate: 2019-09-20\nsummary: S\n---\nNội dung {self.state}.\n"
            self.province.write(path, written)

    def publish(self) -> None:
        """Build, show, forget what is too old, and send."""
        settings: dict[str, Any] = {"PORTAL_KEPT_RELEASES": 2, "PORTAL_KEEP_ADDRESSES": True}
        report = self.province.build(conf="publishconf.py", own_processes=KILLS > FEW, **settings)
        assert report.problems == ()
        with publishing_alone(self.province.releases):
            send(known_live_release(self.province.output), FolderDestination(self.www))

    def publish_undisturbed(self) -> None:
        """Publish; builds that have processes of their own need one that has had none."""
        if KILLS > FEW:
            assert in_a_process(self.publish, lambda seen: None) == 0
        else:
            self.publish()

    def among_releases(self) -> set[str]:
        """The names, links not followed; what was thrown away is removed while the next build compiles."""
        folder = self.province.releases
        listed = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        return {name for name in listed if name.partition("/")[0] not in (TRASH, ADDRESSES)}

    def live(self) -> dict[str, bytes]:
        """What is shown, each file."""
        return self.province.files()

    def kill_a_publish(self, chance: Random, *, at_a_change: bool) -> None:
        """Let a publish be killed at any moment, or before any change."""
        if at_a_change:
            killed_at(chance.randrange(self.changes), self.publish)
        else:
            self._kill_after(chance.uniform(0, self.seconds))

    def _kill_after(self, moment: float) -> None:
        """Begin to publish, and be killed after so many seconds, with whatever it started."""
        child = os.fork()
        if child == 0:
            try:
                self.publish()
                os._exit(0)
            finally:
                os._exit(1)
        some_moment(moment)
        started = started_by(child)
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (0, -signal.SIGKILL)
        until(lambda: not any(map(is_alive, started)), "the end of what it started")


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    """Gone round twice: the second time each state follows another that was there before."""
    cycle = Cycle(SmallProvince.of(tmp_path_factory.mktemp("killed")))
    for number in range(2 * STATES):
        cycle.edit()
        begun = monotonic()
        cycle.publish_undisturbed()
        cycle.seconds = monotonic() - begun
        if number >= STATES:
            cycle.published.append(cycle.live())
            cycle.names.append(cycle.among_releases())
    # The first of them was of state 1.
    cycle.published = cycle.published[-1:] + cycle.published[:-1]
    cycle.names = cycle.names[-1:] + cycle.names[:-1]
    cycle.edit()
    cycle.changes = changes_of(cycle.publish, tmp_path_factory.mktemp("counted") / "changes")
    return cycle


@pytest.mark.parametrize("number", range(KILLS))
def test_a_build_that_is_killed_leaves_one_of_two_releases(number: int, cycle: Cycle) -> None:
    before = cycle.published[cycle.state]
    cycle.edit()
    wanted = cycle.published[cycle.state]
    cycle.kill_a_publish(Random(f"kill {number}"), at_a_change=number % 2 == 0)  # noqa: S311

    assert cycle.live() in (before, wanted)
    assert verify(known_live_release(cycle.province.output)).differences == ()
    sent = {path: content for path, content in files(cycle.www).items() if not path.endswith(".unfinished")}
    assert [path for path in sent.keys() - DATED if sent[path] not in (before.get(path), wanted.get(path))] == []

    cycle.publish_undisturbed()
    assert cycle.live() == wanted != before
    assert verify(known_live_release(cycle.province.output)).differences == ()
    assert files(cycle.www) == files(cycle.province.output)
    assert cycle.among_releases() == cycle.names[cycle.state]
    left = [
        path for path in (cycle.province.folder / "build").rglob("*") if path.name.endswith((".new", ".unfinished"))
    ]
    assert left == []
