"""`portal dossiers refresh`: fetch the figures, and put them into the portals that show them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins.dossiers.display import RefreshDisplay
from plugins.dossiers.live import write_live
from plugins.dossiers.refresh import refresh
from plugins.dossiers.settings import backend_settings
from plugins.portal.problems import SettingsError


def refresh_dossiers(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> bool:
    """Carry out the command; True where the figures are the backend's newest, or another refresh sees to that.

    `arguments.outputs` are the portals to write to, or None for that of the settings. Raises `PortalError` where the
    command cannot run: a wrong setting, no backend, a folder that cannot be written.
    """
    backend = backend_settings(settings)
    if not backend.url:
        raise SettingsError("DOSSIER_BACKEND_URL is empty: there is no backend to ask; name one (docs/dossiers.md)")
    report = refresh(backend)
    display = RefreshDisplay(console, arguments.lang or settings["DEFAULT_LANG"])
    display.report(report)
    if report.outcome != "busy":
        for folder in arguments.outputs or [settings["OUTPUT_PATH"]]:
            display.written(write_live(report.snapshot, report, Path(folder), settings["DEFAULT_LANG"]))
    return report.outcome not in ("kept", "nothing")
