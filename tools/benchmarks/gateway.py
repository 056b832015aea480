"""What the gateway takes over many dossiers, over HTTP: how long for a question, and how many of them in a second."""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateTable

from plugins.demonstration.calendar import CLOCK_DAY, texts
from plugins.gateway.moments import vietnam_now
from plugins.gateway.process import HOST, free_port, gateway_process
from plugins.gateway.tables import METADATA
from plugins.portal.dossiers import CHANNELS
from plugins.portal.problems import PortalError

AGENCIES, FIELDS, DAYS = 50, 200, 3 * 365
GROUPINGS = "total,agency,field,channel,month"
CONNECTIONS = 8
_INDEXED = ("code", "received_at", "due_at", "resolved_at")
_BLOCK = 50_000
_WARM_UP = 20
_ROW = "INSERT INTO dossiers VALUES (?, NULL, ?, ?, ?, ?, ?, ?, 4, ?, ?, ?)"


@dataclass(frozen=True)
class Times:
    """Seconds that answers took, one after the other."""

    seconds: Sequence[float]

    def at(self, share: float) -> float:
        """The time within which that share was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


class MeasuredGateway:
    """A gateway that answers on one processor, while the rest of the machine asks."""

    def __init__(self, database: Path, port: int, token: str) -> None:
        self._database = database
        self.port = port
        self.token = token

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def new_questions(self, count: int) -> Times:
        """Periods that nobody asked about before, in all groupings, one after the other."""
        drawn = random.Random(count)  # noqa: S311  # a draw, no secret
        asked = [self._statistics(*_period(drawn)) for _ in range(_WARM_UP + count)]
        return Times(self._one_by_one(asked)[_WARM_UP:])

    def same_question(self, seconds: float) -> float:
        """Answers in a second to the portal's question about this year, on several connections."""
        return self._at_once(seconds, [self._this_year()])

    def new_questions_at_once(self, seconds: float) -> float:
        """The same of periods that nobody asked about before, in all groupings."""
        drawn = random.Random(1)  # noqa: S311
        return self._at_once(seconds, [self._statistics(*_period(drawn)) for _ in range(20_000)])

    def nothing(self, seconds: float) -> float:
        """The yardstick: answers in a second to a request that asks for nothing."""
        return self._at_once(seconds, ["/v1/nothing"])

    def grouped_by_database(self, count: int) -> Times:
        """The yardstick: what SQLite takes to count one column of one grouping of those periods by itself."""
        drawn = random.Random(count)  # noqa: S311
        taken = []
        with closing(sqlite3.connect(self._database)) as connection:
            for _ in range(count):
                first, last = _period(drawn)
                started = time.perf_counter()
                connection.execute(
                    "SELECT agency, count(*) FROM dossiers WHERE received_at >= ? AND received_at < ? GROUP BY agency",
                    (str(first), str(last + timedelta(days=1))),
                ).fetchall()
                taken.append(time.perf_counter() - started)
        return Times(taken)

    def _this_year(self) -> str:
        today = vietnam_now().date()
        return self._statistics(today.replace(month=1, day=1), today)

    def _statistics(self, first: date, last: date) -> str:
        return f"/v1/statistics?from={first}&to={last}&by={GROUPINGS}"

    def _one_by_one(self, asked: Sequence[str]) -> list[float]:
        with closing(self._connection()) as connection:
            return [self._ask(connection, address) for address in asked]

    def _at_once(self, seconds: float, asked: Sequence[str]) -> float:
        """Answers in a second; each connection takes the next address when it has its answer."""
        answers = [0] * CONNECTIONS
        failures: list[Exception] = []
        until = time.perf_counter() + seconds

        def ask(number: int) -> None:
            turn = number
            try:
                with closing(self._connection()) as connection:
                    while time.perf_counter() < until:
                        self._ask(connection, asked[turn % len(asked)])
                        answers[number] += 1
                        turn += CONNECTIONS
            except (OSError, PortalError) as error:
                failures.append(error)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return sum(answers) / (time.perf_counter() - started)

    def _connection(self) -> HTTPConnection:
        return HTTPConnection(HOST, self.port, timeout=30)

    def _ask(self, connection: HTTPConnection, address: str) -> float:
        """Seconds until the answer is there. Raises `PortalError` for one that is none."""
        started = time.perf_counter()
        connection.request("GET", address, headers={"Authorization": f"Bearer {self.token}"})
        response = connection.getresponse()
        body = response.read()
        taken = time.perf_counter() - started
        if response.status not in (200, 404) or not body:
            raise PortalError(f"{address}: the gateway answered {response.status}")
        return taken


@contextmanager
def measured_gateway(dossiers: int, told: Callable[[str], None]) -> Iterator[MeasuredGateway]:
    """A gateway over so many made-up dossiers while the block runs; `told` is called with what is being done."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        database = Path(folder, "dossiers.sqlite")
        told(f"making up {dossiers} dossiers")
        write_table(database, dossiers, vietnam_now().replace(tzinfo=None))
        gateway = MeasuredGateway(database, free_port(), secrets.token_hex(32))
        told("the gateway reads them")
        log = Path(folder, "gateway.log")
        with gateway_process(database, gateway.token, gateway.port, log) as process, _alone(process):
            told("asking")
            yield gateway


def write_table(path: Path, dossiers: int, now: datetime) -> None:
    """Dossiers of the three years before a moment of Vietnam's clock, in an SQLite file."""
    rng = np.random.default_rng(dossiers)
    end = int(now.replace(tzinfo=UTC).timestamp())  # seconds of Vietnam's clock
    received = end - rng.integers(0, DAYS * CLOCK_DAY, dossiers)
    limit = rng.integers(1, 30, dossiers) * CLOCK_DAY
    due = received + limit
    resolved = received + (limit * rng.gamma(4, 0.2, dossiers)).astype(np.int64)
    pending = resolved > end  # no table knows what is to come
    agency, field = rng.integers(0, AGENCIES, dossiers).tolist(), rng.integers(0, FIELDS, dossiers).tolist()
    channel = rng.integers(0, len(CHANNELS), dossiers).tolist()
    engine = create_engine("sqlite://")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in METADATA.tables.values():
            connection.execute(str(CreateTable(table).compile(engine)))
        connection.execute("BEGIN")
        for start in range(0, dossiers, _BLOCK):
            block = slice(start, start + _BLOCK)
            came, until, ended = (texts(column[block]) for column in (received, due, resolved))
            done = [None if is_open else moment for moment, is_open in zip(ended, pending[block].tolist(), strict=True)]
            groups = zip(agency[block], field[block], channel[block], came, until, done, strict=True)
            rows = (
                (
                    f"000.00.{a:02d}.H30-{first[2:4]}{first[5:7]}{first[8:10]}-{number:07d}", "Thủ tục",
                    f"co-quan-{a}", f"Cơ quan {a}", f"linh-vuc-{f}", f"Lĩnh vực {f}", CHANNELS[c], first, *others,
                )
                for number, (a, f, c, first, *others) in enumerate(groups, start)
            )  # fmt: skip
            connection.executemany(_ROW, rows)
        connection.execute("COMMIT")
        for column in _INDEXED:
            connection.execute(f"CREATE INDEX by_{column} ON dossiers ({column})")


def _period(drawn: random.Random) -> tuple[date, date]:
    """Two days of the table's years, in their order."""
    newest = vietnam_now().date()
    days = sorted(newest - timedelta(days=drawn.randrange(DAYS)) for _ in range(2))
    return days[0], days[1]


@contextmanager
def _alone(process: int) -> Iterator[None]:
    """Keep a process on one processor and this one off it, where the system can."""
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if len(mine) < 2:
        yield
        return
    first = min(mine)
    _keep_on(process, {first})
    os.sched_setaffinity(0, mine - {first})
    try:
        yield
    finally:
        os.sched_setaffinity(0, mine)


def _keep_on(process: int, processors: set[int]) -> None:
    """All threads that a process has by now; those to come follow the one that starts them."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(ProcessLookupError):  # it has ended since: that of the first reading does
            os.sched_setaffinity(int(thread.name), processors)
