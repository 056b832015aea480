"""Addresses at which nothing stands any more and that lead on: where each leads in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from plugins.portal.manifest import SiteManifest


def leading_on(former: Mapping[str, str], manifests: Iterable[SiteManifest], known: Set[str]) -> dict[str, str]:
    """By each address that leads on, in order, the address of the page or file that it leads to at last.

    `former` is what is known besides what the sites say themselves, which goes before; `known` are the addresses that
    are answered, also by a site's own pages that lead on. Nobody's aliases are below another site. What stands at an
    address leads nowhere else; and nothing leads to what is not there, or back to itself.
    """
    sites = list(manifests)
    slugs = {site.slug for site in sites}
    aliases = {
        old: new
        for site in sites
        for old, new in site.moved.items()
        if site.slug == old.partition("/")[0] or old.partition("/")[0] not in slugs
    }
    ways, standing = {**former, **aliases}, known - aliases.keys()
    ends = {old: _end(old, ways, standing) for old in sorted(ways) if old not in standing}
    return {old: end for old, end in ends.items() if end}


def _end(address: str, ways: Mapping[str, str], standing: Set[str]) -> str:
    """Empty where it leads nowhere."""
    passed: set[str] = set()
    while address not in standing:
        if address in passed or address not in ways:
            return ""
        passed.add(address)
        address = ways[address]
    return address
