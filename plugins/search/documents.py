"""What of a site's records and texts can be found, and how a result shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from plugins.portal.entries import Entry
from plugins.portal.kinds import AnyKind, Indexed, Listing
from plugins.portal.manifest import Card as PortalCard
from plugins.portal.shared import Shared
from plugins.portal.site_names import listed
from plugins.portal.sites import Site
from plugins.portal.vocabulary import LIFECYCLE_STATES
from plugins.search.kinds import AGENCY, KIND
from plugins.search.segments import Card, Document

SUMMARY_LENGTH = 160
"""Letters of a summary that a result shows."""
_TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>")


def documents(
    site: Site, shared: Shared, kinds: Iterable[AnyKind], text_html: Callable[[str], str], language: str
) -> list[Document]:
    """What of a site is public and can be found, kind by kind; `text_html` gives the HTML of a text by its file."""
    owner = site.name or shared.province.name
    told = _with_its_state(site, owner, language)
    several: list[Document] = []
    for kind in kinds:
        own = [(entry, card) for entry, card in site.listed(kind, shared) if entry.public]
        if kind.indexed_together is not None:
            listing = Listing([(entry.record, card) for entry, card in own], site.name, shared, language)
            several += [_document(indexed, card.url) for card, indexed in kind.indexed_together(listing)]
        elif kind.indexed is not None:
            usual = ((KIND.name, kind.slug, kind.many.say(language)), (AGENCY.name, listed(site.slug), owner))
            for entry, card in sorted(own, key=partial(_as_they_came, kind)):
                plain = _plain(text_html(entry.source.inside)) if entry.body else ""
                indexed = kind.indexed(entry.record, language)
                meta = " · ".join(filter(None, (indexed.meta, told)))
                indexed = replace(
                    indexed,
                    body=(indexed.summary, *indexed.body, plain),
                    meta=meta,
                    facets=(*usual, *indexed.facets),
                )
                several.append(_document(replace(indexed, summary=indexed.summary or plain), card.url))
    return several


def _with_its_state(site: Site, owner: str, language: str) -> str:
    """The owner's name, and what became of it where it is no more: what it says is of the past."""
    state = site.agency.lifecycle.state if site.agency is not None else "active"
    return owner if state == "active" else f"{owner} ({LIFECYCLE_STATES[state].say(language).lower()})"


def _as_they_came(kind: AnyKind, pair: tuple[Entry[Any], PortalCard]) -> tuple[Any, str]:
    """The oldest first: what is new moves no number of what was there."""
    entry, card = pair
    return (kind.feed_moment(card) if kind.feed_moment else 0, entry.slug)


def _document(indexed: Indexed, url: str) -> Document:
    card = Card(indexed.title, url, indexed.meta, _shortened(indexed.summary), indexed.facets, indexed.weight)
    title = indexed.counted or indexed.title
    return Document(card, ((title, *indexed.also), indexed.keywords, tuple(filter(None, indexed.body))))


def _plain(written: str) -> str:
    """What HTML says without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", written)).split())


def _shortened(text: str) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rpartition(" ")[0] + "…"
