"""Headers in the words of static hosts (`_headers`, as Netlify and Cloudflare Pages read it).

Both join the values of a header that several rules give, so no two rules that meet at an address have one in common.
What they send of themselves, `max-age=0, must-revalidate`, is what `no-cache` asks for: it is left to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugins.portal import addresses
from plugins.portal.http_headers import FOR_A_YEAR, HEADERS, NAMED_TYPES, NEVER_KEPT, POLICY, policy_that_lets_ask

_SHARED = {"Access-Control-Allow-Origin": "*"}
_INDEXES = ("thu-tuc", "tin")


@dataclass(frozen=True)
class HeaderRule:
    """What is sent at an address; `*` in it stands for anything, `:agency` for one part."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


def header_rules(look_up_origin: str) -> tuple[HeaderRule, ...]:
    """All of them.

    A system that answers about dossiers may be asked by every page: no page can have a policy of its own.
    """
    further = f" {look_up_origin}" if look_up_origin else ""
    everywhere = HEADERS | {
        POLICY: policy_that_lets_ask(further),
        "Strict-Transport-Security": "max-age=31536000",
    }
    shards = (f"/{within}{addresses.SEARCH}{index}/*" for within in ("", ":agency/") for index in _INDEXES)
    feeds = (f"/{within}:list/feed.atom" for within in ("", ":agency/"))
    json_feeds = (f"/{within}:list/feed.json" for within in ("", ":agency/"))
    as_feed = _SHARED | {"Content-Type": NAMED_TYPES["feed.json"]}
    tables = (f"/{addresses.FIGURES_TABLE}", f"/{addresses.FIGURES_DOCUMENT}", "/permalinks.map")
    return (
        HeaderRule("/*", everywhere),
        HeaderRule(f"/{addresses.LIVE}*", {"Cache-Control": NEVER_KEPT, **_SHARED}),
        *(HeaderRule(shard, {"Cache-Control": FOR_A_YEAR, **_SHARED}) for shard in shards),
        *(HeaderRule(address, as_feed) for address in json_feeds),
        *(HeaderRule(address, _SHARED) for address in (f"/{addresses.API_ROOT}*", *feeds, *tables)),
    )
