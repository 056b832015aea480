"""Administrative procedures, a kind of content: their pages and history, the catalogue, permalinks, and the API.

Other kinds of content do not belong here, nor how the national database writes procedures (plugins/importing).

Its layers are a contract in pyproject.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plugins.portal import addresses
from plugins.portal.manifest import SiteManifest
from plugins.procedures.kinds import KINDS

if TYPE_CHECKING:
    from plugins.portal.answers import Answer

__all__ = ["FIXED_ADDRESSES", "KINDS", "TEMPLATES", "api_answers", "linked_addresses", "register"]

TEMPLATES = {"catalogue": {"catalogue": addresses.PROCEDURES}}
"""Pages that are made of a template alone, by run."""
FIXED_ADDRESSES = (*addresses.LISTS, *addresses.LIST_FOLDERS)
"""Pages that every portal has besides."""


def linked_addresses(manifests: Sequence[SiteManifest]) -> Iterator[str]:
    """Where the pages and files about all procedures stand when these sites are shown."""
    from plugins.procedures.written_addresses import written_addresses

    return written_addresses(manifests)


def api_answers() -> Sequence[Answer]:
    """What it answers in the API."""
    from plugins.procedures.api import ANSWERS

    return ANSWERS


def register() -> None:
    """Pelican's runs load what writes pages; who asks for anything else of this package need not wait for it."""
    from plugins.procedures import runs

    runs.connect()
