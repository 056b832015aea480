"""The demonstration portal, built once for all tests, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from plugins.serving import PortalServer
from tests.demo.browsing import Browser
from tests.demo.built import DemoPortal

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
    """Debian's Chromium; Selenium is told where everything is, so that it looks for nothing on the network."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        message = "chromium and chromedriver are needed: sudo apt install chromium chromium-driver"
        if os.environ.get("PORTAL_TESTS_NEED_EVERYTHING"):
            pytest.fail(message)
        pytest.skip(message)
    options = Options()
    options.binary_location = browser
    for argument in (*ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, Service(executable_path=driver))
    try:
        yield chrome
    finally:
        chrome.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, desk_url: str) -> Iterator[Browser]:
    """The browser at the desk's portal, left for the next test as it was."""
    opened = Browser(chromium, desk_url)
    yield opened
    opened.reset()
