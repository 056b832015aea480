"""Data about a page within it (JSON-LD), for search engines: no browser runs it, and nothing in it can end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plugins.portal.values import compact_json

SCHEMA_ORG = "https://schema.org"


def data_block(described: Mapping[str, object]) -> str:
    """The HTML of it; safe wherever a script may stand."""
    written = compact_json(described, sort_keys=True)
    safe = written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">{safe}</script>'


def graph(*described: Mapping[str, object]) -> dict[str, object]:
    """Several things that one page is about."""
    return {"@context": SCHEMA_ORG, "@graph": list(described)}


def known_of(**values: object) -> dict[str, object]:
    """What is known of the values."""
    return {name: value for name, value in values.items() if value not in (None, "", (), [], {})}


def breadcrumb_list(steps: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The way to a page: names and whole addresses, from the home on."""
    return {
        "@context": SCHEMA_ORG,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, 1)
        ],
    }
