"""Takes the snapshots that pages are compared with anew, where pages look otherwise by now: `make snapshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from plugins.serving import PortalServer
from tests.chromium import opened
from tests.demo.snapshots import KEPT, LEAST, PAGES, difference, kept, path_of, reduced, taken
from tests.filled import filled_province


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        province, _ = filled_province(Path(folder, "province"))
        with PortalServer(province.output, port=0).running() as url, opened(Path(folder, "browser")) as chrome:
            wanted = {
                path_of(kind, screen): reduced(picture)
                for kind, address in PAGES.items()
                for screen, picture in taken(chrome, url, address)
            }
    KEPT.mkdir(exist_ok=True)
    for path in set(KEPT.iterdir()) - wanted.keys():
        path.unlink()
    written = [path for path, snapshot in wanted.items() if is_to_be_written(path, snapshot)]
    for path in written:
        wanted[path].save(path, optimize=True)
    names = " ".join(sorted(path.stem for path in written))
    sys.stdout.write(f"{len(written)} of {len(wanted)} snapshots are new. {names}\n")


def is_to_be_written(path: Path, snapshot: Image.Image) -> bool:
    """Whether none is kept, or one of a page that looked otherwise; what differs in letters' edges alone stays."""
    return not path.exists() or difference(kept(path), snapshot).cells >= LEAST


if __name__ == "__main__":
    main()
