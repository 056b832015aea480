"""Which documents have one name: what one need is called at each level is one result, with the others beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from plugins.search.syllables import folded, syllables

_WHERE = re.compile(r"\s*\((?:thực hiện )?(?:tại |ở )?(?:cấp|trung ương)\b[^)]*\)", re.IGNORECASE)
"""`(thực hiện tại cấp xã)`, `(cấp tỉnh)`: where it is done is not what it is called."""
_AROUND = ["thu", "tuc"]


def same_names(names: Iterable[tuple[int, str]]) -> list[list[int]]:
    """The numbers of documents that have a name in common, of names that two have at the least.

    `names` are numbers of documents, each with what `name_of` gives for its title.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, name in names:
        numbers[name].append(number)
    return sorted(group for group in numbers.values() if len(group) > 1)


def name_of(title: str) -> str:
    """A title without where it is done, folded."""
    words = [folded(syllable) for syllable in syllables(_WHERE.sub("", title))]
    return " ".join(words[2:] if words[:2] == _AROUND else words)
