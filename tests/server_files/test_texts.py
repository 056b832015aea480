"""The files as text: what they say is what the desk's server does, and what each syntax reads."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from plugins.command_line.arguments import parser
from plugins.portal.http_headers import CONTENT_TYPES, HEADERS, POLICY, cache_control, headers_of
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.server_files import rendered
from tests.serving.nginx import VALUES

LOOK_UP = "https://motcua.example.vn:8443"
MOST_RULES, LONGEST_LINE = 100, 2_000
"""Of `_headers`, as Cloudflare Pages takes it; characters."""


def text_of(name: str, **changed: object) -> str:
    return rendered(replace(VALUES, **changed))[name]  # type: ignore[arg-type]


def unit(name: str, **changed: object) -> dict[str, dict[str, list[str]]]:
    """A unit of systemd: what each section says of each name, which may be said several times."""
    sections: dict[str, dict[str, list[str]]] = {}
    for line in text_of(f"systemd/{name}", **changed).splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return sections


def test_headers_of_nginx_are_those_of_the_desk() -> None:
    sent = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', text_of("nginx/portal.conf")))

    assert {name: value.replace("$portal_look_up", "") for name, value in sent.items()} == HEADERS


def test_policy_of_the_look_up_is_that_of_the_desk() -> None:
    text = text_of("nginx/portal.conf", look_up_origin=LOOK_UP)
    [policy] = re.findall(r'add_header Content-Security-Policy "([^"]*)"', text)
    [(path, origin)] = re.findall(r'^ +"~\^(/\S+/)\S+" " (\S+)";$', text, re.MULTILINE)

    assert policy.replace("$portal_look_up", f" {origin}") == headers_of(path, f"{LOOK_UP}/api")[POLICY]
    assert LOOK_UP not in text_of("nginx/portal.conf")


def test_types_of_nginx_are_those_of_the_desk_and_cover_every_file_that_an_editor_may_offer() -> None:
    text = text_of("nginx/portal.conf")
    types = next(block for block in re.findall(r"\btypes \{(.*?)\}", text, re.DOTALL) if block)
    [with_charset] = re.findall(r"charset_types ([^;]*);", text)
    known: dict[str, str] = {}
    for line in types.strip().splitlines():
        kind, *suffixes = line.strip().removesuffix(";").split()
        utf8 = kind in ("text/html", *with_charset.split())
        known |= {f".{suffix}": f"{kind}; charset=utf-8" if utf8 else kind for suffix in suffixes}

    assert known == CONTENT_TYPES
    assert known.keys() >= MEDIA_SIGNATURES.keys()


def rules(look_up_origin: str = "") -> dict[str, dict[str, str]]:
    """The headers at each address of `_headers`."""
    known: dict[str, dict[str, str]] = {}
    address = ""
    for line in text_of("static-host/_headers", look_up_origin=look_up_origin).splitlines():
        assert len(line) <= LONGEST_LINE
        if line.startswith("/"):
            address = line
            assert address not in known
            assert address.count("*") <= 1
            known[address] = {}
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            known[address][name] = value
        else:
            assert line[:1].replace("#", "") == "", line
    return known


def pattern(address: str) -> re.Pattern[str]:
    return re.compile(re.sub(r":\w+", "[^/]+", re.escape(address).replace(r"\*", ".*").replace(r"\:", ":")))


ADDRESSES = (
    "/", "/so-y-te/", "/live/dossiers.json", "/tim-kiem/thu-tuc/a.1f.json", "/so-y-te/tim-kiem/tin/b.2a.json",
    "/api/v1/procedures.json", "/tin-tuc/feed.atom", "/so-y-te/tin-tuc/feed.atom", "/so-lieu/du-lieu.csv",
    "/so-lieu/du-lieu.json", "/permalinks.map", "/thu-tuc/1.004616/", "/tra-cuu-ho-so/", "/khong-co",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_static_host_sends_what_nginx_sends_and_nothing_twice(address: str) -> None:
    met = [headers for rule, headers in rules().items() if pattern(rule).fullmatch(address)]
    sent = {name: value for headers in met for name, value in headers.items()}
    expected = headers_of(address)
    if cache_control(address) == "no-cache":
        del expected["Cache-Control"]  # what the hosts say of themselves

    assert len(rules()) <= MOST_RULES
    assert all(not first.keys() & second.keys() for first, second in combinations(met, 2))
    assert sent.pop("Strict-Transport-Security").startswith("max-age=")
    assert sent == expected


def test_pages_of_a_static_host_may_ask_the_system_that_answers_about_dossiers() -> None:
    assert rules(LOOK_UP)["/*"][POLICY] == headers_of("/tra-cuu-ho-so/", LOOK_UP)[POLICY]


@pytest.mark.parametrize(
    ("name", "user", "homes"),
    [
        ("portal-publish", {"User": ["portal"]}, "read-only"),
        ("portal-due", {"User": ["portal"]}, "read-only"),
        ("portal-dossiers", {"User": ["portal"]}, "read-only"),
        ("portal-documents", {"User": ["portal"]}, "read-only"),
        ("portal-gateway", {"DynamicUser": ["yes"]}, "yes"),
    ],
)
def test_service_is_hardened_and_runs_a_command_that_there_is(
    name: str, user: dict[str, list[str]], homes: str
) -> None:
    service = unit(f"{name}.service")["Service"]
    program, *words = shlex.split(service["ExecStart"][0])

    assert program == "/srv/portal/.venv/bin/portal"
    given = parser().parse_args(words)
    command = given.kind if given.command == "import" else given.command
    assert f"portal-{'due' if getattr(given, 'due', False) else command}" == name
    hardened = ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "LockPersonality", "RestrictNamespaces")
    assert all(service[key] == ["yes"] for key in hardened)
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == (["strict"], [""])
    assert service["ProtectHome"] == [homes]
    assert user.items() <= service.items()


@pytest.mark.parametrize("name", ["portal-publish", "portal-dossiers"])
def test_timer_starts_its_service_with_the_machine(name: str) -> None:
    timer = ConfigParser(interpolation=None)
    timer.read_string(text_of(f"systemd/{name}.timer"))

    assert timer["Timer"]["OnCalendar"].startswith("*:0/")
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_publishing_pulls_first_and_writes_where_settings_lead() -> None:
    service = unit("portal-publish.service")["Service"]
    elsewhere = unit(
        "portal-publish.service",
        output=Path("/srv/www/public"), state=Path("/var/lib/so lieu"), program=Path("/opt/env/bin/portal"),
    )["Service"]  # fmt: skip

    assert service["ExecStartPre"] == ["/usr/bin/flock --close .git/publishing /usr/bin/git pull --ff-only --quiet"]
    assert (service["ReadWritePaths"], service["ReadOnlyPaths"]) == (["/srv/portal"], ["/srv/portal/.venv"])
    assert shlex.split(elsewhere["ReadWritePaths"][0]) == ["/srv/portal", "/srv/www", "/var/lib/so lieu"]
    assert "ReadOnlyPaths" not in elsewhere


def test_what_falls_due_is_asked_for_each_minute_and_nothing_is_pulled() -> None:
    due, publish = unit("portal-due.service")["Service"], unit("portal-publish.service")["Service"]
    timer = unit("portal-due.timer")

    assert "ExecStartPre" not in due
    assert due["ExecStart"] == [publish["ExecStart"][0].replace(" publish ", " publish --due ")]
    assert {key: due[key] for key in due if key != "ExecStart"} == {
        key: publish[key] for key in publish if key not in ("ExecStart", "ExecStartPre")
    }
    assert timer["Timer"] == {"OnCalendar": ["*:*:01"], "AccuracySec": ["1s"]}  # else systemd takes a minute's ease
    assert timer["Install"]["WantedBy"] == ["timers.target"]


def test_documents_are_taken_in_from_a_folder_of_their_own_and_pushed() -> None:
    service = unit("portal-documents.service")["Service"]

    assert service["StateDirectory"] == ["portal-documents"]
    assert "import documents --from %S/portal-documents " in service["ExecStart"][0]
    assert service["ExecStartPost"] == [
        "/usr/bin/git add --all -- content", '-/usr/bin/git commit --quiet --message "Documents taken in"',
        "/usr/bin/git push --quiet",
    ]  # fmt: skip
    assert (service["ReadWritePaths"], service["ReadOnlyPaths"]) == (["/srv/portal"], ["/srv/portal/.venv"])
    assert unit("portal-documents.timer")["Install"]["WantedBy"] == ["timers.target"]


def test_token_is_loaded_by_whoever_asks_the_backend() -> None:
    assert "LoadCredential" not in unit("portal-publish.service")["Service"]
    assert unit("portal-publish.service", asks_backend=True)["Service"]["LoadCredential"] == ["token:/etc/portal/token"]
    assert "LoadCredential" in unit("portal-dossiers.service")["Service"]


def test_gateway_lets_the_portal_ask() -> None:
    environment = unit("portal-gateway.service", origin="https://cong.vn:8443")["Service"]["Environment"]

    assert "GATEWAY_ORIGINS=https://cong.vn:8443" in environment


def paths(text: str) -> Iterator[str]:
    yield from re.findall(r"^ {4}root ([^;]+);", text, re.MULTILINE)


def test_folder_with_blanks_stays_one_word() -> None:
    output = Path("/srv/cổng tỉnh/public")

    assert list(paths(text_of("nginx/portal.conf", output=output))) == [f'"{output}"']
    answers = text_of("nginx/portal.conf", releases=output.with_name("public.releases"))
    assert f'set $portal_answer "{output}.releases/answers/$portal_release$uri";' in answers
    program = Path("/srv/cổng tỉnh/bin/portal")
    service = unit("portal-publish.service", program=program, project=Path("/srv/cổng tỉnh"))["Service"]
    assert shlex.split(service["ExecStart"][0])[0] == str(program)
    assert service["WorkingDirectory"] == ["/srv/cổng tỉnh"]
