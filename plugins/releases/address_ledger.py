"""Every address that was ever published: a file of lines for each site, to which lines are only ever added.

    + so-y-te/tin-tuc/2019/a/          an editor published it
    ~ so-y-te/tin-tuc/trang/2/         it followed from what was published
    - so-y-te/tin-tuc/2019/b/          somebody said that it may go

Of an address the last line counts. What is no such line, because a disk or a hand has damaged it, is passed over and
told; a line without its end is none, and is taken off before more are added. Addresses are guarded by what is left.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from plugins.portal.files import LONGEST_NAME, read_file, replace_text, sync_folder
from plugins.portal.problems import Text, text
from plugins.portal.system_errors import reason_of
from plugins.releases.layout import ADDRESSES
from plugins.releases.records import ReleaseModel

Standing = Literal["+", "~", "-"]
PUBLISHED: Standing = "+"
DERIVED: Standing = "~"
LET_GO: Standing = "-"
_LINE = re.compile(r"([+~-]) ((?!\.{1,2}/|\S*/\.{0,2}/)[^\s/]\S*(?:/|\.[A-Za-z0-9]+))")
"""An address ends as a page or a file does: what was cut in the middle is none. No part of it leads elsewhere."""
_LONGEST = 2048
"""Bytes of an address: no file system takes what is longer, so that it was never published."""
_SUFFIX = ".txt"
CHECKED = "checked.json"


class Checked(ReleaseModel):
    """The last version of a site of which it is known that none of its addresses leads nowhere."""

    version: str
    """Its digest; empty where the portal has none of the site any more."""
    size: int
    """Bytes of the ledger at that time: where it has others now, it is read again."""
    published: tuple[str, ...] = ()
    """Addresses of what an editor published that the version does not answer itself: others do, or they lead on."""
    derived: tuple[str, ...] = ()
    """The same of what followed from it."""


_CHECKED = TypeAdapter(dict[str, Checked])


@dataclass
class AddressLedger:
    """The addresses of all sites, by the names of their versions."""

    folder: Path
    damage: dict[str, Text] = field(default_factory=dict)
    """What could not be read, by site."""
    files_read: int = 0

    @classmethod
    def beside(cls, releases: Path) -> AddressLedger:
        return cls(releases / ADDRESSES)

    def names(self) -> set[str]:
        """The sites that have ever published anything."""
        if not self.folder.is_dir():
            return set()
        return {path.name.removesuffix(_SUFFIX) for path in self.folder.iterdir() if path.suffix == _SUFFIX}

    def size(self, name: str) -> int:
        """How many bytes there are of a site; 0 where there is nothing."""
        try:
            return self.path(name).stat().st_size
        except OSError:
            return 0

    def read(self, name: str) -> dict[str, Standing]:
        """What is known of each address of a site, as far as it can be read."""
        self.files_read += 1
        try:
            written = read_file(self.path(name))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self._damaged(name, reason_of(error.errno or 0))
            return {}
        known, foreign = _entries(written)
        if foreign:
            self._damaged(name, text("line {line} is no address", line=foreign[0]))
        elif written and not written.endswith(b"\n"):
            self._damaged(name, text("its last line is cut"))
        return known

    def check_sizes(self) -> None:
        """Note as damage where less is there than there was: lines are only ever added."""
        for name, noted in self.checked().items():
            if self.size(name) < noted.size and name not in self.damage:
                self._damaged(name, text("lines of it are gone ({size} bytes of {before})",
                                         size=self.size(name), before=noted.size))  # fmt: skip

    def append(self, name: str, lines: Mapping[str, Standing]) -> None:
        """Add what is known of addresses, on the disk when this returns. Raises `OSError` where that cannot be."""
        if not lines:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        entries = (f"{standing} {address}" for address, standing in sorted(lines.items()))
        written = "".join(f"{entry}\n" for entry in entries if _LINE.fullmatch(entry))
        try:
            before = read_file(self.path(name))
        except FileNotFoundError:
            before = b""
        with self.path(name).open("ab") as stream:
            stream.truncate(before.rfind(b"\n") + 1)  # a line that was cut must not become another address
            stream.write(written.encode())
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(self.folder)

    def checked(self) -> dict[str, Checked]:
        """What was checked before; where that cannot be read, everything is checked again."""
        try:
            return _CHECKED.validate_json(read_file(self.folder / CHECKED))
        except (OSError, ValidationError):
            return {}

    def note_checked(self, checked: Mapping[str, Checked]) -> None:
        """Note it, where it is not the same. Raises `OSError` where that cannot be."""
        if checked and checked != self.checked():
            replace_text(self.folder / CHECKED, _CHECKED.dump_json(dict(sorted(checked.items()))).decode() + "\n")

    def path(self, name: str) -> Path:
        """Where the addresses of a site are."""
        return self.folder / f"{name}{_SUFFIX}"

    def _damaged(self, name: str, reason: Text) -> None:
        self.damage[name] = text(
            "{path}: {reason}; what else is known of published addresses is used",
            path=self.path(name), reason=reason,
        )  # fmt: skip


def _entries(written: bytes) -> tuple[dict[str, Standing], list[int]]:
    """What is known of each address, and the numbers of lines that say nothing."""
    known: dict[str, Standing] = {}
    foreign: list[int] = []
    for number, line in enumerate(written.split(b"\n")[:-1], 1):
        match = _LINE.fullmatch(line.decode("utf-8", "replace"))
        if match is None or len(line) > _LONGEST or max(map(len, line[2:].split(b"/"))) > LONGEST_NAME:
            foreign.append(number)
        else:
            known[match[2]] = PUBLISHED if match[1] == PUBLISHED else DERIVED if match[1] == DERIVED else LET_GO
    return known, foreign
