"""Whether a commit or a file is live at an address, since when, or why not: a receipt beside what git knows here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from plugins.portal.problems import Text, text
from plugins.portal.release_names import SHORT
from plugins.portal.site_names import AGENCIES, STORED_PROVINCE, site_of, stored
from plugins.releases.receipts import QuarantineReceipt, Receipt

LEAST = 7
"""Digits of a commit that are taken for its name where git does not know it."""
Answer = Literal["live", "not live", "unknown"]


class Repository(Protocol):
    """What git knows of the content, on the machine that asks."""

    def commit(self, name: str) -> str:
        """The full name of a commit; empty where there is none of that name."""
        ...

    def contains(self, later: str, earlier: str) -> bool:
        """Whether a commit comes of another, or is it."""
        ...

    def blob(self, commit: str, path: str) -> str:
        """What a commit has at a path of the repository, by its id; empty where it has no file there."""
        ...

    def ever(self, path: str) -> bool:
        """Whether anything has ever stood at a path of the repository."""
        ...

    def changed(self, commit: str) -> tuple[str, ...]:
        """The paths of the repository that a commit changed; of a merge, what it brought to its first parent."""
        ...


class NoRepository:
    """Knows nothing: the content lies in no repository here."""

    def commit(self, name: str) -> str:
        return ""

    def contains(self, later: str, earlier: str) -> bool:
        return False

    def blob(self, commit: str, path: str) -> str:
        return ""

    def ever(self, path: str) -> bool:
        return False

    def changed(self, commit: str) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class AskedFile:
    """A file as it lies on the machine that asks."""

    path: str
    """In the repository."""
    content_path: str
    """From the content folder on; empty where it lies elsewhere, as the theme."""
    blob: str
    """Its content, by the id that git gives it; empty where the file is gone."""

    @property
    def site(self) -> str:
        """The name of the site whose folder it lies in; empty where it is no site's own."""
        return _site_of(self.content_path)


def _site_of(content_path: str) -> str:
    """The name of the site whose folder a path lies in, from the content folder on; empty where it is no site's own."""
    top = content_path.partition("/")[0]
    return stored(site_of(content_path)) if top in (AGENCIES, STORED_PROVINCE) else ""


@dataclass(frozen=True)
class Status:
    """What is told."""

    answer: Answer
    sentences: tuple[Text, ...]
    """The first says it, the others why."""
    since: datetime | None = None
    """Since when at the latest it has been live."""


def status_of_release(receipt: Receipt) -> Status:
    """What is live, where nothing is asked for."""
    sentences = [
        text(
            "Release {release} is live, with {number} sites.",
            release=receipt.release[:SHORT],
            number=len(receipt.sites),
        )
    ]
    if receipt.commit:
        sentences.append(text("It shows commit {commit}.", commit=receipt.commit[:SHORT]))
    return Status("live", (*sentences, *_held(receipt), *_quarantines(receipt)), receipt.live_since)


def status_of_commit(receipt: Receipt, name: str, repository: Repository, content: str = "") -> Status:
    """Whether all that a commit says is live; `content` is the content folder's path in the repository.

    Sites in quarantine that it says nothing new of are told, and it is live all the same.
    """
    if not receipt.commit:
        return Status("unknown", (_NO_COMMIT,))
    commit = repository.commit(name) or name
    if (len(commit) >= LEAST and receipt.commit.startswith(commit)) or repository.contains(receipt.commit, commit):
        held = [entry for entry in receipt.quarantined if _is_held(entry, receipt, commit, repository, content)]
        if held:
            no = text("Commit {commit} is not live.", commit=commit[:SHORT])
            return Status("not live", (no, *(sentence for entry in held for sentence in _quarantined(entry, ""))))
        live = text("Commit {commit} is live.", commit=commit[:SHORT])
        return Status("live", (live, *_quarantines(receipt)), receipt.live_since)
    sentences = [text("Commit {commit} is not live.", commit=commit[:SHORT])]
    if not repository.commit(name) or not repository.commit(receipt.commit):
        unknown = text(
            "Git knows no such commit here, or not {live}, which is live: git fetch", live=receipt.commit[:SHORT]
        )
        return Status("unknown", (unknown,))
    waiting = receipt.waiting
    if waiting is not None and waiting.commit and repository.contains(waiting.commit, commit):
        sentences += _held(receipt)
    elif repository.contains(commit, receipt.commit):
        sentences.append(
            text("It is newer than {live}, which is live, and queued: not published yet.", live=receipt.commit[:SHORT])
        )
    else:
        sentences.append(
            text("It does not lead to {live}, which is live: it is on another branch.", live=receipt.commit[:SHORT])
        )
    return Status("not live", tuple(sentences))


def _is_held(entry: QuarantineReceipt, receipt: Receipt, commit: str, repository: Repository, content: str) -> bool:
    """Whether a commit changed files of a site in quarantine, which shows them as they were before."""
    site = receipt.sites.get(entry.site)
    shown, below = site.commit if site else "", f"{content}/" if content else ""
    own = [
        path
        for path in repository.changed(commit)
        if path.startswith(below) and _site_of(path.removeprefix(below)) == entry.site
    ]
    return any(not shown or repository.blob(shown, path) != repository.blob(commit, path) for path in own)


def status_of_file(receipt: Receipt, file: AskedFile, repository: Repository) -> Status:
    """Whether what a file says here is what its site shows."""
    site = receipt.sites.get(file.site)
    commit = receipt.commit if not file.site else site.commit if site else ""
    quarantine = next((entry for entry in receipt.quarantined if entry.site == file.site), None)
    if not file.blob and not repository.ever(file.path):
        return Status("unknown", (text("{path}: there is no such file, and never was.", path=file.path),))
    if commit and repository.commit(commit) and repository.blob(commit, file.path) == file.blob:
        sentences = [text("{path} is live as it is here.", path=file.path)]
        return Status("live", tuple(sentences), site.since if site else receipt.live_since)
    if quarantine is not None:
        no = text("{path} is not live as it is here.", path=file.path)
        return Status("not live", (no, *_quarantined(quarantine, file.content_path)))
    if not commit:
        return Status("unknown", (_NO_COMMIT,))
    if not repository.commit(commit):
        return Status(
            "unknown", (text("Git does not know {live} here, which is live: git fetch", live=commit[:SHORT]),)
        )
    return Status(
        "not live", (text("{path} is not live as it is here.", path=file.path), *_why(receipt, file, repository))
    )


def _why(receipt: Receipt, file: AskedFile, repository: Repository) -> tuple[Text, ...]:
    newest = repository.commit("HEAD")
    if not newest or repository.blob(newest, file.path) != file.blob:
        return (text("What it says is not committed."),)
    waiting = receipt.waiting
    if waiting is not None:
        commit = waiting.commits.get(file.site, waiting.commit)
        if commit and repository.commit(commit) and repository.blob(commit, file.path) == file.blob:
            return tuple(_held(receipt))
    return (text("It is committed and queued: not published yet."),)


_NO_COMMIT = text(
    "Nobody can tell: what is live was published from a folder and not from a commit (portal publish --from main)."
)


def _held(receipt: Receipt) -> list[Text]:
    if receipt.waiting is not None:
        return [
            text(
                "Release {waiting} waits: {release} is held since a rollback, until portal release.",
                waiting=receipt.waiting.release[:SHORT],
                release=receipt.release[:SHORT],
            )
        ]
    return [text("It is held since a rollback, until portal release.")] if receipt.pinned else []


def _quarantines(receipt: Receipt) -> list[Text]:
    return [sentence for entry in receipt.quarantined for sentence in _quarantined(entry, "")]


def _quarantined(entry: QuarantineReceipt, first: str) -> list[Text]:
    """What is told of a site in quarantine, beginning with a file's own problems."""
    if entry.kept:
        sentences = [text("{site} has problems and is shown as before:", site=entry.site)]
    else:
        sentences = [text("{site} has problems and is not shown:", site=entry.site)]
    own = [problem for problem in entry.problems if first and problem.path.endswith(f"/{first}")]
    rest = [problem for problem in entry.problems if problem not in own]
    sentences += [Text(msgid="- {problem}", params={"problem": problem.sentence()}) for problem in (*own, *rest)]
    return [*sentences, text("- and {number} more", number=entry.more)] if entry.more else sentences


def repository_path(root: Path, path: Path) -> str | None:
    """A path as the repository has it; None where it lies elsewhere. Links are followed but for the file itself."""
    absolute = path.parent.resolve() / path.name
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else None
