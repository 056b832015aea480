"""Which destination is meant by what somebody has written."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.portal.problems import PortalError, text
from plugins.releases.destination_folder import FolderDestination
from plugins.releases.destination_host import HostDestination
from plugins.releases.destinations import Destination


def destination_of(written: str) -> Destination:
    """A folder (`/srv/www`, `file:///srv/www`) or a host (`host:/srv/www`, `ssh://host/srv/www`).

    Raises `PortalError` where it is none of them.
    """
    if written.startswith("file:///"):
        return FolderDestination(Path(unquote(urlsplit(written).path)))
    scheme, separator, _ = written.partition("://")
    if (separator and scheme != "ssh") or not written:
        raise PortalError(
            text("{path}: is nowhere that the portal can be sent to; name a folder (/srv/www), a host (host:/srv/www) "
                 "or a storage", path=written)
        )  # fmt: skip
    if ":" in written.partition("/")[0]:
        return HostDestination.of(written)
    return FolderDestination(Path(written))
