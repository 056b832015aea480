"""What all tests share: no deadline for properties, and which files are begun with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

HERE = Path(__file__).parent
LONGEST = (
    "demo/test_layout_in_browser.py",
    "command_line/test_surroundings.py",
    "command_line/test_ending.py",
    "agencies/test_isolation.py",
    "search/test_engine.py",
    "fuzz/test_readers.py",
    "gateway/test_serving.py",
    "demo/test_search_in_browser.py",
    "command_line/test_command_line.py",
    "agencies/test_building.py",
    "command_line/test_serving.py",
    "agencies/test_cases.py",
    "agencies/test_one_moment.py",
    "serving/test_browser_shows_what_is_new.py",
    "demo/test_dossiers_in_browser.py",
    "gateway/test_demonstration.py",
)
"""Files that take longest, the first first: a process that took one last would leave the others without work."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let processes of pytest-xdist begin with what takes longest; each takes a whole file (`make test`)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        order = {HERE / name: place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: order.get(item.path, len(order)))
