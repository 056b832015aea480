"""The indexes and facets as templates see them, in the portal's language; scripts read them from what those write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.portal.kinds import AnyKind
from plugins.search.kinds import KIND, KINDS, facets


@dataclass(frozen=True)
class IndexView:
    """One of the indexes, with the sentences that are said of it."""

    name: str
    label: str
    counted: str
    """With `{query}` and `{count}`."""
    suggested: str
    """With `{count}`."""
    instead: str
    """Empty of the first index."""


@dataclass(frozen=True)
class FacetView:
    """One of the choices that narrow results down."""

    name: str
    label: str
    tag: str
    """The class of the tag that shows its value, before the value's slug; empty where none does."""
    every: str
    """What stands in addresses where all its values are wanted."""


@dataclass(frozen=True)
class SearchView:
    """All that a page with a search box or with results has to know."""

    indexes: tuple[IndexView, ...]
    """In the order in which they are asked."""
    facets: tuple[FacetView, ...]
    chooses: str
    """The name of the facet that chooses the index, too: a value that is no index's name is one of the last's."""

    @classmethod
    def of(cls, kinds: Iterable[AnyKind], language: str) -> SearchView:
        return cls(
            indexes=tuple(
                IndexView(
                    name=index.name,
                    label=index.label.say(language),
                    counted=index.counted.say(language),
                    suggested=index.suggested.say(language),
                    instead=index.instead.say(language) if index.instead else "",
                )
                for index in KINDS
            ),
            facets=tuple(
                FacetView(
                    name=facet.name,
                    label=facet.label.say(language),
                    tag=facet.tag,
                    every=KINDS[-1].name if facet is KIND else "",
                )
                for facet in facets(kinds)
            ),
            chooses=KIND.name,
        )
