"""What the portal shows now, by which is told what a build would lose.

Builds remember it; where what they remember was deleted, or lies on another machine, the release that is shown tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.builder.folders import current_stores, output_shown
from plugins.builder.loss import ANY_PAGE, counted
from plugins.builder.store import SiteStore
from plugins.portal.site_names import LINKED, STORED_PROVINCE
from plugins.releases.layout import LED_ON
from plugins.releases.showing import release_shown


def agencies_shown(settings: Mapping[str, Any]) -> list[str]:
    """The agencies that have something in the portal, in order."""
    names = set(_remembered(settings))
    if not names and (release := release_shown(output_shown(settings))) is not None:
        names = set(release.sites)
    return sorted(names - {STORED_PROVINCE, *LINKED, LED_ON})


def counts_of_sites_shown(settings: Mapping[str, Any]) -> Mapping[str, Mapping[str, int]]:
    """The same of each site, as far as builds remember it; of linked pages as well."""
    return {name: counted([store.manifest(digest)]) for name, (store, digest) in _remembered(settings).items()}


def counts_shown(settings: Mapping[str, Any]) -> Mapping[str, int]:
    """How many pages there are, and how many entries of each kind as far as that is known."""
    if remembered := _remembered(settings):
        return counted(store.manifest(digest) for store, digest in remembered.values())
    release = release_shown(output_shown(settings))
    if release is None:
        return {}
    return release.counts or {ANY_PAGE: release.pages()}


def _remembered(settings: Mapping[str, Any]) -> dict[str, tuple[SiteStore, str]]:
    """The stores of what is shown, by name, each with the digest of its version."""
    stores = {folder.name: SiteStore(folder) for folder in current_stores(settings)}
    return {name: (store, digest) for name, store in stores.items() if (digest := store.current_digest())}
