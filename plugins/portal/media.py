"""The files of media/ that a site may offer: what kinds there are, and whether a file is what its name says."""

from __future__ import annotations

from plugins.portal.reading import Found

MEDIA_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n",), ".gif": (b"GIF8",),
    ".webp": (b"RIFF",), ".pdf": (b"%PDF-",), ".docx": (b"PK",), ".xlsx": (b"PK",), ".odt": (b"PK",), ".ods": (b"PK",),
    ".doc": (b"\xd0\xcf\x11\xe0",), ".xls": (b"\xd0\xcf\x11\xe0",), ".zip": (b"PK",), ".csv": (), ".txt": (),
}  # fmt: skip
"""The kinds of file that a site may offer, with how each begins.

SVG and HTML are not among them: they can run scripts."""
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
"""Those that browsers show as pictures."""


def begins_as(file: Found, signatures: tuple[bytes, ...]) -> bool:
    """Whether a file begins as files of its kind do."""
    with file.path.open("rb") as stream:
        start = stream.read(16)
    return not signatures or start.startswith(signatures)
