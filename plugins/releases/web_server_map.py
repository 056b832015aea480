"""What a web server answers at addresses that lead on (301) or were withdrawn (410), of the release that is live.

    <OUTPUT_PATH>.releases/addresses.map    lines of an nginx map: beginning of the release's id and address, answer

Each line is of one release alone: a server that has not read the newest lines yet never contradicts what is shown, and
answers with the pages that stand at these addresses. The lines are patterns: what nginx looks up otherwise has room
for a few letters only, and a server would not start where an address is longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plugins.portal.files import replace_text
from plugins.portal.release_names import ADDRESSES_MAP
from plugins.releases.records import Release
from plugins.releases.showing import live_release

WITHDRAWN = "410"
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._/-]*")
"""What may stand there: in everything else somebody could say something else to a server."""


def write_web_server_map(releases: Path, output: Path) -> None:
    """Write the map anew where something of it has changed: who waits for a change reloads the web server.

    Whoever calls it publishes alone.
    """
    live = live_release(output)
    lines = "".join(f"{line}\n" for line in _lines(live)) if live is not None else ""
    file = releases / ADDRESSES_MAP
    if not file.is_file() or file.read_text("utf-8", "replace") != lines:
        replace_text(file, lines)


def _lines(release: Release) -> Iterator[str]:
    if release.record is None:
        return
    leads_to = {address: f"/{target}" for address, target in release.record.moved.items() if _ADDRESS.fullmatch(target)}
    answers = dict.fromkeys(release.record.withdrawn, WITHDRAWN) | leads_to
    for address, answer in sorted(answers.items()):
        if _ADDRESS.fullmatch(address):
            yield f'"~^{release.short}/{address.replace(".", "[.]")}$" {answer};'
