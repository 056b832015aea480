"""What a person sees who was there before: the new notice, the new picture, the new form; at whatever address."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from selenium import webdriver

from plugins.portal import addresses
from plugins.serving import PortalServer
from tests import chromium
from tests.demo.browsing import Browser
from tests.pictures.drawn import png
from tests.provinces import SmallProvince, files_below
from tests.serving import nginx
from tests.serving.published import FORM, NEWS, PICTURE, publish, published, write
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser

AGE = 60 * 24 * 3600
"""Seconds since a page was last changed; browsers keep a page of which nothing is said for a tenth of that."""
EMERGENCY = "KHẨN - bão số 5 đổ bộ đêm nay"
SERVERS = ["nginx", "desk"]


@pytest.fixture
def chrome(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A browser of its own, which has seen nothing yet."""
    with chromium.opened(tmp_path / "profile") as browser:
        yield browser


@contextmanager
def served(province: SmallProvince, server: str) -> Iterator[str]:
    """The portal on nginx as documented, or on a desk; gives its address."""
    with ExitStack() as stack:
        if server == "nginx":
            yield stack.enter_context(nginx.served(province.output, province.folder / "nginx"))
        else:
            yield stack.enter_context(PortalServer(province.output, port=0).running())


def age(province: SmallProvince) -> None:
    """Let everything have been published two months ago."""
    then = time.time() - AGE
    for path in files_below(province.output):
        os.utime(path, (then, then))


def visit(chrome: webdriver.Chrome, url: str) -> str:
    """Go to a page as by a link, which is no reload; gives its text."""
    chrome.get("about:blank")
    chrome.get(url)
    return str(chrome.find_element("tag name", "body").text)


_AWAITED = """
const done = arguments[arguments.length - 1];
(async (url) => (await fetch(url)).text())(...arguments).then(done, (error) => done(`${error}`));
"""


def fetched(chrome: webdriver.Chrome, url: str) -> Any:
    """What the page that is open gets of an address."""
    chrome.set_script_timeout(20)
    return chrome.execute_async_script(_AWAITED, url)


@dataclass(frozen=True)
class Seen:
    """What a person sees of the portal, and a program in one of its pages."""

    pages: tuple[str, ...]
    """The texts of the home page, a procedure's and an article's."""
    width: int
    """Of the article's picture."""
    form: str
    data: str

    @classmethod
    def by(cls, chrome: webdriver.Chrome, url: str) -> Seen:
        pages = tuple(visit(chrome, url + page) for page in ("", "so-y-te/thu-tuc/1.004616/", NEWS))
        return cls(
            pages=pages,
            width=chrome.execute_script("return document.querySelector('main figure img').naturalWidth"),
            form=fetched(chrome, "/so-y-te/media/mau-don.txt"),
            data=fetched(chrome, "/api/v1/procedures.json"),
        )


@pytest.mark.parametrize("server", SERVERS)
def test_what_is_new_is_seen_by_who_was_there_before(chrome: webdriver.Chrome, server: str) -> None:
    with published() as province, served(province, server) as url:
        age(province)
        before = Seen.by(chrome, url)
        for path, old, new in (
            ("province/province.yaml", "Trang kiểm thử", EMERGENCY),
            ("agencies/so-y-te/procedures/1.004616.yaml", "Cấp Chứng chỉ hành nghề dược", "Cấp lại chứng chỉ"),
        ):
            written = (province.content / path).read_text(encoding="utf-8")
            assert old in written
            province.write(path, written.replace(old, new))
        write(province, PICTURE, png(7, 5))
        write(province, FORM, b"Don so 2\n")
        publish(province)

        after = Seen.by(chrome, url)

    assert [EMERGENCY in text for text in (*before.pages, *after.pages)] == [False] * 3 + [True] * 3
    assert ("Cấp lại chứng chỉ" in before.pages[1], "Cấp lại chứng chỉ" in after.pages[1]) == (False, True)
    assert (before.width, after.width) == (3, 7)
    assert (before.form, after.form) == ("Don so 1\n", "Don so 2\n")
    assert ("Cấp lại chứng chỉ" in before.data, "Cấp lại chứng chỉ" in after.data) == (False, True)


# Links to the portal under its public name are to a stranger here; mail and telephones have no host.
_LOOK = """
const sources = 'a[href], form[action], img[src], script[src], link[rel="stylesheet"], link[rel="icon"]';
const addresses = [...document.querySelectorAll(sources)].map(({ href, action, src }) => href || action || src);
const sheets = [...document.styleSheets];
const pictures = [...document.images].filter(({ loading }) => loading !== 'lazy');
return {
  hosts: addresses.map((address) => new URL(address).host).filter(Boolean),
  styled: sheets.length > 0 && sheets.every(({ cssRules }) => cssRules.length > 0),
  broken: pictures.filter(({ complete, naturalWidth }) => !(complete && naturalWidth)).length,
};
"""


@pytest.mark.parametrize("server", SERVERS)
def test_portal_works_at_whatever_address_it_is_opened(chrome: webdriver.Chrome, server: str) -> None:
    """Published for https://thunghiem.example, opened by number, over http and at another port."""
    with published() as province, served(province, server) as url:
        browser = Browser(chrome, url)
        pages = [page for page in map(_address, sorted(province.pages())) if not _is_moved(province, page)]
        wrong, hosts = [], set()
        for page in pages:
            browser.open(page)
            wrong += [f"/{page}: {message}" for message in browser.messages()]
            seen = chrome.execute_script(_LOOK)
            hosts |= set(seen["hosts"])
            if not seen["styled"] or seen["broken"]:
                wrong.append(f"/{page}: styled {seen['styled']}, broken pictures {seen['broken']}")
        browser.open("thu-tuc/1.004616/")
        arrived = browser.wait(lambda: "so-y-te" in chrome.current_url and chrome.current_url, "the procedure's page")
        browser.open("tim-kiem/?q=chung+chi")
        result = browser.wait(lambda: browser.find("#search-results > li a").get_attribute("href"), "a result")

    assert len(pages) > 30
    assert not wrong, "\n".join(wrong)
    shared_on = {"www.facebook.com", "button-share.zalo.me"}
    assert hosts - shared_on == {urlsplit(url).netloc}
    assert arrived == f"{url}so-y-te/thu-tuc/1.004616/"
    assert result == f"{url}so-y-te/thu-tuc/1.004616/"


def _address(file: str) -> str:
    return file.removesuffix("index.html")


def _is_moved(province: SmallProvince, page: str) -> bool:
    written = (province.output / addresses.saved_as(page)).read_text(encoding="utf-8")
    return bool(html.document_fromstring(written).xpath("//meta[@http-equiv='refresh']"))


@pytest.mark.parametrize("server", SERVERS)
def test_open_data_can_be_fetched_from_a_page_of_another_site(
    chrome: webdriver.Chrome, server: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Khác</title>", encoding="utf-8")
    data = ("api/v1/procedures.json", "api/v1/context.jsonld", "so-y-te/tin-tuc/feed.atom")
    with published() as province, served(province, server) as url, other_site(tmp_path) as elsewhere:
        chrome.get(elsewhere)
        answers = {address: fetched(chrome, url + address) for address in (*data, "so-y-te/")}
        expected = {address: (province.output / address).read_text(encoding="utf-8") for address in data}

    assert answers == expected | {"so-y-te/": "TypeError: Failed to fetch"}, "a page is no open data"


@contextmanager
def other_site(folder: Path) -> Iterator[str]:
    """A web server that says nothing of what its pages may do; gives its address."""
    handler = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join(timeout=PATIENCE)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Nobody reads it."""
