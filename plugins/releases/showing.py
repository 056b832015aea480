"""Which release is shown, and letting another appear in its place in one step."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.portal.files import replace_link
from plugins.portal.problems import PortalError, SettingsError, text
from plugins.releases.layout import VERSIONS, is_release, releases_of
from plugins.releases.records import Release, read_record


@dataclass(frozen=True)
class ShownRelease:
    """What is shown, as the release itself tells it: whatever builds remember may have been deleted."""

    sites: frozenset[str]
    """The names of the sites that have something in it, and of the pages about all of them."""
    counts: Mapping[str, int]
    """What was noted when it was put together; empty where nothing was."""
    release: Path

    def pages(self) -> int:
        """How many there are, counted one by one."""
        walked = os.walk(self.release, followlinks=True)
        return sum(name == "index.html" for _, _, names in walked for name in names)


def live_release(output: Path) -> Release | None:
    """The release that `output` leads to; None where it leads to none."""
    folder = Path(os.path.realpath(output))  # `Path.resolve` raises where a link leads to itself
    releases = releases_of(output)
    if not output.is_symlink() or folder.parent != releases.resolve() or not folder.is_dir():
        return None
    return Release(releases / folder.name, read_record(folder)) if is_release(folder.name) else None


def known_live_release(output: Path) -> Release:
    """The same. Raises `PortalError` where there is none."""
    release = live_release(output)
    if release is None:
        raise PortalError(text("{path}: no release is shown there; publish one first: portal publish", path=output))
    return release


def release_shown(output: Path) -> ShownRelease | None:
    """What the release that `output` leads to tells of itself; None where it leads to none."""
    release = live_release(output)
    if release is None:
        return None
    if release.record is not None and release.record.versions:
        return ShownRelease(release.record.sites, release.record.counts, release.folder)
    known = release.folder.parent / VERSIONS
    names = (entry.name for entry in release.folder.iterdir() if (known / entry.name).is_dir())
    return ShownRelease(frozenset(names), {}, release.folder)


def check_output(output: Path) -> None:
    """Raise `SettingsError` if something that is not ours stands where the portal is to appear."""
    if not output.is_symlink() and output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise SettingsError(
            text("{path}: exists and is not a link to a release; remove it or set OUTPUT_PATH", path=output)
        )


def show(release: Path, output: Path) -> None:
    """Let `output` be this release, in one step. Raises `SettingsError` if something else stands there."""
    check_output(output)
    if output.is_dir() and not output.is_symlink():
        output.rmdir()
    output.parent.mkdir(parents=True, exist_ok=True)
    if release.parent.parent == output.parent:  # as they are called, whatever links lead there: both may be moved
        replace_link(output, f"{release.parent.name}/{release.name}")
    else:
        replace_link(output, os.path.relpath(release, output.parent.resolve()))
