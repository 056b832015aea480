"""Pages of the version that is shown now, taken over where what they say is the same today.

A page is a function of its record and of the frame around it. Whoever writes pages keys each by both; one with the key
of the version before is the same file again, and neither rendered nor compressed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from plugins.portal.compiled_version import CompiledVersion
from plugins.portal.files import link_or_copy
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
        source = (self.before.open if page.is_open else self.before.www) / file
        copy = source.with_name(f"{source.name}.gz")
        if _digest(source) != page.digest or (page.compressed and _digest(copy) != page.compressed):
            return False
        target = self.now.www / file
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(source, target)
        if page.compressed:
            link_or_copy(copy, target.with_name(copy.name))
        self._taken[file] = page
        return True

    def made(self, file: str, content: bytes, compressed: bytes, *, is_open: bool) -> None:
        """Note what a file holds that was not taken over, so that it need not be read; `compressed` may be empty."""
        if file in self._keys:
            copy = _digest_of(compressed) if compressed else ""
            self._made[file] = _Page(self._keys[file], _digest_of(content), copy, is_open)

    def is_open(self, file: str) -> bool:
        """Whether a file that was taken over has placeholders."""
        return self._taken[file].is_open

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


def _digest(path: Path) -> str:
    """Of the bytes; empty where there is no such file."""
    try:
        return _digest_of(path.read_bytes())
    except FileNotFoundError:
        return ""


def _digest_of(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
