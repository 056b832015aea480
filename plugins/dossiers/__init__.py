"""Dossier statistics: pulled from a backend, judged, kept, put where browsers find them, and shown.

Dossiers of persons do not belong here, nor what asks an agency's database: that is plugins/gateway.

Its layers are a contract in pyproject.toml. Nothing a backend does gets further than `refresh`, and pages read what it
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest

if TYPE_CHECKING:
    from plugins.portal.answers import Answer

__all__ = ["api_answers", "linked_addresses", "register"]


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the pages and files of statistics stand, of the province and of each agency."""
    from plugins.dossiers import downloads, live

    yield from (addresses.statistics_of(manifest.slug) for manifest in manifests)
    yield from (downloads.TABLE, downloads.DOCUMENT, live.ADDRESS)
    yield from (addresses.api_list(downloads.STATISTICS), addresses.api_schema(downloads.STATISTICS))


def api_answers() -> Sequence[Answer]:
    """What it answers in the API."""
    from plugins.dossiers.downloads import ANSWERS

    return ANSWERS


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.dossiers import runs

    runs.connect()
