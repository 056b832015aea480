"""A publish that is killed before any change of the file system: what is live is whole, and the next one succeeds."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

import pytest

from plugins.releases.records import named_release
from plugins.releases.verifying import verify
from tests.releases.destinations import files
from tests.releases.hand_made import HandMade
from tests.releases.test_sending import killed_at

KILLS = int(os.environ.get("PORTAL_KILLS", "60"))
"""How many changes a publish is killed at."""


def published(folder: Path) -> HandMade:
    folder.mkdir()
    portal = HandMade(folder)
    portal.publish(so_y_te="1")
    return portal


@pytest.mark.parametrize("change", range(KILLS))
def test_killed_publish_leaves_one_of_two_releases(tmp_path: Path, change: int) -> None:
    whole, portal = published(tmp_path / "whole"), published(tmp_path / "killed")
    before, name = files(portal.output), portal.live
    whole.publish(so_y_te="2")
    # What is killed is the putting together: the version's pages lie there before.
    shutil.copytree(whole.pages("so-y-te"), portal.releases / whole.pages("so-y-te").relative_to(whole.releases))
    killed = killed_at(change, functools.partial(portal.publish, so_y_te="2"))

    live = named_release(portal.releases, portal.output.resolve().name)
    assert live.name in {name, whole.live}
    assert verify(live).differences == ()
    if not killed:
        assert live.name == whole.live
    if live.name == name:
        assert files(portal.output) == before
    portal.publish(so_y_te="2")
    assert verify(named_release(portal.releases, portal.live)).differences == ()
    assert portal.held().keys() == whole.held().keys()
    assert names(portal.releases) == names(whole.releases)


def names(folder: Path) -> set[str]:
    """What lies below, links not followed."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.name.endswith(".sig")}
