"""Another folder of this machine, or one that it has mounted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from plugins.portal.problems import PortalError, text
from plugins.releases.file_lists import CHUNK, Files, sha256_of
from plugins.releases.records import Release

_UNFINISHED = ".portal-sent.unfinished"
"""The one file there that is being written; it is renamed to where it belongs."""


@dataclass(frozen=True)
class FolderDestination:
    """A folder, that is made if it is missing."""

    folder: Path

    @property
    def name(self) -> str:
        return os.path.realpath(self.folder)

    @property
    def batch(self) -> int:
        return 0

    def check(self, release: Release) -> None:
        target, releases = Path(self.name), release.folder.parent.resolve()
        output = releases.with_name(releases.name.removesuffix(".releases"))
        if any(target.is_relative_to(ours) or ours.is_relative_to(target) for ours in (releases, output)):
            raise PortalError(
                text("{path}: lies among the releases, or they in it; name a folder outside {releases}",
                     path=self.folder, releases=releases)
            )  # fmt: skip

    def is_empty(self) -> bool:
        if not self.folder.exists():
            return True
        return not any(entry.name != _UNFINISHED for entry in self.folder.iterdir())

    def differing(self, release: Release, wanted: Files, known: Files) -> Mapping[str, bool]:
        self.folder.mkdir(parents=True, exist_ok=True)
        paths = [path for path, listed in wanted.items() if not _is_there(self.folder / path, listed, known.get(path))]
        return {path: os.path.lexists(self.folder / path) for path in paths}

    def put(self, release: Release, paths: Sequence[str]) -> None:
        for path in paths:
            target = self.folder / path
            self._check_folders(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            with (release.folder / path).open("rb") as read, self._unfinished() as stream:
                shutil.copyfileobj(read, stream, CHUNK)
            (self.folder / _UNFINISHED).replace(target)

    def remove(self, paths: Sequence[str], wanted: Files) -> None:
        for path in paths:
            self._check_folders(path)
            (self.folder / path).unlink(missing_ok=True)
            for folder in Path(path).parents:
                here = self.folder / folder
                if not folder.name or not here.is_dir() or any(here.iterdir()):
                    break
                here.rmdir()

    def finish(self) -> None:
        (self.folder / _UNFINISHED).unlink(missing_ok=True)
        os.sync()

    def _check_folders(self, path: str) -> None:
        """No link in the destination may lead a file elsewhere."""
        for folder in Path(path).parents:
            if folder.name and (self.folder / folder).is_symlink():
                raise PortalError(text("{path}: is a link that leads elsewhere; remove it", path=self.folder / folder))

    def _unfinished(self) -> BinaryIO:
        """The file that is being written, empty; one that a kill left is removed, and a link is never followed."""
        path = self.folder / _UNFINISHED
        path.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        return open(os.open(path, flags, 0o644), "wb")  # noqa: PTH123


def _is_there(path: Path, wanted: tuple[int, str], sent: tuple[int, str] | None) -> bool:
    """What was sent is known by its size; all else is read."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size != wanted[0]:
        return False
    return sent == wanted or sha256_of(path) == wanted[1]
