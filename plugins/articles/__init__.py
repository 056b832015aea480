"""News articles and pages, two kinds of content, and the reader that turns the Markdown of all texts into safe HTML.

Other kinds of content do not belong here, nor what lists show of a text: that is its card (plugins/articles/kinds.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plugins.articles.kinds import KINDS
from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_run import SiteRun

__all__ = ["FIXED_ADDRESSES", "KINDS", "TEMPLATES", "linked_addresses", "register", "run_settings"]

TEMPLATES = {"site": {"news": addresses.NEWS}}
"""Pages that are made of a template alone, by run."""
FIXED_ADDRESSES = (addresses.AGENCY_NEWS,)


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the lists of topics and years stand when these sites are shown."""
    from plugins.articles.news import written_addresses

    return written_addresses(manifests)


def run_settings(run: SiteRun) -> dict[str, Any]:
    """What Pelican, which writes the news and pages of a site, is to know of them."""
    from plugins.articles import runs

    return runs.run_settings(run)


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.articles import runs

    runs.connect()
