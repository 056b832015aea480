"""The demonstration portal, built once for all tests, and a browser to look at it with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver

from plugins.serving import PortalServer
from tests.chromium import opened
from tests.demo.browsing import Browser
from tests.demo.built import DemoPortal


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DemoPortal:
    """The portal as `make serve` builds it."""
    return DemoPortal.build(tmp_path_factory.mktemp("desk"), "pelicanconf.py")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> DemoPortal:
    """The portal as `make publish` builds it."""
    return DemoPortal.build(tmp_path_factory.mktemp("public"), "publishconf.py")


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
