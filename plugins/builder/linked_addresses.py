"""Which addresses the pages about all sites will have, as the plugins that write them say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module

from plugins.portal.linking import WrittenLater
from plugins.portal.manifest import SiteManifest


def written_by(plugins: Sequence[str]) -> WrittenLater:
    """What the functions `linked_addresses` of these plugins say; a plugin that writes no such pages has none."""

    def written(manifests: Sequence[SiteManifest]) -> Iterable[str]:
        for name in plugins:
            yield from getattr(import_module(name), "linked_addresses", _nothing)(manifests)

    return written


def _nothing(manifests: Sequence[SiteManifest]) -> Iterable[str]:
    return ()
