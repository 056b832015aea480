"""Placeholders: what the pages of a site leave open because only linking knows the other sites.

    <!--portal:places 1.001193-->        where a procedure is performed
    <!--portal:procedure 1.001193-->     the name of a procedure as a link to it; its code where there is none
    <!--portal:agency so-y-te-->         the name of an agency
    <!--portal:agency-link so-y-te-->    the name of an agency as a link to its site, where it has one
    <!--portal:document-… …-->           what other sites have to do with a document

A page with any of them is an open page: it is kept apart from those that are shown, and filled when the sites are
linked. So it says what another site says today, and nobody has to build it anew when that changes. Editors cannot write
a placeholder: what they write is escaped, and comments do not survive the cleaning of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

Filler = Callable[[str], str]
"""Gives the HTML for a placeholder's argument: a code or a slug, empty where it has none. Those of a run are in
`SiteRun.fillers`, by kind."""

_BEGINNING = "<!--portal:"
LED_TO, NAME_OF_LED_TO = f"{_BEGINNING}led-to-->", f"{_BEGINNING}name-of-led-to-->"
"""In the one page of all addresses that are led on: where it leads, below the root, and what that is called. They stand
on no other page, and are filled (`leading_on`) when sites are linked and when a release is put together."""
LEADING_ON = "led-on.html"
"""The file of that page, among the open pages of those about all sites."""
WITHDRAWN_ON, WHY_WITHDRAWN = f"{_BEGINNING}withdrawn-on-->", f"{_BEGINNING}why-withdrawn-->"
"""In the one page of all addresses that were withdrawn and have no record any more: since when, and why."""
WITHDRAWN_ADDRESS = "withdrawn-address.html"
"""The file of that page, in the same folder."""
_PLACEHOLDER = re.compile(rf"{_BEGINNING}([a-z-]+(?: [a-z0-9.-]*[a-z0-9])?)-->")


def placeholder(kind: str, argument: str = "") -> str:
    """HTML that stands in a page until linking fills it; the argument is a code or a slug."""
    return f"{_BEGINNING}{kind}{f' {argument}' if argument else ''}-->"


def is_open(page: str) -> bool:
    """Whether a page has anything that only linking can fill."""
    return _BEGINNING in page


def leading_on(page: str, target: str, name: str) -> str:
    """The page of all addresses that are led on, for one: where it leads and what that is called, neither as HTML."""
    return page.replace(LED_TO, escape(target)).replace(NAME_OF_LED_TO, escape(name))


def placeholders(page: str) -> list[str]:
    """What a page leaves open, each once: `places 1.001193`."""
    return list(dict.fromkeys(match[1] for match in _PLACEHOLDER.finditer(page)))


def fill(placeholder: str, fillers: Mapping[str, Filler]) -> str:
    """What stands in the place of `places 1.001193`; a placeholder of a kind without a filler stays."""
    kind, _, argument = placeholder.partition(" ")
    return fillers[kind](argument) if kind in fillers else f"{_BEGINNING}{placeholder}-->"


def filled_in(page: str, fillings: Mapping[str, str]) -> str:
    """The page with what stands in the place of each of its placeholders."""
    return _PLACEHOLDER.sub(lambda match: fillings[match[1]], page)


def filled(page: str, fillers: Mapping[str, Filler]) -> str:
    """The page with its placeholders filled; those of a kind without a filler stay."""
    return _PLACEHOLDER.sub(lambda match: fill(match[1], fillers), page)
