"""A browser at the portal: sizes of screens, keys, and what it has to say of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests import waiting

T = TypeVar("T")
PATIENCE = 30
"""Seconds after which what has not appeared will not."""
SMALLEST_TEXT = 12
"""CSS pixels."""
LOWEST_TARGET = 24
"""CSS pixels; WCAG 2.2, success criterion 2.5.8."""

# Selenium's own idea of what is displayed does not know that a style sheet can lay a closed <details> open.
_VISIBLE = """
const visible = (element) => element.getClientRects().length > 0 && element.checkVisibility(
  {contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true});
"""
_SHOWN = f"{_VISIBLE} return [...document.querySelectorAll(arguments[0])].filter(visible).length;"
_LOOK = (
    f"{_VISIBLE}"
    + """
const [smallestText, lowestTarget] = arguments;
const display = (element) => getComputedStyle(element).display;
const classes = (element) => [element.localName, ...element.classList].join('.');
const called = (element) => `${classes(element.parentElement)} > ${classes(element)}`;
const words = (element) => (element.textContent || element.value || element.name || '').trim().replace(/\\s+/g, ' ');

// What is wrong with one element is wrong with all of its kind: each kind is told once.
class Kinds extends Map {
  add(element, size) {
    const kind = `${called(element)}: ${size.toFixed(1)} px`;
    this.set(kind, [...(this.get(kind) ?? []), words(element)]);
  }
  told() {
    return [...this].map(([kind, found]) => `${kind} (${found.length}, as "${found[0].slice(0, 60)}")`);
  }
}

const smallText = new Kinds();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  const size = parseFloat(getComputedStyle(element).fontSize);
  if (walker.currentNode.data.trim() && size < smallestText && visible(element))
    smallText.add(element, size);
}

// Letters that stand in one line with a link, and are no link themselves.
const beside = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches('a, button, summary')) return '';
  return display(node).startsWith('inline') ? [...node.childNodes].map(beside).join('') : '';
};
const inRunningText = (link) => {
  if (display(link) !== 'inline') return false;
  let block = link.parentElement;
  while (display(block) === 'inline') block = block.parentElement;
  return /\\p{L}/u.test([...block.childNodes].map(beside).join(''));
};
const lowTargets = new Kinds();
for (const target of document.querySelectorAll('a[href], button, summary, input, select, textarea, [role="button"]')) {
  const {height} = target.getBoundingClientRect();
  if (visible(target) && height < lowestTarget && !(target.localName === 'a' && inRunningText(target)))
    lowTargets.add(target, height);
}

const h1 = document.querySelector('h1');
const box = h1?.getBoundingClientRect();
return {
  width: document.documentElement.scrollWidth,
  h1: Boolean(h1 && visible(h1) && box.width && box.height && box.left >= 0),
  smallText: smallText.told(), lowTargets: lowTargets.told(),
};
"""
)


@dataclass(frozen=True)
class Screen:
    """A screen to look at pages on; in CSS pixels."""

    name: str
    width: int
    height: int
    mobile: bool


PHONE = Screen("phone", 360, 800, mobile=True)
DESKTOP = Screen("desktop", 1280, 900, mobile=False)


@dataclass(frozen=True)
class Sight:
    """What was seen of a page on a screen."""

    page: str
    screen: Screen
    messages: tuple[str, ...]
    """All that the browser's log has of it."""
    width: int
    """How wide the page is; what exceeds the screen must be scrolled to."""
    shows_h1: bool
    small_text: tuple[str, ...]
    low_targets: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"/{self.page} on a {self.screen.name}"


class Browser:
    """Chromium at a served portal."""

    def __init__(self, chrome: webdriver.Chrome, url: str) -> None:
        self.chrome = chrome
        self.url = url

    def open(self, page: str, screen: Screen = DESKTOP) -> None:
        """Open a page as if for the first time: the log begins with it."""
        self._leave()
        self.go_on_to(page, screen)

    def go_on_to(self, page: str, screen: Screen) -> None:
        """Open a page from the one before, which takes less: where nothing hangs on what the page before leaves."""
        self._emulate(screen)
        self.messages()
        self.chrome.get(self.url + page)

    def _leave(self) -> None:
        """An empty page. The page goes there itself: sent there, the browser begins a process for the next page, which
        takes as long as the page."""
        if self.chrome.current_url == "about:blank":
            return
        self.chrome.execute_script("location.replace('about:blank')")
        self.wait(lambda: self.chrome.current_url == "about:blank", "an empty page")

    def resize(self, screen: Screen) -> None:
        """The page that is open, on another screen of its kind, as when a device is turned."""
        self._emulate(screen)
        self.wait(lambda: self.chrome.execute_script("return innerWidth") == screen.width, f"a {screen.name}")

    def _emulate(self, screen: Screen) -> None:
        size = {"width": screen.width, "height": screen.height, "mobile": screen.mobile, "deviceScaleFactor": 1}
        self.command("Emulation.setDeviceMetricsOverride", **size)

    def prefer(self, scheme: str) -> None:
        """The scheme of colours that the device asks for, `light` or `dark`, for pages opened from now on."""
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def reset(self) -> None:
        """No page, no emulation, an empty log."""
        self._leave()
        self.command("Emulation.setScriptExecutionDisabled", value=False)
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        self.command("Emulation.clearDeviceMetricsOverride")
        self.messages()

    def command(self, name: str, **parameters: Any) -> None:
        """A command of the DevTools protocol."""
        self.chrome.execute_cdp_cmd(name, parameters)

    def messages(self) -> tuple[str, ...]:
        """The log since it was last asked for."""
        log = self.chrome.get_log("browser")  # type: ignore[no-untyped-call]  # Selenium has no type for it
        return tuple(f"{entry['level']}: {entry['message']}" for entry in log)

    def find(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector: str) -> list[WebElement]:
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def shown(self, selector: str) -> int:
        """How many elements that match are displayed."""
        return int(self.chrome.execute_script(_SHOWN, selector))

    def shows(self, selector: str) -> bool:
        """Whether anything that matches is displayed."""
        return self.shown(selector) > 0

    def wait(self, until: Callable[[], T], what: str) -> T:
        """Wait for something to be so, and give it."""

        def seen() -> T | None:
            try:
                return until()
            except (NoSuchElementException, StaleElementReferenceException):
                return None  # the page is being exchanged

        found = waiting.until(seen, what, PATIENCE)
        assert found is not None
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.chrome).send_keys(key).perform()

    @property
    def focused(self) -> WebElement:
        return self.chrome.switch_to.active_element

    def look(self, page: str, screen: Screen, awaited: str = "h1") -> Sight:
        """Open a page, wait until `awaited` shows, and look at all of it."""
        self.open(page, screen)
        self.wait(lambda: self.shows(awaited), f"{awaited} on /{page}")
        seen = self.chrome.execute_script(_LOOK, SMALLEST_TEXT, LOWEST_TARGET)
        return Sight(
            page=page,
            screen=screen,
            messages=self.messages(),
            width=seen["width"],
            shows_h1=seen["h1"],
            small_text=tuple(seen["smallText"]),
            low_targets=tuple(seen["lowTargets"]),
        )
