"""Where tests send what is live: a folder, a host behind a stand-in of ssh, and a storage of fsspec's, on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from fsspec.implementations.local import LocalFileSystem

from plugins.releases.destination_folder import FolderDestination
from plugins.releases.destination_host import HostDestination
from plugins.releases.destination_storage import StorageDestination
from plugins.releases.destinations import Destination
from plugins.releases.layout import SENT
from plugins.releases.records import named_release
from plugins.releases.sending import Sent, send
from tests.releases.hand_made import HandMade

KINDS = ("folder", "host", "storage")
STAND_IN = """\
#!/bin/sh
# Takes ssh's place: leaves out the options and the host, and runs what rsync would run there.
while [ "${1#-}" != "$1" ]; do shift; done
shift
echo "$*" >> "$0.log"
[ "$(wc -l < "$0.log")" != "$PORTAL_TEST_FAILS" ] || { echo "ssh: connect to host www: refused" >&2; exit 255; }
exec "$@"
"""


def ssh_stand_in(folder: Path) -> Path:
    """A program for RSYNC_RSH; with PORTAL_TEST_FAILS=N its call N fails. It notes calls beside itself, in `.log`."""
    program = folder / "ssh-stand-in"
    program.write_text(STAND_IN, encoding="utf-8")
    program.chmod(0o755)
    return program


def destination_at(kind: str, folder: Path) -> Destination:
    """A destination of that kind, whose files lie in the folder."""
    if kind == "storage":
        return StorageDestination(f"local://{folder}", LocalFileSystem(auto_mkdir=True), str(folder))
    return FolderDestination(folder) if kind == "folder" else HostDestination.of(f"www.example.vn:{folder}")


def send_live(portal: HandMade, destination: Destination, adopt: bool = False) -> Sent:
    return send(named_release(portal.releases, portal.live), destination, adopt)


def files(folder: Path) -> dict[str, bytes]:
    """Every file, by path, also below folders that are links."""
    walked = (Path(top, name) for top, _, names in os.walk(folder, followlinks=True) for name in names)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in walked}


def notes(portal: HandMade) -> Path:
    """Where it is noted what was sent."""
    return portal.releases / SENT
