"""What a web server answers at addresses that lead on (301) or were withdrawn (410), of the release that is live.

    <OUTPUT_PATH>.releases/addresses.map    lines of an nginx map: beginning of the release's id and address, answer
    <OUTPUT_PATH>.releases/_redirects       the same in the words of static hosts: address, target, 301 or 410

Each line is of one release alone: a server that has not read the newest lines yet never contradicts what is shown, and
answers with the pages that stand at these addresses. The lines are patterns: what nginx looks up otherwise has room
for a few letters only, and a server would not start where an address is longer.

Static hosts are given what is uploaded as a whole, so that lines and pages are of one release. Files come first: at
their addresses no page can stand, and hosts take so many lines only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.portal.addresses import saved_as
from plugins.portal.files import replace_text
from plugins.portal.release_names import ADDRESSES_MAP, REDIRECTS
from plugins.releases.records import Release
from plugins.releases.showing import live_release

WITHDRAWN = "410"
NOT_THERE = "404.html"
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._/-]*")
"""What may stand there: in everything else somebody could say something else to a server."""


def write_web_server_map(releases: Path, output: Path) -> None:
    """Write the map anew where something of it has changed: who waits for a change reloads the web server.

    Whoever calls it publishes alone.
    """
    live = live_release(output)
    for name, lines in ((ADDRESSES_MAP, _lines), (REDIRECTS, _redirects)):
        written = "".join(f"{line}\n" for line in lines(live)) if live is not None else ""
        file = releases / name
        if not file.is_file() or file.read_text("utf-8", "replace") != written:
            replace_text(file, written)


def _lines(release: Release) -> Iterator[str]:
    for address, answer in _answers(release).items():
        yield f'"~^{release.short}/{address.replace(".", "[.]")}$" {answer};'


def _redirects(release: Release) -> Iterator[str]:
    """Of a withdrawn page the page itself is shown, of a file that of what is not there."""
    for address, answer in sorted(_answers(release).items(), key=lambda pair: (pair[0].endswith("/"), pair[0])):
        if answer == WITHDRAWN:
            page = saved_as(address) if address.endswith("/") else NOT_THERE
            yield f"/{address} /{page} {WITHDRAWN}!"
        else:
            yield f"/{address} {answer} 301!"


def _answers(release: Release) -> dict[str, str]:
    """By address, in order, what is answered: an address with its leading slash, or that it was withdrawn."""
    if release.record is None:
        return {}
    leads_to = {address: f"/{target}" for address, target in release.record.moved.items() if _ADDRESS.fullmatch(target)}
    answers = dict.fromkeys(release.record.withdrawn, WITHDRAWN) | leads_to
    return {address: answer for address, answer in sorted(answers.items()) if _ADDRESS.fullmatch(address)}
