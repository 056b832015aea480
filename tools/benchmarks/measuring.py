"""Asks both engines the same questions in the same browser, one after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.benchmarks.browsing import PagefindSearch, PortalSearch, SearchPage, fresh_browser
from tools.benchmarks.documents import BuiltPortal
from tools.benchmarks.pagefind import pagefind_site
from tools.benchmarks.queries import QueryPair
from tools.benchmarks.server import CountingServer
from tools.benchmarks.summary import Asked, Session, Traffic
from tools.benchmarks.tools import Tools

SLOWDOWNS = (1, 6)
"""This machine's processor, and about that of a cheap telephone."""
_ROUNDS = 10

Told = Callable[[str], None]


@dataclass(frozen=True)
class Benchmark:
    """Both engines' sessions, in the order of the queries."""

    portal: tuple[Session, ...]
    pagefind: tuple[Session, ...]


@dataclass(frozen=True)
class _Engine:
    """A search page, and where it lies."""

    page: SearchPage
    folder: Path


def benchmark(portal: BuiltPortal, queries: Sequence[QueryPair], tools: Tools, told: Told) -> Benchmark:
    """Measure a built portal; `told` is called with what is being done."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        told(f"Pagefind indexes {len(portal.pages)} pages")
        other = _Engine(PagefindSearch(), pagefind_site(portal, Path(folder)))
        ours = _Engine(PortalSearch(portal.index), portal.output)
        return Benchmark(_sessions(ours, queries, tools, told), _sessions(other, queries, tools, told))


def _sessions(engine: _Engine, queries: Sequence[QueryPair], tools: Tools, told: Told) -> tuple[Session, ...]:
    server = CountingServer(engine.folder, tools.compress)
    with server.running() as address:
        measured = []
        for number, pair in enumerate(queries, 1):
            told(f"{engine.page.name}: {pair.cold} ({number} of {len(queries)})")
            measured.append(_session(engine, server, address, pair, tools))
    return tuple(measured)


def _session(engine: _Engine, server: CountingServer, address: str, pair: QueryPair, tools: Tools) -> Session:
    page = engine.page

    def asked(query: str, results: int) -> Asked:
        answers = server.taken_when_quiet()
        searched = [answer for answer in answers if page.is_search(answer.path)]
        return Asked(query, results, Traffic.of(searched), Traffic.of(answers) - Traffic.of(searched))

    with fresh_browser(tools) as chrome:
        cold = asked(pair.cold, page.open(chrome, address, pair.cold))
        second = asked(pair.second, page.ask(chrome, pair.second))
        timings = [timing for slowdown in SLOWDOWNS for timing in page.timings(chrome, slowdown, _ROUNDS)]
        server.taken_when_quiet()
    with fresh_browser(tools) as chrome:
        results = page.type(chrome, address, pair.cold)
        typed = None if results is None else asked(pair.cold, results)
    with fresh_browser(tools) as chrome:
        slow = page.slow(chrome, address, pair.cold)
        server.taken_when_quiet()
    return Session(cold, second, tuple(timings), typed, slow)
