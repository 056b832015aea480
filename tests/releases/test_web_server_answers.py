"""What web servers are told of addresses that lead on: those of the live release, in words that they cannot misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.portal.release_names import ANSWERS, REDIRECTS
from plugins.releases.pruning import sweep
from plugins.releases.publication import let_go, roll_back
from plugins.releases.records import Release, ReleaseRecord, read_record, write_record
from plugins.releases.web_server_answers import write_answers, write_redirects
from tests.releases.hand_made import HandMade

MOVED = {"cu/": "so-y-te/", "cu/a.pdf": "so-y-te/media/b.pdf", "api/": ""}
WITHDRAWN = ("so-y-te/media/c.pdf", "so-y-te/x/")
SAID = {"cu": "=page/so-y-te", "cu/a.pdf": "=file/so-y-te/media/b.pdf", "api": "=page",
        "so-y-te/x": "410", "so-y-te/media/c.pdf": "410"}  # fmt: skip


def answers(portal: HandMade, release: str = "") -> dict[str, str]:
    """By address what a web server finds of the release that is shown, or of another."""
    folder = portal.releases / ANSWERS / (release or portal.live)
    found: dict[str, str] = {}
    for top in folder.iterdir() if folder.is_dir() else ():
        for path in (*top.rglob("=301"), *top.rglob("=410")):
            address = f"{top.name}/{path.parent.relative_to(top).as_posix()}".removesuffix("/.")
            part = top.resolve(strict=True).parent
            leads_to = path.resolve(strict=True).relative_to(part).as_posix()
            found[address] = leads_to if path.is_symlink() else path.name[1:]
    return found


def noted(release: Path, **facts: object) -> Release:
    record = read_record(release)
    assert isinstance(record, ReleaseRecord)
    write_record(release, record.model_copy(update=facts))
    return Release(release, read_record(release))


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    """With two releases; the newest is live, and addresses lead on in it."""
    portal = HandMade(tmp_path)
    portal.publish()
    newest, _ = portal.publish(so_y_te="2")
    portal.address.go_live(noted(newest.folder, moved=MOVED, withdrawn=WITHDRAWN), "published", portal.now)
    return portal


def test_answers_are_of_each_release_and_lines_of_the_live_one(portal: HandMade) -> None:
    newest = portal.live
    assert answers(portal) == SAID
    assert (portal.releases / REDIRECTS).read_text("utf-8").splitlines() == [
        "/cu/a.pdf /so-y-te/media/b.pdf 301!",
        "/so-y-te/media/c.pdf /404.html 410!",
        "/api/ / 301!",
        "/cu/ /so-y-te/ 301!",
        "/so-y-te/x/ /so-y-te/x/index.html 410!",
    ]

    roll_back(portal.address, "", portal.now)
    assert (answers(portal), answers(portal, newest)) == ({}, SAID)
    assert (portal.releases / REDIRECTS).read_text("utf-8") == ""
    (portal.releases / ANSWERS / newest).unlink()
    let_go(portal.address, portal.now)
    assert answers(portal) == SAID


def test_what_a_server_would_read_otherwise_is_not_told(portal: HandMade) -> None:
    odd = ("a;b/", 'a"/', "a b/", "$host/", "a{/", "\n", "", "/a/", "https://b.vn/", "../a/", "a/../b/", "a//b/",
           "=to/", "a/=410", f"{'a' * 256}/")  # fmt: skip
    moved = dict.fromkeys(odd, "so-y-te/") | {"cu/": odd[0], "cu/b/": "a/../b"}
    newest = noted(portal.output.resolve(), moved=moved, withdrawn=odd)

    write_answers(portal.releases, newest)
    write_redirects(portal.releases, newest)

    assert answers(portal) == {}
    assert (portal.releases / REDIRECTS).read_text("utf-8") == ""


def test_what_a_file_and_a_page_of_one_name_lead_to_keeps_nobody_from_publishing(portal: HandMade) -> None:
    moved = {"a.b": "so-y-te/c.d", "a.b/": "so-y-te/", "e/": "so-y-te/c.d/"}
    write_answers(portal.releases, noted(portal.output.resolve(), moved=moved, withdrawn=()))

    assert answers(portal) == {"a.b": "=page/so-y-te", "e": "=page/so-y-te/c.d"}


def test_what_is_answered_already_is_left_alone_and_what_is_below_one_name_is_made_once(portal: HandMade) -> None:
    part = portal.releases / ANSWERS / portal.live / "cu"
    before, before_it = part.resolve().stat(), Release(portal.output.resolve(), read_record(portal.output.resolve()))
    newest = noted(portal.output.resolve(), moved=MOVED | {"khac/": "so-y-te/"}, withdrawn=WITHDRAWN)
    file = portal.releases / REDIRECTS
    written = file.stat().st_mtime_ns

    write_redirects(portal.releases, before_it)
    write_answers(portal.releases, newest)

    assert file.stat().st_mtime_ns == written
    assert answers(portal) == SAID | {"khac": "=page/so-y-te"}
    assert part.resolve().stat() == before


def test_answers_of_releases_that_are_gone_go_and_so_does_what_a_kill_left(portal: HandMade) -> None:
    folder = portal.releases / ANSWERS
    for left in ("=parts/ab.new/cu", "=together/cd.new", "=parts/ef", f"{'0' * 32}.new"):
        (folder / left).mkdir(parents=True)
    (folder / ("0" * 32)).symlink_to("=together/none")
    (folder / f"{'1' * 32}.new").symlink_to("=together/none")
    roll_back(portal.address, "", portal.now)  # so the newest stays, for it waits, and the one before, which is held

    sweep(portal.releases, portal.output, 1)

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        {"=parts", "=together", *(path.name for path in portal.releases.iterdir() if len(path.name) == 32)}
    )
    assert {path.suffix for path in folder.rglob("*") if path.parent.name in ("=parts", "=together")} == {""}
    assert answers(portal) == {}


def test_release_that_nobody_knows_keeps_its_answers(portal: HandMade) -> None:
    write_answers(portal.releases, Release(portal.output.resolve(), None))

    assert answers(portal) == SAID
