"""A small province on which edits are made: its content, a theme of its own, figures, and what is aside."""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

from tests.dossiers.made_up import counts, keep, row, statistics
from tests.provinces import ROOT, SmallProvince

T = TypeVar("T")

DISTRICT = """\
name: UBND huyện Thử
kind: district
summary: Chính quyền huyện Thử.
contact: {address: Thị trấn Thử, phone: 0293 3878 890}
communes:
  - {name: Xã Một, code: '31001'}
"""
PROCEDURE = """\
code: '{code}'
name: {name}
field: {field}
performed_by: [district]
keywords: [kê khai]
channels:
  - kind: in_person
    fees: [{{amount: {amount}}}]
related: ['1.001193']
"""
SYNONYMS = "synonyms:\n- say: [bán thuốc]\n  mean: [hành nghề dược]\n- say: [giấy tư pháp]\n  mean: [lý lịch tư pháp]\n"
EVENTS = (
    "life_events: [{slug: sinh-con, name: Sinh con, summary: Khi nhà có em bé., steps: [{title: Làm khai sinh, "
    "procedures: ['1.001193']}]}]\n"
)
LEGAL = "documents: [{number: 1/2005/NĐ-CP, status: expired, since: 2019-01-01, replaced_by: 2/2019/NĐ-CP}]\n"
NOTICE = "---\ntitle: Nghỉ lễ\nsummary: Bộ phận một cửa nghỉ, có người trực.\nuntil: 2019-09-05\n---\nNghỉ.\n"


def png(shade: int) -> bytes:
    """A picture of 2 by 2 points, which is another for every shade (0 to 255)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    points = b"".join(b"\0" + bytes([shade, 90, 90] * 2) for _ in range(2))
    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(points)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@dataclass
class Aside:
    """A file as it was before somebody broke, changed or removed it."""

    path: Path
    content: bytes | None
    """None where there was none."""
    modified: int = 0
    """In nanoseconds since 1970."""

    @classmethod
    def of(cls, path: Path) -> Aside:
        return cls(path, path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else cls(path, None)

    def put_back(self, *, dated: bool) -> None:
        """As it was; where `dated`, with its old time, as a backup or `cp -a` restores it."""
        if self.content is None:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(self.content)
        if dated:
            os.utime(self.path, ns=(self.modified, self.modified))


@dataclass
class Desk:
    """The province that a sequence of edits is about."""

    province: SmallProvince
    broken: list[Aside] = field(default_factory=list)
    """What was broken, as it was before, in order."""
    aside: list[Aside] = field(default_factory=list)
    """Files as they were, to be restored."""

    @classmethod
    def new(cls, folder: Path) -> Desk:
        """A province in an empty folder: three agencies, and something of each kind of content."""
        desk = cls(SmallProvince.of(folder))
        province = desk.province
        shutil.copytree(ROOT / "theme", desk.theme)
        for example in (desk.theme / "templates/components").glob("*/examples.yaml"):
            example.unlink()  # a page for those who work on the theme; a tenth of the time of a build
        province.write("agencies/huyen-thu/agency.yaml", DISTRICT)
        province.write(
            "agencies/huyen-thu/procedures/1.000902.yaml",
            PROCEDURE.format(code="1.000902", name="Kê khai đất", field="ho-tich", amount=5000),
        )
        province.write("agencies/huyen-thu/pages/xa.md", "---\ntitle: Các xã\nlanguage: en\n---\nOne commune.\n")
        (province.content / "agencies/so-y-te/media/anh.png").write_bytes(png(1))
        province.edit(
            "agencies/so-y-te/news/2019/nha-thuoc.md",
            "summary: Cách mở nhà thuốc.\n",
            "summary: Cách mở nhà thuốc.\npicture: {file: media/anh.png, text: Nhà thuốc}\n",
        )
        province.write("agencies/so-y-te/notices/nghi-le.md", NOTICE)
        for name, written in (("synonyms", SYNONYMS), ("life-events", EVENTS), ("legal-status", LEGAL)):
            province.write(f"province/{name}.yaml", written)
        desk.count_dossiers(80)
        return desk

    @property
    def content(self) -> Path:
        return self.province.content

    @property
    def theme(self) -> Path:
        return self.province.folder / "theme"

    def count_dossiers(self, resolved: int) -> None:
        """Let a refresh have brought other figures."""
        keep(self.province.folder / "state", statistics(row("so-y-te", counts(100, resolved, 2))))

    def inside(self, path: Path) -> str:
        """A file as these sequences name it: by its place in the content, or beside it."""
        folder = self.content if path.is_relative_to(self.content) else self.province.folder
        return path.relative_to(folder).as_posix()

    def site(self, path: Path) -> str:
        """The slug of the site that a file belongs to; empty for the province's own."""
        parts = path.relative_to(self.content).parts
        return parts[1] if parts[0] == "agencies" else ""

    def agencies(self) -> list[Path]:
        """The folders of agencies, in order."""
        folder = self.content / "agencies"
        return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []

    def files(self, *patterns: str) -> list[Path]:
        """The files of all sites whose path inside their site's folder is of one of these patterns, in order."""
        sites = [self.content / "province", *self.agencies()]
        return sorted({path for site in sites for pattern in patterns for path in site.glob(pattern) if path.is_file()})

    def texts(self) -> list[Path]:
        return self.files("news/*/*.md", "pages/*.md", "notices/*.md")

    def procedures(self) -> list[Path]:
        return self.files("procedures/*.yaml")

    def words_about(self, sites: set[str]) -> dict[str, list[str]]:
        """What tells that a page speaks of one of these sites: its address, and the codes of its procedures."""
        words = {slug: [f"/{slug}/", f'"{slug}"'] for slug in sites}
        for path in self.procedures():
            words.setdefault(self.site(path) or "province", []).append(path.stem)
        return words

    def keep_aside(self, path: Path) -> None:
        self.aside.append(Aside.of(path))

    def breaks(self, path: Path, written: str | None) -> None:
        """Write something that is not in order, or remove what is needed, and remember how to mend it."""
        self.broken.append(Aside.of(path))
        if written is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written, encoding="utf-8")

    def mend(self) -> str | None:
        """Put back what was broken last; None where nothing is broken."""
        if not self.broken:
            return None
        before = self.broken.pop()
        before.put_back(dated=True)
        return f"mend {self.inside(before.path)}, with the time that it had"

    def move(self, old: Path, new: Path) -> None:
        """Rename a file or a folder; what is remembered of it goes with it."""
        old.rename(new)
        for aside in (*self.broken, *self.aside):
            if aside.path.is_relative_to(old):
                aside.path = new / aside.path.relative_to(old)

    def remove(self, folder: Path) -> None:
        """Remove an agency's folder, with what is remembered of it."""
        shutil.rmtree(folder)
        self.broken = [aside for aside in self.broken if not aside.path.is_relative_to(folder)]
        self.aside = [aside for aside in self.aside if not aside.path.is_relative_to(folder)]


def one_of(chance: Random, things: list[T]) -> T | None:
    """One of them; None where there is none."""
    return chance.choice(things) if things else None
