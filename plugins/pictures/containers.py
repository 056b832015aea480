"""Whether the file of a picture holds the picture and nothing else, read from its outer parts alone.

PNG (ISO/IEC 15948) and WebP (RFC 9649) are rows of parts with a name and a length. Of JPEG and GIF, which hide more in
more ways, none is trusted: they are written anew.
"""

from __future__ import annotations

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_OF_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"pHYs"})
_OF_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


def holds_nothing_else(content: bytes) -> bool:
    """Whether every byte of a PNG or WebP file belongs to its one picture; False for any other file."""
    if content.startswith(_PNG):
        names = list(_chunks_of_png(content))
        return names[-1:] == [b"IEND"] and names.count(b"IEND") == 1 and _OF_PNG.issuperset(names)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        names = list(_chunks_of_webp(content))
        return bool(names) and _OF_WEBP.issuperset(names)
    return False


def _chunks_of_png(content: bytes) -> Iterator[bytes]:
    """The name of each chunk; an empty one where the file does not end with a chunk."""
    at = len(_PNG)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8]
        at += length + 12  # with its length, name and checksum
    if at != len(content):
        yield b""


def _chunks_of_webp(content: bytes) -> Iterator[bytes]:
    """The same of a RIFF file, whose parts have even lengths."""
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        yield b""
        return
    at = 12
    while at < len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4]
        at += 8 + length + length % 2
    if at != len(content):
        yield b""
