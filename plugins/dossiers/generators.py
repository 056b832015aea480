"""Writes the pages of statistics from the last good figures; nothing here asks the network or the clock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.dossiers import downloads, live
from plugins.dossiers.figures import identities_for_browsers
from plugins.dossiers.history import HistoryPoint, daily_trend
from plugins.dossiers.settings import backend_settings
from plugins.dossiers.snapshots import last_good
from plugins.dossiers.views import Names, agency_table, period_views, statistics_view
from plugins.portal import addresses
from plugins.portal.answers import AnswerFrame
from plugins.portal.province import Province
from plugins.portal.site_run import site_run


class StatisticsGenerator(Generator):  # type: ignore[misc]  # Pelican is not typed
    """Puts the figures into the pages about all sites, and writes each agency's."""

    def generate_context(self) -> None:
        run = site_run(self.settings)
        settings = backend_settings(self.settings)
        self._language = self.settings["DEFAULT_LANG"]
        names = Names(run.linked.agencies, run.shared.fields)
        state = Path(self.settings["DOSSIER_STATE_PATH"])  # the copy that the build took, not where others write
        self.snapshot = last_good(state)
        self.view = statistics_view(self.snapshot, _history(state), names, self._language) if self.snapshot else None
        self.context["dossiers"] = self.view
        self.context["published_periods"] = period_views(run.linked.own.dossier_figures, self._language)
        self.context["identities"] = identities_for_browsers()
        self.context["stale_after"] = settings.stale_after
        self.context["lookup_url"] = settings.lookup_url
        self.context["lookup_example"] = settings.lookup_example
        self.context["national_portal_url"] = national_portal(run.shared.province)

    def generate_output(self, writer: Writer) -> None:
        neighbours = site_run(self.settings).linked
        template = self.get_template("agency_statistics")
        for card in neighbours.agencies:
            url = addresses.statistics_of(card.slug)
            table = agency_table(self.snapshot.statistics, card, self._language) if self.snapshot else None
            writer.write_file(addresses.saved_as(url), template, self.context, url=url, card=card, table=table)
        periods = neighbours.own.dossier_figures
        self._write(downloads.TABLE, downloads.table_text(self.snapshot, periods, self._language))
        self._write(downloads.DOCUMENT, downloads.document_text(self.snapshot, periods, self._language))
        frame = AnswerFrame.of(site_run(self.settings).shared.province, self._language)
        items = downloads.statistics_items(self.snapshot, periods, self._language)
        for address, text in frame.list_texts(downloads.STATISTICS, items):
            self._write(address, text)
        self._write(live.ADDRESS, live.built_bytes(self.snapshot, self.context["stale_after"], self._language))

    def _write(self, address: str, content: str | bytes) -> None:
        path = Path(self.output_path, address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def national_portal(province: Province) -> str | None:
    """The home of the portal that the province names for procedures: dossiers can be looked up there too."""
    if province.national_procedure_url is None:
        return None
    parts = urlsplit(province.national_procedure_url)
    return f"{parts.scheme}://{parts.netloc}/"


def _history(state: Path) -> Sequence[HistoryPoint]:
    try:
        return daily_trend(state)
    except OSError:
        return ()  # the figures themselves can be shown without their past
