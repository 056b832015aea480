"""`portal search`, `search-report` and `search-log`: search as editors try it, without a browser."""

from __future__ import annotations

import argparse
import gzip
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from plugins.builder.folders import ShownSite, shown_sites
from plugins.portal.problems import PortalError, did_you_mean, text
from plugins.portal.site_names import PROVINCE
from plugins.portal.synonyms import SynonymList
from plugins.portal.system_errors import reason
from plugins.search.kinds import SOUGHT_FIRST, IndexKind, index_named
from plugins.search.linking import linked_index, speech
from plugins.search.log import summed_up
from plugins.search.reference import Searcher
from plugins.search.report import Answer, answers, by_kind, read_suite

FOUND_WELL = 3
"""A query is missed where no wanted procedure is among so many."""


def search_portal(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """List what a query finds."""
    searcher = _searcher(settings, index_named(arguments.index), arguments.site)
    query = " ".join(arguments.query)
    if arguments.explain:
        understood = searcher.understand(query)
        for clause in understood.clauses:
            console.print(f"{clause.weight:6.2f}  {clause.term}", markup=False, highlight=False)
        for need in understood.needs:
            readings = " | ".join(" ".join(clause.term for clause in reading) for reading in need.readings)
            console.print(f"{need.share:6.2f}  [{readings}]", markup=False, highlight=False, soft_wrap=True)
    for hit in searcher.find(query, arguments.limit):
        console.print(f"{hit.score:6.2f}  {hit.card.title} · {hit.card.meta}", markup=False, soft_wrap=True)


def report_search(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Print how well the suites are answered, by kind of query, and what is missed."""
    searcher = _searcher(settings, SOUGHT_FIRST, None)
    for path in arguments.suites:
        answered = answers(read_suite(path), searcher.codes_and_titles)
        console.print(_table(path.stem, answered))
        for answer in answered if arguments.misses else ():
            if answer.rank is None or answer.rank > FOUND_WELL:
                wanted = ", ".join(answer.asked.want)
                rank = answer.rank or "-"
                line = f"{answer.asked.kind}: {answer.asked.ask} [{wanted}] at {rank}; first: {answer.first}"
                console.print(line, markup=False, highlight=False, soft_wrap=True)


def sum_up_log(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """List what people looked for and did not find, the most asked first."""
    list_missed(arguments.log, arguments.least, settings, console)


def list_missed(log: Path, least: int, settings: dict[str, Any], console: Console) -> None:
    """What was asked at the least so often, by the log of a server, and has no page that fits."""
    searcher = _searcher(settings, SOUGHT_FIRST, None)

    def best(query: str) -> tuple[str, float] | None:
        hits = searcher.find(query, limit=1)
        guessed = len(searcher.understand(query).corrections) / (len(query.split()) or 1)
        return (hits[0].card.title, hits[0].cover * (1 - guessed)) if hits else None

    try:
        with _opened(log) as lines:
            summary = summed_up(lines, best, least)
    except OSError as error:
        raise PortalError(text("{path} cannot be read: {reason}", path=log, reason=reason(error))) from error
    for missed in summary.missed:
        nearest = f" · {missed.nearest}" if missed.nearest else ""
        console.print(f"{missed.times:6}  {missed.query}{nearest}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"queries: {summary.queries}, left out as they may be of a person: {summary.left_out}")


def _opened(path: Path) -> AbstractContextManager[TextIO]:
    """The lines of a log; what is no text in it is no query either."""
    if str(path) == "-":
        return nullcontext(sys.stdin)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def _table(name: str, answered: list[Answer]) -> Table:
    table = Table(title=name)
    for heading in ("kind", "queries", "MRR", "success@1", "success@3", "success@10"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for kind, score in by_kind(answered).items():
        shares = [f"{share:.3f}" for share in (score.mrr, *score.success.values())]
        table.add_row(kind, str(score.queries), *shares)
    return table


def _searcher(settings: dict[str, Any], kind: IndexKind, site: str | None) -> Searcher:
    sites = shown_sites(settings)
    if not sites:
        raise PortalError(text("there is no portal to search yet: run portal build first"))
    if site is not None and site not in sites:
        raise PortalError(text('unknown agency "{slug}" ({hint})', slug=site, hint=did_you_mean(site, sites)))
    own: ShownSite | None = sites.get(PROVINCE)
    searched = sites if site is None else {site: sites[site]}
    index = linked_index(kind, {slug: entry.version for slug, entry in searched.items()})
    return Searcher(index, speech(own.manifest.synonyms if own else SynonymList()))
