"""What is remembered of the engine's fingerprint is what would be taken anew, whatever happened to the code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder import engine_memory
from plugins.builder.engine import PACKAGE, Engine
from plugins.builder.engine_memory import remembered_fingerprint
from tests.waiting import some_moment

PLUGINS = ("plugins.presentation", "plugins.search")
TICK = 20_000_000
"""Nanoseconds in which two changes of a file may have one time here."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our code in another place, to be edited, where nothing has been changed of late."""
    monkeypatch.setattr(engine_memory, "CLOCK_RESOLUTION", TICK)
    copied = Path(shutil.copytree(PACKAGE, tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__")))
    (copied / "search" / "tables" / "more").mkdir(parents=True)
    some_moment(2 * TICK / 1e9)
    return copied


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "build" / "engine.json"


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is taken anew."""

    def under(*given: object) -> Engine:
        raise AssertionError(given)

    monkeypatch.setattr(Engine, "under", under)


def test_nothing_is_taken_anew_where_nothing_has_changed(
    package: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = remembered_fingerprint(PLUGINS, memory, package)
    assert taken == Engine.under(PLUGINS, package).fingerprint()

    forbid(monkeypatch)
    assert remembered_fingerprint(PLUGINS, memory, package) == taken


def edit_and_put_the_time_back(package: Path) -> None:
    path = package / "search" / "terms.py"
    before, status = path.read_text("utf-8"), path.stat()
    path.write_text(before.replace("a", "b", 1), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def exchange(package: Path) -> None:
    """Another file with the same size and time takes its place, as a checkout may do it."""
    path = package / "search" / "terms.py"
    other = path.with_suffix(".new")
    other.write_text(path.read_text("utf-8").replace("a", "b", 1), "utf-8")
    shutil.copystat(path, other)
    other.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "an edit with the old time": edit_and_put_the_time_back,
    "another file in its place": exchange,
    "a module is gone": lambda package: (package / "search" / "keyboards.py").unlink(),
    "a module goes before a package": lambda package: (package / "search.py").write_text("import json\n"),
    "a table beside the code": lambda package: (package / "search" / "table.csv").write_text("a"),
    "a table in a folder that was empty": lambda package: (
        package / "search" / "tables" / "more" / "table.csv"
    ).write_text("a"),
    "a package is renamed": lambda package: (package / "search").rename(package / "seek"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_is_seen(change: str, package: Path, memory: Path) -> None:
    before = remembered_fingerprint(PLUGINS, memory, package)
    CHANGES[change](package)
    after = remembered_fingerprint(PLUGINS, memory, package)

    assert after == Engine.under(PLUGINS, package).fingerprint() != before


def test_change_within_the_same_tick_of_the_clock_is_seen(
    package: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed just before the fingerprint was taken may be changed again without another time."""
    monkeypatch.setattr(engine_memory, "CLOCK_RESOLUTION", 60_000_000_000)
    remembered_fingerprint(PLUGINS, memory, package)

    forbid(monkeypatch)
    with pytest.raises(AssertionError):
        remembered_fingerprint(PLUGINS, memory, package)


def test_installation_of_a_library_is_seen(
    package: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "site-packages"
    installed.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(installed)])
    some_moment(2 * TICK / 1e9)
    remembered_fingerprint(PLUGINS, memory, package)
    (installed / "new-1.0.dist-info").mkdir()

    forbid(monkeypatch)
    with pytest.raises(AssertionError):
        remembered_fingerprint(PLUGINS, memory, package)


def test_nothing_is_taken_anew_where_the_portal_is_exchanged_beside_what_is_imported(
    package: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with `python -m` in a project whose output lies in it."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "public").symlink_to("public.releases/1")
    monkeypatch.setattr(sys, "path", [str(project), *sys.path])
    taken = remembered_fingerprint(PLUGINS, memory, package)
    (project / "new").symlink_to("public.releases/2")
    (project / "new").replace(project / "public")

    forbid(monkeypatch)
    assert remembered_fingerprint(PLUGINS, memory, package) == taken


def test_other_plugins_have_a_fingerprint_of_their_own(package: Path, memory: Path) -> None:
    several = [PLUGINS, (*PLUGINS, "tests.builder.telling"), PLUGINS]

    for plugins in several:
        assert remembered_fingerprint(plugins, memory, package) == Engine.under(plugins, package).fingerprint()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "another's": lambda content: b'{"began": 0}',
    "no text": lambda content: b"\xff\x00" * 99,
    "a list": lambda content: b"[" * 2_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_memory_is_none(damage: str, package: Path, memory: Path) -> None:
    taken = remembered_fingerprint(PLUGINS, memory, package)
    whole = memory.read_bytes()
    memory.write_bytes(DAMAGES[damage](whole))

    assert remembered_fingerprint(PLUGINS, memory, package) == taken
    assert memory.read_bytes() != DAMAGES[damage](whole)
