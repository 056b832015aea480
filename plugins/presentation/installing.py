"""What lets a phone install the portal and read on without a network: the manifest, and the worker's first file.

The worker itself is the theme's `offline/worker.js`; `sw.js` stands at the root, for a worker has charge of what lies
below it, and changes whenever the theme or the offline page does, so that browsers take it over. Addresses in both are
relative to the root: they hold below any path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.province import Province

ICONS = (192, 512)
"""Widths in pixels of the theme's `icons/`."""
COLOUR = "#0a5a5c"
PAPER = "#ffffff"


def web_manifest(province: Province, language: str, asset: Callable[[str], str]) -> str:
    """What a browser asks before it installs the portal (W3C Web Application Manifest); JSON."""
    icons = [{"src": asset("mark.svg"), "type": "image/svg+xml", "sizes": "any"}]
    icons += [
        {"src": asset(f"icons/{width}.png"), "type": "image/png", "sizes": f"{width}x{width}", "purpose": purpose}
        for width in ICONS
        for purpose in ("any", "maskable")
    ]
    manifest = {
        "name": province.site_name,
        "short_name": province.name,
        "description": province.summary,
        "lang": language,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "display_override": ["minimal-ui"],
        "background_color": PAPER,
        "theme_color": COLOUR,
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def service_worker(
    offline_page: bytes, asset: Callable[[str], str], fonts: Iterable[str], _: Callable[[str], str]
) -> str:
    """The script that browsers register: what the worker has to know, and the worker."""
    facts = {
        "offline": addresses.OFFLINE,
        "frame": [asset("portal.css"), asset("mark.svg"), asset("favicon.svg"), *fonts],
        "sentences": {
            "kept": _("This is a copy kept at {time} on {day}: there is no network now, or too little of it."),
            "listed": _("kept at {time} on {day}"),
            "list": _("Procedures that you can read now"),
        },
    }
    fingerprint = hashlib.blake2b(offline_page, digest_size=4).hexdigest()
    return (
        f"self.portal = {json.dumps(facts, ensure_ascii=False)};\n"
        f"importScripts({json.dumps(asset('offline/worker.js'))}); // {addresses.OFFLINE}?v={fingerprint}\n"
    )


def write_installable(
    output: Path, province: Province, language: str, asset: Callable[[str], str], fonts: Iterable[str],
    translate: Callable[[str], str],
) -> None:  # fmt: skip
    """Write both beside the home page; the offline page is there already."""
    page = (output / addresses.saved_as(addresses.OFFLINE)).read_bytes()
    (output / addresses.WEB_MANIFEST).write_text(web_manifest(province, language, asset), encoding="utf-8")
    (output / addresses.SERVICE_WORKER).write_text(service_worker(page, asset, fonts, translate), encoding="utf-8")
