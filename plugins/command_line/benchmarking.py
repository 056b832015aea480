"""`portal bench`: what search costs visitors, beside Pagefind, statistics a gateway, and builds, beside Hugo."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import requests
from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plugins.command_line.console import PatientConsole
from plugins.dossiers.period import this_year
from plugins.dossiers.refresh import refresh
from plugins.dossiers.settings import BackendSettings
from plugins.portal.problems import PortalError, text
from plugins.portal.system_errors import reason
from plugins.portal.values import VIETNAM
from plugins.search.kinds import index_named
from tools.benchmarks.documents import BuiltPortal
from tools.benchmarks.gateway import GROUPINGS, MeasuredGateway, measured_gateway
from tools.benchmarks.queries import DEFAULT_QUERIES, QueryPair
from tools.benchmarks.summary import (
    Row,
    Session,
    Step,
    Traffic,
    cold_rows,
    mean_of_pages,
    second_rows,
    times,
    typed_rows,
)
from tools.benchmarks.tools import found_tools

KILOBYTE = 1000
NEW_QUESTIONS = 300
REFRESHES = 20
STEPS: dict[Step, str] = {"query": "the query alone", "shown": "until results are shown"}


def bench_search(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> None:
    """Measure and print tables; nothing is written."""
    queries = _queries(arguments.query, arguments.second)
    portal = BuiltPortal.read(Path(settings["OUTPUT_PATH"]), index_named(arguments.index))
    tools = found_tools()
    # Selenium is there, as the tools were found; the other commands do without it.
    from tools.benchmarks.measuring import benchmark

    with console.status("") as status:
        results = benchmark(portal, queries, tools, lambda doing: status.update(escape(doing)))
    beside = f"Pagefind {tools.pagefind_version} beside it; KB are 1000 bytes, brotli"
    console.print(f"{portal.output}: {len(portal.pages)} pages in both; {beside}", markup=False, soft_wrap=True)
    console.print(_table("cold query: nothing in the browser's cache", cold_rows(results.portal, results.pagefind)))
    console.print(_table("second query on the same page", second_rows(results.portal, results.pagefind)))
    console.print(_typed(results.portal))
    console.print(_times(results.portal))
    console.print(_slow_network(results.portal, results.pagefind))
    page = mean_of_pages(results.portal)
    console.print(f"The portal's page itself (HTML, style, icon): {_kilobytes(page)} KB, {page.requests:.0f} requests")


def bench_gateway(arguments: argparse.Namespace, console: Console) -> None:
    """Measure and print tables; nothing is written but what is thrown away."""
    if arguments.dossiers < 1 or arguments.seconds <= 0:
        raise PortalError("there is nothing to measure: use --dossiers and --seconds of more than 0")
    with console.status("") as status:

        def told(doing: str) -> None:
            status.update(escape(doing))

        with measured_gateway(arguments.dossiers, told) as gateway:
            tables = [_answers(gateway), _rates(gateway, arguments.seconds), _refreshes(gateway)]
    console.print(f"{arguments.dossiers} dossiers in SQLite; the gateway on one processor, asked from another")
    for table in tables:
        console.print(table)


def bench_build(arguments: argparse.Namespace, console: Console) -> None:
    """Measure and print a table; written is what `--json` and `--folder` name."""
    # What a build needs takes a while to load: the other benchmarks do without it.
    from tools.benchmarks.build_report import HEADINGS, as_json, as_markdown, cells
    from tools.benchmarks.builds import benchmark_builds

    if arguments.json is not None:
        _write(arguments.json, "")  # before hours of measuring, not after
    # What is being done goes beside the table, which may be kept in a file.
    with PatientConsole(stderr=True).status("") as status:
        measured = benchmark_builds(
            arguments.scale, arguments.runs, lambda doing: status.update(escape(doing)), arguments.folder
        )
    if arguments.json is not None:
        _write(arguments.json, as_json(measured))
    if arguments.markdown:
        console.print(as_markdown(measured), end="", markup=False, highlight=False, soft_wrap=True)
        return
    described = f"{measured.machine.describe()}, Hugo {measured.hugo_version}"
    console.print(described, markup=False, highlight=False, soft_wrap=True)
    table = Table(title=f"builds of {measured.plan.files} files of content; medians of {measured.runs} runs")
    for column, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if column else "left")
    for case in measured.cases:
        table.add_row(*cells(case))
    console.print(table)


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise PortalError(text("{path} cannot be written: {reason}", path=path, reason=reason(error))) from error


def _answers(gateway: MeasuredGateway) -> Table:
    table = Table(title="milliseconds of an answer, one after the other")
    table.add_column("question")
    for heading in ("asked", "median", "95th percentile", "slowest", "as a part of SQL"):
        table.add_column(heading, justify="right")
    by_database = gateway.grouped_by_database(NEW_QUESTIONS // 10)
    new = gateway.new_questions(NEW_QUESTIONS)
    for name, times_taken in (("new period, all five groupings", new), ("one column by agency, in SQL", by_database)):
        ratio = f"1/{by_database.at(0.5) / times_taken.at(0.5):.1f}"
        cells = (_milliseconds(times_taken.at(share)) for share in (0.5, 0.95, 1))
        table.add_row(name, str(len(times_taken.seconds)), *cells, ratio)
    return table


def _rates(gateway: MeasuredGateway, seconds: float) -> Table:
    table = Table(title="answers in a second")
    table.add_column("question")
    for heading in ("answers", "as a part of 404"):
        table.add_column(heading, justify="right")
    nothing = gateway.nothing(seconds)
    same, new = gateway.same_question(seconds), gateway.new_questions_at_once(seconds)
    named = (("this year, all five groupings", same), ("new periods, all five groupings", new), ("none: 404", nothing))
    for name, rate in named:
        table.add_row(name, f"{rate:.0f}", f"{rate / nothing:.2f}")
    return table


def _refreshes(gateway: MeasuredGateway) -> Table:
    """What a refresh takes beyond the same question by itself."""
    period = this_year(datetime.now(VIETNAM))
    asked = {"from": str(period.first_day), "to": str(period.last_day), "by": GROUPINGS}
    bearer = {"Authorization": f"Bearer {gateway.token}"}
    alone, refreshed = [], []
    for _ in range(REFRESHES):
        started = time.perf_counter()
        requests.get(f"{gateway.url}/v1/statistics", params=asked, headers=bearer, timeout=30).raise_for_status()
        alone.append(time.perf_counter() - started)
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as state:
            backend = BackendSettings(url=gateway.url, token=SecretStr(gateway.token), state_path=Path(state))
            started = time.perf_counter()
            report = refresh(backend)
            refreshed.append(time.perf_counter() - started)
        if report.outcome != "fetched":
            raise PortalError(f"the refresh that was measured ended as {report.outcome}: {report.reason}")
    table = Table(title="milliseconds of a refresh that finds new figures")
    for heading in ("refresh", "the backend's answer alone", "beyond it", "refresh / answer"):
        table.add_column(heading, justify="right")
    whole, answer = median(refreshed), median(alone)
    table.add_row(*map(_milliseconds, (whole, answer, whole - answer)), f"{whole / answer:.1f}x")
    return table


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


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
        ours, other = (str(value) for value in row.results) if row.results else ("", "")
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


def _typed(sessions: Sequence[Session]) -> Table:
    table = Table(title="the cold query typed letter by letter, five letters a second")
    table.add_column("query")
    for heading in ("KB", "requests", "KB pasted", "times as many"):
        table.add_column(heading, justify="right")
    for query, typed, pasted in typed_rows(sessions):
        table.add_row(escape(query), *_traffic(typed), _kilobytes(pasted), f"{typed.size / pasted.size:.2f}")
    return table


def _slow_network(sessions: Sequence[Session], others: Sequence[Session]) -> Table:
    table = Table(title="cold query by its address, 400 ms and 1.6 Mbit/s, processor 1/4: until results are shown")
    table.add_column("query")
    for heading in ("milliseconds", "layout shift", "Pagefind, milliseconds"):
        table.add_column(heading, justify="right")
    for own, other in zip(sessions, others, strict=True):
        if own.slow and other.slow:
            figures = (f"{own.slow.milliseconds:.0f}", f"{own.slow.shift:.3f}", f"{other.slow.milliseconds:.0f}")
            table.add_row(escape(own.cold.query), *figures)
    return table


def _traffic(traffic: Traffic) -> tuple[str, str]:
    return _kilobytes(traffic), f"{traffic.requests:.3g}"


def _kilobytes(traffic: Traffic) -> str:
    return f"{traffic.size / KILOBYTE:.1f}"
