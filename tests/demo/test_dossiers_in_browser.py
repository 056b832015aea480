"""Figures that change while a page is open, and the look-up of one dossier with every answer that it may get."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from plugins.portal.dossiers import DossierCounts, Received, Resolved
from plugins.portal.http_headers import headers_of
from plugins.portal.values import VIETNAM
from tests.demo.browsing import DESKTOP, PHONE, Browser, Screen
from tests.dossiers.made_up import counts, keep, publish, row, statistics
from tests.provinces import SmallProvince
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser

CODE = "000.00.14.H30-190924-0002"
STATISTICS = "so-lieu/"
LOOKUP = "tra-cuu-ho-so/"
EVERY = "0.2"
"""Seconds between two looks at the figures, in place of five."""
TOTAL = ":is(dl, div)[data-row=total]"
LIVE = "live/dossiers.json"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=lambda screen: screen.name)
NOW = datetime(2027, 2, 26, 10, 15, tzinfo=VIETNAM)
"""When these tests begin, for the browser and for the server: on no day do they mean another thing."""
AHEAD = NOW - datetime.now(VIETNAM)
"""Of the clock of this machine."""
# The browser lives then, too; what it waits for is noted, so that nobody has to wait for it with a watch.
INSTRUMENTS = f"""
const RealDate = Date;
const ahead = {AHEAD.total_seconds() * 1000:.0f};
window.Date = class extends RealDate {{
  constructor(...given) {{ super(...(given.length ? given : [RealDate.now() + ahead])); }}
  static now() {{ return RealDate.now() + ahead; }}
}};
const realTimeout = window.setTimeout;
window.delays = [];
window.setTimeout = (call, delay, ...given) => {{
  window.delays.push([call.name, delay]);
  return realTimeout(call, delay, ...given);
}};
const realFetch = window.fetch;
window.underWay = 0;
window.fetch = async (...request) => {{
  window.underWay += 1;
  try {{ return await realFetch(...request); }} finally {{ window.underWay -= 1; }}
}};
"""
FIVE_FRAMES = """
const [done] = arguments;
let left = 5;
(function frame() { if (left--) requestAnimationFrame(frame); else done(); })();
"""
# A change is marked for five seconds: here for a tenth of one.
SOON = """
const later = window.setTimeout;
window.setTimeout = (call, delay, ...given) => later(call, delay === 5000 ? 100 : delay, ...given);
"""
DOUBTED = DossierCounts(received=Received(total=500), resolved=Resolved(total=300, early=200, on_time=50, overdue=20))


@dataclass
class Answers:
    """What the service system answers, and what it was asked."""

    status: int = 200
    body: str = "{}"
    headers: dict[str, str] = field(default_factory=dict)
    go_on: Event | None = None
    """What the answer waits for."""
    asked: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing."""


class _Portal(_Quiet, SimpleHTTPRequestHandler):
    """The portal's files."""

    def __init__(self, *args: Any, look_up_url: str, **kwargs: Any) -> None:
        self.look_up_url = look_up_url
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        del self.headers["If-Modified-Since"]  # to the second: here the files change more often
        super().do_GET()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(time.time() + AHEAD.total_seconds() if timestamp is None else timestamp)

    def end_headers(self) -> None:
        for name, value in headers_of(self.path, self.look_up_url).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")  # a test may have written a page anew
        super().end_headers()


class _ServiceSystem(_Quiet):
    """The service system, at an origin of its own."""

    def __init__(self, *args: Any, answers: Answers) -> None:
        self.answers = answers
        super().__init__(*args)

    def do_GET(self) -> None:
        body, go_on = self.answers.body.encode(), self.answers.go_on
        self.answers.asked.append(self.path)
        self.answers.sent.append(dict(self.headers))
        if go_on is not None:
            go_on.wait(PATIENCE)
        self.send_response(self.answers.status)
        for name, value in self.answers.headers.items():
            self.send_header(name, value)
        self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
        self.send_header("Access-Control-Expose-Headers", "Retry-After")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *failed: object) -> None:
        """The browser hung up."""


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


@dataclass(frozen=True)
class Site:
    """A small province that is served, with what stands behind it."""

    output: Path
    url: str
    answers: Answers

    def tell(self, total: DossierCounts, as_of: datetime = NOW, health: DossierCounts | None = None) -> None:
        """Publish figures as a refresh does."""
        publish(self.output, statistics(row("so-y-te", health or counts(60, 50, 2)), total=total, as_of=as_of))

    def write_live(self, text: str) -> None:
        (self.output / LIVE).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    province = SmallProvince.of(tmp_path_factory.mktemp("dossiers"))
    built = statistics(
        row("so-y-te", counts(50, 40, 2)), total=counts(1000, 900, 20), as_of=NOW - timedelta(minutes=30)
    )
    keep(province.folder / "state", built)
    answers = Answers()
    with (
        serving(partial(_ServiceSystem, answers=answers)) as system,
        serving(partial(_Portal, directory=str(province.output), look_up_url=system)) as url,
    ):
        report = province.build(DOSSIER_LOOKUP_URL=system.rstrip("/"), DOSSIER_LOOKUP_EXAMPLE=CODE)
        assert province.problems(report) == []
        for address in ("", STATISTICS, f"{STATISTICS}so-y-te/", "so-y-te/"):
            page = province.output / address / "index.html"
            page.write_text(page.read_text("utf-8").replace('data-every="5"', f'data-every="{EVERY}"'), "utf-8")
        yield Site(province.output, url, answers)


@pytest.fixture
def browser(chromium: webdriver.Chrome, site: Site) -> Iterator[Browser]:
    site.tell(counts(1000, 900, 20), NOW - timedelta(minutes=30), counts(50, 40, 2))
    site.answers.__init__()  # type: ignore[misc]  # as if nothing had been asked before
    opened = Browser(chromium, site.url)
    added = run_before(opened, INSTRUMENTS)
    yield opened
    opened.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added)
    opened.reset()
    (site.output / LIVE).unlink(missing_ok=True)


def run_before(browser: Browser, source: str) -> str:
    """A script that runs before those of a page; gives its identifier."""
    return str(
        browser.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})["identifier"]
    )


def wait_for_the_network(browser: Browser) -> None:
    """Until no answer is waited for, and the page has done what it does with those that came."""
    browser.wait(lambda: browser.chrome.execute_script("return window.underWay === 0"), "the end of all requests")
    browser.chrome.execute_async_script(FIVE_FRAMES)


def shown(browser: Browser, path: str, within: str = TOTAL) -> str:
    """A figure of the page."""
    return str(browser.find(f"{within} [data-figure='{path}']").get_property("textContent"))


def wait_for(browser: Browser, path: str, text: str, within: str = TOTAL) -> None:
    browser.wait(lambda: shown(browser, path, within) == text, f"{text} as {path}")


def files_read(browser: Browser) -> int:
    return int(
        browser.chrome.execute_script(
            "return performance.getEntriesByType('resource').filter(({name}) => name.endsWith('dossiers.json')).length"
        )
    )


def wait_for_reads(browser: Browser, more: int) -> None:
    before = files_read(browser)
    browser.wait(lambda: files_read(browser) >= before + more, "another look at the file")


# Live figures


@SCREENS
@pytest.mark.parametrize("page", ["", STATISTICS, f"{STATISTICS}so-y-te/", "so-y-te/"])
def test_page_with_figures_is_easy_to_use(browser: Browser, page: str, screen: Screen) -> None:
    sight = browser.look(page, screen, "dl.figures")

    assert sight.messages == ()
    assert sight.width <= screen.width
    assert (sight.small_text, sight.low_targets) == ((), ())


def test_tables_are_folded_on_a_phone_and_their_rows_are_blocks(browser: Browser) -> None:
    table = (
        "const { width, height } = document.querySelector('table.form').getBoundingClientRect(); return [width, height]"
    )
    browser.open(STATISTICS, DESKTOP)
    assert browser.chrome.execute_script(table)[1] > 0
    assert not browser.shows(".fold > summary")

    browser.open(STATISTICS, PHONE)
    assert not browser.shows("table.form")
    browser.find("#theo-co-quan ~ .fold > summary").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.shows("table.form"), "the table")
    width, _ = browser.chrome.execute_script(table)
    label = "return getComputedStyle(document.querySelector('table.form tbody td:nth-of-type(2)'), '::before').content"

    assert width <= PHONE.width
    assert "Tiếp nhận" in browser.chrome.execute_script(label)


def test_figures_change_while_the_page_is_open(browser: Browser, site: Site) -> None:
    browser.open(STATISTICS)
    wait_for(browser, "received.total", "1.000")
    wait_for_reads(browser, 1)
    assert not browser.find_all(".changed")
    site.tell(counts(1500, 1200, 60))
    wait_for(browser, "received.total", "1.500")

    assert shown(browser, "rates.on_time_of_resolved") == "95,00%"
    assert shown(browser, "rates.resolved_of_received") == "80,00%"
    assert shown(browser, "received.total", "table.form tfoot") == "1.500"
    assert shown(browser, "resolved.total", "table.form tbody") == "50"
    assert NOW.strftime("%d/%m/%Y %H:%M") in browser.find("[data-known]").text
    assert browser.find_all(".changed")
    assert browser.messages() == ()


def test_new_figure_is_marked_without_motion_for_who_wants_none(browser: Browser, site: Site) -> None:
    browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    added = run_before(browser, SOON)
    browser.open(STATISTICS)
    browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added)
    wait_for_reads(browser, 1)
    site.tell(counts(1500, 1200, 60))
    wait_for(browser, "received.total", "1.500")
    browser.wait(lambda: not browser.find_all(".changed"), "the end of the marks")
    duration = browser.chrome.execute_script(
        "const figure = document.querySelector('[data-figure]'); figure.classList.add('changed');"
        "return getComputedStyle(figure).transitionDuration"
    )
    browser.command("Emulation.setEmulatedMedia", features=[])

    assert duration == "0s"


def test_bars_and_footnotes_follow_the_figures(browser: Browser, site: Site) -> None:
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)
    assert not browser.shows(".doubts")
    site.tell(counts(1500, 1200, 60), health=DOUBTED)
    wait_for(browser, "received.total", "500", "table.form tbody")
    widths = [part.get_attribute("width") for part in browser.find_all("table.rates tbody [data-part]")]
    [link] = browser.find_all("table.form tbody sup a")

    assert [round(float(str(width).rstrip("%")), 2) for width in widths] == [66.67, 16.67, 6.67]
    assert link.accessible_name == "Chú thích 1"
    assert browser.find(str(link.get_attribute("href")).rpartition("/")[2]).text == (
        "Sở Y tế: cột 7 ghi 300; cộng các cột 8 + 9 + 10 được 270."
    )
    site.tell(counts(1500, 1200, 60), health=counts())
    browser.wait(lambda: not browser.shows(".doubts"), "the end of the doubt")
    assert not browser.find_all("table.form tbody sup")


def test_home_of_an_agency_gets_its_figures_from_the_file(browser: Browser, site: Site) -> None:
    browser.open("so-y-te/", PHONE)
    wait_for(browser, "received.total", "50", "dl[data-row=so-y-te]")

    assert browser.shows("dl[data-row=so-y-te]")
    assert "phút trước" in browser.find("[data-known]").text


def test_page_about_an_agency_that_nobody_told_of_stays_as_it_is(browser: Browser) -> None:
    browser.open(f"{STATISTICS}so-tu-phap/")
    browser.wait(lambda: files_read(browser) >= 1, "the file")
    browser.wait(lambda: not browser.shows("[data-known]"), "nothing")

    assert browser.shows("[data-unknown]")
    assert not browser.shows("dl.figures")


@pytest.mark.parametrize("page", ["", STATISTICS])
def test_screen_readers_are_told_nothing_by_themselves(browser: Browser, site: Site, page: str) -> None:
    browser.open(page)
    wait_for_reads(browser, 1)
    site.tell(counts(1500, 1200, 60))
    wait_for(browser, "received.total", "1.500")
    regions = "main [aria-live]:not([aria-live=off]), main [role=alert], main [role=status]:not(.search-box *)"

    assert browser.find_all(regions) == []
    assert [part.get_property("textContent") for part in browser.find_all("[data-says]")] == ([""] if page else [])


def test_screen_readers_are_told_new_figures_on_request_and_no_longer_after(browser: Browser, site: Site) -> None:
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)
    button = browser.find("[data-announce]")
    button.send_keys(Keys.ENTER)
    assert (button.get_attribute("aria-pressed"), button.text) == ("true", "Đọc số liệu mới")
    assert browser.find("[data-says]").get_attribute("aria-live") == "polite"
    site.tell(counts(1500, 1200, 60))
    said = browser.wait(lambda: browser.find("[data-says]").get_property("textContent"), "the figures in words")

    assert said == (
        f"Đến {NOW:%d/%m/%Y %H:%M}: tiếp nhận 1.500 hồ sơ, đã giải quyết 1.200, trong đó 95,00% trước và đúng hạn."
    )
    button.send_keys(Keys.ENTER)
    site.tell(counts(1600, 1200, 60))
    wait_for(browser, "received.total", "1.600")
    assert button.get_attribute("aria-pressed") == "false"
    assert browser.find("[data-says]").get_property("textContent") == ""


def test_figures_that_are_too_old_are_said_to_be(browser: Browser, site: Site) -> None:
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)
    assert not browser.shows("[data-stale]")
    publish(site.output, statistics(total=counts(), as_of=NOW), stale_after=0)
    browser.wait(lambda: browser.shows("[data-stale]"), "the warning")

    assert browser.find("[data-stale]").text.startswith(f"Chưa cập nhật từ {NOW:%d/%m/%Y %H:%M} (")


def test_figures_of_a_build_long_ago_are_said_to_be_old_without_the_file(browser: Browser, site: Site) -> None:
    (site.output / LIVE).unlink()
    page = site.output / STATISTICS / "index.html"
    before = page.read_text("utf-8")
    page.write_text(before.replace('data-stale-after="24.0"', 'data-stale-after="0.1"'), "utf-8")
    browser.open(STATISTICS)
    browser.wait(lambda: browser.shows("[data-stale]"), "the warning")
    page.write_text(before, "utf-8")

    assert shown(browser, "received.total") == "1.000"


@pytest.mark.parametrize(
    "broken",
    ["", "<!doctype html>", '{"version": 1, "as_of": "2019', "{}", "null", "[]",
     '{"version": 2, "as_of": "2030-01-01"}',
     '{"version": 1, "as_of": "2030-01-01T00:00:00+07:00", "rows": {"total": {"received": {"total": "nhiều"}}}}',
     '{"version": 1, "as_of": null, "rows": {}}'],
)  # fmt: skip
def test_broken_file_leaves_what_is_there(browser: Browser, site: Site, broken: str) -> None:
    site.write_live(broken)
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)

    assert shown(browser, "received.total") == "1.000"
    assert browser.messages() == ()


def test_older_file_than_the_page_changes_nothing(browser: Browser, site: Site) -> None:
    site.tell(counts(5, 4, 1), NOW - timedelta(days=3))
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)

    assert shown(browser, "received.total") == "1.000"
    assert f"{NOW - timedelta(minutes=30):%d/%m/%Y %H:%M}" in browser.find("[data-known]").text
    assert not browser.shows("[data-stale]")


def test_failures_are_asked_after_less_and_less_often_and_mended_by_themselves(browser: Browser, site: Site) -> None:
    site.write_live("broken")
    browser.open(STATISTICS)
    wait_for_reads(browser, 3)
    waits = browser.chrome.execute_script(
        "return window.delays.filter(([name]) => name === 'look').map(([, ms]) => ms)"
    )

    every = 1000 * float(EVERY)
    assert waits[:3] == pytest.approx([2 * every, 4 * every, 8 * every], rel=0.1)
    site.tell(counts(1500, 1200, 60))
    wait_for(browser, "received.total", "1.500")


def look_away(browser: Browser, *, away: bool) -> None:
    """As when another tab comes to the front; headless tabs are all in front."""
    browser.chrome.execute_script(
        "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'));",
        away,
    )


def test_nothing_is_asked_while_nobody_looks(browser: Browser, site: Site) -> None:
    browser.open(STATISTICS)
    wait_for_reads(browser, 1)
    look_away(browser, away=True)
    wait_for_the_network(browser)
    before = files_read(browser)
    site.tell(counts(1500, 1200, 60))
    # The page's own clock goes on, so that a busy machine makes both slower.
    tick = f"window.ticks = 0; setInterval(() => {{ window.ticks += 1; }}, {1000 * float(EVERY)})"
    browser.chrome.execute_script(tick)
    browser.wait(lambda: browser.chrome.execute_script("return window.ticks >= 8"), "the time of eight looks")

    assert files_read(browser) == before
    look_away(browser, away=False)
    wait_for(browser, "received.total", "1.500")


def test_figures_of_the_build_are_there_without_javascript(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(STATISTICS, PHONE)

    assert browser.find(f"{TOTAL} dd").text == "1.000"
    assert not browser.shows("[data-announce], [data-stale]")


# The look-up


def dossier(**changes: Any) -> dict[str, Any]:
    return {
        "code": CODE, "procedure": "1.001193", "procedure_name": "Đăng ký <b>khai sinh</b>", "agency": "so-y-te",
        "agency_name": "Sở Y tế", "channel": "online", "status": 4, "received_at": "2019-09-24T08:00:00+07:00",
        "due_at": (NOW + timedelta(days=2)).isoformat(), "resolved_at": None,
        "timeline": [
            {"at": "2019-09-24T07:50:00+07:00", "status": 1}, {"at": "2019-09-24T08:00:00+07:00", "status": 2},
            {"at": "2019-09-24T09:00:00+07:00", "status": 4},
        ],
        "notices": [{"at": "2019-09-24T08:01:00+07:00", "kind": "sms", "about": "received"}],
        "post": None,
    } | changes  # fmt: skip


NO_CODE = "Đây không phải là mã hồ sơ. Mã có dạng 000.00.14.H30-190924-0002."


def ask(browser: Browser, typed: str = CODE, screen: Screen = DESKTOP) -> None:
    browser.open(LOOKUP, screen)
    browser.find("#ma-ho-so").send_keys(typed, Keys.ENTER)


def result(browser: Browser) -> str:
    browser.wait(lambda: browser.shows("#ho-so"), "the result")
    return str(browser.find("#ho-so").text)


def problem(browser: Browser) -> str:
    return str(browser.wait(lambda: browser.find("#tra-cuu-tra-loi").text, "what is wrong"))


def fact(browser: Browser, name: str) -> str:
    return str(browser.find(f"[data-fact={name}]").text)


@SCREENS
def test_dossier_is_told_in_plain_words_and_its_heading_has_the_focus(
    browser: Browser, site: Site, screen: Screen
) -> None:
    site.answers.body = json.dumps(dossier())
    ask(browser, screen=screen)
    result(browser)

    assert browser.focused == browser.find("#ho-so-ten")
    assert browser.focused.text == "Đang xử lý"
    assert fact(browser, "meaning") == "Cơ quan đang giải quyết hồ sơ."
    assert fact(browser, "next") == "Chưa phải làm gì. Xem ngày hẹn trả bên dưới."
    assert fact(browser, "procedure_name") == "Đăng ký <b>khai sinh</b>"
    assert fact(browser, "received_at") == "24/09/2019 08:00"
    assert fact(browser, "due_at") == f"{NOW + timedelta(days=2):%d/%m/%Y %H:%M} – Còn 2 ngày."
    assert fact(browser, "timeline").splitlines() == [
        "24/09/2019 07:50: Mới đăng ký", "24/09/2019 08:00: Được tiếp nhận", "24/09/2019 09:00: Đang xử lý",
    ]  # fmt: skip
    assert fact(browser, "notices") == "24/09/2019 08:01 về việc tiếp nhận"
    assert not browser.shows("[data-fact=post], [data-fact=resolved_at], [data-fact=late]")
    assert browser.chrome.execute_script("return document.documentElement.scrollWidth") <= screen.width
    assert browser.messages() == ()


def test_code_is_asked_for_once_without_cookies_and_stands_nowhere_else(browser: Browser, site: Site) -> None:
    site.answers.body = json.dumps(dossier())
    browser.open(LOOKUP)
    pages = browser.chrome.execute_script("return history.length")
    browser.chrome.add_cookie({"name": "a", "value": "b"})
    browser.find("#ma-ho-so").send_keys(CODE, Keys.ENTER)
    result(browser)
    stored = browser.chrome.execute_script("return [localStorage.length, sessionStorage.length, history.length]")
    browser.chrome.delete_all_cookies()

    assert site.answers.asked == [f"/v1/dossiers/{CODE}"]
    assert {"Cookie", "Referer", "Authorization"} & set(site.answers.sent[0]) == set()
    assert browser.chrome.current_url == f"{site.url}{LOOKUP}"
    assert stored == [0, 0, pages]
    assert CODE not in browser.chrome.title


def test_nothing_is_left_for_who_comes_back(browser: Browser, site: Site) -> None:
    site.answers.body = json.dumps(dossier())
    ask(browser)
    result(browser)
    browser.find("#cach-khac ~ ul a[href$='/don-vi/']").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.chrome.current_url.endswith("/don-vi/"), "the directory")
    browser.chrome.back()
    browser.wait(lambda: browser.shows("#ma-ho-so"), "the form")

    assert browser.find("#ma-ho-so").get_property("value") == ""
    assert not browser.shows("#ho-so")


def test_link_of_a_message_is_followed_and_taken_out_of_the_address(browser: Browser, site: Site) -> None:
    site.answers.body = json.dumps(dossier())
    browser.open(f"{LOOKUP}#{CODE.lower()}")
    result(browser)

    assert browser.chrome.current_url == f"{site.url}{LOOKUP}"
    assert browser.find("#ma-ho-so").get_property("value") == CODE
    # Another message is opened while the page is.
    browser.chrome.execute_script("location.hash = arguments[0]", CODE.replace("0002", "0003"))
    browser.wait(lambda: len(site.answers.asked) == 2, "the other question")
    browser.wait(lambda: browser.chrome.current_url == f"{site.url}{LOOKUP}", "the plain address")


@pytest.mark.parametrize(
    "typed", [f"  {CODE.lower()} ", "0000014h301909240002", "000 00 14 H30 190924 0002", "000.00.14.H30–190924–0002"]
)
def test_code_may_be_typed_as_people_type(browser: Browser, site: Site, typed: str) -> None:
    site.answers.body = json.dumps(dossier())
    ask(browser, typed)
    result(browser)

    assert site.answers.asked == [f"/v1/dossiers/{CODE}"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Hãy nhập mã hồ sơ."),
        ("000.00.14.H30-190924", "Còn thiếu 4 ký tự."),
        ("abc", NO_CODE),
        ("hồ sơ của tôi", NO_CODE),
        ("Nguyễn 0905", NO_CODE),
        ("000.00.1đ", "“đ” không đúng chỗ. Mã có dạng 000.00.14.H30-190924-0002."),
        ("000.00.1Đ", "“Đ” không đúng chỗ. Mã có dạng 000.00.14.H30-190924-0002."),
        ("000.00.14.430-190924-0002", "“4” không đúng chỗ. Mã có dạng 000.00.14.H30-190924-0002."),
        ("000.00.14.H30-191324-0002", "Sáu chữ số ở giữa là năm, tháng, ngày. “191324” không phải là ngày."),
        ("000.00.14.H30-190924-0002/../x", "“/” không đúng chỗ. Mã có dạng 000.00.14.H30-190924-0002."),
    ],
)
def test_what_is_no_code_is_told_and_not_asked_for(browser: Browser, site: Site, typed: str, said: str) -> None:
    ask(browser, typed)

    assert browser.find("#ma-ho-so-xem").text == said
    assert browser.focused == browser.find("#ma-ho-so")
    assert browser.focused.get_attribute("aria-invalid") == "true"
    assert site.answers.asked == []


def test_code_is_checked_as_it_is_typed(browser: Browser) -> None:
    browser.open(LOOKUP)
    box, hint = browser.find("#ma-ho-so"), browser.find("#ma-ho-so-xem")
    box.send_keys("0000014h30190924")
    browser.wait(lambda: hint.text == "Còn thiếu 4 ký tự.", "what is missing")
    box.send_keys("0002")
    browser.wait(lambda: hint.text == f"Mã đã đủ: {CODE}", "the code")

    assert box.get_attribute("aria-invalid") != "true"


YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "late", "due"),
    [
        ({"due_at": (NOW - timedelta(days=3)).isoformat()}, "Hồ sơ đã quá hẹn 3 ngày.", ""),
        ({"due_at": "2019-09-24", "status": 2}, "Hồ sơ đã quá hẹn ", ""),
        ({"due_at": YESTERDAY.isoformat(), "status": 5}, "", ""),
        ({"due_at": None}, "", ""),
        ({"due_at": YESTERDAY.isoformat(), "resolved_at": NOW.isoformat(), "status": 9}, "", "muộn 1 ngày"),
        ({"due_at": TOMORROW.isoformat(), "resolved_at": NOW.isoformat(), "status": 10}, "", "đúng hẹn"),
    ],
)
def test_being_late_is_said_plainly(browser: Browser, site: Site, changes: dict[str, Any], late: str, due: str) -> None:
    site.answers.body = json.dumps(dossier(**changes))
    ask(browser)
    result(browser)

    assert fact(browser, "late").startswith(late)
    assert browser.shows("[data-fact=late]") == bool(late)
    assert fact(browser, "next").startswith("Hỏi cơ quan") == bool(late)
    assert due in fact(browser, "due_at")
    assert "Còn" not in fact(browser, "due_at")


@pytest.mark.parametrize("written", ["{:%Y-%m-%d}", "{:%Y-%m-%d}T00:00:00+07:00"])
@pytest.mark.parametrize("days", [0, 1])
def test_day_without_an_hour_is_over_when_the_day_is(browser: Browser, site: Site, written: str, days: int) -> None:
    day = NOW.astimezone(VIETNAM) + timedelta(days=days)
    site.answers.body = json.dumps(dossier(due_at=written.format(day)))
    ask(browser)
    result(browser)

    assert fact(browser, "due_at") == f"{day:%d/%m/%Y} – Còn {days} ngày."
    assert not browser.shows("[data-fact=late]")


def test_hint_shows_a_code_that_the_system_knows(browser: Browser) -> None:
    browser.open(LOOKUP)

    assert browser.find("#ma-ho-so-goi-y").text == (
        f"Mã ghi trên giấy tiếp nhận và trong tin nhắn, như {CODE}. Có thể bỏ dấu chấm, dấu gạch."
    )


@pytest.mark.parametrize("status", [1, 3])
def test_dossier_that_was_not_received_has_a_day_of_submission(browser: Browser, site: Site, status: int) -> None:
    labels = []
    for number in (status, 4):
        site.answers.body = json.dumps(dossier(status=number))
        ask(browser)
        result(browser)
        labels.append(browser.find("#ho-so-nhan").text)

    assert labels == ["Ngày nộp", "Ngày tiếp nhận"]


@pytest.mark.parametrize("status", [3, 7, 8])
def test_there_is_no_day_to_come_back_where_there_will_be_no_result(browser: Browser, site: Site, status: int) -> None:
    site.answers.body = json.dumps(dossier(status=status, due_at=TOMORROW.isoformat()))
    ask(browser)
    result(browser)

    assert fact(browser, "due_at") == ""
    assert not browser.shows("[data-fact=due_at], [data-fact=late]")


def test_what_the_system_does_not_say_is_left_out_in_plain_words(browser: Browser, site: Site) -> None:
    site.answers.body = json.dumps(
        dossier(status=None, channel=None, agency=None, due_at=None, procedure=None, incomplete=True, timeline=[])
    )
    ask(browser)
    result(browser)

    assert browser.find("#ho-so-ten").text == "Chưa rõ trạng thái"
    assert fact(browser, "meaning") == "Hệ thống chưa ghi trạng thái của hồ sơ, hoặc ghi không đúng."
    assert fact(browser, "next") == "Hãy hỏi cơ quan đã nhận hồ sơ."
    assert fact(browser, "incomplete").startswith("Hồ sơ này chưa hiện được đầy đủ vì một số thông tin")
    assert not browser.shows("[data-fact=channel], [data-fact=due_at], [data-fact=late], .current")
    assert not browser.find_all("[data-fact=agency_name] a, [data-fact=procedure_name] a")

    site.answers.body = json.dumps(dossier())
    browser.find("#tra-cuu button").click()
    browser.wait(lambda: browser.find("#ho-so-ten").text == "Đang xử lý", "the other answer")
    assert not browser.shows("[data-fact=incomplete]")


@pytest.mark.parametrize("status", [3, 7, 8])
def test_what_ended_without_a_result_is_not_said_to_have_one(browser: Browser, site: Site, status: int) -> None:
    site.answers.body = json.dumps(
        dossier(due_at=TOMORROW.isoformat(), resolved_at=NOW.isoformat(), status=status, post=None)
    )
    ask(browser)
    result(browser)

    assert fact(browser, "resolved_at") == ""
    assert not browser.shows("[data-fact=resolved_at]")
    assert "–" not in fact(browser, "due_at")


def test_post_and_every_state_have_their_words(browser: Browser, site: Site) -> None:
    post = {"service": "Bưu điện tỉnh", "tracking_number": "EH123456789VN", "direction": "out", "status": "đang phát"}
    for status in range(1, 11):
        site.answers.body = json.dumps(dossier(status=status, post=post, timeline=[], notices=[]))
        ask(browser)
        result(browser)
        name = browser.find(f"[data-state='{status}'] span").text
        assert browser.find("#ho-so-ten").text == name
        assert fact(browser, "meaning")
        assert fact(browser, "next")

    assert fact(browser, "post") == "Kết quả gửi đến bạn · Bưu điện tỉnh · EH123456789VN · đang phát"
    assert not browser.shows("[data-fact=timeline], [data-fact=notices]")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (404, "{}", f"Không có hồ sơ mang mã {CODE}."),
        (400, "{}", f"Hệ thống không nhận {CODE} là mã hồ sơ."),
        (409, "{}", f"Hệ thống có hồ sơ mang mã {CODE} nhưng chưa hiện ra được vì thông tin ghi ở đó chưa đúng."),
        (503, "{}", "Hệ thống trả lời không đọc được."),
        (200, "<!doctype html>", "Hệ thống trả lời không đọc được."),
        (200, "null", "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(code="000.00.14.H30-190924-0003")), "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(status=11)), "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(due_at="mai")), "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(timeline=[{"at": "2019-09-24T08:00:00+07:00"}])), "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(timeline="x")), "Hệ thống trả lời không đọc được."),
        (200, json.dumps(dossier(notices=[None])), "Hệ thống trả lời không đọc được."),
    ],
)
def test_every_other_answer_is_told(browser: Browser, site: Site, status: int, body: str, said: str) -> None:
    site.answers.status, site.answers.body = status, body
    ask(browser)

    assert problem(browser).startswith(said)
    assert not browser.shows("#ho-so")
    # Mended, the next question is answered, and the problem gone.
    site.answers.status, site.answers.body = 200, json.dumps(dossier())
    browser.find("#tra-cuu button").click()
    result(browser)
    assert browser.find("#tra-cuu-tra-loi").text == ""


def test_too_many_questions_are_counted_down(browser: Browser, site: Site) -> None:
    site.answers.status, site.answers.headers = 429, {"Retry-After": "2"}
    ask(browser)
    assert problem(browser) == "Quá nhiều lượt tra cứu cùng lúc. Xin chờ."
    button, wait = browser.find("#tra-cuu button"), browser.find("#tra-cuu-cho")
    assert (wait.text, button.get_attribute("aria-disabled")) == ("Số giây cần chờ: 2", "true")
    browser.find("#ma-ho-so").send_keys(Keys.ENTER)
    browser.wait(lambda: browser.find("#ma-ho-so-xem").text == "Bạn có thể tra cứu lại.", "the end of the wait")

    assert len(site.answers.asked) == 1
    assert (button.get_attribute("aria-disabled"), browser.shows("#tra-cuu-cho")) == ("false", False)


def test_system_that_cannot_be_reached_is_told(browser: Browser) -> None:
    browser.command("Network.enable")
    browser.open(LOOKUP)
    browser.command("Network.setBlockedURLs", urls=["*/v1/*"])
    browser.find("#ma-ho-so").send_keys(CODE, Keys.ENTER)
    said = problem(browser)
    browser.command("Network.setBlockedURLs", urls=[])

    assert said.startswith("Không kết nối được với hệ thống.")


def test_answer_to_an_earlier_question_does_not_come_late(browser: Browser, site: Site) -> None:
    other = CODE.replace("0002", "0003")
    first = Event()
    site.answers.go_on, site.answers.body = first, json.dumps(dossier())
    ask(browser)
    browser.wait(lambda: site.answers.asked, "the first question")
    site.answers.go_on, site.answers.body = None, json.dumps(dossier(code=other, status=9))
    box = browser.find("#ma-ho-so")
    box.clear()
    box.send_keys(other, Keys.ENTER)
    result(browser)
    assert fact(browser, "code") == other
    first.set()
    wait_for_the_network(browser)

    assert len(site.answers.asked) == 2
    assert fact(browser, "code") == other
    assert browser.find("#tra-cuu-tra-loi").text == ""


@SCREENS
def test_look_up_works_by_keyboard_alone(browser: Browser, site: Site, screen: Screen) -> None:
    site.answers.body = json.dumps(dossier())
    sight = browser.look(LOOKUP, screen, "#tra-cuu")
    browser.chrome.execute_script("document.querySelector('main').focus()")
    browser.press(Keys.TAB)
    assert browser.focused == browser.find("#ma-ho-so")
    browser.press(CODE, Keys.TAB, Keys.ENTER)
    result(browser)

    assert browser.focused == browser.find("#ho-so-ten")
    assert (sight.messages, sight.small_text, sight.low_targets) == ((), (), ())
    assert sight.width <= screen.width


def test_look_up_leads_elsewhere_without_javascript(browser: Browser) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(LOOKUP, PHONE)

    assert not browser.shows("#tra-cuu")
    assert browser.shows("noscript p")
    assert browser.chrome.find_elements(By.CSS_SELECTOR, "#cach-khac ~ ul a")
