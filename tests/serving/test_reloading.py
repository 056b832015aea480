"""On a desk the open page loads itself again where a build has changed it, and says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from selenium.webdriver.common.by import By

from plugins.serving import PortalServer, Reloading
from tests import chromium
from tests.waiting import until

TIMEOUT = 10
PAGE = "<!doctype html><html lang='vi'><head><title>Trang</title></head><body>{body}</body></html>"
TALL = "<p>Dòng</p>" * 200


@dataclass(frozen=True)
class Desk:
    """A folder that is served, and who tells its pages of builds."""

    url: str
    folder: Path
    reloading: Reloading

    def write(self, body: str, name: str = "index.html") -> None:
        (self.folder / name).write_text(PAGE.format(body=body), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "index.html").write_text(PAGE.format(body="Cũ"), encoding="utf-8")
    (tmp_path / "portal.css").write_text("body {}", encoding="utf-8")
    reloading = Reloading()
    with PortalServer(tmp_path, port=0, reloading=reloading).running() as url:
        yield Desk(url, tmp_path, reloading)


def events(answer: requests.Response) -> Iterator[dict[str, Any]]:
    for line in answer.iter_lines(chunk_size=1):
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_pages_and_nothing_else_load_the_script_of_the_desk(desk: Desk) -> None:
    page = requests.get(desk.url, timeout=TIMEOUT)
    assert page.text.count("/_desk/desk.js") == 1
    assert page.headers["Content-Length"] == str(len(page.content))
    assert requests.get(f"{desk.url}portal.css", timeout=TIMEOUT).text == "body {}"
    for name, kind in (("desk.js", "text/javascript"), ("desk.css", "text/css")):
        assert requests.get(f"{desk.url}_desk/{name}", timeout=TIMEOUT).headers["Content-Type"].startswith(kind)
    assert requests.get(f"{desk.url}_desk/../server.py", timeout=TIMEOUT).status_code == 404


def test_files_of_the_portal_know_nothing_of_the_desk(desk: Desk) -> None:
    requests.get(desk.url, timeout=TIMEOUT)
    assert "_desk" not in (desk.folder / "index.html").read_text(encoding="utf-8")


def test_server_without_it_serves_pages_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.format(body="Cũ"), encoding="utf-8")
    with PortalServer(tmp_path, port=0).running() as url:
        assert requests.get(url, timeout=TIMEOUT).text == PAGE.format(body="Cũ")
        assert requests.get(f"{url}_desk/desk.js", timeout=TIMEOUT).status_code == 404


def test_who_listens_is_told_how_things_stand_and_of_each_build(desk: Desk) -> None:
    desk.reloading.built("Cần sửa: 1", ["a.md:3: sai"])
    with requests.get(f"{desk.url}_desk/events", stream=True, timeout=TIMEOUT) as answer:
        told = events(answer)
        assert next(told) == {"heading": "Cần sửa: 1", "problems": ["a.md:3: sai"]}
        desk.reloading.built("", [])
        assert next(told) == {"heading": "", "problems": []}


def test_tag_of_a_page_changes_with_its_content(desk: Desk) -> None:
    tags = []
    for body in ("Cũ", "Mới hơn"):
        desk.write(body)
        tags += [requests.head(desk.url, timeout=TIMEOUT).headers["X-Desk-Tag"] for _ in range(2)]
    assert tags[0] == tags[1] != tags[2] == tags[3]


def test_server_ends_although_pages_listen(tmp_path: Path) -> None:
    reloading = Reloading()
    with PortalServer(tmp_path, port=0, reloading=reloading).running() as url:
        answer = requests.get(f"{url}_desk/events", stream=True, timeout=TIMEOUT)
        told = events(answer)
        assert next(told)["problems"] == []
    assert list(told) == []


@pytest.mark.browser
def test_open_page_loads_itself_again_keeps_its_place_and_shows_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    desk.write(f"<h1>Cũ</h1>{TALL}")
    with chromium.opened(tmp_path / "profile") as browser:
        browser.get(desk.url)
        browser.execute_script("window.scrollTo(0, 900)")
        until(lambda: browser.execute_script("return window.scrollY") == 900)

        desk.write(f"<h1>Mới hơn</h1>{TALL}")
        desk.reloading.built("", [])
        until(lambda: browser.execute_script("return document.querySelector('h1')?.textContent") == "Mới hơn")
        until(lambda: browser.execute_script("return window.scrollY") == 900)

        desk.reloading.built("Cần sửa: 1", ["content/agencies/so-y-te/news/a.md:3: <b>sai</b>"])
        until(lambda: browser.find_elements(By.ID, "desk-problems"))
        box = browser.find_element(By.ID, "desk-problems").text
        assert box.splitlines() == ["Cần sửa: 1", "content/agencies/so-y-te/news/a.md:3: <b>sai</b>"]

        desk.reloading.built("", [])
        until(lambda: not browser.find_elements(By.ID, "desk-problems"))
