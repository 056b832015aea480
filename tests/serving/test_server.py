"""The server on the desk answers as the web server in public does, and gives nothing but the portal."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from plugins.portal.http_headers import HEADERS
from plugins.serving import PortalServer

TIMEOUT = 10
"""Seconds; the server is on this machine."""
SECRET = "nobody may read this"
HOME = "<h1>Trang chủ</h1>"
NOT_FOUND = "<h1>Không tìm thấy</h1>"


KINDS = {
    "feed.atom": "application/atom+xml; charset=utf-8",
    "portal.css": "text/css; charset=utf-8",
    "search.js": "text/javascript; charset=utf-8",
    "module.mjs": "text/javascript; charset=utf-8",
    "procedures.json": "application/json; charset=utf-8",
    "context.jsonld": "application/ld+json; charset=utf-8",
    "portal.webmanifest": "application/manifest+json; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "permalinks.map": "text/plain; charset=utf-8",
    "mau.csv": "text/csv; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "anh.webp": "image/webp",
    "anh.png": "image/png",
    "mau.pdf": "application/pdf",
    "mau.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mau.zip": "application/zip",
    "gi-do.xyz": "application/octet-stream",
}


@dataclass(frozen=True)
class Served:
    """A portal of a few files that is being served, with secrets beside it."""

    url: str
    output: Path
    """The link to the release that is shown."""

    @property
    def release(self) -> Path:
        return self.output.resolve()

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator[Served]:
        release = folder / "releases" / "1"
        (release / "so-y-te" / "media").mkdir(parents=True)
        (release / "index.html").write_text(HOME, encoding="utf-8")
        (release / "404.html").write_text(NOT_FOUND, encoding="utf-8")
        (release / "so-y-te" / "index.html").write_text("<h1>Sở Y tế</h1>", encoding="utf-8")
        (release / "so-y-te" / "feed.atom").write_text("<feed/>", encoding="utf-8")
        (release / "so-y-te" / "media" / "mau-don.csv").write_text("cột\n", encoding="utf-8")
        (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
        (folder / "releases" / "secret.txt").write_text(SECRET, encoding="utf-8")
        output = folder / "output"
        output.symlink_to(release)
        with PortalServer(output, port=0).running() as url:
            yield cls(url, output)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A portal of its own, for a test that changes it."""
    with Served.of(tmp_path) as served:
        yield served


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a portal is served that nobody changes: to end a server takes half a second."""
    with Served.of(tmp_path_factory.mktemp("portal")) as served:
        yield served.url


def get(portal: str, path: str = "", **headers: str) -> requests.Response:
    return requests.get(urljoin(portal, path), headers=headers, timeout=TIMEOUT, allow_redirects=False)


def asked_as_written(portal: str, path: str, method: str = "GET") -> tuple[int, str, str]:
    """The status, the body and the `Location` of an answer; requests would tidy the path before it asks."""
    connection = HTTPConnection(urlsplit(portal).netloc, timeout=TIMEOUT)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers["Location"] or ""
    finally:
        connection.close()


def test_address_of_a_folder_gives_its_index(portal: str) -> None:
    home, agency = get(portal), get(portal, "so-y-te/")

    assert (home.status_code, home.text) == (200, HOME)
    assert (agency.status_code, agency.text) == (200, "<h1>Sở Y tế</h1>")
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"


def test_query_does_not_change_the_page(portal: str) -> None:
    assert get(portal, "?q=khai+sinh").text == HOME


def test_folder_without_its_slash_leads_to_the_one_with_it(portal: str) -> None:
    answer = get(portal, "so-y-te?q=1")

    assert answer.status_code == 301
    assert urljoin(portal, answer.headers["Location"]) == f"{portal}so-y-te/?q=1"


@pytest.mark.parametrize("path", ["", "so-y-te", "khong-co/", "so-y-te/feed.atom"], ids=["200", "301", "404", "feed"])
def test_every_answer_has_the_security_headers(portal: str, path: str) -> None:
    answer = get(portal, path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_answer_that_nothing_has_changed_has_the_security_headers(portal: str) -> None:
    answer = get(portal, **{"If-Modified-Since": get(portal).headers["Last-Modified"]})

    assert answer.status_code == 304
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_policy_allows_no_inline_scripts_and_no_other_hosts(portal: str) -> None:
    policy = get(portal).headers["Content-Security-Policy"]
    directives = {name: sources for name, *sources in (part.split() for part in policy.split(";"))}

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {"'none'", "'self'"}


def test_page_of_the_look_up_alone_may_ask_the_system_that_answers_it(tmp_path: Path) -> None:
    (tmp_path / "tra-cuu-ho-so").mkdir()
    (tmp_path / "tra-cuu-ho-so" / "index.html").write_text("<h1>Tra cứu</h1>", encoding="utf-8")
    with PortalServer(tmp_path, port=0, look_up_url="https://motcua.example.vn:8443/api").running() as url:
        policies = {
            path: get(url, path).headers["Content-Security-Policy"]
            for path in ("tra-cuu-ho-so/", "tra-cuu-ho-so/?a=b", "tra-cuu-ho-so/khac", "so-lieu/", "")
        }

    asks = HEADERS["Content-Security-Policy"].replace(
        "connect-src 'self';", "connect-src 'self' https://motcua.example.vn:8443;"
    )
    assert {path for path, policy in policies.items() if policy == asks} == {"tra-cuu-ho-so/", "tra-cuu-ho-so/?a=b"}
    assert set(policies.values()) == {asks, HEADERS["Content-Security-Policy"]}


def test_request_that_cannot_be_read_is_refused(portal: str) -> None:
    host, _, port = urlsplit(portal).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as connection:
        connection.sendall(b"GET / HTTP/x.y\r\n\r\n")
        answer = connection.makefile("rb").read().decode()

    assert "Error code: 400" in answer


def test_figures_that_change_twice_in_a_second_are_sent_both_times(served: Served) -> None:
    live = served.release / "live" / "dossiers.json"
    live.parent.mkdir()
    live.write_text("1")
    first = get(served.url, "live/dossiers.json")
    live.write_text("2")

    again = get(served.url, "live/dossiers.json", **{"If-Modified-Since": first.headers["Last-Modified"]})

    assert (first.text, again.status_code, again.text) == ("1", 200, "2")


def test_absent_page_gives_the_portals_own_page_with_status_404(portal: str) -> None:
    answer = get(portal, "khong-co/")

    assert (answer.status_code, answer.text) == (404, NOT_FOUND)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_absent_page_is_404_also_where_the_portal_has_no_page_for_it(served: Served) -> None:
    (served.release / "404.html").unlink()

    assert get(served.url, "khong-co/").status_code == 404


def test_folder_without_an_index_is_not_listed(portal: str) -> None:
    answer = get(portal, "so-y-te/media/")

    assert (answer.status_code, answer.text) == (404, NOT_FOUND)


@pytest.mark.parametrize("path", ["", "so-y-te/feed.atom", "khong-co/"])
def test_head_answers_as_get_does_without_the_body(portal: str, path: str) -> None:
    expected = get(portal, path)
    answer = requests.head(urljoin(portal, path), timeout=TIMEOUT)

    assert (answer.status_code, answer.content) == (expected.status_code, b"")
    for name in ("Content-Type", "Content-Length"):
        assert answer.headers[name] == expected.headers[name]


def test_one_connection_asks_many_times(portal: str) -> None:
    with requests.Session() as session:
        statuses = [
            session.request(method, urljoin(portal, path), timeout=TIMEOUT).status_code
            for path in ("", "khong-co/", "so-y-te/")
            for method in ("HEAD", "GET")
        ]

    assert statuses == [200, 200, 404, 404, 200, 200]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_the_portal(portal: str, method: str) -> None:
    assert requests.request(method, portal, timeout=TIMEOUT).status_code == 501


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/so-y-te/../../secret.txt",
        "/so-y-te/../../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/./.././secret.txt",
        "/so-y-te/..;/..;/secret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/../../../../../../../../etc/passwd",
        "/%00",
        "/so-y-te/%00/index.html",
        "/%ff%fe",
        "/" + "a" * 5000,
        "/index.html/",
    ],
)
def test_path_that_leads_out_of_the_portal_is_not_found(portal: str, path: str) -> None:
    status, body, _ = asked_as_written(portal, path)

    assert (status, body) == (404, NOT_FOUND)


@pytest.mark.parametrize("path", ["//so-y-te", "///so-y-te", "//127.0.0.1/../so-y-te", "/so-y-te/../so-y-te"])
def test_no_redirect_leads_to_another_host(portal: str, path: str) -> None:
    _, _, location = asked_as_written(portal, path)
    target = urlsplit(urljoin(portal, location))

    assert target.netloc == urlsplit(portal).netloc
    assert not location.startswith("//")


def test_file_is_served_as_what_it_is(served: Served) -> None:
    for name in KINDS:
        (served.release / name).write_bytes(b"x")

    assert {name: get(served.url, name).headers["Content-Type"] for name in KINDS} == KINDS


def test_release_exchanged_while_serving_shows_at_once(served: Served) -> None:
    newer = served.release.with_name("2")
    newer.mkdir()
    (newer / "index.html").write_text("<h1>Mới</h1>", encoding="utf-8")
    (newer / "404.html").write_text("<h1>Mới: không tìm thấy</h1>", encoding="utf-8")
    assert get(served.url).text == HOME

    aside = served.output.with_name("output.new")
    aside.symlink_to(newer)
    aside.replace(served.output)

    assert get(served.url).text == "<h1>Mới</h1>"
    assert get(served.url, "so-y-te/").text == "<h1>Mới: không tìm thấy</h1>"


def test_page_that_has_not_changed_is_not_sent_again(portal: str) -> None:
    first = get(portal)
    again = get(portal, **{"If-Modified-Since": first.headers["Last-Modified"]})

    assert (again.status_code, again.content) == (304, b"")


def test_page_that_has_changed_since_is_sent(portal: str) -> None:
    assert get(portal, **{"If-Modified-Since": "Tue, 24 Sep 2019 00:00:00 GMT"}).status_code == 200


def test_tag_is_that_of_the_very_file(served: Served) -> None:
    first = get(served.url)
    tag = first.headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"khac", {tag}', f'"a,b",W/{tag} , "khac"', "*"):
        again = get(served.url, **{"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)

    page = served.release / "index.html"
    status = page.stat()
    page.unlink()
    page.write_text(HOME.replace("Trang", "trang"), encoding="utf-8")
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": tag, "If-Modified-Since": first.headers["Last-Modified"]},
    ):
        assert get(served.url, **headers).status_code == 200, headers


def test_page_of_a_release_that_was_gone_back_to_is_sent_although_it_is_older(served: Served) -> None:
    newer = get(served.url)
    os.utime(served.release / "index.html", (1_000_000, 1_000_000))

    for headers in (
        {"If-None-Match": newer.headers["ETag"]},
        {"If-Modified-Since": newer.headers["Last-Modified"]},
    ):
        assert get(served.url, **headers).status_code == 200, headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("", "no-cache"),
        ("?v=1", "no-cache"),
        ("so-y-te", "no-cache"),
        ("khong-co/", "no-cache"),
        ("so-y-te/feed.atom", "no-cache"),
        ("so-y-te/media/mau-don.csv", "no-cache"),
        ("theme/portal.css", "no-cache"),
        ("theme/portal.css?v=", "no-cache"),
        ("theme/portal.css?v=1a2b3c4d", "public, max-age=3600"),
        ("theme/khong-co.css?v=1a2b3c4d", "no-cache"),
        ("tim-kiem/thu-tuc.json", "no-cache"),
        ("tim-kiem/thu-tuc/1a2b-0.json", "public, max-age=31536000, immutable"),
        ("tim-kiem/tin/khong-co.json", "no-cache"),
        ("live/dossiers.json", "no-store"),
    ],
)
def test_only_what_is_named_after_its_content_is_kept_without_asking(served: Served, path: str, kept: str) -> None:
    for name in ("theme/portal.css", "tim-kiem/thu-tuc.json", "tim-kiem/thu-tuc/1a2b-0.json",
                 "live/dossiers.json"):  # fmt: skip
        (served.release / name).parent.mkdir(parents=True, exist_ok=True)
        (served.release / name).write_text("x", encoding="utf-8")

    for answer in (get(served.url, path), requests.head(urljoin(served.url, path), timeout=TIMEOUT)):
        assert answer.headers["Cache-Control"] == kept


def test_open_data_may_be_fetched_by_other_pages_and_pages_may_not(portal: str) -> None:
    shared = {
        path: get(portal, path).headers.get("Access-Control-Allow-Origin")
        for path in ("so-y-te/feed.atom", "so-y-te/media/mau-don.csv", "api/v1/khong-co.json", "so-y-te/", "khong-co/")
    }

    assert shared == {
        "so-y-te/feed.atom": "*",
        "so-y-te/media/mau-don.csv": "*",
        "api/v1/khong-co.json": "*",
        "so-y-te/": None,
        "khong-co/": None,
    }


def test_port_that_is_taken_is_an_error(portal: str, tmp_path: Path) -> None:
    port = urlsplit(portal).port
    assert port

    with pytest.raises(OSError, match="Address already in use"):
        PortalServer(tmp_path, port=port)


def test_server_that_ends_frees_its_port(tmp_path: Path) -> None:
    with PortalServer(tmp_path, port=0).running() as address:
        port = urlsplit(address).port
        assert port

    with PortalServer(tmp_path, port=port).running() as again:
        assert again == address


def test_only_this_machine_reaches_the_desk(portal: str) -> None:
    assert urlsplit(portal).hostname == "127.0.0.1"
