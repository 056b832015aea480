"""`portal sync`, and `portal publish --to`."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.releases.destinations import Destination
from plugins.releases.locking import publishing_alone
from plugins.releases.pins import read_pin
from plugins.releases.publication import Address
from plugins.releases.sending import send
from plugins.releases.showing import known_live_release


def send_live(
    destination: Destination, settings: dict[str, Any], console: Console, language: str | None, adopt: bool = False
) -> None:
    """Send what is live. Raises `PortalError` where that cannot be: what is live here stays."""
    address = Address.of(settings)
    try:
        known_live_release(address.output)
        with publishing_alone(address.releases):
            release, held = known_live_release(address.output), read_pin(address.releases)
            sent = send(release, destination, adopt)
    except OSError as error:
        path = error.filename2 or error.filename or destination.name
        raise PortalError(
            text("{path}: cannot be written: {reason}; what was sent stays, and the next portal sync completes it",
                 path=path, reason=reason(error))
        ) from error  # fmt: skip
    told = [text("{path}: {written} files sent, {removed} removed",
                 path=destination.name, written=len(sent.written), removed=len(sent.removed))]  # fmt: skip
    if held is not None:
        told.append(
            text("Release {held} is held since a rollback, and that is what was sent: portal release shows the newest.",
                 held=release.short)
        )  # fmt: skip
    translate = load_catalogue(MESSAGES, language or settings["DEFAULT_LANG"]).gettext
    for sentence in told:
        console.print(sentence.render(translate), soft_wrap=True, markup=False, highlight=False)
