"""Loaded last in the process that the others of a build are forked from: it reads what each would read again.

That process is told of modules alone, so that what it is to read is named in its environment.
"""

from __future__ import annotations

import json
import os

from plugins.builder.workers import WARMING
from plugins.languages import load_catalogue


def _warm() -> None:
    folders, language = json.loads(os.environ.get(WARMING, '[[], ""]'))
    for folder in folders:
        try:
            load_catalogue(folder, language)
        except (OSError, ValueError):
            continue  # whoever needs it says so, in a process that has a report to say it in


_warm()
