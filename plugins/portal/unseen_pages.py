"""What a site that could not be compiled may have: nobody has seen its pages, and links to them are not judged.

It will have the pages that every site has, and its lists; what could not be read of its folder may hold the page at any
address that it would give one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from plugins.portal import addresses
from plugins.portal.kinds import AnyKind, Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.reading import Untaken, slug_of

_OTHER_PART = re.compile(r"(?:feed\.(?:atom|json)|trang/\d+/)?")
"""Of a list, below its address."""


def may_be_written(manifest: SiteManifest, address: str, of_each: Collection[str], kinds: Kinds) -> bool:
    """Whether a site may have a page or file at an address once its problems are mended; no for one without problems.

    `of_each` are the addresses below its home that every site has.
    """
    home = addresses.site_home(manifest.slug)
    if not manifest.problems or not address.startswith(home):
        return False
    below = address.removeprefix(home)
    if below.startswith(addresses.MEDIA):
        return below in Untaken(frozenset(manifest.untaken))
    # What search reads is called after its content.
    below = addresses.page_of_document(below)
    if below in of_each or below.startswith(addresses.SEARCH):
        return True
    return any(_is_of_list(kind, below) or _is_of(manifest.untaken, kind, below) for kind in kinds)


def _is_of_list(kind: AnyKind, below: str) -> bool:
    """Whether it is the list of a kind, a later part of it, or its feed."""
    start = kind.list_address
    return bool(start) and below.startswith(start) and _OTHER_PART.fullmatch(below.removeprefix(start)) is not None


def _is_of(untaken: Iterable[str], kind: AnyKind, below: str) -> bool:
    """Whether it would be the page of an entry of the kind in one of these files and folders."""
    parts = below.removeprefix(kind.list_address).split("/")[:-1]
    if not below.startswith(kind.list_address) or not below.endswith("/") or not parts:
        return False
    if not kind.list_address and len(parts) > 1:
        return False
    return any(_may_hold(PurePosixPath(path), kind, parts[-1]) for path in untaken)


def _may_hold(path: PurePosixPath, kind: AnyKind, slug: str) -> bool:
    """Whether a file or folder may hold the entry of a slug: a file is named as it, a folder may hold any."""
    if path.parts[:1] not in ((), (kind.folder,)):
        return False
    is_folder = len(path.parts) < 2 or path.suffix == ""
    return is_folder or slug == (path.stem if kind.codes else slug_of(path.as_posix()))
