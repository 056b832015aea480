"""What somebody typed, as the clauses that are looked up: each a term with its weight.

`theme/static/search/queries.js` does the same in the browser; `tests/search/queries.json` holds the two together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from plugins.search.keyboards import meant
from plugins.search.syllables import CACHED, codes, ends_in_syllable, exact, folded, is_marked, may_mean, syllables
from plugins.search.terms import CODE, EXACT, pair

MAX_SYLLABLES = 24
"""Of a query; what is typed beyond them is not looked at."""
MAX_LETTERS = 600
EXACT_WEIGHT = 1.5
PAIR_WEIGHT = 1.5
CODE_WEIGHT = 8.0
PREFIX_WEIGHT = 0.4
SYNONYM_WEIGHT = 1.0
EVERYDAY_WEIGHT = 0.5
"""Of words that stand in the query for others: the official texts hardly have them."""
CIRCUMSTANCE_WEIGHT = 0.5
"""Of words that say where, when or for whom: what is needed was said before them."""
TYPO_WEIGHT = 0.7
SYLLABLE_SHARE, PHRASE_SHARE = 2.0, 4.0
"""How much of what is asked for a syllable is, and a phrase, times the root of its length: it counts as a whole."""
PREFIX_MIN = 2
PREFIXES_KEPT = 4
CORRECTIONS_KEPT = 4
BETWEEN_KEPT = 2
"""Small words that may stand between two syllables of a phrase."""
ANY_BETWEEN_FROM = 3
"""Syllables of a phrase inside which any one word may stand."""
NEED_MIN = 2
"""Syllables that say what is needed, before a circumstance may begin."""
_LETTERS = re.compile("[a-z]{2,}")
# The kind of a document (NĐ 30/2020, phụ lục III) and its number in one: QĐ12, 12NQ.
_KINDS = "nq|q[dđ]|ctr?|qc|tb|h[dđ]|kh|bc|bb|ttr?|n[dđ]|cv"
_KIND_AND_NUMBER = re.compile(f"({_KINDS})([0-9]{{1,5}})|([0-9]{{1,5}})({_KINDS})")
_ONSET = re.compile("ngh|ng|nh|gh|gi(?=[aeiouy])|tr|ch|th|ph|kh|qu|[b-df-hj-np-tv-xz]?")
_SAME_ONSETS = {"ngh": "ng", "gh": "g", "tr": "ch", "s": "x", "n": "l", "c": "k", "q": "k", "f": "ph"}
_SAME_ONSETS |= dict.fromkeys(("gi", "r", "v", "z", "j"), "d")


@dataclass(frozen=True)
class Clause:
    """A term to look up."""

    term: str
    weight: float


@dataclass(frozen=True)
class Need:
    """A part of what is asked for: a document has it by the reading of which it has most."""

    share: float
    """How much of all that is asked for it is."""
    readings: tuple[tuple[Clause, ...], ...]
    """What it may mean, each as terms; those of weight 0 are scored among the clauses of the query."""


@dataclass(frozen=True)
class Understood:
    """A query as it was understood."""

    clauses: tuple[Clause, ...]
    """What was typed, in order of terms."""
    needs: tuple[Need, ...]
    corrections: Mapping[str, tuple[str, ...]]
    """Folded syllables that no document has, with known ones that sound alike or are one letter away."""


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
    """With their marks, as `exact` writes them, like the next two."""
    circumstance_words: frozenset[str] = frozenset()
    need_words: frozenset[str] = frozenset()
    words_between: tuple[str, ...] = ()
    """Syllables that may stand inside a phrase."""


Vocabulary = Mapping[str, int]
"""Folded syllables of an index, with how common each is: 1 for the rarest to 9."""
_Places = tuple[int, ...]


def understand(query: str, vocabulary: Vocabulary, speech: Speech) -> Understood:
    """The clauses and needs of a query; none where it holds nothing to look for."""
    text = query[:MAX_LETTERS]
    asked = codes(text)
    typed = syllables(text)[:MAX_SYLLABLES]
    if asked:  # the figures before the first dot of a code say nothing by themselves
        typed = [syllable for syllable in typed if not re.fullmatch("[0-9]", syllable)]
    typed = [part for syllable in typed for part in _parted(syllable, vocabulary)]
    as_typed = _all_places(_phrases_in(typed, speech.phrases, speech.words_between))
    spoken = [syllable if at in as_typed else _repaired(syllable, vocabulary) for at, syllable in enumerate(typed)]
    phrases = list(_phrases_in(spoken, speech.phrases, speech.words_between))
    everyday = _all_places(phrases)
    dropped = _dropped(spoken, everyday, speech)
    kept = [position for position in range(len(spoken)) if position not in dropped]
    scales = _scales(spoken, kept, everyday, speech)
    plain = [folded(spoken[position]) for position in kept]
    begun = bool(plain) and ends_in_syllable(text) and plain[-1] not in vocabulary
    endings = _endings(plain[-1], vocabulary) if begun else []
    corrections = {
        syllable: tuple(near(syllable, vocabulary))
        for at, (position, syllable) in enumerate(zip(kept, plain, strict=True))
        if syllable not in vocabulary
        and _LETTERS.fullmatch(syllable)
        and position not in everyday
        and not (endings and at == len(plain) - 1)
    }
    weights = _Weights()
    for code in asked:
        weights.add(CODE + code, CODE_WEIGHT)
    typed_scales = [scales[position] * (EVERYDAY_WEIGHT if position in everyday else 1.0) for position in kept]
    weights.add_phrase([spoken[position] for position in kept], typed_scales)
    if begun:
        weights.add_beginning(plain, endings)
    weights.add_corrections(plain, corrections)
    needs = [
        _syllable_need(scales[position], (syllable, *corrections.get(syllable, ()), *_last(endings, at, plain)))
        for at, (position, syllable) in enumerate(zip(kept, plain, strict=True))
        if position not in everyday
    ]
    needs += [_phrase_need(scales[places[0]], phrase) for places, phrase in phrases]
    known_corrections = {typed: known for typed, known in corrections.items() if known}
    return Understood(weights.clauses(), tuple(needs), known_corrections)


def _parted(syllable: str, vocabulary: Vocabulary) -> list[str]:
    """The kind and the number of a document that were written together, where no text has them so."""
    match = None if folded(syllable) in vocabulary else _KIND_AND_NUMBER.fullmatch(syllable)
    return [part for part in match.groups() if part] if match else [syllable]


def _last(endings: Sequence[str], at: int, plain: Sequence[str]) -> Sequence[str]:
    return endings if at == len(plain) - 1 else ()


def _syllable_need(scale: float, readings: Iterable[str]) -> Need:
    return Need(SYLLABLE_SHARE * scale, tuple((Clause(term, 0.0),) for term in readings))


def _phrase_need(scale: float, phrase: Phrase) -> Need:
    """A phrase as it was typed, or as one of the things that it means."""
    readings = [tuple(Clause(folded(syllable), 0.0) for syllable in phrase.spoken)]
    for meaning in phrase.meant:
        weights = _Weights()
        weights.add_meaning(meaning, scale)
        readings.append(weights.clauses())
    return Need(PHRASE_SHARE * math.sqrt(len(phrase.spoken)) * scale, tuple(readings))


def _scales(spoken: Sequence[str], kept: Sequence[int], everyday: set[int], speech: Speech) -> Mapping[int, float]:
    """How much what stands at each place counts: less where it says where, when or for whom.

    A circumstance begins at a word such as `cho`, once something was said before it, and ends where a need is said;
    both also at words that are left out of the query themselves, such as `vì` and `muốn`.
    """
    scales: dict[int, float] = {}
    scale, spoken_before = 1.0, 0
    words_kept = set(kept)
    for position, syllable in enumerate(spoken):
        word = exact(syllable)
        if word in speech.need_words:
            scale = 1.0
            spoken_before += position in everyday
        elif word in speech.circumstance_words and position not in everyday:
            scale = CIRCUMSTANCE_WEIGHT if spoken_before >= NEED_MIN else scale
        elif position in words_kept:
            spoken_before += 1
        scales[position] = scale
    return scales


class _Weights:
    """The clauses under way; a term asked for twice counts by its greater weight."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = {}

    def add(self, term: str, weight: float) -> None:
        self._weights[term] = max(weight, self._weights.get(term, 0.0))

    def add_phrase(self, spoken: Sequence[str], scales: Sequence[float]) -> None:
        """Syllables, each with its scale: without marks, with them, and in pairs."""
        plain = [folded(syllable) for syllable in spoken]
        for at, (syllable, scale) in enumerate(zip(spoken, scales, strict=True)):
            self.add(plain[at], scale)
            if is_marked(syllable):
                self.add(EXACT + exact(syllable), scale * EXACT_WEIGHT)
            if at:
                self.add(pair(plain[at - 1], plain[at]), min(scale, scales[at - 1]) * PAIR_WEIGHT)

    def add_meaning(self, spoken: Sequence[str], scale: float) -> None:
        """What was meant by something said: its pairs, for syllables alone find no better and load twice as much."""
        if len(spoken) == 1:
            self.add_phrase(spoken, [scale * SYNONYM_WEIGHT])
        for first, second in pairwise(map(folded, spoken)):
            self.add(pair(first, second), scale * SYNONYM_WEIGHT * PAIR_WEIGHT)

    def add_beginning(self, plain: Sequence[str], endings: Sequence[str]) -> None:
        """What the last syllable may become, while somebody types it; one that is whole stays what it is."""
        for ending in endings:
            self.add(ending, PREFIX_WEIGHT)
            if len(plain) > 1:
                self.add(pair(plain[-2], ending), PREFIX_WEIGHT * PAIR_WEIGHT)

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
        return tuple(Clause(term, weight) for term, weight in sorted(self._weights.items()))


def _repaired(syllable: str, vocabulary: Vocabulary) -> str:
    """The syllable, or what was meant by it where it is unknown and looks like raw keys of Telex or VNI."""
    if folded(syllable) in vocabulary:
        return syllable
    repaired = meant(syllable)
    return repaired if repaired is not None and folded(repaired) in vocabulary else syllable


def _phrases_in(
    spoken: Sequence[str], phrases: Mapping[str, Sequence[Phrase]], between: Sequence[str] = ()
) -> Iterator[tuple[_Places, Phrase]]:
    """Where phrases stand in a query; of those that begin at one place the longest, and none inside another."""
    position = 0
    while position < len(spoken):
        known = phrases.get(folded(spoken[position]), ())
        standing = ((_standing(phrase.spoken, spoken, position, between), phrase) for phrase in known)
        places, phrase = next(((places, phrase) for places, phrase in standing if places), ((), None))
        if phrase is not None:
            yield places, phrase
        position = places[-1] + 1 if places else position + 1


def _all_places(phrases: Iterable[tuple[_Places, Phrase]]) -> set[int]:
    """The places of the syllables of phrases."""
    return {position for places, _ in phrases for position in places}


def _standing(phrase: Sequence[str], spoken: Sequence[str], position: int, between: Sequence[str]) -> _Places:
    """The places of a phrase's syllables from a position on, small words between them; none where it is not there.

    Inside a long one any one word may stand besides, but for phrases that nothing may stand in.
    """
    places: list[int] = []
    skipped = 0
    others = 1 if between and len(phrase) >= ANY_BETWEEN_FROM else 0
    while len(places) < len(phrase):
        if position == len(spoken):
            return ()
        if may_mean(spoken[position], phrase[len(places)]):
            places.append(position)
            skipped = 0
        elif places and skipped < BETWEEN_KEPT and any(may_mean(spoken[position], word) for word in between):
            skipped += 1
        elif places and others:
            others -= 1
        else:
            return ()
        position += 1
    return tuple(places)


def _dropped(spoken: Sequence[str], everyday: set[int], speech: Speech) -> set[int]:
    """The places of what is only said around the need; nothing where that is all there is."""
    places = _all_places(_phrases_in(spoken, speech.stop_phrases))
    if any(is_marked(syllable) for syllable in spoken):
        places |= {position for position, syllable in enumerate(spoken) if exact(syllable) in speech.stop_words}
    places -= everyday
    return places if len(places) < len(spoken) else set()


def _endings(begun: str, vocabulary: Vocabulary) -> list[str]:
    """The most common known syllables that begin like this one and go on."""
    if len(begun) < PREFIX_MIN:
        return []
    longer = [known for known in vocabulary if known.startswith(begun) and known != begun]
    return sorted(longer, key=lambda known: (-vocabulary[known], known))[:PREFIXES_KEPT]


def near(typed: str, vocabulary: Vocabulary) -> list[str]:
    """Known syllables that may have been meant, the most common first: those that sound alike, then others.

    The others are one letter away: one too many, too few, another, or two swapped.
    """
    sound = sound_of(typed)
    ranked = [
        (sound_of(known) != sound, -common, known)
        for known, common in vocabulary.items()
        if known != typed and (sound_of(known) == sound or _one_edit_apart(typed, known))
    ]
    return [known for _, _, known in sorted(ranked)[:CORRECTIONS_KEPT]]


@lru_cache(CACHED)
def sound_of(plain: str) -> str:
    """What a folded syllable sounds like to many: x is s, tr is ch, d, gi, r and v are one, n is l; n, ng; t, c, ch."""
    onset = match.group() if (match := _ONSET.match(plain)) else ""
    rime = re.sub("(ng|nh)$", "n", plain[len(onset) :])
    return _SAME_ONSETS.get(onset, onset) + re.sub("(ch|c)$", "t", rime).replace("y", "i")


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
    synonyms: Iterable[tuple[Sequence[str], Sequence[str]]],
    stop_phrases: Iterable[str],
    stop_words: Iterable[str],
    circumstance_words: Iterable[str] = (),
    need_words: Iterable[str] = (),
    words_between: Iterable[str] = (),
) -> Speech:
    """How people speak, from what editors wrote: `synonyms` are what is said with what is meant by it."""
    phrases = [
        Phrase(tuple(syllables(phrase)), tuple(tuple(syllables(meaning)) for meaning in meanings))
        for saids, meanings in synonyms
        for phrase in saids
    ]
    stops = [Phrase(tuple(syllables(phrase)), ()) for phrase in stop_phrases]
    return Speech(
        phrases=_by_first_syllable(phrases),
        stop_phrases=_by_first_syllable(stops),
        stop_words=_exact_words(stop_words),
        circumstance_words=_exact_words(circumstance_words),
        need_words=_exact_words(need_words),
        words_between=tuple(syllable for word in words_between for syllable in syllables(word)),
    )


def _exact_words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(exact(syllable) for word in words for syllable in syllables(word))


def _by_first_syllable(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    by_syllable: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.spoken), phrase.spoken)):
        if phrase.spoken:
            by_syllable.setdefault(folded(phrase.spoken[0]), []).append(phrase)
    return {first: tuple(known) for first, known in by_syllable.items()}
