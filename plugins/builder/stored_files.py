"""What pointers in the content stand for, asked of the store of large files that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.builder.snapshot import Fetch
from plugins.portal.pointers import Pointer
from plugins.portal.problems import Text, text

if TYPE_CHECKING:
    from plugins.documents.file_store import FileStore


def fetching(settings: Mapping[str, Any]) -> Fetch:
    """What asks the store; one that could not be asked once is not asked again in this build.

    The first question raises `PortalError` where the setting names no store.
    """
    store: FileStore | None = None
    away: Text | None = None

    def fetch(pointer: Pointer) -> bytes | Text:
        nonlocal store, away
        from plugins.documents.file_store import NotStoredError, file_store  # where nothing points, nobody needs it

        if away is not None:
            return away
        store = store or file_store(settings["PORTAL_FILE_STORE"], Path(settings["PORTAL_ROOT"]))
        if store is None:
            return text("no store is set (PORTAL_FILE_STORE)")
        try:
            return store.read(pointer)
        except NotStoredError as error:
            if error.is_away:
                away = error.message
            return error.message

    return fetch
