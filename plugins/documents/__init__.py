"""Published documents (văn bản), a kind of content: their numbers, what became of them, their pages and lists.

Other kinds of content do not belong here: what rests on a document is known by references to its number.

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.documents.kinds import KINDS
from plugins.portal.manifest import SiteManifest

__all__ = ["KINDS", "linked_addresses", "register"]


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the pages about all documents stand when these sites are shown."""
    from plugins.documents.written_addresses import written_addresses

    return written_addresses(manifests)


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.documents import runs

    runs.connect()
