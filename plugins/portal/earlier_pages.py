"""Pages of the version that is shown now, taken over where what they say is the same today.

A page is a function of its record and of the frame around it. Whoever writes pages keys each by both; one with the key
of the version before is the same file again, and neither rendered nor compressed.

Whether a file is still whole is told by its bytes the first time that it is taken over, and by its size and time from
then on: it is read once more only where something has touched it since.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.compressed_copies import SUFFIX
from plugins.portal.files import CLOCK_RESOLUTION, link_or_copy
from plugins.portal.stages import in_stage

FILE = "pages.json"
"""Among a version's memos: what each of its pages is made of."""


class _Page(NamedTuple):
    """A file of a version."""

    key: str
    """Of all that it is made of."""
    digest: str
    """Of its bytes: a file that was damaged is none."""
    compressed: str
    """Of the bytes of its gzip copy; empty where it has none."""
    is_open: bool
    """Whether it has placeholders, and so lies apart."""
    looks: str = ""
    """Sizes and times of the file and its copy, taken when their bytes were looked at; empty until then."""


class PageNotes(NamedTuple):
    """What was noted of pages in turn."""

    keys: dict[str, str]
    taken: dict[str, _Page]
    """Those that were taken over."""
    made: dict[str, _Page]
    """Those that were not, as far as it is known what they hold."""


_PAGES = TypeAdapter(dict[str, _Page])
"""By file, below the version's pages."""


@dataclass
class EarlierPages:
    """The pages of two versions of one site: of the one before, which is shown, and of the one being made."""

    now: CompiledVersion
    before: CompiledVersion | None = None
    """None where nothing is shown."""
    _known: dict[str, _Page] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, _Page] = field(default_factory=dict)
    _made: dict[str, _Page] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.before is not None:
            try:
                self._known = _PAGES.validate_json((self.before.memos / FILE).read_bytes())
            except (FileNotFoundError, ValidationError):
                self._known = {}

    @in_stage("write")
    def take_over(self, file: str, key: str) -> bool:
        """Whether the file was made of the same before; then it is there again. Notes the key for the next time."""
        self._keys[file] = key
        page = self._known.get(file)
        if self.before is None or page is None or page.key != key:
            return False
        source = os.path.join(self.before.open if page.is_open else self.before.www, file)  # noqa: PTH118  # thousands
        looks = _looks(source, page)
        if (not looks or looks != page.looks) and not _is_whole(source, page):
            return False
        target = os.path.join(self.now.www, file)  # noqa: PTH118
        self._make_folder(os.path.dirname(target))  # noqa: PTH120
        link_or_copy(source, target)
        if page.compressed:
            link_or_copy(f"{source}{SUFFIX}", f"{target}{SUFFIX}")
        self._taken[file] = page._replace(looks=looks)
        return True

    def key_before(self, file: str) -> str:
        """The key of a file in the version before; empty where it had none."""
        page = self._known.get(file)
        return page.key if page is not None else ""

    def _make_folder(self, path: str) -> None:
        """Thousands of files lie in few folders, or each in one of its own, whose parent is there already."""
        if path not in self._folders:
            try:
                os.mkdir(path)  # noqa: PTH102
            except FileNotFoundError:
                os.makedirs(path, exist_ok=True)  # noqa: PTH103
            except FileExistsError:
                pass
            self._folders.add(path)

    def write(self, file: str, content: bytes, compressed: bytes) -> None:
        """Write a file that was not taken over, with its gzip copy, which may be empty: then it has none."""
        target = os.path.join(self.now.www, file)  # noqa: PTH118
        self._make_folder(os.path.dirname(target))  # noqa: PTH120
        Path(target).write_bytes(content)
        if compressed:
            Path(f"{target}{SUFFIX}").write_bytes(compressed)
        self.made(file, content, compressed, is_open=False)

    def made(self, file: str, content: bytes, compressed: bytes, *, is_open: bool) -> None:
        """Note what a file holds that was not taken over, so that it need not be read; `compressed` may be empty."""
        if file in self._keys:
            copy = digest_of(compressed) if compressed else ""
            self._made[file] = _Page(self._keys[file], digest_of(content), copy, is_open)

    def is_open(self, file: str) -> bool:
        """Whether a file that was taken over has placeholders."""
        return self._taken[file].is_open

    def digest(self, file: str) -> str:
        """Of the bytes of a file that was taken over or made; empty where nobody knows them."""
        page = self._taken.get(file) or self._made.get(file)
        return page.digest if page is not None else ""

    @property
    def taken_over(self) -> Collection[str]:
        """The files that are those of the version before."""
        return self._taken.keys()

    def take_notes(self) -> PageNotes:
        """What was noted; it is forgotten here."""
        notes = PageNotes(self._keys.copy(), self._taken.copy(), self._made.copy())
        for noted in (self._keys, self._taken, self._made):
            noted.clear()
        return notes

    def add_notes(self, notes: PageNotes) -> None:
        """Note what was noted somewhere else."""
        self._keys.update(notes.keys)
        self._taken.update(notes.taken)
        self._made.update(notes.made)

    def write_down(self) -> None:
        """Note in the version being made, which is complete, what its pages are made of."""
        if not self._keys:
            return
        pages = self._taken | self._made
        for file in self._keys.keys() - pages.keys():
            opened, written = self.now.open / file, self.now.www / file
            is_open = opened.is_file()
            path = opened if is_open else written
            compressed = "" if is_open else _digest(path.with_name(f"{path.name}.gz"))
            pages[file] = _Page(self._keys[file], _digest(path), compressed, is_open)
        self.now.memos.mkdir(exist_ok=True)
        (self.now.memos / FILE).write_bytes(_PAGES.dump_json(dict(sorted(pages.items()))))


def _looks(source: str, page: _Page) -> str:
    """Sizes and times of a file and its copy; empty where one is missing, or so new that its time says nothing."""
    settled = time.time_ns() - CLOCK_RESOLUTION
    files = (source, f"{source}{SUFFIX}") if page.compressed else (source,)
    try:
        seen = [os.stat(file) for file in files]  # noqa: PTH116  # of thousands
    except FileNotFoundError:
        return ""
    if any(status.st_mtime_ns > settled for status in seen):
        return ""
    return " ".join(f"{status.st_size}:{status.st_mtime_ns}" for status in seen)


def _is_whole(source: str, page: _Page) -> bool:
    """Whether a file and its copy have the bytes that they are known to have."""
    copy = Path(f"{source}{SUFFIX}")
    return _digest(Path(source)) == page.digest and (not page.compressed or _digest(copy) == page.compressed)


def _digest(path: Path) -> str:
    """Of the bytes; empty where there is no such file."""
    try:
        return digest_of(path.read_bytes())
    except FileNotFoundError:
        return ""


def digest_of(content: bytes) -> str:
    """Of the bytes of a file."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
