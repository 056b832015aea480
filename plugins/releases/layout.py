"""Where releases lie.

    <OUTPUT_PATH>                                      a symbolic link to the release that is shown
    <OUTPUT_PATH>.releases/<id>/                       links to the pages of versions
    <OUTPUT_PATH>.releases/<id>.json                   its record: which versions, where each link at the top leads
    <OUTPUT_PATH>.releases/<id>.<digest>.sig           the record's signature, by the beginning of the record's SHA-256
    <OUTPUT_PATH>.releases/versions/<site>/<digest>/   the pages of a version, as they were compiled
    <OUTPUT_PATH>.releases/versions/<site>/<digest>.json    size and SHA-256 of each of its files
    <OUTPUT_PATH>.releases/versions/_together/<digest>/www/        where several versions have pages in a folder: links
    <OUTPUT_PATH>.releases/versions/_together/<digest>/of/<site>   to this link, which leads to what is of that version
    <OUTPUT_PATH>.releases/versions/led-on/<digest>/   pages at addresses of lists that are no more
    <OUTPUT_PATH>.releases/addresses/<site>.txt        every address of a site that was published
    <OUTPUT_PATH>.releases/addresses/checked.json      of which versions no address leads nowhere
    <OUTPUT_PATH>.releases/answers/<id>/               what a web server answers at addresses that lead on
    <OUTPUT_PATH>.releases/_redirects                  the same for static hosts
    <OUTPUT_PATH>.releases/sent/<destination>.json     what was sent to another folder, a host or a storage
    <OUTPUT_PATH>.releases/trash/                      versions that none leads to, for the next build to remove
    <OUTPUT_PATH>.releases/pin.json                    which release is held, where one is
    <OUTPUT_PATH>.releases/history.json                what has gone live lately
    <OUTPUT_PATH>.releases/due.json                    when the passing of time changes what is published next
    <OUTPUT_PATH>.releases/lock                        held by whoever changes something here

The id is the digest of what was put together: the same versions give the same release. Releases and their versions lie
beside what they are shown as, not in the build folder: that may be deleted, and what is public stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.digests import SIZE, Digest
from plugins.portal.release_names import ANSWERS, REDIRECTS

VERSIONS = "versions"
"""The folder beside the releases; no release has this name."""
COMPOSED = "_together"
"""Among the versions: folders in which the pages of several are put together; no site has this name."""
TOGETHER, OF = "www", "of"
"""In each of these: the folder with the pages, and that with links to the versions. What is in the one leads through
the other, so that where a version has come in the place of another one link is another, and not thousands."""
LED_ON = "led-on"
"""Among the versions: pages at addresses of lists that are no more, which lead on; no site has this name."""
ADDRESSES = "addresses"
"""The folder beside the releases with every address that was published; no release has this name."""
SENT = "sent"
"""The folder beside the releases with what was sent where; no release has this name."""
TRASH = "trash"
"""The folder beside the releases with versions that are to be removed; no release has this name."""
PIN, HISTORY, DUE, LOCK = "pin.json", "history.json", "due.json", "lock"
UNDONE = ".new"
"""How the name of something ends that is being written."""
WRITTEN_LATER = (addresses.LIVE.strip("/"),)
"""Folders at the top whose files are replaced while a release is shown: each release has its own."""
_ID = re.compile(rf"[0-9a-f]{{{2 * SIZE}}}")
_OURS = re.compile(rf"{_ID.pattern}({re.escape(UNDONE)}|\.json|\.json\.new|\.[0-9a-f]+\.sig)?")


def releases_of(output: Path) -> Path:
    """The folder of the releases of what appears at `output`."""
    return output.with_name(f"{output.name}.releases")


def release_id(versions: Mapping[str, str]) -> str:
    digest = Digest()
    for slug, version in sorted(versions.items()):
        digest.add(slug, version)
    return digest.hex()


def is_release(name: str) -> bool:
    """Whether a folder of that name is a release."""
    return _ID.fullmatch(name) is not None


def release_folders(releases: Path) -> Iterator[Path]:
    """The releases that are there, in no order."""
    for path in releases.iterdir() if releases.is_dir() else ():
        if is_release(path.name) and path.is_dir():
            yield path


def foreign_entries(releases: Path) -> list[str]:
    """The names of what lies among releases and is none of ours: it is neither shown nor removed."""
    written = (PIN, HISTORY, DUE, REDIRECTS)
    ours = (VERSIONS, ADDRESSES, ANSWERS, SENT, TRASH, LOCK, *written, *(f"{name}{UNDONE}" for name in written))
    names = (path.name for path in releases.iterdir()) if releases.is_dir() else ()
    return sorted(name for name in names if name not in ours and not _OURS.fullmatch(name))


def composed_folder(name: str, sources: tuple[str, ...]) -> str:
    """Where the folder is, from the releases' folder on, in which the pages of several versions are put together."""
    digest = Digest()
    digest.add(name, *sources, TOGETHER)
    return f"{VERSIONS}/{COMPOSED}/{digest.hex()}/{TOGETHER}"


def formerly_composed_folder(name: str, sources: tuple[str, ...]) -> str:
    """Where it is in releases that were put together by an earlier program: one that is kept may be gone back to."""
    digest = Digest()
    digest.add(name, *sources)
    return f"{VERSIONS}/{COMPOSED}/{digest.hex()}"
