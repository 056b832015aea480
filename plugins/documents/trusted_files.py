"""The files of a folder of trusted certificates, of which nothing is known but their names and bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from plugins.portal.record_files import CERTIFICATES, is_of_trust


def files_in(folder: Path) -> list[Path]:
    """Those that are called as certificates or lists, in order. Raises `OSError` where there is no such folder."""
    return [path for path in sorted(folder.iterdir()) if is_of_trust(path.name)]


def digest_of(folder: Path) -> str:
    """Of what is in the files; empty where none is called as a certificate."""
    files = files_in(folder)
    digest = hashlib.sha256()
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest() if any(path.suffix.lower() in CERTIFICATES for path in files) else ""
