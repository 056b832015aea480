"""Icons of Heroicons (MIT), drawn with lines, as the SVG that they are."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import heroicons
from markupsafe import Markup

_NAMESPACE = "{http://www.w3.org/2000/svg}"


@cache
def icon(name: str) -> Markup:
    """One of them; what it means has to be said beside it. Raises `KeyError` for a name that none has."""
    svg = ElementTree.fromstring(_all().read(f"outline/{name}.svg"))  # noqa: S314  # a file of the package
    for node in svg.iter():
        node.tag = node.tag.removeprefix(_NAMESPACE)
    svg.set("class", "icon")
    return Markup(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S704  # a file of the package


@cache
def _all() -> ZipFile:
    """The package itself reads the list of its 1,200 files again for each icon: that takes longer than a page."""
    return ZipFile(BytesIO((files(heroicons) / "heroicons.zip").read_bytes()))
