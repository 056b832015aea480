"""What goes live, what is gone back to, and what is held."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from plugins.portal.files import replace_text
from plugins.portal.problems import PortalError
from plugins.releases.due import read_due
from plugins.releases.history import read_history
from plugins.releases.listing import list_releases
from plugins.releases.locking import publishing_alone
from plugins.releases.pins import Pin, read_pin
from plugins.releases.publication import held_sentence, let_go, roll_back
from plugins.releases.receipts import read_receipt
from plugins.releases.records import read_record, record_file
from tests.releases.hand_made import BROKEN, HOUR, MORNING, HandMade
from tests.waiting import PATIENCE


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    """A portal that was published three times."""
    portal = HandMade(tmp_path)
    for version in ("1", "2", "3"):
        portal.publish(commit=version * 40, so_y_te=version)
    return portal


def changes(portal: HandMade) -> list[tuple[str, tuple[str, ...]]]:
    rows = list_releases(portal.output).rows
    return [(row.release.record.commit[:1], row.changed) for row in rows if row.release.record]


def test_list_says_newest_first_what_changed_what_is_in_quarantine_and_what_is_live(portal: HandMade) -> None:
    portal.publish(commit="4" * 40, quarantined=(BROKEN,), catalogue="2")

    rows = list_releases(portal.output).rows

    everything = ("catalogue", "portal", "so-tu-phap", "so-y-te")
    assert changes(portal) == [("4", ("catalogue",)), ("3", ("so-y-te",)), ("2", ("so-y-te",)), ("1", everything)]
    assert [row.live for row in rows] == [True, False, False, False]
    newest = rows[0].release.record
    assert newest is not None
    assert [site.site for site in newest.quarantined] == ["so-tu-phap"]
    assert newest.published == MORNING + 4 * HOUR


def test_order_is_that_of_publishing_whatever_the_clock_says(portal: HandMade) -> None:
    portal.now = MORNING - 1000 * HOUR
    portal.publish(commit="4" * 40, so_y_te="4")
    roll_back(portal.address, "", portal.now)

    assert [commit for commit, _ in changes(portal)] == ["4", "3", "2", "1"]
    assert portal.page() == "so-y-te 3: so-y-te/index.html"


def test_what_is_published_again_is_the_newest_again(portal: HandMade) -> None:
    first, _ = portal.publish(commit="4" * 40, so_y_te="1")

    assert list_releases(portal.output).rows[0].release.name == first.name
    assert changes(portal) == [("4", ("so-y-te",)), ("3", ("so-y-te",)), ("2", ("so-y-te",))]
    assert portal.page() == "so-y-te 1: so-y-te/index.html"


def test_nothing_new_writes_nothing(portal: HandMade) -> None:
    def written() -> dict[str, tuple[int, int]]:
        paths = [path for path in portal.releases.rglob("*") if path.name != "lock"]
        return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in paths}

    before = written()
    portal.publish(commit="3" * 40)

    assert written() == before


def test_rollback_shows_the_one_before_and_what_is_built_waits_until_it_is_let_go(portal: HandMade) -> None:
    back = roll_back(portal.address, "", portal.now)
    assert (portal.live, portal.page()) == (back.name, "so-y-te 2: so-y-te/index.html")

    new, held = portal.publish(commit="4" * 40, so_y_te="4")

    assert held is not None
    assert held.release == back.name
    sentence = held_sentence(held, new.folder).render()
    assert new.short in sentence
    assert back.short in sentence
    assert "portal release" in sentence
    assert portal.page() == "so-y-te 2: so-y-te/index.html"
    waiting = read_receipt(back.folder)
    assert waiting is not None
    assert waiting.pinned
    assert waiting.waiting is not None
    assert (waiting.waiting.release, waiting.waiting.commit) == (new.name, "4" * 40)

    assert let_go(portal.address, portal.now).name == new.name

    assert portal.page() == "so-y-te 4: so-y-te/index.html"
    receipt = read_receipt(new.folder)
    assert receipt is not None
    assert not receipt.pinned
    newest, held = portal.publish(so_y_te="5")
    assert (held, portal.live) == (None, newest.name)


def test_rollback_twice_goes_back_twice_and_then_says_that_there_is_none(portal: HandMade) -> None:
    for version in ("2", "1"):
        roll_back(portal.address, "", portal.now)
        assert portal.page() == f"so-y-te {version}: so-y-te/index.html"

    with pytest.raises(PortalError, match=r"^there is no release before [0-9a-f]{12}, which is shown$"):
        roll_back(portal.address, "", portal.now)
    assert portal.page() == "so-y-te 1: so-y-te/index.html"


def test_rollback_to_a_named_one_takes_any_beginning_that_is_its_alone(portal: HandMade) -> None:
    oldest = list_releases(portal.output).rows[-1].release

    assert roll_back(portal.address, oldest.name[:8], portal.now).name == oldest.name
    assert portal.page() == "so-y-te 1: so-y-te/index.html"

    for name in ("nothing", "0" * 32):
        with pytest.raises(PortalError, match="no release is called"):
            roll_back(portal.address, name, portal.now)
    portal.releases.joinpath(f"{oldest.name[:31]}{'0' if oldest.name[31] != '0' else '1'}").mkdir()
    with pytest.raises(PortalError, match="the beginning of several releases"):
        roll_back(portal.address, oldest.name[:31], portal.now)


def test_held_and_live_and_newest_releases_are_never_pruned(portal: HandMade) -> None:
    portal.kept = 1
    oldest = list_releases(portal.output).rows[-1].release
    roll_back(portal.address, oldest.name, portal.now)

    names = [portal.publish(so_y_te=version)[0].name for version in ("4", "5", "6")]

    left = [row.release.name for row in list_releases(portal.output).rows]
    assert left == [names[-1], oldest.name]
    assert portal.page() == "so-y-te 1: so-y-te/index.html"
    assert let_go(portal.address, portal.now).name == names[-1]
    assert portal.page() == "so-y-te 6: so-y-te/index.html"


@pytest.mark.parametrize("cut", [0, 1, 20, 60])
def test_pin_that_is_cut_short_goes_on_holding_and_is_told(cut: int, portal: HandMade) -> None:
    roll_back(portal.address, "", portal.now)
    pin = portal.releases / "pin.json"
    pin.write_bytes(pin.read_bytes()[:cut])

    new, held = portal.publish(so_y_te="4")

    assert held is not None
    assert "(pin.json) cannot be read" in held_sentence(held, new.folder).render()
    assert portal.page() == "so-y-te 2: so-y-te/index.html"
    let_go(portal.address, portal.now)
    assert read_pin(portal.releases) is None
    assert portal.page() == "so-y-te 4: so-y-te/index.html"


def test_record_that_is_cut_at_any_byte_stops_nothing_and_is_made_anew(portal: HandMade) -> None:
    note = record_file(portal.releases / portal.live)
    whole = note.read_bytes()
    for cut in range(0, len(whole) - 2, 97):
        note.write_bytes(whole[:cut])
        rows = list_releases(portal.output).rows
        assert [row.release.record for row in rows if row.live] == [None]

        portal.publish(commit="3" * 40)

        assert portal.page() == "so-y-te 3: so-y-te/index.html"
        assert [row.live for row in list_releases(portal.output).rows] == [True, False, False]


def test_damaged_release_is_not_gone_back_to(portal: HandMade) -> None:
    damaged, oldest = (row.release for row in list_releases(portal.output).rows[1:])
    record_file(damaged.folder).write_text("{", encoding="utf-8")
    with pytest.raises(PortalError, match="is not whole, and not shown"):
        roll_back(portal.address, damaged.name, portal.now)
    assert portal.page() == "so-y-te 3: so-y-te/index.html"
    assert read_pin(portal.releases) is None

    assert roll_back(portal.address, "", portal.now).name == oldest.name


@pytest.mark.parametrize("damage", ["record", "link", "elsewhere", "live", "folder"])
def test_damage_to_the_live_release_is_mended_by_publishing_the_same(damage: str, portal: HandMade) -> None:
    before = portal.held()
    release = portal.releases / portal.live
    match damage:
        case "record":
            record_file(release).unlink()
        case "link":
            (release / "so-tu-phap").unlink()
        case "elsewhere":
            (release / "so-tu-phap").unlink()
            (release / "so-tu-phap").symlink_to("../versions/so-y-te/3/so-y-te", target_is_directory=True)
        case "live":
            shutil.rmtree(release / "live")
        case "folder":
            shutil.rmtree(release)

    portal.publish(commit="3" * 40)

    after = portal.held()
    dated = {"live/release.json", "live/releases.atom"}
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} <= dated


def test_history_that_cannot_be_read_begins_anew(portal: HandMade) -> None:
    history = portal.releases / "history.json"
    for cut in (0, 1, 100):
        history.write_bytes(history.read_bytes()[:cut])
        release, _ = portal.publish(so_y_te=f"cut {cut}")
        assert [entry.release for entry in read_history(portal.releases).entries] == [release.name]
        assert portal.live == release.name


@pytest.mark.parametrize("file", ["live/dossiers.json", "live/alert.json"])
def test_what_is_of_now_goes_along_with_a_step_back(portal: HandMade, file: str) -> None:
    replace_text(portal.output / file, "newest")
    roll_back(portal.address, "", portal.now)
    assert portal.page(file) == "newest"
    version = portal.releases / "versions/portal/1" / file
    assert version.read_text(encoding="utf-8") == f"portal 1: {file}"


def test_what_is_published_under_a_strict_umask_can_be_read_by_all(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        portal = HandMade(tmp_path)
        portal.publish(so_y_te="1")
        portal.publish(so_y_te="2")
        roll_back(portal.address, "", portal.now)
    finally:
        os.umask(before)
    paths = [portal.releases, portal.output.resolve(), *portal.output.resolve().rglob("*")]
    closed = [path for path in paths if not path.is_symlink() and path.stat().st_mode & 0o044 != 0o044]
    assert closed == []


def test_nothing_published_is_told(tmp_path: Path) -> None:
    portal = HandMade(tmp_path)
    with pytest.raises(PortalError, match="no release is shown there; publish one first"):
        roll_back(portal.address, "", MORNING)
    with pytest.raises(PortalError, match="no release is shown there; publish one first"):
        let_go(portal.address, MORNING)
    assert not portal.releases.exists()


@pytest.mark.parametrize("held_before", [False, True])
def test_a_step_back_that_the_system_refuses_holds_nothing_that_was_not_held(
    held_before: bool, portal: HandMade
) -> None:
    first, second = (portal.publish(so_y_te=version)[0] for version in ("2", "3"))
    if held_before:
        roll_back(portal.address, second.name, MORNING)
    before = read_pin(portal.releases)
    (portal.releases / "_redirects").unlink(missing_ok=True)
    (portal.releases / "_redirects").mkdir()

    with pytest.raises(IsADirectoryError):
        roll_back(portal.address, first.name, MORNING)

    assert (portal.live, read_pin(portal.releases)) == (second.name, before)


@pytest.mark.parametrize("name", ["pin.json", "due.json", "history.json", "record"])
@pytest.mark.parametrize("instead", ["folder", "pipe", "link to itself"])
def test_what_stands_in_the_place_of_a_note_is_no_note_and_is_not_waited_for(
    instead: str, name: str, portal: HandMade
) -> None:
    live = portal.publish(so_y_te="2")[0]
    file = record_file(live.folder) if name == "record" else portal.releases / name
    file.unlink(missing_ok=True)
    if instead == "folder":
        file.mkdir()
    elif instead == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(file.name)

    read = {
        "pin.json": (read_pin(portal.releases), Pin()), "due.json": (read_due(portal.releases), None),
        "history.json": (read_history(portal.releases).entries, ()), "record": (read_record(live.folder), None),
    }  # fmt: skip
    given, expected = read[name]
    assert given == expected
    assert portal.live == live.name


def test_link_that_was_taken_away_by_hand_leads_to_what_is_held_again(portal: HandMade) -> None:
    back = roll_back(portal.address, "", portal.now)
    portal.output.unlink()

    _, held = portal.publish(so_y_te="4")
    assert (held is not None, portal.live) == (True, back.name)

    portal.output.unlink()
    shutil.rmtree(back.folder)
    new, held = portal.publish(so_y_te="5")
    assert (held, portal.live) == (None, new.name)


@pytest.mark.parametrize("wanted", ["named", ""])
def test_folder_in_the_place_of_the_link_keeps_a_step_back_from_holding_anything(wanted: str, portal: HandMade) -> None:
    older = list_releases(portal.output).rows[-1].release.name
    shown = portal.output.resolve()
    portal.output.unlink()
    shutil.copytree(shown, portal.output)

    with pytest.raises(PortalError, match="exists and is not a link to a release"):
        roll_back(portal.address, older if wanted else "", portal.now)

    shutil.rmtree(portal.output)
    new, held = portal.publish(so_y_te="4")
    assert (held, portal.live) == (None, new.name)


def test_portal_that_is_reached_through_a_link_may_be_moved(tmp_path: Path) -> None:
    """The link of what is shown leads from one to the other, however both are reached; so may the releases' folder."""
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("project")
    (tmp_path / "project/public.releases").symlink_to(tmp_path / "elsewhere")
    HandMade(tmp_path / "link").publish(so_y_te="1")
    (tmp_path / "link").unlink()
    (tmp_path / "project").rename(tmp_path / "moved")
    moved = HandMade(tmp_path / "moved")
    assert moved.page() == "so-y-te 1: so-y-te/index.html"

    new, _ = moved.publish(so_y_te="2")

    assert (moved.live, moved.page()) == (new.name, "so-y-te 2: so-y-te/index.html")
    assert roll_back(moved.address, "", moved.now).name != new.name


def test_whoever_publishes_waits_for_whoever_does(portal: HandMade) -> None:
    with publishing_alone(portal.releases):
        waiting = threading.Thread(target=roll_back, args=(portal.address, "", portal.now))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        assert portal.page() == "so-y-te 3: so-y-te/index.html"
    waiting.join(PATIENCE)
    assert portal.page() == "so-y-te 2: so-y-te/index.html"


def test_lock_that_a_killed_publisher_left_is_free(portal: HandMade) -> None:
    (portal.releases / "lock").write_text("of one that was killed", encoding="utf-8")
    assert roll_back(portal.address, "", portal.now).name == portal.live


def test_what_a_killed_publisher_left_half_made_goes(portal: HandMade) -> None:
    stray = "f" * 32
    (portal.releases / f"{stray}.new").mkdir()
    (portal.releases / f"{stray}.json").write_text("{}", encoding="utf-8")
    portal.publish(so_y_te="4")
    assert [path.name for path in portal.releases.iterdir() if path.name.startswith(stray)] == []


def test_reader_sees_one_of_two_whole_releases_whatever_is_swapped(portal: HandMade) -> None:
    texts = {f"so-y-te {version}: so-y-te/index.html" for version in ("2", "3")}
    seen: set[str] = set()
    failures: list[OSError] = []
    begun, ended = threading.Event(), threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                seen.add(portal.page())
            except OSError as error:
                failures.append(error)
            begun.set()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    assert begun.wait(PATIENCE)
    for _ in range(25):
        roll_back(portal.address, "", portal.now)
        let_go(portal.address, portal.now)
    ended.set()
    for reader in readers:
        reader.join(PATIENCE)

    assert failures == []
    assert seen <= texts
    assert portal.page() in seen
