"""Putting the shown versions of all sites together, and letting the whole appear at once.

    <OUTPUT_PATH>.releases/<id>/    every file of the portal, as hard links into the sites' versions
    <OUTPUT_PATH>                   a symbolic link to the release that is shown

The id is the digest of what was put together: the same versions give the same release. Releases lie beside what they
are shown as, not in the build folder: that may be deleted, and what is public stays.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plugins.builder.digests import Digest
from plugins.portal.files import link_or_copy
from plugins.portal.problems import PortalError, SettingsError, text


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


def assemble(
    releases: Path,
    versions: Mapping[str, str],
    folders: Mapping[str, Path],
    linked: Sequence[str],
    spare: Path | None = None,
) -> Path:
    """The release of these versions; made if it is not there yet.

    `folders` has each site's pages by name; the pages about all sites, under the names in `linked`, go in last. The
    very last of them leave an agency's address alone: an older version of them may hold a notice there; the others may
    have pages in it. `spare` is an old release that is made into this one: what both have stays as it is, which at
    15,000 pages is nearly all.
    """
    release = releases / release_id(versions)
    if release.is_dir():
        return release
    aside = releases / f"{release.name}.new"
    if aside.exists():
        shutil.rmtree(aside)
    # Agencies write below their own address; the others share the portal's root and are put together anew.
    at_root = {name for name in folders if not (folders[name] / name).is_dir()}
    kept: set[str] = set()
    if spare is not None and spare.is_dir():
        kept = _reuse(spare, aside, versions, at_root)
    aside.mkdir(parents=True, exist_ok=True)
    sites = {name for name in folders if name not in linked}
    for name in [*sorted(sites), *linked]:
        if name in kept:
            continue
        try:
            _link_tree(folders[name], aside, sites if name == linked[-1] else set())
        except CollisionError as error:
            owners = ", ".join(site for site in sorted(folders) if (folders[site] / str(error)).exists())
            raise CollisionError(text("two sites have the file {file}: {sites}", file=error, sites=owners)) from error
    guests = sorted(guest for name in linked[:-1] for guest in _guests(folders[name], sites))
    _record(release).write_text(json.dumps({"versions": dict(versions), "guests": guests}, sort_keys=True), "utf-8")
    os.utime(aside)  # the age of a release is that of its last change
    aside.rename(release)
    return release


def _record(release: Path) -> Path:
    """The file beside a release that says which versions are in it, and which linked pages at agencies' addresses."""
    return release.with_name(f"{release.name}.json")


def _guests(folder: Path, sites: set[str]) -> Iterator[str]:
    """The linked files that stand below an agency's address."""
    for site in sorted(sites):
        for path in (folder / site).rglob("*"):
            if path.is_file():
                yield path.relative_to(folder).as_posix()


def _reuse(spare: Path, aside: Path, versions: Mapping[str, str], at_root: set[str]) -> set[str]:
    """Make an old release the beginning of a new one; the names of the sites that are in it already."""
    record = _record(spare)
    noted = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    before: dict[str, str] = noted.get("versions", {})
    record.unlink(missing_ok=True)
    spare.rename(aside)
    kept = {name for name, version in versions.items() if before.get(name) == version and name not in at_root}
    if before.keys() == versions.keys() and all(before[name] == versions[name] for name in at_root):
        kept |= at_root
    for entry in aside.iterdir():
        owned = entry.name in before and entry.name not in at_root
        if entry.name in kept if owned else at_root <= kept:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    for guest in noted.get("guests", ()) if not at_root <= kept else ():
        (aside / guest).unlink(missing_ok=True)
    return kept


def spare_release(releases: Path, output: Path, kept: int) -> Path | None:
    """The release that a new one pushes out: the oldest that is not shown, where there are `kept` already."""
    found = _by_age(releases)
    others = [release for release in found if release.resolve() != output.resolve()]
    return others[0] if others and len(found) >= kept else None


def _by_age(releases: Path) -> list[Path]:
    if not releases.is_dir():
        return []
    found = (path for path in releases.iterdir() if path.is_dir() and path.suffix != ".new")
    return sorted(found, key=lambda release: (release.stat().st_mtime_ns, release.name))


def _link_tree(source: Path, target: Path, passed_over: set[str]) -> None:
    for folder, names, files in os.walk(source):
        relative = os.path.relpath(folder, source)
        if relative == ".":
            names[:] = [name for name in names if name not in passed_over]
        place = target / relative
        try:
            place.mkdir(exist_ok=True)
            for name in files:
                link_or_copy(Path(folder, name), place / name)
        except FileExistsError as error:
            raise CollisionError(Path(error.filename2 or error.filename).relative_to(target).as_posix()) from error


def check_output(output: Path) -> None:
    """Raise `SettingsError` if something that is not ours stands where the portal is to appear."""
    if not output.is_symlink() and output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise SettingsError(
            text("{path}: exists and is not a link to a release; remove it or set OUTPUT_PATH", path=output)
        )


def mend_rights(release: Path) -> None:
    """Let everybody read a release that was made when only its owner was to read what is made."""
    looked_at = [
        release.parent,
        release,
        release / "index.html",
        *(entry for entry in release.iterdir() if entry.is_dir()),
    ]
    if all(_is_readable(path) for path in looked_at):
        return  # what one process made has one mask: a look at the beginnings tells
    _let_read(release.parent)
    for folder, _, names in os.walk(release):
        _let_read(Path(folder))
        for name in names:
            _let_read(Path(folder, name))


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
    """Remove the oldest releases beyond `kept`, never the one that is shown."""
    shown = output.resolve()
    found = _by_age(releases)
    for release in [path for path in found if path.resolve() != shown][: max(0, len(found) - kept)]:
        _record(release).unlink(missing_ok=True)
        shutil.rmtree(release)
