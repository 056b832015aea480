"""A Pelican plugin that has an agency's pages divided as those of a large site are, where processes are lent.

The process that writes a page of the agency leaves its number in the folder `WRITERS`. It is killed where the page is
called "Chết" and it was forked for some of the pages.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican, signals

from plugins.articles import rendered_texts
from plugins.builder import page_writing, pelican_run
from plugins.portal import division
from plugins.portal.site_run import SETTING, site_run
from plugins.search import segments
from tests.builder.misbehaving import VICTIM

FEW = 2
"""Texts, pages, documents or files that are worth a process."""


@dataclass
class _Runner:
    """The process that runs Pelican, and the folder that it was given."""

    pid: int = 0
    writers: Path = Path()


RUNNER = _Runner()


def divide_early(pelican: Pelican) -> None:
    RUNNER.pid, RUNNER.writers = os.getpid(), Path(pelican.settings["WRITERS"])
    if division.LENDER.get(None) is not None:  # else this is the process of the tests
        for module in (rendered_texts, page_writing, pelican_run, segments):
            module.SHARE = FEW  # type: ignore[attr-defined]
        division.ROUND = 1


def note_writer(_path: str, context: Mapping[str, Any]) -> None:
    if SETTING not in context or site_run(context).site.slug != VICTIM or "article" not in context:
        return
    if context["article"].title == "Chết" and os.getpid() != RUNNER.pid:
        os.kill(os.getpid(), signal.SIGKILL)
    RUNNER.writers.joinpath(str(os.getpid())).touch()


def register() -> None:
    signals.initialized.connect(divide_early)
    signals.content_written.connect(note_writer)
