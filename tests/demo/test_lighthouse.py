"""Lighthouse, as on a phone, over the kinds of pages that people land on, of the demonstration as the public gets it.

Performance is reckoned from bytes, requests and what waits for what (lighthouse.mjs), so that a processor with other
work costs next to nothing; where it costs points yet, a page is measured up to five times and its best counts.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from plugins.serving import PortalServer
from tests.chromium import opened
from tests.demo.built import DemoPortal
from tests.needed import program

pytestmark = [
    pytest.mark.looks,
    pytest.mark.browser,
    pytest.mark.timeout(900),
]  # a minute and a half where nothing else runs

PAGES = {
    "home": "",
    "procedure": "thu-tuc/1.001193/",
    "article": "tin-tuc/2019/tra-cuu-tinh-trang-ho-so-bang-ma-bien-nhan/",
    "agency": "so-y-te/",
    "search": "tim-kiem/",
    "statistics": "so-lieu/",
}
LOWEST = 99
"""Of 100, in each category."""
CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}
ATTEMPTS = 5
LIMIT = 800
"""Seconds, all pages together: a minute where nothing else runs."""
BAD = """<!doctype html><html><title></title><style>p { color: #ddd; background: #fff }</style>
<link rel=stylesheet href=large.css><p>Text<p><a href=/a></a><img src=none.png width=9>"""


@dataclass(frozen=True)
class Lighthouse:
    """The program, and a browser that it may drive."""

    node: str
    tools: Path
    """The folder that its package is in."""
    port: int
    """Of the browser's DevTools protocol."""

    def measure(self, folder: Path, addresses: list[str], attempts: int = ATTEMPTS) -> list[dict[str, Any]]:
        """What it says of pages of a built portal, in their order; see lighthouse.mjs.

        Each page has a server of its own: a browser knows none of them yet, and begins without files or connections.
        """
        with ExitStack() as servers:
            urls = [servers.enter_context(PortalServer(folder, port=0).running()) + address for address in addresses]
            script = str(Path(__file__).with_name("lighthouse.mjs"))
            command = [self.node, script, str(self.tools), str(self.port), str(attempts), *urls]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
        assert done.returncode == 0, done.stderr
        pages: list[dict[str, Any]] = json.loads(done.stdout)
        return pages


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory, page_tools: Path) -> Iterator[Lighthouse]:
    node = program("node", "nodejs")
    with opened(tmp_path_factory.mktemp("chromium")) as chrome:
        address = chrome.capabilities["goog:chromeOptions"]["debuggerAddress"]
        yield Lighthouse(node, page_tools, int(address.rpartition(":")[2]))


@pytest.fixture(scope="module")
def measured(lighthouse: Lighthouse, public: DemoPortal) -> Mapping[str, dict[str, Any]]:
    """What Lighthouse says of each page."""
    return dict(zip(PAGES, lighthouse.measure(public.output, list(PAGES.values())), strict=True))


def test_lighthouse_sees_what_is_wrong(lighthouse: Lighthouse, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD, encoding="utf-8")
    rules = (f".rule-{number} {{ color: #{number:06x} }}\n" for number in range(40_000))
    (tmp_path / "large.css").write_text("".join(rules), encoding="ascii")

    [page] = lighthouse.measure(tmp_path, [""], attempts=1)

    assert page["scores"].keys() == CATEGORIES
    assert max(page["scores"].values()) < LOWEST, page
    assert "accessibility: document-title" in "\n".join(page["short"])


@pytest.mark.parametrize("kind", PAGES)
def test_lighthouse_gives_a_page_nearly_all_points(measured: Mapping[str, dict[str, Any]], kind: str) -> None:
    page = measured[kind]

    assert page["scores"].keys() == CATEGORIES
    assert min(score or 0 for score in page["scores"].values()) >= LOWEST, "\n".join(
        [f"{urlsplit(page['address']).path}: {page['scores']}", *page["short"]]
    )
