"""A build in a process of its own, with processes of its own: `python -m tests.sequences.building FOLDER CONF`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.provinces import SmallProvince
from tests.sequences.desk import Desk
from tests.sequences.sequence import Way, settings_of


def main(folder: str, conf: str) -> None:
    """Build the desk in that folder, and say when it begins."""
    desk = Desk(SmallProvince(Path(folder)))
    settings = settings_of(desk, Way(conf))
    print("begins", flush=True)
    desk.province.build(conf=conf, own_processes=True, **settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
