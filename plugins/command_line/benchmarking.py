"""`portal bench search`: what the search of a built portal costs its visitors, beside Pagefind."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plugins.benchmarks.documents import BuiltPortal
from plugins.benchmarks.queries import DEFAULT_QUERIES, QueryPair
from plugins.benchmarks.summary import Row, Session, Step, Traffic, cold_rows, mean_of_pages, second_rows, times
from plugins.benchmarks.tools import found_tools
from plugins.portal.problems import PortalError

KILOBYTE = 1000
STEPS: dict[Step, str] = {"query": "the query alone", "shown": "until results are shown"}


def bench_search(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Measure and print tables; nothing is written."""
    queries = _queries(arguments.query, arguments.second)
    portal = BuiltPortal.read(Path(settings["OUTPUT_PATH"]), arguments.kind)
    tools = found_tools()
    # Selenium is there, as the tools were found; the other commands do without it.
    from plugins.benchmarks.measuring import benchmark

    with console.status("") as status:
        found = benchmark(portal, queries, tools, lambda doing: status.update(escape(doing)))
    beside = f"Pagefind {tools.pagefind_version} beside it; KB are 1000 bytes, brotli"
    console.print(f"{portal.output}: {len(portal.pages)} pages in both; {beside}", markup=False, soft_wrap=True)
    console.print(_table("cold query: nothing in the browser's cache", cold_rows(found.portal, found.pagefind)))
    console.print(_table("second query on the same page", second_rows(found.portal, found.pagefind)))
    console.print(_times(found.portal))
    page = mean_of_pages(found.portal)
    console.print(f"The portal's page itself (HTML, style, icon): {_kilobytes(page)} KB, {page.requests:.0f} requests")


def _queries(cold: str | None, second: str | None) -> Sequence[QueryPair]:
    if cold is None and second is None:
        return DEFAULT_QUERIES
    if not cold or not second:
        raise PortalError("a cold query and a second one are needed: use --query and --second together")
    return [QueryPair(cold, second)]


def _table(title: str, rows: list[Row]) -> Table:
    table = Table(title=title)
    table.add_column("query")
    for heading in ("found", "KB", "requests", "Pagefind found", "KB", "requests", "Pagefind/ours"):
        table.add_column(heading, justify="right")
    for row in rows:
        ours, other = (str(shown) for shown in row.shown) if row.shown else ("", "")
        ratio = f"{row.ratio:.1f}x" if row.ratio is not None else "-"
        table.add_row(escape(row.name), ours, *_traffic(row.ours), other, *_traffic(row.other), ratio)
    return table


def _times(sessions: Sequence[Session]) -> Table:
    table = Table(title="milliseconds of the portal's second query when all is loaded")
    table.add_column("step")
    for heading in ("processor", "median", "worst query's median", "slowest once"):
        table.add_column(heading, justify="right")
    for entry in times(sessions):
        figures = (f"{figure:.1f}" for figure in (entry.median, entry.worst_query, entry.slowest))
        table.add_row(STEPS[entry.step], f"1/{entry.slowdown}", *figures)
    return table


def _traffic(traffic: Traffic) -> tuple[str, str]:
    return _kilobytes(traffic), f"{traffic.requests:.3g}"


def _kilobytes(traffic: Traffic) -> str:
    return f"{traffic.size / KILOBYTE:.1f}"
