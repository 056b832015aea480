"""A refresh of the figures as whoever started it sees it, on a console in one language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.console import Console

from plugins.dossiers.refresh import Outcome, RefreshReport
from plugins.languages import load_catalogue
from plugins.portal.dossiers import DossierStatistics, Snapshot
from plugins.portal.problems import Translate
from plugins.portal.values import VIETNAM

OUTCOMES: dict[Outcome, str] = {
    "fetched": "Fetched new figures.",
    "unchanged": "The backend has no newer figures.",
    "kept": "No new figures: {reason}. The last good ones stay.",
    "nothing": "No figures: {reason}. There are no earlier ones either.",
    "busy": "Another refresh is running: this one did nothing.",
}
STYLES: dict[Outcome, str] = {"fetched": "green", "unchanged": "green", "kept": "yellow", "nothing": "red"}


class RefreshDisplay:
    """Shows a refresh on a console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._thousands = "." if language == "vi" else ","
        self._: Translate = load_catalogue(Path(__file__).parent, language).gettext

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
        sentence = self._("As of {as_of}: {received} received, {resolved} resolved since {first_day}.").format(
            as_of=self._moment(statistics.as_of),
            received=self._number(total.received.total),
            resolved=self._number(total.resolved.total),
            first_day=f"{statistics.first_day:%d/%m/%Y}",
        )
        self._line("", sentence)
        doubts = _doubts(statistics)
        if doubts:
            sentence = self._("{number} sums of the form do not add up; they are kept with the figures.")
            self._line("yellow", sentence.format(number=self._number(doubts)))

    def _moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M}"

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", self._thousands)

    def _line(self, style: str, sentence: str) -> None:
        self._console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)


def _doubts(statistics: DossierStatistics) -> int:
    rows = [*statistics.agencies, *statistics.fields, *statistics.channels, *statistics.months]
    return sum(len(list(counts.doubts())) for counts in (statistics.total, *(row.counts for row in rows)))
