"""Addresses at which nothing stands any more and that lead on: where each leads in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from plugins.portal.manifest import Settlement, SiteManifest


def leading_on(
    former: Mapping[str, str],
    manifests: Iterable[SiteManifest],
    known: Set[str],
    of_closed: Mapping[str, Sequence[str]] = {},
) -> dict[str, str]:
    """By each address that leads on, in order, the address of the page or file that it leads to at last.

    `former` is what is known besides what the sites say themselves, which goes before; `known` are the addresses that
    are answered, also by a site's own pages that lead on. Nobody's aliases are below another site. What stands at an
    address leads nowhere else; and nothing leads to what is not there, or back to itself. `of_closed` has addresses of
    agencies that are no more with those that each may lead to, the best first, where it does not lead on otherwise.
    """
    sites = list(manifests)
    slugs = {site.slug for site in sites}
    aliases = {old: new for site in sites for old, new in site.moved.items() if is_for(site, old, slugs)}
    settled = settled_by(sites)
    ways = {**former, **{old: way.to for old, way in settled.items() if way.to is not None}, **aliases}
    standing = known - aliases.keys()
    given_up = {old for old, way in settled.items() if way.to is None} - aliases.keys()
    ways = {old: new for old, new in ways.items() if old not in given_up}
    ends = _ends(ways, standing)
    settled_otherwise = {*standing, *ends, *given_up}
    left = {address: after for address, after in of_closed.items() if address not in settled_otherwise}
    if left:
        of_left = {address: _first(after, ways, standing) for address, after in left.items()}
        ends = _ends({**ways, **{address: end for address, end in of_left.items() if end}}, standing)
    return ends


def settled_by(sites: Iterable[SiteManifest]) -> dict[str, Settlement]:
    """What the files of sites say of addresses; of one below another site nobody can say anything."""
    sites = list(sites)
    slugs = {site.slug for site in sites}
    return {old: way for site in sites for old, way in site.settled.items() if is_for(site, old, slugs)}


def is_for(site: SiteManifest, address: str, slugs: Collection[str]) -> bool:
    """Whether a site may say what becomes of an address, where there are these sites."""
    first = address.partition("/")[0]
    return site.slug == first or first not in slugs


def _ends(ways: Mapping[str, str], standing: Set[str]) -> dict[str, str]:
    ends = {old: _end(old, ways, standing) for old in sorted(ways) if old not in standing}
    return {old: end for old, end in ends.items() if end}


def _first(after: Sequence[str], ways: Mapping[str, str], standing: Set[str]) -> str:
    return next((end for address in after if (end := _end(address, ways, standing))), "")


def _end(address: str, ways: Mapping[str, str], standing: Set[str]) -> str:
    """Empty where it leads nowhere."""
    passed: set[str] = set()
    while address not in standing:
        if address in passed or address not in ways:
            return ""
        passed.add(address)
        address = ways[address]
    return address
