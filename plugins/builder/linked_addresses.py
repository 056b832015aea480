"""Which addresses the pages about all sites will have, as the plugins that write them say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module

from plugins.portal.kinds import Kinds
from plugins.portal.linking import WrittenLater
from plugins.portal.manifest import SiteManifest


def written_by(plugins: Sequence[str], kinds: Kinds) -> WrittenLater:
    """What the functions `linked_addresses` of these plugins say, and the lists of kinds of content.

    A plugin that writes no such pages has none.
    """

    def written(manifests: Sequence[SiteManifest]) -> Iterable[str]:
        for name in plugins:
            yield from getattr(import_module(name), "linked_addresses", _nothing)(manifests)
        yield from kinds.linked_addresses(manifests)

    return written


def _nothing(manifests: Sequence[SiteManifest]) -> Iterable[str]:
    return ()
