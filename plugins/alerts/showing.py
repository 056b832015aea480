"""Notices where browsers find them: `live/alert.json` of a portal that is shown, whole at any moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from plugins.portal.addresses import LIVE_ALERTS
from plugins.portal.alerts import Alert, live_alerts
from plugins.portal.files import replace_durably
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason


class LiveAlertError(PortalError):
    """The file for browsers cannot be written."""


def check_portal(folder: Path) -> None:
    """Raise `LiveAlertError` where there is no portal: made here, a folder would be in the way of the next build."""
    if not folder.is_dir():
        raise LiveAlertError(
            text("{folder}: there is no portal; build it first, or name another folder with --output", folder=folder)
        )


def show_alerts(folder: Path, alerts: Sequence[Alert], language: str, translate: Callable[[str], str]) -> Path:
    """Write the file below a portal's output; one that says the same already stays. Raises `LiveAlertError`."""
    check_portal(folder)
    path, content = folder / LIVE_ALERTS, live_alerts(alerts, language, translate)
    try:
        if path.is_file() and path.read_bytes() == content:
            return path
        if not path.parent.is_dir():
            path.parent.mkdir()
            path.parent.chmod(0o755)  # the web server is another user
        replace_durably(path, content, 0o644)
    except OSError as error:
        raise LiveAlertError(
            text("{path}: cannot be written: {reason}; check its rights and the disk", path=path, reason=reason(error))
        ) from error
    return path
