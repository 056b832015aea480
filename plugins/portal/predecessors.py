"""What becomes of the addresses of agencies that have no folder any more: others say that they took their place.

Each page leads to the like page of who took its place, a procedure to where it is now, and what is nowhere to the home
of the one that took its place; where there are several to the directory, which has all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plugins.portal import addresses
from plugins.portal.kept_addresses import is_file
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.site_names import PROVINCE


@dataclass(frozen=True)
class ClosedAgencies:
    """Agencies without a folder whose place others took."""

    kinds: Kinds
    of_each: Collection[str] = ()
    """Below its home, the addresses that every site has."""
    published: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By slug, what such an agency is known to have published."""

    def ways(self, manifests: Mapping[str, SiteManifest]) -> dict[str, tuple[str, ...]]:
        """By each address of theirs where it may lead, the best first; the last of them is always there."""
        after = successors(manifests.values())
        left = {slug: slugs for slug, slugs in after.items() if slug not in manifests}
        if not left:
            return {}
        cards = (card for manifest in manifests.values() for _, card in self.kinds.coded_cards(manifest))
        records = {code: card.url for card in cards for code in card.codes}
        merged = {
            slug for slug, times in Counter(slug for slugs in after.values() for slug in slugs).items() if times > 1
        }
        return {
            address: (*self._like(slug, address, slugs, merged), *self._record(slug, address, records), _last(slugs))
            for slug, slugs in left.items()
            for address in self._addresses(slug)
        }

    def _addresses(self, slug: str) -> Iterator[str]:
        """Those that it had, and those that every agency has: nobody may know what it published."""
        home = addresses.site_home(slug)
        yield from (home, addresses.statistics_of(slug))
        yield from (f"{home}{below}" for below in self.of_each if below.endswith("/"))
        yield from (kind.list_of(slug) for kind in self.kinds if kind.has_list)
        yield from (address for address in self.published.get(slug, ()) if address.startswith(home))

    def _like(self, slug: str, address: str, after: Sequence[str], merged: Collection[str]) -> Iterator[str]:
        """What stands there under the same name; a file of that name may be of another of several that were merged."""
        for successor in after:
            if successor in merged and is_file(address):
                continue
            if address == addresses.statistics_of(slug):
                yield addresses.statistics_of(successor)
            elif address != addresses.site_home(slug) or len(after) == 1:
                yield f"{addresses.site_home(successor)}{address.removeprefix(addresses.site_home(slug))}"

    def _record(self, slug: str, address: str, records: Mapping[str, str]) -> Iterator[str]:
        """Where the record is by now whose page, file or former page it was; else what is said of its code."""
        for kind in self.kinds.coded:
            if address.startswith(kind.list_of(slug)):
                code = address.removeprefix(kind.list_of(slug)).partition("/")[0]
                if code in records:
                    yield records[code]
                elif code:
                    yield f"{kind.list_of(PROVINCE)}{code}/"


def successors(manifests: Iterable[SiteManifest]) -> dict[str, tuple[str, ...]]:
    """By slug of an agency whose place was taken, who says that they took it, in order."""
    named: dict[str, list[str]] = defaultdict(list)
    for manifest in manifests:
        for predecessor in manifest.agency.predecessors if manifest.agency is not None else ():
            named[predecessor].append(manifest.slug)
    return {predecessor: tuple(sorted(set(slugs))) for predecessor, slugs in sorted(named.items())}


def _last(after: Sequence[str]) -> str:
    return addresses.site_home(after[0]) if len(after) == 1 else addresses.AGENCIES
