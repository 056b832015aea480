"""What is not needed any more: old releases, and versions that none leads to.

Never the release that is shown, nor a held one, nor the newest, which may be waiting to be shown; and nothing that is
not ours.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from plugins.portal.files import remove
from plugins.portal.problems import Text, text
from plugins.portal.system_errors import reason
from plugins.releases.file_lists import list_file
from plugins.releases.layout import (
    COMPOSED,
    TRASH,
    UNDONE,
    VERSIONS,
    composed_folder,
    formerly_composed_folder,
    is_release,
)
from plugins.releases.pins import read_pin
from plugins.releases.records import ReleaseRecord, in_order, record_file
from plugins.releases.web_server_answers import sweep_answers

LEAST_URGENT = 19
"""Of the system's priorities."""


def spare_release(releases: Path, output: Path, kept: int) -> Path | None:
    """The release that a new one pushes out: the oldest that may go, where there are `kept` already."""
    known = in_order(releases)
    may_go = [release for release in known if release.name not in _held(releases, output)]
    return may_go[0].folder if may_go and len(known) >= kept else None


def _held(releases: Path, output: Path) -> set[str]:
    held = read_pin(releases)
    return {Path(os.path.realpath(output)).name, held.release if held else ""}


def sweep(releases: Path, output: Path, kept: int) -> None:
    """Remove the oldest releases beyond `kept`; then versions that none leads to."""
    known = in_order(releases)
    needed = _held(releases, output) | {known[-1].name if known else ""}
    may_go = [release for release in known if release.name not in needed]
    for release in may_go[: max(0, len(known) - kept)]:
        remove(record_file(release.folder))
        shutil.rmtree(release.folder)
    _sweep_notes(releases)
    sweep_answers(releases)
    left = in_order(releases)
    records = [release.record for release in left if release.record is not None]
    if len(records) == len(left):  # else nobody knows where a release leads
        _sweep_versions(releases / VERSIONS, records)


def _sweep_notes(releases: Path) -> None:
    """Remove what was noted of releases that are not there, and what a kill left half made."""
    for path in releases.iterdir() if releases.is_dir() else ():
        name, _, ending = path.name.partition(".")
        if not is_release(name) or not ending or ((releases / name).is_dir() and ending != UNDONE.strip(".")):
            continue
        remove(path)


def _throw_away(folder: Path, trash: Path) -> None:
    """Thousands of files are removed while the next build compiles: nobody waits for it."""
    trash.mkdir(exist_ok=True)
    folder.rename(next(name for number in count() if not (name := trash / str(number)).exists()))


def trash_of(releases: Path) -> list[Path]:
    """What was thrown away and is still there."""
    trash = releases / TRASH
    return sorted(trash.iterdir()) if trash.is_dir() else []


def empty_trash(releases: Path) -> tuple[Text, ...]:
    """Remove what was thrown away, in a process of its own; gives what is told of that which cannot be removed."""
    if multiprocessing.parent_process() is not None:
        os.nice(LEAST_URGENT)  # whoever waits for a build goes first
    told = []
    for entry in trash_of(releases):
        try:
            remove(entry)
        except OSError as error:
            told.append(
                text("{path}: is not needed any more and cannot be removed: {reason}; remove it by hand",
                     path=entry, reason=reason(error))  # the error names what is in it, without its folder
            )  # fmt: skip
    return tuple(told)


def _sweep_versions(folder: Path, records: Iterable[ReleaseRecord]) -> None:
    needed = set()
    for record in records:
        needed |= {Path(name, digest) for name, digest in record.versions.items()}
        for entry in record.entries.items():
            needed.add(Path(composed_folder(*entry)).relative_to(VERSIONS).parent)
            needed.add(Path(formerly_composed_folder(*entry)).relative_to(VERSIONS))
    needed |= {list_file(pages) for pages in needed if pages.parts[0] != COMPOSED}
    for site in folder.iterdir() if folder.is_dir() else ():
        left = list(site.iterdir())
        unused = [path for path in left if path.relative_to(folder) not in needed]
        for path in unused:
            _throw_away(path, folder.parent / TRASH)
        if len(unused) == len(left):
            site.rmdir()
