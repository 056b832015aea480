"""The web server's headers in docs/operating.md are the ones that the desk server sends and the tests look at."""

from __future__ import annotations

import re

from plugins.serving.server import HEADERS, headers_of
from tests.provinces import ROOT


def test_documented_headers_are_the_served_ones() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    sent = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', text))
    assert {name: value.replace("$asks_about_dossiers", "") for name, value in sent.items()} == HEADERS


def test_documented_policy_of_the_look_up_is_the_served_one() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    [policy] = re.findall(r'add_header Content-Security-Policy "([^"]*)"', text)
    [(path, origin)] = re.findall(r'^ +~\^(/\S+/)\S+ +" (\S+)";$', text, re.MULTILINE)

    served = headers_of(path, f"{origin}/api")["Content-Security-Policy"]
    assert policy.replace("$asks_about_dossiers", f" {origin}") == served
