"""Pictures within texts: with their size, so that nothing moves when they come, and with narrower copies for phones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from plugins.portal.picture import ShownPicture
from plugins.portal.sites import Site

SIZES = "(min-width: 46rem) 44rem, 100vw"
"""How wide a picture is within a text."""
_PICTURE = re.compile(r'<img\b(?:[^<>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'\bsrc="([^"]*)"')


def with_copies(html: str, site: Site, site_url: str) -> str:
    """Sanitised HTML in which the site's pictures have their size and their copies; addresses begin with `site_url`."""
    if "<img" not in html or not site.pictures:
        return html
    known = {f"{site_url}/{picture.url}": picture for picture in site.pictures.values()}
    return _PICTURE.sub(lambda match: _element(match.group(), known, site_url), html)


def _element(tag: str, known: Mapping[str, ShownPicture], site_url: str) -> str:
    address = _ADDRESS.search(tag)
    picture = known.get(unescape(address.group(1)).partition("#")[0]) if address else None
    if picture is None:
        return tag
    size = f'width="{picture.width}" height="{picture.height}"'
    element = f'{tag[:-1]} {size} loading="lazy" decoding="async">'
    srcset = picture.srcset(site_url)
    if not srcset:
        return element
    return f'<picture><source type="image/webp" srcset="{srcset}" sizes="{SIZES}">{element}</picture>'
