"""Debian's Chromium, driven by Selenium; told where everything is, so that it looks for nothing on the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tests.needed import program

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


@contextmanager
def opened(profile: Path, *more: str) -> Iterator[webdriver.Chrome]:
    """A browser with an empty profile in that folder; the test is skipped, or fails, where there is none.

    `more` are arguments that the command line has besides.
    """
    packages = "chromium chromium-driver"
    browser, driver = program("chromium", packages), program("chromedriver", packages)
    options = Options()
    options.binary_location = browser
    for argument in (*ARGUMENTS, *more, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, Service(executable_path=driver))
    try:
        yield chrome
    finally:
        chrome.quit()
