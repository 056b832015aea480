"""Puts large files of `media/` into the store; a pointer takes the place of each."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from plugins.documents.file_store import FileStore, NotStoredError
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.pointers import MOST_BYTES, Pointer, pointed_at, pointer_to
from plugins.portal.problems import text
from plugins.portal.reading import TooLargeError, read_bytes, unreadable
from plugins.portal.site_names import AGENCIES, STORED_PROVINCE
from plugins.portal.system_errors import reason


def store_file(path: Path, content: Path, store: FileStore) -> tuple[Pointer, Path | None]:
    """Put a file into the store; one of `media/` of the content folder gives its place to a pointer, which is named.

    One from elsewhere stays: what already points to it has it again. Raises `NotStoredError`.
    """
    name = pointed_at(path.name)
    if name != path.name:
        raise NotStoredError(text("it is a pointer: name the file itself, {name}", name=name))
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in MEDIA_SIGNATURES:
        raise NotStoredError(text('files of the kind "{kind}" cannot be offered', kind=suffix))
    try:
        written, _ = read_bytes(path, MOST_BYTES)
    except TooLargeError as error:
        raise NotStoredError(text("larger than {limit} bytes", limit=MOST_BYTES)) from error
    except OSError as error:
        raise NotStoredError(unreadable(error)[0]) from error
    if MEDIA_SIGNATURES[suffix] and not written.startswith(MEDIA_SIGNATURES[suffix]):
        raise NotStoredError(text('the file "{name}" is not what its name says', name=name))
    pointer = store.write(written)
    if not _is_of_media(path, content):
        return pointer, None
    in_its_place = path.with_name(pointer_to(name))
    try:
        in_its_place.write_bytes(pointer.written)
        path.unlink()
    except OSError as error:
        raise NotStoredError(text("it cannot be written: {reason}", reason=reason(error))) from error
    return pointer, in_its_place


def _is_of_media(path: Path, content: Path) -> bool:
    try:
        parts = (path.parent.resolve() / path.name).relative_to(content.resolve()).parts
    except ValueError:
        return False
    above = parts[:-1]
    return above[:2] == (STORED_PROVINCE, "media") or (above[:1] == (AGENCIES,) and above[2:3] == ("media",))
