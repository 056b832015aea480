"""A Pelican plugin of the linking run: the pages about all sites, from their manifests alone.

Home, directory, the board of problems, sitemaps, and on a desk the page of the theme's components. What a single
site's run can write does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import stored

__all__ = ["linked_addresses", "register"]


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the sitemaps of these sites stand, and what search engines ask for first."""
    yield from ("sitemap.xml", "robots.txt")
    yield from (f"sitemaps/{stored(manifest.slug)}.xml" for manifest in manifests)


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.province import runs

    runs.connect()
