"""Fetching figures for a portal, by `portal dossiers refresh` or with a build, and what a person sees of it."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins import dossiers
from plugins.dossiers.live import write_live
from plugins.dossiers.period import VIETNAM
from plugins.dossiers.refresh import Outcome, RefreshReport, refresh
from plugins.dossiers.settings import backend_settings
from plugins.dossiers.snapshots import last_good
from plugins.languages import load_catalogue
from plugins.portal.dossiers import DossierStatistics, Snapshot
from plugins.portal.problems import PortalError, SettingsError, Translate

ENDING_SECONDS = 1.0
"""For a look at the backend that is under way; what it writes it writes whole, so nobody has to wait for it longer."""
OUTCOMES: dict[Outcome, str] = {
    "fetched": "Fetched new figures.",
    "unchanged": "The backend has no newer figures.",
    "kept": "No new figures: {reason}. The last good ones stay.",
    "nothing": "No figures: {reason}. There are no earlier ones either.",
    "busy": "Another refresh is running: this one did nothing.",
}
STYLES: dict[Outcome, str] = {"fetched": "green", "unchanged": "green", "kept": "yellow", "nothing": "red"}


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
            display.written(write_live(report.snapshot, report, Path(folder)))
    return report.outcome not in ("kept", "nothing")


class PortalFigures:
    """The figures of a portal that is built: a dead or lying backend delays the build, and no more."""

    def __init__(
        self, settings: dict[str, Any], console: Console, language: str | None, say: Callable[[PortalError], None]
    ) -> None:
        """Raises `SettingsError` for a setting of dossiers that cannot be meant."""
        self._backend = backend_settings(settings)
        self._output = Path(settings["OUTPUT_PATH"])
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
            write_live(last_good(self._backend.state_path), self._report, self._output)
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


class RefreshDisplay:
    """Shows a refresh on a console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._thousands = "." if language == "vi" else ","
        self._: Translate = load_catalogue(Path(dossiers.__file__).parent, language).gettext

    def report(self, report: RefreshReport) -> None:
        """What happened, and which figures are shown from now on."""
        for notice in report.notices:
            self._line("yellow", notice.render(self._))
        reason = report.message.render(self._) if report.message else ""
        self._line(STYLES.get(report.outcome, "dim"), self._(OUTCOMES[report.outcome]).format(reason=reason))
        if report.snapshot:
            self._figures(report.snapshot)
            if report.stale:
                since = self._moment(report.snapshot.statistics.as_of)
                self._line("yellow", self._("Not updated since {since}.").format(since=since))

    def written(self, path: Path) -> None:
        self._line("dim", self._("Written: {path}").format(path=path))

    def _figures(self, snapshot: Snapshot) -> None:
        statistics = snapshot.statistics
        total = statistics.total
        said = self._("As of {as_of}: {received} received, {resolved} resolved since {first_day}.").format(
            as_of=self._moment(statistics.as_of),
            received=self._number(total.received.total),
            resolved=self._number(total.resolved.total),
            first_day=f"{statistics.first_day:%d/%m/%Y}",
        )
        self._line("", said)
        doubts = _doubts(statistics)
        if doubts:
            said = self._("{number} sums of the form do not add up; they are kept with the figures.")
            self._line("yellow", said.format(number=self._number(doubts)))

    def _moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", self._thousands)

    def _line(self, style: str, said: str) -> None:
        self._console.print(said, style=style, markup=False, highlight=False, soft_wrap=True)


def _doubts(statistics: DossierStatistics) -> int:
    rows = [*statistics.agencies, *statistics.fields, *statistics.channels, *statistics.months]
    return sum(len(list(counts.doubts())) for counts in (statistics.total, *(row.counts for row in rows)))
