"""The demonstration portal, built once for all tests, and a browser to look at it with."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from plugins.serving import PortalServer
from tests.chromium import opened
from tests.demo.browsing import Browser
from tests.demo.built import DemoPortal
from tests.filled import filled_province
from tests.needed import missing
from tests.provinces import SmallProvince
from tests.sharing import locked, made_once
from tests.waiting import PATIENCE


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DemoPortal:
    """The portal as `make serve` builds it."""
    return DemoPortal.built_once(tmp_path_factory, "desk", "pelicanconf.py")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> DemoPortal:
    """The portal as `make publish` builds it."""
    return DemoPortal.built_once(tmp_path_factory, "public", "publishconf.py")


@pytest.fixture(scope="session", params=["desk", "public"])
def portal(request: pytest.FixtureRequest) -> DemoPortal:
    """Either of the two."""
    built: DemoPortal = request.getfixturevalue(request.param)
    return built


@pytest.fixture(scope="session")
def desk_url(desk: DemoPortal) -> Iterator[str]:
    """Where the desk's portal is served."""
    with PortalServer(desk.output, port=0).running() as address:
        yield address


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    """A small province with everything filled in that a page can show."""
    province, report = made_once(tmp_path_factory, "filled", filled_province)
    assert {entry.slug for entry in report.sites if entry.outcome != "built"} == {"so-hong"}, province.problems(report)
    return province


@pytest.fixture(scope="session")
def filled_url(filled: SmallProvince) -> Iterator[str]:
    """Where that province is served."""
    with PortalServer(filled.output, port=0).running() as address:
        yield address


@pytest.fixture(scope="session")
def page_tools(pytestconfig: pytest.Config) -> Path:
    """The folder of the checkers of pages, installed once as package-lock.json says."""
    npm = shutil.which("npm")
    if npm is None:
        missing("npm is needed: sudo apt install npm")
    here = Path(__file__).parent
    lock = (here / "package-lock.json").read_bytes()
    folder = pytestconfig.cache.mkdir(f"pages-{hashlib.sha256(lock).hexdigest()[:12]}")
    with locked(folder / "lock"):
        if not (folder / "installed").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(here / name, folder)
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
            if done.returncode:
                missing(f"npm did not install the checkers: {done.stderr}")
            (folder / "installed").touch()
    return folder / "node_modules"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One browser for all tests of the demonstration."""
    with opened(tmp_path_factory.mktemp("chromium")) as chrome:
        yield chrome


@pytest.fixture
def browser(chromium: webdriver.Chrome, desk_url: str) -> Iterator[Browser]:
    """The browser at the desk's portal, left for the next test as it was."""
    opened = Browser(chromium, desk_url)
    yield opened
    opened.reset()
