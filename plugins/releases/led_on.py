"""Pages at the addresses of lists, years and topics that are no more: each leads on to what stands above it.

They are a small version of their own, put together with the others. All of them are one page, which the pages about all
sites bring with two placeholders: so nothing has to be rendered here.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.digests import Digest
from plugins.portal.placeholders import LED_TO, NAME_OF_LED_TO
from plugins.releases.layout import LED_ON, VERSIONS


def take_led_on(releases: Path, led_on: Mapping[str, str], page: str) -> str:
    """Let the version of these pages lie beside the releases; gives its digest, empty where there are none.

    `led_on` has addresses with those that they lead to; `page` is what all of them are. A file that is no more, such as
    a feed, has no page: the web server alone can lead it on.
    """
    pages = {address: target for address, target in sorted(led_on.items()) if address.endswith("/")}
    if not pages or not page:
        return ""
    digest = Digest()
    digest.add(LED_ON, page)
    for address, target in pages.items():
        digest.add(address, target)
    folder = releases / VERSIONS / LED_ON / digest.hex()
    if not folder.is_dir():
        _write(folder, pages, page)
    return digest.hex()


def _write(folder: Path, pages: Mapping[str, str], page: str) -> None:
    """All or nothing: one that a kill left unfinished is made anew."""
    aside = folder.with_name(f"{folder.name}.new")
    if aside.exists():
        shutil.rmtree(aside)
    for address, target in pages.items():
        file = aside / addresses.saved_as(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        written = page.replace(LED_TO, escape(target)).replace(NAME_OF_LED_TO, escape(f"/{target}"))
        file.write_text(written, encoding="utf-8", newline="")
    aside.rename(folder)
