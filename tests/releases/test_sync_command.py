"""`portal sync` as a person runs it: what it says, and exit code 2 with one sentence where it cannot."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.releases.publication import roll_back
from plugins.releases.records import named_release
from plugins.releases.verifying import verify
from tests.command_line.test_surroundings import as_anybody
from tests.provinces import ROOT
from tests.releases.destinations import files
from tests.releases.hand_made import HOUR, HandMade
from tests.small_disks import small_disk
from tests.waiting import PATIENCE


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HandMade:
    monkeypatch.setenv("COLUMNS", "200")
    portal = HandMade(tmp_path)
    portal.publish(so_y_te="1")
    return portal


def words(portal: HandMade, destination: Path | str, *more: str) -> list[str]:
    settings = ["--settings", str(ROOT / "publishconf.py"), "--output", str(portal.output), "--lang", "en"]
    return ["sync", str(destination), *settings, *more]


def test_it_says_how_much_was_sent_and_that_a_release_is_held(
    portal: HandMade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words(portal, tmp_path / "www")) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'www'}: {len(files(portal.output))} files sent, 0 removed\n"
    assert main(words(portal, tmp_path / "www")) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'www'}: 0 files sent, 0 removed\n"

    portal.publish(so_y_te="2")
    roll_back(portal.address, "", portal.now + HOUR)
    portal.publish(so_y_te="3")
    assert main(words(portal, tmp_path / "www")) == 0
    assert f"Release {portal.live[:12]} is held since a rollback, and that is what was sent" in capsys.readouterr().out
    assert files(tmp_path / "www") == files(portal.output)
    assert portal.page() == (tmp_path / "www/so-y-te/index.html").read_text() == "so-y-te 1: so-y-te/index.html"


def test_a_disk_that_is_full_is_told_and_the_next_run_completes_it(
    portal: HandMade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        www = disk.folder / "www"
        assert main(words(portal, www)) == 0
        before = files(www)
        portal.publish(so_y_te="2")
        disk.fill()
        assert main(words(portal, www)) == 2
        said = capsys.readouterr().err
        assert re.search(r"cannot be written: (No space left on device|File too large); what was sent stays", said)
        assert said.count("\n") == 1
        assert files(www).items() >= before.items()

        disk.make_room()
        assert main(words(portal, www)) == 0
        assert files(www) == files(portal.output) != before


def test_a_publish_on_a_full_disk_leaves_what_is_live(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        portal = HandMade(disk.folder)
        portal.publish(so_y_te="1")
        before, held = portal.live, portal.held()
        for name in ("portal", "so-y-te"):  # compiled before: what fails is the putting together
            portal.versions[name] = "2"
            portal._write(name)
        disk.fill()
        with pytest.raises(OSError, match=r"No space left on device|File too large"):
            portal.publish()
        assert (portal.live, portal.held()) == (before, held)
        assert verify(named_release(portal.releases, portal.live)).differences == ()

        disk.make_room()
        portal.publish()
        assert verify(named_release(portal.releases, portal.live)).differences == ()
        assert portal.page() == "so-y-te 2: so-y-te/index.html"


def test_what_is_no_destination_is_told_before_anything_is_built(
    portal: HandMade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for destination in ("gopher://www", "/srv/\udcff", "file:///srv/a\x00b"):
        for command in (["sync", destination], ["publish", "--to", destination, "--content", str(tmp_path)]):
            assert main([*command, *words(portal, "")[2:]]) == 2
            said = capsys.readouterr()
            assert ": is nowhere that the portal can be sent to; name a folder" in said.err
            assert said.out == ""


def test_a_folder_that_can_only_be_read_is_told(portal: HandMade, tmp_path: Path) -> None:
    www = tmp_path / "www"
    assert main(words(portal, www)) == 0
    before = files(www)
    portal.publish(so_y_te="2")
    for folder in (www, *(path for path in www.rglob("*") if path.is_dir())):
        folder.chmod(0o555)

    done = subprocess.run(
        [*as_anybody(), sys.executable, "-m", "plugins.command_line", *words(portal, www)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 2
    assert f"{www}/.portal-sent.unfinished: cannot be written: Permission denied; what was sent stays" in done.stderr
    assert done.stderr.count("\n") == 1
    assert files(www) == before
