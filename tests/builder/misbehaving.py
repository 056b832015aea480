"""A Pelican plugin that does to one agency's process what `MISBEHAVIOUR` says: real signals, real hangs."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from pelican import Pelican, signals

from plugins.portal.files import replace_text
from plugins.portal.liveness import sign_of_life
from plugins.portal.site_run import site_run

VICTIM = "so-y-te"


def _eat_memory(pelican: Pelican) -> None:
    pelican.hoard = bytearray(64 * 2**30)


def _raise(_: Pelican) -> None:
    raise RuntimeError("something broke")


def _hang(pelican: Pelican) -> None:
    Path(pelican.settings["MARK"]).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(600)


def _log(_: Pelican) -> None:
    logging.getLogger("pelican").warning("Something looked odd in %s", "a file")


def _take_long(pelican: Pelican) -> None:
    """As long as a file is there; it goes on, and says so. How long by now stands in a file beside it, in seconds."""
    waiting = Path(pelican.settings["EDITED"])
    worked, begun = waiting.with_suffix(".worked"), time.monotonic()
    while waiting.exists():
        sign_of_life()
        replace_text(worked, str(time.monotonic() - begun))
        time.sleep(0.05)


def _edit(pelican: Pelican) -> None:
    page = Path(pelican.settings["EDITED"], "pages", "gioi-thieu.md")
    page.write_text(page.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")


MISBEHAVIOURS: dict[str, Callable[[Pelican], object]] = {
    "nothing": lambda _: None,
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "stuck": lambda _: time.sleep(600),
    "stuck with a mark": _hang,
    "slow": _take_long,
    "exits": lambda _: os._exit(3),
    "raises": _raise,
    "logs a warning": _log,
    "eats memory": _eat_memory,
    "is edited meanwhile": _edit,
    "file is gone again": lambda p: Path(p.settings["EDITED"], "news", "2019", "4913").unlink(),
    "writes elsewhere": lambda p: Path(p.output_path, "so-tu-phap").mkdir(),
}


def misbehave(pelican: Pelican) -> None:
    if site_run(pelican.settings).site.slug == VICTIM:
        MISBEHAVIOURS[pelican.settings["MISBEHAVIOUR"]](pelican)


def before(pelican: Pelican) -> None:
    """What somebody does while the site is compiled, and takes back before it is done."""
    run = site_run(pelican.settings)
    if pelican.settings["MISBEHAVIOUR"] == "file is gone again" and run.site.slug == VICTIM:
        Path(pelican.settings["EDITED"], "news", "2019", "4913").write_text("x")


def register() -> None:
    signals.initialized.connect(before)
    signals.finalized.connect(misbehave)
