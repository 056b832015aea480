"""What all tests share: no deadline for properties, which tests are heavy, which files are begun
with, and how garbage is looked for."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
IN_MEMORY = "portal-tests-"
"""How folders there begin; the number of the process that made it follows."""
ROOM = 6 * 2**30
"""Bytes of memory that have to be free for it; a whole run takes a quarter."""
LONGEST = (
    "sequences/test_at_a_desk.py",
    "sequences/test_in_public.py",
    "sequences/test_damaged_caches.py",
    "sequences/test_committed.py",
    "sequences/test_killed.py",
    "demo/test_layout_in_browser.py",
    "demo/test_lighthouse.py",
    "demo/test_snapshots.py",
    "command_line/test_surroundings.py",
    "command_line/test_ending.py",
    "builder/test_isolation.py",
    "search/test_engine.py",
    "fuzz/test_readers.py",
    "gateway/test_serving.py",
    "demo/test_search_in_browser.py",
    "command_line/test_command_line.py",
    "builder/test_building.py",
    "command_line/test_serving.py",
    "builder/test_cases.py",
    "builder/test_one_moment.py",
    "serving/test_browser_shows_what_is_new.py",
    "tools/benchmarks/test_builds.py",
    "demo/test_dossiers_in_browser.py",
    "demonstration/test_dossiers.py",
    "sequences/test_sequence.py",
)
"""Files that take longest, the first first: a process that took one last would leave the others without work."""
STARTING = frozenset(
    {
        *("subprocess", "selenium.webdriver", "tests.chromium", "tests.programs", "tests.serving.nginx"),
        *("tests.provinces", "tests.filled", "tests.demo.built", "tests.builder.telling", "tests.repositories"),
        *("plugins.serving.server", "plugins.builder.workers", "tests.gateway.postgresql", "tests.dossiers.backend"),
    }
)
"""Modules whose functions and classes start programs, servers and browsers, or build provinces."""
STARTED = frozenset({"tables", "postgresql_url", "desk", "public", "portal", "filled", "chromium", "served_before"})
"""Fixtures that do so, which no module of tests has to name."""


def pytest_configure(config: pytest.Config) -> None:
    """Have temporary folders in memory where there is plenty: small builds write many files, and disks are slow.

    With TMPDIR they are where it says. What lies in memory goes with the run, also what a killed one has left.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    for left in MEMORY.glob(f"{IN_MEMORY}*-*"):
        if not Path("/proc", left.name.removeprefix(IN_MEMORY).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if min(free, shutil.disk_usage(MEMORY).free) < ROOM:
        return
    folder = tempfile.mkdtemp(prefix=f"{IN_MEMORY}{os.getpid()}-", dir=MEMORY)
    Path(folder).chmod(0o755)  # as of any folder for temporary things: servers without rights look into some
    os.environ["TMPDIR"] = folder  # also of the processes that are started
    tempfile.tempdir = None
    config.add_cleanup(partial(_empty, Path(folder)))


def _empty(folder: Path) -> None:
    """Remove what tests have written. What `multiprocessing` has there it removes itself, as the process ends."""
    for path in folder.iterdir():
        if path.is_dir() and not path.name.startswith("pymp-"):
            shutil.rmtree(path, ignore_errors=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark as heavy what needs more than its own process: by what its module uses, and by its fixtures."""
    if isinstance(item, pytest.Function):
        used = {getattr(value, "__module__", getattr(value, "__name__", "")) for value in vars(item.module).values()}
        if used & STARTING or STARTED & set(item.fixturenames):
            item.add_marker("heavy")


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not among the thousands of tests: that was a seventh of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let processes of pytest-xdist begin with what takes longest; each takes a whole file (`make test`)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        order = {HERE / name: place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: order.get(item.path, len(order)))
