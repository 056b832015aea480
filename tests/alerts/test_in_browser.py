"""Emergency notices in a real browser, without a build."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from plugins.alerts import show_alerts
from plugins.portal.alerts import Alert
from plugins.portal.values import VIETNAM
from plugins.serving import PortalServer
from tests import chromium
from tests.provinces import SmallProvince
from tests.waiting import until

pytestmark = pytest.mark.browser

FUTURE = datetime(2099, 12, 1, 18, tzinfo=VIETNAM)
LINES = "return [...document.querySelectorAll('.notices [data-until]')].map(({ textContent }) => textContent)"
DOCTORED = """
const really = fetch;
window.waits = [];
window.told = { date: %s, alerts: %s };
window.fetch = (url, options) => {
  if (url !== '/live/alert.json') return really(url, options);
  window.cache = options.cache;
  return Promise.resolve(new Response(JSON.stringify({ alerts: told.alerts }), { headers: { date: told.date } }));
};
const wait = setTimeout;
window.setTimeout = (run, ms) => (ms > 60000 ? waits.push({ run, ms }) : wait(run, ms));
"""
"""The server's answers and the timers, in the hands of the test."""


@dataclass
class Reader:
    """Somebody who reads the portal."""

    chrome: webdriver.Chrome
    portal: str
    output: Path

    def says(self, *alerts: Alert) -> None:
        show_alerts(self.output, alerts, "vi", lambda word: {"Emergency": "Khẩn cấp", "Notice": "Thông báo"}[word])

    def opens(self, address: str) -> None:
        self.chrome.get(self.portal + address)

    def sees(self, *expected: str) -> None:
        until(lambda: self.does(LINES) == list(expected), f"{expected}")

    def does(self, script: str, *given: object) -> Any:
        return self.chrome.execute_script(script, *given)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("alerts")
    province = SmallProvince.of(folder)
    province.edit("province/province.yaml", "\nnotice:", "\nresponsible:")
    province.build(conf="publishconf.py")
    with ExitStack() as stack:
        portal = stack.enter_context(PortalServer(province.output, port=0).running())
        yield Reader(stack.enter_context(chromium.opened(folder / "profile")), portal, province.output)


def test_notice_is_one_line_on_its_pages_that_opens_and_is_stored_nowhere(reader: Reader) -> None:
    long = "Nước lên <b>nhanh</b>, " * 12
    reader.says(
        Alert(level="danger", text="Bão số 5", until=FUTURE),
        Alert(agency="so-y-te", level="info", text=long.strip(), until=FUTURE),
    )
    reader.chrome.set_window_size(500, 800)
    reader.opens("so-y-te/")
    reader.sees("Khẩn cấp: Bão số 5", f"Thông báo: {long.strip()}")
    region = "return document.querySelector('.notices')"
    shut = reader.does(f"{region}.offsetHeight")
    reader.does(f"{region}.lastElementChild.querySelector('summary').click()")

    assert 0 < shut < 40
    assert reader.does(f"{region}.offsetHeight") > shut
    assert reader.does(f"{region}.ariaLive") == "polite"
    assert reader.does(f"{region}.lastElementChild.ariaLabel") == "Thông báo"
    assert reader.does(f"{region}.nextElementSibling.className") == "masthead"
    assert reader.does("return localStorage.length + sessionStorage.length") == 0
    reader.opens("so-tu-phap/")
    reader.sees("Khẩn cấp: Bão số 5")


def test_page_without_a_notice_is_where_it_was(reader: Reader) -> None:
    reader.says()
    reader.opens("")
    until(lambda: reader.does("return performance.getEntriesByName(location.origin + '/live/alert.json').length"))

    assert reader.does(LINES) == []
    assert reader.does("return document.querySelector('.masthead').getBoundingClientRect().top") == 0


def test_open_page_takes_a_notice_away_at_its_end_and_what_changed_meanwhile(reader: Reader) -> None:
    now = datetime(2019, 9, 24, 8, 30, tzinfo=VIETNAM)
    alerts = [line(now + timedelta(hours=1), "một giờ"), line(now + timedelta(hours=3), "ba giờ")]
    source = DOCTORED % (json.dumps(now.isoformat()), json.dumps(alerts))
    script = reader.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        reader.opens("so-y-te/")
        reader.sees("Khẩn cấp: một giờ", "Khẩn cấp: ba giờ")
        reader.does("document.querySelectorAll('[data-until] details')[1].open = true")
        first = reader.does("return waits.map(({ ms }) => ms)")
        changed = [*alerts, line(now + timedelta(hours=2), "thêm")]
        later = (now + timedelta(hours=1)).isoformat()
        reader.does("Object.assign(told, arguments[0]); waits.pop().run()", {"date": later, "alerts": changed})
        reader.sees("Khẩn cấp: thêm", "Khẩn cấp: ba giờ")

        assert first == [3_600_000]
        assert reader.does("return waits.map(({ ms }) => ms)") == [3_600_000]
        assert reader.does("return document.querySelectorAll('[data-until] details')[1].open"), "it is the same line"
        assert reader.does("return cache") == "no-store"
    finally:
        reader.chrome.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def line(end: datetime, text: str) -> dict[str, str]:
    return {"agency": "", "label": "Khẩn cấp", "lang": "vi", "text": text, "until": end.isoformat()}
