"""Digests of several parts, told apart by their lengths: no two lists of parts give the same bytes to be hashed."""

from __future__ import annotations

import hashlib

SIZE = 16
"""Bytes of a digest, where nothing else is said."""


class Digest:
    """A digest being taken (BLAKE2b); every part goes in behind its length, so that no two run together."""

    def __init__(self, size: int = SIZE) -> None:
        self._hash = hashlib.blake2b(digest_size=size)

    def add(self, *parts: str | bytes) -> None:
        """Texts go in as UTF-8, with what no letter stands for as it was read."""
        for part in parts:
            raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
            self._hash.update(len(raw).to_bytes(8, "big"))
            self._hash.update(raw)

    def raw(self) -> bytes:
        return self._hash.digest()

    def hex(self) -> str:
        return self._hash.hexdigest()
