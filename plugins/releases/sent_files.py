"""What was sent to which destination: a note for each, among the releases and not where it could be asked for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pydantic import ValidationError

from plugins.portal.files import sync_folder
from plugins.releases.file_lists import Files
from plugins.releases.layout import SENT, UNDONE
from plugins.releases.records import ReleaseModel


class SentFiles(ReleaseModel):
    """What was sent to a destination."""

    destination: str
    files: Files
    """By path; of what a send had not ended with, something that no file is like."""


def sent_file(releases: Path, destination: str) -> Path:
    """Where the note about a destination lies, by its name."""
    return releases / SENT / f"{hashlib.sha256(destination.encode()).hexdigest()[:16]}.json"


def read_sent(releases: Path, destination: str) -> Files | None:
    """What was sent there; None where nothing was, or nobody knows."""
    try:
        return SentFiles.model_validate_json(sent_file(releases, destination).read_bytes()).files
    except (FileNotFoundError, ValidationError):
        return None


def note_sent(releases: Path, destination: str, files: Files) -> None:
    """Note it, on the disk before anything is sent; a kill leaves one name at most, and the next note takes it."""
    path = sent_file(releases, destination)
    path.parent.mkdir(exist_ok=True)
    aside = path.with_name(f"{path.name}{UNDONE}")
    with aside.open("w", encoding="utf-8") as stream:
        stream.write(SentFiles(destination=destination, files=files).model_dump_json() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
    sync_folder(path.parent)
