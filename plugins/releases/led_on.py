"""Pages at addresses at which no site has anything: of lists that are no more, of agencies that ended, of what went.

They are a small version of their own, put together with the others. Each leads on, or says since when and why nothing
is there; they are two pages, which the pages about all sites bring with placeholders: nothing has to be rendered here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from plugins.portal import addresses
from plugins.portal.digests import Digest
from plugins.portal.placeholders import WHY_WITHDRAWN, WITHDRAWN_ON, leading_on
from plugins.releases.layout import LED_ON, VERSIONS


@dataclass(frozen=True)
class Unanswered:
    """Addresses at which no site has anything."""

    led_on: Mapping[str, str]
    """Each with the one that it leads to."""
    withdrawn: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Each with the day since when, as it is written, and the reason."""


def take_led_on(releases: Path, unanswered: Unanswered, page: str, withdrawn: str) -> str:
    """Let the version of these pages lie beside the releases; gives its digest, empty where there are none.

    `page` and `withdrawn` are what all pages of the one kind and of the other are. A file that is no more, such
    as a feed, has no page: the web server alone can lead it on, or say that it was withdrawn.
    """
    led_on = {address: target for address, target in sorted(unanswered.led_on.items()) if address.endswith("/")}
    given_up = {address: told for address, told in sorted(unanswered.withdrawn.items()) if address.endswith("/")}
    if not (led_on or given_up):
        return ""
    digest = Digest()
    digest.add(LED_ON, page, withdrawn)
    for address, target in led_on.items():
        digest.add(address, target)
    for address, told in given_up.items():
        digest.add("withdrawn", address, *told)
    folder = releases / VERSIONS / LED_ON / digest.hex()
    if not folder.is_dir():
        _write(folder, dict(_pages(led_on, page, given_up, withdrawn)))
    return digest.hex()


def _pages(
    led_on: Mapping[str, str], page: str, given_up: Mapping[str, tuple[str, str]], withdrawn: str
) -> Iterator[tuple[str, str]]:
    for address, (day, reason) in given_up.items():
        yield address, withdrawn.replace(WITHDRAWN_ON, escape(day)).replace(WHY_WITHDRAWN, escape(reason))
    for address, target in led_on.items():
        yield address, leading_on(page, target, f"/{target}")


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    """All or nothing: one that a kill left unfinished is made anew."""
    aside = folder.with_name(f"{folder.name}.new")
    if aside.exists():
        shutil.rmtree(aside)
    for address, written in pages.items():
        file = aside / addresses.saved_as(address)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written, encoding="utf-8", newline="")
    aside.rename(folder)
