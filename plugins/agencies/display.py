"""What a person sees of a build: its progress while it runs, and a table when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from plugins.agencies.building import BuildReport, Listener, Outcome
from plugins.agencies.building import Progress as Step
from plugins.languages import MESSAGES, load_catalogue

OUTCOMES: dict[Outcome, str] = {
    "built": "built",
    "unchanged": "unchanged",
    "kept": "last good version kept",
    "left out": "left out",
}


class BuildDisplay:
    """Shows builds on a console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._: Callable[[str], str] = load_catalogue(MESSAGES, language).gettext

    @contextmanager
    def progress(self) -> Iterator[Listener]:
        """A listener for a build: a bar on a terminal, else a line for each site."""
        if not self._console.is_terminal:
            yield lambda step: self._console.print(f"[{step.done}/{step.total}] {escape(step.slug)}", highlight=False)
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task(self._("Building the portal"), total=None)

            def show(step: Step) -> None:
                bar.update(task, completed=step.done, total=step.total, description=escape(step.slug))

            yield show

    def report(self, report: BuildReport, *, changes_only: bool = False, advice: bool = False) -> None:
        """Every problem, a table of the sites (or of those that changed or have problems), and the sums.

        With `advice` also all that should be looked at; else only how much of it there is.
        """
        for problem in report.problems:
            self._console.print(f"[red]✗[/red] {escape(problem.render(self._))}", highlight=False, soft_wrap=True)
        for problem in report.advice if advice else ():
            self._console.print(f"[yellow]?[/yellow] {escape(problem.render(self._))}", highlight=False, soft_wrap=True)
        table = Table(title=self._("The portal's sites"))
        for heading, justify in (
            ("Site", "left"),
            ("Outcome", "left"),
            ("Pages", "right"),
            ("Seconds", "right"),
            ("Problems", "right"),
        ):
            table.add_column(self._(heading), justify="right" if justify == "right" else "left")
        for site in report.sites:
            if changes_only and site.outcome == "unchanged" and not site.problems:
                continue
            table.add_row(
                site.slug,
                self._(OUTCOMES[site.outcome]),
                str(site.pages),
                f"{site.seconds:.2f}",
                str(len(site.problems)),
                style="red" if site.problems else "",
            )
        table.add_section()
        pages = sum(site.pages for site in report.sites)
        table.add_row(
            str(len(report.sites)), "", str(pages), f"{report.seconds:.2f}", str(len(report.problems)), style="bold"
        )
        self._console.print(table)
        if report.note is not None and not changes_only:
            said = self._("History of procedures: {reason}")
            self._console.print(said.format(reason=report.note.render(self._)), highlight=False, style="dim")
        if report.advice and not advice and not changes_only:
            said = self._("To be looked at again: {number} places (portal check lists them)")
            self._console.print(said.format(number=len(report.advice)), highlight=False)
        if report.release is None:
            self._console.print(self._("There is no version of the portal that can be shown yet."))
