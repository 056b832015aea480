"""What is live, in another folder as well: only what changed, in an order in which no page lacks what it shows.

A file at the destination says what we sent there. Before anything changes it names all that is going to, so that a
send that was killed is known as ours; it says what is there only when all of it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import Field, ValidationError

from plugins.portal.files import sync_folder
from plugins.portal.problems import PortalError, text
from plugins.releases.file_lists import CHUNK, Files, sha256_of
from plugins.releases.layout import WRITTEN_LATER
from plugins.releases.records import Release, ReleaseModel
from plugins.releases.verifying import files_of

STATE = ".portal-sent.json"
_UNFINISHED = ".portal-sent.unfinished"
"""The one file at the destination that is being written; it is renamed to where it belongs."""
_PENDING = (-1, "")
_LAST_OF_PAGES = ("sw.js", "sitemap.xml")


class SentFiles(ReleaseModel):
    """What was sent to a destination, by path; `_PENDING` what a send had not ended with."""

    files: Files = Field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """What a send did, by path."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def send(release: Release, destination: Path, adopt: bool = False) -> Sent:
    """Let a folder hold what the release does. Files there that we did not send stay.

    `adopt` lets a folder be taken that holds files and none of our state, and files be replaced that are not ours.
    Raises `PortalError` where that cannot be, `OSError` where the system refuses something.
    """
    _check_place(release, destination)
    known = _known(destination, adopt)
    wanted = files_of(release)
    changed = [path for path, listed in wanted.items() if not _is_there(destination / path, listed, known.get(path))]
    if not adopt:
        _check_foreign(destination, (path for path in changed if path not in known))
    changed.sort(key=lambda path: _turn(path, path in known))
    removed = sorted(known.keys() - wanted.keys())
    if known != wanted:
        _write_state(destination, {**known, **wanted, **dict.fromkeys(changed, _PENDING)})
    for path in changed:
        _copy(release.folder / path, destination, path, wanted[path])
    for path in removed:
        _remove(destination, path)
    (destination / _UNFINISHED).unlink(missing_ok=True)
    if known != wanted:
        os.sync()
        _write_state(destination, wanted)
    return Sent(tuple(changed), tuple(removed))


def _check_place(release: Release, destination: Path) -> None:
    target, releases = destination.resolve(), release.folder.parent.resolve()
    output = releases.with_name(releases.name.removesuffix(".releases"))
    if any(target.is_relative_to(ours) or ours.is_relative_to(target) for ours in (releases, output)):
        raise PortalError(
            text("{path}: lies among the releases, or they in it; name a folder outside {releases}",
                 path=destination, releases=releases)
        )  # fmt: skip


def _known(destination: Path, adopt: bool) -> Files:
    destination.mkdir(parents=True, exist_ok=True)
    try:
        return SentFiles.model_validate_json((destination / STATE).read_bytes()).files
    except FileNotFoundError:
        if adopt or not any(entry.name != _UNFINISHED for entry in destination.iterdir()):
            return {}
    except ValidationError:
        if adopt:
            return {}
    raise PortalError(
        text("{path}: holds files, and nothing says that we sent them; take an empty folder, or say --adopt to have "
             "those replaced that the portal has as well", path=destination)
    )  # fmt: skip


def _check_foreign(destination: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if os.path.lexists(destination / path):
            raise PortalError(
                text("{path}: was not sent by us, and the portal has a file of that name; move it away, or say --adopt "
                     "to have it replaced", path=destination / path)
            )  # fmt: skip


def _is_there(path: Path, wanted: tuple[int, str], sent: tuple[int, str] | None) -> bool:
    """What was sent is known by its size; all else is read."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size != wanted[0]:
        return False
    return sent == wanted or sha256_of(path) == wanted[1]


def _turn(path: str, is_known: bool) -> tuple[int, bool, int, str]:
    """Assets, then pages: new ones before those that lead to them, deep ones before lists; `live/` at the end."""
    plain = path.removesuffix(".gz")
    if plain.partition("/")[0] in WRITTEN_LATER:
        kind = 2
    else:
        kind = 1 if plain.endswith((".html", ".xml")) or plain in _LAST_OF_PAGES else 0
    return (kind, is_known, -plain.count("/"), path)


def _copy(source: Path, destination: Path, path: str, wanted: tuple[int, str]) -> None:
    target = destination / path
    _check_folders(destination, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as read, _unfinished(destination, 0o644) as stream:
        while chunk := read.read(CHUNK):
            digest.update(chunk)
            stream.write(chunk)
    if digest.hexdigest() != wanted[1] and path.partition("/")[0] not in WRITTEN_LATER:
        raise PortalError(text("{path}: is not what was published; ask portal verify", path=source))
    (destination / _UNFINISHED).replace(target)


def _check_folders(destination: Path, path: str) -> None:
    """No link in the destination may lead a file elsewhere."""
    for folder in Path(path).parents:
        if folder.name and (destination / folder).is_symlink():
            raise PortalError(text("{path}: is a link that leads elsewhere; remove it", path=destination / folder))


def _remove(destination: Path, path: str) -> None:
    _check_folders(destination, path)
    (destination / path).unlink(missing_ok=True)
    for folder in Path(path).parents:
        here = destination / folder
        if not folder.name or not here.is_dir() or any(here.iterdir()):
            return
        here.rmdir()


def _write_state(destination: Path, files: Files) -> None:
    """On the disk before it says anything; by the one name that a kill may leave, for the next send writes over it."""
    with _unfinished(destination, 0o600) as stream:
        stream.write(SentFiles(files=files).model_dump_json().encode())
        stream.flush()
        os.fsync(stream.fileno())
    (destination / _UNFINISHED).replace(destination / STATE)
    sync_folder(destination)


def _unfinished(destination: Path, mode: int) -> BinaryIO:
    """The file that is being written, empty; one that a kill left is removed, and a link is never followed."""
    path = destination / _UNFINISHED
    path.unlink(missing_ok=True)
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb")  # noqa: PTH123
