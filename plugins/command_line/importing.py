"""What a person sees of `portal import procedures`: its progress, every doubt and change, and the sums."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from plugins import importing
from plugins.importing import ImportPlan, ImportStopped, ImportSummary, Taken, carry_out, plan_import
from plugins.importing.folders import FIELDS_FILE
from plugins.importing.merging import ChangeKind
from plugins.importing.national import DoubtKind
from plugins.importing.planning import Progress, Stage
from plugins.importing.sources import NOTICES
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, Translate

STAGES: dict[Stage, str] = {
    "reading": "Reading records",
    "planning": "Comparing with the content",
    "writing": "Writing files",
}
CHANGES: dict[ChangeKind, str] = {
    "added": 'added: "{new}"',
    "updated": '"{old}" -> "{new}"',
    "overwritten": 'an editor\'s "{old}" was replaced by "{new}"',
    "conflict": 'kept "{old}", which an editor wrote; the import says "{new}" (--overwrite takes it)',
}
ABSENT = 'the file does not have it; the import says "{new}" (--overwrite takes it)'
DOUBT_NAMES: dict[DoubtKind, str] = {
    "unknown_level": "level not known",
    "unknown_audience": "audience not known",
    "unknown_kind": "kind of procedure not known",
    "unknown_unit": "time without a unit",
    "unknown_channel": "way to file not known",
    "unknown_status": "status not known",
    "unknown_value": "value not understood",
    "channel_assumed": "no way to file given",
    "fee_in_thousands": "fee very small",
    "fee_as_text": "fee kept as text",
    "free_but_fee_named": "free, but an amount in the note",
    "time_as_text": "time kept as text",
    "text_cut": "text too long, cut",
    "text_cut_at_source": "text perhaps cut by the source",
    "unparsed_rest": "rest of a table kept as text",
    "unparsed_table": "table kept as text",
    "code_from_number": "code written as a number",
    "code_in_name": "code taken out of the name",
    "text_of_another": "text perhaps another procedure's",
    "code_of_another": "another procedure's code in the text",
    "same_steps": "the same steps under two names",
    "bad_date": "day not understood",
    "bad_address": "web address not understood",
    "related_unknown": "related procedure not in the portal",
    "further_field": "more than one field of administration",
    "control_characters": "control characters left out",
    "no_longer_given": "no longer given by the source",
}


def import_procedures(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> bool:
    """Carry out the command; True where all was taken as it came."""
    display = ImportDisplay(console, arguments.lang or settings["DEFAULT_LANG"])
    files = [Path(name) for name in arguments.files]
    try:
        with display.progress() as progress:
            plan = plan_import(
                Path(settings["PATH"]), files, arguments.into, overwrite=arguments.overwrite, progress=progress
            )
        display.findings(plan)
        if arguments.dry_run:
            summary = plan.summary()
        else:
            with display.progress() as progress:
                summary = carry_out(plan, progress)
    except ImportStopped as error:
        raise PortalError(display.rendered(error)) from error
    display.sums(plan, summary, dry_run=arguments.dry_run)
    return summary.complete


class ImportDisplay:
    """Shows an import on a console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._: Translate = _translation(language)

    def rendered(self, error: ImportStopped) -> str:
        """Why an import cannot run."""
        return error.message.render(self._)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """What an import tells how far it is: a bar on a terminal, else nothing."""
        if not self._console.is_terminal:
            yield lambda stage, done, total: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=self._console, transient=True) as bar:
            tasks = {stage: bar.add_task(self._(label), total=None, visible=False) for stage, label in STAGES.items()}
            yield lambda stage, done, total: bar.update(tasks[stage], completed=done, total=total, visible=True)

    def findings(self, plan: ImportPlan) -> None:
        """Every notice, refusal, doubt and change, each with its place."""
        for notice in plan.notices:
            sentence = self._(NOTICES[notice.kind]).format(names=", ".join(notice.names))
            self._line("yellow", f"{notice.file}:{notice.line}: {sentence}")
        for refused in plan.refused:
            code = f"{refused.code}: " if refused.code else ""
            verdict, reason = self._("refused"), refused.reason.render(self._)
            self._line("red", f"{refused.file}:{refused.line}: {code}{verdict}: {reason}")
        for record, first in plan.duplicates:
            sentence = self._("says the same as {place}: taken once").format(place=f"{first.file}:{first.line}")
            self._line("dim", f"{record.file}:{record.line}: {sentence}")
        for taken in plan.taken:
            self._taken(taken)
        for name in plan.fields:
            added = self._("new field of administration: {name}").format(name=name)
            self._line("yellow", f"{plan.content.path_of(FIELDS_FILE)}: {added}")

    def _taken(self, taken: Taken) -> None:
        for doubt in taken.doubts:
            sentence = doubt.message.render(self._)
            self._line("yellow", f"{taken.file}:{taken.line}: {taken.code} {doubt.field}: {sentence}")
        for change in taken.changes:
            location = taken.path if change.line is None else f"{taken.path}:{change.line}"
            absent = change.kind == "conflict" and not change.old
            sentence = self._(ABSENT if absent else CHANGES[change.kind]).format(old=change.old, new=change.new)
            self._line("red" if change.kind == "conflict" else "green", f"{location}: {change.field}: {sentence}")

    def _line(self, style: str, sentence: str) -> None:
        self._console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)

    def sums(self, plan: ImportPlan, summary: ImportSummary, *, dry_run: bool) -> None:
        """What was taken, what was doubtful and what was refused, in numbers."""
        table = Table(title=self._("Import of procedures"), show_header=False)
        table.add_column()
        table.add_column(justify="right")
        for label, number in self._rows(summary):
            table.add_row(label, str(number))
        self._console.print(table)
        if dry_run:
            outlook = self._("Nothing was written (--dry-run); {number} files would be.").format(
                number=len(plan.writes)
            )
            self._line("bold", outlook)

    def _rows(self, summary: ImportSummary) -> Iterator[tuple[str, int]]:
        yield self._("Records read"), summary.read
        yield self._("Taken without a doubt"), summary.fully
        yield self._("Taken with doubts"), summary.doubtful
        for kind, number in summary.doubts.items():
            yield f"  {self._(DOUBT_NAMES[kind])}", number
        yield self._("Said twice"), summary.duplicates
        yield self._("Refused"), summary.refused
        yield self._("New procedures"), summary.new
        yield self._("Updated procedures"), summary.updated
        yield self._("Unchanged procedures"), summary.unchanged
        yield self._("Fields kept as an editor wrote them"), summary.conflicts
        yield self._("Fields of an editor replaced"), summary.overwritten
        yield self._("Files written"), summary.written


def _translation(language: str) -> Callable[[str], str]:
    """The import's own words, and those of the checks that it passes on."""
    own = load_catalogue(Path(importing.__file__).parent, language)
    checks = load_catalogue(MESSAGES, language)

    def translate(msgid: str) -> str:
        translation = own.gettext(msgid)
        return translation if translation != msgid else checks.gettext(msgid)

    return translate
