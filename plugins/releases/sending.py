"""What is live, somewhere else as well: only what changed, in an order in which no page lacks what it shows.

What was sent to a destination is noted among the releases, where no web server looks. Before anything changes the note
names all that is going to, so that what a send that was killed has left is known as ours; it says what is there only
when all of it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from plugins.portal.problems import PortalError, text
from plugins.releases.destinations import Destination
from plugins.releases.file_lists import Files, sha256_of
from plugins.releases.layout import WRITTEN_LATER
from plugins.releases.records import Release
from plugins.releases.sent_files import note_sent, read_sent
from plugins.releases.verifying import files_of

_PENDING = (-1, "")
_LAST_OF_PAGES = ("sw.js", "sitemap.xml")


@dataclass(frozen=True)
class Sent:
    """What a send did, by path."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def send(release: Release, destination: Destination, adopt: bool = False) -> Sent:
    """Let a destination hold what the release does. Files there that we did not send stay.

    `adopt` lets a destination be taken that holds files and that nobody has sent to from here, and files be replaced
    that are not ours. Raises `PortalError` where that cannot be, `OSError` where the system refuses something.
    """
    releases = release.folder.parent
    destination.check(release)
    noted = read_sent(releases, destination.name)
    if noted is None and not adopt and not destination.is_empty():
        raise PortalError(
            text("{path}: holds files, and nothing says that we sent them; take an empty folder, or have those "
                 "replaced that the portal has as well: portal sync --adopt", path=destination.name)
        )  # fmt: skip
    known = noted or {}
    wanted = files_of(release)
    differing = destination.differing(release, wanted, known)
    if not adopt:
        _check_foreign(destination, (path for path, occupied in differing.items() if occupied and path not in known))
    changed = sorted(differing, key=lambda path: _turn(path, path in known))
    removed = sorted(known.keys() - wanted.keys())
    noted = {**known, **wanted, **dict.fromkeys(changed, _PENDING)}
    if known != wanted:
        note_sent(releases, destination.name, noted)
    for stage in _stages(changed, known, destination.batch):
        _check_sources(release, stage, wanted)
        destination.put(release, stage)
        if destination.batch and known != wanted:
            noted |= {path: wanted[path] for path in stage}
            note_sent(releases, destination.name, noted)
    destination.remove(removed, wanted)
    destination.finish()
    if known != wanted:
        note_sent(releases, destination.name, wanted)
    return Sent(tuple(changed), tuple(removed))


def _check_foreign(destination: Destination, paths: Iterator[str]) -> None:
    for path in paths:
        raise PortalError(
            text("{path}: was not sent by us, and the portal has a file of that name; move it away, or have it "
                 "replaced: portal sync --adopt", path=f"{destination.name.rstrip('/')}/{path}")
        )  # fmt: skip


def _turn(path: str, is_known: bool) -> tuple[int, bool, int, str]:
    """Assets, then pages: new ones before those that lead to them, deep ones before lists; `live/` at the end."""
    plain = path.removesuffix(".gz")
    if plain.partition("/")[0] in WRITTEN_LATER:
        kind = 2
    else:
        kind = 1 if plain.endswith((".html", ".xml")) or plain in _LAST_OF_PAGES else 0
    return (kind, is_known, -plain.count("/"), path)


def _stages(changed: Sequence[str], known: Files, batch: int) -> Iterator[list[str]]:
    """What may arrive in any order: where a destination takes many at a time, it takes these; `batch` at most."""
    for _, stage in groupby(changed, key=lambda path: _turn(path, path in known)[:2]):
        paths = list(stage)
        size = batch or len(paths)
        yield from (paths[start : start + size] for start in range(0, len(paths), size))


def _check_sources(release: Release, paths: Sequence[str], wanted: Files) -> None:
    """Nothing goes out that is damaged here."""
    for path in paths:
        source = release.folder / path
        if path.partition("/")[0] not in WRITTEN_LATER and sha256_of(source) != wanted[path][1]:
            raise PortalError(text("{path}: is not what was published; ask portal verify", path=source))
