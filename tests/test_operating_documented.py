"""The web server's headers in docs/operating.md are the ones that the desk server sends and the tests look at."""

from __future__ import annotations

import re

from plugins.serving.server import HEADERS
from tests.provinces import ROOT


def test_documented_headers_are_the_served_ones() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

    assert dict(re.findall(r'add_header (\S+) "([^"]*)" always;', text)) == HEADERS
