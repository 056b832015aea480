"""What is live somewhere else: killed or cut off at any change, it lacks nothing that its pages show."""

from __future__ import annotations

import functools
import itertools
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from plugins.portal.problems import PortalError
from plugins.releases.destination_folder import FolderDestination
from plugins.releases.destination_host import HostDestination
from plugins.releases.destination_kinds import destination_of
from plugins.releases.destination_storage import StorageDestination
from plugins.releases.locking import publishing_alone
from plugins.releases.sending import Sent
from tests.needed import program
from tests.releases.destinations import KINDS, destination_at, files, notes, send_live, ssh_stand_in
from tests.releases.hand_made import HandMade

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "open"}


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    portal = HandMade(tmp_path)
    portal.publish(so_y_te="1")
    return portal


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in of ssh, which rsync starts from here on."""
    program("rsync", "rsync")
    stand_in = ssh_stand_in(tmp_path)
    monkeypatch.setenv("RSYNC_RSH", str(stand_in))
    return stand_in


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of destination in turn."""
    if request.param == "host":
        request.getfixturevalue("ssh")
    return str(request.param)


def in_a_process(act: Callable[[], object], at_change: Callable[[int], object]) -> int:
    """The exit code of the act in a process of its own, in which something is done before each change of the files."""
    child = os.fork()
    if child == 0:
        seen, itself = 0, os.getpid()

        def count(event: str, _arguments: object) -> None:
            nonlocal seen
            if event in CHANGES and os.getpid() == itself:  # whatever it starts inherits this
                seen += 1
                at_change(seen)

        try:
            sys.addaudithook(count)
            act()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(change: int, act: Callable[[], object]) -> bool:
    """Whether the act, in a process of its own, was killed before that change of the file system."""
    code = in_a_process(act, lambda seen: os.kill(os.getpid(), 9) if seen > change else None)
    assert code in (0, -9)
    return code == -9


def changes_of(act: Callable[[], object], note: Path) -> int:
    """How many changes of the file system the act makes, which is done in a process of its own."""
    with note.open("w+b") as noted:
        assert in_a_process(act, lambda seen: os.pwrite(noted.fileno(), f"{seen}".encode(), 0)) == 0
        return int(noted.read())


def another_version(portal: HandMade) -> None:
    """Publish one whose agency has another article, and another file, than before."""
    pages = portal.pages("so-y-te").with_name("2")
    for file in ("index.html", "media/b.pdf", "tin-tuc/2020/b/index.html"):
        path = pages / "so-y-te" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"2: {file}", encoding="utf-8")
    portal.publish(so_y_te="2")


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(portal: HandMade, tmp_path: Path, kind: str) -> None:
    destination = destination_at(kind, tmp_path / "www")
    with publishing_alone(portal.releases):
        first = send_live(portal, destination)
    assert files(tmp_path / "www") == files(portal.output)
    assert set(first.written) == set(files(portal.output))
    assert all(path.stat().st_mode & 0o004 for path in (tmp_path / "www").rglob("*"))
    assert send_live(portal, destination) == Sent((), ())

    another_version(portal)
    sent = send_live(portal, destination)

    assert files(tmp_path / "www") == files(portal.output)
    assert (tmp_path / "www/so-y-te/tin-tuc/2019").exists() == (kind == "storage")  # which has no folders
    assert {path for path in sent.written if not path.startswith("live/")} == {
        *("so-y-te/media/b.pdf", "so-y-te/index.html", "so-y-te/tin-tuc/2020/b/index.html")
    }
    assert set(sent.removed) == {"so-y-te/media/a.pdf", "so-y-te/tin-tuc/2019/a/index.html"}
    assert send_live(portal, destination) == Sent((), ())


def test_new_assets_are_sent_first_then_new_pages_then_those_before(portal: HandMade, tmp_path: Path) -> None:
    destination = destination_at("folder", tmp_path / "www")
    send_live(portal, destination)
    another_version(portal)

    sent = [path for path in send_live(portal, destination).written if not path.startswith("live/")]

    assert sent == ["so-y-te/media/b.pdf", "so-y-te/tin-tuc/2020/b/index.html", "so-y-te/index.html"]


def test_damaged_and_missing_files_are_sent_again(portal: HandMade, tmp_path: Path, kind: str) -> None:
    destination = destination_at(kind, tmp_path / "www")
    send_live(portal, destination)
    (tmp_path / "www/so-y-te/index.html").write_text("cut", encoding="utf-8")
    (tmp_path / "www/404.html").unlink()

    sent = send_live(portal, destination)

    assert set(sent.written) == {"so-y-te/index.html", "404.html"}
    assert files(tmp_path / "www") == files(portal.output)


def test_what_was_written_anew_without_a_build_is_sent(portal: HandMade, tmp_path: Path, kind: str) -> None:
    destination = destination_at(kind, tmp_path / "www")
    send_live(portal, destination)
    alert = portal.output / "live/alert.json"
    before, written = alert.stat(), alert.read_text(encoding="utf-8")
    alert.write_text(written.replace("portal", "quick!"), encoding="utf-8")
    os.utime(alert, ns=(before.st_atime_ns, before.st_mtime_ns))  # within a second, and as long

    assert send_live(portal, destination).written == ("live/alert.json",)
    assert "quick!" in (tmp_path / "www/live/alert.json").read_text(encoding="utf-8")


def test_nothing_that_is_damaged_here_is_sent(portal: HandMade, tmp_path: Path, kind: str) -> None:
    (portal.output / "so-y-te/index.html").write_text("cut", encoding="utf-8")

    with pytest.raises(PortalError, match="portal verify"):
        send_live(portal, destination_at(kind, tmp_path / "www"))

    assert not (tmp_path / "www/so-y-te/index.html").exists()


def test_killed_at_any_change_it_is_completed_by_the_next(portal: HandMade, tmp_path: Path) -> None:
    www = FolderDestination(tmp_path / "www")
    send_live(portal, www)
    before = files(www.folder)
    for folder in (www.folder, notes(portal)):
        shutil.copytree(folder, tmp_path / "before" / folder.name)
    portal.publish(so_y_te="2")
    wanted = files(portal.output)
    assert wanted != before
    for change in itertools.count():
        for folder in (www.folder, notes(portal)):
            shutil.rmtree(folder)
            shutil.copytree(tmp_path / "before" / folder.name, folder)
        killed = killed_at(change, functools.partial(send_live, portal, www))
        left = {path: content for path, content in files(www.folder).items() if not path.endswith(".unfinished")}
        assert all(content in (before.get(path), wanted.get(path)) for path, content in left.items())
        sent = send_live(portal, www)
        assert files(www.folder) == wanted
        assert send_live(portal, www) == Sent((), ())
        assert len(list(notes(portal).iterdir())) == 1
        if not killed:
            break

    assert sent == Sent((), ())
    assert change > 10


def test_cut_off_at_any_step_a_host_is_completed_by_the_next(
    portal: HandMade, tmp_path: Path, ssh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    www = destination_at("host", tmp_path / "www")
    send_live(portal, www)
    before = files(tmp_path / "www")
    another_version(portal)
    wanted = files(portal.output)
    calls = ssh.with_name(f"{ssh.name}.log")
    said = []
    for step in itertools.count(1):
        calls.unlink()
        monkeypatch.setenv("PORTAL_TEST_FAILS", str(step))
        try:
            send_live(portal, www)
            break
        except PortalError as refused:
            said.append(refused.render())
        there = files(tmp_path / "www")
        assert all(content in (before.get(path), wanted.get(path)) for path, content in there.items())
        arrived = [path in there for path in ("so-y-te/media/b.pdf", "so-y-te/tin-tuc/2020/b/index.html")]
        assert arrived == sorted(arrived, reverse=True)

    monkeypatch.delenv("PORTAL_TEST_FAILS")
    assert len(said) > 4
    assert all("ssh: connect to host www: refused" in sentence for sentence in said)
    assert files(tmp_path / "www") == wanted
    assert send_live(portal, www) == Sent((), ())


def test_files_of_others_stay_and_are_told(portal: HandMade, tmp_path: Path, kind: str) -> None:
    theirs = tmp_path / "www/theirs.html"
    theirs.parent.mkdir()
    theirs.write_text("theirs", encoding="utf-8")
    destination = destination_at(kind, tmp_path / "www")

    with pytest.raises(PortalError, match="--adopt"):
        send_live(portal, destination)

    send_live(portal, destination, adopt=True)
    (tmp_path / "www/so-y-te/media/theirs.pdf").write_text("theirs", encoding="utf-8")
    (tmp_path / "www/so-y-te/tin-tuc/2019/a/theirs").write_text("theirs", encoding="utf-8")
    (tmp_path / "www/so-y-te/media/b.pdf").write_text("theirs, and longer", encoding="utf-8")
    another_version(portal)
    with pytest.raises(PortalError, match=r"so-y-te/media/b\.pdf: was not sent by us"):
        send_live(portal, destination)
    send_live(portal, destination, adopt=True)
    there = files(tmp_path / "www")
    names = {"theirs.html", "so-y-te/media/theirs.pdf", "so-y-te/tin-tuc/2019/a/theirs"}
    assert {path: content for path, content in there.items() if content == b"theirs"}.keys() == names
    assert {path: content for path, content in there.items() if path not in names} == files(portal.output)


def test_no_file_goes_among_the_releases_or_through_a_link(portal: HandMade, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(portal.releases)
    for folder in (portal.releases / "www", tmp_path / "link/www", portal.output):
        with pytest.raises(PortalError, match="among the releases"):
            send_live(portal, FolderDestination(folder))
    (tmp_path / "www").mkdir()
    (tmp_path / "www/so-y-te").symlink_to(tmp_path)
    with pytest.raises(PortalError, match="leads elsewhere"):
        send_live(portal, FolderDestination(tmp_path / "www"), adopt=True)


def test_a_storage_goes_on_after_the_files_that_it_has_noted(portal: HandMade, tmp_path: Path) -> None:
    class Failing(MemoryFileSystem):  # type: ignore[misc]
        """Takes so many files, and then none."""

        cachable = False
        left = 7

        def put_file(self, *words: Any, **more: Any) -> None:
            if not self.left:
                raise RuntimeError("no more\nfor now")
            self.left -= 1
            super().put_file(*words, **more)

    failing = StorageDestination("memory://www", Failing(), "/www", batch=3)
    with pytest.raises(PortalError, match="memory://www: cannot be written: no more for now; what was sent stays"):
        send_live(portal, failing)
    failing.file_system.left = 1000

    sent = send_live(portal, failing)

    assert len(sent.written) == len(files(portal.output)) - 5  # two assets and a batch of pages were noted
    assert set(sent.written) <= set(files(portal.output))
    there = {
        path.removeprefix("/www/"): failing.file_system.cat_file(path) for path in failing.file_system.find("/www")
    }
    assert there == files(portal.output)
    assert send_live(portal, StorageDestination.of("memory://www")) == Sent((), ())
    failing.file_system.rm("/www", recursive=True)


def test_a_storage_whose_library_is_missing_is_told() -> None:
    with pytest.raises(PortalError, match=r"www: a library for it is missing \(Install s3fs to access S3\)"):
        destination_of("s3://bucket/www")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("/srv/www", "/srv/www"),
        ("file:///srv/w%20ww", "/srv/w ww"),
        ("www.example.vn:/srv/www/", "www.example.vn:/srv/www"),
        ("web@10.0.0.1:/srv/w ww", "web@10.0.0.1:/srv/w ww"),
        ("ssh://web@www.example.vn:2222/srv/www", "ssh://web@www.example.vn:2222/srv/www"),
        ("ssh://www.example.vn/srv/www", "www.example.vn:/srv/www"),
        ("memory://bucket/www/", "memory://bucket/www"),
        ("[2001:db8::1]:/srv/www", "[2001:db8::1]:/srv/www"),
        ("ssh://web@[2001:db8::1]:22/srv/www", "ssh://web@[2001:db8::1]:22/srv/www"),
    ],
)
def test_destinations_are_read_as_people_write_them(written: str, name: str) -> None:
    assert destination_of(written).name == name


@pytest.mark.parametrize(
    "written",
    [
        *("", "-oProxyCommand=x:/srv", "host:", "host:/", "host:www", "host::module", "host:/a\nb", "a b:/srv"),
        *("ssh://host", "ssh://host/", "ssh://host:port/srv", "ssh://-o/srv", "ssh://host/srv?a", "ssh://a@b@c/srv"),
        *("rsync://host/www", "gopher://host/www", "user:secret@host:/srv"),
    ],
)
def test_what_is_no_destination_is_refused(written: str) -> None:
    with pytest.raises(PortalError):
        destination_of(written)


def test_rsync_is_given_the_port_and_never_asks_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RSYNC_RSH", raising=False)
    host = HostDestination.of("ssh://web@127.0.0.1:9/srv/www")

    with pytest.raises(PortalError) as refused:  # nobody listens at the port
        host.is_empty()

    assert "ssh: connect to host 127.0.0.1 port 9: Connection refused" in refused.value.render()
