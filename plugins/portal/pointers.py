"""Pointers: what git keeps of a large file of `media/` that lies in a store, under the hash of its content.

    media/quy-hoach.pdf.stored      sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                                    size: 48211034

A pointer says nothing of where the store is: whoever writes one can name content, and no place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SUFFIX = ".stored"
MOST_BYTES = 100_000_000
"""Of a file in the store: what is looked at for signatures, and what a phone still fetches."""
MOST_POINTER_BYTES = 1_000
_FORM = re.compile(rb"(?:\xef\xbb\xbf)?(?:#[^\r\n]*\r?\n)*sha256:[ ]*([0-9a-f]{64})\r?\nsize:[ ]*([1-9]\d{0,11})\s*")


@dataclass(frozen=True)
class Pointer:
    """Which content is meant, and how long it is."""

    sha256: str
    """64 hexadecimal digits."""
    size: int
    """In bytes, more than none."""

    @property
    def key(self) -> str:
        """Where a store has it: `sha256/9f/9f86…`."""
        return f"sha256/{self.sha256[:2]}/{self.sha256}"

    @property
    def written(self) -> bytes:
        """As it stands in its file."""
        return f"sha256: {self.sha256}\nsize: {self.size}\n".encode()


def read_pointer(written: bytes) -> Pointer | None:
    """The pointer in a file; None where there is none, or one to more than any file may have."""
    match = _FORM.fullmatch(written) if len(written) <= MOST_POINTER_BYTES else None
    if match is None or int(match[2]) > MOST_BYTES:
        return None
    return Pointer(match[1].decode(), int(match[2]))


def is_pointer(inside: str) -> bool:
    """Whether a file of a site's folder is called as a pointer."""
    return inside.startswith("media/") and inside.endswith(SUFFIX)


def pointed_at(inside: str) -> str:
    """The file that a pointer stands for, by the pointer's path."""
    return inside.removesuffix(SUFFIX)


def pointer_to(inside: str) -> str:
    """The path of the pointer that stands for a file."""
    return f"{inside}{SUFFIX}"
