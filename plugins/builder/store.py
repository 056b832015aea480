"""Compiled sites on disk: every version under its digest, and which of them the portal shows.

    build/<content>/sites/<slug>/<digest>/site.json   the manifest; of a failed version with its problems
    build/<content>/sites/<slug>/<digest>/www/        what it offers the portal; absent where it failed, and once it was
                                                      published a link to the releases' folder
    build/<content>/sites/<slug>/<digest>/open/       pages with places that only linking can fill
    build/<content>/sites/<slug>/<digest>/aside/      what linking reads and nobody is shown
    build/<content>/sites/<slug>/<digest>/pelican.log what the libraries logged, where that keeps it from being shown
    build/<content>/sites/<slug>/shown                the digest that the portal shows, the last good version
    build/<content>/sites/<slug>/<digest>.schedule    when the passing of time changes what is made of these inputs
    build/<content>/sites/<slug>/unlinked             what links were shown as text the last time; only a guess

A version is written aside and renamed, and the name `shown` is replaced in one step: a build that is killed leaves the
last good version as it was.
"""

from __future__ import annotations

import errno
import filecmp
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.digests import Digest
from plugins.portal.files import link_or_copy, replace_durably, replace_text
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import stored

ENGINE = "engine"
"""The memo that says which engine made a version."""
CODE = "code"
"""The memo that says which code made a version, with whatever theme and settings."""
MOMENTS = TypeAdapter(list[datetime])


class SiteStore:
    """The versions of one site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # A killed build may have left one that is still writing, and so may another machine: numbers of processes are
        # the same on all of them.
        self._writer = secrets.token_hex(4)

    def version(self, digest: str) -> CompiledVersion:
        return CompiledVersion(self.folder / digest)

    def www(self, digest: str) -> Path:
        """The pages of a version."""
        return self.version(digest).www

    def manifest(self, digest: str) -> SiteManifest | None:
        """The manifest of a version; None where there is none that this program can read."""
        path = str(self.version(digest).manifest)
        try:
            status = os.stat(path)  # noqa: PTH116  # asked for thousands of times
            return _manifest(path, status.st_ino, status.st_mtime_ns, status.st_size)
        except (FileNotFoundError, NotADirectoryError, ValidationError):
            return None

    def has(self, digest: str) -> bool:
        """Whether that version is there and whole: with its pages, or with the problems that kept it from them."""
        manifest = self.manifest(digest)
        return (
            manifest is not None and manifest.digest == digest and bool(manifest.problems or self.www(digest).is_dir())
        )

    def current(self) -> SiteManifest | None:
        """The version that the portal shows, if it is whole."""
        digest = self.current_digest()
        return self.manifest(digest) if digest else None

    def current_digest(self) -> str:
        """The version that the portal shows; empty where there is none, or where its pages have been taken away."""
        path = self.folder / "shown"
        digest = path.read_text("ascii", "replace").strip() if path.is_file() else ""
        return digest if digest and self.www(digest).is_dir() else ""

    def reusable(self, engine: str) -> CompiledVersion | None:
        """The version that the portal shows, if that engine made it: another may write the same in another way."""
        return self._shown_made_by(ENGINE, engine)

    def of_code(self, code: str) -> CompiledVersion | None:
        """The version that the portal shows, if that code made it: what no theme has a part in may be taken over."""
        return self._shown_made_by(CODE, code)

    def _shown_made_by(self, memo: str, fingerprint: str) -> CompiledVersion | None:
        version = self.version(self.current_digest() or "none")
        try:
            made_by = (version.memos / memo).read_text("ascii", "replace")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return version if made_by == fingerprint and version.www.is_dir() else None

    def show(self, digest: str) -> None:
        replace_text(self.folder / "shown", digest + "\n")

    def version_at(self, inputs: str, now: datetime) -> str:
        """The digest of the version that these inputs make at that time, as far as is known."""
        # While a site was broken its earlier schedule was forgotten; the version that stayed knows its own.
        stayed = self.manifest(inputs)
        known = (*self._schedule(inputs), *(stayed.scheduled if stayed is not None else ()))
        passed = [moment for moment in known if moment <= now]
        if not passed:
            return inputs
        digest = Digest()
        digest.add(inputs, max(passed).isoformat())
        return digest.hex()

    def remember_schedule(self, inputs: str, moments: Iterable[datetime]) -> None:
        """Note when what is made of these inputs will be another: each of these moments makes another version."""
        known = set(self._schedule(inputs))
        if not known.issuperset(moments):
            # Two machines may write it at a time.
            replace_durably(self._schedule_file(inputs), MOMENTS.dump_json(sorted({*known, *moments})), 0o644)

    def _schedule(self, inputs: str) -> list[datetime]:
        try:
            return MOMENTS.validate_json(self._schedule_file(inputs).read_bytes())
        except (FileNotFoundError, ValidationError):
            return []

    def _schedule_file(self, inputs: str) -> Path:
        return self.folder / f"{inputs}.schedule"

    @property
    def unlinked(self) -> tuple[str, ...]:
        """The links that were shown as text the last time; a guess that linking corrects."""
        path = self.folder / "unlinked"
        return tuple(path.read_text("utf-8").splitlines()) if path.is_file() else ()

    @unlinked.setter
    def unlinked(self, keys: Iterable[str]) -> None:
        written = "".join(f"{key}\n" for key in keys)
        if written:
            replace_text(self.folder / "unlinked", written)
        else:
            (self.folder / "unlinked").unlink(missing_ok=True)

    def stage(self, digest: str, engine: str = "", code: str = "") -> CompiledVersion:
        """A folder in which to write a version, empty but for what makes it, where that is said."""
        staged = self._staged(digest)
        if staged.folder.exists():
            shutil.rmtree(staged.folder)
        staged.folder.mkdir(parents=True)
        for memo, fingerprint in ((ENGINE, engine), (CODE, code)):
            if fingerprint:
                staged.memos.mkdir(exist_ok=True)
                (staged.memos / memo).write_text(fingerprint, "ascii")
        return staged

    def _staged(self, digest: str) -> CompiledVersion:
        return CompiledVersion(self.folder / f"{digest}.{self._writer}.new")

    def keep(self, digest: str, manifest: SiteManifest) -> None:
        """Take what was staged as that version; a failed one keeps no pages."""
        staged = self._staged(digest)
        staged.folder.mkdir(parents=True, exist_ok=True)
        if manifest.problems and staged.www.exists():
            shutil.rmtree(staged.www)
        if not manifest.problems and self.current_digest():
            _keep_files(self.www(self.current_digest()), staged.www)
        staged.manifest.write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
        self._put(staged.folder, digest)

    def keep_first(self, digest: str, manifest: SiteManifest) -> None:
        """Take what was staged, unless the version is there: another machine was quicker, and what is there is used."""
        if self.has(digest):
            shutil.rmtree(self._staged(digest).folder)
        else:
            self.keep(digest, manifest)

    def _put(self, staged: Path, digest: str) -> None:
        """Into the place of what is there, each in one step: others may be reading it, or be about to do the same."""
        version = self.version(digest).folder
        old = self.folder / f"{digest}.{self._writer}.old"
        while True:
            try:
                staged.rename(version)
                break
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            with suppress(FileNotFoundError):
                version.rename(old)
                shutil.rmtree(old)

    def sweep(self, keep: set[str]) -> None:
        """Remove all versions but these."""
        for entry in self.folder.iterdir() if self.folder.is_dir() else []:
            if entry.is_dir() and entry.name not in keep:
                shutil.rmtree(entry)

    def forget_schedules(self, inputs: str) -> None:
        """Remove the schedules of all inputs but these."""
        for path in self.folder.glob("*.schedule"):
            if path != self._schedule_file(inputs):
                path.unlink()


@lru_cache(maxsize=4096)
def _manifest(path: str, _inode: int, _modified: int, _size: int) -> SiteManifest:
    """Read once a build: a file with other content is another one, or has another time."""
    return SiteManifest.model_validate_json(Path(path).read_bytes())


def forget_manifests() -> None:
    """What was read is for one build: a desk that builds all day would keep every version."""
    _manifest.cache_clear()


def _keep_files(old: str | Path, new: str | Path) -> None:
    """Let files that say the same be the same file: web servers then know that it has not changed since.

    One that says something else is later by a second at least: web servers tell files apart by their size and by the
    second of their time, and files are made within one second, or come with a time of their own, as pictures do.
    """
    known = {entry.name: entry for entry in _entries(old)}
    for entry in _entries(new):
        before = known.get(entry.name)
        if before is None:
            continue
        if entry.is_dir(follow_symlinks=False):
            if before.is_dir(follow_symlinks=False):
                _keep_files(before.path, entry.path)
        # With the same number it was taken over already.
        elif entry.inode() != before.inode() and before.is_file() and entry.is_file():
            _keep_file(before, entry)


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except FileNotFoundError:  # of a version that was damaged
        return []


def _keep_file(known: os.DirEntry[str], made: os.DirEntry[str]) -> None:
    before, now = known.stat(), made.stat()
    if before.st_size == now.st_size and filecmp.cmp(known, made, shallow=False):
        os.unlink(made)  # noqa: PTH108  # for thousands of files
        link_or_copy(known.path, made.path)
    elif now.st_mtime < (later := int(before.st_mtime) + 1):
        os.utime(made, (later, later))


def site_store(stores: Path, slug: str) -> SiteStore:
    """The store of a site; the province's own folder has the empty slug."""
    return SiteStore(stores / stored(slug))
