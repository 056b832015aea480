"""Whether a commit or a file is live, since when, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from plugins.builder.content_repository import ContentRepository, content_repository
from plugins.portal import addresses
from plugins.releases.asking import UnreachableError, fetch_receipt
from plugins.releases.publication import roll_back
from plugins.releases.receipts import Receipt, read_receipt
from plugins.releases.status import (
    AskedFile,
    NoRepository,
    Status,
    status_of_commit,
    status_of_file,
    status_of_release,
)
from tests.releases.hand_made import BROKEN, HOUR, MORNING, HandMade
from tests.repositories import Repository
from tests.waiting import PATIENCE

HEALTH = "content/agencies/so-y-te/news/2019/a.md"
JUSTICE = "content/agencies/so-tu-phap/news/2019/a.md"


def said(status: Status) -> tuple[str, str]:
    return status.answer, " ".join(sentence.render() for sentence in status.sentences)


def receipt(portal: HandMade) -> Receipt:
    given = read_receipt(portal.output)
    assert given is not None
    return given


@pytest.fixture
def portal(tmp_path: Path) -> HandMade:
    return HandMade(tmp_path / "portal")


@pytest.fixture
def content(tmp_path: Path) -> Repository:
    """A repository with two agencies' articles, in a commit."""
    repository = Repository.in_(tmp_path / "project")
    repository.write(HEALTH, "Một")
    repository.save(JUSTICE, "Một")
    return repository


@pytest.fixture
def git(content: Repository) -> Iterator[ContentRepository]:
    with content_repository(content.root) as repository:
        yield repository


def asked(git: ContentRepository, path: str) -> AskedFile:
    return AskedFile(path, path.removeprefix("content/"), git.blob_of(git.root / path))


def head(content: Repository) -> str:
    return content.git("rev-parse", "HEAD").strip()


def test_receipt_says_what_each_site_shows_and_since_when(portal: HandMade) -> None:
    first, second = "1" * 40, "2" * 40
    portal.publish(commit=first)
    portal.publish(commit=second, so_y_te="2")

    given = receipt(portal)

    assert (given.release, given.commit, given.live_since) == (portal.live, second, MORNING + 2 * HOUR)
    assert given.sites.keys() == {"so-y-te", "so-tu-phap"}
    assert (given.sites["so-y-te"].version, given.sites["so-y-te"].since) == ("2", MORNING + 2 * HOUR)
    assert (given.sites["so-tu-phap"].commit, given.sites["so-tu-phap"].since) == (second, MORNING + HOUR)


def test_commit_of_the_same_pages_is_live_too(portal: HandMade) -> None:
    for commit in ("1" * 40, "2" * 40):
        portal.publish(commit=commit)

    given = receipt(portal)
    assert (given.commit, given.live_since) == ("2" * 40, MORNING + HOUR)
    assert said(status_of_commit(given, "2222222", NoRepository())) == ("live", "Commit 2222222 is live.")
    assert status_of_commit(given, "222222", NoRepository()).answer == "unknown"


def test_commit_and_those_before_it_are_live_and_later_ones_are_queued(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    before = head(content)
    published = content.save(HEALTH, "Hai")
    portal.publish(commit=published)
    later = content.save(HEALTH, "Ba")
    content.git("checkout", "--quiet", "-b", "khac", before)
    other = content.save(JUSTICE, "Khác")

    answers = [
        said(status_of_commit(receipt(portal), name, git)) for name in (before, published, later, other, "khong")
    ]

    assert answers == [
        ("live", f"Commit {before[:12]} is live."),
        ("live", f"Commit {published[:12]} is live."),
        (
            "not live",
            f"Commit {later[:12]} is not live. It is newer than {published[:12]}, which is live, and queued: "
            "not published yet.",
        ),
        (
            "not live",
            f"Commit {other[:12]} is not live. It does not lead to {published[:12]}, which is live: "
            "it is on another branch.",
        ),
        ("unknown", f"Git knows no such commit here, or not {published[:12]}, which is live: git fetch"),
    ]


def test_commit_that_a_held_release_keeps_back_is_said_to_wait(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    first = head(content)
    portal.publish(commit=first)
    portal.publish(commit=first, so_y_te="2")
    held = roll_back(portal.address, "", portal.now)
    second = content.save(HEALTH, "Hai")
    waiting, _ = portal.publish(commit=second, so_y_te="3")
    sentence = f"Release {waiting.short} waits: {held.short} is held since a rollback, until portal release."

    assert said(status_of_commit(receipt(portal), second, git)) == (
        "not live",
        f"Commit {second[:12]} is not live. {sentence}",
    )
    assert said(status_of_file(receipt(portal), asked(git, HEALTH), git)) == (
        "not live",
        f"{HEALTH} is not live as it is here. {sentence}",
    )
    assert sentence in said(status_of_release(receipt(portal)))[1]


def test_file_is_live_as_long_as_it_says_what_its_site_shows(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    portal.publish(commit=head(content))
    content.save(JUSTICE, "Hai")  # another site's
    assert said(status_of_file(receipt(portal), asked(git, HEALTH), git)) == (
        "live",
        f"{HEALTH} is live as it is here.",
    )
    content.write(HEALTH, "Sửa")
    no = f"{HEALTH} is not live as it is here."
    assert said(status_of_file(receipt(portal), asked(git, HEALTH), git)) == (
        "not live",
        f"{no} What it says is not committed.",
    )
    content.commit()
    assert said(status_of_file(receipt(portal), asked(git, HEALTH), git)) == (
        "not live",
        f"{no} It is committed and queued: not published yet.",
    )
    portal.publish(commit=head(content), so_y_te="2")
    status = status_of_file(receipt(portal), asked(git, HEALTH), git)
    assert (status.answer, status.since) == ("live", MORNING + 2 * HOUR)


def test_file_that_is_gone_here_is_live_once_it_is_gone_there(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    portal.publish(commit=head(content))
    (content.root / HEALTH).unlink()
    assert status_of_file(receipt(portal), asked(git, HEALTH), git).answer == "not live"
    portal.publish(commit=content.commit(), so_y_te="2")
    assert status_of_file(receipt(portal), asked(git, HEALTH), git).answer == "live"


def test_file_that_never_was_is_not_live(portal: HandMade, content: Repository, git: ContentRepository) -> None:
    portal.publish(commit=head(content))

    for path in (HEALTH.replace("a.md", "lạ.md"), "content/agencies/la/news/a.md", "theme/la.css"):
        assert said(status_of_file(receipt(portal), asked(git, path), git)) == (
            "unknown",
            f"{path}: there is no such file, and never was.",
        )


def test_file_of_a_site_in_quarantine_is_told_with_file_and_line_its_own_problems_first(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    portal.publish(commit=head(content))
    content.save(HEALTH, "Hai")
    portal.publish(commit=content.save(JUSTICE, "Hỏng"), quarantined=(BROKEN,), so_y_te="2")
    status = status_of_file(receipt(portal), asked(git, JUSTICE), git)

    assert status.answer == "not live"
    assert [sentence.render() for sentence in status.sentences] == [
        f"{JUSTICE} is not live as it is here.",
        "so-tu-phap has problems and is shown as before:",
        "- content/agencies/so-tu-phap/news/2019/a.md:3: title: is missing",
        "- content/agencies/so-tu-phap/agency.yaml:1: is missing",
    ]
    assert status_of_file(receipt(portal), asked(git, HEALTH), git).answer == "live"
    portal.publish(commit=content.save(HEALTH, "Ba"), quarantined=(BROKEN,), so_y_te="3")
    content.save(JUSTICE, "Một")  # as it was when it was shown last
    assert status_of_file(receipt(portal), asked(git, JUSTICE), git).answer == "live"


def test_commit_of_a_site_in_quarantine_is_not_live_and_one_that_says_nothing_of_it_is(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    """A commit is done in part where a site that it speaks of is shown as before."""
    portal.publish(commit=head(content))
    broken = content.save(JUSTICE, "Hỏng")
    good = content.save(HEALTH, "Hai")
    portal.publish(commit=good, quarantined=(BROKEN,), so_y_te="2")
    given = receipt(portal)

    told = status_of_commit(given, broken, git, "content")

    assert said(told)[0] == "not live"
    assert [sentence.render() for sentence in told.sentences[:2]] == [
        f"Commit {broken[:12]} is not live.",
        "so-tu-phap has problems and is shown as before:",
    ]
    assert status_of_commit(given, good, git, "content").answer == "live"
    mended = content.save(JUSTICE, "Một")  # as it is shown
    portal.publish(commit=mended, quarantined=(BROKEN,), so_y_te="2")
    assert status_of_commit(receipt(portal), mended, git, "content").answer == "live"


def test_what_was_published_from_a_folder_nobody_can_tell(
    portal: HandMade, content: Repository, git: ContentRepository
) -> None:
    portal.publish()
    for status in (
        status_of_commit(receipt(portal), head(content), git),
        status_of_file(receipt(portal), asked(git, HEALTH), git),
    ):
        assert said(status) == (
            "unknown",
            "Nobody can tell: what is live was published from a folder and not from a commit "
            "(portal publish --from main).",
        )


class _Answering(BaseHTTPRequestHandler):
    """Answers as its server's `answer` says."""

    def do_GET(self) -> None:
        self.server.answer(self)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Nothing is to be read of it."""


@contextmanager
def answering(status: int, body: bytes, released: Event | None = None) -> Iterator[str]:
    """A server that gives one answer, after an event if there is one."""

    def answer(handler: _Answering) -> None:
        if released is not None:
            released.wait(PATIENCE)
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.path == f"/{addresses.LIVE_RELEASE}":
            handler.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        server.answer = answer  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            if released is not None:
                released.set()
            server.shutdown()
            thread.join(PATIENCE)


def test_receipt_is_fetched_from_an_address_with_or_without_a_slash() -> None:
    given = Receipt(release="a" * 32, live_since=datetime(2019, 9, 24, tzinfo=MORNING.tzinfo))
    with answering(200, given.model_dump_json().encode()) as url:
        assert fetch_receipt(url) == fetch_receipt(f"{url}/") == given


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, b"", "it answers with the status 404"),
        (200, b"<html>", "what is there is no receipt of a release"),
        (200, b'{"release": 1}', "what is there is no receipt of a release"),
        (200, b" " * 4_100_000, "what is there is larger than any receipt"),
    ],
)
def test_what_is_no_receipt_is_told(status: int, body: bytes, told: str) -> None:
    with answering(status, body) as url, pytest.raises(UnreachableError, match=told):
        fetch_receipt(url)


def test_server_that_does_not_answer_is_waited_for_until_the_deadline() -> None:
    with answering(200, b"", Event()) as url, pytest.raises(UnreachableError, match="answer"):
        fetch_receipt(url, seconds=0.2)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/live/release.json: nobody can tell .*: it cannot be reached"),
        ("portal.example.vn", "is no address of a portal"),
        ("file:///etc", "is no address of a portal"),
        ("https://[", "is no address of a portal"),
    ],
)
def test_address_where_nothing_is_is_told(address: str, told: str) -> None:
    with pytest.raises(UnreachableError, match=told):
        fetch_receipt(address)
