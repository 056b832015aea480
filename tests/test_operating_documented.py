"""What docs/operating.md tells to copy: the web server's text and the units of systemd, as far as they can be read."""

from __future__ import annotations

import re
import shlex
from configparser import ConfigParser

from plugins.command_line.arguments import parser
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.serving.server import CONTENT_TYPES, HEADERS, headers_of
from tests.provinces import ROOT

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
NGINX = (ROOT / "docs" / "nginx" / "portal.conf").read_text(encoding="utf-8")


def test_documented_headers_are_the_served_ones() -> None:
    sent = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', NGINX))

    assert {name: value.replace("$portal_look_up", "") for name, value in sent.items()} == HEADERS


def test_documented_policy_of_the_look_up_is_the_served_one() -> None:
    [policy] = re.findall(r'add_header Content-Security-Policy "([^"]*)"', NGINX)
    [(path, origin)] = re.findall(r'^ +#"~\^(/\S+/)\S+" " (\S+)";$', NGINX, re.MULTILINE)

    served = headers_of(path, f"{origin}/api")["Content-Security-Policy"]
    assert policy.replace("$portal_look_up", f" {origin}") == served


def test_documented_types_are_the_served_ones_and_cover_every_file_that_an_editor_may_offer() -> None:
    [types] = re.findall(r"\btypes \{(.*?)\}", NGINX, re.DOTALL)
    [with_charset] = re.findall(r"charset_types ([^;]*);", NGINX)
    known: dict[str, str] = {}
    for line in types.strip().splitlines():
        kind, *suffixes = line.strip().removesuffix(";").split()
        utf8 = kind in ("text/html", *with_charset.split())
        known |= {f".{suffix}": f"{kind}; charset=utf-8" if utf8 else kind for suffix in suffixes}

    assert known == CONTENT_TYPES
    assert known.keys() >= MEDIA_SIGNATURES.keys()


def test_installing_is_told_with_the_file_that_there_is() -> None:
    copied = re.search(r"sudo cp (\S+) ", TEXT)

    assert copied
    assert (ROOT / copied[1]).is_file()
    assert "(nginx/portal.conf)" in TEXT


def test_documented_units_can_be_read_and_run_a_command_that_there_is() -> None:
    blocks = re.findall(r"((?:^    .*\n|^\n(?=    ))+)", TEXT, re.MULTILINE)
    units = [
        re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in blocks if re.search(r"^    \[\w+\]$", block, re.M)
    ]
    read = []
    for unit in units:
        read.append(ConfigParser(interpolation=None))
        read[-1].optionxform = str  # type: ignore[assignment,method-assign]
        read[-1].read_string(unit)
    service, timer = read

    program, *words = shlex.split(service["Service"]["ExecStart"])
    assert program.endswith("/.venv/bin/portal")
    assert parser().parse_args(words).command == "publish"
    assert service["Service"]["ExecStartPre"].startswith("/usr/bin/git ")
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"


def unit(text: str) -> ConfigParser:
    """A unit of systemd, by section and name."""
    read = ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(text)
    return read
