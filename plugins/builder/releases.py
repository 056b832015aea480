"""Putting the shown versions of all sites together, and letting the whole appear at once.

    <OUTPUT_PATH>.releases/versions/<site>/<digest>/   the pages of a version, as they were compiled
    <OUTPUT_PATH>.releases/versions/_together/...   links to the pages of several versions, where folders meet
    <OUTPUT_PATH>.releases/trash/                      versions that none leads to, for the next build to remove
    <OUTPUT_PATH>.releases/<id>/                       links to these and those
    <OUTPUT_PATH>.releases/<id>.json                   which versions are in it, and where each link at the top leads
    <OUTPUT_PATH>                                      a symbolic link to the release that is shown

The id is the digest of what was put together: the same versions give the same release. Putting together costs what
has changed, for a folder of a thousand pages is one link. Releases and their versions lie beside what they are shown
as, not in the build folder: that may be deleted, and what is public stays.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.portal import addresses
from plugins.portal.digests import Digest
from plugins.portal.files import link_or_copy, replace_text
from plugins.portal.problems import PortalError, SettingsError, text
from plugins.portal.site_names import STORED_PROVINCE

VERSIONS = "versions"
"""The folder beside the releases; no release has this name."""
COMPOSED = "_together"
"""Among the versions: folders in which the pages of several are put together; no site has this name."""
TRASH = "trash"
"""The folder beside the releases with versions that are to be removed; no release has this name."""
WRITTEN_LATER = (addresses.LIVE.strip("/"),)
"""Folders at the top whose files are replaced while a release is shown: each release has its own."""


def releases_of(output: Path) -> Path:
    """The folder of the releases of what appears at `output`."""
    return output.with_name(f"{output.name}.releases")


class CollisionError(PortalError):
    """Two sites have the same file; it names both."""


def release_id(versions: Mapping[str, str]) -> str:
    digest = Digest()
    for slug, version in sorted(versions.items()):
        digest.add(slug, version)
    return digest.hex()


def take_pages(releases: Path, name: str, digest: str, www: Path) -> Path:
    """Let the pages of a version lie beside the releases, and `www` be a link to them; gives where they lie.

    They are moved; where they are those of another portal's releases already, or on another file system, copied.
    """
    pages = releases / VERSIONS / name / digest
    if not pages.is_dir():
        pages.parent.mkdir(parents=True, exist_ok=True)
        if www.is_symlink():
            _copy(www.resolve(), pages)
            return pages
        try:
            www.rename(pages)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(www, pages)
    if not www.is_symlink():
        with suppress(FileNotFoundError):
            shutil.rmtree(www)
        # From where it stands: the project's folder may be moved.
        www.symlink_to(os.path.relpath(pages.resolve(), www.parent.resolve()), target_is_directory=True)
    return pages


def _copy(source: Path, target: Path) -> None:
    """All or nothing: one that a kill left unfinished is made anew."""
    aside = target.with_name(f"{target.name}.new")
    if aside.exists():
        shutil.rmtree(aside)
    shutil.copytree(source, aside, symlinks=True, copy_function=_link)
    aside.rename(target)


def _link(source: str, target: str) -> None:
    link_or_copy(Path(source), Path(target))


class _Record(BaseModel):
    """What stands beside a release."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    versions: dict[str, str] = {}
    """The digest of each site's version."""
    entries: dict[str, tuple[str, ...]] = {}
    """By name at the top: the folders of pages, from the releases' folder on, that have something there."""
    counts: dict[str, int] = {}
    """How many pages and entries of each kind there are, as the build counted them; empty where it did not."""

    @classmethod
    def beside(cls, release: Path) -> _Record | None:
        try:
            return cls.model_validate_json(_record(release).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None


def _record(release: Path) -> Path:
    return release.with_name(f"{release.name}.json")


def assemble(
    releases: Path,
    versions: Mapping[str, str],
    linked: Sequence[str],
    spare: Path | None = None,
    counts: Mapping[str, int] = {},  # frozen
) -> Path:
    """The release of these versions, whose pages were taken; made if it is not there yet.

    The pages about all sites have the names in `linked`. The very last of them leave an agency's address alone: an
    older version of them may hold a notice there; the others may have pages in it. So does the province, of which an
    older version may have a page at what is an agency's address now. `spare` is an old release that is
    made into this one: what leads to the same pages in both stays as it is. `counts` is noted beside it, for builds
    that remember nothing.
    """
    release = releases / release_id(versions)
    if release.is_dir():
        known = _Record.beside(release)
        if known is not None and known.counts != counts:
            replace_text(_record(release), known.model_copy(update={"counts": dict(counts)}).model_dump_json())
        return release
    sites = {name for name in versions if name not in linked}
    entries = _entries(releases, versions, {linked[-1]: sites, STORED_PROVINCE: sites - {STORED_PROVINCE}})
    aside = releases / f"{release.name}.new"
    if aside.exists():
        shutil.rmtree(aside)
    before = _reuse(spare, aside) if spare is not None and spare.is_dir() else {}
    aside.mkdir(parents=True, exist_ok=True)
    composer = _Composer(releases)
    for name in sorted(before.keys() | entries.keys()):
        if before.get(name) != entries.get(name) or name in WRITTEN_LATER:
            _remove(aside / name)
    for name, sources in entries.items():
        if not os.path.lexists(aside / name):
            composer.enter(aside.name, name, sources)
    record = _Record(versions=dict(versions), entries=entries, counts=dict(counts))
    replace_text(_record(release), record.model_dump_json())
    os.utime(aside)  # the age of a release is that of its last change
    aside.rename(release)
    return release


def _entries(
    releases: Path, versions: Mapping[str, str], passed_over: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """By name at the top of the portal: whose pages have something there."""
    entries: dict[str, list[str]] = {}
    for name, digest in sorted(versions.items()):
        pages = f"{VERSIONS}/{name}/{digest}"
        for entry in _listed(releases / pages):
            if entry not in passed_over.get(name, ()):
                entries.setdefault(entry, []).append(pages)
    return {entry: tuple(entries[entry]) for entry in sorted(entries)}


def _listed(folder: str | Path) -> list[str]:
    """What a folder of pages holds; a link in it would lead anywhere, and nothing that we write is one."""
    with os.scandir(folder) as listing:
        return sorted(entry.name for entry in listing if not entry.is_symlink())


def _composed(name: str, sources: Sequence[str]) -> str:
    """Where the folder is, from the releases' folder on, in which the pages of several versions are put together."""
    digest = Digest()
    digest.add(name, *sources)
    return f"{VERSIONS}/{COMPOSED}/{digest.hex()}"


@dataclass(frozen=True)
class _Composer:
    """Puts what several versions hold into one folder: links, and real folders where two meet."""

    releases: Path

    def enter(self, release: str, name: str, sources: Sequence[str]) -> None:
        """Let a release have at its top what these folders of pages have under that name."""
        inside = [f"{source}/{name}" for source in sources]
        if name in WRITTEN_LATER:
            self._put(f"{release}/{name}", inside, own=True)
        elif len(sources) == 1:
            self._link(f"{release}/{name}", inside[0])
        else:
            self._link(f"{release}/{name}", self._together(name, _composed(name, sources), inside))

    def _together(self, name: str, composed: str, sources: Sequence[str]) -> str:
        """The folder in which these are together; the same ones are put together once for all releases."""
        if not (self.releases / composed).is_dir():
            aside = f"{composed}.new"
            if (self.releases / aside).exists():
                shutil.rmtree(self.releases / aside)
            (self.releases / composed).parent.mkdir(parents=True, exist_ok=True)
            try:
                self._put(aside, sources)
            except _MeetingError as error:
                file, owners = error.path.replace(aside, name, 1), ", ".join(error.owners)
                raise CollisionError(text("two sites have the file {file}: {sites}", file=file, sites=owners)) from None
            (self.releases / aside).rename(self.releases / composed)
        return composed

    def _put(self, target: str, sources: Sequence[str], *, own: bool = False) -> None:
        """Let a path hold what is at these; all of them begin at the releases' folder.

        With `own` it has the files themselves, which may be replaced without changing the version.
        """
        if len(sources) == 1 and not own:
            self._link(target, sources[0])
            return
        folders = [source for source in sources if (self.releases / source).is_dir()]
        if len(sources) == 1 and not folders:
            link_or_copy(self.releases / sources[0], self.releases / target)
        elif len(folders) < len(sources):
            raise _MeetingError(target, sorted(source.split("/")[1] for source in sources))
        else:
            (self.releases / target).mkdir()
            names: dict[str, list[str]] = {}
            for folder in folders:
                for name in _listed(f"{self.releases}/{folder}"):
                    names.setdefault(name, []).append(f"{folder}/{name}")
            for name, several in names.items():
                self._put(f"{target}/{name}", several, own=own)

    def _link(self, target: str, source: str) -> None:
        # As text, and not worked out by `relpath`: there are thousands of them.
        os.symlink(f"{'../' * target.count('/')}{source}", f"{self.releases}/{target}")  # noqa: PTH211


class _MeetingError(Exception):
    """Two sites have something at one path that is no folder in both."""

    def __init__(self, path: str, owners: Sequence[str]) -> None:
        super().__init__(path, owners)
        self.path = path
        self.owners = owners


def _reuse(spare: Path, aside: Path) -> dict[str, tuple[str, ...]]:
    """Make an old release the beginning of a new one; where what is in it leads."""
    record = _Record.beside(spare)
    _record(spare).unlink(missing_ok=True)
    spare.rename(aside)
    known = record.entries if record is not None else {}
    for entry in aside.iterdir():
        if entry.name not in known:
            _remove(entry)
    return known


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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


def release_shown(output: Path) -> ShownRelease | None:
    """The release that `output` leads to; None where it leads to none."""
    release = output.resolve()
    if not output.is_symlink() or release.parent != releases_of(output).resolve() or not release.is_dir():
        return None
    record = _Record.beside(release)
    if record is not None and record.versions:
        return ShownRelease(frozenset(record.versions), record.counts, release)
    known = release.parent / VERSIONS
    return ShownRelease(
        frozenset(entry.name for entry in release.iterdir() if (known / entry.name).is_dir()), {}, release
    )


def spare_release(releases: Path, output: Path, kept: int) -> Path | None:
    """The release that a new one pushes out: the oldest that is not shown, where there are `kept` already."""
    by_age = _by_age(releases)
    others = [release for release in by_age if release.resolve() != output.resolve()]
    return others[0] if others and len(by_age) >= kept else None


def _by_age(releases: Path) -> list[Path]:
    if not releases.is_dir():
        return []
    entries = (path for path in releases.iterdir() if path.is_dir() and path.name not in (VERSIONS, TRASH))
    complete = (path for path in entries if path.suffix != ".new")
    return sorted(complete, key=lambda release: (release.stat().st_mtime_ns, release.name))


def check_output(output: Path) -> None:
    """Raise `SettingsError` if something that is not ours stands where the portal is to appear."""
    if not output.is_symlink() and output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise SettingsError(
            text("{path}: exists and is not a link to a release; remove it or set OUTPUT_PATH", path=output)
        )


def mend_rights(release: Path) -> None:
    """Let everybody read a release that was made when only its owner was to read what is made."""
    folders = {release.parent, release, *_pages_in(release)}
    looked_at = [
        *folders,
        *(folder / "index.html" for folder in folders),
        *(entry for folder in folders for entry in folder.iterdir() if entry.is_dir()),
    ]
    if all(_is_readable(path) for path in looked_at):
        return  # what one process made has one mask: a look at the beginnings tells
    for root in folders:
        _let_read(root)
    for root in folders - {release.parent}:
        for folder, _, names in os.walk(root):
            _let_read(Path(folder))
            for name in names:
                _let_read(Path(folder, name))


def _pages_in(release: Path) -> Iterator[Path]:
    """The folders of versions that a release leads to, and those around them."""
    record = _Record.beside(release)
    versions = release.parent / VERSIONS
    yield versions
    for name, digest in record.versions.items() if record else ():
        yield versions / name
        yield versions / name / digest


def _is_readable(path: Path) -> bool:
    wanted = _ENTERED if path.is_dir() else _READ
    return not path.exists() or path.stat().st_mode & wanted == wanted


def _let_read(path: Path) -> None:
    path.chmod(path.stat().st_mode | (_ENTERED if path.is_dir() else _READ))


_READ, _ENTERED = 0o444, 0o555
"""Rights of a file and of a folder that a web server needs, whoever it runs as."""


def show(release: Path, output: Path) -> None:
    """Let `output` be this release, in one step. Raises `SettingsError` if something else stands there."""
    check_output(output)
    target = os.path.relpath(release, output.parent.resolve())
    if output.is_symlink() and str(output.readlink()) == target:
        return
    if output.is_dir() and not output.is_symlink():
        output.rmdir()
    output.parent.mkdir(parents=True, exist_ok=True)
    aside = output.with_name(f".{output.name}.new")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    os.replace(aside, output)  # noqa: PTH105  # a link is replaced in one step


def sweep(releases: Path, output: Path, kept: int) -> None:
    """Remove the oldest releases beyond `kept`, never the one that is shown; then versions that none leads to."""
    current = output.resolve()
    by_age = _by_age(releases)
    for release in [path for path in by_age if path.resolve() != current][: max(0, len(by_age) - kept)]:
        _record(release).unlink(missing_ok=True)
        shutil.rmtree(release)
    records = [_Record.beside(release) for release in _by_age(releases)]
    if None not in records:  # else nobody knows where a release leads
        _sweep_versions(releases / VERSIONS, [record for record in records if record is not None])


def _throw_away(folder: Path, trash: Path) -> None:
    """Thousands of files are removed while the next build compiles: nobody waits for it."""
    trash.mkdir(exist_ok=True)
    folder.rename(next(name for number in count() if not (name := trash / str(number)).exists()))


def empty_trash(releases: Path) -> None:
    """Remove what was thrown away, in a process of its own."""
    trash = releases / TRASH
    for entry in trash.iterdir() if trash.is_dir() else ():
        shutil.rmtree(entry)


def _sweep_versions(folder: Path, records: Iterable[_Record]) -> None:
    needed = set()
    for record in records:
        needed |= set(record.versions.items())
        needed |= {(COMPOSED, _composed(*entry).rpartition("/")[2]) for entry in record.entries.items()}
    for site in folder.iterdir() if folder.is_dir() else ():
        left = list(site.iterdir())
        unused = [pages for pages in left if (site.name, pages.name) not in needed]
        for pages in unused:
            _throw_away(pages, folder.parent / TRASH)
        if len(unused) == len(left):
            site.rmdir()
