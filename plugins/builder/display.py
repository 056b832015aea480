"""What a person sees of a build: its progress while it runs, and a table when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from plugins.builder.reports import BuildProfile, BuildReport, Listener, Outcome
from plugins.builder.reports import Progress as Step
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Problem
from plugins.portal.stages import BuildStage, SiteStage

MOST_OF_A_SITE = 50
"""Problems of one site that are listed where there are others."""

OUTCOMES: dict[Outcome, str] = {
    "built": "built",
    "unchanged": "unchanged",
    "kept": "last good version kept",
    "left out": "left out",
}


STAGES: dict[SiteStage | BuildStage, str] = {
    "sources": "sources",
    "plan": "plan",
    "compile": "compile",
    "link": "link",
    "catalogue and search": "catalogue and search",
    "release": "release",
    "read": "read",
    "pictures": "pictures",
    "render": "render",
    "search": "search",
    "compress": "compress",
    "write": "write",
}
SITE_STAGES: tuple[SiteStage, ...] = ("read", "pictures", "render", "search", "compress", "write")


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

    def _list(self, sign: str, slug: str, problems: Sequence[Problem], most: int | None) -> None:
        """The problems of one site, at most so many: others' must not drown in them."""
        for problem in problems[:most]:
            self._console.print(f"{sign} {escape(problem.render(self._))}", highlight=False, soft_wrap=True)
        if most is not None and len(problems) > most:
            more = self._("{number} more of {site}; all of them: portal check {site}")
            written = more.format(number=len(problems) - most, site=slug)
            self._console.print(f"{sign} … {escape(written)}", highlight=False, soft_wrap=True)

    def report(self, report: BuildReport, *, changes_only: bool = False, advice: bool = False) -> None:
        """Every problem, a table of the sites (or of those that changed or have problems), and the sums.

        With `advice` also all that should be looked at; else only how much of it there is. What nobody sees on a
        terminal, as who pushes, or reads a log, has no row for what is as it was.
        """
        most = None if len(report.sites) == 1 else MOST_OF_A_SITE
        for site in report.sites:
            self._list("[red]✗[/red]", site.slug, site.problems, most)
        for site in report.sites if advice else ():
            self._list("[yellow]?[/yellow]", site.slug, site.advice, most)
        table = Table(title=self._("The portal's sites"))
        for heading, justify in (
            ("Site", "left"),
            ("Outcome", "left"),
            ("Pages", "right"),
            ("Seconds", "right"),
            ("Problems", "right"),
        ):
            table.add_column(self._(heading), justify="right" if justify == "right" else "left")
        changed_rows = changes_only or not self._console.is_terminal
        for site in report.sites:
            if changed_rows and site.outcome == "unchanged" and not site.problems:
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
        self._tell_besides(report, briefly=changes_only, advice=advice)

    def _tell_besides(self, report: BuildReport, *, briefly: bool, advice: bool) -> None:
        """What is no row of the table."""
        if report.commit:
            sentence = self._("Built from commit {commit}; what is edited and not committed is not in it.")
            self._console.print(sentence.format(commit=report.commit[:12]), highlight=False)
        if report.note is not None and not briefly:
            sentence = self._("History of procedures: {reason}")
            self._console.print(sentence.format(reason=report.note.render(self._)), highlight=False, style="dim")
        if report.advice and not advice and not briefly:
            sentence = self._("To be looked at again: {number} places (portal check lists them)")
            self._console.print(sentence.format(number=len(report.advice)), highlight=False)
        for told in report.notes:
            self._console.print(escape(told.render(self._)), highlight=False, soft_wrap=True, style="yellow")
        for note in report.of_release if not briefly else ():
            self._console.print(escape(note.render(self._)), highlight=False, soft_wrap=True, style="dim")
        if report.held is not None:
            self._console.print(escape(report.held.render(self._)), highlight=False, soft_wrap=True, style="yellow")
        if report.release is None:
            stays = any(site.outcome == "kept" for site in report.sites)
            self._console.print(
                self._("Nothing was published; what was shown before stays.")
                if stays
                else self._("There is no version of the portal that can be shown yet.")
            )

    def profile(self, profile: BuildProfile, seconds: float, console: Console) -> None:
        """Where the time went: a table of the build's stages, and one of the processes, the longest first.

        The build waits for processes, which run beside each other: the second table does not add up to the first.
        """
        build = Table(title=self._("Where the time of the build went, in seconds"))
        named = [(self._(name), profile.stages[key]) for key, name in STAGES.items() if key in profile.stages]
        columns = [*named, (self._("the rest"), seconds - sum(profile.stages.values())), (self._("in all"), seconds)]
        for heading, _ in columns:
            build.add_column(heading, justify="right")
        build.add_row(*(f"{taken:.2f}" for _, taken in columns))
        console.print(build)
        if not profile.tasks:
            return
        tasks = Table(title=self._("Where the time of its processes went, in seconds"))
        tasks.add_column(self._("Site"))
        for heading in (*(STAGES[stage] for stage in SITE_STAGES), "the rest", "in all"):
            tasks.add_column(self._(heading), justify="right")
        for task in sorted(profile.tasks, key=lambda task: -task.seconds):
            taken = [task.stages.get(stage, 0.0) for stage in SITE_STAGES]
            row = (*taken, task.seconds - sum(taken), task.seconds)
            tasks.add_row(escape(task.name), *(f"{value:.2f}" for value in row))
        console.print(tasks)
