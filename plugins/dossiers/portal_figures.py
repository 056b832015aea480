"""The figures of a portal that is built or served: fetched, put beside its pages, and kept fresh."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins.dossiers.display import RefreshDisplay
from plugins.dossiers.live import write_live
from plugins.dossiers.refresh import RefreshReport, refresh
from plugins.dossiers.settings import backend_settings
from plugins.dossiers.snapshots import last_good
from plugins.portal.problems import PortalError

ENDING_SECONDS = 1.0
"""For a look at the backend that is under way; what it writes it writes whole, so nobody has to wait for it longer."""


class PortalFigures:
    """The figures of a portal that is built: a dead or lying backend delays the build, and no more."""

    def __init__(
        self, settings: dict[str, Any], console: Console, language: str | None, say: Callable[[PortalError], None]
    ) -> None:
        """Raises `SettingsError` for a setting of dossiers that cannot be meant."""
        self._backend = backend_settings(settings)
        self._output = Path(settings["OUTPUT_PATH"])
        self._language: str = settings["DEFAULT_LANG"]
        self._display = RefreshDisplay(console, language or settings["DEFAULT_LANG"])
        self._say = say
        self._report: RefreshReport | None = None
        self._told: tuple[bool, object] | None = None

    @property
    def look_up_url(self) -> str:
        return self._backend.lookup_url

    def fetch(self) -> None:
        """Ask the backend, if there is one; what happened is told where it is not what happened before."""
        if not self._backend.url:
            return
        try:
            self._report = report = refresh(self._backend)
        except PortalError as error:
            self._tell(error, False, str(error))
            return
        if report.outcome != "busy":
            self._tell(report, report.outcome in ("fetched", "unchanged"), report.reason)

    def write(self) -> None:
        """Put the figures into the portal that is shown: a release may bring back those of its own day."""
        if self._report is None or not self._output.is_dir():
            return
        try:
            write_live(last_good(self._backend.state_path), self._report, self._output, self._language)
        except PortalError as error:
            self._tell(error, False, str(error))

    @contextmanager
    def kept_fresh(self, seconds: float) -> Iterator[None]:
        """Fetch and write every so many seconds while the block runs."""
        ended = threading.Event()

        def go_on() -> None:
            while not ended.wait(seconds):
                self.fetch()
                self.write()

        thread = threading.Thread(target=go_on, name="portal-figures", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(ENDING_SECONDS)

    def _tell(self, what: RefreshReport | PortalError, good: bool, reason: object) -> None:
        if self._told == (good, reason):
            return
        self._told = (good, reason)
        if isinstance(what, PortalError):
            self._say(what)
        else:
            self._display.report(what)
