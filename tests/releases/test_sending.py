"""What is live in another folder: killed at any change of it, it lacks nothing that its pages show."""

from __future__ import annotations

import functools
import itertools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from plugins.releases.records import named_release
from plugins.releases.sending import STATE, Sent, send
from tests.releases.hand_made import HandMade

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "open"}


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    portal = HandMade(tmp_path)
    portal.publish(so_y_te="1")
    return portal


def send_live(portal: HandMade, destination: Path, adopt: bool = False) -> Sent:
    return send(named_release(portal.releases, portal.live), destination, adopt)


def files(folder: Path) -> dict[str, bytes]:
    found = (Path(top, name) for top, _, names in os.walk(folder, followlinks=True) for name in names)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.name != STATE}


def killed_at(change: int, act: Callable[[], object]) -> bool:
    """Whether the act, in a process of its own, was killed before that change of the file system."""
    child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, _arguments: object) -> None:
            nonlocal seen
            seen += event in CHANGES
            if event in CHANGES and seen > change:  # the killing is an event, too
                os.kill(os.getpid(), 9)

        try:
            sys.addaudithook(count)
            act()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -9)
    return code == -9


def test_second_send_sends_nothing(portal: HandMade, tmp_path: Path) -> None:
    first = send_live(portal, tmp_path / "www")

    assert files(tmp_path / "www") == files(portal.output)
    assert set(first.written) == set(files(portal.output))
    assert send_live(portal, tmp_path / "www") == Sent((), ())


def test_killed_at_any_change_it_is_completed_by_the_next(portal: HandMade, tmp_path: Path) -> None:
    send_live(portal, tmp_path / "before")
    before = files(tmp_path / "before")
    portal.publish(so_y_te="2")
    wanted = files(portal.output)
    assert wanted != before
    for change in itertools.count():
        www = tmp_path / f"www{change}"
        shutil.copytree(tmp_path / "before", www)
        killed = killed_at(change, functools.partial(send_live, portal, www))
        left = {path: content for path, content in files(www).items() if not path.endswith(".unfinished")}
        assert all(content in (before.get(path), wanted.get(path)) for path, content in left.items())
        sent = send_live(portal, www)
        assert files(www) == wanted
        assert send_live(portal, www) == Sent((), ())
        if not killed:
            break

    assert sent == Sent((), ())
    assert change > 10


def test_files_of_others_stay_and_are_told(portal: HandMade, tmp_path: Path) -> None:
    theirs = tmp_path / "www/theirs.html"
    theirs.parent.mkdir()
    theirs.write_text("theirs", encoding="utf-8")

    with pytest.raises(PortalError, match="--adopt"):
        send_live(portal, tmp_path / "www")

    send_live(portal, tmp_path / "www", adopt=True)
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert files(portal.output).items() <= files(tmp_path / "www").items()


def test_no_file_goes_among_the_releases_or_through_a_link(portal: HandMade, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(portal.releases)
    for place in (portal.releases / "www", tmp_path / "link/www", portal.output):
        with pytest.raises(PortalError, match="among the releases"):
            send_live(portal, place)
    (tmp_path / "www").mkdir()
    (tmp_path / "www/so-y-te").symlink_to(tmp_path)
    with pytest.raises(PortalError, match="leads elsewhere"):
        send_live(portal, tmp_path / "www", adopt=True)
