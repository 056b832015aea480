"""The two indexes of a site: what most people come for is small and loaded first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IndexKind:
    """One of the indexes, and how it is cut."""

    name: str
    """In addresses."""
    shard_size: int
    """Bytes of a shard, about."""
    cards: int
    """Cards in one file."""
    common: float
    """The share of texts from which a syllable of theirs tells nothing."""

    first: bool = False
    """Whether it has the kinds that most people come for."""

    @property
    def segment(self) -> str:
        """The file of a site's counts, in the folder beside its pages."""
        return f"search/{self.name}.segment"

    @property
    def memo(self) -> str:
        """The file of what writing its shards leaves for the next time, in the folder of memos."""
        return f"search-{self.name}.json"


SOUGHT_FIRST = IndexKind("thu-tuc", shard_size=4_000, cards=2, common=0.4, first=True)
OTHERS = IndexKind("tin", shard_size=8_000, cards=8, common=0.1)
KINDS = (SOUGHT_FIRST, OTHERS)
