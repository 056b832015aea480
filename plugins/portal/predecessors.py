"""What becomes of the addresses of agencies that have no folder any more: others say that they took their place.

Each page leads to the like page of who took its place, a procedure to where it is now, and what is nowhere to the home
of the one that took its place; where there are several to the directory, which has all of them. The province's own file
of addresses says it too, of a home for all that was below it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plugins.portal import addresses
from plugins.portal.kept_addresses import is_file
from plugins.portal.kinds import Kinds
from plugins.portal.leading_on import settled_by
from plugins.portal.manifest import Settlement, SiteManifest
from plugins.portal.site_names import PROVINCE


@dataclass(frozen=True)
class ClosedAgencies:
    """Agencies without a folder whose place others took."""

    kinds: Kinds
    manifests: Mapping[str, SiteManifest]
    """The sites that are shown, by slug."""
    of_each: Collection[str] = ()
    """Below its home, the addresses that every site has."""
    published: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By slug, what such an agency is known to have published."""

    def ways(self) -> dict[str, tuple[str, ...]]:
        """By each address of theirs where it may lead, the best first."""
        after = successors(self.manifests.values())
        of_homes = self._said_of_homes()  # by the province, and so before what agencies say
        for slug in of_homes:
            after.pop(slug, None)
        ends = {slug: way.to for slug, way in of_homes.items() if way.to is not None}
        for slug, end in ends.items():
            successor = end.removesuffix("/")
            after[slug] = (successor,) if successor in self.manifests and end != successor else ()
        left = {slug: slugs for slug, slugs in after.items() if slug not in self.manifests}
        if not left:
            return {}
        cards = (card for manifest in self.manifests.values() for _, card in self.kinds.coded_cards(manifest))
        records = {code: card.url for card in cards for code in card.codes}
        times = Counter(slug for slugs in after.values() for slug in slugs)
        merged = {slug for slug, number in times.items() if number > 1}
        return {
            address: (
                *self._like(slug, address, slugs, merged),
                *self._record(slug, address, records),
                ends.get(slug, _home(slugs)),
            )
            for slug, slugs in left.items()
            for address in self._addresses(slug)
        }

    def withdrawn(self) -> dict[str, str]:
        """By each address of those of which the province says that all was withdrawn: the home that it says it of."""
        gone = {slug: addresses.site_home(slug) for slug, way in self._said_of_homes().items() if way.to is None}
        return {address: home for slug, home in gone.items() for address in self._addresses(slug)}

    def _said_of_homes(self) -> dict[str, Settlement]:
        """What the province says of all that an agency without a folder had, by slug."""
        settled = settled_by(self.manifests.values())
        homes = {slug: settled.get(addresses.site_home(slug)) for slug in self.published if slug not in self.manifests}
        return {slug: way for slug, way in homes.items() if way is not None}

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


def _home(after: Sequence[str]) -> str:
    return addresses.site_home(after[0]) if len(after) == 1 else addresses.AGENCIES
