"""A process that refreshes: once and says how that went, or on and on until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from plugins.dossiers.live import write_live
from plugins.dossiers.refresh import refresh
from plugins.dossiers.settings import BackendSettings


def main() -> None:
    url, folder, how = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    settings = BackendSettings(url=url, state_path=folder / "state")
    print("ready", flush=True)
    while True:
        report = refresh(settings)
        write_live(report.snapshot, report, folder / "output")
        if how == "once":
            print(report.outcome, flush=True)
            return


if __name__ == "__main__":
    main()
