"""Where there is no network, the procedures read last are there, with the moment; all else says that it is not."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import html
from selenium import webdriver

from plugins.portal import addresses
from plugins.portal.http_headers import CONTENT_TYPES, headers_of
from tests import chromium
from tests.demo.browsing import PHONE, Browser
from tests.provinces import SmallProvince
from tests.serving.published import publish, published
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser

PROCEDURE = "so-y-te/thu-tuc/1.004616/"
OTHER = "thu-tuc/1.001193/"
KEPT = re.compile(r"Bản đã lưu lúc (\d\d:\d\d) ngày (\d\d/\d\d/\d{4}):")
MOST = 20
"""Procedures that are kept."""
NOT_THERE = "Không có mạng"
_KEEP = """
const done = arguments[arguments.length - 1];
(async () => await (await caches.open('portal-pages')).keys())()
  .then((kept) => done(kept.map(({ url }) => new URL(url).pathname)));
"""
_FILES = """
const done = arguments[arguments.length - 1];
(async () => await (await caches.open('portal-files')).keys())()
  .then((kept) => done(kept.map(({ url }) => new URL(url).pathname)));
"""
_FETCH = """
const done = arguments[arguments.length - 1];
fetch(arguments[0]).then((answer) => done(answer.status), () => done('failed'));
"""
_STYLED = "return [...document.styleSheets].every(({ cssRules }) => cssRules.length) && document.styleSheets.length"


class _Handler(SimpleHTTPRequestHandler):
    """Answers pages when it is let, all else at once; each answer ends its connection, so that the network can end."""

    def __init__(self, *args: Any, free: threading.Event, **kwargs: Any) -> None:
        self.free = free
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in headers_of(self.path).items():
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        return CONTENT_TYPES.get(Path(path).suffix, "text/html")

    def do_GET(self) -> None:
        if self.path.endswith("/"):
            self.free.wait(PATIENCE)
        try:
            super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Nobody reads it."""


@contextmanager
def served(folder: Path, port: int, free: threading.Event) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder), free=free)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            free.set()
            server.shutdown()
            thread.join(timeout=PATIENCE)


@pytest.fixture(scope="module")
def province() -> Iterator[SmallProvince]:
    """Published, and not changed."""
    with published() as made:
        yield made


@pytest.fixture
def chrome(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    with chromium.opened(tmp_path / "profile") as browser:
        yield browser


@dataclass
class Phone:
    """A browser, and a portal that it sometimes reaches."""

    chrome: webdriver.Chrome
    folder: Path
    port: int = 0
    free: threading.Event = field(default_factory=threading.Event)
    """Pages are answered while it is set."""

    @contextmanager
    def reached(self) -> Iterator[Browser]:
        self.free.set()
        with served(self.folder, self.port, self.free) as self.port:
            yield self.browser

    @property
    def browser(self) -> Browser:
        return Browser(self.chrome, f"http://127.0.0.1:{self.port}/")

    def read(self, address: str) -> str:
        """What stands on a page, as it is opened by a link."""
        self.browser.open(address, PHONE)
        return str(self.chrome.find_element("tag name", "body").text)

    def kept(self) -> list[str]:
        return list(self._ask(_KEEP))

    def _ask(self, script: str, *arguments: object) -> Any:
        return self.chrome.execute_async_script(script, *arguments)

    def keeps(self, address: str) -> bool:
        return f"/{address}" in self.kept()

    def files(self) -> list[str]:
        return list(self._ask(_FILES))

    def fetches(self, address: str) -> Any:
        return self._ask(_FETCH, f"/{address}")


@pytest.fixture
def phone(chrome: webdriver.Chrome, province: SmallProvince) -> Phone:
    chrome.set_script_timeout(20)
    return Phone(chrome, province.output)


def test_procedure_that_was_read_is_shown_without_a_network_with_its_moment(phone: Phone) -> None:
    """The very first page that somebody opens, before the worker is there, is kept too."""
    with phone.reached() as browser:
        before = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None)
        online = phone.read(PROCEDURE)
        browser.wait(lambda: phone.keeps(PROCEDURE), "a copy of the first page")
        phone.read(OTHER)
        browser.wait(lambda: phone.keeps(OTHER), "a copy of the second")
        assert not KEPT.search(phone.read(PROCEDURE)), "what the network gives is no copy"

    offline = phone.read(f"{PROCEDURE}?x=1#giay-to")
    match = KEPT.search(offline)

    assert match, offline[:500]
    moment = datetime.strptime(" ".join(match.groups()), "%H:%M %d/%m/%Y")
    assert timedelta(minutes=-1) <= moment - before <= timedelta(minutes=5)
    assert online.splitlines()[-3:] == offline.splitlines()[-3:]
    assert phone.chrome.execute_script(_STYLED) == 1 + 1 + 1, "the portal's sheet, procedures' and the agency's"
    assert phone.browser.find("main > :first-child").get_attribute("role") == "status"
    assert KEPT.search(phone.read(OTHER))


def test_what_is_not_kept_says_that_there_is_no_network_and_what_is(phone: Phone) -> None:
    with phone.reached() as browser:
        phone.read(PROCEDURE)
        browser.wait(lambda: phone.keeps(PROCEDURE), "a copy")
        for address in ("", "so-lieu/", "tra-cuu-ho-so/", "thu-tuc/tat-ca/"):
            phone.read(address)

    for address in ("", "so-lieu/", "tra-cuu-ho-so/", "thu-tuc/tat-ca/", "khong-co/"):
        text = phone.read(address)
        assert NOT_THERE in text, address
        assert "Thủ tục có thể xem ngay" in text
    [link] = phone.browser.find_all("main ul a")
    assert phone.chrome.execute_script(_STYLED) == 1
    assert re.search(r"lưu lúc \d\d:\d\d ngày", text)
    link.click()
    assert "Cấp Chứng chỉ hành nghề dược" in phone.browser.find("h1").text


def test_figures_and_data_are_never_from_a_copy(phone: Phone) -> None:
    data = ("live/dossiers.json", "api/v1/procedures.json", "so-lieu/du-lieu.json", "thu-tuc/facets.json")
    with phone.reached() as browser:
        phone.read(PROCEDURE)
        browser.wait(lambda: phone.keeps(PROCEDURE), "a copy")
        assert {phone.fetches(address) for address in data} == {200}
    phone.read(PROCEDURE)

    assert {phone.fetches(address) for address in data} == {"failed"}
    assert not [name for name in phone.files() if name.endswith((".json", ".csv"))]


def test_only_the_procedures_read_last_are_kept(chrome: webdriver.Chrome, tmp_path: Path) -> None:
    made = SmallProvince.of(tmp_path / "many")
    record = (made.content / "agencies/so-y-te/procedures/1.004616.yaml").read_text("utf-8")
    codes = [f"1.009{number:03}" for number in range(MOST + 2)]
    for code in codes:
        made.write(f"agencies/so-y-te/procedures/{code}.yaml", record.replace("1.004616", code))
    publish(made)
    chrome.set_script_timeout(20)
    phone = Phone(chrome, made.output)
    pages = [f"so-y-te/thu-tuc/{code}/" for code in codes]
    with phone.reached() as browser:
        for page in pages:
            phone.read(page)
            browser.wait(lambda page=page: phone.keeps(page), page)  # type: ignore[misc]  # bound now
        phone.read(pages[2])
        browser.wait(lambda: phone.kept()[-1] == f"/{pages[2]}", "the one that was read again as the last")
        browser.wait(lambda: len(phone.kept()) == MOST, "the oldest to go")

    assert phone.kept() == [f"/{page}" for page in (*pages[3:], pages[2])]


def test_new_release_is_seen_at_once_and_is_what_is_kept(chrome: webdriver.Chrome) -> None:
    chrome.set_script_timeout(20)
    with published() as made:
        phone = Phone(chrome, made.output)
        with phone.reached() as browser:
            phone.read(PROCEDURE)
            browser.wait(lambda: phone.keeps(PROCEDURE), "a copy")
            made.edit("agencies/so-y-te/procedures/1.004616.yaml", "Cấp Chứng chỉ hành nghề dược", "Cấp lại chứng chỉ")
            publish(made)
            assert "Cấp lại chứng chỉ" in phone.read(PROCEDURE)
            made.delete("province/procedures/1.001193.yaml")
            made.edit("province/province.yaml", "most_used: ['1.001193']", "most_used: []")
            phone.read(OTHER)
            browser.wait(lambda: phone.keeps(OTHER), "a copy of the other")
            publish(made)
            phone.read(OTHER)
            browser.wait(lambda: not phone.keeps(OTHER), "the copy to go of what is gone")

        assert "Cấp lại chứng chỉ" in phone.read(PROCEDURE)
        assert NOT_THERE in phone.read(OTHER)


def test_copy_is_shown_where_the_network_takes_too_long_and_the_page_where_there_is_none(phone: Phone) -> None:
    with phone.reached() as browser:
        phone.read(PROCEDURE)
        browser.wait(lambda: phone.keeps(PROCEDURE), "a copy")
        phone.free.clear()
        late = phone.read(PROCEDURE)
        threading.Timer(8, phone.free.set).start()
        waited = phone.read(OTHER)

    assert KEPT.search(late)
    assert not KEPT.search(waited), "there is no copy of it: it is waited for"
    assert "Đăng ký khai sinh" in waited


def test_all_of_it_works_below_a_path(chrome: webdriver.Chrome, province: SmallProvince, tmp_path: Path) -> None:
    """As behind a proxy that puts a path before every address."""
    below = tmp_path / "www/cong"
    shutil.copytree(province.output, below)
    for page in below.rglob("*.html"):
        written = page.read_text("utf-8")
        page.write_text(re.sub(r'\b(href|src|action)="/(?!/)', r'\1="/cong/', written), encoding="utf-8")
    chrome.set_script_timeout(20)
    phone = Phone(chrome, tmp_path / "www")
    with phone.reached() as browser:
        phone.read(f"cong/{PROCEDURE}")
        browser.wait(lambda: phone.keeps(f"cong/{PROCEDURE}"), "a copy")

    assert KEPT.search(phone.read(f"cong/{PROCEDURE}"))
    assert phone.chrome.execute_script(_STYLED) == 1 + 1 + 1
    assert NOT_THERE in phone.read("cong/tin-tuc/")


def test_browser_can_install_the_portal(phone: Phone, province: SmallProvince) -> None:
    with phone.reached() as browser:
        phone.read("")
        browser.wait(lambda: phone.chrome.execute_script("return navigator.serviceWorker.controller"), "the worker")
        manifest = phone.chrome.execute_cdp_cmd("Page.getAppManifest", {})
        errors = phone.chrome.execute_cdp_cmd("Page.getInstallabilityErrors", {})["installabilityErrors"]
    read = json.loads(manifest["data"])

    assert (manifest["errors"], errors) == ([], [])
    assert (read["name"], read["lang"]) == ("Cổng thông tin điện tử tỉnh Thử Nghiệm", "vi")
    for icon in read["icons"]:
        assert (province.output / icon["src"].partition("?")[0]).is_file()


def test_pages_name_the_manifest_and_a_desk_has_no_worker(province: SmallProvince, tmp_path: Path) -> None:
    for address in ("", PROCEDURE):
        page = html.document_fromstring(province.page(address))
        assert page.xpath("//link[@rel='manifest']/@href") == [f"/{addresses.WEB_MANIFEST}"]
        assert page.xpath("//script[contains(@src, 'offline/register.js')]")
    desk = SmallProvince.of(tmp_path)
    desk.build()
    assert "offline/register.js" not in desk.page("")


def test_worker_changes_with_the_offline_page(province: SmallProvince, tmp_path: Path) -> None:
    """Else browsers would go on with the page of a release that is gone."""
    other = SmallProvince.of(tmp_path)
    other.edit("province/province.yaml", "name: Tỉnh Thử Nghiệm", "name: Tỉnh Khác")
    publish(other)
    first, second = ((made.output / addresses.SERVICE_WORKER).read_text("utf-8") for made in (province, other))

    assert first != second
    assert first.rpartition("//")[0] == second.rpartition("//")[0]
