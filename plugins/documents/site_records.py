"""The documents of a site as they lie in its folder: by number, and by the bytes of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.documents.kinds import DOCUMENT
from plugins.documents.numbers import DocumentNumber, NumberKey, read_number
from plugins.portal.front_matter import read_text_file
from plugins.portal.pointers import Pointer, is_pointer, pointed_at, pointer_to, read_pointer
from plugins.portal.validation import field_names
from plugins.portal.yaml_source import YamlError, parse_yaml

SUFFIXES = (".yaml", ".md")


def fields_of(path: Path) -> Mapping[str, object]:
    """The fields of a record; nothing where it cannot be read."""
    return fields_in(path.read_text(encoding="utf-8", errors="replace"), path.name)


def fields_in(written: str, name: str) -> Mapping[str, object]:
    """The fields of what is written in a record of that name; nothing where it cannot be read."""
    try:
        source = (
            read_text_file(written, field_names(DOCUMENT.model)).fields if name.endswith(".md") else parse_yaml(written)
        )
    except YamlError:
        return {}
    value = source.value if source is not None else None
    return value if isinstance(value, dict) else {}


@dataclass
class SiteRecords:
    """What a site has; looked through once, and told of what is written then."""

    folder: Path
    _by_number: dict[tuple[NumberKey, int], str] = field(default_factory=dict)
    _by_media: dict[str, str] = field(default_factory=dict)
    _media: dict[int, list[str]] = field(default_factory=dict)
    """By their size."""
    _pointed: dict[Pointer, str] = field(default_factory=dict)
    """Those that lie in the store of large files, by what stands for their content."""

    @classmethod
    def of(cls, folder: Path) -> SiteRecords:
        records = cls(folder)
        for path in sorted(folder.glob(f"{DOCUMENT.folder}/**/*")):
            records.note(path)
        for path in sorted(folder.glob("media/**/*")):
            records.note(path)
        return records

    def note(self, path: Path) -> None:
        """Take notice of a file; records that cannot be read are left alone."""
        if not path.is_file():
            return
        inside = path.relative_to(self.folder).as_posix()
        if is_pointer(inside):
            pointer = read_pointer(path.read_bytes())
            if pointer is not None:
                self._pointed.setdefault(pointer, pointed_at(inside))
        elif inside.startswith("media/"):
            names = self._media.setdefault(path.stat().st_size, [])
            if inside not in names:
                names.append(inside)
        elif path.suffix in SUFFIXES:
            fields = fields_of(path)
            read = read_number(str(fields.get("number", "")))
            year = str(read.year or fields.get("issued", ""))[:4] if read is not None else ""
            if read is not None and year.isdigit():
                self._by_number[read.key, int(year)] = inside
            self._by_media |= dict.fromkeys(files_of(fields), inside)

    def numbered(self, number: DocumentNumber, year: int) -> str | None:
        """The file of a number in a year."""
        return self._by_number.get((number.key, year))

    def file_of(self, number: DocumentNumber, year: int) -> str | None:
        """The same; of a number without a year, of the given one or else of the only year that has it."""
        if (exact := self.numbered(number, number.year or year)) is not None:
            return exact
        several = [path for (key, _), path in self._by_number.items() if key == number.key]
        return several[0] if len(several) == 1 else None

    def media_like(self, content: bytes) -> str | None:
        """A file of media/ with just these bytes; one that a record names before others."""
        names = [name for name in self._media.get(len(content), ()) if (self.folder / name).is_file()]
        alike = [name for name in names if (self.folder / name).read_bytes() == content]
        if self._pointed and content:
            stored = self._pointed.get(Pointer(hashlib.sha256(content).hexdigest(), len(content)))
            alike += [stored] if stored is not None else []
        return next((name for name in alike if name in self._by_media), next(iter(alike), None))

    def has_file(self, name: str) -> bool:
        """Whether there is a file of that name, or a pointer to one."""
        return (self.folder / name).exists() or (self.folder / pointer_to(name)).exists()

    def holds(self, name: str, content: bytes) -> bool:
        """Whether a file, or what its pointer stands for, is just this."""
        path, pointer = self.folder / name, self.folder / pointer_to(name)
        if path.is_file():
            return path.read_bytes() == content
        stands_for = Pointer(hashlib.sha256(content).hexdigest(), len(content))
        return pointer.is_file() and read_pointer(pointer.read_bytes()) == stands_for

    def record_with(self, media: str) -> str | None:
        """The record that names a file of media/."""
        return self._by_media.get(media)


def files_of(fields: Mapping[str, object]) -> Iterator[str]:
    """The files that a record names."""
    files = fields.get("files")
    for file in files if isinstance(files, list) else ():
        if isinstance(file, dict) and isinstance(name := file.get("file"), str):
            yield name
