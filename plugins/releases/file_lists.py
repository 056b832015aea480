"""The files of each version, with size and SHA-256: taken once, when the version comes to lie beside the releases.

A release's record names the digests of these lists, so that one edit costs what changed; a file that was taken over
from the version before, which is the same file then, is not even read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plugins.portal.files import read_file, replace_text
from plugins.releases.layout import VERSIONS
from plugins.releases.records import ReleaseRecord

Files = dict[str, tuple[int, str]]
"""By path in the version: size in bytes, and SHA-256 in hexadecimal."""
_FILES = TypeAdapter(Files)
CHUNK = 1 << 20
"""Bytes that are read at a time."""


def list_versions(releases: Path, versions: Mapping[str, str], before: Sequence[ReleaseRecord]) -> dict[str, str]:
    """The SHA-256 of the list of each version's files; lists are made where they are not there.

    `before` are the records of other releases, the newest last.
    """
    return {name: _listed(releases, name, digest, before) for name, digest in versions.items()}


def _listed(releases: Path, name: str, digest: str, before: Sequence[ReleaseRecord]) -> str:
    for record in reversed(before):
        if record.versions.get(name) == digest and name in record.manifests:
            return record.manifests[name]
    pages = releases / VERSIONS / name / digest
    written = _read(list_file(pages))
    if written is None:
        earlier = next((record.versions[name] for record in reversed(before) if name in record.versions), "")
        files = _files_of(pages, pages.with_name(earlier) if earlier else None)
        text = json.dumps(files, separators=(",", ":"), sort_keys=True)
        replace_text(list_file(pages), text)
        written = text.encode()
    return hashlib.sha256(written).hexdigest()


def list_file(pages: Path) -> Path:
    """Where the list of a version's files lies."""
    return pages.with_name(f"{pages.name}.json")


def _read(path: Path) -> bytes | None:
    """A list as it was written; None where there is none that can be read."""
    try:
        written = read_file(path)
        _FILES.validate_json(written)
    except (OSError, ValidationError):
        return None
    return written


def read_list(pages: Path, digest: str) -> Files | None:
    """The files of a version; None where the list is not the one with that SHA-256."""
    written = _read(list_file(pages))
    if written is None or hashlib.sha256(written).hexdigest() != digest:
        return None
    return _FILES.validate_json(written)


def _files_of(pages: Path, earlier: Path | None) -> Files:
    known = _read(list_file(earlier)) if earlier is not None else None
    before = _FILES.validate_json(known) if known is not None else {}
    files: Files = {}
    for path, entry in _walk(str(pages), ""):
        listed = before.get(path)
        if listed is None or not _is_same_file(entry, f"{earlier}/{path}"):
            listed = (entry.stat(follow_symlinks=False).st_size, sha256_of(entry.path))
        files[path] = listed
    return files


def _walk(folder: str, inside: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder with its path; a link in it would lead anywhere, and nothing that we write is one."""
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{inside}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield f"{inside}{entry.name}", entry


def _is_same_file(entry: os.DirEntry[str], other: str) -> bool:
    try:
        before = os.stat(other)  # noqa: PTH116  # asked for thousands of times
    except OSError:
        return False
    return before.st_ino == entry.inode() and before.st_dev == entry.stat(follow_symlinks=False).st_dev


def sha256_of(path: str | Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  # thousands of them
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
