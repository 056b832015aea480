"""`portal publish --due`: whether anything has fallen due; where nothing has, no content is read."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, text
from plugins.releases.due import DueNote, is_due, nothing_due, read_due
from plugins.releases.layout import releases_of


def something_is_due(arguments: argparse.Namespace, settings: Mapping[str, Any], console: Console) -> bool:
    """Whether something is to be published now; where nothing is, it is told when something will be.

    A build that runs is waited for: it may publish what has fallen due. Raises `PortalError` where sites are named.
    """
    if arguments.sites:
        raise PortalError(text("--due publishes whatever has fallen due; leave out the names of sites"))
    note = _note(settings)
    if is_due(note, _now(settings)):
        from plugins.builder.building import await_running_build

        await_running_build(settings)
        note = _note(settings)
    if is_due(note, _now(settings)):
        return True
    translate = load_catalogue(MESSAGES, arguments.lang or settings["DEFAULT_LANG"]).gettext
    sentence = nothing_due(note, ZoneInfo(settings["TIMEZONE"])).render(translate)
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)
    return False


def _note(settings: Mapping[str, Any]) -> DueNote | None:
    return read_due(releases_of(Path(settings["OUTPUT_PATH"])))


def _now(settings: Mapping[str, Any]) -> datetime:
    return datetime.now(ZoneInfo(settings["TIMEZONE"]))
