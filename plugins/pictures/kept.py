"""Pictures that were encoded before: files for pages, by the fingerprint of the file that they were made of.

    <build folder>/pictures/<key>/picture.json   its size, and of each file the digest
    <build folder>/pictures/<key>/original       for its own address
    <build folder>/pictures/<key>/480            a copy so many points wide

A picture is written aside and renamed: whoever reads sees it whole or not at all, and of two processes that make the
same one is kept. One that is damaged is made anew. The key covers the code that encodes and the library under it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from plugins.portal.digests import Digest

LIMIT = 2 * 2**30
"""Bytes of pictures that are kept; those that were asked for last of all stay."""
REMEMBERED = 86_400
"""Seconds in which a picture that was asked for stays in any case: a build may be about to publish it."""
ORIGINAL = "original"
SWEPT_EVERY = 3_600
"""Seconds."""
_TOLD = "picture.json"
_SWEPT = "swept"
"""Its time is when those were taken out that are too many."""
_ENCODERS = ("encoding.py", "containers.py")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    digest: str


class _Told(BaseModel):
    """What `picture.json` says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int
    height: int
    files: dict[str, _File]


@dataclass(frozen=True)
class KeptPicture:
    """A picture on the disk."""

    width: int
    height: int
    original: Path
    copies: Mapping[int, Path]
    """By width; narrowest first."""


class KeptPictures:
    """The pictures of a build folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = False

    def key(self, fingerprint: str, suffix: str) -> str:
        """Of what a file with this fingerprint, whose name ends so, is encoded to."""
        digest = Digest()
        digest.add(*self._encoder, suffix, fingerprint)
        return digest.hex()

    @cached_property
    def _encoder(self) -> tuple[str | bytes, ...]:
        """What encodes: another one makes other files."""
        return version("pillow"), *((Path(__file__).parent / name).read_bytes() for name in _ENCODERS)

    def get(self, key: str, published: Callable[[str], Path | None] = lambda name: None) -> KeptPicture | None:
        """The picture of this key; None where there is none that is whole.

        `published` says where one of its files stands in what is shown now: one that is the same there was looked at
        when it went there, and is not read again.
        """
        folder = self._folder / key
        try:
            told = _Told.model_validate_json((folder / _TOLD).read_bytes())
            whole = all(_is_whole(folder / name, file, published(name)) for name, file in told.files.items())
            used = folder.stat().st_mtime
        except (OSError, ValidationError):
            return None
        if not whole or ORIGINAL not in told.files:
            return None
        if time.time() - used > REMEMBERED / 2:
            with suppress(OSError):  # where it cannot be noted it only goes earlier
                os.utime(folder)
        widths = sorted(int(name) for name in told.files if name.isdecimal())
        copies = {width: folder / str(width) for width in widths}
        return KeptPicture(told.width, told.height, folder / ORIGINAL, copies)

    def put(self, key: str, size: tuple[int, int], original: bytes, copies: Mapping[int, bytes]) -> KeptPicture:
        """Keep it. Raises `OSError` where it cannot be written."""
        contents = {ORIGINAL: original, **{str(width): content for width, content in copies.items()}}
        files = {name: _File(size=len(content), digest=_digest(content)) for name, content in contents.items()}
        told = _Told(width=size[0], height=size[1], files=files)
        aside = self._folder / f"{key}.{secrets.token_hex(4)}.new"
        aside.mkdir(parents=True)
        for name, content in {**contents, _TOLD: told.model_dump_json().encode()}.items():
            (aside / name).write_bytes(content)
        folder = self._folder / key
        self._made = True
        try:
            aside.rename(folder)
        except OSError:
            if (kept := self.get(key)) is not None:  # another process was quicker
                shutil.rmtree(aside)
                return kept
            shutil.rmtree(folder, ignore_errors=True)  # damaged
            aside.rename(folder)
        return KeptPicture(*size, folder / ORIGINAL, {width: folder / str(width) for width in sorted(copies)})

    def close(self) -> None:
        """Let the pictures go that were not asked for longest, where all are too many; and what kills left behind.

        Once in an hour, however many sites make some: to look at thousands takes a while.
        """
        now = time.time()
        swept = self._folder / _SWEPT
        if not self._made or (swept.exists() and abs(now - swept.stat().st_mtime) < SWEPT_EVERY):
            return
        swept.touch()
        kept = 0
        for used, folder in sorted(_ages(self._folder), reverse=True):
            kept += _bytes_of(folder)
            if now - used > REMEMBERED and (kept > LIMIT or folder.suffix == ".new"):
                shutil.rmtree(folder, ignore_errors=True)


def _is_whole(path: Path, file: _File, published: Path | None) -> bool:
    if published is not None:
        with suppress(FileNotFoundError, NotADirectoryError):
            if path.stat().st_size == file.size and path.samefile(published):
                return True
    content = path.read_bytes()
    return len(content) == file.size and _digest(content) == file.digest


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _ages(folder: Path) -> list[tuple[float, Path]]:
    """Each picture with the time when it was last asked for."""
    ages = []
    with suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            with suppress(OSError):
                if entry.is_dir():
                    ages.append((entry.stat().st_mtime, Path(entry.path)))
    return ages


def _bytes_of(folder: Path) -> int:
    total = 0
    with suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            with suppress(OSError):
                total += entry.stat().st_size
    return total
