"""Icons of Heroicons (MIT), drawn with lines, each as an SVG where it stands.

What all have in common (no fill, round lines in the colour of the text) is said once, in the style sheet. A sprite
would save nothing more: a page has five icons, nearly all of them once. docs/performance.md has the figures.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import heroicons
from markupsafe import Markup

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_IN_THE_STYLE_SHEET = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")
"""Attributes that all icons have alike; `.icon` in theme/styles/layout.css says the same."""


@cache
def icon(name: str) -> Markup:
    """One of them; what it means has to be said beside it. Raises `KeyError` for a name that none has."""
    svg = ElementTree.fromstring(_all().read(f"outline/{name}.svg"))  # noqa: S314  # a file of the package
    for node in svg.iter():
        node.tag = node.tag.removeprefix(_NAMESPACE)
        node.text = node.tail = None
        for attribute in _IN_THE_STYLE_SHEET:
            node.attrib.pop(attribute, None)
    svg.set("class", "icon")
    return Markup(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S704  # a file of the package


@cache
def _all() -> ZipFile:
    """The package itself reads the list of its 1,200 files again for each icon: that takes longer than a page."""
    return ZipFile(BytesIO((files(heroicons) / "heroicons.zip").read_bytes()))
