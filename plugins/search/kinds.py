"""The indexes of a site, one list: what most people come for is small and loaded first.

Whoever asks for an index takes it from here: what writes indexes, the search page and its scripts (through `views`),
the command line. The sides from which results are narrowed down are those that kinds of content declare, and `USUAL`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.portal.kinds import AnyKind, Facet
from plugins.portal.problems import PortalError, did_you_mean, text
from plugins.portal.vocabulary import Term


@dataclass(frozen=True)
class IndexKind:
    """One of the indexes, how it is cut, and what the search page says of it."""

    name: str
    """In addresses."""
    shard_size: int
    """Bytes of a shard, about."""
    cards: int
    """Cards in one file."""
    common: float
    """The share of texts from which a syllable of theirs tells nothing."""
    label: Term
    """What its results are called, where several kinds of results are offered."""
    counted: Term
    """How many of them a `{query}` has, `{count}`."""
    suggested: Term
    """How many of them, `{count}`, are suggested while somebody types."""
    instead: Term | None = None
    """That its results are shown because the indexes before it have none; None of the first."""
    first: bool = False
    """Whether it has the kinds that most people come for."""

    def has(self, kind: AnyKind) -> bool:
        """Whether it has the entries of a kind of content."""
        return kind.sought_first == self.first

    @property
    def segment(self) -> str:
        """The file of a site's counts, in the folder beside its pages."""
        return f"search/{self.name}.segment"

    @property
    def memo(self) -> str:
        """The file of what writing its shards leaves for the next time, in the folder of memos."""
        return f"search-{self.name}.json"


SOUGHT_FIRST = IndexKind(
    "thu-tuc",
    shard_size=4_000,
    cards=12,
    common=0.4,
    label=Term("Thủ tục, cơ quan", "Procedures and agencies"),
    counted=Term("Tìm thấy {count} thủ tục, cơ quan cho “{query}”.", "Procedures and agencies for “{query}”: {count}"),
    suggested=Term("Có {count} gợi ý", "Suggestions: {count}"),
    first=True,
)
OTHERS = IndexKind(
    "tin",
    shard_size=8_000,
    cards=8,
    common=0.1,
    label=Term("Tin tức và trang", "News and pages"),
    counted=Term("Tìm thấy {count} tin tức và trang cho “{query}”.", "News and pages for “{query}”: {count}"),
    suggested=Term("Có {count} tin tức và trang gợi ý", "News and pages suggested: {count}"),
    instead=Term(
        "Không có thủ tục, cơ quan nào; dưới đây là tin tức và trang.",
        "No procedure or agency was found; news and pages are shown instead.",
    ),
)
KINDS = (SOUGHT_FIRST, OTHERS)
"""In the order in which they are asked; the last has whatever no other has."""

KIND = Facet("loai", Term("Loại", "Kind"))
"""By the kind of content; its name chooses the index too."""
AGENCY = Facet("co-quan", Term("Cơ quan", "Agency"))
"""By the site."""
USUAL = (KIND, AGENCY)
"""What search itself says of every entry of a kind that leaves the rest to it (`indexed`)."""


def facets(kinds: Iterable[AnyKind]) -> tuple[Facet, ...]:
    """The sides from which results are narrowed down, each once: by kind, as kinds declare, the usual others."""
    declared = (facet for kind in kinds for facet in kind.facets)
    by_name: dict[str, Facet] = {}
    for facet in (KIND, *declared, *USUAL):
        by_name.setdefault(facet.name, facet)
    return tuple(by_name.values())


def index_named(name: str | None) -> IndexKind:
    """An index by its name, the first where none is said. Raises `PortalError`."""
    by_name = {kind.name: kind for kind in KINDS}
    if name is None:
        return KINDS[0]
    if name not in by_name:
        hint = did_you_mean(name, by_name)
        raise PortalError(text('search has no index "{name}" ({hint})', name=name, hint=hint))
    return by_name[name]
