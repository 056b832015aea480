"""A Pelican plugin that does to one agency's process what `MISBEHAVIOUR` says: real signals, real hangs."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from pelican import Pelican, signals

from plugins.portal.site_run import site_run

VICTIM = "so-y-te"


def misbehave(pelican: Pelican) -> None:
    if site_run(pelican.settings).site.slug != VICTIM:
        return
    match pelican.settings["MISBEHAVIOUR"]:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stuck":
            time.sleep(600)
        case "exits":
            os._exit(3)
        case "raises":
            raise RuntimeError("something broke")
        case "eats memory":
            pelican.hoard = bytearray(64 * 2**30)
        case "is edited meanwhile":
            page = site_run(pelican.settings).site.folder / "pages" / "gioi-thieu.md"
            page.write_text(page.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
        case "writes elsewhere":
            (Path(pelican.output_path) / "so-tu-phap").mkdir()


def register() -> None:
    signals.finalized.connect(misbehave)
