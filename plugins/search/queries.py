"""What somebody typed, as the clauses that are looked up: each a term with its weight.

`theme/static/search/queries.js` does the same in the browser; `tests/search/queries.json` holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plugins.search.keyboards import meant
from plugins.search.syllables import codes, ends_in_syllable, exact, folded, is_marked, may_mean, syllables
from plugins.search.terms import CODE, EXACT, pair

MAX_SYLLABLES = 24
"""Of a query; what is typed beyond them is not looked at."""
MAX_LETTERS = 600
EXACT_WEIGHT = 1.5
PAIR_WEIGHT = 1.5
CODE_WEIGHT = 8.0
PREFIX_WEIGHT = 0.4
SYNONYM_WEIGHT = 0.6
EVERYDAY_WEIGHT = 0.5
"""Of words that stand in the query for others: the official texts hardly have them."""
TYPO_WEIGHT = 0.7
PREFIX_MIN = 2
PREFIXES_KEPT = 4
CORRECTIONS_KEPT = 4
_LETTERS = re.compile("[a-z]{2,}")


@dataclass(frozen=True)
class Clause:
    """A term to look up; with a wildcard, all terms that begin with it."""

    term: str
    weight: float
    wildcard: bool = False


@dataclass(frozen=True)
class Understood:
    """A query as it was understood."""

    clauses: tuple[Clause, ...]
    corrections: Mapping[str, tuple[str, ...]]
    """Folded syllables that no document has, with known ones that are one letter away."""


@dataclass(frozen=True)
class Phrase:
    """Something that people say, in syllables, with what they mean by it."""

    spoken: tuple[str, ...]
    meant: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Speech:
    """How people speak: synonyms, and words around what they want."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    """By the first syllable, folded; the longest first."""
    stop_phrases: Mapping[str, tuple[Phrase, ...]]
    stop_words: frozenset[str]
    """With their marks, as `exact` writes them."""


Vocabulary = Mapping[str, int]
"""Folded syllables of an index, with how common each is: 1 for the rarest to 9."""


def understand(query: str, vocabulary: Vocabulary, speech: Speech) -> Understood:
    """The clauses of a query, in order of their terms; none where it holds nothing to look for."""
    text = query[:MAX_LETTERS]
    asked = codes(text)
    typed = syllables(text)[:MAX_SYLLABLES]
    if asked:  # the figures before the first dot of a code say nothing by themselves
        typed = [syllable for syllable in typed if not re.fullmatch("[0-9]", syllable)]
    as_typed = _places(_phrases_in(typed, speech.phrases))
    spoken = [syllable if at in as_typed else _repaired(syllable, vocabulary) for at, syllable in enumerate(typed)]
    phrases = list(_phrases_in(spoken, speech.phrases))
    everyday = _places(phrases)
    dropped = _dropped(spoken, speech)
    kept = [position for position in range(len(spoken)) if position not in dropped]
    weights = _Weights()
    for code in asked:
        weights.add(CODE + code, CODE_WEIGHT)
    weights.add_phrase([spoken[position] for position in kept], [_scale(position in everyday) for position in kept])
    for _, phrase in phrases:
        for meaning in phrase.meant:
            weights.add_meaning(meaning)
    plain = [folded(spoken[position]) for position in kept]
    begun = bool(plain) and ends_in_syllable(text)
    endings = _endings(plain[-1], vocabulary) if begun else []
    if begun:
        weights.add_beginning(plain, endings)
    corrections = {
        syllable: tuple(near(syllable, vocabulary))
        for at, (position, syllable) in enumerate(zip(kept, plain, strict=True))
        if syllable not in vocabulary
        and _LETTERS.fullmatch(syllable)
        and position not in everyday
        and not (endings and at == len(plain) - 1)
    }
    weights.add_corrections(plain, corrections)
    return Understood(weights.clauses(), {typed: known for typed, known in corrections.items() if known})


def _scale(everyday: bool) -> float:
    return EVERYDAY_WEIGHT if everyday else 1.0


class _Weights:
    """The clauses under way; a term asked for twice counts by its greater weight."""

    def __init__(self) -> None:
        self._weights: dict[tuple[str, bool], float] = {}

    def add(self, term: str, weight: float, wildcard: bool = False) -> None:
        self._weights[term, wildcard] = max(weight, self._weights.get((term, wildcard), 0.0))

    def add_phrase(self, spoken: Sequence[str], scales: Sequence[float]) -> None:
        """Syllables, each with its scale: without marks, with them, and in pairs."""
        plain = [folded(syllable) for syllable in spoken]
        for at, (syllable, scale) in enumerate(zip(spoken, scales, strict=True)):
            self.add(plain[at], scale)
            if is_marked(syllable):
                self.add(EXACT + exact(syllable), scale * EXACT_WEIGHT)
            if at:
                self.add(pair(plain[at - 1], plain[at]), min(scale, scales[at - 1]) * PAIR_WEIGHT)

    def add_meaning(self, spoken: Sequence[str]) -> None:
        """What was meant by something said: its pairs, for syllables alone find no better and load twice as much."""
        if len(spoken) == 1:
            self.add_phrase(spoken, [SYNONYM_WEIGHT])
        for first, second in pairwise(map(folded, spoken)):
            self.add(pair(first, second), SYNONYM_WEIGHT * PAIR_WEIGHT)

    def add_beginning(self, plain: Sequence[str], endings: Sequence[str]) -> None:
        """What the last syllable may become, while somebody types it."""
        for ending in endings:
            self.add(ending, PREFIX_WEIGHT)
        if len(plain) > 1 and len(plain[-1]) >= PREFIX_MIN:
            self.add(pair(plain[-2], plain[-1]), PREFIX_WEIGHT * PAIR_WEIGHT, wildcard=True)

    def add_corrections(self, plain: Sequence[str], corrections: Mapping[str, Sequence[str]]) -> None:
        for at, syllable in enumerate(plain):
            for known in corrections.get(syllable, ()):
                self.add(known, TYPO_WEIGHT)
                if at:
                    self.add(pair(plain[at - 1], known), TYPO_WEIGHT * PAIR_WEIGHT)
                for following in plain[at + 1 : at + 2]:
                    for meant_next in (following, *corrections.get(following, ())):
                        self.add(pair(known, meant_next), TYPO_WEIGHT * PAIR_WEIGHT)

    def clauses(self) -> tuple[Clause, ...]:
        return tuple(Clause(term, weight, wildcard) for (term, wildcard), weight in sorted(self._weights.items()))


def _repaired(syllable: str, vocabulary: Vocabulary) -> str:
    """The syllable, or what was meant by it where it is unknown and looks like raw keys of Telex or VNI."""
    if folded(syllable) in vocabulary:
        return syllable
    repaired = meant(syllable)
    return repaired if repaired is not None and folded(repaired) in vocabulary else syllable


def _phrases_in(spoken: Sequence[str], phrases: Mapping[str, Sequence[Phrase]]) -> Iterator[tuple[int, Phrase]]:
    """Where phrases stand in a query; of those that begin at one place the longest, and none inside another."""
    position = 0
    while position < len(spoken):
        known = phrases.get(folded(spoken[position]), ())
        matching = next((phrase for phrase in known if _stands(phrase.spoken, spoken, position)), None)
        if matching is not None:
            yield position, matching
        position += len(matching.spoken) if matching else 1


def _places(phrases: Iterable[tuple[int, Phrase]]) -> set[int]:
    """The places of the syllables of phrases."""
    return {position for start, phrase in phrases for position in range(start, start + len(phrase.spoken))}


def _stands(phrase: Sequence[str], spoken: Sequence[str], position: int) -> bool:
    there = spoken[position : position + len(phrase)]
    return len(there) == len(phrase) and all(may_mean(typed, meant) for typed, meant in zip(there, phrase, strict=True))


def _dropped(spoken: Sequence[str], speech: Speech) -> set[int]:
    """The places of what is only said around the need; nothing where that is all there is."""
    places = _places(_phrases_in(spoken, speech.stop_phrases))
    if any(is_marked(syllable) for syllable in spoken):
        places |= {position for position, syllable in enumerate(spoken) if exact(syllable) in speech.stop_words}
    return places if len(places) < len(spoken) else set()


def _endings(begun: str, vocabulary: Vocabulary) -> list[str]:
    """The most common known syllables that begin like this one and go on."""
    if len(begun) < PREFIX_MIN:
        return []
    longer = [known for known in vocabulary if known.startswith(begun) and known != begun]
    return sorted(longer, key=lambda known: (-vocabulary[known], known))[:PREFIXES_KEPT]


def near(typed: str, vocabulary: Vocabulary) -> list[str]:
    """The most common known syllables that are one letter away: one too many, too few, another, or two swapped."""
    close = [known for known in vocabulary if _one_edit_apart(typed, known)]
    return sorted(close, key=lambda known: (-vocabulary[known], known))[:CORRECTIONS_KEPT]


def _one_edit_apart(first: str, second: str) -> bool:
    shorter, longer = sorted((first, second), key=len)
    if len(longer) - len(shorter) > 1 or first == second:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest, other = shorter[start:], longer[start:]
    if len(shorter) < len(longer):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])


def speech_of(
    synonyms: Iterable[tuple[Sequence[str], Sequence[str]]], stop_phrases: Iterable[str], stop_words: Iterable[str]
) -> Speech:
    """How people speak, from what editors wrote: `synonyms` are what is said with what is meant by it."""
    phrases = [
        Phrase(tuple(syllables(phrase)), tuple(tuple(syllables(meaning)) for meaning in meanings))
        for saids, meanings in synonyms
        for phrase in saids
    ]
    stops = [Phrase(tuple(syllables(phrase)), ()) for phrase in stop_phrases]
    words = frozenset(exact(syllable) for word in stop_words for syllable in syllables(word))
    return Speech(_by_first_syllable(phrases), _by_first_syllable(stops), words)


def _by_first_syllable(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    by_syllable: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.spoken), phrase.spoken)):
        if phrase.spoken:
            by_syllable.setdefault(folded(phrase.spoken[0]), []).append(phrase)
    return {first: tuple(known) for first, known in by_syllable.items()}
