"""The version of addresses that lead to records for ever, which stays as it is while pages about records change.

Its pages are one page, which the pages about all sites bring with placeholders: nothing has to be rendered here.
"""

from __future__ import annotations

from collections.abc import Sequence

from plugins.builder.digests import permanent_digest
from plugins.builder.jobs import Workplace
from plugins.compression import compressed
from plugins.portal import addresses
from plugins.portal.compressed_copies import gets_copy
from plugins.portal.earlier_pages import EarlierPages
from plugins.portal.kinds import Kinds, Leading
from plugins.portal.manifest import SiteManifest
from plugins.portal.placeholders import leading_on
from plugins.portal.site_names import PERMANENT, PROVINCE
from plugins.portal.site_run import Neighbours
from plugins.portal.value_digest import value_digest
from plugins.releases.version_facts import note_facts


def leading_to_records(neighbours: Neighbours, kinds: Kinds) -> tuple[Leading, ...]:
    """The addresses that lead to records of all sites, in order."""
    leading = (way for kind in kinds if kind.leading is not None for way in kind.leading(neighbours.everywhere(kind)))
    return tuple(sorted(leading, key=lambda way: way.address))


def keep_permanent(workplace: Workplace, leading: Sequence[Leading], page: str) -> str:
    """Let the version of these addresses be in its store; its digest, empty where there are none.

    `page` is what all of them show, with placeholders for where it leads and what that is called.
    """
    if not leading:
        return ""
    compresses: bool = workplace.settings["PORTAL_COMPRESS"]
    digest = permanent_digest(workplace.engine, page, ((way.address, way.heading, way.target) for way in leading))
    store = workplace.store(PERMANENT)
    if store.has(digest):
        return digest
    staged, before = store.stage(digest, workplace.engine), store.reusable(workplace.engine)
    pages = EarlierPages(staged, before)
    of_page = value_digest(page)
    for way in leading:
        file = addresses.saved_as(way.address)
        if pages.take_over(file, value_digest(of_page, way.heading, way.target)):
            continue
        content = leading_on(page, way.target, way.heading).encode()
        copy = compressed(content) if compresses and gets_copy(file, len(content)) else b""
        pages.write(file, content, copy)
    pages.write_down()
    if workplace.settings["PORTAL_CHECK_RELEASES"]:
        note_facts(staged, before, workplace.shared_records().province.url.rstrip("/"))
    answered = tuple(way.address for way in leading)
    store.keep(digest, SiteManifest(slug=PROVINCE, digest=digest, agency=None, addresses=answered))
    return digest
