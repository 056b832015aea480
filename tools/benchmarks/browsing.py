"""A browser that asks a search page as a person does."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from plugins.portal.problems import PortalError
from plugins.search.kinds import KIND, IndexKind
from tools.benchmarks.documents import SEARCH_FOLDER
from tools.benchmarks.pagefind import BUNDLE
from tools.benchmarks.summary import SlowNetwork, Step, Timing
from tools.benchmarks.tools import Tools

PATIENCE = 60
"""Seconds after which what has not appeared will not."""
_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_BOX, _RESULTS = "main .search-box input[name=q]", "#search-results > li"
TYPING = 0.2
"""Seconds between two letters: forty words a minute."""
_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Milliseconds, and bytes a second: a weak signal."""
SLOW_PROCESSOR = 4
_WATCH = """
window.bench = { shift: 0, shown: 0 };
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.bench.shift += value;
}).observe({ type: 'layout-shift', buffered: true });
const watch = () => {
  const results = document.getElementById('search-found');
  if (results && !results.hidden) window.bench.shown = performance.now();
  else requestAnimationFrame(watch);
};
watch();
"""
_DONE = """
const status = document.getElementById('search-status');
return !document.getElementById('search-found').hidden && status.textContent.includes(`“${arguments[0]}”`);
"""
# The query alone: the page's own search with all files loaded, and nothing drawn. A module that is imported by the
# address that the page has it from is the page's own, with its indexes.
_FIND = """
const [rounds, index, done] = arguments;
(async () => {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const { find, scopeOf } = await import(loaded.find((name) => new URL(name).pathname.endsWith('/search/finding.js')));
  const form = document.querySelector('main .search-box');
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((rest) => setTimeout(rest, 50));
    const begin = performance.now();
    await find(scopeOf(form), index, form.q.value);
    times.push(performance.now() - begin);
  }
  done(times);
})();
"""
# The form is sent again, which searches at once: after a key it waits. The status line is the last thing set.
_SHOW = """
const [rounds, , done] = arguments;
const form = document.querySelector('main .search-box');
const status = document.getElementById('search-status');
const { loading } = document.getElementById('search-results').dataset;
(async () => {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((rest) => setTimeout(rest, 50));
    const shown = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (status.textContent === loading) return;
        observer.disconnect();
        resolve(performance.now());
      }).observe(status, { childList: true });
    });
    const begin = performance.now();
    form.requestSubmit();
    times.push(await shown - begin);
  }
  done(times);
})();
"""
_STEPS: dict[Step, str] = {"query": _FIND, "shown": _SHOW}

T = TypeVar("T")


class SearchPage(Protocol):
    """A page that searches, at a served address; each question returns how many results are shown."""

    name: str

    def open(self, chrome: webdriver.Chrome, address: str, query: str) -> int: ...

    def ask(self, chrome: webdriver.Chrome, query: str) -> int: ...

    def type(self, chrome: webdriver.Chrome, address: str, query: str) -> int | None:
        """Open the page and type a query letter by letter; None where it answers only what is whole."""
        ...

    def slow(self, chrome: webdriver.Chrome, address: str, query: str) -> SlowNetwork:
        """How long a query by address takes on a slow network."""
        ...

    def is_search(self, path: str) -> bool:
        """Whether a request is for searching; the others are the page itself."""
        ...

    def timings(self, chrome: webdriver.Chrome, slowdown: int, rounds: int) -> tuple[Timing, ...]:
        """How long the last query takes when all files are there already."""
        ...


class PortalSearch:
    """The portal's search page."""

    name = "portal"

    def __init__(self, index: IndexKind) -> None:
        self._index = index

    def open(self, chrome: webdriver.Chrome, address: str, query: str) -> int:
        asked = {"q": query} | ({} if self._index.first else {KIND.name: self._index.name})
        chrome.get(f"{address}{SEARCH_FOLDER}/?{urlencode(asked)}")
        return self._result_count(chrome, query)

    def ask(self, chrome: webdriver.Chrome, query: str) -> int:
        box = chrome.find_element(By.CSS_SELECTOR, _BOX)
        box.clear()
        box.send_keys(query, Keys.ENTER)
        return self._result_count(chrome, query)

    def type(self, chrome: webdriver.Chrome, address: str, query: str) -> int | None:
        chrome.get(f"{address}{SEARCH_FOLDER}/" + ("" if self._index.first else f"?{KIND.name}={self._index.name}"))
        box = chrome.find_element(By.CSS_SELECTOR, _BOX)
        for letter in query:
            box.send_keys(letter)
            time.sleep(TYPING)
        return self._result_count(chrome, query)

    def slow(self, chrome: webdriver.Chrome, address: str, query: str) -> SlowNetwork:
        slow_down(chrome)
        chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        self.open(chrome, address, query)
        return SlowNetwork(*chrome.execute_script("return [bench.shown, bench.shift]"))

    def is_search(self, path: str) -> bool:
        return path.startswith("/theme/search/") or (path.startswith(f"/{SEARCH_FOLDER}/") and path.endswith(".json"))

    def timings(self, chrome: webdriver.Chrome, slowdown: int, rounds: int) -> tuple[Timing, ...]:
        chrome.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        return tuple(
            Timing(step, slowdown, tuple(chrome.execute_async_script(script, rounds, self._index.name)))
            for step, script in _STEPS.items()
        )

    def _result_count(self, chrome: webdriver.Chrome, query: str) -> int:
        wait_for(chrome, lambda: chrome.execute_script(_DONE, query), f'results for "{query}"')
        return len(chrome.find_elements(By.CSS_SELECTOR, _RESULTS))


class PagefindSearch:
    """The smallest page with Pagefind on it."""

    name = "Pagefind"

    def open(self, chrome: webdriver.Chrome, address: str, query: str) -> int:
        chrome.get(address)
        return self.ask(chrome, query)

    def ask(self, chrome: webdriver.Chrome, query: str) -> int:
        return int(chrome.execute_async_script("ask(arguments[0]).then(arguments[1])", query))

    def type(self, chrome: webdriver.Chrome, address: str, query: str) -> int | None:
        return None

    def slow(self, chrome: webdriver.Chrome, address: str, query: str) -> SlowNetwork:
        slow_down(chrome)
        chrome.get(address)
        asked = "ask(arguments[0]).then(() => arguments[1](performance.now()))"
        return SlowNetwork(chrome.execute_async_script(asked, query), 0.0)

    def is_search(self, path: str) -> bool:
        return path.startswith(f"/{BUNDLE}/")

    def timings(self, chrome: webdriver.Chrome, slowdown: int, rounds: int) -> tuple[Timing, ...]:
        """None: Pagefind searches in a worker, which the browser does not slow down."""
        return ()


@contextmanager
def fresh_browser(tools: Tools) -> Iterator[webdriver.Chrome]:
    """A browser that was never anywhere before."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as profile:
        options = Options()
        options.binary_location = tools.chromium  # named, so that Selenium looks for nothing on the network
        for argument in (*_ARGUMENTS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        try:
            chrome = webdriver.Chrome(options, Service(executable_path=tools.chromedriver))
            try:
                chrome.set_script_timeout(PATIENCE)
                yield chrome
            finally:
                chrome.quit()
        except WebDriverException as error:
            raise PortalError(f"the browser could not go on: {error.msg}") from error


def slow_down(chrome: webdriver.Chrome) -> None:
    """Give a browser the network and the processor of a cheap telephone."""
    chrome.execute_cdp_cmd("Network.enable", {})
    chrome.execute_cdp_cmd("Network.emulateNetworkConditions", dict(_SLOW))
    chrome.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})


def wait_for(chrome: webdriver.Chrome, until: Callable[[], T], what: str) -> T:
    """Wait for something to be so, and give it."""
    try:
        return WebDriverWait(chrome, PATIENCE, poll_frequency=0.05).until(lambda _: until())
    except TimeoutException as error:
        # Scripts of a portal built for the public are fetched from its public address, not from here.
        raise PortalError(f"{what} never came; is this a portal that portal build made?") from error
