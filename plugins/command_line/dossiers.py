"""What a person sees of `portal dossiers refresh`: what came, or why nothing did and what is shown instead."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from plugins import dossiers
from plugins.dossiers.live import write_live
from plugins.dossiers.period import VIETNAM
from plugins.dossiers.refresh import Outcome, RefreshReport, refresh
from plugins.dossiers.settings import backend_settings
from plugins.languages import load_catalogue
from plugins.portal.dossiers import DossierStatistics, Snapshot
from plugins.portal.problems import SettingsError, Translate

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
