"""Addresses in what leaves the portal: whole, for it is read far from it."""

from __future__ import annotations

import re

_FROM_THE_ROOT = re.compile(r"""(<\w+(?:\s+[\w-]+="[^"]*")*?\s+(?:href|src)=")/(?!/)""")
"""In a tag only: a text may speak of `href="/`."""
_COPIES = re.compile(r'</?picture>|<source (?:[^<>"]|"[^"]*")*>')
"""Around a picture: what a browser chooses from. Readers elsewhere are given the picture alone."""


def with_whole_addresses(html: str, root: str) -> str:
    """A text's HTML for readers elsewhere; `root` is the portal's address, without a slash at the end."""
    return _FROM_THE_ROOT.sub(rf"\g<1>{root}/", _COPIES.sub("", html))
