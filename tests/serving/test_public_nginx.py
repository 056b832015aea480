"""Debian's nginx, started with what `portal server-files` writes for it on a portal that is really published."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
import trustme

from plugins.portal.http_headers import (
    ASK_FIRST,
    CONTENT_TYPES,
    FOR_A_YEAR,
    FOR_AN_HOUR,
    NEVER_KEPT,
    content_type,
    headers_of,
)
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.releases.records import Release, read_record
from plugins.releases.showing import show
from plugins.releases.web_server_answers import write_answers
from plugins.serving import PortalServer
from tests.provinces import SmallProvince
from tests.serving import nginx
from tests.serving.published import FORM, NEWS, move, publish, published
from tests.waiting import PATIENCE, until

TIMEOUT = 10
"""Seconds; the server is on this machine."""
HOST = "portal.example.vn"
LOOK_UP = "https://motcua.example.vn"
CALLED_FOR = ("Content-Type", "Cache-Control", "Access-Control-Allow-Origin", *headers_of("/"))
"""What both servers say of an answer in the same words."""
FORM_ADDRESS = FORM.removeprefix("agencies/")
ODD = (
    "", "khong-co", "khong-co/", "so-y-te/khong-co/o-dau-do/sau-nua", "so-y-te/media/", "so-y-te/media", "so-y-te",
    "so-y-te?a=b", "api", "api/", "theme/", "theme/portal.css", "theme/portal.css?v=", "theme/portal.css?v=1a2b",
    "theme/khong-co.css?v=1a2b", "?v=1a2b", "tim-kiem/?q=khai+sinh", "tim-kiem/thu-tuc/khong-co.json", "live/",
    "live/dossiers.json?1", "live/khong-co.json", "api/v1/procedures/khong-co.json", "tra-cuu-ho-so/?x",
    "tra-cuu-ho-so/khac", "robots.txt", "index.html/", "index.html.gz", "so-y-te/site.css?v=1", "api/v1?a",
    "so-y-te//", "%ff", "a" * 3000,
)  # fmt: skip
"""Addresses beside those of the portal's files, as people, robots and attackers ask for them."""


@dataclass(frozen=True)
class Public:
    """A published portal on nginx and on a desk."""

    province: SmallProvince
    nginx: str
    desk: str

    def file(self, address: str) -> Path:
        return self.province.output / address

    def get(self, address: str, **headers: str) -> requests.Response:
        """What nginx answers to a browser that can read nothing packed."""
        return get(self.nginx + address, **headers)


def get(url: str, **headers: str) -> requests.Response:
    own = {"Accept-Encoding": "identity"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(url, headers=own, timeout=TIMEOUT, allow_redirects=False)


def open_public(stack: ExitStack) -> Public:
    province = stack.enter_context(published())
    address = stack.enter_context(nginx.served(province.output, province.folder / "nginx"))
    desk = stack.enter_context(PortalServer(province.output, port=0).running())
    return Public(province, address, desk)


@pytest.fixture(scope="module")
def public() -> Iterator[Public]:
    """A portal that nobody changes."""
    nginx.program()
    with ExitStack() as stack:
        yield open_public(stack)


@pytest.fixture
def changing() -> Iterator[Public]:
    """A portal of its own, for a test that changes it."""
    nginx.program()
    with ExitStack() as stack:
        yield open_public(stack)


@pytest.mark.parametrize("options", [False, True], ids=["as it is", "with all options"])
def test_nginx_takes_the_text_without_a_warning(public: Public, options: bool) -> None:
    folder = public.province.folder / f"check-{options}"
    folder.mkdir()
    text = secured(folder, trustme.CA().issue_cert(HOST), 8443) if options else nginx.written()
    server = nginx.Nginx(folder / "nginx")
    server.set_up(nginx.placed(text, public.province.output, 8080))

    done = server.check()

    assert done.returncode == 0, done.stderr
    assert server.log == ""


def test_nginx_answers_everything_as_the_desk_does(public: Public) -> None:
    files = [path for path in public.province.files() if not path.endswith(".gz")]
    pages = [path.removesuffix("index.html") for path in files if f"/{path}".endswith("/index.html")]
    differing = []
    for address in (*files, *pages, *ODD):
        ours, theirs = get(public.desk + address), get(public.nginx + address)
        for name in CALLED_FOR:
            if ours.headers.get(name) != theirs.headers.get(name) and theirs.status_code != 301:
                differing.append(f"/{address}: {name}: {ours.headers.get(name)} / {theirs.headers.get(name)}")
        if (ours.status_code, ours.headers.get("Location")) != (theirs.status_code, theirs.headers.get("Location")):
            differing.append(f"/{address}: {ours.status_code} / {theirs.status_code}")
        if theirs.status_code != 301 and ours.content != theirs.content:
            differing.append(f"/{address}: another body")

    assert len(files) > 50
    assert not differing, "\n".join(differing)


def test_what_leads_on_or_was_withdrawn_is_answered_as_soon_as_the_release_is_shown(public: Public) -> None:
    output, releases = public.province.output, public.province.releases
    release = Release(output.resolve(), read_record(output.resolve()))
    assert release.record is not None
    long = f"so-y-te/tin-tuc/2019/{'rat-dai-' * 30}/"
    led = {"cu/": "so-y-te/", long: "so-y-te/tin-tuc/", "so-y-te/media/cu.pdf": FORM_ADDRESS, "api/v0/": "",
           "khac;}/": "so-y-te/"}  # fmt: skip
    noted = release.record.model_copy(update={"moved": led, "withdrawn": (NEWS, "khong-con/", "cu/tep.pdf")})
    before = [public.get(path).status_code for path in ("cu/", NEWS, "cu/tep.pdf")]

    write_answers(releases, Release(release.folder, noted))
    moved = {path: public.get(path).headers["Location"] for path in ("cu/?a=b", "cu", *led) if ";" not in path}
    withdrawn, *others = (public.get(path) for path in (NEWS, "khong-con/", "cu/tep.pdf", "so-y-te/", "khac;}/"))
    odd = [public.get(path).status_code for path in ("=301", "cu/=301", "cu/=page/so-y-te", "cu/tep")]
    write_answers(releases, release)
    after = [public.get(path).status_code for path in ("cu/", NEWS, "cu/tep.pdf")]

    assert before == after == [404, 200, 404]
    assert list(moved.values()) == ["/so-y-te/"] * 3 + ["/so-y-te/tin-tuc/", f"/{FORM_ADDRESS}", "/"]
    assert (withdrawn.status_code, withdrawn.content) == (410, public.file(f"{NEWS}index.html").read_bytes())
    assert withdrawn.headers["Content-Security-Policy"] == others[2].headers["Content-Security-Policy"]
    assert [answer.status_code for answer in others] == [410, 410, 200, 404]
    assert odd == [404, 404, 404, 404]


def test_headers_are_sent_with_every_answer(public: Public) -> None:
    wanted = {name: value for name, value in headers_of("/").items() if name != "Cache-Control"}
    answers = [public.get(address) for address in ("", "so-y-te", "khong-co")]
    answers.append(requests.post(public.nginx, data=b"x", timeout=TIMEOUT))
    answers.append(get(public.nginx, If_None_Match=public.get("").headers["ETag"]))

    assert [answer.status_code for answer in answers] == [200, 301, 404, 405, 304]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in wanted} == wanted, answer.status_code
        assert answer.headers["Server"] == "nginx", "no version"


@pytest.mark.parametrize("address", ["", "so-y-te", "khong-co", "theme/portal.css?v=1", "so-y-te/media/anh.png",
                                     "live/dossiers.json", "api/v1/procedures.json"])  # fmt: skip
@pytest.mark.parametrize(
    ("method", "asked"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("POST", {}),
        ("GET", {"Range": "bytes=0-9"}),
        ("GET", {"Range": "bytes=0-1,3-4"}),
        ("GET", {"Range": "bytes=99999999-"}),
        ("GET", {"Range": "bytes=99999999-", "Accept-Encoding": "gzip"}),
        ("GET", {"Range": "x"}),
        ("GET", {"If-Match": '"x"'}),
        ("GET", {"If-None-Match": "*"}),
        ("GET", {"Host": ""}),
    ],
)
def test_no_header_is_sent_twice_whatever_is_asked(
    public: Public, address: str, method: str, asked: dict[str, str]
) -> None:
    connection = HTTPConnection(urlsplit(public.nginx).netloc, timeout=TIMEOUT)
    connection.request(method, f"/{address}", headers=asked)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    names = [name.lower() for name, _ in answer.getheaders()]

    assert sorted(names) == sorted(set(names)), answer.status
    assert answer.status not in (206, 416)


def test_wrong_mark_is_not_kept_for_long(changing: Public) -> None:
    """A page of the release before asks for its file when the next release is there, and that one is taken back."""
    page = changing.get("").text
    address = page.partition('rel="stylesheet" href="/')[2].partition('"')[0]
    assert "?v=" in address
    for server in (changing.nginx, changing.desk):
        for mark in (address, address + "x", address.partition("?")[0] + "?v=00000000"):
            answer = get(server + mark)
            kept = answer.headers["Cache-Control"]
            assert (answer.status_code, kept) == (200, FOR_AN_HOUR)
            assert "immutable" not in kept


def test_every_kind_of_file_has_its_type(public: Public) -> None:
    published_kinds = {Path(name).suffix for name in public.province.files()} - {".gz"}

    assert published_kinds | MEDIA_SIGNATURES.keys() <= CONTENT_TYPES.keys()
    assert MEDIA_SIGNATURES.keys() | {".jsonld", ".csv", ".atom", ".map", ".xml", ".js", ".svg"} <= published_kinds
    for name in public.province.files():
        for server in (public.nginx, public.desk):
            assert get(server + name).headers["Content-Type"] == content_type(Path(name).name), name


@pytest.mark.parametrize("address", ["api/v1/procedures.9.json", "api/v1/khong-co/", "api/khong-co.json?a=b"])
def test_what_is_not_there_below_the_api_is_told_in_json(public: Public, address: str) -> None:
    for server in (public.nginx, public.desk):
        answer = get(server + address)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.json()["status"] == 404
        assert answer.json()["index"].endswith("/api/v1/index.json")


def test_feeds_as_json_say_that_they_are_feeds(public: Public) -> None:
    for server in (public.nginx, public.desk):
        answer = get(f"{server}so-y-te/tin-tuc/feed.json")
        assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_packed_copy_goes_to_who_can_read_it(public: Public) -> None:
    packed = [name.removesuffix(".gz") for name in public.province.files() if name.endswith(".gz")]

    assert {Path(name).suffix for name in packed} >= {".html", ".css", ".js", ".json", ".csv", ".txt"}
    for name in packed:
        plain, small = public.get(name), get(public.nginx + name, Accept_Encoding="gzip")
        assert small.headers["Content-Encoding"] == "gzip", name
        assert "Content-Encoding" not in plain.headers, name
        assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding", name
        assert plain.headers["ETag"] != small.headers["ETag"], name
        assert plain.headers["Content-Type"] == small.headers["Content-Type"], name
        assert plain.content == small.content == public.file(name).read_bytes(), name
        assert int(small.headers["Content-Length"]) < len(plain.content), name
    page = requests.get(public.nginx, headers={"Accept-Encoding": "gzip"}, timeout=TIMEOUT, stream=True)
    assert gzip.decompress(page.raw.read(decode_content=False)) == public.file("index.html").read_bytes()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("", ASK_FIRST),
        ("so-y-te/tin-tuc/2019/co-anh/", ASK_FIRST),
        ("so-y-te/media/anh.png", ASK_FIRST),
        ("so-y-te/tin-tuc/feed.atom", ASK_FIRST),
        ("api/v1/procedures.json", ASK_FIRST),
        ("robots.txt", ASK_FIRST),
        ("sitemap.xml", ASK_FIRST),
        ("so-y-te/site.css", ASK_FIRST),
        ("theme/search/finding.js", ASK_FIRST),
        ("tim-kiem/thu-tuc.json", ASK_FIRST),
        ("theme/portal.css?v=1", FOR_AN_HOUR),
        ("live/dossiers.json", NEVER_KEPT),
        ("theme/khong-co.css?v=1", ASK_FIRST),
        ("so-y-te", ASK_FIRST),
    ],
)
def test_only_what_is_named_after_its_content_is_kept_without_asking(public: Public, address: str, kept: str) -> None:
    assert public.get(address).headers["Cache-Control"] == kept


def test_shards_of_search_are_kept_for_a_year(public: Public) -> None:
    shards = [name for name in public.province.files() if "tim-kiem/t" in name and name.count("/") == 2]
    shards = [name for name in shards if name.endswith(".json") and not name.endswith(("/thu-tuc.json", "/tin.json"))]

    assert len({name.partition("/")[0] for name in shards}) > 0
    for name in shards:
        assert public.get(name).headers["Cache-Control"] == FOR_A_YEAR, name


def conditions(answer: requests.Response) -> list[dict[str, str]]:
    """The ways in which a browser that has an answer asks whether it still holds."""
    tag, time = {"If_None_Match": answer.headers["ETag"]}, {"If_Modified_Since": answer.headers["Last-Modified"]}
    return [tag, time, tag | time]


@pytest.mark.parametrize("address", ["", "so-y-te/media/anh.png", "api/v1/context.jsonld", "theme/portal.css"])
def test_what_has_not_changed_is_not_sent_again(public: Public, address: str) -> None:
    for encoding in ("identity", "gzip"):
        first = get(public.nginx + address, Accept_Encoding=encoding)
        for headers in conditions(first):
            again = get(public.nginx + address, Accept_Encoding=encoding, **headers)
            assert (again.status_code, again.content) == (304, b""), headers
            assert again.headers["Cache-Control"] == ASK_FIRST
            assert again.headers["ETag"] == first.headers["ETag"]


OPEN_DATA = (
    "api/v1/", "api/v1/procedures.json", "api/v1/procedures.csv", "api/v1/context.jsonld", "permalinks.map",
    "api/v1/procedures/1.004616.json", "api/v1/procedures/khong-co.json", "so-y-te/tin-tuc/feed.atom",
    "live/dossiers.json", "so-lieu/du-lieu.csv", "so-lieu/du-lieu.json",
)  # fmt: skip


def test_open_data_may_be_fetched_by_other_pages_and_pages_may_not(public: Public) -> None:
    for address in OPEN_DATA:
        assert public.get(address).headers["Access-Control-Allow-Origin"] == "*", address
    for address in ("", "so-y-te/", "so-y-te/media/anh.png", "tra-cuu-ho-so/"):
        assert "Access-Control-Allow-Origin" not in public.get(address).headers, address


@pytest.mark.parametrize("address", ["so-y-te", "so-y-te?a=b", "//so-y-te", "//evil.example/../so-y-te"])
def test_redirect_names_no_host_and_no_port_and_is_asked_for_again(public: Public, address: str) -> None:
    """Behind a proxy that has the certificate, nginx knows neither."""
    for headers in ({}, {"Host": HOST, "X_Forwarded_Proto": "https"}):
        answer = get(public.nginx.rstrip("/") + "/" + address, **headers)

        assert answer.status_code == 301
        assert answer.headers["Location"] == "/so-y-te/" + ("?a=b" if "?" in address else "")
        assert answer.headers["Cache-Control"] == ASK_FIRST


def test_strict_transport_security_is_said_over_tls_only(public: Public) -> None:
    assert "Strict-Transport-Security" not in public.get("").headers
    assert "Strict-Transport-Security" not in public.get("", X_Forwarded_Proto="http").headers
    for address in ("", "khong-co", "so-y-te"):
        answer = public.get(address, X_Forwarded_Proto="https")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", address


def test_with_a_certificate_everything_goes_over_tls(public: Public) -> None:
    authority = trustme.CA()
    folder = public.province.folder / "tls"
    folder.mkdir()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    port = nginx.free_port()
    proof = write_proof(folder / "html")
    text = secured(folder, authority.issue_cert("127.0.0.1"), port).replace("/var/www/html", str(folder / "html"))
    secure = f"https://127.0.0.1:{port}"
    with nginx.served(public.province.output, folder / "nginx", text) as plain, requests.Session() as session:
        session.trust_env = False  # which may name other certificates
        session.verify = str(folder / "ca.pem")
        page, look_up, proven = (
            session.get(secure + path, timeout=TIMEOUT) for path in ("/so-y-te/", "/tra-cuu-ho-so/", proof)
        )
        redirect = get(f"{plain}so-y-te/?a=b", Host=HOST)
        agreed = agreed_protocol(port, folder / "ca.pem")

    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert (redirect.status_code, redirect.headers["Location"]) == (308, f"https://{HOST}/so-y-te/?a=b")
    assert redirect.headers["Cache-Control"] == ASK_FIRST
    assert agreed == "h2"
    assert (proven.status_code, proven.text) == (200, "made-up.proof")
    for answer, path in ((page, "/so-y-te/"), (look_up, "/tra-cuu-ho-so/")):
        expected = headers_of(path, f"{LOOK_UP}/v1")["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"] == expected
        assert (LOOK_UP in expected) == (path == "/tra-cuu-ho-so/")


def write_proof(html: Path) -> str:
    """Put there what certbot proves a name with; gives its address."""
    address = ".well-known/acme-challenge/made-up"
    (html / address).parent.mkdir(parents=True)
    (html / address).write_text("made-up.proof", encoding="utf-8")
    return f"/{address}"


def secured(folder: Path, certificate: trustme.LeafCert, port: int) -> str:
    """The text with all options, and with a certificate and a port of this machine in their places."""
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "all.pem"))
    (folder / "all.pem").chmod(0o644)
    text = nginx.written(options=True, look_up_origin=LOOK_UP)
    for there, here in (
        ("/etc/letsencrypt/live/portal.example.vn/fullchain.pem", f"{folder}/all.pem"),
        ("/etc/letsencrypt/live/portal.example.vn/privkey.pem", f"{folder}/all.pem"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen [::]:443 ssl", f"listen 127.0.0.2:{port} ssl"),
    ):
        assert text.count(there) == 1, there
        text = text.replace(there, here)
    return text


def agreed_protocol(port: int, authority: Path) -> str | None:
    """What a browser and the server agree on to speak."""
    context = ssl.create_default_context(cafile=str(authority))
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        return secure.selected_alpn_protocol()


def test_address_of_a_moved_procedure_leads_on_and_nginx_need_not_be_told(changing: Public) -> None:
    old, new = "agencies/so-y-te/procedures/1.004616.yaml", "agencies/so-tu-phap/procedures/1.004616.yaml"
    assert leads_to(changing, "thu-tuc/1.004616/") == "/so-y-te/thu-tuc/1.004616/"

    move(changing.province, old, new, "2019-09-25")
    for address in ("so-y-te/thu-tuc/1.004616/", "thu-tuc/1.004616/"):
        assert leads_to(changing, address) == "/so-tu-phap/thu-tuc/1.004616/"
    assert "Cấp Chứng chỉ hành nghề dược" in changing.get("so-tu-phap/thu-tuc/1.004616/").text

    move(changing.province, new, old, "2019-09-26")
    for address in ("so-tu-phap/thu-tuc/1.004616/", "thu-tuc/1.004616/"):
        assert leads_to(changing, address) == "/so-y-te/thu-tuc/1.004616/"
    assert "Cấp Chứng chỉ hành nghề dược" in changing.get("so-y-te/thu-tuc/1.004616/").text


def leads_to(public: Public, address: str) -> str:
    """Where the page at an address sends its reader, who keeps nothing of it without asking."""
    answer = public.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, ASK_FIRST)
    return answer.text.partition('http-equiv="refresh" content="0; url=')[2].partition('"')[0]


def test_page_that_says_something_else_is_sent_whatever_its_age(changing: Public) -> None:
    """Three notices of one length, published at once, and then a step back to the first."""
    notice = changing.province.content / "province" / "province.yaml"
    text = notice.read_text(encoding="utf-8")
    releases: list[Path] = []
    pages: list[requests.Response] = []
    for number in (1, 2, 3):
        notice.write_text(text.replace("Trang kiểm thử", f"Thông báo số {number}"), encoding="utf-8")
        publish(changing.province)
        releases.append(changing.province.output.resolve())
        page = changing.get("")
        assert f"Thông báo số {number}" in page.text
        for condition in (one for seen in pages for one in conditions(seen)):
            assert changing.get("", **condition).status_code == 200, condition
        pages.append(page)

    show(releases[0], changing.province.output)
    for condition in conditions(pages[-1]):
        back = changing.get("", **condition)
        assert (back.status_code, "Thông báo số 1" in back.text) == (200, True), condition
    for condition in conditions(pages[0]):
        assert changing.get("", **condition).status_code == 304, condition


def test_figures_are_sent_anew_each_time(changing: Public) -> None:
    live = changing.file("live/dossiers.json")
    first = changing.get("live/dossiers.json")
    status = live.stat()
    live.write_bytes(live.read_bytes().replace(b"1", b"2", 1))
    os.utime(live, ns=(status.st_atime_ns, status.st_mtime_ns))  # within the same second, and no longer

    again = changing.get("live/dossiers.json", If_Modified_Since=first.headers["Last-Modified"])

    assert (again.status_code, again.content) == (200, live.read_bytes())
    assert again.content != first.content
    assert "ETag" not in again.headers


def test_figures_are_packed_on_their_way(changing: Public) -> None:
    live = changing.file("live/dossiers.json")
    live.write_bytes(b"[" + b"1," * 2000 + b"1]\n")
    answer = get(f"{changing.nginx}live/dossiers.json", Accept_Encoding="gzip")

    assert (answer.headers["Content-Encoding"], answer.content) == ("gzip", live.read_bytes())


def test_absent_page_is_the_portals_own_at_any_depth(public: Public) -> None:
    for address in ("khong-co", "so-y-te/media/", "so-y-te/a/b/c/d", "thu-tuc/9.999999/", "theme/"):
        answer = public.get(address)
        assert (answer.status_code, answer.content) == (404, public.file("404.html").read_bytes()), address
        assert answer.headers["Content-Type"] == CONTENT_TYPES[".html"]
    for link in ("/theme/portal.css", "/don-vi/"):
        assert link in public.get("a/b/c/").text
    assert urlsplit(urljoin(f"{public.nginx}a/b/c/", "/don-vi/")).path == "/don-vi/"


def test_who_saves_data_is_sent_no_typeface(public: Public) -> None:
    font = "theme/fonts/be-vietnam-pro-400.woff2?v=1"
    for server in (public.nginx, public.desk):
        full, saved = get(server + font), get(server + font, Save_Data="on")

        assert (full.status_code, full.headers["Content-Type"]) == (200, "font/woff2")
        assert (saved.status_code, saved.content, saved.headers["Cache-Control"]) == (204, b"", ASK_FIRST)
        assert get(f"{server}theme/portal.css", Save_Data="on").status_code == 200
        for name in headers_of("/"):
            assert saved.headers[name], name


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/../private.txt", 400),
        ("/theme/../../private.txt", 400),
        ("/%2e%2e/private.txt", 400),
        ("/theme/..%2f..%2fprivate.txt", 400),
        ("//../private.txt", 400),
        ("/live/../../private.txt", 400),
        ("/../output.releases/", 400),
        ("/theme/../private.txt", 404),
        ("/..%5cprivate.txt", 404),
        ("/theme/fonts../../private.txt", 404),
        ("/live../private.txt", 404),
        ("/output.releases/", 404),
    ],
)
def test_nothing_beside_the_portal_is_ever_sent(public: Public, address: str, status: int) -> None:
    private = public.province.folder / "private.txt"
    private.write_text("a secret", encoding="utf-8")
    connection = HTTPConnection(urlsplit(public.nginx).netloc, timeout=TIMEOUT)
    connection.request("GET", address)  # as it is written: nobody works out what the dots mean
    answer = connection.getresponse()
    body = answer.read()
    connection.close()

    assert (answer.status, b"a secret" in body) == (status, False)


RELOADS, THREADS, REQUESTS = 2, 4, 100
"""How often nginx is told of another site while so many threads ask for at least so many pages each."""


def test_no_request_fails_while_nginx_takes_other_settings(public: Public) -> None:
    server = nginx.Nginx(public.province.folder / "reloaded")
    ended = threading.Event()
    with (
        server.running(lambda port: nginx.placed(nginx.written(), public.province.output, port)) as port,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        page = f"http://127.0.0.1:{port}/so-y-te/"
        asking = [pool.submit(answers_until, ended, page) for _ in range(THREADS)]
        try:
            for number in range(1, RELOADS + 1):
                told = f'server_tokens off; add_header X-Reload "{number}" always;'
                text = nginx.written().replace("server_tokens off;", told)
                server.reload(nginx.placed(text, public.province.output, port))
                until(partial(is_sent, page, "X-Reload", str(number)), "the new settings")
        finally:
            ended.set()
        answers = [answer for future in asking for answer in future.result(PATIENCE)]

    assert len(answers) >= THREADS * REQUESTS
    assert set(answers) == {(200, public.file("so-y-te/index.html").read_bytes())}


def is_sent(url: str, name: str, value: str) -> bool:
    return get(url).headers.get(name) == value


def answers_until(ended: threading.Event, url: str) -> list[tuple[int, bytes]]:
    """Ask again and again, with a connection of its own each time."""
    answers: list[tuple[int, bytes]] = []
    while not ended.is_set() or len(answers) < REQUESTS:
        answer = get(url)
        answers.append((answer.status_code, answer.content))
    return answers
