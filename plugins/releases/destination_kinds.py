"""Which destination is meant by what somebody has written."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.portal.characters import FORBIDDEN
from plugins.releases.destination_folder import FolderDestination
from plugins.releases.destination_host import HostDestination
from plugins.releases.destination_storage import StorageDestination, no_destination
from plugins.releases.destinations import Destination


def destination_of(written: str) -> Destination:
    """A folder (`/srv/www`, `file:///srv/www`), a host (`host:/srv/www`, `ssh://host/srv/www`) or a storage.

    Raises `PortalError` where it is none of them.
    """
    if not written or FORBIDDEN.search(written):
        raise no_destination(written)
    if written.startswith("file:///"):
        return FolderDestination(Path(unquote(urlsplit(written).path)))
    scheme, separator, _ = written.partition("://")
    if separator and scheme != "ssh":
        return StorageDestination.of(written)
    if ":" in written.partition("/")[0]:
        return HostDestination.of(written)
    return FolderDestination(Path(written))
