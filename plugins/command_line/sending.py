"""`portal sync`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rich.console import Console

from plugins.builder.publishing import portal_address
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.releases.locking import publishing_alone
from plugins.releases.sending import send
from plugins.releases.showing import known_live_release


def sync(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Send what is live to a folder. Raises `PortalError` where that cannot be: what is live stays."""
    address, destination = portal_address(settings), _folder(arguments.destination)
    release = known_live_release(address.output)
    try:
        with publishing_alone(address.releases):
            sent = send(release, destination, arguments.adopt)
    except OSError as error:
        path = error.filename2 or error.filename or destination
        raise PortalError(
            text("{path}: cannot be written: {reason}; what was sent stays, and the next portal sync completes it",
                 path=path, reason=reason(error))
        ) from error  # fmt: skip
    told = text("{path}: {written} files sent, {removed} removed",
                path=destination, written=len(sent.written), removed=len(sent.removed))  # fmt: skip
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    console.print(told.render(translate), soft_wrap=True, markup=False)


def _folder(destination: str) -> Path:
    if destination.startswith("file:///"):
        return Path(unquote(urlsplit(destination).path))
    if ":" in destination.partition("/")[0]:
        raise PortalError(
            text("{path}: is no folder of this machine; name one as /srv/www or file:///srv/www", path=destination)
        )
    return Path(destination)
