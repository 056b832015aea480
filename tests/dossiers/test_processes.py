"""Refreshes of several processes, and refreshes that are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from plugins.dossiers.history import HistoryPoint, trend
from plugins.dossiers.refresh import refresh
from plugins.dossiers.settings import BackendSettings
from plugins.dossiers.snapshots import LastGood
from plugins.portal.files import FORGOTTEN_AFTER, replace_durably
from plugins.portal.values import VIETNAM
from tests.dossiers.backend import Backend, Exchange, backend, figures, row, statistics
from tests.programs import Program, running
from tests.provinces import ROOT
from tests.waiting import PATIENCE, some_moment, until


def refreshing(server: Backend, folder: Path, how: str) -> AbstractContextManager[Program]:
    """A process of its own that refreshes, and says when it begins."""
    return running([sys.executable, "-m", "tests.dossiers.refreshing", server.url, folder, how])


def test_second_process_returns_at_once_and_says_that_another_refresh_runs(tmp_path: Path) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slowly(exchange: Exchange) -> None:
        asked.set()
        go_on.wait(PATIENCE)
        figures()(exchange)

    (tmp_path / "output").mkdir()
    with backend(slowly) as server, refreshing(server, tmp_path, "once") as first:
        assert asked.wait(PATIENCE)

        started = time.monotonic()
        second = refresh(BackendSettings(url=server.url, state_path=tmp_path / "state"))

        assert (second.outcome, time.monotonic() - started < 1) == ("busy", True)
        go_on.set()
        assert first.ends() == 0
    assert first.said == "ready\nfetched\n"
    assert len(server.seen) == 1


class Growing:
    """Figures that grow with each request, of so many agencies that writing them takes a while."""

    def __init__(self) -> None:
        self.requests = 0
        self._base = datetime.now(VIETNAM) - timedelta(days=80)

    def __call__(self, exchange: Exchange) -> None:
        self.requests += 1
        moment = self._base + timedelta(hours=self.requests)
        content = statistics(exchange.asked("from"), exchange.asked("to"), moment, received=200_000 + self.requests)
        content["rows"]["agency"] = [row(f"don-vi-{number}") for number in range(300)]
        exchange.reply(json.dumps(content).encode())


def test_killed_refresh_leaves_every_file_whole(tmp_path: Path) -> None:
    state, live = tmp_path / "state", tmp_path / "output" / "live" / "dossiers.json"
    live.parent.parent.mkdir()
    growing, shown, killed = Growing(), 0, 8
    with backend(growing) as server:
        for kill in range(killed):
            with refreshing(server, tmp_path, "on and on") as running_refresh:
                before = growing.requests
                until(lambda before=before: growing.requests >= before + 2, "two requests")  # type: ignore[misc]
                some_moment(0.003 * kill)  # of asking, keeping or writing
                running_refresh.process.kill()
                running_refresh.ends()

            kept = LastGood.model_validate_json((state / "last-good.json").read_bytes())
            page = json.loads(live.read_bytes())
            assert shown <= page["rows"]["total"]["received"]["total"] <= kept.snapshot.statistics.total.received.total
            assert len(page["rows"]["agency"]) == len(kept.snapshot.statistics.agencies) == 300
            shown = page["rows"]["total"]["received"]["total"]
            files = sorted((state / "history").iterdir())
            lines = [line for file in files for line in file.read_bytes().splitlines()]
            # A line that was cut may be anywhere but is never more than one a kill.
            assert len(lines) - len(trend(state)) <= kill + 1
            assert HistoryPoint.model_validate_json(lines[0]).received == 200_001

        last = refresh(BackendSettings(url=server.url, state_path=state))

    assert last.outcome == "fetched"
    assert last.snapshot is not None
    assert [point.as_of for point in trend(state)][-1] == last.snapshot.statistics.as_of


def test_what_killed_writers_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".a.json.1.unfinished", ".a.json.2.unfinished", ".b.unfinished"))
    for left in (old, young, other):
        left.write_text("half")
    now = time.time()
    for left, age in ((old, FORGOTTEN_AFTER + 1), (young, FORGOTTEN_AFTER - 60), (other, FORGOTTEN_AFTER + 1)):
        os.utime(left, (now - age, now - age))

    replace_durably(tmp_path / "a.json", b"whole", 0o644)

    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, other.name, "a.json"]


def test_process_ends_though_a_name_is_still_being_resolved(tmp_path: Path) -> None:
    """The thread that hangs does not keep cron's process alive."""
    code = (
        "import socket, time\n"
        "socket.getaddrinfo = lambda *question, **more: time.sleep(60)\n"
        "from pathlib import Path\n"
        "from plugins.dossiers.refresh import refresh\n"
        "from plugins.dossiers.settings import BackendSettings\n"
        f"settings = BackendSettings(url='http://localhost:1', state_path=Path({str(tmp_path)!r}), time_limit=1)\n"
        "print(refresh(settings).reason)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True
    )

    assert done.stdout == "time_limit\n"
