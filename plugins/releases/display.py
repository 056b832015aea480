"""What a person reads of releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Text, text
from plugins.portal.release_names import SHORT
from plugins.releases.listing import ListedRelease, ReleaseList
from plugins.releases.records import Release
from plugins.releases.status import Status
from plugins.releases.verifying import Difference, Kind, Verified

DIFFERENCES: dict[Kind, Text] = {
    "missing": text("missing"),
    "added": text("added"),
    "altered": text("altered"),
    "elsewhere": text("leads elsewhere"),
    "unreadable": text("cannot be read"),
    "list": text("its list of files is missing, or another than the release's"),
}
FEW_SITES = 6
"""Sites that a row of the list names."""


class ReleaseDisplay:
    """Shows releases on a console in one language; moments are those of a zone."""

    def __init__(self, console: Console, language: str, zone: tzinfo) -> None:
        self._console = console
        self._translate = load_catalogue(MESSAGES, language).gettext
        self._zone = zone

    def listed(self, releases: ReleaseList) -> None:
        """A row for each release, what is held, and what does not belong there."""
        table = Table(title=self._said_as(text("Releases, the newest first")))
        headings = (
            text("Release"), text("When"), text("Commit"), text("Changed"), text("In quarantine"), text("State"),
        )  # fmt: skip
        widths = (SHORT, len("2019-09-24"), SHORT)  # ids are copied, and a day is cut nowhere
        for number, heading in enumerate(headings):
            width = widths[number] if number < len(widths) else None
            table.add_column(self._said_as(heading), no_wrap=width == SHORT, min_width=width)
        for row in releases.rows:
            table.add_row(*(escape(cell) for cell in self._cells(row)), style="bold" if row.live else "")
        self._console.print(table)
        if releases.held is not None:
            self._print(
                text("Release {id} is held since {moment}: what is built does not go live until portal release.",
                     id=releases.held.short, moment=self._moment(releases.held.since)),
            )  # fmt: skip
        if releases.due is not None and releases.due.next is not None:
            self._print(text("Next change by itself: {moment}.", moment=self._moment(releases.due.next)))
        for name in releases.foreign:
            self._print(text("{name}: is none of ours; it is neither shown nor removed", name=name))

    def _cells(self, row: ListedRelease) -> Sequence[str]:
        record = row.release.record
        if record is None:
            return (row.release.short, "?", "?", "?", "?", self._state(row, text("its record cannot be read")))
        quarantined = [site.site for site in record.quarantined]
        return (
            row.release.short,
            self._moment(record.published),
            record.commit[:SHORT] or "-",
            _sites(row.changed),
            _sites(quarantined),
            self._state(row, None if row.release.is_whole else text("not whole")),
        )

    def _state(self, row: ListedRelease, fault: Text | None) -> str:
        states = [text("live")] if row.live else []
        states += [text("held")] if row.held else []
        return ", ".join(self._said_as(state) for state in [*states, *([fault] if fault else [])])

    def gone_back(self, release: Release) -> None:
        self._print(
            text(
                "Release {id} is live and held: what is built does not go live until portal release.", id=release.short
            )
        )

    def let_go(self, release: Release) -> None:
        self._print(text("Release {id} is live, and so will be what is built from now on.", id=release.short))

    def verified(self, release: Release, verified: Verified, signer: str) -> None:
        for difference in verified.differences:
            self._print(_difference(difference), style="red")
        numbers = {"id": release.short, "files": verified.files, "number": len(verified.differences)}
        if verified.differences:
            self._print(text("Release {id}: {number} differences from its record of {files} files", **numbers))
        else:
            self._print(text("Release {id}: all {files} files are as its record says.", **numbers))
        if signer:
            self._print(text("The record is signed by {signer}.", signer=signer))

    def status(self, status: Status) -> None:
        first, *others = status.sentences
        self._print(first, style="green" if status.answer == "live" else "red")
        if status.since is not None:
            self._print(text("Since {moment}, at the latest.", moment=self._moment(status.since)))
        for sentence in others:
            self._print(sentence)

    def _moment(self, moment: datetime | None) -> str:
        return moment.astimezone(self._zone).strftime("%Y-%m-%d %H:%M:%S") if moment else "?"

    def _said_as(self, sentence: Text) -> str:
        """A sentence, without what a terminal might obey."""
        written = sentence.render(self._translate)
        return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in written)

    def _print(self, sentence: Text, style: str = "") -> None:
        self._console.print(self._said_as(sentence), style=style, markup=False, highlight=False, soft_wrap=True)


def _difference(difference: Difference) -> Text:
    return Text(msgid="{path}: {what}", params={"path": difference.path, "what": DIFFERENCES[difference.kind]})


def _sites(names: Sequence[str]) -> str:
    listed = ", ".join(names[:FEW_SITES]) or "-"
    return f"{listed}, …" if len(names) > FEW_SITES else listed
