"""Entries of two versions of a list, each with the one that it was made from."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

ALIKE = 0.5
"""The share of words that two texts have in common if one was made from the other."""
MAX_COMPARISONS = 10_000
"""Of texts with each other, in one list; beyond it, entries are matched by their names only."""

Entry = TypeVar("Entry", bound=Hashable)


def paired(
    olds: Sequence[Entry],
    newer: Sequence[Entry],
    keys: Sequence[Callable[[Entry], Hashable]] = (),
    alike: Callable[[Entry], str] | None = None,
    lone: bool = False,
) -> list[tuple[Entry | None, Entry | None]]:
    """Old entries with the new ones that were made of them, in the order of the new; then those that went.

    Matched are equal entries, then those of one key after the other, then those whose texts are `alike`, and at last,
    with `lone`, the only one that is left on either side.
    """
    matching = _Matching(olds, newer)
    matching.match_by_key(lambda entry: entry)
    for key in keys:
        matching.match_by_key(key)
    if alike is not None:
        matching.match_by_likeness(alike)
    if lone:
        matching.match_the_last()
    return matching.pairs()


@dataclass
class _Matching(Generic[Entry]):
    olds: Sequence[Entry]
    newer: Sequence[Entry]
    matches: dict[int, int] = field(default_factory=dict)
    """Places of old entries by the places of the new ones."""

    @property
    def left_old(self) -> list[int]:
        matched = set(self.matches.values())
        return [position for position in range(len(self.olds)) if position not in matched]

    @property
    def left_new(self) -> list[int]:
        return [position for position in range(len(self.newer)) if position not in self.matches]

    def match_by_key(self, key: Callable[[Entry], Hashable]) -> None:
        """Match entries with the same key; of several, the first with the first."""
        waiting: dict[Hashable, deque[int]] = {}
        for position in self.left_old:
            waiting.setdefault(key(self.olds[position]), deque()).append(position)
        for position in self.left_new:
            candidates = waiting.get(key(self.newer[position]))
            if candidates:
                self.matches[position] = candidates.popleft()

    def match_by_likeness(self, text: Callable[[Entry], str]) -> None:
        """Match entries whose texts have enough words in common, the likest first."""
        left_old, left_new = self.left_old, self.left_new
        if len(left_old) * len(left_new) > MAX_COMPARISONS:
            return
        old_words = {position: Counter(text(self.olds[position]).split()) for position in left_old}
        new_words = {position: Counter(text(self.newer[position]).split()) for position in left_new}
        likeness = sorted(
            (-share, new, old)
            for new, words in new_words.items()
            for old, others in old_words.items()
            if (share := _share(words, others)) >= ALIKE
        )
        matched: set[int] = set()
        for _, new, old in likeness:
            if new not in self.matches and old not in matched:
                self.matches[new] = old
                matched.add(old)

    def match_the_last(self) -> None:
        if len(self.left_old) == len(self.left_new) == 1:
            self.matches[self.left_new[0]] = self.left_old[0]

    def pairs(self) -> list[tuple[Entry | None, Entry | None]]:
        here: list[tuple[Entry | None, Entry | None]] = [
            (self.olds[self.matches[position]] if position in self.matches else None, new)
            for position, new in enumerate(self.newer)
        ]
        return [*here, *((self.olds[position], None) for position in self.left_old)]


def _share(words: Counter[str], others: Counter[str]) -> float:
    return 2 * (words & others).total() / max(1, words.total() + others.total())
