"""A Pelican plugin that tells what the process of a site's run has loaded when the run is over."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pelican import Pelican, signals

from plugins.portal.site_run import site_run


def tell(pelican: Pelican) -> None:
    run = site_run(pelican.settings)
    files = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
    told = Path(pelican.settings["TOLD_TO"]) / f"{run.kind}-{run.site.slug}.json"
    told.write_text(json.dumps(files), encoding="utf-8")


def register() -> None:
    signals.finalized.connect(tell)
